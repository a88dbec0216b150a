/* test-coverage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-coverage.h"

#include <math.h>

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define OPEN G_MAXINT64
/* Monday 23 March 2026, 00:00 UTC. The clocks change in the night of that week's Saturday. */
#define MONDAY "2026-03-23"
#define NOW (G_GINT64_CONSTANT (1774224000) * G_USEC_PER_SEC)

typedef struct
{
  const char *shifts; /* (nullable) not known */
  double ends;        /* days from NOW; 0: open */
} Champion;

/* One unit; "there" is a figure for each shift from Monday early to Sunday night. */
static const struct
{
  const char *name;
  guint staff;
  Champion champions[4];
  guint n;
  const char *there;
  guint gaps, unknown, ending, n_counted;
  double each; /* −1: none */
  gboolean is_thin;
} cases[] = {
  { "nobody", 30, { { NULL, 0 } }, 0, "000 000 000 000 000 000 000", 21, 0, 0, 0, -1, TRUE },
  { "nobody-for-nobody",
    0,
    { { NULL, 0 } },
    0,
    "000 000 000 000 000 000 000",
    21,
    0,
    0,
    0,
    -1,
    FALSE },
  { "one",
    20,
    { { "mon-early sun-night", 0 } },
    1,
    "100 000 000 000 000 000 001",
    19,
    0,
    0,
    1,
    20,
    FALSE },
  { "two-at-once",
    60,
    { { "mon-early", 0 }, { "mon-early tue-late", 0 } },
    2,
    "200 010 000 000 000 000 000",
    19,
    0,
    0,
    2,
    30,
    TRUE },
  { "shifts-not-known",
    25,
    { { NULL, 0 }, { "", 0 } },
    2,
    "000 000 000 000 000 000 000",
    21,
    1,
    0,
    2,
    12.5,
    FALSE },
  /* Ends on Wednesday at noon: the early shift is still worked, the late one is not. */
  { "ends-in-the-week",
    25,
    { { "mon-early wed-early wed-late fri-night", 2.5 } },
    1,
    "100 000 100 000 000 000 000",
    19,
    0,
    1,
    1,
    25,
    FALSE },
  /* Ends an hour into the night in which the clocks change. */
  { "ends-in-the-long-night",
    25,
    { { "sat-night sun-early", 5 + 22.0 / 24 } },
    1,
    "000 000 000 000 000 001 000",
    20,
    0,
    1,
    1,
    25,
    FALSE },
  { "has-ended",
    25,
    { { "mon-early", -1 } },
    1,
    "000 000 000 000 000 000 000",
    21,
    0,
    0,
    0,
    -1,
    TRUE },
  { "ends-later",
    25,
    { { "mon-early", 61 } },
    1,
    "100 000 000 000 000 000 000",
    20,
    0,
    0,
    1,
    25,
    FALSE },
  { "ends-soon",
    26,
    { { "mon-early", 60 } },
    1,
    "100 000 000 000 000 000 000",
    20,
    0,
    1,
    1,
    26,
    TRUE },
};

static guint32
read_day (const char *text)
{
  guint32 day = 0;

  g_assert_true (way_shift_read_day (text, &day));
  return day;
}

static void
fill (WayCoverageChampion *into, const Champion *from)
{
  *into = (WayCoverageChampion){ .knows_shifts = from->shifts != NULL,
                                 .until = from->ends != 0 ? NOW + (gint64) (from->ends * DAY)
                                                          : OPEN };
  g_assert_true (way_shift_set_read (from->shifts, &into->shifts, NULL));
}

