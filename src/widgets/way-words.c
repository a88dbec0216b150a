/* way-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* How surely a level is said, from the probability of the likeliest. */
#define ALMOST_CERTAIN .95
#define VERY_LIKELY .80
#define PROBABLE .60
#define ABOUT_AS_LIKELY .10 /* nearer than this, neither of two is said to be likelier */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

static GDateTime *
midnight (GDateTime *time)
{
  return g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
                                g_date_time_get_day_of_month (time), 0, 0, 0);
}

/**
 * way_format_when_at:
 * @us: a time, microseconds UTC
 * @now: the time now, microseconds UTC
 *
 * way_format_when() at a given time.
 *
 * Returns: (transfer full): the words
 */
char *
way_format_when_at (gint64 us, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) then_day = NULL;
  g_autoptr (GDateTime) now_day = NULL;
  gint64 days, minutes;

  if (us <= 0 || then == NULL || today == NULL)
    return g_strdup (_ ("never"));

  then_day = midnight (then);
  now_day = midnight (today);
  /* Half a day more, so that a day of 23 or 25 hours counts as one. */
  days = g_date_time_difference (now_day, then_day);
  days = (days + (days < 0 ? -DAY / 2 : DAY / 2)) / DAY;
  minutes = (now - us) / ((gint64) 60 * G_USEC_PER_SEC);

  /* Clocks that are a little apart are no future. */
  if (days == 0 && minutes > -5 && minutes < 1)
    return g_strdup (_ ("just now"));
  if (days == 0 && minutes > 0 && minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes),
                            (int) minutes);
  if (days == -1)
    /* TRANSLATORS: %R is the time of day. */
    return g_date_time_format (then, _ ("tomorrow at %R"));
  if (days == 0)
    /* TRANSLATORS: %R is the time of day, as in “today at 14:05”. */
    return g_date_time_format (then, _ ("today at %R"));
  if (days == 1)
    /* TRANSLATORS: %R is the time of day. */
    return g_date_time_format (then, _ ("yesterday at %R"));
  if (days > 0 && days < 7)
    /* TRANSLATORS: %A is the day of the week, as in “on Tuesday”. */
    return g_date_time_format (then, _ ("on %A"));
  if (g_date_time_get_year (then) == g_date_time_get_year (today))
    /* TRANSLATORS: day and month, as in “on 3 March”. */
    return g_date_time_format (then, _ ("on %-d %B"));
  /* TRANSLATORS: day, month and year, as in “on 3 March 2025”. */
  return g_date_time_format (then, _ ("on %-d %B %Y"));
}

/**
 * way_format_when:
 * @us: a time, microseconds UTC; 0 or less is never
 *
 * A time as people say it: “5 minutes ago”, “yesterday at 14:05”, “on Tuesday”. It is to
 * stand in or at the end of a sentence.
 *
 * Returns: (transfer full): the words
 */
char *
way_format_when (gint64 us)
{
  return way_format_when_at (us, g_get_real_time ());
}

/**
 * way_format_clock_at:
 * @us: a time that comes, microseconds UTC
 * @now: microseconds UTC
 *
 * Returns: (transfer full): the time of day, with the day where it is not today: “14:20”,
 *   “tomorrow at 07:00”, “on Thursday at 21:00”
 */
char *
way_format_clock_at (gint64 us, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  GDate then, day;
  int days;

  if (time == NULL || today == NULL)
    return g_strdup ("");
  g_date_clear (&then, 1);
  g_date_clear (&day, 1);
  g_date_set_dmy (&then, g_date_time_get_day_of_month (time), g_date_time_get_month (time),
                  g_date_time_get_year (time));
  g_date_set_dmy (&day, g_date_time_get_day_of_month (today), g_date_time_get_month (today),
                  g_date_time_get_year (today));
  days = g_date_days_between (&day, &then);
  if (days == 0)
    return g_date_time_format (time, "%H:%M");
  if (days == 1)
    /* Translators: a time of the next day; %H:%M is the clock. */
    return g_date_time_format (time, _ ("tomorrow at %H:%M"));
  if (days > 1 && days < 7)
    /* Translators: a time within a week; %A is the weekday. */
    return g_date_time_format (time, _ ("on %A at %H:%M"));
  /* Translators: a time further away; %e is the day, %B the month. */
  return g_date_time_format (time, _ ("on %e %B at %H:%M"));
}

/**
 * way_format_minutes:
 * @minutes: how long
 *
 * Returns: (transfer full): “10 minutes”, “less than a minute”, “2 hours”
 */
char *
way_format_minutes (int minutes)
{
  if (minutes < 1)
    return g_strdup (_ ("less than a minute"));
  if (minutes >= 120)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) (minutes / 60)),
                            minutes / 60);

  return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), minutes);
}

/**
 * way_format_signed:
 *
 * Returns: (transfer full): a difference to one decimal with its sign, as in “+0.4” or “−0.2”;
 *   what rounds to nothing has none
 */
char *
way_format_signed (double value)
{
  double rounded = round (10 * value) / 10;

  if (rounded == 0)
    return g_strdup_printf ("%.1f", 0.0);
  return g_strdup_printf ("%s%.1f", rounded > 0 ? "+" : "−", fabs (rounded));
}

/**
 * way_level_name:
 * @pack: a pack
 * @level: 1 to 4
 *
 * Returns: (transfer none): the name of the level, or “” for a level there is not
 */
const char *
way_level_name (WayPack *pack, int level)
{
  g_return_val_if_fail (WAY_IS_PACK (pack), "");

  if (level < 1 || level > WAY_N_LEVELS)
    return "";

  return way_pack_get_level_names (pack)[level - 1];
}

