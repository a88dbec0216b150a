/* test-year.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-coverage.h"
#include "record/way-route.h"

#include <math.h>

/* A year of a trust: who asks for help, who is sent it, takes it, passes it on or says nothing,
 * with the day on which a new system comes and both nights on which the clocks change.
 * --people N: of how many.
 *
 * What holds of every request: it is with a champion or the service desk from its first moment,
 * nobody has it for longer than help_minutes, nobody is asked twice, no more than most_asked are
 * asked unless one is named, and whoever is sent it by their shift is on that shift by the clock on
 * the wall, which is worked out here in another way than there.
 *
 * The bound of load, in three parts.
 * 1. Whoever is asked first has fewer than most_open more requests open than anybody on shift in
 *    the trust; and of those of the same ward who know the same, nobody has fewer. So a ward's own
 *    champion comes before the others as long as that costs them no more than most_open.
 * 2. But for the days around a new system nobody ever holds more than most_open, and what
 *    they were asked before they had taken the last: at most MOST_AT_ONCE.
 * 3. Over the year, of the champions of a ward who work the same shifts, nobody has taken more than
 *    LOAD_PART of their mean above it, and LOAD_MORE. Were each drawn by lot, the spread of n
 *    requests would be about √n. These take 100 to 300: an eighth of that is two such spreads or
 *    so. A routing that goes by name is far outside, and one that goes by who has least to do and
 *    who took one longest ago is inside in each ward. */

#define SEED 20261101
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define WARD 25       /* people */
#define WARDS 8       /* of a department */
#define DEPARTMENTS 5 /* of a division */
#define A_YEAR 6      /* requests of one person */
#define MOST_AT_ONCE 4
#define LOAD_PART 0.125
#define LOAD_MORE 4

static int n_people = 2000;

typedef struct
{
  char person[16];
  guint ward;
  char path[40];
  const char *systems;
  gint64 until;
  guint n_taken, n_asked, most_open;
} Champion;

typedef struct
{
  guint champion;
  gint64 from;
  gint64 until;
} Work;

typedef struct
{
  GRand *rand;      /* (owned) */
  GTimeZone *zone;  /* (owned) */
  GArray *people;   /* (owned) of Champion */
  GArray *known;    /* (owned) of WayRouteChampion, of the same places */
  GArray *requests; /* (owned) of gint64 */
  GArray *work;     /* (owned) of Work: taken, or to be taken */
  WayRouteSettings settings;
  gint64 start, end, live;
  guint n_wards;
  guint n_first, n_desk_first, n_taken, n_passed, n_desk, n_elsewhere, n_full;
} Year;

static gint64
at_local (GTimeZone *zone, int year, int month, int day, int hour)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, month, day, hour, 0, 0);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* Which shift it is, by the clock on the wall: seven, two and nine o'clock. */
static WayShift
read_wall (GTimeZone *zone, gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) wall = g_date_time_to_timezone (utc, zone);
  int hour = g_date_time_get_hour (wall);
  GDate date;
  WayShift shift;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (wall),
                  (GDateMonth) g_date_time_get_month (wall),
                  (GDateYear) g_date_time_get_year (wall));
  shift.day = g_date_get_julian (&date) - (hour < 7);
  shift.part = hour < 7 || hour >= 21 ? WAY_PART_NIGHT : hour < 14 ? WAY_PART_EARLY : WAY_PART_LATE;
  return shift;
}

static void
write_path (guint ward, char *path, gsize size)
{
  g_snprintf (path, size, "/t/v%u/d%u/w%u/", ward / WARDS / DEPARTMENTS, ward / WARDS, ward);
}

static void
add_champion (Year *self, guint ward, WayShiftSet shifts, const char *systems, gint64 until)
{
  Champion one = { .ward = ward, .systems = systems, .until = until };
  WayRouteChampion known = { .shifts = shifts, .systems = systems, .is_active = TRUE };

  g_snprintf (one.person, sizeof one.person, "c%u", self->people->len);
  write_path (ward, one.path, sizeof one.path);
  g_array_append_val (self->people, one);
  g_array_append_val (self->known, known);
}

/* Five shifts of a week, few of them nights, and on Fridays none. */
static WayShiftSet
draw_shifts (GRand *rand)
{
  WayShiftSet set = 0;

  for (guint n = 0; n < 5;)
    {
      int weekday = g_rand_int_range (rand, 0, WAY_N_WEEKDAYS);
      WayPart part = g_rand_int_range (rand, 0, 12) == 0 && weekday != 4
                         ? WAY_PART_NIGHT
                         : (WayPart) g_rand_int_range (rand, 0, WAY_PART_NIGHT);
      WayShiftSet bit = way_shift_set_bit (weekday, part);

      n += (set & bit) == 0;
      set |= bit;
    }
  return set;
}

