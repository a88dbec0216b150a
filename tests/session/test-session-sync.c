/* test-session-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-session-private.h"
#include "store/way-lease.h"
#include "sync/way-bundle.h"

#include <glib/gstdio.h>
#include <string.h>

/* The session's side of sync: when it meets the trust, how long it waits, what it says. On a
 * trust of three people. */
typedef struct
{
  char *folder;
  char *uri;
  char *stores;
  WaySession *session;
  GAsyncResult *result; /* (owned) of the call waited for */
} Fixture;

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
add (WayStore *trust, const char *author, const char *kind, const char *body)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (body);

  g_string_replace (text, "'", "\"", 0);
  g_ptr_array_add (drafts, way_event_new (kind, 1, text->str));
  way_store_append_as (trust, author, drafts, &error);
  g_assert_no_error (error);
}

static WaySession *
new_session (Fixture *fixture)
{
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WaySession *session = way_session_new (pack, "en-GB", fixture->stores, &error);

  g_assert_no_error (error);
  return session;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  fixture->folder = g_dir_make_tmp ("way-session-sync-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->stores = g_build_filename (fixture->folder, "stores", NULL);
  fixture->session = new_session (fixture);
  trust = way_store_create_trust (fixture->uri, "Test", "ZZ9", TRUE, &error);
  g_assert_no_error (error);
  add (trust, NULL, "place", "{'place':'w1','code':'w1','name':'Ward','type':'ward'}");
  add (trust, NULL, "person",
       "{'person':'ann','username':'ann','name':'Ann Ward','staff_group':'nursing','ended':0}");
  add (trust, NULL, "person",
       "{'person':'bob','username':'bob','name':'Bob "
       "Unmistakable','staff_group':'nursing','ended':0}");
  add (trust, NULL, "person",
       "{'person':'cat','username':'cat','name':'Cat Champion','staff_group':'nursing','ended':0}");
  add (trust, NULL, "membership", "{'person':'ann','place':'w1','is_primary':1,'ended':0}");
  add (trust, NULL, "membership", "{'person':'bob','place':'w1','is_primary':1,'ended':0}");
  add (trust, NULL, "membership", "{'person':'cat','place':'w1','is_primary':1,'ended':0}");
  add (trust, NULL, "role_grant", "{'person':'cat','role':'champion','place':'w1','ended':0}");
  way_store_close (trust);
}

static void
settle (Fixture *fixture)
{
  gboolean is_syncing = FALSE;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_object_get (fixture->session, "is-syncing", &is_syncing, NULL);
      if (is_syncing)
        g_main_context_iteration (NULL, TRUE);
    }
  while (is_syncing || g_main_context_pending (NULL));
}

static void
drop_session (Fixture *fixture)
{
  gpointer session = fixture->session;

  settle (fixture);
  g_object_add_weak_pointer (session, &session);
  g_object_unref (fixture->session);
  while (session != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  drop_session (fixture);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
  g_free (fixture->stores);
}

static void
got_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&fixture->result);
}

static void
sign_in (Fixture *fixture, const char *username)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_sign_in_async (fixture->session, fixture->uri, username, NULL, got_cb, fixture);
  result = wait (fixture);
  way_session_sign_in_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static void
sign_out (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_session_sign_out_async (fixture->session, NULL, got_cb, fixture);
  result = wait (fixture);
  g_assert_true (way_session_sign_out_finish (fixture->session, result, NULL));
}

static void
ask_help (Fixture *fixture, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_ask_help_async (fixture->session, "today", NULL, NULL, text, NULL, got_cb, fixture);
  result = wait (fixture);
  way_session_write_finish (fixture->session, result, NULL, &error);
  g_assert_no_error (error);
}

