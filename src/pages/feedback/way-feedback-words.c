/* way-feedback-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a training lead reads of feedback: each state and type with an icon and a word. */

static const struct
{
  const char *id;
  const char *name;
  const char *icon_name;
} STATES[WAY_N_FEEDBACK_STATES] = {
  [WAY_FEEDBACK_NEW] = { "new", N_ ("New"), "mail-unread-symbolic" },
  [WAY_FEEDBACK_HEARD] = { "heard", N_ ("Heard"), "mail-read-symbolic" },
  [WAY_FEEDBACK_DECIDED] = { "decided", N_ ("Decided"), "object-select-symbolic" },
  [WAY_FEEDBACK_DONE] = { "done", N_ ("Done"), "emblem-ok-symbolic" },
};

static const struct
{
  const char *id;
  const char *name;
  const char *icon_name;
} TYPES[] = {
  { "problem", N_ ("Problem"), "dialog-warning-symbolic" },
  { "idea", N_ ("Idea"), "weather-clear-symbolic" },
  { "praise", N_ ("Praise"), "starred-symbolic" },
  { "worry", N_ ("Safety worry"), "security-medium-symbolic" },
};

static const struct
{
  const char *id;
  const char *name;
} PAGES[] = {
  { "today", N_ ("Today") },         { "learn", N_ ("Learn") },
  { "practise", N_ ("Practise") },   { "practice", N_ ("Practise") },
  { "skills", N_ ("My skills") },    { "help", N_ ("Get help") },
  { "tell", N_ ("Tell the trust") }, { "baseline", N_ ("Baseline") },
  { "people", N_ ("My people") },    { "overview", N_ ("Overview") },
  { "reports", N_ ("Reports") },     { "feedback", N_ ("Feedback") },
  { "sign-in", N_ ("Signing in") },  { "initiatives", N_ ("Initiatives") },
  { "notices", N_ ("Notices") },
};

/**
 * way_feedback_get_state:
 *
 * Returns: how far it has come; what is not known counts as new
 */
WayFeedbackState
way_feedback_get_state (WayRow *row)
{
  const char *state = way_row_get_text (row, "state");

  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      if (g_str_equal (state, STATES[i].id))
        return i;
    }
  return WAY_FEEDBACK_NEW;
}

/**
 * way_feedback_state_get_name:
 *
 * Returns: (transfer none): the word for it
 */
const char *
way_feedback_state_get_name (WayFeedbackState state)
{
  g_return_val_if_fail (state < WAY_N_FEEDBACK_STATES, "");

  return _ (STATES[state].name);
}

/**
 * way_feedback_state_get_icon:
 *
 * Returns: (transfer none): the name of its icon
 */
const char *
way_feedback_state_get_icon (WayFeedbackState state)
{
  g_return_val_if_fail (state < WAY_N_FEEDBACK_STATES, NULL);

  return STATES[state].icon_name;
}

/**
 * way_feedback_dup_state:
 *
 * Returns: (transfer full): the state, with what was decided
 */
char *
way_feedback_dup_state (WayRow *row)
{
  WayFeedbackState state = way_feedback_get_state (row);
  const char *decision = way_row_get_text (row, "decision");

  if (state != WAY_FEEDBACK_DECIDED)
    return g_strdup (way_feedback_state_get_name (state));
  if (g_str_equal (decision, "yes"))
    return g_strdup (_ ("Decided: yes"));
  if (g_str_equal (decision, "no"))
    return g_strdup (_ ("Decided: not now"));
  if (g_str_equal (decision, "later"))
    return g_strdup (_ ("Decided: later"));
  return g_strdup (way_feedback_state_get_name (state));
}

static guint
find_type (WayRow *row)
{
  const char *type = way_row_get_text (row, "type");

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    {
      if (g_str_equal (type, TYPES[i].id))
        return i;
    }
  return 0;
}

/**
 * way_feedback_get_type_name:
 *
 * Returns: (transfer none): “Problem”, “Idea”, …
 */
const char *
way_feedback_get_type_name (WayRow *row)
{
  return _ (TYPES[find_type (row)].name);
}

/**
 * way_feedback_get_type_icon:
 *
 * Returns: (transfer none): the name of its icon
 */
const char *
way_feedback_get_type_icon (WayRow *row)
{
  return TYPES[find_type (row)].icon_name;
}

/**
 * way_feedback_dup_page:
 *
 * Returns: (transfer full): where it was written, in words
 */
char *
way_feedback_dup_page (WayPack *pack, WayRow *row)
{
  const char *page = way_row_get_text (row, "page");
  g_auto (GStrv) parts = g_strsplit (page, " ", -1);
  const WayModule *module = way_pack_find_module (pack, way_row_get_text (row, "module"));

  if (parts[0] == NULL)
    return g_strdup (_ ("Not said"));
  /* “module F1 card 2” */
  if (module == NULL && g_strv_length (parts) > 1)
    module = way_pack_find_module (pack, parts[1]);
  if (module != NULL)
    /* Translators: %s is the title of a module. */
    return g_strdup_printf (_ ("Module “%s”"), module->title);
  for (guint i = 0; i < G_N_ELEMENTS (PAGES); i++)
    {
      if (g_str_equal (parts[0], PAGES[i].id))
        return g_strdup (_ (PAGES[i].name));
    }
  return g_strdup (page);
}

/**
 * way_feedback_dup_because:
 *
 * Returns: (transfer full) (nullable): why it was decided so, where it was
 */
char *
way_feedback_dup_because (WayRow *row)
{
  const char *because = way_row_get_text (row, "because");

  /* Translators: %s is the reason for a decision, in somebody's words. */
  return *because != '\0' ? g_strdup_printf (_ ("Because: %s"), because) : NULL;
}

/**
 * way_feedback_is_overdue:
 *
 * Returns: whether its day has gone, and it is not done
 */
gboolean
way_feedback_is_overdue (WayRow *row)
{
  const char *due = way_row_has (row, "due") ? way_row_get_text (row, "due") : "";
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  return *due != '\0' && way_feedback_get_state (row) != WAY_FEEDBACK_DONE
         && strcmp (due, today) < 0;
}

/**
 * way_feedback_dup_due:
 *
 * Returns: (transfer full) (nullable): the day by which it is due, in words
 */
char *
way_feedback_dup_due (WayRow *row)
{
  const char *due = way_row_has (row, "due") ? way_row_get_text (row, "due") : "";
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *iso = g_strconcat (due, "T00:00:00", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (iso, zone);
  g_autofree char *words = NULL;

  if (day == NULL)
    return NULL;
  /* Translators: a day, such as 3 January 2027: see the manual page of strftime. */
  words = g_date_time_format (day, _ ("%-d %B %Y"));
  if (way_feedback_is_overdue (row))
    /* Translators: %s is a day that has gone. */
    return g_strdup_printf (_ ("%s, which has gone"), words);
  return g_steal_pointer (&words);
}

/**
 * way_feedback_get_name:
 *
 * Returns: (transfer none): who said it
 */
const char *
way_feedback_get_name (WayRow *row)
{
  const char *name = way_row_get_text (row, "name");

  if (*way_row_get_text (row, "person") == '\0')
    return _ ("Without a name");
  return *name != '\0' ? name : _ ("Somebody who has left");
}
