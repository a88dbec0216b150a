/* test-postgresql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-db.h"
#include "db/way-trial-server.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

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

static gint64
fixture_ask (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  way_db_get_int (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "postgres");
  self->db = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  fixture_do (self->db, "DROP TABLE IF EXISTS fruit;"
                        "CREATE TABLE fruit (name text UNIQUE, weight double precision);");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  way_db_free (self->db);
  g_free (self->uri);
}

static void
test_rows (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  WayStatement *statement;
  gboolean has_row;

  g_assert_cmpstr (way_db_get_engine (self->db), ==, "postgresql");
  statement = way_db_prepare (self->db, "INSERT INTO fruit VALUES ($1, $2)", &error);
  way_statement_bind_text (statement, 1, "pear’s");
  way_statement_bind_double (statement, 2, 0.1);
  way_statement_bind_text (statement, 7, "a parameter that is not there");
  g_assert_true (way_statement_run (statement, &error));
  g_assert_cmpint (way_db_get_changes (self->db), ==, 1);
  way_statement_bind_text (statement, 1, "plum");
  way_statement_bind_double (statement, 2, NAN);
  g_assert_true (way_statement_run (statement, &error));
  g_assert_no_error (error);

  statement = way_db_prepare (self->db, "SELECT name, weight, 7 AS n FROM fruit ORDER BY name",
                              &error);
  g_assert_cmpint (way_statement_get_n_columns (statement), ==, 3);
  g_assert_cmpstr (way_statement_get_name (statement, 1), ==, "weight");
  g_assert_true (way_statement_step (statement, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpstr (way_statement_get_text (statement, 0), ==, "pear’s");
  g_assert_cmpfloat (way_statement_get_double (statement, 1), ==, 0.1);
  g_assert_false (way_statement_is_number (statement, 0));
  g_assert_true (way_statement_is_number (statement, 1));
  g_assert_cmpint (way_statement_get_int (statement, 2), ==, 7);
  g_assert_true (way_statement_step (statement, &has_row, &error));
  g_assert_true (way_statement_is_null (statement, 1));
  g_assert_true (way_statement_step (statement, &has_row, &error));
  g_assert_false (has_row);
  g_assert_true (way_statement_step (statement, &has_row, &error));
  g_assert_false (has_row);
}

/* Rows come one by one; another statement in between does not lose any. */
static void
test_two_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  WayStatement *many, *one;
  gboolean has_row;
  gint64 sum = 0;

  many = way_db_prepare (self->db, "SELECT n FROM generate_series (1, 1000) AS n", &error);
  one = way_db_prepare (self->db, "SELECT CAST($1 AS integer) * 2", &error);
  for (;;)
    {
      gint64 n;

      g_assert_true (way_statement_step (many, &has_row, &error));
      if (!has_row)
        break;
      n = way_statement_get_int (many, 0);
      way_statement_bind_int (one, 1, n);
      g_assert_true (way_statement_step (one, &has_row, &error));
      g_assert_cmpint (way_statement_get_int (one, 0), ==, 2 * n);
      way_statement_reset (one);
      sum += n;
    }
  g_assert_cmpint (sum, ==, 500500);

  /* Left in the middle, the connection serves the next. */
  way_statement_reset (many);
  g_assert_true (way_statement_step (many, &has_row, &error));
  way_statement_reset (many);
  g_assert_cmpint (fixture_ask (self->db, "SELECT 5"), ==, 5);
}

