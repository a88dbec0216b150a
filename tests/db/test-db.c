/* test-db.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-db-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *path;
  char *uri;
  WayDb *db;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-db-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "a store.db", NULL);
  self->uri = g_strconcat ("sqlite:", self->path, NULL);
  self->db = way_db_open (self->uri, WAY_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->db);
  way_db_exec (self->db, "CREATE TABLE fruit (name text PRIMARY KEY, weight double precision)",
               &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&self->db, way_db_unref);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->uri);
}

static gint64
ask (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  way_db_get_int (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
do_sql (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
add (WayDb *db, const char *name, double weight)
{
  g_autoptr (GError) error = NULL;
  WayStatement *statement = way_db_prepare (db, "INSERT INTO fruit VALUES ($1, $2)", &error);

  g_assert_no_error (error);
  way_statement_bind_text (statement, 1, name);
  way_statement_bind_double (statement, 2, weight);
  way_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
test_commit_and_rollback (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_begin (self->db, &error));
  g_assert_true (way_db_is_in_transaction (self->db));
  add (self->db, "pear", 1);
  way_db_rollback (self->db);
  g_assert_false (way_db_is_in_transaction (self->db));
  g_assert_cmpint (ask (self->db, "SELECT count(*) FROM fruit"), ==, 0);

  g_assert_true (way_db_begin (self->db, &error));
  add (self->db, "plum", 1);
  g_assert_cmpint (way_db_get_changes (self->db), ==, 1);
  g_assert_true (way_db_commit (self->db, &error));
  g_assert_no_error (error);
  g_assert_false (way_db_is_in_transaction (self->db));

  /* Another connection sees what was committed. */
  {
    g_autoptr (WayDb) other = way_db_open (self->uri, WAY_DB_READ_ONLY, &error);

    g_assert_no_error (error);
    g_assert_cmpint (ask (other, "SELECT count(*) FROM fruit"), ==, 1);
  }
}