/* Most wards have one champion, every fifth three who work alike, every sixth none; here and there
 * nobody knows when they work, until the first of June; or a term ends within the year, or on a
 * night of the clocks. */
static void
add_champions (Year *self)
{
  gint64 clocks = at_local (self->zone, 2026, 10, 25, 3);
  gint64 unknown = at_local (self->zone, 2026, 6, 1, 7);

  for (guint ward = 0; ward < self->n_wards; ward++)
    {
      WayShiftSet shifts = ward % 29 == 28 ? 0 : draw_shifts (self->rand);
      const char *systems = ward % 3 == 0 ? "epr" : NULL;
      gint64 until = shifts == 0       ? unknown
                     : ward % 17 == 16 ? clocks
                     : ward % 13 == 12 ? self->start + g_rand_int_range (self->rand, 30, 330) * DAY
                                       : G_MAXINT64;

      if (ward % 6 == 5)
        continue;
      if (ward % 5 == 0)
        {
          shifts |= draw_shifts (self->rand) | draw_shifts (self->rand);
          for (guint i = 0; i < 3; i++)
            add_champion (self, ward, shifts, systems, G_MAXINT64);
        }
      else
        add_champion (self, ward, shifts, systems, until);
    }
  for (guint i = 0; i < self->people->len; i++)
    {
      Champion *one = &g_array_index (self->people, Champion, i);

      g_array_index (self->known, WayRouteChampion, i).person = one->person;
      g_array_index (self->known, WayRouteChampion, i).path = one->path;
    }
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* All of the year, a quarter of it on the first day of a new system, and through both
 * nights. */
static void
add_requests (Year *self)
{
  static const int nights[][2] = { { 3, 28 }, { 10, 24 } };
  guint n = (guint) n_people * A_YEAR;

  for (guint i = 0; i < n; i++)
    {
      gint64 at = i % 4 == 3 ? self->live + (gint64) (g_rand_double (self->rand) * DAY)
                             : self->start
                                   + (gint64) (g_rand_double (self->rand)
                                               * (double) (self->end - self->start));

      g_array_append_val (self->requests, at);
    }
  for (guint i = 0; i < G_N_ELEMENTS (nights); i++)
    for (gint64 at = at_local (self->zone, 2026, nights[i][0], nights[i][1], 20);
         at < at_local (self->zone, 2026, nights[i][0], nights[i][1] + 1, 8); at += 10 * MINUTE)
      g_array_append_val (self->requests, at);
  g_array_sort (self->requests, compare_times);
}

static void
year_init (Year *self)
{
  *self = (Year){ .rand = g_rand_new_with_seed (SEED), .zone = way_shift_dup_zone () };
  self->people = g_array_new (FALSE, FALSE, sizeof (Champion));
  self->known = g_array_new (FALSE, FALSE, sizeof (WayRouteChampion));
  self->requests = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->work = g_array_new (FALSE, FALSE, sizeof (Work));
  self->start = at_local (self->zone, 2026, 1, 1, 0);
  self->end = at_local (self->zone, 2027, 1, 1, 0);
  self->live = at_local (self->zone, 2026, 6, 15, 7);
  self->n_wards = (guint) n_people / WARD;
  way_route_settings_init (&self->settings, self->zone);
  add_champions (self);
  add_requests (self);
  g_test_message ("seed %d: %d people, %u wards, %u champions, %u requests", SEED, n_people,
                  self->n_wards, self->people->len, self->requests->len);
}

static void
year_clear (Year *self)
{
  g_rand_free (self->rand);
  g_time_zone_unref (self->zone);
  g_array_unref (self->people);
  g_array_unref (self->known);
  g_array_unref (self->requests);
  g_array_unref (self->work);
}

/* What everybody has open at a moment, and whose term has ended by then. */
static void
look (Year *self, gint64 at)
{
  guint n = 0;

  for (guint i = 0; i < self->known->len; i++)
    {
      WayRouteChampion *known = &g_array_index (self->known, WayRouteChampion, i);

      known->n_open = 0;
      known->is_active = g_array_index (self->people, Champion, i).until > at;
    }
  for (guint i = 0; i < self->work->len; i++)
    {
      Work work = g_array_index (self->work, Work, i);
      WayRouteChampion *known = &g_array_index (self->known, WayRouteChampion, work.champion);

      if (work.until <= at)
        continue;
      if (work.from <= at)
        {
          known->n_open++;
          known->last_taken = MAX (known->last_taken, work.from);
        }
      g_array_index (self->work, Work, n++) = work;
    }
  g_array_set_size (self->work, n);
  for (guint i = 0; (at < self->live || at > self->live + 5 * DAY) && i < self->known->len; i++)
    {
      Champion *one = &g_array_index (self->people, Champion, i);

      one->most_open = MAX (one->most_open,
                            g_array_index (self->known, WayRouteChampion, i).n_open);
    }
}

static gboolean
is_there (const Year *self, guint place, const WayRouteRequest *request, WayShift shift)
{
  const WayRouteChampion *known = &g_array_index (self->known, WayRouteChampion, place);

  return known->is_active && !g_str_equal (known->person, request->person)
         && way_shift_set_has (known->shifts, shift);
}

static gboolean
has_system (const char *systems, const char *system)
{
  return system != NULL && g_strcmp0 (systems, system) == 0;
}

/* The bound's first part. Where nobody's shift is known to be now, the service desk has it, or
 * somebody whose shifts nobody knows. */
static void
check_first (Year *self, const WayRouteRequest *request, guint ward, const WayRouteStep *step)
{
  WayShift shift = read_wall (self->zone, request->at);
  guint least = G_MAXUINT;      /* open, of anybody on shift */
  guint least_near = G_MAXUINT; /* of those of the unit and the department */
  guint least_here = G_MAXUINT;
  gboolean is_here = FALSE, knows_here = FALSE;

  for (guint i = 0; i < self->known->len; i++)
    {
      const WayRouteChampion *known = &g_array_index (self->known, WayRouteChampion, i);
      const Champion *one = &g_array_index (self->people, Champion, i);

      if (!is_there (self, i, request, shift))
        continue;
      least = MIN (least, known->n_open);
      if (way_route_count_up (request->path, known->path) <= 1)
        least_near = MIN (least_near, known->n_open);
      if (one->ward == ward && known->n_open < self->settings.most_open)
        {
          is_here = TRUE;
          knows_here = knows_here || has_system (one->systems, request->system);
          least_here = MIN (least_here, known->n_open);
        }
    }
  self->n_first++;
  if (step->champion < 0)
    {
      self->n_desk_first++;
      g_assert_cmpuint (least, ==, G_MAXUINT);
      g_assert_cmpint (step->why, ==, WAY_ROUTE_NOBODY);
      return;
    }
  if (step->why == WAY_ROUTE_MAYBE)
    {
      const WayRouteChampion *known = &g_array_index (self->known, WayRouteChampion,
                                                      step->champion);
      guint n_full = known->n_open / self->settings.most_open;
      gboolean is_near = way_route_count_up (request->path, known->path) <= 1
                         && shift.part != WAY_PART_NIGHT && way_shift_get_weekday (shift.day) < 5;

      /* Then nobody whose shift it is has as much room; on weekdays by day, of those who are near
       * alone. */
      g_assert_cmpuint ((is_near ? least_near : least) / self->settings.most_open, >, n_full);
      g_assert_cmpuint (least / self->settings.most_open, >=, n_full);
      return;
    }
  {
    const WayRouteChampion *known = &g_array_index (self->known, WayRouteChampion, step->champion);
    const Champion *one = &g_array_index (self->people, Champion, step->champion);

    self->n_elsewhere += one->ward != ward;
    self->n_full += known->n_open >= self->settings.most_open;
    g_assert_cmpuint (known->n_open, <, least + self->settings.most_open);
    /* Whoever of the ward is there and has room comes before all others. */
    if (is_here)
      {
        g_assert_cmpuint (one->ward, ==, ward);
        g_assert_cmpint (step->up, ==, 0);
        if (!knows_here)
          g_assert_cmpuint (known->n_open, ==, least_here);
      }
  }
}

/* What holds of all steps, whatever was done about them. */
static void
check_steps (const Year *self, const WayRouteRequest *request, GArray *steps, guint n_named)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (NULL, NULL);
  gint64 next = request->at;

  for (guint i = 0; i < steps->len; i++)
    {
      const WayRouteStep *step = &g_array_index (steps, WayRouteStep, i);

      g_assert_cmpint (step->from, ==, next);
      next = step->until;
      if (step->champion < 0)
        continue;
      g_assert_true (g_hash_table_add (asked, GINT_TO_POINTER (step->champion + 1)));
      g_assert_cmpint (step->until - step->from, <=, self->settings.patience);
      g_assert_cmpint (step->until, >, step->from);
      if (step->why == WAY_ROUTE_ON_SHIFT)
        g_assert_true (
            way_shift_set_has (g_array_index (self->known, WayRouteChampion, step->champion).shifts,
                               read_wall (self->zone, step->from)));
    }
  g_assert_cmpint (next, ==, G_MAXINT64);
  g_assert_cmpint (g_array_index (steps, WayRouteStep, steps->len - 1).champion, ==, -1);
  g_assert_cmpuint (g_hash_table_size (asked), <=, self->settings.most_asked + n_named);
}

