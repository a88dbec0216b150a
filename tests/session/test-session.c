/* test-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-drop-in.h"
#include "session/way-lesson.h"
#include "session/way-voices.h"

#include <math.h>

#define SEED 4

/* A whole session, on a real synthetic trust. */
static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_set_up_demo (fixture, 80, SEED);
}

static WayToday *
load_today (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WayToday *today;

  way_session_load_today_async (fixture->session, 0, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  today = way_session_load_today_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return today;
}

/* A baseline, left in the middle and gone on with by another session on the same store;
 * what the person is told then, and what the trust's report says. */
static void
test_baseline (SessionFixture *fixture, gconstpointer data)
{
  WayBaseline *baseline;
  WayToday *today;
  WaySkills *skills;
  g_autofree char *shown = NULL;
  guint ordinal;
  guint asked = 0;

  session_fixture_sign_in (fixture, fixture->learner);
  g_assert_true (way_session_is_synthetic (fixture->session));
  today = load_today (fixture);
  g_assert_cmpint (today->next->type, ==, WAY_STEP_RATE);
  way_today_free (today);

  session_fixture_save_ratings (fixture);
  baseline = session_fixture_open_baseline (fixture);
  for (; asked < 4; asked++)
    session_fixture_answer (fixture, baseline, asked % 2 == 0, 9000);
  shown = g_strdup (way_baseline_get_item (baseline)->id);
  ordinal = way_baseline_get_ordinal (baseline);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);

  /* Another program, as after a crash. */
  session_fixture_settle (fixture);
  session_fixture_drop (fixture->session);
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, fixture->learner);
  today = load_today (fixture);
  g_assert_cmpint (today->next->type, ==, WAY_STEP_BASELINE);
  way_today_free (today);
  baseline = session_fixture_open_baseline (fixture);
  g_assert_cmpstr (way_baseline_get_item (baseline)->id, ==, shown);
  g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, ordinal);
  for (; !way_baseline_is_finished (baseline); asked++)
    session_fixture_answer (fixture, baseline, TRUE, 9000);
  g_assert_cmpuint (asked, <=, 24);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);

  skills = session_fixture_load_skills (fixture);
  g_assert_true (skills->has_result);
  g_assert_cmpuint (g_list_model_get_n_items (skills->items), ==, asked);
  for (guint i = 0; i < skills->n; i++)
    {
      double sum = 0;

      g_assert_true (skills->skills[i].is_measured);
      g_assert_cmpint (skills->skills[i].self_now, ==, 2);
      for (int level = 0; level < WAY_N_LEVELS; level++)
        sum += skills->skills[i].estimate.levels[level];
      g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
    }
  way_skills_free (skills);

  session_fixture_sync_now (fixture);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  {
    g_autofree char *name = g_strdup (fixture->learner);
    g_autoptr (GListModel) rows = NULL;
    g_autoptr (WayRow) row = NULL;

    session_fixture_leave (fixture);
    session_fixture_sign_in (fixture, fixture->lead);
    way_session_run_report_async (fixture->session, "competency", NULL, NULL, NULL, NULL,
                                  session_fixture_got_cb, fixture);
    rows = session_fixture_listed (fixture);
    row = session_fixture_find_row (rows, "username", name);
    g_assert_nonnull (row);
    g_assert_cmpstr (way_row_get_text (row, "requirement"), !=, "not measured");
  }
}

static GAsyncResult *
lesson_wrote (SessionFixture *fixture, WayLesson *lesson)
{
  GAsyncResult *result = session_fixture_wait (fixture);
  g_autoptr (GError) error = NULL;

  way_lesson_write_finish (lesson, result, &error);
  g_assert_no_error (error);
  return result;
}

static WayPaper *
start_check (SessionFixture *fixture, WayLesson *lesson)
{
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GError) error = NULL;
  WayPaper *paper;

  way_lesson_start_check_async (lesson, NULL, session_fixture_got_cb, fixture);
  started = session_fixture_wait (fixture);
  paper = way_lesson_start_check_finish (lesson, started, &error);
  g_assert_no_error (error);
  return paper;
}