static void
test_transactions_do_not_nest (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_begin (self->db, NULL));
  g_assert_false (way_db_begin (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
  g_assert_true (way_db_is_in_transaction (self->db));
  way_db_rollback (self->db);
  way_db_rollback (self->db);
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  g_autofree char *mode = way_db_dup_text (self->db, "PRAGMA journal_mode", NULL);

  g_assert_cmpstr (way_db_get_engine (self->db), ==, "sqlite");
  g_assert_cmpstr (way_db_get_uri (self->db), ==, self->uri);
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (ask (self->db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (ask (self->db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (ask (self->db, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (ask (self->db, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (ask (self->db, "PRAGMA mmap_size"), ==, 0);
  g_assert_cmpint (ask (self->db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (ask (self->db, "PRAGMA wal_autocheckpoint"), ==, 0);
  g_assert_cmpint (ask (self->db, "PRAGMA temp_store"), ==, 2);
  g_assert_cmpint (ask (self->db, "PRAGMA busy_timeout"), >=, 1000);
  /* Defensive: the schema cannot be written to as a table. */
  do_sql (self->db, "PRAGMA writable_schema = ON");
  g_assert_false (way_db_exec (self->db, "DELETE FROM sqlite_schema", NULL));
}

static void
test_file_is_private (Fixture *self, gconstpointer data)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  mode_t before = umask (0);

  add (self->db, "fig", 1);
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
test_statement_cache (Fixture *self, gconstpointer data)
{
  const char *sql = "SELECT $1, $2";
  WayStatement *first = way_db_prepare (self->db, sql, NULL);
  g_autofree char *copy = g_strdup (sql);
  gboolean has_row;

  way_statement_bind_text (first, 1, "a");
  way_statement_bind_int (first, 2, 7);
  g_assert_true (way_statement_step (first, &has_row, NULL));
  g_assert_true (has_row);
  /* The same text, the same statement, nothing bound. */
  g_assert_true (way_db_prepare (self->db, copy, NULL) == first);
  g_assert_true (way_statement_step (first, &has_row, NULL));
  g_assert_true (has_row);
  g_assert_true (way_statement_is_null (first, 0));
  g_assert_true (way_statement_is_null (first, 1));
}

static void
test_parameters (Fixture *self, gconstpointer data)
{
  /* Out of order, twice, and one number left out. */
  WayStatement *statement = way_db_prepare (
      self->db, "SELECT $3 AS c, $1 AS a, $3 || 'x' AS d, CAST ($5 AS double precision)", NULL);
  gboolean has_row;

  way_statement_bind_text (statement, 1, "one");
  way_statement_bind_text (statement, 2, "ignored");
  way_statement_bind_text (statement, 3, "three");
  way_statement_bind_double (statement, 5, 0.1);
  way_statement_bind_int (statement, 99, 1);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  g_assert_true (has_row);
  g_assert_cmpint (way_statement_get_n_columns (statement), ==, 4);
  g_assert_cmpstr (way_statement_get_name (statement, 1), ==, "a");
  g_assert_cmpstr (way_statement_get_text (statement, 0), ==, "three");
  g_assert_cmpstr (way_statement_get_text (statement, 1), ==, "one");
  g_assert_cmpstr (way_statement_get_text (statement, 2), ==, "threex");
  g_assert_cmpfloat (way_statement_get_double (statement, 3), ==, 0.1);
  g_assert_true (way_statement_is_number (statement, 3));
  g_assert_false (way_statement_is_number (statement, 0));

  /* What was bound stays after a reset; NaN and NULL are NULL. */
  way_statement_reset (statement);
  way_statement_bind_null (statement, 1);
  way_statement_bind_double (statement, 5, NAN);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  g_assert_true (way_statement_is_null (statement, 1));
  g_assert_true (way_statement_is_null (statement, 3));
  g_assert_null (way_statement_get_text (statement, 1));
  g_assert_cmpstr (way_statement_get_text (statement, 0), ==, "three");
  /* At the end it stays at the end. */
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (way_statement_step (statement, &has_row, NULL));
      g_assert_false (has_row);
    }
}

static void
test_integers_are_whole (Fixture *self, gconstpointer data)
{
  static const gint64 values[] = { 0, -1, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (1) << 53 };
  WayStatement *statement = way_db_prepare (self->db, "SELECT $1", NULL);
  gboolean has_row;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      way_statement_bind_int (statement, 1, values[i]);
      g_assert_true (way_statement_step (statement, &has_row, NULL));
      g_assert_cmpint (way_statement_get_int (statement, 0), ==, values[i]);
    }
}

static void
test_one_statement (Fixture *self, gconstpointer data)
{
  static const char *const wrong[] = {
    "", "  -- nothing", "SELECT 1; SELECT 2", "SELECT 1; nonsense", "SELEKT", "SELECT \"x\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (way_db_prepare (self->db, wrong[i], &error));
      g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
    }
  g_assert_nonnull (way_db_prepare (self->db, "SELECT 1; -- and no more\n", NULL));
}

static void
test_exec_names_the_line (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (way_db_exec (self->db,
                               "-- first\n"
                               "CREATE TABLE a (x integer);\n"
                               "\n"
                               "INSERT INTO a\n"
                               "VALUES (y);\n"
                               "CREATE TABLE b (x integer);\n",
                               &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
  g_assert_true (g_str_has_prefix (error->message, "line 5: "));
  g_assert_cmpint (ask (self->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'a'"), ==, 1);
  g_assert_cmpint (ask (self->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), ==, 0);
}

static void
test_get_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 5;

  g_assert_null (way_db_dup_text (self->db, "SELECT name FROM fruit", &error));
  g_assert_no_error (error);
  g_assert_null (way_db_dup_text (self->db, "SELECT NULL", &error));
  g_assert_no_error (error);
  g_assert_true (way_db_get_int (self->db, "SELECT weight FROM fruit", &value, &error));
  g_assert_cmpint (value, ==, 0);
  g_assert_null (way_db_dup_text (self->db, "SELECT name FROM tree", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
}

static void
test_half_read_rows (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) other = way_db_open (self->uri, WAY_DB_READ_WRITE, NULL);
  WayStatement *statement;
  gboolean has_row;

  add (self->db, "apple", 1);
  add (self->db, "quince", 2);
  statement = way_db_prepare (self->db, "SELECT name FROM fruit", NULL);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  g_assert_true (has_row);
  /* Somebody else writes: with the old snapshot held, no transaction could begin. */
  add (other, "medlar", 3);
  g_assert_true (way_db_begin (self->db, &error));
  g_assert_no_error (error);
  g_assert_true (way_db_commit (self->db, &error));
  g_assert_false (way_statement_step (statement, &has_row, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
}

static void
test_busy (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) other = way_db_open (self->uri, WAY_DB_READ_WRITE, NULL);

  do_sql (other, "PRAGMA busy_timeout = 20");
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

  add (self->db, "before", 1);
  do_sql (self->db, "PRAGMA max_page_count = 20");
  g_assert_true (way_db_begin (self->db, NULL));
  statement = way_db_prepare (self->db, "INSERT INTO fruit VALUES ($1, 1)", NULL);
  way_statement_bind_text (statement, 1, big);
  g_assert_false (way_statement_run (statement, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_FULL);
  way_db_rollback (self->db);
  g_assert_cmpint (ask (self->db, "SELECT count(*) FROM fruit"), ==, 1);

  /* With room again the same statement goes on. */
  do_sql (self->db, "PRAGMA max_page_count = 1000000");
  g_clear_error (&error);
  g_assert_true (way_statement_run (statement, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (self->db, "SELECT count(*) FROM fruit"), ==, 2);
}

static void
test_constraint (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  do_sql (self->db, "CREATE TABLE bowl (fruit text REFERENCES fruit (name));"
                    "INSERT INTO fruit VALUES ('fig', 1)");
  g_assert_false (way_db_exec (self->db, "INSERT INTO fruit VALUES ('fig', 2)", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (way_db_exec (self->db, "INSERT INTO bowl VALUES ('date')", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT);
}

/* The disk failing is simulated by the file moving away under the connection, which
 * SQLite refuses to write to. */
static void
test_disk_failed (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  do_sql (self->db, "PRAGMA journal_mode = DELETE");
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_true (way_db_begin (self->db, NULL));
  g_assert_false (way_db_exec (self->db, "INSERT INTO fruit VALUES ('fig', 1)", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
  way_db_rollback (self->db);
  /* Nothing more is written on this connection. */
  g_clear_error (&error);
  g_assert_false (way_db_begin (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (way_db_checkpoint (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
}

static void
test_uris (void)
{
  static const struct
  {
    const char *uri;
    int code;
    const char *says;
  } cases[] = {
    { "", WAY_DB_ERROR_URI, "sqlite:" },
    { "store.db", WAY_DB_ERROR_URI, "sqlite:" },
    { "/tmp/store.db", WAY_DB_ERROR_URI, "sqlite:" },
    { "sqlite:", WAY_DB_ERROR_URI, "no file" },
    { "postgresql://ann:secret@db/trust", WAY_DB_ERROR_URI,
      "“postgresql:” databases; it has: sqlite:" },
    { "postgres://db/trust", WAY_DB_ERROR_URI, "it has: sqlite:" },
    { "mysql://db", WAY_DB_ERROR_URI, "mysql" },
    { "sqlite:/nowhere/at/all.db", WAY_DB_ERROR_OPEN, "/nowhere/at/all.db" },
    { "sqlite:/tmp", WAY_DB_ERROR_OPEN, "not a file" },
    { "sqlite:/dev/null", WAY_DB_ERROR_OPEN, "not a file" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (way_db_open (cases[i].uri, WAY_DB_READ_WRITE, &error));
      g_assert_error (error, WAY_DB_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_path (void)
{
  g_autofree char *path = way_db_dup_path ("sqlite:/a/../b/c d.db");
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *relative = way_db_dup_path ("sqlite:file:x?mode=memory");

  g_assert_cmpstr (path, ==, "/b/c d.db");
  g_assert_true (g_str_has_prefix (relative, here));
  g_assert_null (way_db_dup_path ("sqlite::memory:"));
  g_assert_null (way_db_dup_path ("sqlite:"));
  g_assert_null (way_db_dup_path ("postgresql://db/trust"));
  g_assert_null (way_db_dup_path ("/a/b"));
}

static void
test_memory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open ("sqlite::memory:", WAY_DB_READ_WRITE, &error);
  g_autoptr (WayDb) other = way_db_ref (db);

  g_assert_no_error (error);
  do_sql (db, "CREATE TABLE t (x integer); INSERT INTO t VALUES (3)");
  g_assert_cmpint (ask (other, "SELECT x FROM t"), ==, 3);
  g_assert_true (way_db_checkpoint (db, &error));
  g_assert_no_error (error);
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
  g_assert_cmpint (ask (db, "SELECT count(*) FROM fruit"), ==, 0);
  /* What is derived may be made beside it. */
  do_sql (db,
          "CREATE TEMP TABLE basket AS SELECT name FROM fruit; INSERT INTO basket VALUES ('x')");
  g_assert_cmpint (ask (db, "SELECT count(*) FROM basket"), ==, 1);
  /* And it sees what the writer commits. */
  add (self->db, "plum", 1);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM fruit"), ==, 1);
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

  add (self->db, "plum", 1);
  add (self->db, "pear", 1);
  copy_file (self->path, copy);
  copy_file (wal, copy_wal);
  db = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM fruit"), ==, 2);
  g_clear_pointer (&db, way_db_unref);
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

  add (self->db, "plum", 1);
  do_sql (self->db, "PRAGMA journal_mode = DELETE; PRAGMA cache_spill = 1; PRAGMA cache_size = 1");
  g_assert_true (way_db_begin (self->db, NULL));
  do_sql (self->db,
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
          " INSERT INTO fruit SELECT 'fruit ' || i, i FROM n");
  copy_file (self->path, copy);
  copy_file (journal, copy_journal);
  way_db_rollback (self->db);

  db = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM fruit"), ==, 1);
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

  do_sql (self->db,
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
          " INSERT INTO fruit SELECT 'fruit ' || i, i FROM n");
  g_assert_true (way_db_integrity (self->db, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  g_clear_pointer (&self->db, way_db_unref);
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

  do_sql (self->db, "CREATE TABLE bowl (fruit text REFERENCES fruit (name));"
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
          g_clear_pointer (&db, way_db_unref);
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
  do_sql (db, "CREATE TABLE t (x integer)");
  g_assert_true (way_db_begin (db, &error));
  do_sql (db, "INSERT INTO t VALUES (1)");
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

      add (self->db, name, i);
    }
  /* More than SQLite's own limit of 1,000 pages: nobody but us empties the log. */
  g_assert_cmpint (g_stat (wal, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_size, >, 1200 * 4096);

  statement = way_db_prepare (reader, "SELECT name FROM fruit", NULL);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  add (self->db, "last", 1);
  g_assert_false (way_db_checkpoint (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_BUSY);
  way_statement_reset (statement);
  g_clear_error (&error);
  g_assert_true (way_db_checkpoint (self->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (wal, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_size, ==, 0);
  g_assert_cmpint (ask (reader, "SELECT count(*) FROM fruit"), ==, 1201);
  g_assert_cmpint (ask (self->db, "PRAGMA busy_timeout"), >=, 1000);
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

  add (self->db, "plum", 1.5);
  do_sql (self->db, "PRAGMA user_version = 7");
  g_assert_true (way_db_backup (self->db, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  g_assert_cmphex (buffer.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  copy = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (copy, "SELECT count(*) FROM fruit WHERE weight = 1.5"), ==, 1);
  g_assert_cmpint (ask (copy, "PRAGMA user_version"), ==, 7);

  /* Never over a file that is there; nothing is left of one that fails. */
  g_assert_false (way_db_backup (self->db, path, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_false (way_db_backup (self->db, "/nowhere/at/all.db", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN);
}

static char *
shout (const char *text, gpointer user_data)
{
  guint *calls = user_data;

  ++*calls;
  return text != NULL ? g_ascii_strup (text, -1) : NULL;
}

static void
count_destroy (gpointer user_data)
{
  guint *calls = user_data;

  *calls += 1000;
}

static void
test_function (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint calls = 0;

  g_assert_true (way_db_add_function (self->db, "shout", shout, &calls, count_destroy, &error));
  g_assert_no_error (error);
  add (self->db, "plum", 1);
  /* In a TEMP view, as the opening of bodies is. */
  do_sql (self->db, "CREATE TEMP VIEW loud AS SELECT shout(name) AS name FROM fruit");
  text = way_db_dup_text (self->db, "SELECT name FROM loud", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "PLUM");
  g_assert_null (way_db_dup_text (self->db, "SELECT shout(NULL)", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (calls, ==, 2);
  g_clear_pointer (&self->db, way_db_unref);
  g_assert_cmpuint (calls, ==, 1002);
}

static gpointer
interrupt_soon (gpointer user_data)
{
  for (int i = 0; i < 200; i++)
    {
      g_usleep (5000);
      way_db_interrupt (user_data);
    }
  way_db_unref (user_data);
  return NULL;
}

static void
test_interrupt (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("interrupt", interrupt_soon, way_db_ref (self->db));
  gint64 value;

  g_assert_false (way_db_get_int (self->db,
                                  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                  " SELECT count(*) FROM n",
                                  &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_cmpint (ask (self->db, "SELECT 1"), ==, 1);
}

/* Total order: text by bytes, as in PostgreSQL with collation C. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  add (self->db, "a", 1);
  add (self->db, "B", 1);
  add (self->db, "é", 1);
  add (self->db, "z", 1);
  text = way_db_dup_text (self->db,
                          "SELECT group_concat(name, ' ') FROM"
                          " (SELECT name FROM fruit ORDER BY name)",
                          NULL);
  g_assert_cmpstr (text, ==, "B a z é");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/db/commit-and-rollback", test_commit_and_rollback },
    { "/db/transactions-do-not-nest", test_transactions_do_not_nest },
    { "/db/settings", test_settings },
    { "/db/file-is-private", test_file_is_private },
    { "/db/statement-cache", test_statement_cache },
    { "/db/parameters", test_parameters },
    { "/db/integers-are-whole", test_integers_are_whole },
    { "/db/one-statement", test_one_statement },
    { "/db/exec-names-the-line", test_exec_names_the_line },
    { "/db/get-nothing", test_get_nothing },
    { "/db/half-read-rows", test_half_read_rows },
    { "/db/busy", test_busy },
    { "/db/full", test_full },
    { "/db/constraint", test_constraint },
    { "/db/disk-failed", test_disk_failed },
    { "/db/not-created", test_not_created },
    { "/db/read-only", test_read_only },
    { "/db/read-only-after-a-kill", test_read_only_after_a_kill },
    { "/db/read-only-hot-journal", test_read_only_hot_journal },
    { "/db/corrupt", test_corrupt },
    { "/db/damaged-page", test_damaged_page },
    { "/db/broken-reference", test_broken_reference },
    { "/db/network", test_network },
    { "/db/no-shared-memory", test_no_shared_memory },
    { "/db/checkpoint", test_checkpoint },
    { "/db/backup", test_backup },
    { "/db/function", test_function },
    { "/db/interrupt", test_interrupt },
    { "/db/order", test_order },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/uris", test_uris);
  g_test_add_func ("/db/path", test_path);
  g_test_add_func ("/db/memory", test_memory);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
