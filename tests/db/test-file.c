/* test-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db-fixture.h"

#include "db/way-db-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
test_file_is_private (Fixture *self, gconstpointer data)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  mode_t before = umask (0);

  fixture_add (self->db, "fig", 1);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->path, ends[i], NULL);
      GStatBuf buffer;

      g_assert_cmpint (g_stat (path, &buffer), ==, 0);
      g_assert_cmphex (buffer.st_mode & 0777, ==, 0600);
    }
  umask (before);
}

static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) other = way_db_open (self->uri, WAY_DB_READ_WRITE, NULL);

  fixture_do (other, "PRAGMA busy_timeout = 20");
  g_assert_true (way_db_begin (self->db, NULL));
  g_assert_false (way_db_begin (other, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_BUSY);
  way_db_rollback (self->db);
  g_clear_error (&error);
  g_assert_true (way_db_begin (other, &error));
  g_assert_true (way_db_commit (other, &error));
}

static void
test_full (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (200000, 'x');
  WayStatement *statement;

  fixture_add (self->db, "before", 1);
  fixture_do (self->db, "PRAGMA max_page_count = 20");
  g_assert_true (way_db_begin (self->db, NULL));
  statement = way_db_prepare (self->db, "INSERT INTO fruit VALUES ($1, 1)", NULL);
  way_statement_bind_text (statement, 1, big);
  g_assert_false (way_statement_run (statement, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_FULL);
  way_db_rollback (self->db);
  g_assert_cmpint (fixture_ask (self->db, "SELECT count(*) FROM fruit"), ==, 1);

  /* With room again the same statement goes on. */
  fixture_do (self->db, "PRAGMA max_page_count = 1000000");
  g_clear_error (&error);
  g_assert_true (way_statement_run (statement, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_ask (self->db, "SELECT count(*) FROM fruit"), ==, 2);
}

/* The disk failing is simulated by the file moving away under the connection, which is not
 * written to any more. */
