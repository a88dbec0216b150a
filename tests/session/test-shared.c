/* test-shared.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "db/way-db-private.h"
#include "session/way-lesson.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* Computers that several people use, and computers that forget: what lies on their disks, and what
 * has reached the trust by when. */

/* The network goes, and comes. */
static void
cut_off (SessionFixture *fixture, gboolean is_cut)
{
  g_autofree char *trust = g_build_filename (fixture->folder, "trust.db", NULL);
  g_autofree char *away = g_build_filename (fixture->folder, "away.db", NULL);

  session_fixture_settle (fixture);
  g_assert_cmpint (is_cut ? g_rename (trust, away) : g_rename (away, trust), ==, 0);
  /* Nothing is under way: the store's thread has no use for it now. */
  g_clear_object (&fixture->session->peer);
}

static gboolean
sync_once (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  session_fixture_settle (fixture);
  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  return way_session_sync_finish (fixture->session, result, NULL);
}

static GListModel *
load_people (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *rows;

  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  rows = way_session_list_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return rows;
}

/* Another computer, with nothing on it. */
static void
move_to (SessionFixture *fixture, const char *name)
{
  session_fixture_drop_session (fixture);
  g_free (fixture->stores);
  fixture->stores = g_build_filename (fixture->folder, name, NULL);
  fixture->session = session_fixture_new_session (fixture);
}

/* Whether something stands anywhere in any file below a folder. */
static gboolean
is_below (const char *path, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  gboolean is_there = FALSE;
  const char *name;

  if (folder == NULL)
    {
      g_autofree char *bytes = NULL;
      gsize length = 0;

      return g_file_get_contents (path, &bytes, &length, NULL)
             && memmem (bytes, length, text, strlen (text)) != NULL;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      is_there |= is_below (child, text);
    }
  return is_there;
}

#define QUESTION "The fax eats my paper"

static const char *const OTHERS[] = { "Bob Unmistakable", "dan-of-ward-one", "Dan Distinct",
                                      QUESTION, NULL };

static void
assert_nobody_below (const char *path)
{
  for (guint i = 0; OTHERS[i] != NULL; i++)
    if (is_below (path, OTHERS[i]))
      g_error ("“%s” lies below %s", OTHERS[i], path);
}

/* Dan has asked, at another computer, for what a champion is there for. */
static void
let_dan_ask (SessionFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "person",
                       "{'person':'dan-of-ward-one','username':'dan','name':'Dan Distinct',"
                       "'staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'dan-of-ward-one','place':'w1','is_primary':1,'ended':0}");
  way_store_close (trust);
  move_to (fixture, "elsewhere");
  session_fixture_sign_in (fixture, "dan");
  session_fixture_ask_help (fixture, QUESTION);
  session_fixture_sign_out (fixture);
}

static WayRow *
find_dan (GListModel *people)
{
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (people, i);

      if (g_str_equal (way_row_get_text (row, "person"), "dan-of-ward-one"))
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* A champion sees everybody, and the disk nobody. */
static void
test_memory (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  let_dan_ask (fixture);
  move_to (fixture, "kiosk");
  /* What was lent before the computer was shared goes. */
  session_fixture_sign_in (fixture, "cat");
  session_fixture_settle (fixture);
  g_assert_true (is_below (fixture->stores, QUESTION));
  session_fixture_sign_out (fixture);
  way_session_set_shared (fixture->session, TRUE, NULL);
  cut_off (fixture, TRUE);
  session_fixture_sign_in (fixture, "cat");
  assert_nobody_below (fixture->stores);
  {
    g_autoptr (GListModel) people = load_people (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (people), ==, 0);
  }
  text = way_session_dup_lease_text (fixture->session);
  g_assert_nonnull (strstr (text, "shared"));

  cut_off (fixture, FALSE);
  g_assert_true (sync_once (fixture));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GListModel) people = load_people (fixture);
      g_autoptr (WayRow) dan = find_dan (people);
      g_autofree char *none = way_session_dup_lease_text (fixture->session);

      g_assert_cmpuint (g_list_model_get_n_items (people), ==, 3);
      g_assert_cmpstr (way_row_get_text (dan, "asked"), ==, QUESTION);
      g_assert_null (none);
      assert_nobody_below (fixture->stores);
      /* Without a network it is still there, as it was last heard. */
      if (i == 0)
        {
          cut_off (fixture, TRUE);
          g_assert_false (sync_once (fixture));
          g_assert_cmpint (way_session_get_met_at (fixture->session), >, 0);
        }
    }
  session_fixture_sign_out (fixture);
  assert_nobody_below (fixture->stores);
  session_fixture_sign_in (fixture, "cat");
  {
    g_autoptr (GListModel) people = load_people (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (people), ==, 0);
  }
  cut_off (fixture, FALSE);
}

