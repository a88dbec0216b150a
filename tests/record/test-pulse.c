/* test-pulse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-pulse.h"

#include <math.h>

/* Who is asked, and how sure a share is. With --people N a year of a trust of N is lived. */

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define SEED 20261122

static int n_people = 2000;

static void
test_days (void)
{
  static const struct
  {
    const char *setting;
    int days;
  } cases[] = {
    { NULL, 30 }, { "", 30 },  { "30", 30 },  { "60", 60 },  { "14", 14 },
    { "13", 30 }, { "x", 30 }, { "9e9", 30 }, { "366", 30 }, { "365", 365 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (way_pulse_read_days (cases[i].setting), ==, cases[i].days);
}

/* Everybody is drawn at 1000 and nobody at 0; between them the share is met, by the same
 * people each time, and by others for another pulse. */
static void
test_drawn (void)
{
  static const int shares[] = { 0, 10, 250, 500, 900, 1000 };

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    {
      guint n = 0;
      guint n_both = 0;
      double expected = 20 * shares[s];

      for (guint i = 0; i < 20000; i++)
        {
          g_autofree char *person = g_strdup_printf ("person-%u", i);
          gboolean one = way_pulse_is_drawn ("one", person, shares[s]);

          g_assert_cmpint (one, ==, way_pulse_is_drawn ("one", person, shares[s]));
          n += one;
          n_both += one && way_pulse_is_drawn ("two", person, shares[s]);
        }
      g_assert_cmpfloat (fabs (n - expected), <=, 5 * sqrt (expected * (1 - shares[s] / 1000.)));
      g_assert_cmpfloat (fabs (n_both - expected * shares[s] / 1000.), <=, 5 * sqrt (expected) + 1);
    }
}

/* All are drawn here, so only the spacing decides. */
static void
test_spacing (void)
{
  static const struct
  {
    const char *name;
    WayPulseAsk pulses[3];
    gint64 from[3]; /* days; −1 never */
  } cases[] = {
    { "far apart",
      { { "a", 0, 14, 1000, TRUE }, { "b", 44, 50, 1000, TRUE }, { "c", 80, 81, 1000, TRUE } },
      { 0, 44, 80 } },
    { "the next waits inside its time",
      { { "a", 0, 14, 1000, TRUE }, { "b", 40, 50, 1000, TRUE }, { "c", 60, 90, 1000, TRUE } },
      { 0, 44, 80 } },
    { "no time is left",
      { { "a", 0, 14, 1000, TRUE }, { "b", 10, 44, 1000, TRUE }, { "c", 44, 45, 1000, TRUE } },
      { 0, -1, 44 } },
    { "not for this place",
      { { "a", 0, 14, 1000, FALSE }, { "b", 10, 24, 1000, TRUE }, { "c", 44, 45, 1000, TRUE } },
      { -1, 10, -1 } },
    { "in another order",
      { { "b", 44, 50, 1000, TRUE }, { "c", 44, 50, 1000, TRUE }, { "a", 0, 14, 1000, TRUE } },
      { 44, -1, 0 } },
    { "not drawn",
      { { "a", 0, 14, 0, TRUE }, { "b", 10, 24, 1000, TRUE }, { "c", 30, 30, 1000, TRUE } },
      { -1, 10, -1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WayPulseAsk pulses[3];
      gint64 from[3];

      for (guint k = 0; k < 3; k++)
        {
          pulses[k] = cases[i].pulses[k];
          pulses[k].opens *= DAY;
          pulses[k].closes *= DAY;
        }
      way_pulse_draw (pulses, 3, "ann", 30, from);
      for (guint k = 0; k < 3; k++)
        {
          gint64 expected = cases[i].from[k] < 0 ? WAY_PULSE_NEVER : cases[i].from[k] * DAY;

          if (from[k] != expected)
            g_error ("%s: pulse %u", cases[i].name, k);
        }
    }
}

static char **
split (const char *words)
{
  return words != NULL ? g_strsplit (words, " ", -1) : NULL;
}

static void
test_is_for (void)
{
  static const struct
  {
    const char *paths; /* (nullable) of the pulse */
    const char *roles; /* (nullable) */
    const char *mine;
    const char *role; /* (nullable) */
    gboolean is_for;
  } cases[] = {
    { NULL, NULL, "/t/d/w1/", "nursing", TRUE },
    { NULL, NULL, "", NULL, TRUE },
    { "/t/d/w1/", NULL, "/t/d/w1/", "nursing", TRUE },
    { "/t/d/w1/", NULL, "/t/d/w10/", "nursing", FALSE },
    { "/t/d/w1/ /t/e/", NULL, "/t/d/w2/", "nursing", FALSE },
    { "/t/d/w1/ /t/e/", NULL, "/t/e/w3/", "nursing", TRUE },
    { "/t/d/w1/ /t/d/w2/", NULL, "/t/d/w9/ /t/d/w2/", "nursing", TRUE },
    /* Somebody of the division is not asked with one of its wards. */
    { "/t/d/w1/ /t/d/w2/", NULL, "/t/d/", "nursing", FALSE },
    { "/t/d/", NULL, "", "nursing", FALSE },
    { NULL, "nursing medical", "/t/d/w1/", "medical", TRUE },
    { NULL, "nursing medical", "/t/d/w1/", "admin", FALSE },
    { NULL, "nursing medical", "/t/d/w1/", NULL, FALSE },
    { "/t/d/", "nursing", "/t/d/w1/", "admin", FALSE },
    { "/t/d/", "nursing", "/t/e/w1/", "nursing", FALSE },
    { "/t/d/", "nursing", "/t/d/w1/", "nursing", TRUE },
    /* Its places are there no more. */
    { "", NULL, "/t/d/w1/", "nursing", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) paths = split (cases[i].paths);
      g_auto (GStrv) roles = split (cases[i].roles);
      g_auto (GStrv) mine = split (cases[i].mine);
      WayPulseAudience audience = { paths, roles };

      if (way_pulse_is_for (&audience, (const char *const *) mine, cases[i].role)
          != cases[i].is_for)
        g_error ("case %u", i);
    }
}

static void
test_share_for (void)
{
  static const struct
  {
    guint sample;
    guint people;
    int share;
  } cases[] = {
    { 100, 1000, 100 }, { 1, 20000, 1 }, { 50, 50, 1000 },   { 60, 50, 1000 },
    { 10, 0, 1000 },    { 0, 10, 1 },    { 333, 1000, 333 }, { 1, 3, 334 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (way_pulse_share_for (cases[i].sample, cases[i].people), ==, cases[i].share);
}

/* Against the roots of the equation that the interval solves: (p − x)² = z² x (1 − x) / n. */
static void
test_interval (void)
{
  const double z = 1.959963984540054;

  for (guint n = 1; n <= 400; n = n * 2 + 1)
    for (guint yes = 0; yes <= n; yes++)
      {
        double p = (double) yes / n;
        double ends[2];

        way_pulse_judge_share (yes, n, &ends[0], &ends[1]);
        g_assert_cmpfloat (ends[0], <=, p);
        g_assert_cmpfloat (ends[1], >=, p);
        for (guint k = 0; k < 2; k++)
          {
            double x = ends[k];

            g_assert_cmpfloat (fabs ((p - x) * (p - x) - z * z * x * (1 - x) / n), <, 1e-12);
          }
      }
  {
    double low, high;

    way_pulse_judge_share (0, 0, &low, &high);
    g_assert_cmpfloat (low, ==, 0);
    g_assert_cmpfloat (high, ==, 1);
  }
}

/* A year: pulses of the whole trust and of parts of it, of one day or of weeks, some at once. */
static void
test_year (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  const guint n_pulses = 60;
  const guint n_places = 20;
  g_autofree WayPulseAsk *pulses = g_new0 (WayPulseAsk, n_pulses);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree int *places = g_new (int, n_pulses);
  g_autofree gint64 *from = g_new (gint64, n_pulses);
  static const int settings[] = { 30, 14, 60 };
  guint64 n_asked = 0;

  g_test_message ("seed %d, %d people", SEED, n_people);
  for (guint i = 0; i < n_pulses; i++)
    {
      char *id = g_strdup_printf ("pulse-%u", i);

      g_ptr_array_add (ids, id);
      pulses[i].id = id;
      pulses[i].opens = g_rand_int_range (random, 0, 365) * DAY;
      pulses[i].closes = pulses[i].opens + g_rand_int_range (random, 1, 29) * DAY;
      pulses[i].share = g_rand_int_range (random, 1, 1001);
      places[i] = g_rand_int_range (random, -1, (int) n_places);
    }
  for (guint s = 0; s < G_N_ELEMENTS (settings); s++)
    for (int k = 0; k < n_people; k++)
      {
        g_autofree char *person = g_strdup_printf ("person-%d", k);

        for (guint i = 0; i < n_pulses; i++)
          pulses[i].is_addressed = places[i] < 0 || places[i] == k % (int) n_places;
        way_pulse_draw (pulses, n_pulses, person, settings[s], from);
        for (guint i = 0; i < n_pulses; i++)
          {
            if (from[i] == WAY_PULSE_NEVER)
              continue;
            n_asked++;
            g_assert_true (pulses[i].is_addressed);
            g_assert_cmpint (from[i], >=, pulses[i].opens);
            g_assert_cmpint (from[i], <, pulses[i].closes);
            /* However late the one is answered and however early the other. */
            for (guint j = 0; j < n_pulses; j++)
              if (j != i && from[j] != WAY_PULSE_NEVER && from[j] >= from[i])
                g_assert_cmpint (from[j] - pulses[i].closes, >=, settings[s] * DAY);
          }
      }
  /* It is no rule that asks nobody. */
  g_assert_cmpuint (n_asked, >, (guint64) n_people * 3);
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
  g_test_add_func ("/record/pulse/is-for", test_is_for);
  g_test_add_func ("/record/pulse/days", test_days);
  g_test_add_func ("/record/pulse/drawn", test_drawn);
  g_test_add_func ("/record/pulse/spacing", test_spacing);
  g_test_add_func ("/record/pulse/share-for", test_share_for);
  g_test_add_func ("/record/pulse/interval", test_interval);
  g_test_add_func ("/record/pulse/year", test_year);
  return g_test_run ();
}
