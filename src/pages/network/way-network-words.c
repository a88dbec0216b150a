/* way-network-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/network/way-network-words.h"

#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* What the figures of the champions' network say, in sentences: with how sure that is, and of
 * fewer than eight that nothing is said. */

/**
 * way_network_describe_effort:
 * @unit: as the report “effort” has it
 *
 * Returns: (transfer full): what champions gave there
 */
char *
way_network_describe_effort (WayRow *unit)
{
  int champions = (int) way_row_get_int (unit, "champions");
  g_autofree char *who = g_strdup_printf (ngettext ("%d champion", "%d champions",
                                                    (gulong) champions),
                                          champions);
  g_autofree char *time = NULL;

  if (!way_row_has (unit, "contacts"))
    /* Translators: %s is “2 champions”. */
    return g_strdup_printf (_ ("%s; help was logged fewer than 8 times."), who);
  time = way_format_minutes ((int) way_row_get_int (unit, "minutes"));
  /* Translators: “2 champions”, how often they helped, and how long that took, as “3 h 20 min”. */
  return g_strdup_printf (_ ("%s; help was logged %d times, %s together."), who,
                          (int) way_row_get_int (unit, "contacts"), time);
}

/**
 * way_network_describe_briefly:
 * @unit: as the report “effort” has it
 * @name: what it is called
 *
 * Returns: (transfer full): it and how long its champions helped, in few words, for a picture
 */
char *
way_network_describe_briefly (WayRow *unit, const char *name)
{
  g_autofree char *time = NULL;

  if (!way_row_has (unit, "contacts"))
    return g_strdup (name);
  time = way_format_minutes ((int) way_row_get_int (unit, "minutes"));
  /* Translators: a place, and how long champions helped there, as “3 h 20 min”. */
  return g_strdup_printf (_ ("%s: %s"), name, time);
}

/**
 * way_network_is_whole:
 * @unit: as the report “effort” has it
 * @first: its first row, which is the whole trust
 *
 * Returns: whether @unit is the one that holds all others, so that it says the same once more
 */
gboolean
way_network_is_whole (WayRow *unit, WayRow *first)
{
  return way_row_has (unit, "unit") && *way_row_get_text (unit, "division") == '\0'
         && way_row_get_int (unit, "people") == way_row_get_int (first, "people");
}

/**
 * way_network_describe_change:
 * @unit: as the report “effort” has it
 *
 * Returns: (transfer full): how far the people there have come, and how sure that is
 */
char *
way_network_describe_change (WayRow *unit)
{
  int people = (int) way_row_get_int (unit, "measured");
  double change = way_row_get_number (unit, "change");
  double low = way_row_get_number (unit, "change_low");
  double high = way_row_get_number (unit, "change_high");

  if (!way_row_has (unit, "change"))
    return g_strdup (_ ("Measured twice: fewer than 8 people, too few to say."));
  if (low <= 0 && high >= 0)
    {
      g_autofree char *least = way_format_signed (low);
      g_autofree char *most = way_format_signed (high);

      /* Translators: how many people, then two parts of a level. */
      return g_strdup_printf (_ ("Measured twice: %d people, no clear change (between %s and %s of "
                                 "a level)."),
                              people, least, most);
    }
  if (change > 0)
    /* Translators: how many people, then three parts of a level. */
    return g_strdup_printf (_ ("Measured twice: %d people, higher by %.1f of a level on average "
                               "(between %.1f and %.1f)."),
                            people, change, low, high);
  return g_strdup_printf (_ ("Measured twice: %d people, lower by %.1f of a level on average "
                             "(between %.1f and %.1f)."),
                          people, -change, -high, -low);
}

/**
 * way_network_describe_practice:
 * @unit: as the report “effort” has it
 *
 * Returns: (transfer full): how many passed a practice desk, and how sure that is
 */
char *
way_network_describe_practice (WayRow *unit)
{
  int people = (int) way_row_get_int (unit, "people");
  int practised = (int) way_row_get_int (unit, "practised");

  if (!way_row_has (unit, "practised"))
    return g_strdup (_ ("Practice: fewer than 8 people, too few to say."));
  /* Translators: how many people of how many, then three per cents. */
  return g_strdup_printf (_ ("Practice: %d of %d people passed a practice desk, %d %% (by chance "
                             "alone anything from %d to %d %%)."),
                          practised, people, (int) lround (100.0 * practised / MAX (people, 1)),
                          (int) lround (100 * way_row_get_number (unit, "practised_low")),
                          (int) lround (100 * way_row_get_number (unit, "practised_high")));
}

/**
 * way_network_dup_month:
 * @month: as “2026-03”; what is none is given back
 * @is_brief: without the year
 *
 * Returns: (transfer full): the month for people
 */
char *
way_network_dup_month (const char *month, gboolean is_brief)
{
  g_auto (GStrv) parts = g_strsplit (month, "-", 2);
  g_autoptr (GDateTime) day = NULL;

  if (g_strv_length (parts) == 2)
    day = g_date_time_new_utc (atoi (parts[0]), atoi (parts[1]), 1, 0, 0, 0);
  if (day == NULL)
    return g_strdup (month);
  /* Translators: a month in few letters, and a month with its year, for strftime. */
  return g_date_time_format (day, is_brief ? _ ("%b") : _ ("%B %Y"));
}
