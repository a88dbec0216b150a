/* way-shift.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-shift.h"

#include "record/way-kind.h"

#include <string.h>

static const char *const part_names[WAY_N_PARTS] = { "early", "late", "night" };
static const char *const day_names[WAY_N_WEEKDAYS] = { "mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun" };

#define LAST_YEAR 9998

/**
 * way_part_get_name:
 *
 * Returns: (transfer none): the word for a part in settings, events and files
 */
const char *
way_part_get_name (WayPart part)
{
  g_return_val_if_fail ((guint) part < WAY_N_PARTS, NULL);

  return part_names[part];
}

static gboolean
read_clock (const char *text, int *minutes)
{
  for (int i = 0; i < 5; i++)
    if (i == 2 ? text[i] != ':' : !g_ascii_isdigit (text[i]))
      return FALSE;
  *minutes = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  return text[5] == '\0' && text[3] <= '5' && *minutes < 24 * 60;
}

static gboolean
read_times (char **words, WayShiftTimes *times)
{
  if (g_strv_length (words) != 2 * WAY_N_PARTS)
    return FALSE;
  for (int part = 0; part < WAY_N_PARTS; part++)
    if (!g_str_equal (words[2 * part], part_names[part])
        || !read_clock (words[2 * part + 1], &times->starts[part])
        || (part > 0 && times->starts[part] <= times->starts[part - 1]))
      return FALSE;
  return TRUE;
}

/**
 * way_shift_times_read:
 * @text: (nullable): the setting, as WAY_SHIFT_DEFAULT is written; NULL stands for that
 * @times: (out): the default too where the text is not good
 *
 * When the parts of a day begin. They come in their order within one day, each a minute or
 * more after the one before it, and each ends where the next begins.
 *
 * Returns: whether the text is a good one; else an error of WAY_RECORD_ERROR_FIELD
 */
gboolean
way_shift_times_read (const char *text, WayShiftTimes *times, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : WAY_SHIFT_DEFAULT, " ", -1);

  g_return_val_if_fail (times != NULL, FALSE);

  if (read_times (words, times))
    return TRUE;
  *times = (WayShiftTimes){ { 7 * 60, 14 * 60, 21 * 60 } };
  g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD,
               "“%s” does not say when the shifts begin, as “%s” does", text, WAY_SHIFT_DEFAULT);
  return FALSE;
}

/**
 * way_shift_dup_zone:
 *
 * The time that the clocks of a trust show. Without the system's tzdata it is UTC.
 *
 * Returns: (transfer full): Europe/London
 */
GTimeZone *
way_shift_dup_zone (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Europe/London");

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* When a part begins, µs UTC. A time that a clock-change night leaves out is taken to be when
 * the clocks go forward, and of two that look alike it is the later: whatever happens, a part
 * begins after the one before it. */
static gboolean
find_start (const WayShiftTimes *times, GTimeZone *zone, WayShift shift, gint64 *start)
{
  g_autoptr (GDateTime) begins = NULL;
  int minutes = times->starts[shift.part];
  GDate date;

  if (!g_date_valid_julian (shift.day))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, shift.day);
  if (!g_date_valid (&date) || g_date_get_year (&date) > LAST_YEAR)
    return FALSE;
  begins = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date),
                            g_date_get_day (&date), minutes / 60, minutes % 60, 0);
  if (begins == NULL)
    return FALSE;
  *start = g_date_time_to_unix (begins) * G_USEC_PER_SEC;
  return TRUE;
}

/**
 * way_shift_find:
 * @zone: the trust's, of way_shift_dup_zone()
 * @at: µs UTC
 * @shift: (out)
 *
 * In which part of which day a moment lies: after midnight and before the early part, in the
 * night of the day before.
 *
 * Returns: FALSE where the moment is in no year that has a date
 */
gboolean
way_shift_find (const WayShiftTimes *times, GTimeZone *zone, gint64 at, WayShift *shift)
{
  gint64 seconds = at / G_USEC_PER_SEC - (at % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = NULL;
  WayShift next;
  GDate date;
  gint64 start;

  g_return_val_if_fail (times != NULL && zone != NULL && shift != NULL, FALSE);

  if (utc != NULL)
    local = g_date_time_to_timezone (utc, zone);
  if (local == NULL || g_date_time_get_year (local) < 2 || g_date_time_get_year (local) > LAST_YEAR)
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  next = (WayShift){ g_date_get_julian (&date) - 1, WAY_PART_NIGHT };
  do
    {
      *shift = next;
      next = way_shift_get_next (next);
      if (!find_start (times, zone, next, &start))
        return FALSE;
    }
  while (start <= at);
  return TRUE;
}

/**
 * way_shift_get_bounds:
 * @start: (out): µs UTC, its first moment
 * @end: (out): µs UTC, the first moment after it
 *
 * From when to when a shift goes, an hour less or more in a night in which clocks change.
 *
 * Returns: FALSE where there is no such day
 */
gboolean
way_shift_get_bounds (
    const WayShiftTimes *times, GTimeZone *zone, WayShift shift, gint64 *start, gint64 *end)
{
  g_return_val_if_fail (times != NULL && zone != NULL, FALSE);
  g_return_val_if_fail ((guint) shift.part < WAY_N_PARTS, FALSE);

  return find_start (times, zone, shift, start)
         && find_start (times, zone, way_shift_get_next (shift), end);
}

/**
 * way_shift_get_next:
 *
 * The shift that begins when this one ends.
 */
WayShift
way_shift_get_next (WayShift shift)
{
  if (shift.part == WAY_PART_NIGHT)
    return (WayShift){ shift.day + 1, WAY_PART_EARLY };
  return (WayShift){ shift.day, shift.part + 1 };
}

/**
 * way_shift_get_weekday:
 *
 * Returns: 0 for a Monday to 6 for a Sunday
 */
int
way_shift_get_weekday (guint32 day)
{
  return (day + WAY_N_WEEKDAYS - 1) % WAY_N_WEEKDAYS;
}

/**
 * way_shift_get_monday:
 *
 * Returns: the Monday of the week in which the day lies
 */
guint32
way_shift_get_monday (guint32 day)
{
  return day - way_shift_get_weekday (day);
}

/**
 * way_shift_write_day:
 *
 * Returns: (transfer full): the day as 2026-03-29, "" for what is none
 */
char *
way_shift_write_day (guint32 day)
{
  GDate date;

  if (!g_date_valid_julian (day))
    return g_strdup ("");
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                          g_date_get_day (&date));
}