static void
test_lesson (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GAsyncResult) finished = NULL;
  g_autoptr (WayPaper) paper = NULL;
  g_autoptr (WayPractice) practice = NULL;
  g_autoptr (GListModel) progress = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (GError) error = NULL;
  WayLesson *lesson;
  guint n;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_open_lesson_async (fixture->session, "F1", NULL, session_fixture_got_cb, fixture);
  opened = session_fixture_wait (fixture);
  lesson = way_session_open_lesson_finish (fixture->session, opened, &error);
  g_assert_no_error (error);
  g_clear_object (&opened);
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "why");
  for (guint i = 0; i < 20 && !g_str_equal (way_lesson_get_current_step (lesson), "practice"); i++)
    {
      g_autofree char *step = g_strdup (way_lesson_get_current_step (lesson));
      g_autoptr (GAsyncResult) result = NULL;

      way_lesson_save_step_async (lesson, step, NULL, session_fixture_got_cb, fixture);
      result = lesson_wrote (fixture, lesson);
    }
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "practice");

  way_lesson_start_practice_async (lesson,
                                   g_ptr_array_index (way_lesson_get_module (lesson)->desks, 0),
                                   NULL, session_fixture_got_cb, fixture);
  started = session_fixture_wait (fixture);
  practice = way_lesson_start_practice_finish (lesson, started, &error);
  g_assert_no_error (error);
  way_lesson_finish_practice_async (lesson, way_lesson_get_module (lesson)->desks->pdata[0], NULL,
                                    session_fixture_got_cb, fixture);
  finished = lesson_wrote (fixture, lesson);

  paper = start_check (fixture, lesson);
  n = way_paper_get_n_questions (paper);
  g_assert_cmpuint (n, >=, 5);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GHashTable) right = way_scoring_dup_correct (way_paper_get_question (paper));
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (WayScore) score = NULL;

      /* As long as an adaptive question is not complete nothing is saved, and it goes on. */
      if (i == 2)
        {
          WayItem *item = way_paper_get_question (paper);
          g_autoptr (GAsyncResult) tried = NULL;
          g_autoptr (WayScore) so_far = NULL;

          item->is_adaptive = TRUE;
          way_paper_answer_async (paper, right, 5000, NULL, session_fixture_got_cb, fixture);
          tried = session_fixture_wait (fixture);
          so_far = way_paper_answer_finish (paper, tried, &error);
          g_assert_no_error (error);
          g_assert_false (so_far->is_complete);
          g_assert_cmpuint (way_paper_get_question_index (paper), ==, i);
          item->is_adaptive = FALSE;
        }
      way_paper_answer_async (paper, right, 5000, NULL, session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      score = way_paper_answer_finish (paper, result, &error);
      g_assert_no_error (error);
      g_assert_true (score->is_complete);
      g_assert_true (score->is_correct);
      way_paper_next_question (paper);
      if (i == 1)
        {
          g_autofree char *next = g_strdup (way_paper_get_question (paper)->id);

          /* Left in the middle: it goes on where it was. */
          g_clear_object (&paper);
          paper = start_check (fixture, lesson);
          g_assert_cmpuint (way_paper_get_question_index (paper), ==, 2);
          g_assert_cmpuint (way_paper_get_n_right (paper), ==, 2);
          g_assert_cmpstr (way_paper_get_question (paper)->id, ==, next);
        }
    }
  g_assert_true (way_paper_is_finished (paper));
  g_assert_true (way_lesson_is_check_passed (lesson));
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 1);
  /* Another try begins anew, and leaves what was passed as it was. */
  g_clear_object (&paper);
  paper = start_check (fixture, lesson);
  g_assert_cmpuint (way_paper_get_question_index (paper), ==, 0);
  g_assert_true (way_lesson_is_check_passed (lesson));
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 1);
  session_fixture_settle (fixture);
  g_clear_object (&paper);
  g_clear_object (&finished);
  g_clear_object (&started);
  session_fixture_drop (lesson);

  way_session_load_progress_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  progress = session_fixture_listed (fixture);
  row = session_fixture_find_row (progress, "module", "F1");
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "checked");
}

