/* test-pace.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-pace.h"

#include <math.h>

#define SEED 46
#define DESKTOPS 5000
#define MINUTES 30

static void
test_table (void)
{
  static const struct
  {
    guint n_failures;
    double chance;
    double seconds;
  } rows[] = {
    { 0, 0, 0 },
    { 0, .5, 1 },
    { 1, .5, 2 },
    { 2, .5, 4 },
    { 3, .25, 4 },
    { 5, .5, 32 },
    { 8, .5, 256 },
    { 9, .5, 450 },
    { 10, .999, 899.1 },
    { 20, .5, 450 },
    { 64, .5, 450 },
    { G_MAXUINT, 0, 0 },
    { G_MAXUINT, .999, 899.1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat_with_epsilon (way_pace_retry (rows[i].n_failures, rows[i].chance),
                                    rows[i].seconds, 1e-9);
  g_assert_cmpfloat (way_pace_first (TRUE, .9), ==, 0);
  g_assert_cmpfloat (way_pace_first (FALSE, .5), ==, 60);
  g_assert_cmpfloat (way_pace_regular (0), ==, 150);
  g_assert_cmpfloat (way_pace_regular (.5), ==, 180);
  /* A network that comes and goes only shortens. */
  g_assert_cmpfloat (way_pace_network_up (700, .5), ==, 5);
  g_assert_cmpfloat (way_pace_network_up (1, .5), ==, 1);
  g_assert_cmpfloat (way_pace_network_up (0, .9), ==, 0);
}

/* The trust comes back after desktops have tried for an hour: nobody comes with the crowd. */
static void
test_46_herd (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint minutes[MINUTES] = { 0 };
  guint most = 0;
  double sum = 0;

  g_test_message ("Seed %d", SEED);
  for (guint i = 0; i < DESKTOPS; i++)
    {
      /* All lost it in the same second. */
      double now = 0;
      guint n_failures = 0;

      while (now < 3600)
        now += way_pace_retry (++n_failures, g_rand_double (rand));
      g_assert_cmpfloat (now - 3600, <, 900);
      minutes[(guint) ((now - 3600) / 60)]++;
      sum += now - 3600;
    }
  for (guint i = 0; i < MINUTES; i++)
    most = MAX (most, minutes[i]);
  for (guint i = 0; i < 15; i++)
    g_test_message ("minute %2u: %u", i, minutes[i]);
  /* 5,000 over a quarter of an hour, the first minutes fuller than the last: never twice what a
   * level flow of ten minutes would be, 500 a minute. */
  g_assert_cmpuint (most, <, 1000);
  g_assert_cmpuint (minutes[0] + minutes[1] + minutes[2], <, DESKTOPS / 2);
  g_assert_cmpfloat (sum / DESKTOPS, >, 180);
}

/* At eight in the morning all sign in; what waits goes at once, the rest is spread. */
static void
test_46_morning (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + 1);
  guint tens[12] = { 0 };

  for (guint i = 0; i < DESKTOPS; i++)
    tens[(guint) (way_pace_first (FALSE, g_rand_double (rand)) / 10)]++;
  for (guint i = 0; i < G_N_ELEMENTS (tens); i++)
    {
      g_assert_cmpuint (tens[i], >, DESKTOPS / 12 * 3 / 4);
      g_assert_cmpuint (tens[i], <, DESKTOPS / 12 * 5 / 4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/pace/table", test_table);
  g_test_add_func ("/sync/pace/46-herd", test_46_herd);
  g_test_add_func ("/sync/pace/46-morning", test_46_morning);
  return g_test_run ();
}