static void
test_disk_failed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_do (self->db, "PRAGMA journal_mode = DELETE");
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_false (way_db_begin (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
  /* Nothing more is written on this connection. */
  g_clear_error (&error);
  g_assert_false (way_db_begin (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (way_db_checkpoint (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
}

static void
test_not_created (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "other.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  g_assert_null (way_db_open (uri, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_null (way_db_open (uri, WAY_DB_READ_ONLY | WAY_DB_CREATE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (self->uri, WAY_DB_READ_ONLY, &error);

  g_assert_no_error (error);
  g_assert_false (way_db_exec (db, "INSERT INTO fruit VALUES ('fig', 1)", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM fruit"), ==, 0);
  /* What is derived may be made beside it. */
  fixture_do (
      db, "CREATE TEMP TABLE basket AS SELECT name FROM fruit; INSERT INTO basket VALUES ('x')");
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM basket"), ==, 1);
  /* And it sees what the writer commits. */
  fixture_add (self->db, "plum", 1);
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM fruit"), ==, 1);
}

/* Copies the files as a killed program leaves them. */
static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, length, &error);
  g_assert_no_error (error);
}

static void
test_read_only_after_a_kill (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *copy = g_build_filename (self->folder, "killed.db", NULL);
  g_autofree char *copy_wal = g_strconcat (copy, "-wal", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", copy, NULL);

  fixture_add (self->db, "plum", 1);
  fixture_add (self->db, "pear", 1);
  copy_file (self->path, copy);
  copy_file (wal, copy_wal);
  db = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM fruit"), ==, 2);
  g_clear_pointer (&db, way_db_free);
  /* Looking changed nothing: the log is still there. */
  g_assert_true (g_file_test (copy_wal, G_FILE_TEST_EXISTS));
}

static void
test_read_only_hot_journal (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autofree char *copy = g_build_filename (self->folder, "killed.db", NULL);
  g_autofree char *copy_journal = g_strconcat (copy, "-journal", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", copy, NULL);

  fixture_add (self->db, "plum", 1);
  fixture_do (self->db,
              "PRAGMA journal_mode = DELETE; PRAGMA cache_spill = 1; PRAGMA cache_size = 1");
  g_assert_true (way_db_begin (self->db, NULL));
  fixture_do (self->db,
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
              " INSERT INTO fruit SELECT 'fruit ' || i, i FROM n");
  copy_file (self->path, copy);
  copy_file (journal, copy_journal);
  way_db_rollback (self->db);

  db = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM fruit"), ==, 1);
}

static void
test_corrupt (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "bad.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *text = g_strnfill (8192, 'n');

  g_assert_true (g_file_set_contents (path, text, 8192, NULL));
  g_assert_null (way_db_open (uri, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (way_db_open (uri, WAY_DB_READ_ONLY, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CORRUPT);
}

static void
test_damaged_page (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *bytes = NULL;
  gsize length;

  fixture_do (self->db,
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
              " INSERT INTO fruit SELECT 'fruit ' || i, i FROM n");
  g_assert_true (way_db_integrity (self->db, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  g_clear_pointer (&self->db, way_db_free);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 5 * 4096);
  memset (bytes + 3 * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (self->path, bytes, length, NULL));

  self->db = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (way_db_integrity (self->db, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  g_assert_false (way_db_exec (self->db, "SELECT sum(weight) FROM fruit", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CORRUPT);
}

static void
test_broken_reference (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  fixture_do (self->db, "CREATE TABLE bowl (fruit text REFERENCES fruit (name));"
                        "PRAGMA foreign_keys = OFF; INSERT INTO bowl VALUES ('ghost')");
  g_assert_true (way_db_integrity (self->db, problems, NULL));
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (problems, 0), "bowl"));
}

static guint32 fake_magic;
static const char *fake_type;
static const char *fake_existing; /* (nullable) the only path that exists */

static gboolean
fake_statfs (const char *path, guint32 *magic, char **type)
{
  if (fake_existing != NULL && !g_str_equal (path, fake_existing))
    return FALSE;
  *magic = fake_magic;
  *type = g_strdup (fake_type);
  return TRUE;
}

static void
test_network (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint32 magic;
    const char *type;
    gboolean is_network;
  } cases[] = {
    { 0x6969, NULL, TRUE },     /* NFS */
    { 0xff534d42, NULL, TRUE }, /* CIFS */
    { 0xfe534d42, NULL, TRUE }, /* SMB2 */
    { 0x01021997, NULL, TRUE }, /* 9P */
    { 0x5346414f, NULL, TRUE }, /* AFS */
    { 0x00c36400, NULL, TRUE }, /* Ceph */
    { 0x786f4256, NULL, TRUE }, /* VirtualBox */
    { 0x65735546, "fuse.sshfs", TRUE },
    { 0x65735546, NULL, TRUE },
    { 0x65735546, "fuseblk", FALSE },
    { 0x65735546, "fuse.gocryptfs", FALSE },
    { 0xef53, NULL, FALSE },     /* ext4 */
    { 0x9123683e, NULL, FALSE }, /* btrfs */
    { 0x58465342, NULL, FALSE }, /* xfs */
    { 0x01021994, NULL, FALSE }, /* tmpfs, one digit from 9P */
    { 0xf15f, NULL, FALSE },     /* ecryptfs */
  };
  g_autofree char *path = g_build_filename (self->folder, "new.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);

  way_db_set_statfs_for_tests (fake_statfs);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayDb) db = NULL;

      fake_magic = cases[i].magic;
      fake_type = cases[i].type;
      db = way_db_open (uri, WAY_DB_CREATE, &error);
      if (cases[i].is_network)
        {
          g_assert_null (db);
          g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_NETWORK_FS);
          g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
        }
      else
        {
          g_assert_no_error (error);
          g_clear_pointer (&db, way_db_free);
          g_unlink (path);
        }
    }
  /* Where neither file nor folder exists yet, the nearest folder above decides. */
  fake_magic = 0x6969;
  fake_existing = "/home";
  g_assert_true (way_file_system_is_network ("/home/ann/.local/share/x.db", NULL));
  g_assert_false (way_file_system_is_network ("/var/lib/x.db", NULL));
  fake_existing = NULL;
  way_db_set_statfs_for_tests (NULL);
  g_assert_false (way_file_system_is_network ("/proc/self/nothing/here", NULL));
}

static void
test_no_shared_memory (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "new.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *mode = NULL;
  g_autoptr (WayDb) db = NULL;

  way_sqlite_set_vfs_for_tests ("unix-dotfile");
  db = way_db_open (uri, WAY_DB_CREATE, &error);
  way_sqlite_set_vfs_for_tests (NULL);
  g_assert_no_error (error);
  mode = way_db_dup_text (db, "PRAGMA journal_mode", NULL);
  g_assert_cmpstr (mode, ==, "delete");
  fixture_do (db, "CREATE TABLE t (x integer)");
  g_assert_true (way_db_begin (db, &error));
  fixture_do (db, "INSERT INTO t VALUES (1)");
  g_assert_true (way_db_commit (db, &error));
  g_assert_true (way_db_checkpoint (db, &error));
  g_assert_no_error (error);
}

static void
test_checkpoint (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) reader = way_db_open (self->uri, WAY_DB_READ_ONLY, NULL);
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  WayStatement *statement;
  gboolean has_row;
  GStatBuf buffer;

  for (int i = 0; i < 1200; i++)
    {
      g_autofree char *name = g_strdup_printf ("fruit %d", i);

      fixture_add (self->db, name, i);
    }
  /* More than SQLite's own limit of 1,000 pages: nobody but us empties the log. */
  g_assert_cmpint (g_stat (wal, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_size, >, 1200 * 4096);

  statement = way_db_prepare (reader, "SELECT name FROM fruit", NULL);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  fixture_add (self->db, "last", 1);
  g_assert_false (way_db_checkpoint (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_BUSY);
  way_statement_reset (statement);
  g_clear_error (&error);
  g_assert_true (way_db_checkpoint (self->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (wal, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_size, ==, 0);
  g_assert_cmpint (fixture_ask (reader, "SELECT count(*) FROM fruit"), ==, 1201);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA busy_timeout"), >=, 1000);
}

static void
test_backup (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "it's a copy.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (WayDb) copy = NULL;
  GStatBuf buffer;

  fixture_add (self->db, "plum", 1.5);
  fixture_do (self->db, "PRAGMA user_version = 7");
  g_assert_true (way_db_backup (self->db, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  g_assert_cmphex (buffer.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  copy = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_ask (copy, "SELECT count(*) FROM fruit WHERE weight = 1.5"), ==, 1);
  g_assert_cmpint (fixture_ask (copy, "PRAGMA user_version"), ==, 7);

  /* Never over a file that is there; nothing is left of one that fails. */
  g_assert_false (way_db_backup (self->db, path, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_false (way_db_backup (self->db, "/nowhere/at/all.db", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/db/file/file-is-private", test_file_is_private },
    { "/db/file/busy", test_busy },
    { "/db/file/full", test_full },
    { "/db/file/disk-failed", test_disk_failed },
    { "/db/file/not-created", test_not_created },
    { "/db/file/read-only", test_read_only },
    { "/db/file/read-only-after-a-kill", test_read_only_after_a_kill },
    { "/db/file/read-only-hot-journal", test_read_only_hot_journal },
    { "/db/file/corrupt", test_corrupt },
    { "/db/file/damaged-page", test_damaged_page },
    { "/db/file/broken-reference", test_broken_reference },
    { "/db/file/network", test_network },
    { "/db/file/no-shared-memory", test_no_shared_memory },
    { "/db/file/checkpoint", test_checkpoint },
    { "/db/file/backup", test_backup },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);
  return g_test_run ();
}