/* Who is asked takes it, names somebody, passes it to whoever is next, or does nothing. */
static void
live (Year *self, const WayRouteRequest *request, guint ward)
{
  const WayRouteChampion *known = (const WayRouteChampion *) self->known->data;
  WayRoutePass passes[2];
  guint n_passes = 0, n_named = 0, place = 0;
  g_autoptr (GArray)
      steps = way_route_help (request, known, self->known->len, NULL, 0, &self->settings);
  gint64 waited = 0;

  check_steps (self, request, steps, 0);
  check_first (self, request, ward, &g_array_index (steps, WayRouteStep, 0));
  while (place < steps->len)
    {
      WayRouteStep step = g_array_index (steps, WayRouteStep, place);
      int chance = g_rand_int_range (self->rand, 0, 100);
      gint64 at = step.from + 1;

      if (step.champion < 0)
        {
          /* The desk has it: at once, or after all whose time went by. */
          self->n_desk++;
          g_assert_cmpint (waited, <=,
                           self->settings.patience * (self->settings.most_asked + n_passes));
          return;
        }
      if (step.until - step.from > 2)
        at += (gint64) (g_rand_double (self->rand) * (double) (step.until - step.from - 2));
      g_array_index (self->people, Champion, step.champion).n_asked++;
      if (chance < 60)
        {
          Work work = { (guint) step.champion, at,
                        at + g_rand_int_range (self->rand, 5, 120) * MINUTE };

          g_array_append_val (self->work, work);
          g_array_index (self->people, Champion, step.champion).n_taken++;
          self->n_taken++;
          return;
        }
      if (chance < 72 && n_passes < G_N_ELEMENTS (passes))
        {
          guint to = (guint) g_rand_int_range (self->rand, 0, (int) self->known->len);
          gboolean is_named = chance < 66 && to != (guint) step.champion;

          passes[n_passes++] = (WayRoutePass){ at, known[step.champion].person,
                                               is_named ? known[to].person : NULL };
          n_named += is_named;
          g_clear_pointer (&steps, g_array_unref);
          steps = way_route_help (request, known, self->known->len, passes, n_passes,
                                  &self->settings);
          self->n_passed++;
          for (place = 0; g_array_index (steps, WayRouteStep, place).until <= at;)
            place++;
          g_assert_cmpint (g_array_index (steps, WayRouteStep, place).from, ==, at);
          waited += at - step.from;
          continue;
        }
      waited += step.until - step.from;
      place++;
    }
  g_assert_not_reached ();
}