/**
 * way_estimate_get_level:
 * @estimate: an estimate
 *
 * The likeliest level. It is never shown without how sure it is.
 *
 * Returns: 1 to 4
 */
int
way_estimate_get_level (const WayEstimate *estimate)
{
  int best = 0;

  g_return_val_if_fail (estimate != NULL, 1);

  for (int i = 1; i < WAY_N_LEVELS; i++)
    if (estimate->levels[i] > estimate->levels[best])
      best = i;

  return best + 1;
}

static int
get_second_level (const WayEstimate *estimate, int best)
{
  int second = 0;

  for (int level = 1; level <= WAY_N_LEVELS; level++)
    if (level != best
        && (second == 0 || estimate->levels[level - 1] > estimate->levels[second - 1]))
      second = level;

  return second;
}

/**
 * way_estimate_get_levels:
 * @estimate: an estimate
 * @low: (out): the lower level to name
 * @high: (out): the higher one; the same where one is probable enough to be named alone
 *
 * What may be said of a level: one where it is at least probable, else the two likeliest.
 */
void
way_estimate_get_levels (const WayEstimate *estimate, int *low, int *high)
{
  int best, second;

  g_return_if_fail (estimate != NULL);

  best = way_estimate_get_level (estimate);
  second = estimate->levels[best - 1] >= PROBABLE ? best : get_second_level (estimate, best);
  *low = MIN (best, second);
  *high = MAX (best, second);
}

/**
 * way_describe_levels:
 * @pack: the pack whose levels they are
 * @estimate: an estimate with items
 *
 * Returns: (transfer full): “Everyday”, or “Everyday or Confident” where that is not sure
 */
char *
way_describe_levels (WayPack *pack, const WayEstimate *estimate)
{
  int low, high;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (estimate != NULL, NULL);

  way_estimate_get_levels (estimate, &low, &high);
  if (low == high)
    return g_strdup (way_level_name (pack, low));

  /* TRANSLATORS: two names of levels. */
  return g_strdup_printf (_ ("%s or %s"), way_level_name (pack, low), way_level_name (pack, high));
}

/**
 * way_describe_estimate:
 * @pack: the pack whose levels they are
 * @estimate: (nullable): an estimate
 *
 * Says a level with how sure that is, and names two where one alone would say too much.
 *
 * Returns: (transfer full): a sentence
 */
char *
way_describe_estimate (WayPack *pack, const WayEstimate *estimate)
{
  int best, second, low, high;
  double p;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);

  if (estimate == NULL || estimate->n_items == 0)
    return g_strdup (_ ("Not measured yet."));

  best = way_estimate_get_level (estimate);
  p = estimate->levels[best - 1];
  /* TRANSLATORS: in the next sentences %s is the name of a level, as “Everyday”. */
  if (p >= ALMOST_CERTAIN)
    return g_strdup_printf (_ ("You are almost certainly at %s."), way_level_name (pack, best));
  if (p >= VERY_LIKELY)
    return g_strdup_printf (_ ("You are very likely at %s."), way_level_name (pack, best));
  if (p >= PROBABLE)
    return g_strdup_printf (_ ("You are probably at %s."), way_level_name (pack, best));

  second = get_second_level (estimate, best);
  low = MIN (best, second);
  high = MAX (best, second);
  if (p - estimate->levels[second - 1] < ABOUT_AS_LIKELY)
    return g_strdup_printf (_ ("Somewhere between %s and %s: one is about as likely as the other."),
                            way_level_name (pack, low), way_level_name (pack, high));
  /* TRANSLATORS: three names of levels; the last is the likelier one. */
  return g_strdup_printf (_ ("Somewhere between %s and %s, more likely %s."),
                          way_level_name (pack, low), way_level_name (pack, high),
                          way_level_name (pack, best));
}

/**
 * way_describe_requirement:
 * @pack: the pack whose levels they are
 * @estimate: an estimate
 *
 * Says what the role needs and whether that is there.
 *
 * Returns: (transfer full): a sentence
 */
char *
way_describe_requirement (WayPack *pack, const WayEstimate *estimate)
{
  const char *level;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (estimate != NULL, NULL);

  level = way_level_name (pack, estimate->required);
  if (*level == '\0')
    return g_strdup ("");
  if (estimate->n_items == 0)
    return g_strdup_printf (_ ("Your role needs %s."), level);

  switch (estimate->standing)
    {
    case WAY_STANDING_MET:
      return g_strdup_printf (_ ("Your role needs %s: you are there."), level);
    case WAY_STANDING_NOT_YET:
      return g_strdup_printf (_ ("Your role needs %s: not yet."), level);
    case WAY_STANDING_NOT_SURE:
    default:
      return g_strdup_printf (_ ("Your role needs %s: not sure yet."), level);
    }
}

/**
 * way_describe_so_far:
 * @n_met: of how many capabilities what the role asks is met
 * @n_not_yet: of how many it is not yet
 * @n_all: how many there are
 *
 * What the first parts of a baseline have found.
 *
 * Returns: (transfer full): a sentence
 */
char *
way_describe_so_far (guint n_met, guint n_not_yet, guint n_all)
{
  if (n_met + n_not_yet == 0)
    return g_strdup (_ ("It is too early to say where you stand."));

  return g_strdup_printf (_ ("What your role asks, so far: met in %u, not yet in %u, not sure yet "
                             "in %u."),
                          n_met, n_not_yet, n_all - MIN (n_met + n_not_yet, n_all));
}