static void
test_coverage (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  WayNetworkLimits limits;
  WayShiftTimes times;

  way_network_limits_init (&limits);
  g_assert_true (way_shift_times_read (NULL, &times, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WayCoverageChampion champions[4];
      WayCoverage unit = { .staff = cases[i].staff, .gaps = 99 };
      g_autoptr (GString) there = g_string_new (NULL);

      g_test_message ("%s", cases[i].name);
      for (guint c = 0; c < cases[i].n; c++)
        fill (&champions[c], &cases[i].champions[c]);
      g_assert_true (way_coverage_judge (&unit, 1, champions, cases[i].n, &limits, &times, zone,
                                         read_day (MONDAY), NOW));
      for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
        g_string_append_printf (there, "%s%u%u%u", weekday > 0 ? " " : "", unit.there[weekday][0],
                                unit.there[weekday][1], unit.there[weekday][2]);
      g_assert_cmpstr (there->str, ==, cases[i].there);
      g_assert_cmpuint (unit.gaps, ==, cases[i].gaps);
      g_assert_cmpuint (unit.unknown, ==, cases[i].unknown);
      g_assert_cmpuint (unit.ending, ==, cases[i].ending);
      g_assert_cmpuint (unit.champions, ==, cases[i].n_counted);
      if (cases[i].each < 0)
        g_assert_true (isnan (unit.each));
      else
        g_assert_cmpfloat (unit.each, ==, cases[i].each);
      g_assert_cmpint (unit.is_thin, ==, cases[i].is_thin);
    }
}

/* Of two units each has its own; one more closes the gaps of the shifts that they work, and a
 * trust that wants two on a shift has more gaps. */
static void
test_what_if (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  WayCoverageChampion champions[3];
  WayCoverage units[2] = { { .staff = 10 }, { .staff = 40 } };
  WayNetworkLimits limits;
  WayShiftTimes times;
  const Champion of[] = { { "mon-early", 0 }, { "mon-early", 0 }, { "mon-early tue-early", 0 } };

  way_network_limits_init (&limits);
  g_assert_true (way_shift_times_read (NULL, &times, NULL));
  for (guint i = 0; i < 3; i++)
    fill (&champions[i], &of[i]);
  champions[1].unit = 1;
  champions[2].unit = 1;
  g_assert_true (
      way_coverage_judge (units, 2, champions, 2, &limits, &times, zone, read_day (MONDAY), NOW));
  g_assert_cmpuint (units[1].gaps, ==, 20);
  g_assert_true (units[1].is_thin);
  g_assert_true (
      way_coverage_judge (units, 2, champions, 3, &limits, &times, zone, read_day (MONDAY), NOW));
  g_assert_cmpuint (units[0].gaps, ==, 20);
  g_assert_cmpuint (units[1].gaps, ==, 19);
  g_assert_false (units[1].is_thin);
  limits.least = 2;
  g_assert_true (
      way_coverage_judge (units, 2, champions, 3, &limits, &times, zone, read_day (MONDAY), NOW));
  g_assert_cmpuint (units[0].gaps, ==, 21);
  g_assert_cmpuint (units[1].gaps, ==, 20);
  g_assert_false (way_coverage_judge (units, 2, champions, 3, &limits, &times, zone, 0, NOW));
}

#define WELL WAY_HEALTH_WELL
#define QUIET WAY_HEALTH_QUIET
#define OVERLOADED WAY_HEALTH_OVERLOADED
#define UNTRAINED WAY_HEALTH_UNTRAINED
#define ENDING WAY_HEALTH_ENDING

static const struct
{
  const char *name;
  double since, helped; /* days ago; helped 0: never */
  double ends;          /* in days; 0: open */
  int a_week, given, open;
  gboolean is_trained;
  guint health;
} workers[] = {
  { "well", 200, 1, 0, 60, 200, 2, TRUE, WELL },
  { "quiet-at-31", 200, 31, 0, 60, 0, 0, TRUE, QUIET },
  { "not-quiet-at-30", 200, 30, 0, 60, 0, 0, TRUE, WELL },
  { "new-and-never", 10, 0, 0, 60, 0, 0, TRUE, WELL },
  { "never-in-31", 31, 0, 0, 60, 0, 0, TRUE, QUIET },
  /* What was given before the term began says nothing about it. */
  { "helped-before", 5, 40, 0, 60, 0, 0, TRUE, WELL },
  { "all-that-is-allowed", 200, 1, 0, 60, 360, 5, TRUE, WELL },
  { "a-minute-more", 200, 1, 0, 60, 361, 5, TRUE, OVERLOADED },
  { "one-too-many-open", 200, 1, 0, 60, 0, 6, TRUE, OVERLOADED },
  /* A fortnight in which two weeks of minutes were used, and half as much again. */
  { "a-fortnight", 14, 1, 0, 60, 180, 0, TRUE, WELL },
  { "a-fortnight-and-more", 14, 1, 0, 60, 181, 0, TRUE, OVERLOADED },
  { "first-day", 0.5, 0.2, 0, 60, 90, 0, TRUE, WELL },
  { "no-minutes-known", 200, 1, 0, -1, 900, 0, TRUE, WELL },
  { "no-minutes-at-all", 200, 1, 0, 0, 10, 0, TRUE, OVERLOADED },
  { "none-and-none", 200, 1, 0, 0, 0, 0, TRUE, WELL },
  { "untrained", 200, 1, 0, 60, 0, 0, FALSE, UNTRAINED },
  { "ends-soon", 200, 1, 60, 60, 0, 0, TRUE, ENDING },
  { "ends-later", 200, 1, 61, 60, 0, 0, TRUE, WELL },
  { "everything", 400, 90, 5, 10, 900, 9, FALSE, QUIET | OVERLOADED | UNTRAINED | ENDING },
};

static void
test_health (void)
{
  WayNetworkLimits limits;

  way_network_limits_init (&limits);
  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      WayChampionWork work = {
        .since = NOW - (gint64) (workers[i].since * DAY),
        .until = workers[i].ends != 0 ? NOW + (gint64) (workers[i].ends * DAY) : OPEN,
        .last_helped = workers[i].helped != 0 ? NOW - (gint64) (workers[i].helped * DAY) : 0,
        .minutes_a_week = workers[i].a_week,
        .minutes_given = workers[i].given,
        .open = workers[i].open,
        .is_trained = workers[i].is_trained,
      };

      g_test_message ("%s", workers[i].name);
      g_assert_cmpuint (way_health_judge (&work, &limits, NOW), ==, workers[i].health);
    }
}

