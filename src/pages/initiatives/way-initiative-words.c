/* way-initiative-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/initiatives/way-initiative-words.h"

#include "session/way-initiatives.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* How far something that is being introduced has come, in words. */

static const struct
{
  const char *id;
  const char *name;
  const char *step; /* what is done to come there */
} STATES[] = {
  { "proposed", N_ ("Proposed"), N_ ("Propose") }, { "assessed", N_ ("Assessed"), N_ ("Assess") },
  { "agreed", N_ ("Agreed"), N_ ("Agree") },       { "under-way", N_ ("Under way"), N_ ("Begin") },
  { "live", N_ ("Live"), N_ ("Go Live") },         { "reviewed", N_ ("Reviewed"), N_ ("Review") },
  { "closed", N_ ("Closed"), N_ ("Close") },
};

static guint
find (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    if (g_strcmp0 (STATES[i].id, state) == 0)
      return i;
  return 0;
}

/**
 * way_initiative_state_get_name:
 *
 * Returns: (transfer none): the word for it
 */
const char *
way_initiative_state_get_name (const char *state)
{
  return _ (STATES[find (state)].name);
}

/**
 * way_initiative_state_get_next:
 *
 * Returns: (transfer none) (nullable): the state that follows
 */
const char *
way_initiative_state_get_next (const char *state)
{
  guint n = find (state) + 1;

  return n < G_N_ELEMENTS (STATES) ? STATES[n].id : NULL;
}

/**
 * way_initiative_state_get_step:
 *
 * Returns: (transfer none): what is done to come to @state
 */
const char *
way_initiative_state_get_step (const char *state)
{
  return _ (STATES[find (state)].step);
}

static GDateTime *
read_day (const char *day)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autofree char *iso = g_strconcat (day, "T12:00:00", NULL);

  return g_date_time_new_from_iso8601 (iso, zone);
}

/**
 * way_initiative_dup_day:
 * @day: YYYY-MM-DD
 *
 * Returns: (transfer full): in words; as it is where it is no day
 */
char *
way_initiative_dup_day (const char *day)
{
  g_autoptr (GDateTime) time = read_day (day);

  /* Translators: a day, such as 3 January 2027: see the manual page of strftime. */
  return time != NULL ? g_date_time_format (time, _ ("%-d %B %Y")) : g_strdup (day);
}

/**
 * way_initiative_describe_measure:
 * @measure: what is measured
 * @before: how much it was; "" where that is not known, as with the others
 * @expected: how much it is to be
 * @after: how much it has been since
 *
 * Returns: (transfer full): it with what is known
 */
char *
way_initiative_describe_measure (const char *measure,
                                 const char *before,
                                 const char *expected,
                                 const char *after)
{
  /* Translators: how much something was, is to be, and has been since. */
  const char *const words[] = { _ ("%s before"), _ ("%s expected"), _ ("%s measured since") };
  const char *const numbers[] = { before, expected, after };
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GString) part = g_string_new (words[i]);

      if (*numbers[i] == '\0')
        continue;
      g_string_replace (part, "%s", numbers[i], 1);
      g_ptr_array_add (known, g_string_free (g_steal_pointer (&part), FALSE));
    }
  if (known->len == 0)
    return g_strdup (measure);
  if (*after == '\0')
    g_ptr_array_add (known, g_strdup (_ ("not measured since")));
  g_ptr_array_add (known, NULL);
  text = g_strjoinv (", ", (char **) known->pdata);
  return g_strconcat (measure, ": ", text, NULL);
}

/**
 * way_initiative_dup_result:
 * @row: of what people were asked, as the session lists it
 *
 * Returns: (transfer full): how many answered and what they said, with how sure that is; of few
 *   nothing
 */
char *
way_initiative_dup_result (WayRow *row)
{
  int answered = (int) way_row_get_int (row, "answered");
  int asked = MAX ((int) way_row_get_int (row, "asked"), answered);
  int high, low_share, high_share;

  if (way_row_get_int (row, "opens") > g_get_real_time ())
    {
      g_autofree char *when = way_format_when (way_row_get_int (row, "opens"));

      /* Translators: %s is a time, such as “on 3 January”. */
      return g_strdup_printf (_ ("People are asked %s, and for 2 weeks."), when);
    }
  if (answered < WAY_PULSE_LEAST && asked == 0)
    return g_strdup (_ ("Fewer than 8 have answered, so nothing is shown."));
  if (answered < WAY_PULSE_LEAST)
    return g_strdup_printf (
        ngettext ("%d person was asked. Fewer than 8 have answered, so nothing "
                  "is shown.",
                  "%d people were asked. Fewer than 8 have answered, so nothing "
                  "is shown.",
                  (gulong) asked),
        asked);
  high = (int) lround (100.0 * way_row_get_number (row, "high") / answered);
  low_share = (int) lround (100 * way_row_get_number (row, "low_share"));
  high_share = (int) lround (100 * way_row_get_number (row, "high_share"));
  if (way_row_get_int (row, "asked") == 0)
    /* Translators: how many answered; how many of them said quite or very much, in per cent;
     * between which shares the true one lies. */
    return g_strdup_printf (_ ("%d answered. Quite or very much: %d\u00a0%%, and between %d and "
                               "%d\u00a0%% had everybody been asked."),
                            answered, high, low_share, high_share);
  /* Translators: how many of how many answered, in per cent; how many of them said quite or very
   * much, in per cent; between which shares the true one lies. */
  return g_strdup_printf (_ ("%d of %d answered (%d\u00a0%%). Quite or very much: %d\u00a0%%, and "
                             "between %d and %d\u00a0%% had everybody been asked."),
                          answered, asked, 100 * answered / asked, high, low_share, high_share);
}
