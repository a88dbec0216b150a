/* test-trouble.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "db/way-db-private.h"
#include "sync/way-peer.h"

#include <glib/gstdio.h>
#include <string.h>

/* What goes wrong around a session: a full disk, a trust that is gone, what is not yours. */

#define SEED 4

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_set_up_demo (fixture, 80, SEED);
}

static gboolean
say_stores_are_far (const char *path, guint32 *magic, char **type)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  *magic = strstr (path, "/stores") != NULL ? 0x6969 : 0xef53;
  return TRUE;
}

/* Where stores would lie on a network, they lie on this computer, and the person is told. */
static void
test_network (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *local = g_build_filename (g_get_user_data_dir (), "waymark", NULL);

  way_db_set_statfs_for_tests (say_stores_are_far);
  session_fixture_sign_in (fixture, fixture->learner);
  g_assert_nonnull (way_session_get_notice (fixture->session));
  g_assert_nonnull (strstr (way_session_get_notice (fixture->session), local));
  session_fixture_save_ratings (fixture);
  session_fixture_leave (fixture);
  way_db_set_statfs_for_tests (NULL);
}

/* More than an event may hold is refused, with a reason. */
static void
test_too_long (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (70000, 'x');
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_send_feedback_async (fixture->session, "idea", text, "today", NULL, NULL, NULL,
                                   session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_write_finish (fixture->session, result, NULL, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED);
}

static void
signed_out_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_done = user_data;

  *is_done = way_session_sign_out_finish (WAY_SESSION (object), result, NULL);
}

/* What is asked while somebody signs out gets an answer. */
static void
test_asked_too_late (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done = FALSE;

  session_fixture_sign_in (fixture, fixture->learner);
  session_fixture_settle (fixture);
  /* A job that takes the store away, and one that wants it. */
  way_session_sign_out_async (fixture->session, NULL, signed_out_cb, &is_done);
  while (!is_done)
    {
      g_clear_object (&result);
      g_clear_error (&error);
      if (!way_session_is_signed_in (fixture->session))
        break;
      way_session_load_my_help_async (fixture->session, NULL, session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      g_clear_object (&fixture->result);
      {
        g_autoptr (GListModel) rows = way_session_list_finish (fixture->session, result, &error);

        if (rows == NULL)
          g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_SIGNED_OUT);
      }
    }
  while (!is_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
limit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WaySession *session = source;
  WayDb *db = way_store_get_db (session->store);
  gboolean is_full = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  gint64 pages = 0;
  gint64 limit = 0;
  g_autofree char *sql = NULL;

  way_db_get_int (db, "PRAGMA page_count", &pages, &error);
  g_assert_no_error (error);
  sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                         is_full ? pages : G_GINT64_CONSTANT (1000000));
  way_db_get_int (db, sql, &limit, &error);
  g_assert_no_error (error);
  g_task_return_boolean (task, TRUE);
}

/* As a disk without room, or with room again. */
static void
set_full (SessionFixture *fixture, gboolean is_full)
{
  g_autoptr (GTask) task = g_task_new (fixture->session, NULL, session_fixture_got_cb, fixture);
  g_autoptr (GAsyncResult) result = NULL;

  g_task_set_task_data (task, GINT_TO_POINTER (is_full), NULL);
  way_worker_run (fixture->session->store_worker, task, limit_thread);
  result = session_fixture_wait (fixture);
}

/* The disk is full while answering: the answer is not taken for saved, the question stays,
 * and it goes on when there is room. */
static void
test_full (SessionFixture *fixture, gconstpointer data)
{
  WayBaseline *baseline;
  gboolean is_refused = FALSE;
  guint ordinal = 0;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_set_work_offline (fixture->session, TRUE);
  session_fixture_save_ratings (fixture);
  baseline = session_fixture_open_baseline (fixture);
  set_full (fixture, TRUE);
  for (guint i = 0; i < 24 && !is_refused; i++)
    {
      g_autofree char *shown = g_strdup (way_baseline_get_item (baseline)->id);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      ordinal = way_baseline_get_ordinal (baseline);
      way_baseline_answer_async (baseline, NULL, 100, NULL, session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      if (!way_baseline_answer_finish (baseline, result, &error))
        {
          g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED);
          g_assert_cmpstr (way_baseline_get_item (baseline)->id, ==, shown);
          g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, ordinal);
          is_refused = TRUE;
        }
    }
  g_assert_true (is_refused);

  set_full (fixture, FALSE);
  session_fixture_answer (fixture, baseline, TRUE, 9000);
  g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, ordinal + 1);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
}

