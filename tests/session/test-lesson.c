/* test-lesson.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-lesson.h"
#include "session/way-requirements.h"

/* The check of a module: before the lesson, and after three tries. */

static WayLesson *
open_lesson (SessionFixture *fixture, const char *module)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  WayLesson *lesson;

  way_session_open_lesson_async (fixture->session, module, NULL, session_fixture_got_cb, fixture);
  opened = session_fixture_wait (fixture);
  lesson = way_session_open_lesson_finish (fixture->session, opened, &error);
  g_assert_no_error (error);
  return lesson;
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

/* Answers @n questions from where the paper stands: rightly, or with “I don't know”. */
static void
answer (SessionFixture *fixture, WayPaper *paper, guint n, gboolean is_right)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GHashTable)
          responses = is_right ? way_scoring_dup_correct (way_paper_get_question (paper))
                               : way_responses_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (WayScore) score = NULL;
      g_autoptr (GError) error = NULL;

      way_paper_answer_async (paper, responses, 5000, NULL, session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      score = way_paper_answer_finish (paper, result, &error);
      g_assert_no_error (error);
      g_assert_true (score->is_correct == is_right);
      way_paper_next_question (paper);
    }
}

/* A whole try of the check. */
static void
try_check (SessionFixture *fixture, WayLesson *lesson, gboolean is_right)
{
  g_autoptr (WayPaper) paper = start_check (fixture, lesson);

  g_assert_cmpuint (way_paper_get_question_index (paper), ==, 0);
  answer (fixture, paper, way_paper_get_n_questions (paper), is_right);
  g_assert_true (way_paper_is_finished (paper));
  g_assert_true (way_paper_is_passed (paper) == is_right);
}

/* What the champion's list says of ann, and of her module. */
static void
look_at_ann (SessionFixture *fixture, WayRow **person, WayRow **module)
{
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GListModel) modules = NULL;

  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  people = session_fixture_listed (fixture);
  *person = session_fixture_find_row (people, "person", "ann");
  g_assert_nonnull (*person);
  way_session_load_person_async (fixture->session, "ann", NULL, session_fixture_got_cb, fixture);
  modules = session_fixture_listed (fixture);
  *module = session_fixture_find_row (modules, "module", "F1");
  session_fixture_send_and_leave (fixture);
}

static void
assert_stuck (SessionFixture *fixture, gboolean is_stuck, gboolean is_fine)
{
  g_autoptr (WayRow) person = NULL;
  g_autoptr (WayRow) module = NULL;

  look_at_ann (fixture, &person, &module);
  g_assert_cmpint (way_row_get_int (person, "is_stuck"), ==, is_stuck);
  g_assert_true (way_row_has (module, "declined") == is_fine);
  if (!is_stuck)
    return;
  g_assert_cmpstr (way_row_get_text (person, "stuck_module"), ==, "F1");
  g_assert_cmpstr (way_row_get_text (person, "stuck_why"), ==, "tries");
}

static guint
count_missed (WayLesson *lesson)
{
  GPtrArray *cards = way_lesson_get_module (lesson)->cards;
  guint n = 0;

  for (guint i = 0; i < cards->len; i++)
    n += way_lesson_is_missed (lesson, cards->pdata[i]);
  return n;
}