static void
sync_now (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  settle (fixture);
  way_session_sync_async (fixture->session, NULL, got_cb, fixture);
  result = wait (fixture);
  way_session_sync_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static char *
ask_trust (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, TRUE, &error);
  char *text;

  g_assert_no_error (error);
  text = way_db_dup_text (way_store_get_db (trust), sql, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return text;
}

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
test_49_sign_out (Fixture *fixture, gconstpointer data)
{
  Mute mute = { 0 };
  g_autofree char *n = NULL;

  sign_in (fixture, "ann");
  settle (fixture);
  mute_start (&mute);
  /* Nothing is under way: the store's thread has no use for these now. */
  g_clear_object (&fixture->session->peer);
  g_free (fixture->session->sync_uri);
  fixture->session->sync_uri = g_strdup_printf ("postgresql://ann@127.0.0.1:%u/trust", mute.port);
  ask_help (fixture, "Is anybody there?");
  way_session_sync_async (fixture->session, NULL, NULL, NULL);
  while (mute.connection == NULL)
    {
      g_autofree char *fault = way_session_dup_sync_error (fixture->session);

      g_assert_cmpstr (fault, ==, NULL);
      g_main_context_iteration (NULL, TRUE);
    }
  sign_out (fixture);
  g_assert_true (is_open (&mute));
  g_assert_false (way_session_is_signed_in (fixture->session));
  mute_stop (&mute);

  n = ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'help_request'");
  g_assert_cmpstr (n, ==, "0");
  sign_in (fixture, "ann");
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  g_free (g_steal_pointer (&n));
  n = ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'help_request'");
  g_assert_cmpstr (n, ==, "1");
}

/* A network that comes makes the wait shorter; one that goes, or comes again, not longer. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.db", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "trust.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 due;

  sign_in (fixture, "ann");
  settle (fixture);
  due = fixture->session->sync_due;
  way_session_note_network (fixture->session, TRUE);
  g_assert_cmpint (fixture->session->sync_due, ==, due);

  g_clear_object (&fixture->session->peer);
  g_assert_cmpint (g_rename (path, gone), ==, 0);
  way_session_sync_async (fixture->session, NULL, got_cb, fixture);
  result = wait (fixture);
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
list_quarantined (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *rows;

  way_session_load_quarantined_async (fixture->session, NULL, got_cb, fixture);
  result = wait (fixture);
  rows = way_session_list_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return rows;
}

/* What the trust cannot read is shown with the reason, and counts as neither sent nor lost. */
static void
test_kept_apart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) none = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (WayRow) row = NULL;
  guint n_saved;

  sign_in (fixture, "ann");
  settle (fixture);
  none = list_quarantined (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  n_saved = way_session_get_n_saved (fixture->session);
  way_session_set_work_offline (fixture->session, TRUE);
  ask_help (fixture, "This will be damaged");
  ask_help (fixture, "This will not");
  g_assert_true (way_db_exec (way_store_get_db (fixture->session->store),
                              "UPDATE event SET digest = CASE substr (digest, 1, 1) WHEN '0'"
                              " THEN '1' ELSE '0' END || substr (digest, 2)"
                              " WHERE body LIKE '%damaged%'",
                              NULL));
  way_session_set_work_offline (fixture->session, FALSE);
  sync_now (fixture);
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
  sign_out (fixture);
  sign_in (fixture, "ann");
  g_assert_cmpuint (way_session_get_n_quarantined (fixture->session), ==, 1);
}

/* Out by file, in by file, and only then is it called received. */
static void
test_by_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "ann.bundle", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GError) error = NULL;
  guint n_events;

  sign_in (fixture, "ann");
  settle (fixture);
  way_session_set_work_offline (fixture->session, TRUE);
  ask_help (fixture, "One");
  ask_help (fixture, "Two");
  way_session_write_bundle_async (fixture->session, file, FALSE, NULL, got_cb, fixture);
  written = wait (fixture);
  way_session_write_bundle_finish (fixture->session, written, &n_events, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_events, ==, 2);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 2);

  way_session_read_receipt_async (fixture->session, file, NULL, got_cb, fixture);
  wrong = wait (fixture);
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
    way_session_read_receipt_async (fixture->session, answer, NULL, got_cb, fixture);
    read = wait (fixture);
    way_session_read_receipt_finish (fixture->session, read, &n_events, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (n_events, ==, 2);
  }
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
}

static guint
count_people (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GError) error = NULL;

  way_session_load_people_async (fixture->session, NULL, got_cb, fixture);
  result = wait (fixture);
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
test_lease (Fixture *fixture, gconstpointer data)
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

      sign_in (fixture, "cat");
      sync_now (fixture);
      store = g_strdup (fixture->session->store_path);
      n_people = count_people (fixture);
      g_assert_cmpuint (n_people, >=, 2);
      none = way_session_dup_lease_text (fixture->session);
      g_assert_null (none);
      ask_help (fixture, "My own question stays");
      settle (fixture);
      g_assert_true (way_db_exec (way_store_get_db (fixture->session->store), kept[i], NULL));
      sign_out (fixture);
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
      sign_in (fixture, "cat");
      g_assert_cmpuint (count_people (fixture), <, n_people);
      g_assert_false (is_on_disk (store, "Bob Unmistakable"));
      g_assert_true (is_on_disk (store, "My own question stays"));
      text = way_session_dup_lease_text (fixture->session);
      g_assert_nonnull (strstr (text, "14 days"));
      sign_out (fixture);
      g_assert_cmpint (g_rename (gone, trust), ==, 0);
      sign_in (fixture, "cat");
      g_assert_cmpuint (count_people (fixture), ==, n_people);
      sign_out (fixture);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/session/sync/49-sign-out", test_49_sign_out);
  ADD ("/session/sync/network", test_network);
  ADD ("/session/sync/kept-apart", test_kept_apart);
  ADD ("/session/sync/by-file", test_by_file);
  ADD ("/session/sync/lease", test_lease);
  g_test_add_func ("/session/sync/lease-clock", test_lease_clock);
#undef ADD
  return g_test_run ();
}
