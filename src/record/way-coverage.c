/* way-coverage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-coverage.h"

#include <math.h>

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

#define LIMIT(key, member, otherwise, least, most)                                                 \
  {                                                                                                \
    key, otherwise, least, most, G_STRUCT_OFFSET (WayNetworkLimits, member)                        \
  }
static const WayNetworkSetting settings[] = {
  LIMIT ("champions_a_shift", least, 1, 1, 20),
  LIMIT ("staff_a_champion", staff, 25, 1, 1000),
  LIMIT ("term_ending_days", ending_days, 60, 1, 365),
  LIMIT ("champion_quiet_days", quiet_days, 30, 7, 365),
  LIMIT ("champion_overload_percent", overload, 150, 100, 1000),
  LIMIT ("champion_most_open", most_open, 5, 1, 100),
};

/**
 * way_network_list_settings:
 * @n: (out)
 *
 * Returns: (transfer none): the settings that the judgements on this page go by
 */
const WayNetworkSetting *
way_network_list_settings (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (settings);
  return settings;
}

/**
 * way_network_limits_init:
 *
 * What holds in a trust that has set nothing.
 */
void
way_network_limits_init (WayNetworkLimits *limits)
{
  g_return_if_fail (limits != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    G_STRUCT_MEMBER (int, limits, settings[i].offset) = settings[i].otherwise;
}

/**
 * way_network_limits_set:
 * @key: of any setting
 * @value: (nullable)
 *
 * Takes a setting of the trust where it is one of these and within its range.
 *
 * Returns: whether it was taken
 */
gboolean
way_network_limits_set (WayNetworkLimits *limits, const char *key, const char *value)
{
  gint64 number;

  g_return_val_if_fail (limits != NULL && key != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].key, key))
      {
        if (value == NULL
            || !g_ascii_string_to_signed (value, 10, settings[i].least, settings[i].most, &number,
                                          NULL))
          return FALSE;
        G_STRUCT_MEMBER (int, limits, settings[i].offset) = (int) number;
        return TRUE;
      }
  return FALSE;
}

/* A term ends at a moment: a shift that begins before it is still worked. */
static gboolean
add_champion (WayCoverage *unit,
              const WayCoverageChampion *champion,
              const WayShiftTimes *times,
              GTimeZone *zone,
              guint32 monday)
{
  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      {
        WayShift shift = { monday + weekday, part };
        gint64 start, end;

        if (!way_shift_set_has (champion->shifts, shift))
          continue;
        if (!way_shift_get_bounds (times, zone, shift, &start, &end))
          return FALSE;
        if (start < champion->until)
          unit->there[weekday][part]++;
      }
  return TRUE;
}

/**
 * way_coverage_judge:
 * @units: (array length=n_units) (inout): `staff` is read, all else is written
 * @champions: (array length=n_champions): of these units; whoever would be added is one more
 * @monday: of which week, as GDate counts
 * @now: µs UTC, from which the days to the end of a term count
 *
 * Counts who is there on each shift of a week. A night belongs to the day on which it starts.
 * Whose shifts are not known counts as a champion of the unit and on no shift.
 *
 * Returns: FALSE where there is no such week
 */
