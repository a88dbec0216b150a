/* way-initiative-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/initiatives/way-initiative-words.h"

#include <glib/gi18n.h>

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
