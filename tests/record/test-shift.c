/* test-shift.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind.h"
#include "record/way-shift.h"

#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)

static gint64
read_utc (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

static guint32
read_day (const char *text)
{
  guint32 day = 0;

  g_assert_true (way_shift_read_day (text, &day));
  return day;
}

/* Clocks went forward at 01:00 UTC on 29 March 2026, and back at 01:00 UTC on 25 October. */
static const struct
{
  const char *times; /* (nullable) the default */
  const char *at;    /* UTC */
  const char *day;
  WayPart part;
} moments[] = {
  { NULL, "2026-01-15T06:59:59.999999Z", "2026-01-14", WAY_PART_NIGHT },
  { NULL, "2026-01-15T07:00:00Z", "2026-01-15", WAY_PART_EARLY },
  { NULL, "2026-01-15T13:59:59Z", "2026-01-15", WAY_PART_EARLY },
  { NULL, "2026-01-15T14:00:00Z", "2026-01-15", WAY_PART_LATE },
  { NULL, "2026-01-15T21:00:00Z", "2026-01-15", WAY_PART_NIGHT },
  { NULL, "2026-01-16T00:00:00Z", "2026-01-15", WAY_PART_NIGHT },
  /* In summer the same clock is an hour earlier in UTC. */
  { NULL, "2026-07-15T05:59:59Z", "2026-07-14", WAY_PART_NIGHT },
  { NULL, "2026-07-15T06:00:00Z", "2026-07-15", WAY_PART_EARLY },
  { NULL, "2026-07-15T20:00:00Z", "2026-07-15", WAY_PART_NIGHT },
  { NULL, "2026-07-15T23:30:00Z", "2026-07-15", WAY_PART_NIGHT },
  /* The night of 28 March is nine hours long, */
  { NULL, "2026-03-28T20:59:59Z", "2026-03-28", WAY_PART_LATE },
  { NULL, "2026-03-28T21:00:00Z", "2026-03-28", WAY_PART_NIGHT },
  { NULL, "2026-03-29T00:59:59Z", "2026-03-28", WAY_PART_NIGHT },
  { NULL, "2026-03-29T01:00:00Z", "2026-03-28", WAY_PART_NIGHT },
  { NULL, "2026-03-29T05:59:59Z", "2026-03-28", WAY_PART_NIGHT },
  { NULL, "2026-03-29T06:00:00Z", "2026-03-29", WAY_PART_EARLY },
  /* that of 24 October eleven. */
  { NULL, "2026-10-24T20:00:00Z", "2026-10-24", WAY_PART_NIGHT },
  { NULL, "2026-10-25T00:30:00Z", "2026-10-24", WAY_PART_NIGHT },
  { NULL, "2026-10-25T01:30:00Z", "2026-10-24", WAY_PART_NIGHT },
  { NULL, "2026-10-25T06:59:59Z", "2026-10-24", WAY_PART_NIGHT },
  { NULL, "2026-10-25T07:00:00Z", "2026-10-25", WAY_PART_EARLY },
  /* A part that begins in the hour that is left out begins when the clocks go forward, */
  { "early 01:30 late 12:00 night 23:59", "2026-03-29T00:59:59Z", "2026-03-28", WAY_PART_NIGHT },
  { "early 01:30 late 12:00 night 23:59", "2026-03-29T01:30:00Z", "2026-03-29", WAY_PART_EARLY },
  /* and in the hour that comes twice, the second time. */
  { "early 01:30 late 12:00 night 23:59", "2026-10-25T00:45:00Z", "2026-10-24", WAY_PART_NIGHT },
  { "early 01:30 late 12:00 night 23:59", "2026-10-25T01:30:00Z", "2026-10-25", WAY_PART_EARLY },
  { NULL, "1969-12-31T23:59:59.999999Z", "1969-12-31", WAY_PART_NIGHT },
};

