/* way-hand-apps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-hand-private.h"

#include "fixture.h"

#include <string.h>

/* Which control of each app does which action. What is written here is what is on the screen
 * for a reader: roles and names. */

static WayDriver *
get_driver (WayHand *self)
{
  return self->journey->driver;
}

/* --- Mail --------------------------------------------------------------------------- */

static char *
dup_message_name (const WayDeskRecord *message)
{
  return g_strdup_printf ("%s, %s, %s, *", way_desk_get_field (message, "from"),
                          way_hand_get_title (message), way_desk_get_field (message, "time"));
}

/* The links and replies of a message are there once it is open. */
static void
show_message (WayHand *self, const WayDeskRecord *message)
{
  g_autofree char *row = dup_message_name (message);

  if (self->message == message)
    return;
  way_hand_press (self, "list item", row);
  self->message = message;
}

static void
act_inbox (WayHand *self, const WayDeskRecord *message, const char *action, const char *value)
{
  static const struct
  {
    const char *action;
    const char *key;
    const char *button;
  } verbs[] = {
    { "look-sender", "s", "Show the full address" },
    { "report", "r", "Report" },
    { "delete", "d", "Delete" },
    { "leave", "k", "Keep" },
    { "undo", "u", "Undo" },
  };
  g_autofree char *row = dup_message_name (message);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (!g_str_equal (verbs[i].action, action))
        continue;
      if (self->is_pointer)
        {
          show_message (self, message);
          way_hand_press (self, "button", verbs[i].button);
        }
      else
        way_hand_key (self, "list item", row, verbs[i].key);
      return;
    }
  if (g_str_equal (action, "open"))
    {
      way_hand_press (self, "list item", row);
      self->message = message;
      return;
    }
  show_message (self, message);
  if (g_str_equal (action, "look-link"))
    way_hand_press (self, "button", "Show where it leads");
  else if (g_str_equal (action, "follow-link"))
    way_hand_press (self, "button", "Open the link");
  else if (g_str_equal (action, "open-attachment"))
    way_hand_press (self, "button",
                    g_strcmp0 (way_desk_get_field (way_hand_find_part (message, value), "kind"),
                               "qr")
                            == 0
                        ? "Scan the code with my phone"
                        : "Open the file");
  else if (g_str_equal (value, "plain"))
    way_hand_press (self, "button", "Thank you for your message.");
  else
    way_hand_press (self, "button",
                    way_desk_get_field (way_hand_find_part (message, value), "label"));
}

/* --- Planner ------------------------------------------------------------------------ */

static const WayDeskRecord *
find_board (WayHand *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);

  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (((WayDeskRecord *) records->pdata[i])->type, "board"))
      return records->pdata[i];
  g_error ("There is no board");
}

static guint
count_slots (const WayDeskRecord *board)
{
  guint n = 0;

  for (guint i = 0; i < board->parts->len; i++)
    n += g_str_equal (((WayDeskRecord *) board->parts->pdata[i])->type, "slot");
  return n;
}

static void
place_card (WayHand *self, const WayDeskRecord *card, const char *row, const char *value)
{
  const WayDeskRecord *board = find_board (self);
  g_auto (GStrv) words = g_strsplit (value, " ", 2);
  const char *slot = way_hand_get_title (way_hand_find_part (board, words[0]));
  g_autofree char *put = g_strdup_printf ("Put into place: %s", way_hand_get_title (card));

  if (self->is_pointer)
    way_hand_press (self, "*", put);
  else
    way_hand_key (self, "list item", row, "Return");
  if (count_slots (board) > 1)
    way_hand_press (self, "button", slot);
}

static void
act_order (WayHand *self, const WayDeskRecord *record, const char *action, const char *value)
{
  const char *title = way_hand_get_title (record);
  const char *label = way_desk_get_field (find_board (self), "submit");
  g_autofree char *submit = way_hand_dup_plain (label != NULL ? label : "Use this order");
  g_autofree char *row = g_strdup_printf ("*%s", title);
  g_autofree char *out = g_strdup_printf ("Take out: %s", title);
  g_autofree char *up = g_strdup_printf ("Move up: %s", title);
  g_autofree char *down = g_strdup_printf ("Move down: %s", title);

  if (g_str_equal (action, "place"))
    place_card (self, record, row, value);
  else if (g_str_equal (action, "submit"))
    way_hand_press (self, "button", submit);
  else if (g_str_equal (action, "undo"))
    way_hand_press (self, "button", "Undo");
  else if (self->is_pointer && g_str_equal (action, "remove"))
    way_hand_press (self, "button", out);
  else if (self->is_pointer)
    way_hand_press (self, "button", g_str_equal (value, "1") ? up : down);
  else
    way_hand_key (self, "list item", row,
                  g_str_equal (action, "remove") ? "Delete"
                  : g_str_equal (value, "1")     ? "Alt+Up"
                                                 : "Alt+Down");
}

/* --- Patient records ---------------------------------------------------------------- */

