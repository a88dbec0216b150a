/* test-session-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "store/way-lease.h"
#include "sync/way-bundle.h"

#include <glib/gstdio.h>
#include <string.h>

/* The session's side of sync: when it meets the trust, how long it waits, what it says. */
/* A server that takes the call and says nothing. */
typedef struct
{
  GSocketService *service;
  GSocketConnection *connection; /* (owned) (nullable) */
  guint16 port;
} Mute;

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  Mute *mute = user_data;

  g_set_object (&mute->connection, connection);
  return TRUE;
}

static void
mute_start (Mute *mute)
{
  g_autoptr (GError) error = NULL;

  mute->service = g_socket_service_new ();
  mute->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (mute->service), NULL,
                                                    &error);
  g_assert_no_error (error);
  g_signal_connect (mute->service, "incoming", G_CALLBACK (incoming_cb), mute);
}

static void
mute_stop (Mute *mute)
{
  if (mute->connection != NULL)
    g_io_stream_close (G_IO_STREAM (mute->connection), NULL, NULL);
  g_clear_object (&mute->connection);
  g_socket_service_stop (mute->service);
  g_socket_listener_close (G_SOCKET_LISTENER (mute->service));
  g_clear_object (&mute->service);
}

static gboolean
is_open (Mute *mute)
{
  g_autoptr (GError) error = NULL;
  char byte;
  gssize n;

  /* What it has sent, then nothing; or its end. */
  do
    n = g_socket_receive_with_blocking (g_socket_connection_get_socket (mute->connection), &byte, 1,
                                        FALSE, NULL, &error);
  while (n > 0);
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* Somebody signs out while the trust does not answer: three seconds, and the answer is kept. */
static void
test_49_sign_out (SessionFixture *fixture, gconstpointer data)
{
  Mute mute = { 0 };
  g_autofree char *n = NULL;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_settle (fixture);
  mute_start (&mute);
  /* Nothing is under way: the store's thread has no use for these now. */
  g_clear_object (&fixture->session->peer);
  g_free (fixture->session->sync_uri);
  fixture->session->sync_uri = g_strdup_printf ("postgresql://ann@127.0.0.1:%u/trust", mute.port);
  session_fixture_ask_help (fixture, "Is anybody there?");
  way_session_sync_async (fixture->session, NULL, NULL, NULL);
  while (mute.connection == NULL)
    {
      g_autofree char *fault = way_session_dup_sync_error (fixture->session);

      g_assert_cmpstr (fault, ==, NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  session_fixture_sign_out (fixture);
  g_assert_true (is_open (&mute));
  g_assert_false (way_session_is_signed_in (fixture->session));
  mute_stop (&mute);

  n = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'help_request'");
  g_assert_cmpstr (n, ==, "0");
  session_fixture_sign_in (fixture, "ann");
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  g_free (g_steal_pointer (&n));
  n = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'help_request'");
  g_assert_cmpstr (n, ==, "1");
}

/* A network that comes makes the wait shorter; one that goes, or comes again, not longer. */
static void
test_network (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.db", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "trust.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 due;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_settle (fixture);
  due = fixture->session->sync_due;
  way_session_note_network (fixture->session, TRUE);
  g_assert_cmpint (fixture->session->sync_due, ==, due);

  g_clear_object (&fixture->session->peer);
  g_assert_cmpint (g_rename (path, gone), ==, 0);
  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sync_finish (fixture->session, result, NULL));
  g_assert_cmpuint (fixture->session->sync_failures, ==, 1);
  g_assert_cmpint (way_session_get_next_sync_at (fixture->session), >, 0);
  /* As after hours. */
  g_clear_handle_id (&fixture->session->sync_source, g_source_remove);
  way_session_schedule_sync (fixture->session, 800);
  due = fixture->session->sync_due;
  way_session_note_network (fixture->session, FALSE);
  g_assert_cmpint (fixture->session->sync_due, ==, due);
  way_session_note_network (fixture->session, TRUE);
  g_assert_cmpint (fixture->session->sync_due, <, due - 700 * G_USEC_PER_SEC);
  due = fixture->session->sync_due;
  for (guint i = 0; i < 20; i++)
    {
      way_session_note_network (fixture->session, i % 2 == 0);
      g_assert_cmpint (fixture->session->sync_due, <=, due + G_USEC_PER_SEC);
      due = MIN (due, fixture->session->sync_due);
    }
  g_assert_cmpint (g_rename (gone, path), ==, 0);
}

static GListModel *
list_quarantined (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *rows;

  way_session_load_quarantined_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  rows = way_session_list_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return rows;
}

/* What the trust cannot read is shown with the reason, and counts as neither sent nor lost. */
static void
test_kept_apart (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) none = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (WayRow) row = NULL;
  guint n_saved;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_settle (fixture);
  none = list_quarantined (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  n_saved = way_session_get_n_saved (fixture->session);
  way_session_set_work_offline (fixture->session, TRUE);
  session_fixture_ask_help (fixture, "This will be damaged");
  session_fixture_ask_help (fixture, "This will not");
  g_assert_true (way_db_exec (way_store_get_db (fixture->session->store),
                              "UPDATE event SET digest = CASE substr (digest, 1, 1) WHEN '0'"
                              " THEN '1' ELSE '0' END || substr (digest, 2)"
                              " WHERE body LIKE '%damaged%'",
                              NULL));
  way_session_set_work_offline (fixture->session, FALSE);
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  g_assert_cmpuint (way_session_get_n_quarantined (fixture->session), ==, 1);
  g_assert_cmpuint (way_session_get_n_saved (fixture->session), ==, n_saved + 2);
  g_assert_cmpuint (way_session_get_n_received (fixture->session), ==, n_saved + 1);
  rows = list_quarantined (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "apart");
  g_assert_cmpstr (way_row_get_text (row, "what"), ==, "A question to your champion");
  g_assert_nonnull (strstr (way_row_get_text (row, "why"), "not what was saved at first"));
  g_assert_cmpint (way_row_get_int (row, "received"), >, 0);
  /* It stays so after the next sign-in. */
  session_fixture_sign_out (fixture);
  session_fixture_sign_in (fixture, "ann");
  g_assert_cmpuint (way_session_get_n_quarantined (fixture->session), ==, 1);
}

/* Out by file, in by file, and only then is it called received. */
static void
test_by_file (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "ann.bundle", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GError) error = NULL;
  guint n_events;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_settle (fixture);
  way_session_set_work_offline (fixture->session, TRUE);
  session_fixture_ask_help (fixture, "One");
  session_fixture_ask_help (fixture, "Two");
  way_session_write_bundle_async (fixture->session, file, FALSE, NULL, session_fixture_got_cb,
                                  fixture);
  written = session_fixture_wait (fixture);
  way_session_write_bundle_finish (fixture->session, written, &n_events, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_events, ==, 2);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 2);

  way_session_read_receipt_async (fixture->session, file, NULL, session_fixture_got_cb, fixture);
  wrong = session_fixture_wait (fixture);
  g_assert_false (way_session_read_receipt_finish (fixture->session, wrong, NULL, &error));
  g_assert_nonnull (strstr (error->message, "not a receipt"));
  g_clear_error (&error);
  {
    g_autofree char *receipt = g_build_filename (fixture->folder, "ann.receipt", NULL);
    g_autoptr (GFile) answer = g_file_new_for_path (receipt);
    WayBundleResult result;

    way_bundle_import (fixture->uri, path, receipt, &result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (result.inserted, ==, 2);
    way_session_read_receipt_async (fixture->session, answer, NULL, session_fixture_got_cb,
                                    fixture);
    read = session_fixture_wait (fixture);
    way_session_read_receipt_finish (fixture->session, read, &n_events, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (n_events, ==, 2);
  }
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
}

static guint
count_people (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GError) error = NULL;

  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  rows = way_session_list_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return g_list_model_get_n_items (rows);
}

/* Whether a name stands anywhere in the files of a store. */
static gboolean
is_on_disk (const char *path, const char *name)
{
  static const char *const endings[] = { "", "-wal" };
  gboolean is_there = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_get_contents (file, &bytes, &length, NULL))
        is_there |= memmem (bytes, length, name, strlen (name)) != NULL;
    }
  return is_there;
}

