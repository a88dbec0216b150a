/* test-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "db/way-db-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  char *uri;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fixture_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "ann.store", NULL);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  way_db_set_statfs_for_tests (NULL);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->uri);
}

static WayStore *
open_device (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WayStore *store = way_store_open_device (fixture->path, "ann", &error);

  g_assert_no_error (error);
  return store;
}

static WayEvent *
draft_rating (const char *capability, int now)
{
  return fixture_draft ("self_rating", "{'capability':'%s','now':%d,'need':3}", capability, now);
}

static void
test_append_survives (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autofree char *id = fixture_append (store, NULL, draft_rating ("find", 2));
  g_autofree char *stream = g_strdup (way_store_get_stream (store));
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *rows = NULL;
  WayEvent *event;
  GStatBuf buffer;

  g_assert_cmpint (way_store_get_last_seq (store), ==, 1);
  g_clear_object (&store);

  store = open_device (fixture);
  g_assert_cmpstr (way_store_get_stream (store), ==, stream);
  g_assert_cmpstr (way_store_get_person (store), ==, "ann");
  events = way_store_list_events (store, NULL, NULL);
  g_assert_cmpuint (events->len, ==, 1);
  event = events->pdata[0];
  g_assert_cmpstr (event->id, ==, id);
  g_assert_cmpstr (event->author, ==, "ann");
  g_assert_cmpint (event->seq, ==, 1);
  g_assert_cmpint (event->received, ==, 0);
  g_assert_cmpint (event->effective, ==, 0);
  rows = fixture_ask (store, "SELECT person, capability, now, need FROM self_rating");
  g_assert_cmpstr (rows, ==, "ann|find|2|3");
  g_assert_cmpint (g_stat (fixture->path, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_mode & 0777, ==, 0600);
  fixture_assert_sound (store);
  g_assert_finalize_object (g_steal_pointer (&store));
}

static void
test_bad_draft_changes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  drafts = fixture_list (draft_rating ("find", 2),
                         fixture_draft ("self_rating", "{'capability':'find'}"), NULL);
  g_assert_false (way_store_append (store, drafts, &error));
  g_assert_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD);
  g_assert_cmpint (way_store_get_last_seq (store), ==, 0);
  rows = fixture_ask (store, "SELECT count(*) FROM event");
  g_assert_cmpstr (rows, ==, "0");
}

static void
test_order_despite_clock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  WayEvent *late = draft_rating ("find", 1);
  WayEvent *early = draft_rating ("find", 4);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *rows = NULL;

  /* The clock is set back between two answers: the second still is the second. */
  late->at = 2000000000000000;
  early->at = 1000000000000000;
  first = fixture_append (store, NULL, late);
  second = fixture_append (store, NULL, early);
  rows = fixture_ask (store, "SELECT now FROM self_rating");
  g_assert_cmpstr (rows, ==, "4");
}

/* The trust's clock is ahead: what is not sent yet moves behind what it has placed, and what is
 * written then comes after both. What it could not read stays where it was. */
static void
test_order_despite_stamp (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (WayBatch) batch = NULL;
  g_autoptr (WayEvent) stamp = way_event_new ("self_rating", 1, "");
  g_autoptr (GError) error = NULL;
  g_autofree char *unread = fixture_append (store, NULL, draft_rating ("find", 1));
  g_autofree char *placed = fixture_append (store, NULL, draft_rating ("find", 2));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *order = NULL;

  g_free (fixture_append (store, NULL, draft_rating ("find", 3)));
  g_usleep (2000);
  g_free (fixture_append (store, NULL, draft_rating ("find", 4)));
  before = fixture_ask (store, "SELECT effective FROM event WHERE seq = 1");
  batch = way_batch_begin (store, &error);
  g_assert_no_error (error);
  stamp->id = g_strdup (placed);
  stamp->received = stamp->effective = g_get_real_time () + (gint64) 3600 * G_USEC_PER_SEC;
  g_assert_true (way_batch_stamp (batch, stamp, &error));
  g_assert_true (way_store_set_meta (store, "acked", "2", &error));
  g_assert_true (way_batch_commit (batch, &error));
  g_free (fixture_append (store, NULL, draft_rating ("find", 1)));

  after = fixture_ask (store, "SELECT effective FROM event WHERE seq = 1");
  g_assert_cmpstr (after, ==, before);
  order = fixture_ask (store, "SELECT group_concat (seq, ' ') FROM"
                              " (SELECT seq FROM event ORDER BY effective, id)");
  g_assert_cmpstr (order, ==, "1 2 3 4 5");
}