static void
test_moments (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      gint64 at = read_utc (moments[i].at);
      g_autoptr (GError) error = NULL;
      g_autofree char *day = NULL;
      WayShiftTimes times;
      WayShift shift;
      gint64 start, end;

      g_test_message ("%s", moments[i].at);
      g_assert_true (way_shift_times_read (moments[i].times, &times, &error));
      g_assert_true (way_shift_find (&times, zone, at, &shift));
      day = way_shift_write_day (shift.day);
      g_assert_cmpstr (day, ==, moments[i].day);
      g_assert_cmpint (shift.part, ==, moments[i].part);
      g_assert_true (way_shift_get_bounds (&times, zone, shift, &start, &end));
      g_assert_cmpint (start, <=, at);
      g_assert_cmpint (at, <, end);
    }
}

static const struct
{
  const char *day;
  WayPart part;
  const char *start;
  int hours;
} bounds[] = {
  { "2026-01-15", WAY_PART_EARLY, "2026-01-15T07:00:00Z", 7 },
  { "2026-01-15", WAY_PART_LATE, "2026-01-15T14:00:00Z", 7 },
  { "2026-01-15", WAY_PART_NIGHT, "2026-01-15T21:00:00Z", 10 },
  { "2026-07-15", WAY_PART_EARLY, "2026-07-15T06:00:00Z", 7 },
  { "2026-03-28", WAY_PART_NIGHT, "2026-03-28T21:00:00Z", 9 },
  { "2026-03-29", WAY_PART_EARLY, "2026-03-29T06:00:00Z", 7 },
  { "2026-03-29", WAY_PART_NIGHT, "2026-03-29T20:00:00Z", 10 },
  { "2026-10-24", WAY_PART_NIGHT, "2026-10-24T20:00:00Z", 11 },
  { "2026-10-25", WAY_PART_EARLY, "2026-10-25T07:00:00Z", 7 },
  { "2026-12-31", WAY_PART_NIGHT, "2026-12-31T21:00:00Z", 10 },
};

static void
test_bounds (void)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  WayShiftTimes times;

  g_assert_true (way_shift_times_read (NULL, &times, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      WayShift shift = { read_day (bounds[i].day), bounds[i].part };
      gint64 start, end;

      g_test_message ("%s %s", bounds[i].day, way_part_get_name (bounds[i].part));
      g_assert_true (way_shift_get_bounds (&times, zone, shift, &start, &end));
      g_assert_cmpint (start, ==, read_utc (bounds[i].start));
      g_assert_cmpint (end - start, ==, bounds[i].hours * HOUR);
    }
}

/* Through a year, minute by minute around every edge: no gap, no overlap, each moment found
 * in the shift whose bounds hold it. */
static void
test_year (void)
{
  static const char *const settings[] = { WAY_SHIFT_DEFAULT, "early 01:00 late 01:30 night 02:00",
                                          "early 00:00 late 08:00 night 16:00" };
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      WayShift shift = { read_day ("2026-01-01"), WAY_PART_EARLY };
      WayShiftTimes times;
      gint64 before = 0;

      g_assert_true (way_shift_times_read (settings[i], &times, NULL));
      for (int n = 0; n < 366 * WAY_N_PARTS; n++)
        {
          gint64 start, end;
          WayShift found;

          g_assert_true (way_shift_get_bounds (&times, zone, shift, &start, &end));
          g_assert_cmpint (start, <=, end);
          if (n > 0)
            g_assert_cmpint (start, ==, before);
          before = end;
          if (start < end)
            {
              g_assert_true (way_shift_find (&times, zone, start, &found));
              g_assert_cmpuint (found.day, ==, shift.day);
              g_assert_cmpint (found.part, ==, shift.part);
              g_assert_true (way_shift_find (&times, zone, end - 1, &found));
              g_assert_cmpuint (found.day, ==, shift.day);
              g_assert_cmpint (found.part, ==, shift.part);
            }
          shift = way_shift_get_next (shift);
        }
    }
}