/* What a champion does is seen at once, saved, and sent. */
static void
test_answer (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) people = NULL;
  g_autoptr (GListModel) after = NULL;
  g_autoptr (WayRow) dan = NULL;
  g_autoptr (WayRow) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;

  let_dan_ask (fixture);
  move_to (fixture, "kiosk");
  way_session_set_shared (fixture->session, TRUE, NULL);
  session_fixture_sign_in (fixture, "cat");
  people = load_people (fixture);
  dan = find_dan (people);
  g_assert_cmpstr (way_row_get_text (dan, "request_state"), ==, "open");
  cut_off (fixture, TRUE);
  way_session_answer_help_async (fixture->session, way_row_get_text (dan, "request"),
                                 "dan-of-ward-one", "taken", NULL, NULL, NULL,
                                 session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_session_write_finish (fixture->session, result, NULL, &error);
  g_assert_no_error (error);
  after = load_people (fixture);
  again = find_dan (after);
  g_assert_cmpstr (way_row_get_text (again, "request_state"), ==, "taken");
  cut_off (fixture, FALSE);
  g_assert_true (sync_once (fixture));
  state = session_fixture_ask_trust (fixture, "SELECT state FROM help");
  g_assert_cmpstr (state, ==, "taken");
}

/* The other process of the next test: it ends as in a power cut, in the middle of the work. */
static void
test_work_and_die (void)
{
  SessionFixture fixture = { 0 };
  g_autoptr (GListModel) people = NULL;

  if (g_getenv ("WAY_TEST_TRUST") == NULL)
    return;
  fixture.uri = g_strdup (g_getenv ("WAY_TEST_TRUST"));
  fixture.stores = g_strdup (g_getenv ("WAY_TEST_STORES"));
  fixture.session = session_fixture_new_session (&fixture);
  way_session_set_shared (fixture.session, TRUE, NULL);
  session_fixture_sign_in (&fixture, "cat");
  people = load_people (&fixture);
  if (find_dan (people) != NULL)
    raise (SIGKILL);
}

static void
test_killed (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *kiosk = g_build_filename (fixture->folder, "kiosk", NULL);

  let_dan_ask (fixture);
  g_setenv ("WAY_TEST_TRUST", fixture->uri, TRUE);
  g_setenv ("WAY_TEST_STORES", kiosk, TRUE);
  g_test_trap_subprocess ("/session/shared/subprocess/work-and-die", 0, 0);
  g_unsetenv ("WAY_TEST_TRUST");
  g_assert_false (g_test_trap_has_passed ());
  g_assert_true (is_below (kiosk, "Cat Champion"));
  assert_nobody_below (kiosk);
}

