/* test-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-db.h"
#include "db/way-trial-server.h"

#include <string.h>

/* Statements that are sent together: in order, each by itself, and nothing lost between. */

static WayTrialServer *server;

typedef struct
{
  char *uri;
  WayDb *db;
} Fixture;

static void
fixture_do (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "postgres");
  self->db = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  fixture_do (self->db, "DROP TABLE IF EXISTS fruit; CREATE TABLE fruit (name text UNIQUE)");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  way_db_free (self->db);
  g_free (self->uri);
}

static WayStatement *
queue (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  WayStatement *statement = way_db_queue (self->db, sql, &error);

  g_assert_no_error (error);
  return statement;
}

static void
send_queue (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  way_db_send_queue (self->db, &error);
  g_assert_no_error (error);
}

static void
assert_row (WayStatement *statement, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gboolean has_row;

  way_statement_step (statement, &has_row, &error);
  g_assert_no_error (error);
  g_assert_cmpint (has_row, ==, expected != NULL);
  if (expected != NULL)
    g_assert_cmpstr (way_statement_get_text (statement, 0), ==, expected);
}

static void
test_in_order (Fixture *self, gconstpointer data)
{
  g_autoptr (WayStatement) first = queue (self, "INSERT INTO fruit VALUES ($1) RETURNING name");
  g_autoptr (WayStatement) second = queue (self, "SELECT name || $1 FROM fruit");
  g_autoptr (WayStatement) third = queue (self, "SELECT n FROM generate_series (1, $1) AS n");

  way_statement_bind_text (first, 1, "plum");
  way_statement_bind_text (second, 1, "s");
  way_statement_bind_int (third, 1, 3);
  send_queue (self);
  assert_row (first, "plum");
  assert_row (first, NULL);
  assert_row (second, "plums");
  assert_row (second, NULL);
  assert_row (third, "1");
  assert_row (third, "2");
  assert_row (third, "3");
  assert_row (third, NULL);
  /* And the connection is as it was. */
  fixture_do (self->db, "INSERT INTO fruit VALUES ('pear')");
}

