/* test-pause.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-row.h"

/* A part of a baseline ends with a result that is saved, also when nobody goes on. */

#define SEED 5
#define PART 6

static const char *waymarkctl;

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_set_up_demo (fixture, 60, SEED);
}

static char *
ask_store (SessionFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore)
      store = way_store_open_device_read_only (fixture->session->store_path, &error);
  char *text;

  g_assert_no_error (error);
  text = way_db_dup_text (way_store_get_db (store), sql, &error);
  g_assert_no_error (error);
  way_store_close (store);
  return text;
}

/* How many results of the sitting are saved, and of how many capabilities. */
static char *
count_saved (SessionFixture *fixture)
{
  return ask_store (fixture, "SELECT count(*) || ' ' || count(DISTINCT body ->> 'capability') "
                             "FROM live WHERE kind = 'estimate'");
}

/* One part: in the first all is right, in the second all wrong, so that hardly anything is
 * decided before the third. */
static void
answer_part (SessionFixture *fixture, WayBaseline *baseline, guint part)
{
  for (guint i = 0; i < PART && !way_baseline_is_finished (baseline); i++)
    session_fixture_answer (fixture, baseline, part % 2 == 1, 12000);
}

/* What is saved at a pause is what is said there, and no level yet. */
static void
check_pause (SessionFixture *fixture, WayBaseline *baseline, guint part)
{
  g_autofree char *saved = count_saved (fixture);
  g_autofree char *expected = g_strdup_printf ("%u 6", part * 6);
  g_autofree char *levels = ask_store (fixture, "SELECT count(*) || '' FROM level");
  WaySkills *skills = session_fixture_load_skills (fixture);
  guint n_met, n_not_yet;

  g_assert_true (way_baseline_is_pause (baseline));
  way_baseline_get_so_far (baseline, &n_met, &n_not_yet);
  g_test_message ("after part %u: met %u, not yet %u", part, n_met, n_not_yet);
  g_assert_cmpuint (n_met + n_not_yet, <=, part == 1 ? 0 : 5);
  g_assert_cmpstr (saved, ==, expected);
  g_assert_cmpstr (levels, ==, "0");
  g_assert_false (skills->has_result);
  g_assert_cmpuint (skills->so_far_met, ==, n_met);
  g_assert_cmpuint (skills->so_far_not_yet, ==, n_not_yet);
  way_skills_free (skills);
}

/* After each part the result so far is on the disk and is shown, but is not a level yet; ended
 * there, it is one, and all of it comes out of the log again. */
static void
test_saved (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *attempt = NULL;
  WayBaseline *baseline;
  WaySkills *skills;

  session_fixture_sign_in (fixture, fixture->learner);
  baseline = session_fixture_open_baseline (fixture);
  attempt = ask_store (fixture, "SELECT id FROM live WHERE kind = 'attempt' ORDER BY id DESC");
  for (guint part = 1; part <= 3; part++)
    {
      answer_part (fixture, baseline, part);
      if (way_baseline_is_finished (baseline))
        break;
      check_pause (fixture, baseline, part);
    }
  session_fixture_assert_replays (fixture, waymarkctl, attempt);

  /* It is left here for good. */
  if (!way_baseline_is_finished (baseline))
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      way_baseline_stop_async (baseline, NULL, session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      g_assert_true (way_baseline_stop_finish (baseline, result, &error));
      g_assert_no_error (error);
    }
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  skills = session_fixture_load_skills (fixture);
  g_assert_true (skills->has_result);
  g_assert_cmpuint (skills->so_far_met + skills->so_far_not_yet, ==, 0);
  way_skills_free (skills);
  session_fixture_assert_replays (fixture, waymarkctl, attempt);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  waymarkctl = argv[1];
  g_test_add ("/session/pause/saved", SessionFixture, NULL, set_up, test_saved,
              session_fixture_tear_down);

  return g_test_run ();
}