static int
send_left (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  way_session_send_left_async (fixture->session, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  n = way_session_send_left_finish (result, &error);
  g_assert_no_error (error);
  return n;
}

/* Ann was there while there was a network, asks something without one, and goes. */
static void
leave (SessionFixture *fixture)
{
  move_to (fixture, "kiosk");
  way_session_set_shared (fixture->session, TRUE, NULL);
  session_fixture_sign_in (fixture, "ann");
  cut_off (fixture, TRUE);
  session_fixture_ask_help (fixture, "Left behind");
  session_fixture_sign_out (fixture);
  cut_off (fixture, FALSE);
}

#define ANNS "SELECT count(*) FROM event WHERE kind = 'help_request' AND author = 'ann'"

/* What Ann left goes while Bob sits there, once, and Bob has nothing of it. */
static void
test_left (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *once = NULL;
  g_autofree char *bobs = NULL;

  leave (fixture);
  before = session_fixture_ask_trust (fixture, ANNS);
  g_assert_cmpstr (before, ==, "0");
  session_fixture_sign_in (fixture, "bob");
  session_fixture_settle (fixture);
  g_assert_cmpint (send_left (fixture), >=, 1);
  after = session_fixture_ask_trust (fixture, ANNS);
  g_assert_cmpstr (after, ==, "1");
  g_assert_cmpint (send_left (fixture), ==, 0);
  g_assert_true (sync_once (fixture));
  bobs = way_db_dup_text (way_store_get_db (fixture->session->store),
                          "SELECT count(*) FROM event WHERE author = 'ann' OR subject = 'ann'",
                          NULL);
  g_assert_cmpstr (bobs, ==, "0");
  session_fixture_sign_out (fixture);
  session_fixture_sign_in (fixture, "ann");
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  once = session_fixture_ask_trust (fixture, ANNS);
  g_assert_cmpstr (once, ==, "1");
}

/* With nobody signed in, after a new start. */
static void
test_left_at_start (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *after = NULL;

  leave (fixture);
  session_fixture_drop_session (fixture);
  fixture->session = session_fixture_new_session (fixture);
  way_session_set_shared (fixture->session, TRUE, fixture->uri);
  g_assert_cmpint (send_left (fixture), >=, 1);
  after = session_fixture_ask_trust (fixture, ANNS);
  g_assert_cmpstr (after, ==, "1");
}

/* A ticket that holds no more: it waits for Ann, and is not lost. */
static void
test_left_too_long (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *none = NULL;
  g_autofree char *once = NULL;

  leave (fixture);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

    way_db_exec (way_store_get_db (trust), "UPDATE ticket SET expires = 1000000", &error);
    g_assert_no_error (error);
    way_store_close (trust);
  }
  session_fixture_sign_in (fixture, "bob");
  session_fixture_settle (fixture);
  g_assert_cmpint (send_left (fixture), ==, 0);
  none = session_fixture_ask_trust (fixture, ANNS);
  g_assert_cmpstr (none, ==, "0");
  session_fixture_sign_out (fixture);
  session_fixture_sign_in (fixture, "ann");
  once = session_fixture_ask_trust (fixture, ANNS);
  g_assert_cmpstr (once, ==, "1");
}

#define RESPONSES "SELECT count(*) FROM event WHERE kind = 'response'"

static void
assert_n (SessionFixture *fixture, const char *sql, guint expected)
{
  g_autofree char *n = session_fixture_ask_trust (fixture, sql);
  g_autofree char *text = g_strdup_printf ("%u", expected);

  g_assert_cmpstr (n, ==, text);
}

static void
answer (SessionFixture *fixture, WayBaseline *baseline)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_baseline_answer_async (baseline, NULL, 9000, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_baseline_answer_finish (baseline, result, &error);
  g_assert_no_error (error);
}

