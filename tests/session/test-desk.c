/* test-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "practice/way-practice.h"

#include "desk-answers.inc"

/* Answers until a practice desk is asked; the sitting that asks it. */
static WayBaseline *
reach_desk (SessionFixture *fixture)
{
  WayBaseline *baseline = session_fixture_open_baseline (fixture);

  while (way_baseline_is_finished (baseline)
         || way_item_get_desk (way_baseline_get_item (baseline)) == NULL)
    {
      if (!way_baseline_is_finished (baseline))
        {
          session_fixture_answer (fixture, baseline, TRUE, 9000);
          continue;
        }
      session_fixture_settle (fixture);
      session_fixture_drop (baseline);
      baseline = session_fixture_open_baseline (fixture);
    }
  return baseline;
}

/* Does the next thing of a careful run that can be done, and keeps it as the page does. */
static void
do_next (WayBaseline *baseline, WayPractice *practice)
{
  const WayItem *item = way_baseline_get_item (baseline);
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (WayPractice) careful = NULL;
  g_autofree char *trace = NULL;
  guint n = way_practice_get_n_actions (practice);

  for (guint i = 0; careful == NULL && i < G_N_ELEMENTS (desk_answers); i++)
    if (g_str_equal (desk_answers[i][0], way_item_get_desk (item)))
      careful = way_practice_new_from_trace (way_practice_get_desk (practice), desk_answers[i][1],
                                             NULL);
  g_assert_nonnull (careful);
  for (guint i = n;
       way_practice_get_n_actions (practice) == n && i < way_practice_get_n_actions (careful); i++)
    {
      const char *action;
      const char *target;
      const char *value;

      way_practice_get_action (careful, i, &action, &target, &value);
      /* A desk that is right as it stands is left with its help looked at. */
      if (strcmp (action, "finish") == 0)
        way_practice_do (practice, "help", NULL, NULL);
      else
        way_practice_do (practice, action, target, value);
    }
  g_assert_cmpuint (way_practice_get_n_actions (practice), ==, n + 1);
  trace = way_practice_dup_trace (practice);
  g_hash_table_insert (responses, g_strdup ("RESPONSE"),
                       way_value_new_text (WAY_BASE_STRING, trace));
  way_baseline_keep (baseline, responses);
}

static char *
dup_kept (WayBaseline *baseline)
{
  g_autoptr (GHashTable) kept = way_baseline_dup_kept (baseline);

  return kept != NULL ? g_strdup (way_value_get_text (g_hash_table_lookup (kept, "RESPONSE")))
                      : NULL;
}

/* A practice desk that is a question, and was left half done, stands there again as it was: at
 * the same desktop, and at the next one. */
static void
test_desk_left (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *first_stores = g_steal_pointer (&fixture->stores);
  g_autofree char *nothing = NULL;
  g_autofree char *trace = NULL;
  g_autofree char *again = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *next = NULL;
  g_autoptr (WayDesk) desk = NULL;
  g_autoptr (WayPractice) practice = NULL;
  WayBaseline *baseline;
  WaySession *first;

  session_fixture_sign_in (fixture, fixture->learner);
  baseline = reach_desk (fixture);
  nothing = dup_kept (baseline);
  g_assert_null (nothing);
  desk = way_pack_load_desk (way_session_get_pack (fixture->session),
                             way_item_get_desk (way_baseline_get_item (baseline)), NULL);
  practice = way_practice_new (desk, way_baseline_get_shuffle_seed (baseline));
  do_next (baseline, practice);
  trace = way_practice_dup_trace (practice);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);

  baseline = session_fixture_open_baseline (fixture);
  again = dup_kept (baseline);
  g_assert_cmpstr (again, ==, trace);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  session_fixture_sign_out (fixture);

  first = fixture->session;
  fixture->stores = g_build_filename (fixture->folder, "second", NULL);
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, fixture->learner);
  baseline = session_fixture_open_baseline (fixture);
  elsewhere = dup_kept (baseline);
  g_assert_cmpstr (elsewhere, ==, trace);
  /* Answered, it is over; the next question begins with nothing. */
  session_fixture_answer (fixture, baseline, TRUE, 9000);
  next = dup_kept (baseline);
  g_assert_null (next);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  session_fixture_sign_out (fixture);
  session_fixture_settle (fixture);
  session_fixture_drop (fixture->session);

  fixture->session = first;
  g_free (fixture->stores);
  fixture->stores = g_steal_pointer (&first_stores);
}

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_set_up_demo (fixture, 40, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/session/desk/left", SessionFixture, NULL, set_up, test_desk_left,
              session_fixture_tear_down);

  return g_test_run ();
}