/* Asked, seen by the champion, answered, and back on Today; help given, and undone. */
static void
test_champion (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GListModel) given = NULL;
  g_autoptr (GListModel) left = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (WayRow) answered = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *logged = NULL;
  g_autofree char *undone = NULL;
  WayToday *today;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_ask_help_async (fixture->session, "today", NULL, NULL, "Where do I begin?", NULL,
                              NULL, FALSE, NULL, session_fixture_got_cb, fixture);
  asked = session_fixture_wrote (fixture);
  session_fixture_leave (fixture);

  session_fixture_sign_in (fixture, fixture->champion);
  g_assert_true (way_session_get_roles (fixture->session) & WAY_ROLE_CHAMPION);
  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  people = session_fixture_listed (fixture);
  row = session_fixture_find_row (people, "request", asked);
  g_assert_nonnull (row);
  g_assert_cmpstr (way_row_get_text (row, "asked"), ==, "Where do I begin?");
  g_assert_cmpint (way_row_get_int (row, "shares"), ==, 0);
  g_assert_false (way_row_has (row, "levels"));
  way_session_answer_help_async (fixture->session, asked, way_row_get_text (row, "person"),
                                 "answered", "On Today, the green button.", NULL, NULL,
                                 session_fixture_got_cb, fixture);
  taken = session_fixture_wrote (fixture);

  /* That a named person's modules were opened is known to the trust. */
  way_session_load_person_async (fixture->session, way_row_get_text (row, "person"), NULL,
                                 session_fixture_got_cb, fixture);
  g_object_unref (session_fixture_listed (fixture));
  session_fixture_sync_now (fixture);
  {
    g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, TRUE, NULL);
    gint64 n = 0;

    g_assert_true (way_db_get_int (way_store_get_db (trust),
                                   "SELECT count(*) FROM event WHERE kind = 'access' "
                                   "AND allowed = 1 AND subject IS NOT NULL",
                                   &n, NULL));
    g_assert_cmpint (n, ==, 1);
    way_store_close (trust);
  }

  way_session_log_help_async (fixture->session, NULL, "Email", "record", 2, 5, NULL, 0, NULL, NULL,
                              session_fixture_got_cb, fixture);
  logged = session_fixture_wrote (fixture);
  way_session_load_help_given_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  given = session_fixture_listed (fixture);
  answered = session_fixture_find_row (given, "id", logged);
  g_assert_nonnull (answered);
  g_assert_cmpint (way_row_get_int (answered, "people"), ==, 2);
  g_assert_cmpstr (way_row_get_text (answered, "system"), ==, "record");
  way_session_retract_async (fixture->session, logged, NULL, session_fixture_got_cb, fixture);
  undone = session_fixture_wrote (fixture);
  way_session_load_help_given_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  left = session_fixture_listed (fixture);
  g_assert_null (session_fixture_find_row (left, "id", logged));
  session_fixture_leave (fixture);

  session_fixture_sign_in (fixture, fixture->learner);
  today = load_today (fixture);
  {
    g_autoptr (WayRow) reply = session_fixture_find_row (today->answers, "id", asked);

    g_assert_nonnull (reply);
    g_assert_cmpstr (way_row_get_text (reply, "reply"), ==, "On Today, the green button.");
    way_session_mark_seen (fixture->session, asked, way_row_get_text (reply, "last"));
  }
  way_today_free (today);
  today = load_today (fixture);
  g_assert_null (session_fixture_find_row (today->answers, "id", asked));
  way_today_free (today);
}

static void
stop (SessionFixture *fixture, WayBaseline *baseline)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_baseline_stop_async (baseline, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_baseline_stop_finish (baseline, result, &error);
  g_assert_no_error (error);
}

/* What a person shares reaches their champion, and no more. */
static void
test_shared (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GListModel) hidden = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autofree char *person = NULL;
  WayBaseline *baseline;

  session_fixture_sign_in (fixture, fixture->learner);
  person = g_strdup (way_session_get_person (fixture->session));
  session_fixture_save_ratings (fixture);
  baseline = session_fixture_open_baseline (fixture);
  for (guint i = 0; i < 6; i++)
    session_fixture_answer (fixture, baseline, TRUE, 9000);
  stop (fixture, baseline);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  way_session_set_sharing_async (fixture->session, "champion", NULL, session_fixture_got_cb,
                                 fixture);
  g_assert_cmpstr (way_session_get_sharing (fixture->session), ==, "nobody");
  g_free (session_fixture_wrote (fixture));
  g_assert_cmpstr (way_session_get_sharing (fixture->session), ==, "champion");
  session_fixture_leave (fixture);

  session_fixture_sign_in (fixture, fixture->champion);
  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  people = session_fixture_listed (fixture);
  row = session_fixture_find_row (people, "person", person);
  g_assert_nonnull (row);
  g_assert_cmpint (way_row_get_int (row, "shares"), ==, 1);
  g_assert_cmpint (strlen (way_row_get_text (row, "levels")), >, 20);
  g_clear_object (&row);
  session_fixture_leave (fixture);

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_set_sharing_async (fixture->session, "nobody", NULL, session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  session_fixture_leave (fixture);
  session_fixture_sign_in (fixture, fixture->champion);
  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  hidden = session_fixture_listed (fixture);
  row = session_fixture_find_row (hidden, "person", person);
  g_assert_cmpint (way_row_get_int (row, "shares"), ==, 0);
  g_assert_false (way_row_has (row, "levels"));
}