static gboolean
push (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_session_push_async (fixture->session, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  return way_session_push_finish (fixture->session, result, NULL);
}

/* Each answer of a sitting is with the trust before the next question; without a network one may
 * go on, and nothing is lost. */
static void
test_push_sitting (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WayBaseline) baseline = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  way_session_set_push_before_next (fixture->session, TRUE);
  session_fixture_sign_in (fixture, "ann");
  way_session_open_baseline_async (fixture->session, WAY_DEPTH_SHORT, NULL, session_fixture_got_cb,
                                   fixture);
  result = session_fixture_wait (fixture);
  baseline = way_session_open_baseline_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      answer (fixture, baseline);
      g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, i + 2);
      g_assert_false (way_session_is_held (fixture->session));
      assert_n (fixture, RESPONSES, i + 1);
    }
  cut_off (fixture, TRUE);
  answer (fixture, baseline);
  g_assert_true (way_session_is_held (fixture->session));
  text = way_session_dup_held_text (fixture->session);
  g_assert_nonnull (strstr (text, "cannot be reached"));
  g_assert_false (push (fixture));
  g_assert_true (way_session_is_held (fixture->session));
  way_session_go_on_unsent (fixture->session);
  g_assert_false (way_session_is_held (fixture->session));
  answer (fixture, baseline);
  g_assert_false (way_session_is_held (fixture->session));
  g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, 6);
  cut_off (fixture, FALSE);
  assert_n (fixture, RESPONSES, 3);
  g_assert_true (push (fixture));
  assert_n (fixture, RESPONSES, 5);
  /* Once the trust is back each answer is waited for again. */
  cut_off (fixture, TRUE);
  answer (fixture, baseline);
  g_assert_true (way_session_is_held (fixture->session));
  cut_off (fixture, FALSE);
  g_assert_true (push (fixture));
  assert_n (fixture, RESPONSES, 6);
}

static void
test_push_check (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (WayLesson) lesson = NULL;
  g_autoptr (WayPaper) paper = NULL;
  g_autoptr (GError) error = NULL;

  way_session_set_push_before_next (fixture->session, TRUE);
  session_fixture_sign_in (fixture, "ann");
  way_session_open_lesson_async (fixture->session, "F1", NULL, session_fixture_got_cb, fixture);
  opened = session_fixture_wait (fixture);
  lesson = way_session_open_lesson_finish (fixture->session, opened, &error);
  g_assert_no_error (error);
  way_lesson_start_check_async (lesson, NULL, session_fixture_got_cb, fixture);
  started = session_fixture_wait (fixture);
  paper = way_lesson_start_check_finish (lesson, started, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GHashTable) nothing = way_responses_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (WayScore) score = NULL;

      if (i == 2)
        cut_off (fixture, TRUE);
      way_paper_answer_async (paper, nothing, 9000, NULL, session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      score = way_paper_answer_finish (paper, result, &error);
      g_assert_no_error (error);
      g_assert_nonnull (score);
      g_assert_true (way_session_is_held (fixture->session) == (i == 2));
      if (i < 2)
        assert_n (fixture, RESPONSES, i + 1);
      way_paper_next_question (paper);
    }
  cut_off (fixture, FALSE);
  g_assert_true (push (fixture));
  assert_n (fixture, RESPONSES, 3);
}

static gboolean
say_memory (const char *path, guint32 *magic, char **type)
{
  *magic = 0x01021994;
  return TRUE;
}

static gboolean
say_disk (const char *path, guint32 *magic, char **type)
{
  *magic = 0xef53;
  return TRUE;
}

/* A store that lies in memory is known as such, whatever is set. */
static void
test_fleeting (SessionFixture *fixture, gconstpointer data)
{
  g_assert_false (way_session_get_push_before_next (fixture->session));
  way_db_set_statfs_for_tests (say_memory);
  session_fixture_sign_in (fixture, "ann");
  g_assert_true (way_session_get_push_before_next (fixture->session));
  session_fixture_sign_out (fixture);
  g_assert_false (way_session_get_push_before_next (fixture->session));
  way_db_set_statfs_for_tests (say_disk);
  session_fixture_sign_in (fixture, "ann");
  g_assert_false (way_session_get_push_before_next (fixture->session));
  session_fixture_sign_out (fixture);
  way_db_set_statfs_for_tests (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("/session/shared/memory", test_memory);
  ADD ("/session/shared/answer", test_answer);
  ADD ("/session/shared/killed", test_killed);
  g_test_add_func ("/session/shared/subprocess/work-and-die", test_work_and_die);
  ADD ("/session/shared/left", test_left);
  ADD ("/session/shared/left-at-start", test_left_at_start);
  ADD ("/session/shared/left-too-long", test_left_too_long);
  ADD ("/session/push/sitting", test_push_sitting);
  ADD ("/session/push/check", test_push_check);
  ADD ("/session/push/fleeting", test_fleeting);
#undef ADD
  return g_test_run ();
}