/* Who knows it already has done the module, and the record says how. */
static void
test_tested_out (SessionFixture *fixture, gconstpointer data)
{
  WayLesson *lesson;
  WayPaper *paper;
  g_autoptr (WayRow) person = NULL;
  g_autoptr (WayRow) module = NULL;
  g_autofree char *state = NULL;
  g_autofree char *purpose = NULL;

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  g_assert_true (way_lesson_can_test_out (lesson));
  way_lesson_test_out (lesson);
  paper = start_check (fixture, lesson);
  g_assert_true (way_paper_is_test_out (paper));
  answer (fixture, paper, 2, TRUE);
  g_object_unref (paper);
  session_fixture_drop (lesson);

  /* Left in the middle it goes on, and still comes before the lesson. */
  lesson = open_lesson (fixture, "F1");
  g_assert_true (way_lesson_is_testing_out (lesson));
  paper = start_check (fixture, lesson);
  g_assert_true (way_paper_is_test_out (paper));
  g_assert_cmpuint (way_paper_get_question_index (paper), ==, 2);
  answer (fixture, paper, way_paper_get_n_questions (paper) - 2, TRUE);
  g_assert_true (way_lesson_is_check_passed (lesson));
  g_assert_true (way_lesson_has_tested_out (lesson));
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 0);
  g_assert_false (way_lesson_can_test_out (lesson));
  g_object_unref (paper);
  session_fixture_drop (lesson);
  lesson = open_lesson (fixture, "F1");
  g_assert_true (way_lesson_has_tested_out (lesson));
  g_assert_false (way_lesson_can_test_out (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);

  state = session_fixture_ask_trust (fixture, "SELECT g.state || ' ' || v.type FROM progress g "
                                              "JOIN evidence v ON v.person = g.person "
                                              "AND v.module = g.module WHERE g.person = 'ann'");
  g_assert_cmpstr (state, ==, "done check");
  purpose = session_fixture_ask_trust (fixture, "SELECT a.purpose FROM evidence v JOIN attempt a "
                                                "ON a.attempt = v.source WHERE v.person = 'ann'");
  g_assert_cmpstr (purpose, ==, "test-out");
  look_at_ann (fixture, &person, &module);
  g_assert_cmpint (way_row_get_int (module, "tested_out"), ==, 1);
  g_assert_cmpint (way_row_get_int (module, "check_tries"), ==, 0);
  g_assert_cmpint (way_row_get_int (person, "modules_done"), ==, 1);
}

static void
save_step (SessionFixture *fixture, WayLesson *lesson, const char *step)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_lesson_save_step_async (lesson, step, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_lesson_write_finish (lesson, result, &error));
  g_assert_no_error (error);
}

/* Who does not sees where to begin, and has used up none of the three tries. */
static void
test_not_tested_out (SessionFixture *fixture, gconstpointer data)
{
  WayLesson *lesson;
  WayPaper *paper;
  g_autofree char *state = NULL;
  guint n_missed;

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  g_assert_cmpuint (count_missed (lesson), ==, 0);
  way_lesson_test_out (lesson);
  try_check (fixture, lesson, FALSE);
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 0);
  g_assert_false (way_lesson_is_check_passed (lesson));
  g_assert_false (way_lesson_has_tested_out (lesson));
  g_assert_false (way_lesson_may_want_help (lesson));
  /* Only once: the next is a try. */
  g_assert_false (way_lesson_can_test_out (lesson));
  n_missed = count_missed (lesson);
  g_assert_cmpuint (n_missed, >, 0);
  session_fixture_drop (lesson);

  lesson = open_lesson (fixture, "F1");
  g_assert_false (way_lesson_can_test_out (lesson));
  g_assert_false (way_lesson_is_testing_out (lesson));
  /* It led to a card: from there it goes on, not at what that passed by. */
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "why");
  save_step (fixture, lesson, "F1.card1");
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "F1.card2");
  g_assert_cmpuint (count_missed (lesson), ==, n_missed);
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 0);
  try_check (fixture, lesson, FALSE);
  try_check (fixture, lesson, FALSE);
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 2);
  g_assert_false (way_lesson_may_want_help (lesson));
  try_check (fixture, lesson, TRUE);
  g_assert_cmpuint (count_missed (lesson), ==, 0);
  g_assert_false (way_lesson_has_tested_out (lesson));
  session_fixture_drop (lesson);

  /* A question that is about one outcome leads to the cards that teach it, and to no other. */
  lesson = open_lesson (fixture, "C1");
  way_lesson_test_out (lesson);
  paper = start_check (fixture, lesson);
  {
    guint n = way_paper_get_n_questions (paper);
    const WayModule *module = way_lesson_get_module (lesson);
    const char *outcomes[2] = { NULL };

    answer (fixture, paper, n - 2, TRUE);
    for (guint k = 0; k < 2; k++)
      {
        for (guint i = 0; i < module->check->len; i++)
          if (g_str_equal (((WayCheckItem *) module->check->pdata[i])->id,
                           way_paper_get_question (paper)->id))
            outcomes[k] = ((WayCheckItem *) module->check->pdata[i])->outcome;
        answer (fixture, paper, 1, FALSE);
      }
    for (guint i = 0; i < module->cards->len; i++)
      g_assert_true (way_lesson_is_missed (lesson, module->cards->pdata[i])
                     == (way_module_teaches (module, module->cards->pdata[i], outcomes[0])
                         || way_module_teaches (module, module->cards->pdata[i], outcomes[1])));
  }
  g_object_unref (paper);
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  state = session_fixture_ask_trust (fixture, "SELECT state FROM progress WHERE module = 'F1'");
  g_assert_cmpstr (state, ==, "checked");
}

