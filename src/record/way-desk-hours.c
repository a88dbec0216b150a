/* way-desk-hours.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-desk-hours.h"

#include "record/way-kind.h"

#include <string.h>

static const char *const day_names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

#define DAY_MINUTES (24 * 60)

static int
find_day (const char *text)
{
  for (int i = 0; i < WAY_N_WEEKDAYS; i++)
    if (strncmp (text, day_names[i], 3) == 0)
      return i;
  return -1;
}

/* "mon" or "mon-fri"; round the week where the last comes before the first. */
static gboolean
read_days (const char *text, int *first, int *last)
{
  *first = *last = find_day (text);
  if (*first < 0)
    return FALSE;
  if (text[3] == '\0')
    return TRUE;
  if (text[3] != '-')
    return FALSE;
  *last = find_day (text + 4);
  return *last >= 0 && text[7] == '\0';
}

static gboolean
read_clock (const char *text, int *minutes)
{
  for (int i = 0; i < 5; i++)
    if (i == 2 ? text[i] != ':' : !g_ascii_isdigit (text[i]))
      return FALSE;
  *minutes = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  return text[3] <= '5' && *minutes <= DAY_MINUTES;
}

static gboolean
read_span (const char *text, int *opens, int *closes)
{
  return strlen (text) == 11 && text[5] == '-' && read_clock (text, opens)
         && read_clock (text + 6, closes) && *opens < *closes;
}

static gboolean
read_words (char **words, WayDeskHours *hours)
{
  guint n = g_strv_length (words);

  if (n == 1 && g_str_equal (words[0], "always"))
    {
      for (int i = 0; i < WAY_N_WEEKDAYS; i++)
        {
          hours->opens[i] = 0;
          hours->closes[i] = DAY_MINUTES;
        }
      return TRUE;
    }
  if (n == 0 || n % 2 != 0)
    return FALSE;
  for (guint i = 0; i < n; i += 2)
    {
      int first, last, opens, closes;

      if (!read_days (words[i], &first, &last) || !read_span (words[i + 1], &opens, &closes))
        return FALSE;
      for (int day = first;; day = (day + 1) % WAY_N_WEEKDAYS)
        {
          if (hours->opens[day] >= 0)
            return FALSE;
          hours->opens[day] = opens;
          hours->closes[day] = closes;
          if (day == last)
            break;
        }
    }
  return TRUE;
}

/**
 * way_desk_hours_read:
 * @text: (nullable): such as "mon-fri 08:00-18:00 sat 09:00-12:00" or "always", with single
 *   spaces; each day once
 * @hours: (out): never open where the text is not good
 *
 * Returns: whether it is a good one; else an error of WAY_RECORD_ERROR_FIELD
 */
gboolean
way_desk_hours_read (const char *text, WayDeskHours *hours, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  WayDeskHours read;

  g_return_val_if_fail (hours != NULL, FALSE);

  for (int i = 0; i < WAY_N_WEEKDAYS; i++)
    read.opens[i] = read.closes[i] = -1;
  *hours = read;
  if (read_words (words, &read))
    {
      *hours = read;
      return TRUE;
    }
  g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD,
               "“%s” does not say when a desk is open, as “mon-fri 08:00-18:00 sat 09:00-12:00” "
               "or “always” does",
               text != NULL ? text : "");
  return FALSE;
}

static GDateTime *
dup_local (GTimeZone *zone, gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

/**
 * way_desk_hours_is_open:
 * @zone: the trust's
 * @at: µs UTC
 */
gboolean
way_desk_hours_is_open (const WayDeskHours *hours, GTimeZone *zone, gint64 at)
{
  g_autoptr (GDateTime) local = NULL;
  int day, minutes;

  g_return_val_if_fail (hours != NULL && zone != NULL, FALSE);

  local = dup_local (zone, at);
  if (local == NULL)
    return FALSE;
  day = g_date_time_get_day_of_week (local) - 1;
  minutes = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  return hours->opens[day] >= 0 && minutes >= hours->opens[day] && minutes < hours->closes[day];
}

/**
 * way_desk_hours_find_change:
 * @zone: the trust's
 * @at: µs UTC
 *
 * When it opens, where it is closed, or closes, where it is open.
 *
 * Returns: µs UTC; G_MAXINT64 where neither comes within eight days
 */
gint64
way_desk_hours_find_change (const WayDeskHours *hours, GTimeZone *zone, gint64 at)
{
  g_autoptr (GDateTime) local = NULL;
  gboolean is_open;

  g_return_val_if_fail (hours != NULL && zone != NULL, G_MAXINT64);

  local = dup_local (zone, at);
  if (local == NULL)
    return G_MAXINT64;
  is_open = way_desk_hours_is_open (hours, zone, at);
  for (int i = 0; i <= WAY_N_WEEKDAYS + 1; i++)
    {
      g_autoptr (GDateTime) date = g_date_time_add_days (local, i);
      int day = date != NULL ? g_date_time_get_day_of_week (date) - 1 : 0;
      const int minutes[] = { hours->opens[day], hours->closes[day] };

      for (guint j = 0; date != NULL && hours->opens[day] >= 0 && j < G_N_ELEMENTS (minutes); j++)
        {
          g_autoptr (GDateTime)
              midnight = g_date_time_new (zone, g_date_time_get_year (date),
                                          g_date_time_get_month (date),
                                          g_date_time_get_day_of_month (date),
                                          minutes[j] % DAY_MINUTES / 60, minutes[j] % 60, 0);
          g_autoptr (GDateTime)
              moment = midnight != NULL ? g_date_time_add_days (midnight, minutes[j] / DAY_MINUTES)
                                        : NULL;
          gint64 then = moment != NULL ? g_date_time_to_unix (moment) * G_USEC_PER_SEC : at;

          if (then > at && way_desk_hours_is_open (hours, zone, then) != is_open)
            return then;
        }
    }
  return G_MAXINT64;
}
