/* way-term-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/champion/way-term-words.h"

#include "pages/way-shift-grid.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

static const char *
get_place (WayRow *row)
{
  const char *name = way_row_get_text (row, "unit_name");

  return *name != '\0' ? name : _ ("your place of work");
}

static char *
describe_active (WayRow *row)
{
  g_autofree char *since = way_format_when (way_row_get_int (row, "since"));
  g_autofree char *until = NULL;

  if (!way_row_has (row, "until"))
    /* Translators: a ward or a department, and a time, as “on 3 March”. */
    return g_strdup_printf (_ ("In %s. Your term began %s."), get_place (row), since);
  until = way_format_when (way_row_get_int (row, "until"));
  /* Translators: a ward or a department, and two times, as “on 3 March”. */
  return g_strdup_printf (_ ("In %s. Your term began %s and ends %s."), get_place (row), since,
                          until);
}

/**
 * way_term_describe_own:
 * @row: (nullable): the person's newest term
 * @text: (out) (transfer full): what that means
 *
 * Returns: (transfer none): how one stands, as a heading
 */
const char *
way_term_describe_own (WayRow *row, char **text)
{
  const char *state = row != NULL ? way_row_get_text (row, "state") : "";
  g_autofree char *since = row != NULL ? way_format_when (way_row_get_int (row, "since")) : NULL;

  if (g_str_equal (state, "active"))
    {
      *text = describe_active (row);
      return _ ("You are a digital champion");
    }
  if (g_str_equal (state, "nominated"))
    {
      /* Translators: a ward or a department. */
      *text = g_strdup_printf (_ ("Somebody who knows your work has named you for %s. Nothing "
                                  "happens unless you accept, and you can pause or end at any "
                                  "time."),
                               get_place (row));
      return _ ("Will you be a digital champion?");
    }
  if (g_str_equal (state, "appointed"))
    {
      /* Translators: a ward or a department. */
      *text = g_strdup_printf (_ ("A training lead wants you as champion in %s. You are one when "
                                  "you accept, and you can pause or end at any time."),
                               get_place (row));
      return _ ("Will you be a digital champion?");
    }
  if (g_str_equal (state, "put-forward") || g_str_equal (state, "accepted"))
    {
      *text = g_strdup_printf (g_str_equal (state, "accepted")
                                   /* Translators: a time, as “yesterday at 14:05”, and a ward. */
                                   ? _ ("You accepted %s. You are a champion in %s when a training "
                                        "lead has appointed you.")
                                   /* Translators: a time, as “yesterday at 14:05”, and a ward. */
                                   : _ ("You put yourself forward %s. You are a champion in %s "
                                        "when a training lead has appointed you."),
                               since, get_place (row));
      return _ ("Waiting for a training lead");
    }
  if (g_str_equal (state, "paused"))
    {
      *text = way_row_get_int (row, "own_pause") != 0
                  /* Translators: a time, as “yesterday at 14:05”. */
                  ? g_strdup_printf (_ ("You paused %s. Nobody is sent to you until you go on, and "
                                        "nothing of what you did is lost."),
                                     since)
                  /* Translators: a time, as “yesterday at 14:05”. */
                  : g_strdup_printf (_ ("A training lead paused your term %s, and can let it go "
                                        "on. Nothing of what you did is lost."),
                                     since);
      return _ ("Your term is paused");
    }
  *text = g_strdup (_ ("A champion is a colleague whom people ask when a screen stops them. You "
                       "help while you are on shift, note it in ten seconds, and have protected "
                       "time for it. A training lead appoints you. You can pause or end at any "
                       "time."));
  if (g_str_equal (state, "ended"))
    return _ ("Be a digital champion again");
  return _ ("Become a digital champion");
}

/**
 * way_term_describe_training:
 *
 * Returns: (transfer full): how far somebody is in the champions' pathway
 */
