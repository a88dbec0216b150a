/* test-route.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-desk-hours.h"
#include "record/way-kind.h"
#include "record/way-route.h"

#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)

static gint64
read_utc (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* The trust of the table: a division D with departments M and S, and wards in them. */
static const struct
{
  const char *person;
  const char *path;
  const char *shifts;
  const char *systems;
  guint n_open;
  gint64 last_taken;
  gboolean is_paused;
} people[] = {
  { "ann", "/t/d/m/w1/", "wed-early wed-late", "epr", 2, 30, FALSE },
  { "ben", "/t/d/m/w1/", "wed-early", NULL, 1, 20, FALSE },
  { "cat", "/t/d/m/w1/", "wed-early sat-night", NULL, 1, 10, FALSE },
  { "dan", "/t/d/m/w2/", "wed-early wed-late wed-night", NULL, 0, 0, FALSE },
  { "eva", "/t/d/s/w3/", "wed-night", NULL, 0, 0, FALSE },
  { "flo", "", "thu-early", NULL, 0, 0, FALSE },
  { "gus", "/t/d/m/w1/", "wed-early wed-late wed-night", NULL, 0, 0, TRUE },
  { "hal", "/t/d/m/", "", NULL, 0, 0, FALSE },
  { "ida", "/t/d/m/w4/", "fri-early", "epr", WAY_HELP_MOST_OPEN, 0, FALSE },
  { "jon", "/t/d/s/w5/", "fri-early", NULL, 0, 0, FALSE },
  { "kit", "/t/d/s/w3/", "", NULL, 0, 0, FALSE },
  { "lil", "/t/d/m/w2/", "sat-early", NULL, 0, 0, FALSE },
};

/* 15 July 2026 is a Wednesday; its clocks are an hour ahead of UTC. Each step is a name, or
 * "desk", with its letter and how far up, and the minutes after the request. */
