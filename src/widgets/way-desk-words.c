/* way-desk-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-desk-words.h"

#include "widgets/way-desk-apps.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * way_desk_get_title:
 *
 * Returns: (transfer none): what the record is called where it is spoken of
 */
const char *
way_desk_get_title (const WayDeskRecord *record)
{
  static const char *const names[] = { "subject", "title", "name", "label" };

  g_return_val_if_fail (record != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = way_desk_get_field (record, names[i]);

      if (text != NULL)
        return text;
    }

  return record->id;
}

/**
 * way_desk_get_identifier_name:
 * @identifier: name, dob, nhs or address
 *
 * Returns: (transfer none): the word on screen
 */
const char *
way_desk_get_identifier_name (const char *identifier)
{
  if (g_strcmp0 (identifier, "name") == 0)
    return _ ("Full name");
  if (g_strcmp0 (identifier, "dob") == 0)
    return _ ("Date of birth");
  if (g_strcmp0 (identifier, "nhs") == 0)
    return _ ("NHS number");
  if (g_strcmp0 (identifier, "address") == 0)
    return _ ("Address");

  return identifier;
}

static const struct
{
  const char *state;
  const char *name;
  const char *icon;
} states[] = {
  { "reported", N_ ("Reported"), "dialog-warning-symbolic" },
  { "deleted", N_ ("Deleted"), "user-trash-symbolic" },
  { "left", N_ ("Kept"), "object-select-symbolic" },
  { "replied", N_ ("Answered"), "mail-replied-symbolic" },
  { "chosen", N_ ("Record chosen"), "object-select-symbolic" },
  { "stopped", N_ ("Stopped to ask"), "media-playback-stop-symbolic" },
  { "submitted", N_ ("Sent"), "document-send-symbolic" },
  { "sent", N_ ("Sent"), "document-send-symbolic" },
  { "picked", N_ ("Handed over"), "object-select-symbolic" },
};

/**
 * way_desk_get_state_name:
 * @state: (nullable): what was decided about a record
 *
 * Returns: (nullable) (transfer none): the word on screen, %NULL when there is none
 */
const char *
way_desk_get_state_name (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, state) == 0)
      return _ (states[i].name);

  return NULL;
}

/**
 * way_desk_get_state_icon:
 * @state: (nullable): what was decided about a record
 *
 * Returns: (nullable) (transfer none): name of the icon beside the word
 */
const char *
way_desk_get_state_icon (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, state) == 0)
      return states[i].icon;

  return NULL;
}

/* What was done, as a sentence to the person who did it. "%s" is what the action was
 * done with: a link's words, a patient's name, a detail. */
static const struct
{
  const char *action;
  const char *text;
} sentences[] = {
  { "open", N_ ("You opened it.") },
  { "look-sender", N_ ("You looked at the full address.") },
  { "look-link", N_ ("You looked at where “%s” leads.") },
  { "follow-link", N_ ("You opened the link “%s”.") },
  { "open-attachment", N_ ("You opened “%s”.") },
  { "reply", N_ ("You answered: “%s”") },
  { "report", N_ ("You reported it.") },
  { "delete", N_ ("You deleted it.") },
  { "leave", N_ ("You kept it.") },
  { "undo", N_ ("You took that back.") },
  { "take", N_ ("You took it up.") },
  { "search", N_ ("You searched for “%s”.") },
  { "ask", N_ ("You asked for: %s.") },
  { "check", N_ ("You compared: %s.") },
  { "choose", N_ ("You chose “%s”.") },
  { "stop", N_ ("You stopped and asked.") },
  { "add-word", N_ ("You added “%s”.") },
  { "remove-word", N_ ("You took out “%s”.") },
  { "save", N_ ("You saved the passphrase.") },
  { "enter-code", N_ ("You entered the code %s.") },
  { "approve", N_ ("You approved it.") },
  { "deny", N_ ("You refused it.") },
  { "go-back", N_ ("You took that back.") },
  { "end", N_ ("You ended the talk.") },
  { "look", N_ ("You looked closely.") },
  { "mark", N_ ("You marked it.") },
  { "unmark", N_ ("You took the mark away.") },
  { "sign-in", N_ ("You signed in.") },
  { "sign-out", N_ ("You signed out.") },
  { "lock", N_ ("You locked the screen.") },
  { "unlock", N_ ("You unlocked the screen.") },
  { "read", N_ ("You looked at what was open.") },
  { "write", N_ ("You wrote it.") },
};

static const char *
name_value (WayPractice *practice, const WayDeskRecord *target, const char *value)
{
  static const char *const names[] = { "label", "shown", "name", "text" };
  const WayDeskRecord *other = way_practice_find_record (practice, value);

  if (other != NULL)
    return way_desk_get_title (other);
  if (g_strcmp0 (value, "plain") == 0)
    return _ ("Thank you for your message.");

  for (guint i = 0; target != NULL && i < target->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (target->parts, i);

      if (g_strcmp0 (part->id, value) != 0)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        if (way_desk_get_field (part, names[j]) != NULL)
          return way_desk_get_field (part, names[j]);
    }

  return way_desk_get_identifier_name (value);
}

/* In place of the "%s" of a translated text, without trusting it as a format. */
static char *
fill_in (const char *text, const char *name)
{
  GString *filled = g_string_new (text);

  g_string_replace (filled, "%s", name != NULL ? name : "", 1);

  return g_string_free (filled, FALSE);
}

/**
 * way_desk_describe_action:
 * @target: (nullable): a record's id
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief; %NULL for what is not
 *   worth one
 */
char *
way_desk_describe_action (WayPractice *practice,
                          const char *action,
                          const char *target,
                          const char *value)
{
  const WayDeskRecord *record;
  const WayDeskApp *app;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice) && action != NULL, NULL);

  record = way_practice_find_record (practice, target);
  app = record != NULL ? way_desk_app_find (way_practice_get_app (record)) : NULL;
  if (app != NULL && app->describe != NULL)
    {
      char *text = app->describe (practice, action, record, value);

      if (text != NULL)
        return text;
    }
  if (record != NULL && strcmp (record->type, "patient") == 0 && strcmp (action, "open") == 0)
    return fill_in (_ ("You opened the record of %s."), way_desk_get_title (record));

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].action, action) == 0)
      return fill_in (_ (sentences[i].text), name_value (practice, record, value));

  return NULL;
}

/**
 * way_desk_count_decided:
 * @out_of: (out): how many there are to decide about
 *
 * Returns: about how many messages, requests or steps something was decided
 */
guint
way_desk_count_decided (WayPractice *practice, guint *out_of)
{
  GPtrArray *records;
  guint decided = 0;
  guint all = 0;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), 0);

  records = way_practice_get_records (practice);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (!way_practice_is_task (record) || !way_practice_has_arrived (practice, record))
        continue;
      all++;
      decided += way_practice_get_state (practice, record->id) != NULL;
    }
  *out_of = all;

  return decided;
}