/* What is lent about others goes after two weeks without word, from the disk too, whatever
 * the clock was set to; what is one's own stays. */
static void
test_lease (SessionFixture *fixture, gconstpointer data)
{
  static const char *const kept[] = {
    "UPDATE meta SET value = '1296000000000' || substr (value, instr (value, ' '))"
    " WHERE key = 'lease'",
    /* Set back over a start of the machine. */
    "UPDATE meta SET value = '0 9000000000000000 another-boot 5' WHERE key = 'lease'",
  };
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.db", NULL);
  g_autofree char *trust = g_build_filename (fixture->folder, "trust.db", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *store = NULL;
      g_autofree char *text = NULL;
      g_autofree char *none = NULL;
      guint n_people;

      session_fixture_sign_in (fixture, "cat");
      session_fixture_sync_now (fixture);
      store = g_strdup (fixture->session->store_path);
      n_people = count_people (fixture);
      g_assert_cmpuint (n_people, >=, 2);
      none = way_session_dup_lease_text (fixture->session);
      g_assert_null (none);
      session_fixture_ask_help (fixture, "My own question stays");
      session_fixture_settle (fixture);
      g_assert_true (way_db_exec (way_store_get_db (fixture->session->store), kept[i], NULL));
      session_fixture_sign_out (fixture);
      g_assert_true (is_on_disk (store, "Bob Unmistakable"));
      /* Signing out has met the trust: as if it had not. */
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *uri = g_strconcat ("sqlite:", store, NULL);
        g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

        g_assert_no_error (error);
        g_assert_true (way_db_exec (db, kept[i], &error));
        way_db_checkpoint (db, NULL);
      }
      g_assert_cmpint (g_rename (trust, gone), ==, 0);
      session_fixture_sign_in (fixture, "cat");
      g_assert_cmpuint (count_people (fixture), <, n_people);
      g_assert_false (is_on_disk (store, "Bob Unmistakable"));
      g_assert_true (is_on_disk (store, "My own question stays"));
      text = way_session_dup_lease_text (fixture->session);
      g_assert_nonnull (strstr (text, "14 days"));
      session_fixture_sign_out (fixture);
      g_assert_cmpint (g_rename (gone, trust), ==, 0);
      session_fixture_sign_in (fixture, "cat");
      g_assert_cmpuint (count_people (fixture), ==, n_people);
      session_fixture_sign_out (fixture);
    }
}