static const struct
{
  const char *at;
  const char *person;
  const char *path;
  const char *system;
  const char *known; /* (nullable) first letters of who is known, else all */
  const char *pass;  /* (nullable) "minute from to" */
  const char *steps;
} routes[] = {
  /* The unit first, the fewest open, then who took one longest ago; then the department. */
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w1/", NULL, NULL, NULL,
    "cat s0 0, ben s0 15, ann s0 30, dan s1 45, desk d 60" },
  /* Who knows the system comes before who has less to do, but only in the same place. */
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w1/", "epr", NULL, NULL,
    "ann s0 0, cat s0 15, ben s0 30, dan s1 45, desk d 60" },
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w2/", "epr", "abd", NULL,
    "dan s0 0, ann s1 15, ben s1 30, desk d 45" },
  /* Nobody is sent to themselves. */
  { "2026-07-15T08:00:00Z", "cat", "/t/d/m/w1/", NULL, "abc", NULL,
    "ben s0 0, ann s0 15, desk d 30" },
  /* A shift that ends is not waited for: 14:00 by the clock is 13:00 UTC. */
  { "2026-07-15T12:55:00Z", "x", "/t/d/m/w1/", NULL, "abc", NULL,
    "cat s0 0, ann s0 5, desk n 20, ben s0 9665, desk d 9680" },
  /* Who goes on into the next shift has their time. */
  { "2026-07-15T12:55:00Z", "x", "/t/d/m/w2/", NULL, "d", NULL, "dan s0 0, desk d 15" },
  /* At night the whole trust has one; in the day the ward's own comes back. */
  { "2026-07-15T22:00:00Z", "x", "/t/d/m/w1/", NULL, "aef", NULL,
    "eva s2 0, desk n 15, flo s4 480, desk n 495, ann s0 9120, desk d 9135" },
  /* Nobody ever: at once, without end. */
  { "2026-07-15T22:00:00Z", "x", "/t/d/m/w1/", NULL, "g", NULL, "desk n 0" },
  { "2026-07-15T22:00:00Z", "x", "/t/d/m/w1/", NULL, "", NULL, "desk n 0" },
  /* Nobody now, somebody later: at once, and from when to when. */
  { "2026-07-15T22:00:00Z", "x", "/t/d/m/w1/", NULL, "f", NULL,
    "desk n 0, flo s4 480, desk d 495" },
  /* At night of whom nobody knows the shifts comes after those whose shift it is, wherever. */
  { "2026-07-15T22:00:00Z", "x", "/t/d/m/w1/", NULL, "eh", NULL, "eva s2 0, hal m1 15, desk d 30" },
  /* By day on a weekday one of the department comes before another department all the same, and
   * after whose shift it is in their own; a trust's does not, and at the weekend neither. */
  { "2026-07-15T08:00:00Z", "x", "/t/d/s/w3/", NULL, "dk", NULL, "kit m0 0, dan s2 15, desk d 30" },
  { "2026-07-15T08:00:00Z", "x", "/t/d/s/w6/", NULL, "dk", NULL, "kit m1 0, dan s2 15, desk d 30" },
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w2/", NULL, "bhk", NULL,
    "ben s1 0, hal m1 15, kit m2 30, desk d 45" },
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w9/", NULL, "dk", NULL, "dan s1 0, kit m2 15, desk d 30" },
  { "2026-07-18T23:00:00Z", "x", "/t/d/s/w3/", NULL, "ck", NULL, "cat s2 0, kit m0 15, desk d 30" },
  { "2026-07-18T08:00:00Z", "x", "/t/d/s/w3/", NULL, "kl", NULL, "lil s2 0, kit m0 15, desk d 30" },
  /* Who has as many as they may comes last, though they are nearer. */
  { "2026-07-17T08:00:00Z", "x", "/t/d/m/w4/", "epr", "ij", NULL,
    "jon s2 0, ida s0 15, desk d 30" },
  /* Passed on to somebody, also who is not on shift; and to whoever comes next. */
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w1/", NULL, "abce", "4 cat eva",
    "cat s0 0, eva p2 4, ben s0 19, ann s0 34, desk d 49" },
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w1/", NULL, "abce", "4 cat -",
    "cat s0 0, ben s0 4, ann s0 19, desk n 34, eva s2 720, desk d 735" },
  { "2026-07-15T08:00:00Z", "x", "/t/d/m/w1/", NULL, "abc", "4 cat gus",
    "cat s0 0, ben s0 4, ann s0 19, desk d 34" },
  /* Clocks went forward in the night of 28 March 2026, a Saturday: nine hours long. */
  { "2026-03-29T00:50:00Z", "x", "/t/d/m/w1/", NULL, "c", NULL, "cat s0 0, desk d 15" },
  { "2026-03-29T05:50:00Z", "x", "/t/d/m/w1/", NULL, "c", NULL, "cat s0 0, desk d 10" },
  { "2026-03-29T06:00:00Z", "x", "/t/d/m/w1/", NULL, "c", NULL,
    "desk n 0, cat s0 4320, desk d 4335" },
  /* And back in that of 24 October, a Saturday: eleven hours. */
  { "2026-10-25T06:50:00Z", "x", "/t/d/m/w1/", NULL, "c", NULL, "cat s0 0, desk d 10" },
  { "2026-10-24T19:55:00Z", "x", "/t/d/m/w1/", NULL, "c", NULL, "desk n 0, cat s0 5, desk d 20" },
};

static guint
fill (WayRouteChampion *champions, const char *known)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (GError) error = NULL;

      if (known != NULL && strchr (known, people[i].person[0]) == NULL)
        continue;
      champions[n] = (WayRouteChampion){
        .person = people[i].person,
        .path = people[i].path,
        .is_active = !people[i].is_paused,
        .systems = people[i].systems,
        .n_open = people[i].n_open,
        .last_taken = people[i].last_taken,
      };
      way_shift_set_read (people[i].shifts, &champions[n].shifts, &error);
      g_assert_no_error (error);
      n++;
    }
  return n;
}