static void
test_settings (void)
{
  static const char *const bad[] = {
    "",
    "early 07:00 late 14:00",
    "early 07:00 late 14:00 night 24:00",
    "early 07:00 late 07:00 night 21:00",
    "early 07:00 late 14:00 night 06:00",
    "late 14:00 early 07:00 night 21:00",
    "early 7:00 late 14:00 night 21:00",
    "early 07:60 late 14:00 night 21:00",
    "early 07:00 late 14:00 night 21:00 dawn 23:00",
    "early 07:00  late 14:00 night 21:00",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      WayShiftTimes times;

      g_test_message ("“%s”", bad[i]);
      g_assert_false (way_shift_times_read (bad[i], &times, &error));
      g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
      g_assert_cmpint (times.starts[WAY_PART_NIGHT], ==, 21 * 60);
    }
}

static const struct
{
  const char *text; /* (nullable) */
  gboolean is_good;
  const char *written;
} patterns[] = {
  { NULL, TRUE, "" },
  { "", TRUE, "" },
  { "mon-early", TRUE, "mon-early" },
  { "sun-night  mon-late mon-early", TRUE, "mon-early mon-late sun-night" },
  { "mon-early mon-early", TRUE, "mon-early" },
  { "mon-early tue", FALSE, "mon-early" },
  { "Mon-early", FALSE, "" },
  { "mon-earlyish", FALSE, "" },
  { "monday-early", FALSE, "" },
  { "-", FALSE, "" },
  { "mon-night-late fri-late", FALSE, "fri-late" },
};

static void
test_patterns (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *written = NULL;
      WayShiftSet set;

      g_test_message ("“%s”", patterns[i].text);
      g_assert_cmpint (way_shift_set_read (patterns[i].text, &set, &error), ==,
                       patterns[i].is_good);
      g_assert_true (patterns[i].is_good == (error == NULL));
      written = way_shift_set_write (set);
      g_assert_cmpstr (written, ==, patterns[i].written);
    }
}

/* 29 March 2026 is a Sunday, and a pattern's night is that of the day on which it starts. */
static void
test_weekdays (void)
{
  WayShift shift = { read_day ("2026-03-29"), WAY_PART_NIGHT };
  g_autofree char *monday = way_shift_write_day (way_shift_get_monday (shift.day));
  WayShiftSet set;

  g_assert_cmpint (way_shift_get_weekday (shift.day), ==, 6);
  g_assert_cmpstr (monday, ==, "2026-03-23");
  g_assert_cmpuint (way_shift_get_monday (read_day ("2026-03-23")), ==, read_day ("2026-03-23"));
  g_assert_true (way_shift_set_read ("sun-night", &set, NULL));
  g_assert_true (way_shift_set_has (set, shift));
  shift = way_shift_get_next (shift);
  g_assert_false (way_shift_set_has (set, shift));
}

/* Whatever stands in an event or a file. */
static void
test_anything (void)
{
  static const char *const bad[] = { "",           "2026-02-29", "2026-3-29",  "2026-03-29T",
                                     "20260329--", "2026/03/29", "0000-01-01", "9999-12-31",
                                     "-026-03-29" };
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autofree char *none = way_shift_write_day (0);
  WayShiftTimes times;
  WayShift shift;
  gint64 start, end;
  guint32 day;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (way_shift_read_day (bad[i], &day));
  g_assert_cmpstr (none, ==, "");
  g_assert_true (way_shift_times_read (NULL, &times, NULL));
  g_assert_false (way_shift_find (&times, zone, G_MAXINT64, &shift));
  g_assert_false (way_shift_find (&times, zone, G_MININT64, &shift));
  g_assert_true (way_shift_find (&times, zone, 0, &shift));
  shift.day = 0;
  g_assert_false (way_shift_get_bounds (&times, zone, shift, &start, &end));
  shift.day = G_MAXUINT32;
  g_assert_false (way_shift_get_bounds (&times, zone, shift, &start, &end));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/shift/moments", test_moments);
  g_test_add_func ("/record/shift/bounds", test_bounds);
  g_test_add_func ("/record/shift/year", test_year);
  g_test_add_func ("/record/shift/settings", test_settings);
  g_test_add_func ("/record/shift/patterns", test_patterns);
  g_test_add_func ("/record/shift/weekdays", test_weekdays);
  g_test_add_func ("/record/shift/anything", test_anything);
  return g_test_run ();
}