const char *
way_hand_get_identifier_name (const char *identifier)
{
  static const char *const names[][2] = { { "name", "Full name" },
                                          { "dob", "Date of birth" },
                                          { "nhs", "NHS number" },
                                          { "address", "Address" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], identifier))
      return names[i][1];
  return identifier;
}

/* From a record that is open, back to what was found. */
static void
go_to_search (WayHand *self)
{
  WayThing back = { "button", "Back to the records found", NULL };

  if (way_driver_has (get_driver (self), back))
    way_hand_press (self, "button", back.name);
}

static void
find_patient (WayHand *self, const WayDeskRecord *patient)
{
  g_autofree char *row = g_strdup_printf ("%s, Born %s", way_hand_get_title (patient),
                                          way_desk_get_field (patient, "dob"));

  go_to_search (self);
  way_hand_type (self, "*", way_desk_get_field (patient, "name"));
  way_hand_press (self, "list item", row);
}

static void
act_finder (WayHand *self, const WayDeskRecord *record, const char *action, const char *value)
{
  g_autofree char *name = NULL;

  if (g_str_equal (action, "take"))
    {
      name = g_strdup_printf ("Request ?: %s", way_hand_get_title (record));
      way_hand_press (self, "radio button", name);
    }
  else if (g_str_equal (action, "search"))
    {
      go_to_search (self);
      way_hand_type (self, "*", value);
      way_driver_key (get_driver (self), "Return");
    }
  else if (g_str_equal (action, "open"))
    find_patient (self, record);
  else if (g_str_equal (action, "ask"))
    {
      name = g_strdup_printf ("Ask for: %s", way_hand_get_identifier_name (value));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "check"))
    {
      name = g_strdup_printf ("Compare: %s", way_hand_get_identifier_name (value));
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "choose"))
    way_hand_press (self, "button", "This is the right record");
  else if (g_str_equal (action, "stop"))
    way_hand_press (self, "button", "Stop and ask somebody");
  else
    {
      /* Another one may be in hand by now. */
      if (way_practice_get_current_in (self->practice, "finder") != record)
        {
          name = g_strdup_printf ("Request ?: %s", way_hand_get_title (record));
          way_hand_press (self, "radio button", name);
        }
      way_hand_press (self, "button", "Take it up again");
    }
}

/* --- Account ------------------------------------------------------------------------ */

static void
act_signin (WayHand *self, const WayDeskRecord *step, const char *action, const char *value)
{
  static const char *const buttons[][2] = {
    { "save", "Save the passphrase" },
    { "approve", "Yes, approve" },
    { "deny", "No, refuse" },
    { "report", "Report it to the service desk" },
    { "next", "Go on" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (g_str_equal (buttons[i][0], action))
      {
        way_hand_press (self, "button", buttons[i][1]);
        return;
      }
  if (g_str_equal (action, "enter-code"))
    {
      way_hand_type (self, "Code of 6 figures", value);
      if (self->is_pointer)
        way_hand_press (self, "button", "Enter the code");
      else
        way_driver_key (get_driver (self), "Return");
    }
  else
    way_hand_press (self, g_str_equal (action, "choose") ? "radio button" : "check box",
                    way_hand_get_text (way_hand_find_part (step, value)));
}

/* --- Forms -------------------------------------------------------------------------- */

static void
choose_code (WayHand *self, const WayDeskRecord *entry, const char *label, const char *value)
{
  const char *words = way_desk_get_field (way_hand_find_part (entry, value), "label");
  WayThing change = { "button", "Change: *", label };

  if (way_driver_has (get_driver (self), change))
    way_hand_press_in (self, "button", "Change: *", label);
  way_hand_type_in (self, label, NULL, words);
  way_hand_press_in (self, "list item", words, label);
}

static void
set_entry (WayHand *self, const WayDeskRecord *form, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, "=", 2);
  const WayDeskRecord *entry = way_hand_find_part (form, words[0]);
  g_autofree char *label = g_strdup_printf (
      "%s%s", way_desk_get_field (entry, "label"),
      g_strcmp0 (way_desk_get_field (entry, "required"), "1") == 0 ? " (needed)" : "");

  if (g_str_equal (entry->type, "choice"))
    way_hand_press_in (self, "radio button",
                       way_desk_get_field (way_hand_find_part (entry, words[1]), "label"), label);
  else if (g_str_equal (entry->type, "code"))
    choose_code (self, entry, label, words[1]);
  else
    {
      way_hand_type (self, label, words[1]);
      /* What is typed counts once the focus goes on. */
      way_driver_key (get_driver (self), "Tab");
    }
}

static void
act_form (WayHand *self, const WayDeskRecord *form, const char *action, const char *value)
{
  const char *label = way_desk_get_field (form, "submit");
  g_autofree char *submit = way_hand_dup_plain (label != NULL ? label : "Send");
  g_autoptr (GPtrArray) forms = way_practice_dup_records (self->practice, "form");
  g_autofree char *tab = NULL;
  g_autofree char *shown = NULL;
  guint place = 0;

  /* The one in hand shows; several may have one title. */
  g_ptr_array_find (forms, form, &place);
  tab = g_strdup_printf ("Form %u: *", place + 1);
  if (forms->len > 1
      && (g_str_equal (action, "take")
          || way_practice_get_current_in (self->practice, "form") != form))
    way_hand_press (self, "radio button", tab);
  if (g_str_equal (action, "open"))
    way_hand_press (self, "button", way_hand_get_title (way_hand_find_part (form, value)));
  else if (g_str_equal (action, "set"))
    set_entry (self, form, value);
  else if (g_str_equal (action, "clear"))
    {
      const WayDeskRecord *entry = way_hand_find_part (form, value);

      shown = g_strdup_printf ("%s*", way_desk_get_field (entry, "label"));
      if (g_str_equal (entry->type, "code"))
        way_hand_press_in (self, "button", "Change: *", shown);
      else
        {
          way_hand_type (self, shown, "");
          way_driver_key (get_driver (self), "Tab");
        }
    }
  else if (g_str_equal (action, "submit"))
    way_hand_press (self, "button", submit);
  else if (g_str_equal (action, "undo"))
    way_hand_press (self, "button", "Change it");
}

/* --- Share -------------------------------------------------------------------------- */

static char *
dup_person (WayHand *self, const char *id)
{
  const WayDeskRecord *person = way_practice_find_record (self->practice, id);
  const char *size = way_desk_get_field (person, "size");

  return size != NULL ? g_strdup_printf ("%s (%s people)", way_hand_get_title (person), size)
                      : g_strdup (way_hand_get_title (person));
}

/* Two people may have one name. */
static const char *
get_address (WayHand *self, const char *id)
{
  return way_desk_get_field (way_practice_find_record (self->practice, id), "address");
}

static const char *
get_line_name (const char *line)
{
  static const char *const names[][2] = {
    { "to", "To" },
    { "cc", "Cc" },
    { "bcc", "Bcc" },
    { "view", "Can read" },
    { "comment", "Can comment" },
    { "edit", "Can change" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], line))
      return names[i][1];
  return line;
}