static char *
describe (GArray *steps, const WayRouteChampion *champions, gint64 at)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const WayRouteStep *step = &g_array_index (steps, WayRouteStep, i);

      if (i > 0)
        g_string_append (text, ", ");
      if (step->champion < 0)
        g_string_append_printf (text, "desk %c", step->why == WAY_ROUTE_NOBODY ? 'n' : 'd');
      else
        g_string_append_printf (text, "%s %c%d", champions[step->champion].person, "smp"[step->why],
                                step -> up);
      g_string_append_printf (text, " %" G_GINT64_FORMAT, (step->from - at) / MINUTE);
    }
  return g_string_free (text, FALSE);
}

/* Whatever came of it: without a gap, and nobody is waited for past the time. */
static void
check_steps (GArray *steps, const WayRouteRequest *request, const WayRouteSettings *settings)
{
  gint64 next = request->at;

  g_assert_cmpuint (steps->len, >, 0);
  for (guint i = 0; i < steps->len; i++)
    {
      const WayRouteStep *step = &g_array_index (steps, WayRouteStep, i);

      g_assert_cmpint (step->from, ==, next);
      g_assert_cmpint (step->until, >, step->from);
      if (step->champion >= 0)
        g_assert_cmpint (step->until - step->from, <=, settings->patience);
      next = step->until;
    }
  g_assert_cmpint (next, ==, G_MAXINT64);
  g_assert_cmpint (g_array_index (steps, WayRouteStep, steps->len - 1).champion, ==, -1);
}

static void
test_routes (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  WayRouteSettings settings;

  way_route_settings_init (&settings, zone);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      WayRouteChampion champions[G_N_ELEMENTS (people)] = { 0 };
      guint n = fill (champions, routes[i].known);
      WayRouteRequest request = {
        .id = "r",
        .person = routes[i].person,
        .path = routes[i].path,
        .system = routes[i].system,
        .at = read_utc (routes[i].at),
      };
      g_auto (GStrv) words = g_strsplit (routes[i].pass != NULL ? routes[i].pass : "", " ", -1);
      WayRoutePass pass = { 0 };
      g_autoptr (GArray) steps = NULL;
      g_autofree char *text = NULL;

      if (words[0] != NULL)
        pass = (WayRoutePass){ request.at + atoi (words[0]) * MINUTE, words[1],
                               words[2][0] != '-' ? words[2] : NULL };
      steps = way_route_help (&request, champions, n, &pass, words[0] != NULL, &settings);
      check_steps (steps, &request, &settings);
      text = describe (steps, champions, request.at);
      g_test_message ("%s: %s", routes[i].at, text);
      g_assert_cmpstr (text, ==, routes[i].steps);
    }
}

/* In which step a moment lies, and who is the next person. */
static void
test_find (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  WayRouteChampion champions[G_N_ELEMENTS (people)] = { 0 };
  guint n = fill (champions, "ab");
  WayRouteRequest request = { "r", "x", "/t/d/m/w1/", NULL, read_utc ("2026-07-15T08:00:00Z") };
  WayRouteSettings settings;
  g_autoptr (GArray) steps = NULL;

  way_route_settings_init (&settings, zone);
  steps = way_route_help (&request, champions, n, NULL, 0, &settings);
  g_assert_cmpint (way_route_find (steps, request.at - HOUR)->champion, ==, 1);
  g_assert_cmpint (way_route_find (steps, request.at + 15 * MINUTE - 1)->champion, ==, 1);
  g_assert_cmpint (way_route_find (steps, request.at + 15 * MINUTE)->champion, ==, 0);
  g_assert_cmpint (way_route_find (steps, request.at + HOUR)->champion, ==, -1);
  g_assert_cmpint (way_route_find_next_champion (steps, request.at)->champion, ==, 0);
  g_assert_cmpint (way_route_find_next_champion (steps, request.at)->from, ==,
                   request.at + 15 * MINUTE);
}

/* Trusts made up from a seed: whatever is asked, at any moment of a year, reaches somebody or
 * the desk, and nobody is waited for past the setting. */
