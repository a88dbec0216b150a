/* way-skill-change.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-skill-change.h"

#include <glib/gi18n.h>
#include <math.h>

/* What has changed since the time before, and how sure that is, in words. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

/* “March”, or “March 2025” where that could be misread; NULL where two sittings are so close
 * that a month says nothing. */
static char *
format_month (gint64 before, gint64 at)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (before / G_USEC_PER_SEC);

  if (then == NULL || at - before < 31 * DAY)
    return NULL;
  if (at - before < 330 * DAY)
    return g_date_time_format (then, "%B");

  return g_date_time_format (then, "%B %Y");
}

/**
 * way_skill_describe_change:
 * @finding: (nullable): a row of way_session_load_findings_async()
 *
 * Returns: (transfer full) (nullable): a sentence about what has changed since the time
 *   before; %NULL where there is no time before
 */
char *
way_skill_describe_change (WayRow *finding)
{
  g_autofree char *month = NULL;

  if (finding == NULL || !way_row_has (finding, "before_at"))
    return NULL;

  month = format_month (way_row_get_int (finding, "before_at"), way_row_get_int (finding, "at"));
  if (way_row_get_int (finding, "reliable") == 0)
    return month != NULL ? g_strdup_printf (_ ("No clear change since %s."), month)
                         : g_strdup (_ ("No clear change since the time before."));
  if (way_row_get_number (finding, "change") > 0)
    return month != NULL ? g_strdup_printf (_ ("Probably higher than in %s."), month)
                         : g_strdup (_ ("Probably higher than the time before."));

  return month != NULL ? g_strdup_printf (_ ("Probably lower than in %s."), month)
                       : g_strdup (_ ("Probably lower than the time before."));
}

/**
 * way_skill_describe_change_short:
 * @finding: (nullable): a row of way_session_load_findings_async()
 *
 * Returns: (transfer full): the same for a cell of a table
 */
char *
way_skill_describe_change_short (WayRow *finding)
{
  if (finding == NULL || !way_row_has (finding, "before_at"))
    return g_strdup ("–");
  if (way_row_get_int (finding, "reliable") == 0)
    return g_strdup (_ ("No clear change"));

  return g_strdup (way_row_get_number (finding, "change") > 0 ? _ ("Probably higher")
                                                              : _ ("Probably lower"));
}

/**
 * way_skill_describe_chance:
 * @finding: (nullable): a row of way_session_load_findings_async()
 *
 * How sure the direction of a change is: Φ(|z|) of the difference.
 *
 * Returns: (transfer full) (nullable): in words and a number; %NULL where there is no time
 *   before
 */
char *
way_skill_describe_chance (WayRow *finding)
{
  double z;
  int share;

  if (finding == NULL || !way_row_has (finding, "before_at"))
    return NULL;

  z = way_row_get_number (finding, "z");
  if (!isfinite (z))
    return NULL;
  share = MIN (99, (int) (50 * erfc (-fabs (z) / G_SQRT2) + .5));

  return g_strdup_printf (z >= 0 ? _ ("%d in 100 that it is higher")
                                 : _ ("%d in 100 that it is lower"),
                          share);
}

/**
 * way_skill_find_finding:
 * @findings: of WayRow, as way_session_load_findings_async() gives them
 * @capability: its id
 *
 * Returns: (transfer full) (nullable): what was found of it
 */
WayRow *
way_skill_find_finding (GListModel *findings, const char *capability)
{
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (findings, i);

      if (g_str_equal (way_row_get_text (row, "capability"), capability))
        return g_steal_pointer (&row);
    }

  return NULL;
}
