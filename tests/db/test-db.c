/* test-db.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db-fixture.h"

#include <math.h>
#include <string.h>

static void
test_commit_and_rollback (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (way_db_begin (self->db, &error));
  g_assert_true (way_db_is_in_transaction (self->db));
  fixture_add (self->db, "pear", 1);
  way_db_rollback (self->db);
  g_assert_false (way_db_is_in_transaction (self->db));
  g_assert_cmpint (fixture_ask (self->db, "SELECT count(*) FROM fruit"), ==, 0);

  g_assert_true (way_db_begin (self->db, &error));
  fixture_add (self->db, "plum", 1);
  g_assert_cmpint (way_db_get_changes (self->db), ==, 1);
  g_assert_true (way_db_commit (self->db, &error));
  g_assert_no_error (error);
  g_assert_false (way_db_is_in_transaction (self->db));

  /* Another connection sees what was committed. */
  {
    g_autoptr (WayDb) other = way_db_open (self->uri, WAY_DB_READ_ONLY, &error);

    g_assert_no_error (error);
    g_assert_cmpint (fixture_ask (other, "SELECT count(*) FROM fruit"), ==, 1);
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
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA cell_size_check"), ==, 1);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA mmap_size"), ==, 0);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA secure_delete"), ==, 1);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA wal_autocheckpoint"), ==, 0);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA temp_store"), ==, 2);
  g_assert_cmpint (fixture_ask (self->db, "PRAGMA busy_timeout"), >=, 1000);
  /* Defensive: the schema cannot be written to as a table. */
  fixture_do (self->db, "PRAGMA writable_schema = ON");
  g_assert_false (way_db_exec (self->db, "DELETE FROM sqlite_schema", NULL));
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
  way_statement_bind_text (statement, 1, NULL);
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
  g_assert_cmpint (fixture_ask (self->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'a'"),
                   ==, 1);
  g_assert_cmpint (fixture_ask (self->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"),
                   ==, 0);
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

  fixture_add (self->db, "apple", 1);
  fixture_add (self->db, "quince", 2);
  statement = way_db_prepare (self->db, "SELECT name FROM fruit", NULL);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  g_assert_true (has_row);
  /* Somebody else writes: with the old snapshot held, no transaction could begin. */
  fixture_add (other, "medlar", 3);
  g_assert_true (way_db_begin (self->db, &error));
  g_assert_no_error (error);
  g_assert_true (way_db_commit (self->db, &error));
  g_assert_false (way_statement_step (statement, &has_row, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
}

/* What is not in the middle of its rows is given up, and asked for again like the first time. */
static void
test_rest (Fixture *self, gconstpointer data)
{
  WayStatement *statement;
  gboolean has_row;
  gint64 n = -1;

  fixture_add (self->db, "apple", 1);
  fixture_add (self->db, "pear", 2);
  statement = way_db_prepare (self->db, "SELECT name FROM fruit ORDER BY name", NULL);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  g_assert_true (way_db_get_int (self->db, "SELECT count(*) FROM fruit", &n, NULL));
  way_db_rest (self->db);
  g_assert_true (way_statement_step (statement, &has_row, NULL));
  g_assert_true (has_row);
  g_assert_cmpstr (way_statement_get_text (statement, 0), ==, "pear");
  g_assert_true (way_db_get_int (self->db, "SELECT count(*) FROM fruit", &n, NULL));
  g_assert_cmpint (n, ==, 2);
  way_statement_reset (statement);

  g_assert_true (way_db_begin (self->db, NULL));
  fixture_add (self->db, "plum", 3);
  way_db_rest (self->db);
  g_assert_true (way_db_commit (self->db, NULL));
  way_db_rest (self->db);
  g_assert_true (way_db_get_int (self->db, "SELECT count(*) FROM fruit", &n, NULL));
  g_assert_cmpint (n, ==, 3);
}

static void
test_constraint (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_do (self->db, "CREATE TABLE bowl (fruit text REFERENCES fruit (name));"
                        "INSERT INTO fruit VALUES ('fig', 1)");
  g_assert_false (way_db_exec (self->db, "INSERT INTO fruit VALUES ('fig', 2)", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (way_db_exec (self->db, "INSERT INTO bowl VALUES ('date')", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT);
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
    { "postgresql://ann:secret@db/trust", WAY_DB_ERROR_URI, "A password does not belong" },
    { "mysql://ann:secret@db/trust", WAY_DB_ERROR_URI,
      "“mysql:” databases; it has: sqlite:, postgresql:" },
    { "postgres://db/trust", WAY_DB_ERROR_URI, "user, host and database" },
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

  g_assert_no_error (error);
  fixture_do (db, "CREATE TABLE t (x integer); INSERT INTO t VALUES (3)");
  g_assert_cmpint (fixture_ask (db, "SELECT x FROM t"), ==, 3);
  g_assert_true (way_db_checkpoint (db, &error));
  g_assert_no_error (error);
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
  fixture_add (self->db, "plum", 1);
  /* In a TEMP view, as the opening of bodies is. */
  fixture_do (self->db, "CREATE TEMP VIEW loud AS SELECT shout(name) AS name FROM fruit");
  text = way_db_dup_text (self->db, "SELECT name FROM loud", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "PLUM");
  g_assert_null (way_db_dup_text (self->db, "SELECT shout(NULL)", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (calls, ==, 2);
  g_clear_pointer (&self->db, way_db_free);
  g_assert_cmpuint (calls, ==, 1002);
}

static gpointer
interrupt_soon (gpointer user_data)
{
  g_usleep (5000);
  g_cancellable_cancel (user_data);
  return NULL;
}

static void
test_interrupt (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("interrupt", interrupt_soon, cancellable);
  gint64 value;

  way_db_set_cancellable (self->db, cancellable);
  g_assert_false (way_db_get_int (self->db,
                                  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                                  " SELECT count(*) FROM n",
                                  &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  way_db_set_cancellable (self->db, NULL);
  g_assert_cmpint (fixture_ask (self->db, "SELECT 1"), ==, 1);
}

/* Total order: text by bytes, as in PostgreSQL with collation C. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  fixture_add (self->db, "a", 1);
  fixture_add (self->db, "B", 1);
  fixture_add (self->db, "é", 1);
  fixture_add (self->db, "z", 1);
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
    { "/db/statement-cache", test_statement_cache },
    { "/db/parameters", test_parameters },
    { "/db/integers-are-whole", test_integers_are_whole },
    { "/db/one-statement", test_one_statement },
    { "/db/exec-names-the-line", test_exec_names_the_line },
    { "/db/get-nothing", test_get_nothing },
    { "/db/half-read-rows", test_half_read_rows },
    { "/db/rest", test_rest },
    { "/db/constraint", test_constraint },
    { "/db/function", test_function },
    { "/db/interrupt", test_interrupt },
    { "/db/order", test_order },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/uris", test_uris);
  g_test_add_func ("/db/path", test_path);
  g_test_add_func ("/db/memory", test_memory);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, fixture_set_up, tests[i].func, fixture_tear_down);
  return g_test_run ();
}