static void
check_load (const Year *self)
{
  double worst = 0;
  guint n_groups = 0, most = 0;

  for (guint i = 0; i + 2 < self->people->len; i++)
    {
      const Champion *three = &g_array_index (self->people, Champion, i);
      double mean = (three[0].n_taken + three[1].n_taken + three[2].n_taken) / 3.0;

      most = MAX (most, three[0].most_open);
      if (three[0].ward != three[1].ward || three[0].ward != three[2].ward)
        continue;
      n_groups++;
      for (guint k = 0; k < 3; k++)
        {
          worst = MAX (worst, (three[k].n_taken - mean - LOAD_MORE) / mean);
          g_assert_cmpfloat (three[k].n_taken, <=, mean * (1 + LOAD_PART) + LOAD_MORE);
        }
    }
  g_test_message ("%u wards of three: at most %.3f of the mean above it and %d; most open at once "
                  "%u",
                  n_groups, worst, LOAD_MORE, most);
  g_assert_cmpuint (n_groups, >=, self->n_wards / 5 - self->n_wards / 30 - 2);
  g_assert_cmpuint (most, <=, self->settings.most_open + MOST_AT_ONCE);
}

static void
test_help (void)
{
  Year year;

  year_init (&year);
  for (guint i = 0; i < year.requests->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      guint ward = (guint) g_rand_int_range (year.rand, 0, (int) year.n_wards);
      char path[40];
      /* Now and then a champion asks. */
      WayRouteRequest request = {
        .id = id,
        .person = i % 40 == 0 ? g_array_index (year.people, Champion, i % year.people->len).person
                              : "x",
        .path = path,
        .system = i % 3 == 0 ? "epr" : NULL,
        .at = g_array_index (year.requests, gint64, i),
      };

      write_path (ward, path, sizeof path);
      look (&year, request.at);
      live (&year, &request, ward);
    }
  g_test_message ("%u at the desk at once, %u first with somebody elsewhere, %u where all had as "
                  "many as they may; %u taken, %u passed on, %u came to the desk",
                  year.n_desk_first, year.n_elsewhere, year.n_full, year.n_taken, year.n_passed,
                  year.n_desk);
  g_assert_cmpuint (year.n_taken + year.n_desk, ==, year.requests->len);
  g_assert_cmpuint (year.n_taken, >, year.requests->len / 2);
  g_assert_cmpuint (year.n_passed, >, 0);
  g_assert_cmpuint (year.n_desk_first, >, 0);
  g_assert_cmpuint (year.n_elsewhere, >, 0);
  g_assert_cmpuint (year.n_full, >, 0);
  check_load (&year);
  year_clear (&year);
}