static void
test_always_reaches (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (601);
  gint64 start = read_utc ("2026-01-01T00:00:00Z");
  guint n_desk = 0;

  g_test_message ("seed 601");
  for (guint i = 0; i < 4000; i++)
    {
      WayRouteChampion champions[24];
      char names[24][8];
      char paths[24][24];
      char path[24];
      guint n = (guint) g_rand_int_range (rand, 0, 24);
      WayRoutePass passes[2];
      guint n_passes = n > 2 ? (guint) g_rand_int_range (rand, 0, 3) : 0;
      WayRouteRequest request = { "r", "c0", path, NULL, 0 };
      WayRouteSettings settings;
      g_autoptr (GArray) steps = NULL;
      gint64 waited = 0;

      way_route_settings_init (&settings, zone);
      settings.patience = g_rand_int_range (rand, 1, 120) * MINUTE;
      settings.most_asked = (guint) g_rand_int_range (rand, 0, 6);
      request.at = start + (gint64) (g_rand_double (rand) * 366 * 24) * HOUR
                   + g_rand_int_range (rand, 0, 3600) * (gint64) G_USEC_PER_SEC;
      g_snprintf (path, sizeof path, "/t/d%d/w%d/", g_rand_int_range (rand, 0, 3),
                  g_rand_int_range (rand, 0, 3));
      for (guint j = 0; j < n; j++)
        {
          g_snprintf (names[j], sizeof names[j], "c%u", j);
          g_snprintf (paths[j], sizeof paths[j], "/t/d%d/w%d/", g_rand_int_range (rand, 0, 3),
                      g_rand_int_range (rand, 0, 3));
          champions[j] = (WayRouteChampion){
            .person = names[j],
            .path = paths[j],
            .shifts = g_rand_int (rand) & g_rand_int (rand) & ((1u << 21) - 1),
            .is_active = g_rand_int_range (rand, 0, 5) > 0,
            .n_open = (guint) g_rand_int_range (rand, 0, 6),
          };
        }
      for (guint j = 0; j < n_passes; j++)
        passes[j] = (WayRoutePass){ request.at + (j + 1) * 7 * MINUTE, names[j],
                                    g_rand_boolean (rand) ? names[j + 1] : NULL };
      steps = way_route_help (&request, champions, n, passes, n_passes, &settings);
      check_steps (steps, &request, &settings);
      for (guint j = 0; j < steps->len; j++)
        {
          const WayRouteStep *step = &g_array_index (steps, WayRouteStep, j);
          WayShift shift;

          if (step->champion < 0)
            {
              n_desk++;
              continue;
            }
          waited += step->until - step->from;
          g_assert_true (champions[step->champion].is_active);
          if (step->why != WAY_ROUTE_PASSED)
            g_assert_cmpstr (champions[step->champion].person, !=, request.person);
          g_assert_true (way_shift_find (&settings.times, zone, step->from, &shift));
          if (step->why == WAY_ROUTE_ON_SHIFT)
            g_assert_true (way_shift_set_has (champions[step->champion].shifts, shift));
        }
      g_assert_cmpint (waited, <=, settings.patience * (settings.most_asked + n_passes));
    }
  g_assert_cmpuint (n_desk, >, 4000);
}

/* A month of requests of one ward with six champions who are always there: at any time no two
 * of them have more than two requests' difference, and nobody more than they may. */