gboolean
way_coverage_judge (WayCoverage *units,
                    guint n_units,
                    const WayCoverageChampion *champions,
                    guint n_champions,
                    const WayNetworkLimits *limits,
                    const WayShiftTimes *times,
                    GTimeZone *zone,
                    guint32 monday,
                    gint64 now)
{
  g_return_val_if_fail (limits != NULL && times != NULL && zone != NULL, FALSE);
  g_return_val_if_fail (n_units == 0 || units != NULL, FALSE);
  g_return_val_if_fail (n_champions == 0 || champions != NULL, FALSE);

  if (way_shift_get_weekday (monday) != 0)
    return FALSE;
  for (guint i = 0; i < n_units; i++)
    units[i] = (WayCoverage){ .staff = units[i].staff };
  for (guint i = 0; i < n_champions; i++)
    {
      WayCoverage *unit;

      g_return_val_if_fail (champions[i].unit < n_units, FALSE);
      unit = &units[champions[i].unit];
      if (champions[i].until <= now)
        continue;
      unit->champions++;
      if (champions[i].until != G_MAXINT64 && champions[i].until - now <= limits->ending_days * DAY)
        unit->ending++;
      if (!champions[i].knows_shifts)
        unit->unknown++;
      else if (!add_champion (unit, &champions[i], times, zone, monday))
        return FALSE;
    }
  for (guint i = 0; i < n_units; i++)
    {
      for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
        for (int part = 0; part < WAY_N_PARTS; part++)
          units[i].gaps += units[i].there[weekday][part] < (guint) limits->least;
      units[i].each = units[i].champions > 0 ? (double) units[i].staff / units[i].champions : NAN;
      units[i].is_thin = units[i].staff > 0
                         && (units[i].champions == 0 || units[i].each > limits->staff);
    }
  return TRUE;
}

/**
 * way_health_judge:
 * @work: what one champion has done, and has before them
 * @now: µs UTC
 *
 * Quiet is who has noted no help for so many days, counted from when they became active at the
 * earliest. Overloaded is who gave more than the protected minutes by so many per cent over four
 * weeks, or over as long as they are champions, or who has more requests open than the setting
 * says. None of it is a judgement of the person: it says whom to ask how they are.
 *
 * Returns: what holds; WAY_HEALTH_WELL where nothing does
 */
WayHealth
way_health_judge (const WayChampionWork *work, const WayNetworkLimits *limits, gint64 now)
{
  WayHealth health = WAY_HEALTH_WELL;
  gint64 seen;
  double weeks;

  g_return_val_if_fail (work != NULL && limits != NULL, WAY_HEALTH_WELL);

  seen = MAX (work->last_helped, work->since);
  if (now - seen > limits->quiet_days * DAY)
    health |= WAY_HEALTH_QUIET;
  weeks = CLAMP ((now - work->since) / (7.0 * DAY), 1, WAY_HEALTH_WEEKS);
  if (work->open > limits->most_open
      || (work->minutes_a_week >= 0
          && work->minutes_given * 100.0 > work->minutes_a_week * weeks * limits->overload
          && work->minutes_given > 0))
    health |= WAY_HEALTH_OVERLOADED;
  if (!work->is_trained)
    health |= WAY_HEALTH_UNTRAINED;
  if (work->until != G_MAXINT64 && work->until - now <= limits->ending_days * DAY)
    health |= WAY_HEALTH_ENDING;
  return health;
}

/**
 * way_readiness_judge:
 * @people: (array length=n_people): everybody of the units that a technology touches
 * @n_parts: how many parts the initiative lists, at most WAY_MOST_PARTS
 * @readiness: (out)
 *
 * Counts, of the people who work in the week of a go-live, who has done which part. Who works is
 * said by the rota of that week, and by the weekly pattern of those who have none; of whom
 * neither is known is counted apart, since they would make any share look better or worse.
 */
void
way_readiness_judge (const WayReadyPerson *people,
                     guint n_people,
                     guint n_parts,
                     WayReadiness *readiness)
{
  guint32 all;

  g_return_if_fail (n_people == 0 || people != NULL);
  g_return_if_fail (n_parts <= WAY_MOST_PARTS && readiness != NULL);

  *readiness = (WayReadiness){ 0 };
  all = n_parts == WAY_MOST_PARTS ? G_MAXUINT32 : ((guint32) 1 << n_parts) - 1;
  for (guint i = 0; i < n_people; i++)
    {
      if (!people[i].has_rota && !people[i].has_pattern)
        readiness->unknown++;
      else if ((people[i].has_rota ? people[i].rota : people[i].pattern) == 0)
        readiness->away++;
      else
        {
          readiness->base++;
          for (guint part = 0; part < n_parts; part++)
            readiness->done[part] += (people[i].done >> part) & 1;
          readiness->all += (people[i].done & all) == all;
        }
    }
}