/* Week by week, the map says who is there as the clock on the wall does, moment by moment. */
static void
test_map (void)
{
  Year year;
  WayNetworkLimits limits;
  g_autofree WayCoverage *units = NULL;
  g_autoptr (GArray) champions = g_array_new (FALSE, FALSE, sizeof (WayCoverageChampion));
  guint n_short = 0, n_long = 0;
  WayShift first;

  year_init (&year);
  way_network_limits_init (&limits);
  units = g_new0 (WayCoverage, year.n_wards);
  for (guint i = 0; i < year.people->len; i++)
    {
      const Champion *one = &g_array_index (year.people, Champion, i);
      WayShiftSet shifts = g_array_index (year.known, WayRouteChampion, i).shifts;
      WayCoverageChampion champion = { one->ward, shifts != 0, shifts, one->until };

      g_array_append_val (champions, champion);
    }
  first = read_wall (year.zone, at_local (year.zone, 2025, 12, 29, 12));
  for (guint week = 0; week < 53; week++)
    {
      guint32 monday = first.day + week * WAY_N_WEEKDAYS;
      gint64 start, end;
      guint counted = 0;

      for (guint i = 0; i < year.n_wards; i++)
        units[i] = (WayCoverage){ .staff = WARD };
      g_assert_true (way_shift_get_bounds (&year.settings.times, year.zone,
                                           (WayShift){ monday, WAY_PART_EARLY }, &start, &end));
      g_assert_true (way_coverage_judge (units, year.n_wards,
                                         (const WayCoverageChampion *) champions->data,
                                         champions->len, &limits, &year.settings.times, year.zone,
                                         monday, start));
      /* An hour and a half after the hour on which a shift begins, to its last. */
      for (gint64 at = start + HOUR / 2; at < start + 8 * DAY; at += HOUR)
        {
          WayShift wall = read_wall (year.zone, at);
          WayShift found;
          int weekday = (int) (wall.day - monday);

          g_assert_true (way_shift_find (&year.settings.times, year.zone, at, &found));
          g_assert_cmpuint (found.day, ==, wall.day);
          g_assert_cmpint (found.part, ==, wall.part);
          if (wall.day >= monday + WAY_N_WEEKDAYS)
            break;
          counted++;
          for (guint i = 0; at % (7 * HOUR) < HOUR && i < year.n_wards; i++)
            {
              guint n = 0, n_may = 0;

              for (guint k = 0; k < champions->len; k++)
                {
                  const WayCoverageChampion *one = &g_array_index (champions, WayCoverageChampion,
                                                                   k);
                  gboolean has = one->unit == i && way_shift_set_has (one->shifts, wall);

                  /* A term that ends within a shift: it is still worked. */
                  n += has && one->until > at;
                  n_may += has && one->until > at - 11 * HOUR;
                }
              g_assert_cmpuint (units[i].there[weekday][wall.part], >=, n);
              g_assert_cmpuint (units[i].there[weekday][wall.part], <=, n_may);
            }
        }
      /* 168 hours, but for the weeks in which the clocks change. */
      n_short += counted == 167;
      n_long += counted == 169;
      g_assert_true (counted >= 167 && counted <= 169);
    }
  g_assert_cmpuint (n_short, ==, 1);
  g_assert_cmpuint (n_long, ==, 1);
  year_clear (&year);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "people", 0, 0, G_OPTION_ARG_INT, &n_people, "How many people a year is lived with", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_parse (context, &argc, &argv, &error);
  g_assert_no_error (error);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/year/help", test_help);
  g_test_add_func ("/record/year/map", test_map);
  return g_test_run ();
}