/* A sitting that was left on one desktop goes on at the next one as a sitting of its own, with
 * the answers there are; at the first it is over then. */
static void
test_elsewhere (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *first_stores = g_steal_pointer (&fixture->stores);
  g_autofree char *shown = NULL;
  WayBaseline *baseline;
  WaySession *first;
  WayToday *today;
  WaySkills *skills;
  guint asked;

  session_fixture_sign_in (fixture, fixture->learner);
  session_fixture_save_ratings (fixture);
  baseline = session_fixture_open_baseline (fixture);
  for (asked = 0; asked < 4; asked++)
    session_fixture_answer (fixture, baseline, asked % 2 == 0, 9000);
  shown = g_strdup (way_baseline_get_item (baseline)->id);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  today = load_today (fixture);
  g_assert_cmpint (today->next->type, ==, WAY_STEP_BASELINE);
  g_assert_cmpuint (today->summary->baseline_left, >, 1);
  way_today_free (today);
  session_fixture_leave (fixture);

  first = fixture->session;
  fixture->stores = g_build_filename (fixture->folder, "second", NULL);
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, fixture->learner);
  baseline = session_fixture_open_baseline (fixture);
  g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, 5);
  g_assert_cmpstr (way_baseline_get_item (baseline)->id, ==, shown);
  for (; !way_baseline_is_finished (baseline); asked++)
    session_fixture_answer (fixture, baseline, asked % 2 == 0, 9000);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  skills = session_fixture_load_skills (fixture);
  g_assert_true (skills->has_result);
  g_assert_cmpuint (g_list_model_get_n_items (skills->items), ==, asked);
  way_skills_free (skills);
  today = load_today (fixture);
  g_assert_false (today->summary->is_baseline_open);
  way_today_free (today);
  session_fixture_leave (fixture);
  session_fixture_settle (fixture);
  session_fixture_drop (fixture->session);

  fixture->session = first;
  g_free (fixture->stores);
  fixture->stores = g_steal_pointer (&first_stores);
  session_fixture_sign_in (fixture, fixture->learner);
  today = load_today (fixture);
  g_assert_false (today->summary->is_baseline_open);
  g_assert_true (today->summary->has_baseline);
  way_today_free (today);
  skills = session_fixture_load_skills (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (skills->items), ==, asked);
  way_skills_free (skills);
  {
    g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, TRUE, NULL);
    g_autofree char *rows = way_db_dup_text (
        way_store_get_db (trust),
        "SELECT count(DISTINCT r.stream) || ' ' || count(*) FROM event r JOIN event a "
        "ON a.id = r.body->>'attempt' AND a.stream = r.stream AND a.kind = 'attempt' "
        "WHERE r.kind = 'response' AND r.login IS NOT NULL",
        NULL);
    g_autofree char *expected = g_strdup_printf ("2 %u", asked);

    g_assert_cmpstr (rows, ==, expected);
    way_store_close (trust);
  }
}

/* A sitting that was left before the first answer is no result. */
static void
test_left_at_once (SessionFixture *fixture, gconstpointer data)
{
  WayBaseline *baseline;
  WayToday *today;

  session_fixture_sign_in (fixture, fixture->learner);
  session_fixture_save_ratings (fixture);
  baseline = session_fixture_open_baseline (fixture);
  stop (fixture, baseline);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  today = load_today (fixture);
  g_assert_cmpint (today->next->type, ==, WAY_STEP_BASELINE);
  g_assert_cmpstr (today->next->why, ==, "never-measured");
  way_today_free (today);
}

