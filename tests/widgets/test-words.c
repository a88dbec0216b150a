/* test-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-words.h"

static WayPack *pack;

static gint64
at (const char *iso)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, zone);

  g_assert_nonnull (time);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_when (void)
{
  static const struct
  {
    const char *then;
    const char *now;
    const char *words;
  } cases[] = {
    { "2026-03-10T10:00:00", "2026-03-10T10:00:40", "just now" },
    { "2026-03-10T10:00:00", "2026-03-10T10:01:00", "1 minute ago" },
    { "2026-03-10T10:00:00", "2026-03-10T10:59:00", "59 minutes ago" },
    { "2026-03-10T10:00:00", "2026-03-10T14:00:00", "today at 10:00" },
    { "2026-03-09T23:50:00", "2026-03-10T00:10:00", "yesterday at 23:50" },
    { "2026-03-09T10:00:00", "2026-03-10T14:00:00", "yesterday at 10:00" },
    { "2026-03-05T10:00:00", "2026-03-10T14:00:00", "on Thursday" },
    { "2026-03-03T10:00:00", "2026-03-10T14:00:00", "on 3 March" },
    { "2025-03-03T10:00:00", "2026-03-10T14:00:00", "on 3 March 2025" },
    { "2026-03-10T14:02:00", "2026-03-10T14:00:00", "just now" },
    { "2026-03-10T16:00:00", "2026-03-10T14:00:00", "today at 16:00" },
    { "2026-03-11T09:00:00", "2026-03-10T14:00:00", "tomorrow at 09:00" },
    { "2026-03-14T09:00:00", "2026-03-10T14:00:00", "on 14 March" },
    { "2027-05-02T09:00:00", "2026-03-10T14:00:00", "on 2 May 2027" },
    /* The clocks go forward in the night before 29 March 2026. */
    { "2026-03-28T12:00:00", "2026-03-29T11:00:00", "yesterday at 12:00" },
    { "2026-10-24T12:00:00", "2026-10-25T11:00:00", "yesterday at 12:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = way_format_when_at (at (cases[i].then), at (cases[i].now));

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_never (void)
{
  g_autofree char *words = way_format_when (0);

  g_assert_cmpstr (words, ==, "never");
}

static void
test_minutes (void)
{
  static const struct
  {
    int minutes;
    const char *words;
  } cases[] = {
    { 0, "less than a minute" }, { 1, "1 minute" },  { 10, "10 minutes" },
    { 119, "119 minutes" },      { 120, "2 hours" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = way_format_minutes (cases[i].minutes);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_estimate (void)
{
  static const struct
  {
    double levels[WAY_N_LEVELS];
    const char *sentence;
    const char *levels_named;
  } cases[] = {
    { { .01, .97, .02, 0 }, "You are almost certainly at Everyday.", "Everyday" },
    { { .15, .80, .05, 0 }, "You are very likely at Everyday.", "Everyday" },
    { { 0, .1, .6, .3 }, "You are probably at Confident.", "Confident" },
    { { .45, .44, .1, .01 },
      "Somewhere between Start and Everyday: one is about as likely as the other.",
      "Start or Everyday" },
    { { .05, .35, .55, .05 },
      "Somewhere between Everyday and Confident, more likely Confident.",
      "Everyday or Confident" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WayEstimate estimate = { .n_items = 3 };
      g_autofree char *sentence = NULL;
      g_autofree char *levels = NULL;

      memcpy (estimate.levels, cases[i].levels, sizeof estimate.levels);
      sentence = way_describe_estimate (pack, &estimate);
      levels = way_describe_levels (pack, &estimate);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
      g_assert_cmpstr (levels, ==, cases[i].levels_named);
    }
}

static void
test_not_measured (void)
{
  WayEstimate estimate = { .n_items = 0, .required = 2 };
  g_autofree char *sentence = way_describe_estimate (pack, &estimate);
  g_autofree char *needed = way_describe_requirement (pack, &estimate);

  g_assert_cmpstr (sentence, ==, "Not measured yet.");
  g_assert_cmpstr (needed, ==, "Your role needs Everyday.");
}

static void
test_requirement (void)
{
  WayEstimate estimate = { .n_items = 2, .required = 3, .standing = WAY_STANDING_MET };
  g_autofree char *met = way_describe_requirement (pack, &estimate);
  g_autofree char *not_yet = NULL;
  g_autofree char *not_sure = NULL;

  estimate.standing = WAY_STANDING_NOT_YET;
  not_yet = way_describe_requirement (pack, &estimate);
  estimate.standing = WAY_STANDING_NOT_SURE;
  not_sure = way_describe_requirement (pack, &estimate);
  g_assert_cmpstr (met, ==, "Your role needs Confident: you are there.");
  g_assert_cmpstr (not_yet, ==, "Your role needs Confident: not yet.");
  g_assert_cmpstr (not_sure, ==, "Your role needs Confident: not sure yet.");
}

static void
test_no_such_level (void)
{
  g_assert_cmpstr (way_level_name (pack, 0), ==, "");
  g_assert_cmpstr (way_level_name (pack, 5), ==, "");
  g_assert_cmpstr (way_level_name (pack, 4), ==, "Lead");
}

static void
test_signed (void)
{
  static const struct
  {
    double value;
    const char *text;
  } rows[] = { { 0.42, "+0.4" }, { -0.26, "−0.3" }, { -0.04, "0.0" }, { 0.04, "0.0" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = way_format_signed (rows[i].value);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  pack = way_pack_open (path, "en", &error);
  g_assert_no_error (error);

  g_test_add_func ("/words/when", test_when);
  g_test_add_func ("/words/when/never", test_never);
  g_test_add_func ("/words/minutes", test_minutes);
  g_test_add_func ("/words/signed", test_signed);
  g_test_add_func ("/words/estimate", test_estimate);
  g_test_add_func ("/words/estimate/not-measured", test_not_measured);
  g_test_add_func ("/words/requirement", test_requirement);
  g_test_add_func ("/words/level/none", test_no_such_level);

  status = g_test_run ();
  g_assert_finalize_object (pack);

  return status;
}