char *
way_term_describe_training (WayRow *row)
{
  gint64 done = way_row_get_int (row, "modules_done");
  gint64 all = way_row_get_int (row, "modules_all");

  if (way_row_has (row, "trained"))
    {
      g_autofree char *when = way_format_when (way_row_get_int (row, "trained"));

      /* Translators: %s is a time, as “on 3 March”. */
      return g_strdup_printf (_ ("Trained: recorded %s."), when);
    }
  if (all == 0)
    return g_strdup (_ ("There is no training for champions in the content yet."));
  if (done >= all)
    return g_strdup (_ ("Trained: every module of the champions’ pathway is passed."));
  /* Translators: how many modules of how many. */
  return g_strdup_printf (ngettext ("Training: %d of %d module of the champions’ pathway passed.",
                                    "Training: %d of %d modules of the champions’ pathway passed.",
                                    (gulong) all),
                          (int) done, (int) all);
}

/**
 * way_term_describe_state:
 *
 * Returns: (transfer none): the state of somebody's term, in a word or two
 */
const char *
way_term_describe_state (const char *state)
{
  static const struct
  {
    const char *state;
    const char *words;
  } STATES[] = {
    { "put-forward", N_ ("Put themselves forward") },
    { "nominated", N_ ("Nominated, not accepted yet") },
    { "accepted", N_ ("Accepted, not appointed yet") },
    { "appointed", N_ ("Appointed, not accepted yet") },
    { "active", N_ ("Active") },
    { "paused", N_ ("Paused") },
    { "ended", N_ ("Ended") },
    { "granted", N_ ("Made champion without a term") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (g_str_equal (STATES[i].state, state))
      return _ (STATES[i].words);
  return state;
}

/**
 * way_term_describe_health:
 * @row: of a champion
 *
 * Returns: (transfer full) (nullable): what should be looked at, NULL where nothing is
 */
char *
way_term_describe_health (WayRow *row)
{
  WayHealth health = (WayHealth) way_row_get_int (row, "health");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (health & WAY_HEALTH_QUIET)
    g_ptr_array_add (words, (gpointer) _ ("Quiet"));
  if (health & WAY_HEALTH_OVERLOADED)
    g_ptr_array_add (words, (gpointer) _ ("Overloaded"));
  if (health & WAY_HEALTH_UNTRAINED)
    g_ptr_array_add (words, (gpointer) _ ("Untrained"));
  if (health & WAY_HEALTH_ENDING)
    g_ptr_array_add (words, (gpointer) _ ("Term ends soon"));
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

/**
 * way_term_describe_answering:
 * @row: as the report “help” has it of the whole trust
 *
 * Returns: (transfer full) (nullable): how soon who asks is answered; NULL where too few asked
 */
char *
way_term_describe_answering (WayRow *row)
{
  g_autofree char *accepted = NULL;
  g_autofree char *answered = NULL;

  if (!way_row_has (row, "to_answer") || !way_row_has (row, "to_accept"))
    return NULL;
  accepted = way_format_minutes ((int) way_row_get_int (row, "to_accept"));
  answered = way_format_minutes ((int) way_row_get_int (row, "to_answer"));
  /* Translators: two spans of time, such as “12 min”, and how many questions were answered. */
  return g_strdup_printf (_ ("In a year, half of those who asked had somebody within %s, and an "
                             "answer within %s (%d answers)."),
                          accepted, answered, (int) way_row_get_int (row, "answered"));
}

/**
 * way_term_describe_shifts:
 * @shifts: a weekly pattern
 *
 * Returns: (transfer full): the shifts for people, such as “Monday early, Tuesday night”
 */
char *
way_term_describe_shifts (const char *shifts)
{
  GString *text = g_string_new (NULL);
  WayShiftSet set;

  way_shift_set_read (shifts, &set, NULL);
  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      if ((set & way_shift_set_bit (weekday, part)) != 0)
        {
          /* Translators: between two shifts. */
          g_string_append (text, text->len > 0 ? _ (", ") : "");
          /* Translators: a day of the week and a part of it: “Monday early”. */
          g_string_append_printf (text, _ ("%s %s"), way_shift_grid_get_day_name (weekday),
                                  way_shift_grid_get_part_name (part));
        }
  if (text->len == 0)
    g_string_append (text, _ ("not said yet"));
  return g_string_free (text, FALSE);
}