/**
 * way_shift_read_day:
 * @text: such as 2026-03-29, and nothing else
 * @day: (out)
 */
gboolean
way_shift_read_day (const char *text, guint32 *day)
{
  int parts[3] = { 0 };
  GDate date;

  g_return_val_if_fail (text != NULL && day != NULL, FALSE);

  if (strlen (text) != 10)
    return FALSE;
  for (int i = 0, part = 0; i < 10; i++)
    {
      if (i == 4 || i == 7)
        {
          if (text[i] != '-')
            return FALSE;
          part++;
        }
      else if (!g_ascii_isdigit (text[i]))
        return FALSE;
      else
        parts[part] = parts[part] * 10 + text[i] - '0';
    }
  if (parts[0] > LAST_YEAR || !g_date_valid_dmy (parts[2], parts[1], parts[0]))
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, parts[2], parts[1], parts[0]);
  *day = g_date_get_julian (&date);
  return TRUE;
}

/**
 * way_shift_set_bit:
 * @weekday: 0 for Monday
 *
 * Returns: the pattern of that one shift in a week
 */
WayShiftSet
way_shift_set_bit (int weekday, WayPart part)
{
  g_return_val_if_fail (weekday >= 0 && weekday < WAY_N_WEEKDAYS, 0);
  g_return_val_if_fail ((guint) part < WAY_N_PARTS, 0);

  return (WayShiftSet) 1 << (weekday * WAY_N_PARTS + part);
}

/**
 * way_shift_set_has:
 *
 * Whether somebody with this pattern works that shift.
 */
gboolean
way_shift_set_has (WayShiftSet set, WayShift shift)
{
  return (set & way_shift_set_bit (way_shift_get_weekday (shift.day), shift.part)) != 0;
}

static int
find_word (const char *const *names, int n_names, const char *word, gsize length)
{
  for (int i = 0; i < n_names; i++)
    if (strlen (names[i]) == length && strncmp (names[i], word, length) == 0)
      return i;
  return -1;
}

/**
 * way_shift_set_read:
 * @text: (nullable): such as "mon-early tue-night"; NULL and "" are no shift at all
 * @set: (out): the shifts that are good, also where one is not
 *
 * Reads the weekly pattern of a person, in any order.
 *
 * Returns: FALSE with an error of WAY_RECORD_ERROR_FIELD that names the first bad word
 */
gboolean
way_shift_set_read (const char *text, WayShiftSet *set, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  const char *bad = NULL;

  g_return_val_if_fail (set != NULL, FALSE);

  *set = 0;
  for (char **word = words; *word != NULL; word++)
    {
      const char *dash = strchr (*word, '-');
      int weekday = -1;
      int part = -1;

      if (**word == '\0')
        continue;
      if (dash != NULL)
        {
          weekday = find_word (day_names, WAY_N_WEEKDAYS, *word, dash - *word);
          part = find_word (part_names, WAY_N_PARTS, dash + 1, strlen (dash + 1));
        }
      if (weekday >= 0 && part >= 0)
        *set |= way_shift_set_bit (weekday, part);
      else if (bad == NULL)
        bad = *word;
    }
  if (bad == NULL)
    return TRUE;
  g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD,
               "“%s” is no shift: a day from mon to sun, and early, late or night, as in "
               "“mon-early”",
               bad);
  return FALSE;
}

/**
 * way_shift_set_write:
 *
 * Returns: (transfer full): the pattern from Monday on, "" for none
 */
char *
way_shift_set_write (WayShiftSet set)
{
  GString *text = g_string_new (NULL);

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      if ((set & way_shift_set_bit (weekday, part)) != 0)
        g_string_append_printf (text, "%s%s-%s", text->len > 0 ? " " : "", day_names[weekday],
                                part_names[part]);
  return g_string_free (text, FALSE);
}