/* One that fails spoils neither what came before nor what comes after. */
static void
test_each_by_itself (Fixture *self, gconstpointer data)
{
  g_autoptr (WayStatement) first = queue (self, "INSERT INTO fruit VALUES ('plum')");
  g_autoptr (WayStatement) second = queue (self, "INSERT INTO fruit VALUES ('plum')");
  g_autoptr (WayStatement) third = queue (self, "SELECT nothing FROM nowhere");
  g_autoptr (WayStatement) fourth = queue (self, "SELECT count (*) FROM fruit");
  g_autoptr (GError) error = NULL;
  gboolean has_row;

  send_queue (self);
  assert_row (first, NULL);
  g_assert_false (way_statement_step (second, &has_row, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (way_statement_step (third, &has_row, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
  assert_row (fourth, "1");
}

static void
test_read_past (Fixture *self, gconstpointer data)
{
  WayStatement *first = queue (self, "SELECT n FROM generate_series (1, 10000) AS n");
  WayStatement *second = queue (self, "SELECT n FROM generate_series (1, 10000) AS n");
  WayStatement *third = queue (self, "SELECT 'third'");
  WayStatement *fourth = queue (self, "SELECT 'fourth' FROM generate_series (1, 10000)");
  g_autoptr (GError) error = NULL;
  gint64 value;

  send_queue (self);
  assert_row (first, "1");
  way_statement_free (first);
  assert_row (third, "third");
  assert_row (second, NULL);
  assert_row (fourth, "fourth");
  /* Something else wants the connection: what is left is read past. */
  g_assert_true (way_db_get_int (self->db, "SELECT 7", &value, &error));
  g_assert_cmpint (value, ==, 7);
  way_statement_free (fourth);
  way_statement_free (second);
  way_statement_free (third);
  /* Never sent, never heard of again. */
  first = queue (self, "INSERT INTO fruit VALUES ('quince')");
  way_statement_free (first);
  g_assert_true (way_db_get_int (self->db, "SELECT count (*) FROM fruit", &value, &error));
  g_assert_cmpint (value, ==, 0);
}

static void
test_arrays (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = { "a", NULL, "", "\xff\xfe", "{\"x\\\\\":1}" };
  static const gint64 ints[] = { G_MININT64, -1, 0, G_MAXINT64 };
  g_autoptr (WayStatement)
      first = queue (self, "SELECT string_agg (coalesce (encode (u, 'hex'), '-'), ',' ORDER BY n)"
                           " FROM unnest (CAST($1 AS bytea[])) WITH ORDINALITY AS x (u, n)");
  g_autoptr (WayStatement)
      second = queue (self, "SELECT array_to_string (CAST($1 AS bigint[]), ',')");
  g_autoptr (WayStatement) third =
      queue (self, "SELECT cardinality (CAST($1 AS bytea[])) + cardinality (CAST($2 AS bigint[]))");

  way_statement_bind_texts (first, 1, texts, G_N_ELEMENTS (texts));
  way_statement_bind_ints (second, 1, ints, G_N_ELEMENTS (ints));
  way_statement_bind_texts (third, 1, texts, 0);
  way_statement_bind_ints (third, 2, ints, 0);
  send_queue (self);
  assert_row (first, "61,-,,fffe,7b22785c5c223a317d");
  assert_row (second, "-9223372036854775808,-1,0,9223372036854775807");
  assert_row (third, "0");
}

/* Neither side may wait for the other to listen. */
static void
test_much_both_ways (Fixture *self, gconstpointer data)
{
  g_autofree char *much = g_strnfill (4 * 1024 * 1024, 'x');
  WayStatement *statements[4];

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      statements[i] = queue (self, "SELECT CAST($1 AS text)");
      way_statement_bind_text (statements[i], 1, much);
    }
  send_queue (self);
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      assert_row (statements[i], much);
      assert_row (statements[i], NULL);
      way_statement_free (statements[i]);
    }
}

/* A server that never stops talking is left. */
static void
test_endless (Fixture *self, gconstpointer data)
{
  g_autoptr (WayStatement)
      statement = queue (self, "SELECT repeat ('x', 1000000) FROM generate_series (1, 1000000)");
  g_autoptr (GError) error = NULL;
  gboolean has_row = TRUE;
  guint n_rows = 0;

  send_queue (self);
  while (has_row && way_statement_step (statement, &has_row, &error))
    n_rows++;
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_assert_cmpuint (n_rows, <, 100);
}

static void
test_backend_killed (Fixture *self, gconstpointer data)
{
  g_autoptr (WayStatement) first = queue (self, "SELECT 1");
  g_autoptr (WayStatement) second = queue (self, "SELECT pg_terminate_backend (pg_backend_pid ())");
  g_autoptr (WayStatement) third = queue (self, "SELECT 3");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  gboolean has_row = TRUE;

  send_queue (self);
  assert_row (first, "1");
  while (has_row && way_statement_step (second, &has_row, &error))
    ;
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_assert_false (way_statement_step (third, &has_row, &other) && has_row);
  g_clear_error (&other);
  g_assert_null (way_db_queue (self->db, "SELECT 4", &other));
  g_assert_error (other, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/queue/in-order", test_in_order);
  ADD ("/db/queue/each-by-itself", test_each_by_itself);
  ADD ("/db/queue/read-past", test_read_past);
  ADD ("/db/queue/arrays", test_arrays);
  ADD ("/db/queue/much-both-ways", test_much_both_ways);
  ADD ("/db/queue/32-endless", test_endless);
  ADD ("/db/queue/27-backend-killed", test_backend_killed);
#undef ADD
  result = g_test_run ();
  way_trial_server_free (server);
  return result;
}