static void
test_settings (void)
{
  WayNetworkLimits limits;
  const WayNetworkSetting *settings;
  guint n;

  way_network_limits_init (&limits);
  g_assert_cmpint (limits.quiet_days, ==, 30);
  g_assert_true (way_network_limits_set (&limits, "champion_quiet_days", "14"));
  g_assert_cmpint (limits.quiet_days, ==, 14);
  g_assert_false (way_network_limits_set (&limits, "champion_quiet_days", "6"));
  g_assert_false (way_network_limits_set (&limits, "champion_quiet_days", "x"));
  g_assert_false (way_network_limits_set (&limits, "champion_quiet_days", NULL));
  g_assert_false (way_network_limits_set (&limits, "pass_mark", "80"));
  g_assert_cmpint (limits.quiet_days, ==, 14);
  settings = way_network_list_settings (&n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (settings[i].least, <=, settings[i].otherwise);
      g_assert_cmpint (settings[i].otherwise, <=, settings[i].most);
    }
}

static void
test_readiness (void)
{
  const WayReadyPerson people[] = {
    { .has_rota = TRUE, .rota = 1, .done = 7 },
    { .has_rota = TRUE, .rota = 1, .done = 5 },
    /* Away in that week, whatever the pattern says. */
    { .has_rota = TRUE, .rota = 0, .has_pattern = TRUE, .pattern = 1, .done = 7 },
    { .has_pattern = TRUE, .pattern = 1, .done = 0 },
    { .has_pattern = TRUE, .pattern = 0, .done = 7 },
    { .done = 7 },
    /* What is done of a part that is not listed does not count. */
    { .has_pattern = TRUE, .pattern = 2, .done = 8 },
  };
  WayReadiness ready;

  way_readiness_judge (people, G_N_ELEMENTS (people), 3, &ready);
  g_assert_cmpuint (ready.base, ==, 4);
  g_assert_cmpuint (ready.away, ==, 2);
  g_assert_cmpuint (ready.unknown, ==, 1);
  g_assert_cmpuint (ready.done[0], ==, 2);
  g_assert_cmpuint (ready.done[1], ==, 1);
  g_assert_cmpuint (ready.done[2], ==, 2);
  g_assert_cmpuint (ready.done[3], ==, 0);
  g_assert_cmpuint (ready.all, ==, 1);
  way_readiness_judge (people, 1, WAY_MOST_PARTS, &ready);
  g_assert_cmpuint (ready.all, ==, 0);
  /* Nothing is asked: everybody who works has done it. */
  way_readiness_judge (people, G_N_ELEMENTS (people), 0, &ready);
  g_assert_cmpuint (ready.all, ==, 4);
  way_readiness_judge (NULL, 0, 3, &ready);
  g_assert_cmpuint (ready.base, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/coverage/units", test_coverage);
  g_test_add_func ("/record/coverage/what-if", test_what_if);
  g_test_add_func ("/record/coverage/health", test_health);
  g_test_add_func ("/record/coverage/settings", test_settings);
  g_test_add_func ("/record/coverage/readiness", test_readiness);
  return g_test_run ();
}