static void
act_share (WayHand *self, const WayDeskRecord *share, const char *action, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", "=", 2);
  gboolean is_access = g_strcmp0 (way_desk_get_field (share, "kind"), "access") == 0;
  g_autofree char *name = NULL;
  g_autofree char *person = NULL;
  WayPractice *practice = self->practice;

  if (g_str_equal (action, "take") || way_practice_get_current_in (practice, "share") != share)
    {
      name = g_strdup_printf ("? · %s · *", way_hand_get_title (share));
      if (!g_str_equal (action, "undo"))
        way_hand_press (self, "button", name);
      g_clear_pointer (&name, g_free);
    }
  if (g_str_equal (action, "look"))
    {
      person = dup_person (self, value);
      name = g_strdup_printf ("Card: %s", person);
      way_hand_press_thing (self, (WayThing){ "button", name, NULL, get_address (self, value) });
    }
  else if (g_str_equal (action, "put"))
    {
      person = dup_person (self, words[1]);
      name = g_strdup_printf ("%s: %s", get_line_name (words[0]), person);
      way_hand_press_thing (self, (WayThing){ "button", name, NULL, get_address (self, words[1]) });
    }
  else if (g_str_equal (action, "take-out"))
    {
      person = dup_person (self, value);
      name = g_strdup_printf ("Take %s out of *", person);
      way_hand_press (self, "button", name);
    }
  else if (g_str_equal (action, "send"))
    way_hand_press (self, "button", is_access ? "Save who can open it" : "Send");
  else if (g_str_equal (action, "undo"))
    way_hand_press (self, "button", "Undo");
  else if (!g_str_equal (action, "take"))
    way_hand_press (self, g_str_has_prefix (action, "choose") ? "radio button" : "check box",
                    way_desk_get_field (way_hand_find_part (share, value), "text"));
}

/* --- All of them -------------------------------------------------------------------- */

/**
 * way_hand_find_app:
 *
 * Returns: what works an app
 */
WayActFunc
way_hand_find_app (const char *app)
{
  static const struct
  {
    const char *app;
    WayActFunc act;
  } apps[] = {
    { "computer", way_hand_act_computer },
    { "files", way_hand_act_files },
    { "finder", act_finder },
    { "form", act_form },
    { "inbox", act_inbox },
    { "inspect", way_hand_act_inspect },
    { "keys", way_hand_act_keys },
    { "order", act_order },
    { "record", way_hand_act_record },
    { "settings", way_hand_act_settings },
    { "share", act_share },
    { "signin", act_signin },
    { "table", way_hand_act_table },
    { "talk", way_hand_act_talk },
  };

  for (guint i = 0; i < G_N_ELEMENTS (apps); i++)
    if (g_strcmp0 (apps[i].app, app) == 0)
      return apps[i].act;
  g_error ("Nobody has said how the app “%s” is worked", app);
}