static void
decide (SessionFixture *fixture, WayLesson *lesson, gboolean is_fine)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (is_fine)
    way_lesson_decline_help_async (lesson, NULL, session_fixture_got_cb, fixture);
  else
    way_lesson_take_back_async (lesson, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_lesson_decline_finish (lesson, result, &error));
  g_assert_no_error (error);
  g_assert_true ((way_lesson_get_declined (lesson) != NULL) == is_fine);
}

/* After three tries the champion may know, until the person says that they are fine; that can be
 * taken back, and speaks only of what was before it. Nothing ever locks. */
static void
test_three_tries (SessionFixture *fixture, gconstpointer data)
{
  WayLesson *lesson;

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  way_lesson_test_out (lesson);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (way_lesson_may_want_help (lesson));
      try_check (fixture, lesson, FALSE);
    }
  /* The first did not count. */
  g_assert_false (way_lesson_may_want_help (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  assert_stuck (fixture, FALSE, FALSE);

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  g_assert_false (way_lesson_may_want_help (lesson));
  try_check (fixture, lesson, FALSE);
  g_assert_true (way_lesson_may_want_help (lesson));
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 3);
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  assert_stuck (fixture, TRUE, FALSE);

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  g_assert_true (way_lesson_may_want_help (lesson));
  decide (fixture, lesson, TRUE);
  g_assert_false (way_lesson_may_want_help (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  assert_stuck (fixture, FALSE, TRUE);

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  g_assert_false (way_lesson_may_want_help (lesson));
  decide (fixture, lesson, FALSE);
  g_assert_true (way_lesson_may_want_help (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  assert_stuck (fixture, TRUE, FALSE);

  /* Fine, and then three more. */
  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  decide (fixture, lesson, TRUE);
  try_check (fixture, lesson, FALSE);
  try_check (fixture, lesson, FALSE);
  g_assert_false (way_lesson_may_want_help (lesson));
  try_check (fixture, lesson, FALSE);
  g_assert_true (way_lesson_may_want_help (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  assert_stuck (fixture, TRUE, TRUE);

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  try_check (fixture, lesson, TRUE);
  g_assert_false (way_lesson_may_want_help (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
  assert_stuck (fixture, FALSE, TRUE);
}

/* To another desktop of the same person: another store on the same trust. */
static void
change_desks (SessionFixture *fixture, const char *stores)
{
  session_fixture_send_and_leave (fixture);
  session_fixture_drop_session (fixture);
  g_free (fixture->stores);
  fixture->stores = g_build_filename (fixture->folder, stores, NULL);
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
}

static const char *
desk_of (WayLesson *lesson, guint place)
{
  return way_lesson_get_module (lesson)->desks->pdata[place];
}

static WayPractice *
start_practice (SessionFixture *fixture, WayLesson *lesson, guint place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WayPractice *practice;

  way_lesson_start_practice_async (lesson, desk_of (lesson, place), NULL, session_fixture_got_cb,
                                   fixture);
  result = session_fixture_wait (fixture);
  practice = way_lesson_start_practice_finish (lesson, result, &error);
  g_assert_no_error (error);
  return practice;
}

static void
finish_practice (SessionFixture *fixture, WayLesson *lesson, guint place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_lesson_finish_practice_async (lesson, desk_of (lesson, place), NULL, session_fixture_got_cb,
                                    fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_lesson_write_finish (lesson, result, &error));
  g_assert_no_error (error);
}

/* Put down at a step, in the middle of a practice desk and in the middle of a check, and picked up
 * there at the other desktop: the same data, what was done, and the same question. */
static void
test_two_desks (SessionFixture *fixture, gconstpointer data)
{
  WayLesson *lesson;
  WayPractice *practice;
  WayPaper *paper;
  g_autofree char *desk = NULL;
  g_autofree char *again = NULL;
  g_autofree char *question = NULL;

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "F1");
  save_step (fixture, lesson, "why");
  save_step (fixture, lesson, "F1.card1");
  session_fixture_drop (lesson);

  change_desks (fixture, "ward");
  lesson = open_lesson (fixture, "F1");
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "F1.card2");
  for (guint i = 2; i <= 4; i++)
    {
      g_autofree char *step = g_strdup_printf ("F1.card%u", i);

      save_step (fixture, lesson, step);
    }
  practice = start_practice (fixture, lesson, 0);
  {
    const WayDeskRecord *first = way_practice_get_records (practice)->pdata[0];

    g_assert_true (way_practice_do (practice, "open", first->id, NULL));
    way_lesson_log_action (lesson, desk_of (lesson, 0), "open", first->id, NULL);
    g_assert_true (way_practice_do (practice, "report", first->id, NULL));
    way_lesson_log_action (lesson, desk_of (lesson, 0), "report", first->id, NULL);
  }
  desk = way_practice_dup_trace (practice);
  g_assert_cmpuint (way_practice_get_n_actions (practice), ==, 2);
  session_fixture_settle (fixture);
  g_object_unref (practice);
  session_fixture_drop (lesson);

  change_desks (fixture, "office");
  lesson = open_lesson (fixture, "F1");
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "practice");
  practice = start_practice (fixture, lesson, 0);
  again = way_practice_dup_trace (practice);
  g_assert_cmpstr (again, ==, desk);
  finish_practice (fixture, lesson, 0);
  g_object_unref (practice);
  save_step (fixture, lesson, "practice");
  paper = start_check (fixture, lesson);
  answer (fixture, paper, 2, TRUE);
  answer (fixture, paper, 1, FALSE);
  question = g_strdup (way_paper_get_question (paper)->id);
  g_object_unref (paper);
  session_fixture_drop (lesson);

  /* At the first desktop again, where nothing of this was. */
  change_desks (fixture, "stores");
  lesson = open_lesson (fixture, "F1");
  g_assert_cmpstr (way_lesson_get_current_step (lesson), ==, "check");
  paper = start_check (fixture, lesson);
  g_assert_cmpuint (way_paper_get_question_index (paper), ==, 3);
  g_assert_cmpuint (way_paper_get_n_right (paper), ==, 2);
  g_assert_cmpstr (way_paper_get_question (paper)->id, ==, question);
  answer (fixture, paper, way_paper_get_n_questions (paper) - 3, TRUE);
  g_assert_true (way_paper_is_passed (paper));
  g_object_unref (paper);
  session_fixture_drop (lesson);

  change_desks (fixture, "ward");
  lesson = open_lesson (fixture, "F1");
  g_assert_true (way_lesson_is_check_passed (lesson));
  g_assert_cmpuint (way_lesson_get_n_tries (lesson), ==, 1);
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
}

/* What the work asks for: the pack's word for a job, and the trust's own. */
static void
test_required (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  int required[WAY_MAX_CAPABILITIES];

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "person",
                       "{'person':'ann','username':'ann','name':'Ann Ward',"
                       "'staff_group':'nursing','ended':0,'job':'Community Nurse'}");
  session_fixture_add (trust, NULL, "role_requirement",
                       "{'role':'nursing','capability':'C','level':1}");
  session_fixture_add (trust, NULL, "role_requirement",
                       "{'role':'community-nurse','capability':'D','level':4}");
  way_store_close (trust);

  session_fixture_sign_in (fixture, "ann");
  way_session_get_required (fixture->session, required);
  g_assert_cmpint (required[0], ==, 3); /* the pack's job */
  g_assert_cmpint (required[2], ==, 1); /* the trust's staff group */
  g_assert_cmpint (required[3], ==, 4); /* the trust's job */
  g_assert_cmpint (required[4], ==, 2); /* the pack's staff group */
  session_fixture_send_and_leave (fixture);
  session_fixture_sign_in (fixture, "bob");
  way_session_get_required (fixture->session, required);
  g_assert_cmpint (required[0], ==, 2);
  g_assert_cmpint (required[2], ==, 1);
  g_assert_cmpint (required[3], ==, 2);
  session_fixture_send_and_leave (fixture);
}

static GListModel *
load_requirements (SessionFixture *fixture)
{
  way_session_load_requirements_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static char *
set_requirement (SessionFixture *fixture, const char *role, const char *capability, int level)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  way_session_set_requirement_async (fixture->session, role, capability, level, NULL,
                                     session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_session_set_requirement_finish (fixture->session, result, &id, &error));
  g_assert_no_error (error);
  return id;
}

static int
ask_required (SessionFixture *fixture, const char *username, guint capability)
{
  int required[WAY_MAX_CAPABILITIES];

  session_fixture_send_and_leave (fixture);
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
  /* As of signing in: what has come counts from then on. */
  session_fixture_send_and_leave (fixture);
  session_fixture_sign_in (fixture, username);
  way_session_get_required (fixture->session, required);
  return required[capability];
}

/* A training lead changes what roles ask for: everybody's plan goes by it, it says by whom, and
 * it can be withdrawn; what the trust itself has said is answered with the pack's own level. */
static void
test_requirements (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autoptr (GAsyncResult) refused = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *same = NULL;
  g_autofree char *back = NULL;
  g_autofree char *none = NULL;

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "role_grant", "{'person':'bob','role':'lead','ended':0}");
  session_fixture_add (trust, NULL, "role_requirement",
                       "{'role':'nursing','capability':'C','level':1}");
  way_store_close (trust);

  session_fixture_sign_in (fixture, "ann");
  way_session_set_requirement_async (fixture->session, "nursing", "A", 4, NULL,
                                     session_fixture_got_cb, fixture);
  refused = session_fixture_wait (fixture);
  g_assert_false (way_session_set_requirement_finish (fixture->session, refused, &none, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS);
  session_fixture_send_and_leave (fixture);

  session_fixture_sign_in (fixture, "bob");
  changed = set_requirement (fixture, "nursing", "A", 4);
  g_assert_nonnull (changed);
  same = set_requirement (fixture, "nursing", "A", 4);
  g_assert_null (same);
  {
    g_autoptr (GListModel) rows = load_requirements (fixture);
    g_autoptr (WayRow) row = session_fixture_find_row (rows, "capability", "A");
    g_autoptr (WayRow) theirs = session_fixture_find_row (rows, "capability", "C");

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
    g_assert_cmpstr (way_row_get_text (row, "id"), ==, changed);
    g_assert_cmpstr (way_row_get_text (row, "author"), ==, "bob");
    g_assert_cmpint (way_row_get_int (row, "level"), ==, 4);
    g_assert_false (way_row_has (theirs, "author"));
  }
  g_assert_cmpint (ask_required (fixture, "ann", 0), ==, 4);
  g_assert_cmpint (ask_required (fixture, "ann", 2), ==, 1);

  session_fixture_send_and_leave (fixture);
  session_fixture_sign_in (fixture, "bob");
  none = set_requirement (fixture, "nursing", "A", 0);
  g_assert_null (none);
  back = set_requirement (fixture, "nursing", "C", 0);
  g_assert_nonnull (back);
  {
    g_autoptr (GListModel) rows = load_requirements (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  }
  g_assert_cmpint (ask_required (fixture, "ann", 0), ==, 2);
  g_assert_cmpint (ask_required (fixture, "ann", 2), ==, 3);
  session_fixture_send_and_leave (fixture);
}

/* Does the first action that @practice takes, and saves it. */
static void
do_something (WayLesson *lesson, WayPractice *practice, guint place)
{
  const GPtrArray *records = way_practice_get_records (practice);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < records->len && !is_taken; i++)
    {
      const WayDeskRecord *record = records->pdata[i];

      is_taken = way_practice_do (practice, "open", record->id, NULL);
      if (is_taken)
        way_lesson_log_action (lesson, desk_of (lesson, place), "open", record->id, NULL);
    }
  g_assert_true (is_taken);
}

/* A module with several desks, put down between them: the first that is not done is next, here
 * and at another desktop, and each desk that was left in the middle keeps what was done in it. */
static void
test_several_desks (SessionFixture *fixture, gconstpointer data)
{
  WayLesson *lesson;
  WayPractice *first;
  WayPractice *second;
  g_autofree char *trace = NULL;
  g_autofree char *again = NULL;

  session_fixture_sign_in (fixture, "ann");
  lesson = open_lesson (fixture, "D7");
  g_assert_cmpuint (way_lesson_get_module (lesson)->desks->len, ==, 2);
  g_assert_cmpstr (way_lesson_get_current_desk (lesson), ==, desk_of (lesson, 0));

  /* Both are open, and what is done in one is not done in the other. */
  first = start_practice (fixture, lesson, 0);
  second = start_practice (fixture, lesson, 1);
  do_something (lesson, first, 0);
  do_something (lesson, second, 1);
  g_assert_cmpuint (way_practice_get_n_actions (second), ==, 1);
  trace = way_practice_dup_trace (second);
  session_fixture_settle (fixture);
  g_assert_false (way_lesson_is_desk_done (lesson, desk_of (lesson, 0)));
  finish_practice (fixture, lesson, 0);
  g_assert_true (way_lesson_is_desk_done (lesson, desk_of (lesson, 0)));
  g_assert_false (way_lesson_is_desk_done (lesson, desk_of (lesson, 1)));
  g_assert_cmpstr (way_lesson_get_current_desk (lesson), ==, desk_of (lesson, 1));
  g_object_unref (first);
  g_object_unref (second);
  session_fixture_drop (lesson);

  lesson = open_lesson (fixture, "D7");
  g_assert_cmpstr (way_lesson_get_current_desk (lesson), ==, desk_of (lesson, 1));
  session_fixture_drop (lesson);

  change_desks (fixture, "ward");
  lesson = open_lesson (fixture, "D7");
  g_assert_cmpstr (way_lesson_get_current_desk (lesson), ==, desk_of (lesson, 1));
  second = start_practice (fixture, lesson, 1);
  again = way_practice_dup_trace (second);
  g_assert_cmpstr (again, ==, trace);
  finish_practice (fixture, lesson, 1);
  g_assert_null (way_lesson_get_current_desk (lesson));
  g_object_unref (second);
  session_fixture_drop (lesson);

  change_desks (fixture, "stores");
  lesson = open_lesson (fixture, "D7");
  g_assert_null (way_lesson_get_current_desk (lesson));
  session_fixture_drop (lesson);
  session_fixture_send_and_leave (fixture);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("way-session-data-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("/session/lesson/tested-out", test_tested_out);
  ADD ("/session/lesson/not-tested-out", test_not_tested_out);
  ADD ("/session/lesson/three-tries", test_three_tries);
  ADD ("/session/lesson/two-desks", test_two_desks);
  ADD ("/session/lesson/several-desks", test_several_desks);
  ADD ("/session/lesson/required", test_required);
  ADD ("/session/lesson/requirements", test_requirements);
  result = g_test_run ();
  session_fixture_remove_folder (data);
  return result;
}