/* Said, decided with a reason, and the answer found. */
static void
test_feedback (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) all = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (WayRow) reply = NULL;
  g_autofree char *said = NULL;
  g_autofree char *decided = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  const WayFeedbackActionBody decision = { .action = (char *) "decided",
                                           .decision = (char *) "yes",
                                           .because = (char *) "It is safer.",
                                           .text = (char *) "Two by Friday." };
  WayToday *today;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_send_feedback_async (fixture->session, "idea", "More plugs in bay 2", "today", NULL,
                                   NULL, NULL, session_fixture_got_cb, fixture);
  said = session_fixture_wrote (fixture);
  session_fixture_leave (fixture);

  session_fixture_sign_in (fixture, fixture->lead);
  way_session_load_feedback_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  all = session_fixture_listed (fixture);
  row = session_fixture_find_row (all, "id", said);
  g_assert_nonnull (row);
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "new");
  g_ptr_array_add (rows, g_object_ref (row));
  way_session_sort_feedback_async (fixture->session, rows, &decision, NULL, session_fixture_got_cb,
                                   fixture);
  decided = session_fixture_wrote (fixture);
  session_fixture_leave (fixture);

  session_fixture_sign_in (fixture, fixture->learner);
  today = load_today (fixture);
  reply = session_fixture_find_row (today->answers, "id", said);
  g_assert_nonnull (reply);
  g_assert_cmpstr (way_row_get_text (reply, "state"), ==, "decided");
  g_assert_cmpstr (way_row_get_text (reply, "because"), ==, "It is safer.");
  g_assert_cmpstr (way_row_get_text (reply, "reply"), ==, "Two by Friday.");
  way_today_free (today);
}

static GListModel *
load_drop_ins (SessionFixture *fixture, const char *username)
{
  session_fixture_sign_in (fixture, username);
  way_drop_in_load_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

/* Whoever tries Waymark sees where a champion will be, and a champion who was there. */
static void
test_drop_ins (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *holder = session_fixture_ask_trust (
      fixture, "SELECT p.username FROM live e JOIN person p ON p.person = e.author "
               "WHERE e.kind = 'session' AND e.unit IS NULL");
  g_autoptr (GListModel) ahead = load_drop_ins (fixture, fixture->learner);
  g_autoptr (WayRow) next = g_list_model_get_item (ahead, 0);
  g_autoptr (GListModel) own = NULL;
  guint n_over = 0;
  guint n_ahead = 0;
  guint n_for_all = 0;

  g_assert_nonnull (next);
  for (guint i = 0; i < g_list_model_get_n_items (ahead); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (ahead, i);

      g_assert_cmpint (way_row_get_int (row, "is_over"), ==, 0);
      g_assert_cmpint (way_row_get_int (row, "starts"), >, g_get_real_time ());
      n_for_all += !way_row_has (row, "unit_name");
    }
  g_assert_cmpuint (n_for_all, ==, 1);
  session_fixture_leave (fixture);

  own = load_drop_ins (fixture, holder);
  for (guint i = 0; i < g_list_model_get_n_items (own); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (own, i);
      gboolean is_over = way_row_get_int (row, "is_over") != 0;

      if (way_row_get_int (row, "is_mine") == 0)
        continue;
      g_assert_cmpint (way_row_get_int (row, "n_coming"), >, 0);
      g_assert_cmpint (way_row_get_int (row, "n_came") > 0, ==, is_over);
      n_over += is_over;
      n_ahead += !is_over;
    }
  g_assert_cmpuint (n_over, ==, 1);
  g_assert_cmpuint (n_ahead, ==, 2);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("way-session-data-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_message ("seed %d", SEED);
#define ADD(path, func)                                                                            \
  g_test_add (path, SessionFixture, NULL, set_up, func, session_fixture_tear_down)
  ADD ("/session/baseline/left-and-gone-on-with", test_baseline);
  ADD ("/session/lesson/whole", test_lesson);
  ADD ("/session/champion/asked-and-answered", test_champion);
  ADD ("/session/champion/shared", test_shared);
  ADD ("/session/baseline/elsewhere", test_elsewhere);
  ADD ("/session/baseline/left-at-once", test_left_at_once);
  ADD ("/session/feedback/there-and-back", test_feedback);
  ADD ("/session/drop-ins/made-up", test_drop_ins);
  result = g_test_run ();
  session_fixture_remove_folder (data);
  return result;
}