/* What is not yours is refused, and an unknown name is told plainly. */
static void
test_refuses (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) report = NULL;
  g_autoptr (GAsyncResult) people = NULL;
  g_autoptr (GAsyncResult) nobody = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_run_report_async (fixture->session, "competency", NULL, NULL, NULL, NULL,
                                session_fixture_got_cb, fixture);
  report = session_fixture_wait (fixture);
  g_assert_null (way_session_list_finish (fixture->session, report, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS);
  g_clear_error (&error);
  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  people = session_fixture_wait (fixture);
  g_assert_null (way_session_list_finish (fixture->session, people, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS);
  g_clear_error (&error);
  session_fixture_leave (fixture);

  way_session_sign_in_async (fixture->session, fixture->uri, "nobody.at.all", NULL,
                             session_fixture_got_cb, fixture);
  nobody = session_fixture_wait (fixture);
  g_assert_false (way_session_sign_in_finish (fixture->session, nobody, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  g_assert_false (way_session_is_signed_in (fixture->session));
}

/* The trust is gone: everything is saved, nothing is said to be sent, and all of it goes
 * when the trust is back. */
static void
test_offline (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *path = way_db_dup_path (fixture->uri);
  g_autofree char *away = g_strconcat (path, ".away", NULL);
  g_autofree char *said = NULL;
  g_autofree char *text = NULL;

  session_fixture_sign_in (fixture, fixture->learner);
  session_fixture_leave (fixture);
  g_assert_cmpint (g_rename (path, away), ==, 0);
  session_fixture_sign_in (fixture, fixture->learner);
  way_session_send_feedback_async (fixture->session, "praise", "Thank you", "today", NULL, NULL,
                                   NULL, session_fixture_got_cb, fixture);
  said = session_fixture_wrote (fixture);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 1);
  text = way_session_dup_sync_error (fixture->session);
  g_assert_nonnull (text);

  g_assert_cmpint (g_rename (away, path), ==, 0);
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  g_assert_cmpint (way_session_get_received_at (fixture->session), >, 0);
}

static gboolean
cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Who gives up a long report or list stops the query itself: the next one does not wait. */
static void
test_give_up (SessionFixture *fixture, gconstpointer data)
{
  /* People without end. */
  static const char slow[] =
      "CREATE TEMP VIEW person AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
      "n) SELECT CAST(i AS text) AS person, 'x' AS name, 'x' AS username, '' AS staff_group, "
      "NULL AS job, "
      "0 AS ended FROM n";

  session_fixture_sign_in (fixture, fixture->lead);
  for (guint what = 0; what < 2; what++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) given_up = NULL;
      g_autoptr (GListModel) rows = NULL;
      g_autoptr (GListModel) none = NULL;
      g_autoptr (GError) error = NULL;
      WayDb *db;

      way_session_load_overview_async (fixture->session, NULL, session_fixture_got_cb, fixture);
      rows = session_fixture_listed (fixture);
      /* The reader waits for jobs: its connection is ours to spoil. */
      db = way_store_get_db (fixture->session->trust);
      g_assert_true (way_db_exec (db, slow, &error));
      g_assert_no_error (error);
      if (what == 0)
        way_session_load_overview_async (fixture->session, cancellable, session_fixture_got_cb,
                                         fixture);
      else
        way_session_run_report_async (fixture->session, "competency", NULL, NULL, NULL, cancellable,
                                      session_fixture_got_cb, fixture);
      g_timeout_add (50, cancel_cb, cancellable);
      given_up = session_fixture_wait (fixture);
      none = way_session_list_finish (fixture->session, given_up, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      /* Tasks tell of it at once; the reader is idle when it has done another job. */
      way_session_load_units_async (fixture->session, NULL, session_fixture_got_cb, fixture);
      g_clear_object (&rows);
      rows = session_fixture_listed (fixture);
      g_assert_cmpuint (g_list_model_get_n_items (rows), >, 0);
      g_assert_true (way_db_exec (db, "DROP VIEW temp.person", &error));
      g_assert_no_error (error);
    }
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
  ADD ("/session/trouble/give-up", test_give_up);
  ADD ("/session/trouble/network", test_network);
  ADD ("/session/trouble/too-long", test_too_long);
  ADD ("/session/trouble/asked-too-late", test_asked_too_late);
  ADD ("/session/trouble/full-disk", test_full);
  ADD ("/session/trouble/refuses", test_refuses);
  ADD ("/session/trouble/offline", test_offline);
  result = g_test_run ();
  session_fixture_remove_folder (data);
  return result;
}