static void
test_lease_clock (void)
{
  const gint64 day = G_GINT64_CONSTANT (86400000000);
  const struct
  {
    const char *kept;
    WayMoment now;
    gint64 age;
  } rows[] = {
    { NULL, { 100 * day, (char *) "a", day }, 0 },
    { "0 8640000000000 a 86400000000", { 103 * day, (char *) "a", 4 * day }, 3 * day },
    /* Set back while it runs: the other clock goes on. */
    { "0 8640000000000 a 86400000000", { 2 * day, (char *) "a", 4 * day }, 3 * day },
    /* Set on: what it says counts, and does not go away. */
    { "0 8640000000000 a 86400000000", { 120 * day, (char *) "a", 2 * day }, 20 * day },
    { "1728000000000 10368000000000 a 172800000000",
      { 101 * day, (char *) "a", 2 * day },
      20 * day },
    { "0 8640000000000 a 86400000000", { 105 * day, (char *) "b", 1 }, 5 * day },
    { "0 8640000000000 a 86400000000", { 90 * day, (char *) "b", 1 }, G_MAXINT64 },
    { "nonsense", { 90 * day, (char *) "b", 1 }, G_MAXINT64 },
    { "-5 8640000000000 a 86400000000", { 100 * day, (char *) "a", day }, G_MAXINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 age;
      g_autofree char *next = way_lease_advance (rows[i].kept, &rows[i].now, &age);

      g_assert_cmpint (age, ==, rows[i].age);
      g_assert_nonnull (next);
    }
}

static void
sync_and_expect (SessionFixture *fixture, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_cmpint (way_session_sync_finish (fixture->session, result, &error), ==, text == NULL);
  if (text == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
      g_assert_nonnull (strstr (error->message, text));
    }
}

/* Who presses F5 while the trust asked to be left alone is told when it may be tried again,
 * and the trust hears nothing of it. */
static void
test_left_alone (SessionFixture *fixture, gconstpointer data)
{
  gint64 met;

  session_fixture_sign_in (fixture, "ann");
  sync_and_expect (fixture, NULL);
  met = way_session_get_met_at (fixture->session);
  fixture->session->sync_not_before = g_get_monotonic_time () + 150 * G_USEC_PER_SEC;
  sync_and_expect (fixture, "3 minutes");
  fixture->session->sync_not_before = g_get_monotonic_time () + 50 * G_USEC_PER_SEC;
  sync_and_expect (fixture, "within a minute");
  g_assert_cmpint (way_session_get_met_at (fixture->session), ==, met);
  fixture->session->sync_not_before = g_get_monotonic_time ();
  sync_and_expect (fixture, NULL);
  g_assert_cmpint (way_session_get_met_at (fixture->session), >, met);
}

static void
expect_answer (SessionFixture *fixture, const GError *error, const char *pattern)
{
  g_autofree char *answer = way_session_dup_sync_answer (fixture->session, error);

  if (!g_pattern_match_simple (pattern, answer))
    g_error ("“%s” is not “%s”", answer, pattern);
}

/* Who presses F5 hears what is true: not that the trust has everything while a sync is under
 * way, nor when it could not be reached. */
static void
test_answer (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.db", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "trust.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) denied = g_error_new_literal (WAY_DB_ERROR, WAY_DB_ERROR_DENIED, "role \"x\"");
  g_autoptr (GError) full = g_error_new_literal (WAY_DB_ERROR, WAY_DB_ERROR_FULL, "It is full.");

  session_fixture_sign_in (fixture, "ann");
  sync_and_expect (fixture, NULL);
  expect_answer (fixture, NULL, "The trust has everything.");

  g_clear_object (&fixture->session->peer);
  g_assert_cmpint (g_rename (path, gone), ==, 0);
  session_fixture_ask_help (fixture, "Is anybody there?");
  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  expect_answer (fixture, NULL, "Sync is under way. 1 thing is saved here and waits to be sent.");
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sync_finish (fixture->session, result, &error));
  if (g_network_monitor_get_network_available (fixture->session->monitor))
    expect_answer (fixture, error,
                   "The trust cannot be reached now. 1 thing is saved here and waits to be sent.");
  else
    expect_answer (fixture, error,
                   "There is no network. 1 thing is saved here and waits to be sent.");
  expect_answer (fixture, denied, "The trust does not let you in now. 1 thing *");
  expect_answer (fixture, full, "It is full. 1 thing *");
  expect_answer (fixture, NULL, "1 thing is saved here and waits to be sent.");

  g_assert_cmpint (g_rename (gone, path), ==, 0);
  sync_and_expect (fixture, NULL);
  expect_answer (fixture, NULL, "The trust has everything.");
  expect_answer (fixture, error, "* Nothing waits to be sent.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("/session/sync/49-sign-out", test_49_sign_out);
  ADD ("/session/sync/network", test_network);
  ADD ("/session/sync/left-alone", test_left_alone);
  ADD ("/session/sync/answer", test_answer);
  ADD ("/session/sync/kept-apart", test_kept_apart);
  ADD ("/session/sync/by-file", test_by_file);
  ADD ("/session/sync/lease", test_lease);
  g_test_add_func ("/session/sync/lease-clock", test_lease_clock);
#undef ADD
  return g_test_run ();
}