static void
test_retract (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autofree char *first = fixture_append (store, NULL, draft_rating ("find", 1));
  g_autofree char *second = fixture_append (store, NULL, draft_rating ("find", 4));
  g_autofree char *rows = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fixture_retract (store, second, NULL);
  g_assert_no_error (error);
  rows = fixture_ask (store, "SELECT now FROM self_rating");
  g_assert_cmpstr (rows, ==, "1");
  fixture_retract (store, first, "a slip");
  after = fixture_ask (store, "SELECT now FROM self_rating");
  g_assert_cmpstr (after, ==, "");
  fixture_assert_sound (store);
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (WayStore) reader = NULL;
  g_autoptr (WayStore) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *rows = NULL;

  second = way_store_open_device (fixture->path, "ann", &error);
  g_assert_null (second);
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_LOCKED);
  g_clear_error (&error);

  reader = way_store_open_device_read_only (fixture->path, &error);
  g_assert_no_error (error);
  id = fixture_append (store, NULL, draft_rating ("find", 2));
  rows = fixture_ask (reader, "SELECT id FROM event");
  g_assert_cmpstr (rows, ==, id);

  way_store_close (store);
  second = way_store_open_device (fixture->path, NULL, &error);
  g_assert_no_error (error);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *device_uri = g_strconcat ("sqlite:", fixture->path, NULL);
  g_autofree char *nothing = g_build_filename (fixture->folder, "nothing", NULL);
  g_autofree char *text = g_build_filename (fixture->folder, "text", NULL);
  g_autofree char *lock = NULL;
  GStatBuf about;
  g_autoptr (WayStore) trust = NULL;

  g_clear_object (&store);
  g_assert_null (way_store_open_device (fixture->path, "bob", &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON);
  g_clear_error (&error);

  g_assert_null (way_store_open_device (nothing, NULL, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_false (g_file_test (nothing, G_FILE_TEST_EXISTS));

  g_assert_null (way_store_open_trust (device_uri, FALSE, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG);
  g_clear_error (&error);

  trust = way_store_create_trust (fixture->uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  g_assert_null (way_store_create_trust (fixture->uri, "Again", "XYZ", TRUE, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG);
  g_clear_error (&error);

  g_assert_true (
      g_file_set_contents (text, "This is a letter to my sister, not a database.", -1, NULL));
  g_assert_cmpint (g_chmod (text, 0644), ==, 0);
  g_assert_null (way_store_open_device (text, NULL, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  /* A letter is nobody's store: it stays as readable as it was, and nothing is put beside it. */
  lock = g_strconcat (text, ".lock", NULL);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  g_assert_null (way_store_open_device (text, "ann", &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_cmpint (g_stat (text, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0644);

  g_assert_null (way_store_open_trust ("postgresql://trust.example/waymark", FALSE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_exec (way_store_get_db (store), "PRAGMA user_version = 99", NULL));
  g_clear_object (&store);
  g_assert_null (way_store_open_device (fixture->path, "ann", &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER);
}

static gboolean
say_nfs (const char *path, guint32 *magic, char **type)
{
  *magic = 0x6969;
  return TRUE;
}

static void
test_network (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = way_store_dup_local_path (fixture->path);
  g_autofree char *again = NULL;

  way_db_set_statfs_for_tests (say_nfs);
  g_assert_null (way_store_open_device (fixture->path, "ann", &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NETWORK);
  g_assert_nonnull (strstr (error->message, elsewhere));
  g_assert_true (g_str_has_prefix (elsewhere, g_get_user_data_dir ()));
  /* Where that is the place that was refused, another is named. */
  again = way_store_dup_local_path (elsewhere);
  g_assert_false (g_str_has_prefix (again, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (again, "/ann.store"));
}

static void
assert_not_kept (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (path, "ann", &error);

  g_assert_null (store);
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "nothing is kept there"));
}

/* What another account can do as itself; where the tests run as root that account is nobody. */
static void
try_as_another (Fixture *fixture)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };
  g_autofree char *laid = g_build_filename (fixture->folder, "laid.store", NULL);
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      int n_read = 0;

      if (setgroups (0, NULL) != 0 || setgid (65534) != 0 || setuid (65534) != 0)
        _exit (99);
      for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
        {
          g_autofree char *name = g_strconcat (fixture->path, endings[i], NULL);

          n_read += open (name, O_RDONLY | O_CLOEXEC) >= 0;
        }
      n_read += way_store_open_device_read_only (fixture->path, NULL) != NULL;
      n_read += way_store_open_device (fixture->path, NULL, NULL) != NULL;
      /* It lies open to it, and is not its own. */
      n_read += way_store_open_device (laid, "ann", NULL) != NULL;
      _exit (n_read);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Attack 40: files that others read, laid out beforehand by others, or that are other names of
 * theirs. */
static void
test_others (Fixture *fixture, gconstpointer data)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };
  mode_t mask = umask (0);
  g_autoptr (WayStore) store = open_device (fixture);
  g_autofree char *id = fixture_append (store, NULL, draft_rating ("find", 1));
  g_autofree char *symbolic = g_build_filename (fixture->folder, "symbolic.store", NULL);
  g_autofree char *hard = g_build_filename (fixture->folder, "hard.store", NULL);
  g_autofree char *beside = g_build_filename (fixture->folder, "beside.store-wal", NULL);
  g_autofree char *of_it = g_build_filename (fixture->folder, "beside.store", NULL);
  g_autofree char *laid = g_build_filename (fixture->folder, "laid.store", NULL);
  g_autofree char *open_folder = g_build_filename (fixture->folder, "open", NULL);
  g_autofree char *within = g_build_filename (open_folder, "ann.store", NULL);
  GStatBuf about;

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (fixture->path, endings[i], NULL);

      g_assert_cmpint (g_stat (name, &about), ==, 0);
      g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
    }
  g_assert_true (g_file_set_contents (laid, "", 0, NULL));
  g_assert_cmpint (g_chmod (laid, 0666), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  if (getuid () == 0)
    try_as_another (fixture);
  g_clear_object (&store);

  g_assert_cmpint (symlink (fixture->path, symbolic), ==, 0);
  assert_not_kept (symbolic);
  g_assert_cmpint (link (fixture->path, hard), ==, 0);
  assert_not_kept (hard);
  assert_not_kept (fixture->path);
  g_assert_cmpint (g_unlink (hard), ==, 0);
  g_assert_cmpint (symlink ("/dev/null", beside), ==, 0);
  assert_not_kept (of_it);
  g_assert_cmpint (g_unlink (beside), ==, 0);
  g_assert_cmpint (g_mkdir (open_folder, 0777), ==, 0);
  assert_not_kept (within);
  g_assert_cmpint (g_rmdir (open_folder), ==, 0);

  /* What was opened to others is closed to them. */
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  store = open_device (fixture);
  g_assert_cmpint (g_stat (fixture->path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  umask (mask);
}

static void
test_clone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autofree char *first = fixture_append (store, NULL, draft_rating ("find", 1));
  g_autofree char *second = fixture_append (store, NULL, draft_rating ("find", 4));
  g_autofree char *stream = g_strdup (way_store_get_stream (store));
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.store", NULL);
  g_autoptr (WayStore) clone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;
  guint n_unsent;

  /* The first has been received, the second not. */
  g_assert_true (way_store_set_meta (store, "acked", "1", NULL));
  g_clear_object (&store);
  fixture_copy_file (fixture->path, copy);

  clone = way_store_open_device (copy, "ann", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (way_store_get_stream (clone), !=, stream);
  rows = fixture_ask (clone, "SELECT seq, id FROM event ORDER BY effective");
  g_assert_true (g_str_has_prefix (rows, "1|"));
  g_assert_nonnull (strstr (rows, first));
  g_assert_nonnull (strstr (rows, second));
  g_assert_cmpint (way_store_get_last_seq (clone), ==, 1);
  g_assert_true (way_store_count_unsent (clone, &n_unsent, NULL));
  g_assert_cmpuint (n_unsent, ==, 1);
  fixture_assert_sound (clone);
  g_clear_object (&clone);

  /* Opened again it is itself. */
  clone = way_store_open_device (copy, "ann", &error);
  g_assert_cmpint (way_store_get_last_seq (clone), ==, 1);
  store = open_device (fixture);
  g_assert_cmpstr (way_store_get_stream (store), ==, stream);
  g_assert_cmpint (way_store_get_last_seq (store), ==, 2);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autofree char *id = fixture_append (store, NULL, draft_rating ("find", 3));
  g_autofree char *copy = g_build_filename (fixture->folder, "backup.store", NULL);
  g_autoptr (WayStore) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  g_assert_true (way_db_backup (way_store_get_db (store), copy, &error));
  opened = way_store_open_device (copy, NULL, &error);
  g_assert_no_error (error);
  rows = fixture_ask (opened, "SELECT id FROM event");
  g_assert_cmpstr (rows, ==, id);
  g_assert_cmpstr (way_store_get_stream (opened), !=, way_store_get_stream (store));
}

static void
test_check_finds (Fixture *fixture, gconstpointer data)
{
  static const char *const harms[] = {
    "UPDATE event SET body = replace (body, '3', '2') WHERE seq = 2",
    "UPDATE event SET kind = 'vote' WHERE seq = 2",
    "DELETE FROM event WHERE seq = 2",
    "UPDATE self_rating SET now = 4",
    "DELETE FROM self_rating",
  };

  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s.%u", fixture->uri, i);
      g_autoptr (WayStore) trust = NULL;
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      trust = way_store_create_trust (uri, "St Elsewhere", "XYZ", TRUE, &error);
      g_assert_no_error (error);
      id = fixture_append (trust, "ann", draft_rating ("find", 2));
      fixture_assert_sound (trust);
      g_assert_true (way_db_exec (way_store_get_db (trust), harms[i], &error));
      g_assert_true (way_store_check (trust, problems, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, >=, 1);
      if (i < 3)
        continue;
      g_assert_nonnull (strstr (problems->pdata[0], "self_rating"));
      g_assert_true (way_store_rebuild (trust, differences, &error));
      g_assert_cmpuint (differences->len, >=, 1);
      fixture_assert_sound (trust);
    }
}

static void
test_as_at (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayStore) reader = NULL;
  WayEvent *older = draft_rating ("find", 1);
  WayEvent *newer = draft_rating ("find", 4);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *then = NULL;
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  g_autofree char *synthetic = NULL;

  trust = way_store_create_trust (fixture->uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  synthetic = fixture_ask (trust, "SELECT max (synthetic) FROM organisation");
  g_assert_cmpstr (synthetic, ==, "1");
  older->at = older->received = 1000;
  /* Said before, arrived after: counts from its arrival. */
  newer->at = 2000;
  newer->received = 9000;
  first = fixture_append (trust, "ann", older);
  second = fixture_append (trust, "ann", newer);

  reader = way_store_open_trust (fixture->uri, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (way_store_as_at (reader, 9000, &error));
  g_assert_no_error (error);
  then = fixture_ask (reader, "SELECT now FROM self_rating");
  g_assert_cmpstr (then, ==, "1");
  g_assert_true (way_store_as_at (reader, 1000, &error));
  before = fixture_ask (reader, "SELECT count(*) FROM self_rating");
  g_assert_cmpstr (before, ==, "0");
  g_assert_true (way_store_as_at (reader, 0, &error));
  now = fixture_ask (reader, "SELECT now FROM self_rating");
  g_assert_cmpstr (now, ==, "4");
}

static void
test_other_text_folds_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autofree char *id = NULL;
  g_autofree char *rows = NULL;

  trust = way_store_create_trust (fixture->uri, "St Elsewhere", "XYZ", FALSE, &error);
  id = fixture_append (trust, "ann", draft_rating ("find", 2));
  g_assert_true (way_db_exec (way_store_get_db (trust),
                              "DROP TABLE self_rating; CREATE TABLE self_rating (old text);"
                              "UPDATE meta SET value = 'of 2019' WHERE key = 'derived';",
                              &error));
  g_clear_object (&trust);
  trust = way_store_open_trust (fixture->uri, TRUE, &error);
  g_assert_no_error (error);
  rows = fixture_ask (trust, "SELECT now FROM self_rating");
  g_assert_cmpstr (rows, ==, "2");
  g_clear_object (&trust);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  fixture_assert_sound (trust);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/append/survives", test_append_survives);
  ADD ("/store/append/bad-draft", test_bad_draft_changes_nothing);
  ADD ("/store/append/order-despite-clock", test_order_despite_clock);
  ADD ("/store/append/order-despite-stamp", test_order_despite_stamp);
  ADD ("/store/retract", test_retract);
  ADD ("/store/open/lock", test_lock);
  ADD ("/store/open/refusals", test_refusals);
  ADD ("/store/open/newer", test_newer);
  ADD ("/store/open/network", test_network);
  ADD ("/store/open/clone", test_clone);
  ADD ("/store/open/40-others", test_others);
  ADD ("/store/backup", test_backup);
  ADD ("/store/check/finds", test_check_finds);
  ADD ("/store/as-at", test_as_at);
  ADD ("/store/other-text-folds-again", test_other_text_folds_again);
#undef ADD
  return g_test_run ();
}