static void
test_even_load (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (602);
  WayRouteChampion champions[6];
  gint64 ends[6][64];
  guint n_given[6] = { 0 };
  static const char *const names[] = { "a", "b", "c", "d", "e", "f" };
  gint64 at = read_utc ("2026-03-15T00:00:00Z");
  WayRouteSettings settings;

  g_test_message ("seed 602");
  way_route_settings_init (&settings, zone);
  for (guint i = 0; i < 6; i++)
    champions[i] = (WayRouteChampion){
      .person = names[i], .path = "/t/w/", .shifts = (1u << 21) - 1, .is_active = TRUE
    };
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%u", i);
      WayRouteRequest request = { id, "x", "/t/w/", NULL, at };
      g_autoptr (GArray) steps = NULL;
      guint least = G_MAXUINT, most = 0;
      int chosen;

      for (guint j = 0; j < 6; j++)
        {
          guint n = 0;

          for (guint k = 0; k < champions[j].n_open; k++)
            if (ends[j][k] > at)
              ends[j][n++] = ends[j][k];
          champions[j].n_open = n;
          least = MIN (least, n);
          most = MAX (most, n);
        }
      steps = way_route_help (&request, champions, 6, NULL, 0, &settings);
      chosen = g_array_index (steps, WayRouteStep, 0).champion;
      g_assert_cmpint (chosen, >=, 0);
      g_assert_cmpuint (champions[chosen].n_open, ==, least);
      ends[chosen][champions[chosen].n_open++] = at + g_rand_int_range (rand, 5, 90) * MINUTE;
      champions[chosen].last_taken = at;
      n_given[chosen]++;
      g_assert_cmpuint (champions[chosen].n_open, <=, WAY_HELP_MOST_OPEN);
      at += g_rand_int_range (rand, 1, 40) * MINUTE;
    }
  for (guint i = 0; i < 6; i++)
    {
      g_test_message ("%s: %u of 2000", names[i], n_given[i]);
      g_assert_cmpuint (n_given[i], >, 2000 / 6 - 40);
      g_assert_cmpuint (n_given[i], <, 2000 / 6 + 40);
    }
}

static void
test_desk_hours (void)
{
  static const struct
  {
    const char *text;
    const char *at;
    gboolean is_open;
    const char *change; /* (nullable) never */
  } table[] = {
    { "mon-fri 08:00-18:00 sat 09:00-12:00", "2026-07-15T07:00:00Z", TRUE, "2026-07-15T17:00:00Z" },
    { "mon-fri 08:00-18:00 sat 09:00-12:00", "2026-07-15T06:59:00Z", FALSE,
      "2026-07-15T07:00:00Z" },
    { "mon-fri 08:00-18:00 sat 09:00-12:00", "2026-07-15T17:00:00Z", FALSE,
      "2026-07-16T07:00:00Z" },
    { "mon-fri 08:00-18:00 sat 09:00-12:00", "2026-07-18T12:00:00Z", FALSE,
      "2026-07-20T07:00:00Z" },
    { "always", "2026-07-18T12:00:00Z", TRUE, NULL },
    { "mon 00:00-24:00", "2026-07-20T10:00:00Z", TRUE, "2026-07-20T23:00:00Z" },
    { "fri-mon 10:00-11:00", "2026-07-20T10:30:00Z", FALSE, "2026-07-24T09:00:00Z" },
    { "sun 01:30-05:00", "2026-03-29T00:59:00Z", FALSE, "2026-03-29T01:00:00Z" },
    { "", "2026-07-20T10:30:00Z", FALSE, NULL },
    { "mon 18:00-08:00", "2026-07-20T18:30:00Z", FALSE, NULL },
    { "mon-fri 08:00-18:00 tue 09:00-10:00", "2026-07-20T10:30:00Z", FALSE, NULL },
    { "monday 08:00-18:00", "2026-07-20T10:30:00Z", FALSE, NULL },
    { "mon 08:00-25:00", "2026-07-20T10:30:00Z", FALSE, NULL },
  };
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      WayDeskHours hours;
      g_autoptr (GError) error = NULL;
      gint64 at = read_utc (table[i].at);
      gint64 change;

      if (!way_desk_hours_read (table[i].text, &hours, &error))
        g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
      g_test_message ("“%s” at %s", table[i].text, table[i].at);
      g_assert_cmpint (way_desk_hours_is_open (&hours, zone, at), ==, table[i].is_open);
      change = way_desk_hours_find_change (&hours, zone, at);
      g_assert_cmpint (change, ==,
                       table[i].change != NULL ? read_utc (table[i].change) : G_MAXINT64);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/route/table", test_routes);
  g_test_add_func ("/record/route/find", test_find);
  g_test_add_func ("/record/route/always-reaches", test_always_reaches);
  g_test_add_func ("/record/route/even-load", test_even_load);
  g_test_add_func ("/record/route/desk-hours", test_desk_hours);
  return g_test_run ();
}