static void
test_transactions (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) other = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);

  g_assert_true (way_db_begin (self->db, &error));
  g_assert_true (way_db_is_in_transaction (self->db));
  fixture_do (self->db, "INSERT INTO fruit VALUES ('pear', 1)");
  g_assert_false (way_db_begin (self->db, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
  g_clear_error (&error);
  g_assert_cmpint (fixture_ask (other, "SELECT count(*) FROM fruit"), ==, 0);
  way_db_rollback (self->db);
  g_assert_false (way_db_is_in_transaction (self->db));
  g_assert_true (way_db_begin (self->db, &error));
  fixture_do (self->db, "INSERT INTO fruit VALUES ('pear', 1)");
  g_assert_true (way_db_commit (self->db, &error));
  g_assert_cmpint (fixture_ask (other, "SELECT count(*) FROM fruit"), ==, 1);

  /* Who reads in a transaction sees one moment. */
  fixture_do (other, "BEGIN");
  g_assert_cmpint (fixture_ask (other, "SELECT count(*) FROM fruit"), ==, 1);
  fixture_do (self->db, "INSERT INTO fruit VALUES ('plum', 1)");
  g_assert_cmpint (fixture_ask (other, "SELECT count(*) FROM fruit"), ==, 1);
  way_db_rollback (other);
  g_assert_cmpint (fixture_ask (other, "SELECT count(*) FROM fruit"), ==, 2);
}

static void
test_errors (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    WayDbError code;
  } rows[] = {
    { "INSERT INTO fruit VALUES ('fig', 1), ('fig', 2)", WAY_DB_ERROR_CONSTRAINT },
    { "SELECT CAST('x' AS integer)", WAY_DB_ERROR_CONSTRAINT },
    { "SELECT nothing FROM nowhere", WAY_DB_ERROR_SQL },
    { "SET statement_timeout = 1; SELECT pg_sleep (1)", WAY_DB_ERROR_BUSY },
    { "SET statement_timeout = 0; BEGIN READ ONLY; DELETE FROM fruit", WAY_DB_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (way_db_exec (self->db, rows[i].sql, &error));
      g_assert_error (error, WAY_DB_ERROR, (int) rows[i].code);
      way_db_rollback (self->db);
    }
  g_assert_null (way_db_prepare (self->db, "SELECT 1; SELECT 2", NULL));
  g_assert_cmpint (fixture_ask (self->db, "SELECT 5"), ==, 5);
}

static gpointer
interrupt_cb (gpointer data)
{
  g_usleep (200000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_interrupt (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("interrupt", interrupt_cb, cancellable);
  gint64 value;

  way_db_set_cancellable (self->db, cancellable);
  g_assert_false (way_db_get_int (self->db, "SELECT 1 FROM pg_sleep (20)", &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  /* Whatever is asked until it is taken back ends at once, and nothing after that. */
  g_clear_error (&error);
  g_assert_false (way_db_get_int (self->db, "SELECT 1 FROM pg_sleep (20)", &value, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  way_db_set_cancellable (self->db, NULL);
  g_assert_cmpint (fixture_ask (self->db, "SELECT 5"), ==, 5);
}

/* A connection that was lost says so, and writes nothing more. */
static void
test_lost (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) victim = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT pg_terminate_backend (%d)",
                         (int) fixture_ask (victim, "SELECT pg_backend_pid ()"));
  fixture_do (self->db, sql);
  g_assert_false (way_db_exec (victim, "SELECT 1", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_clear_error (&error);
  g_assert_false (way_db_begin (victim, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
}

/* Neither the address nor the environment can make the connection less safe. */
static void
test_safety (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (way_trial_server_get_ca_file (server));
  g_autofree char *service = g_build_filename (g_get_tmp_dir (), "waymark-service", NULL);
  g_autofree char *stranger = NULL;
  g_autofree char *by_number = NULL;
  g_autofree char *wrong = NULL;
  static const char *const refused[] = {
    "sslmode=disable",    "gssencmode=prefer",       "service=x",
    "options=-crole%3Dx", "channel_binding=disable", "ssl_min_protocol_version=TLSv1",
    "hostaddr=127.0.0.1", "password=secret"
  };
  g_autoptr (WayDb) db = NULL;

  g_assert_cmpint (fixture_ask (self->db, "SELECT count(*) FROM pg_stat_ssl"
                                          " WHERE pid = pg_backend_pid () AND ssl"
                                          " AND version = 'TLSv1.3'"),
                   ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s&%s", self->uri, refused[i]);

      g_assert_null (way_db_open (uri, WAY_DB_READ_WRITE, &error));
      g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI);
      g_assert_null (strstr (error->message, "secret"));
      g_clear_error (&error);
    }

  /* A certificate for another name, or by an authority that is not ours. */
  by_number = g_strdup_printf ("postgresql://%s@127.0.0.2:%u/postgres?sslrootcert=%s&passfile=%s",
                               way_trial_server_get_admin (server),
                               way_trial_server_get_port (server),
                               way_trial_server_get_ca_file (server),
                               way_trial_server_get_passfile (server));
  g_assert_null (way_db_open (by_number, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_clear_error (&error);
  stranger = g_strdup_printf ("postgresql://%s@localhost:%u/postgres?passfile=%s",
                              way_trial_server_get_admin (server),
                              way_trial_server_get_port (server),
                              way_trial_server_get_passfile (server));
  g_setenv ("PGSSLMODE", "disable", TRUE);
  g_setenv ("PGCHANNELBINDING", "disable", TRUE);
  g_setenv ("PGSSLROOTCERT", way_trial_server_get_ca_file (server), TRUE);
  g_file_set_contents (service, "[weak]\nsslmode=disable\nchannel_binding=disable\n", -1, NULL);
  g_setenv ("PGSERVICEFILE", service, TRUE);
  g_setenv ("PGSERVICE", "weak", TRUE);
  g_assert_null (way_db_open (stranger, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_clear_error (&error);
  db = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM pg_stat_ssl"
                                    " WHERE pid = pg_backend_pid () AND ssl"),
                   ==, 1);
  g_unsetenv ("PGSSLMODE");
  g_unsetenv ("PGCHANNELBINDING");
  g_unsetenv ("PGSSLROOTCERT");
  g_unsetenv ("PGSERVICEFILE");
  g_unsetenv ("PGSERVICE");
  g_remove (service);

  wrong = way_trial_server_dup_uri (server, "nobody", "postgres");
  g_assert_null (way_db_open (wrong, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED); /* no password is sent */
  g_clear_error (&error);
  g_assert_true (way_trial_server_add_password (server, "somebody", "wrong", NULL));
  g_free (wrong);
  wrong = way_trial_server_dup_uri (server, "somebody", "postgres");
  g_assert_null (way_db_open (wrong, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED);
}

/* A password that somebody typed: in memory, for this server and user alone, until it is
 * forgotten. */
static void
test_password (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri =
      g_strdup_printf ("postgresql://typist@localhost:%u/postgres?sslrootcert=%s",
                       way_trial_server_get_port (server), way_trial_server_get_ca_file (server));
  g_autofree char *other =
      g_strdup_printf ("postgresql://other@localhost:%u/postgres?sslrootcert=%s",
                       way_trial_server_get_port (server), way_trial_server_get_ca_file (server));
  g_autofree char *state = NULL;
  WayDb *db;

  fixture_do (self->db, "CREATE ROLE typist LOGIN PASSWORD 'correct horse'");
  g_assert_true (way_db_keep_password (uri, "wrong horse", &error));
  g_assert_no_error (error);
  g_assert_null (way_db_open (uri, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED);
  state = way_db_error_dup_state (error);
  g_assert_cmpstr (state, ==, "28P01");
  g_assert_null (strstr (error->message, "wrong horse"));
  g_clear_error (&error);

  g_assert_true (way_db_keep_password (uri, "correct horse", &error));
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (way_db_get_uri (db), "correct"));
  way_db_free (db);
  g_assert_null (way_db_open (other, WAY_DB_READ_WRITE, &error));
  g_clear_error (&error);

  g_assert_true (way_db_keep_password (uri, NULL, &error));
  g_assert_null (way_db_open (uri, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_assert_null (way_db_error_dup_state (error));
  g_clear_error (&error);
  g_assert_false (way_db_keep_password ("postgresql://localhost/", "x", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI);
  fixture_do (self->db, "DROP ROLE typist");
}

/* Fault 26: the server crashes; what was committed is there after. */
static void
test_crash (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;

  fixture_do (self->db, "INSERT INTO fruit VALUES ('quince', 1)");
  way_trial_server_crash (server);
  g_assert_false (way_db_exec (self->db, "SELECT 1", &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_clear_error (&error);
  g_assert_null (way_db_open (self->uri, WAY_DB_READ_WRITE, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED);
  g_clear_error (&error);
  g_assert_true (way_trial_server_restart (server, &error));
  db = way_db_open (self->uri, WAY_DB_READ_WRITE, &error);
  g_assert_cmpint (fixture_ask (db, "SELECT count(*) FROM fruit WHERE name = 'quince'"), ==, 1);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);
  ADD ("/db/postgresql/rows", test_rows);
  ADD ("/db/postgresql/two-at-once", test_two_at_once);
  ADD ("/db/postgresql/transactions", test_transactions);
  ADD ("/db/postgresql/errors", test_errors);
  ADD ("/db/postgresql/interrupt", test_interrupt);
  ADD ("/db/postgresql/27-backend-killed", test_lost);
  ADD ("/db/postgresql/31-safety", test_safety);
  ADD ("/db/postgresql/password", test_password);
  ADD ("/db/postgresql/26-crash", test_crash);
  code = g_test_run ();
  way_trial_server_free (server);
  return code;
}
