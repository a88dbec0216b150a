/* test-connection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include "session/way-connection.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/way-demo.h"
#include "ctl/way-logins.h"
#include "db/way-trial-server.h"
#include "session/way-secret.h"
#include "session/way-kerberos.h"
#include "sync/way-postgresql-peer.h"

/* The connection to a trust: what an address means, and that each thing that can be in the
 * way is told apart from every other, against a real server. */

typedef struct
{
  char *folder;
  WayTrialServer *server;
  WayDb *admin; /* of the database with the trust */
  WaySession *session;
  char *login;
  char *password;
  char *name;
  GString *steps;
} World;

static World world;

static void
do_sql (const char *sql)
{
  g_autoptr (GError) error = NULL;

  way_db_exec (world.admin, sql, &error);
  g_assert_no_error (error);
}

static void
run (const char *command, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  va_list arguments;
  int status;

  va_start (arguments, command);
  line = g_strdup_vprintf (command, arguments);
  va_end (arguments);
  g_spawn_command_line_sync (line, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static WayStore *
make_trust (const char *uri, guint n_people)
{
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_store_create_trust (uri, "Test Trust", "ZZ9", TRUE, &error);

  g_assert_no_error (error);
  way_postgresql_install (trust, &error);
  g_assert_no_error (error);
  way_demo_run (trust, way_session_get_pack (world.session), n_people, 5,
                G_GINT64_CONSTANT (1790000000000000), &error);
  g_assert_no_error (error);
  return trust;
}

static char *
dup_admin_uri (const char *database)
{
  return way_trial_server_dup_uri (world.server, way_trial_server_get_admin (world.server),
                                   database);
}

static void
set_up_world (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autofree char *postgres = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (GPtrArray) logins = NULL;
  guint n_closed, n_opened;
  const WayLogin *login;

  world.steps = g_string_new (NULL);
  world.folder = g_dir_make_tmp ("way-connection-XXXXXX", &error);
  g_assert_no_error (error);
  world.session = way_session_new (pack, NULL, world.folder, &error);
  g_assert_no_error (error);
  world.server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);
  postgres = dup_admin_uri ("postgres");
  uri = dup_admin_uri ("waymark");
  db = way_db_open (postgres, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  way_db_exec (db, "CREATE DATABASE waymark TEMPLATE template0", &error);
  g_assert_no_error (error);
  trust = make_trust (uri, 12);
  logins = way_logins_sync (trust, TRUE, &n_closed, &n_opened, &error);
  g_assert_no_error (error);
  login = logins->pdata[0];
  world.login = g_strdup (login->login);
  world.password = g_strdup (login->password);
  way_store_close (trust);
  world.admin = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  {
    g_autofree char *sql = g_strdup_printf (
        "SELECT p.name FROM main.person AS p JOIN main.login AS l ON l.person = p.person"
        " WHERE l.login = '%s'",
        world.login);

    do_sql ("SET ROLE waymark_owner");
    world.name = way_db_dup_text (world.admin, sql, &error);
    do_sql ("RESET ROLE");
    g_assert_no_error (error);
  }
}

static void
tear_down_world (void)
{
  /* What was cancelled comes home first. */
  session_fixture_drop (g_steal_pointer (&world.session));
  g_clear_pointer (&world.admin, way_db_free);
  g_clear_pointer (&world.server, way_trial_server_free);
  run ("rm -r %s", world.folder);
  g_free (world.folder);
  g_free (world.login);
  g_free (world.password);
  g_free (world.name);
  g_string_free (world.steps, TRUE);
}

static WayConnection *
new_connection (void)
{
  WayConnection *connection = way_connection_new ();

  connection->host = g_strdup ("localhost");
  connection->port = way_trial_server_get_port (world.server);
  connection->ca_file = g_strdup (way_trial_server_get_ca_file (world.server));
  connection->login = g_strdup (world.login);
  return connection;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
step_cb (WayConnectionStep step, gpointer user_data)
{
  g_assert_nonnull (way_connection_describe_step (step));
  g_string_append_printf (world.steps, "%u", (guint) step);
}

static gboolean
check (const WayConnection *connection,
       gboolean with_ticket,
       const char *password,
       GCancellable *cancellable,
       char **who,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_string_truncate (world.steps, 0);
  way_connection_check_async (world.session, connection, with_ticket, password, step_cb, NULL,
                              cancellable, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return way_connection_check_finish (world.session, result, who, error);
}

/* It fails for this cause and no other, and there are words for it. */
static void
expect (const WayConnection *connection, const char *password, WayConnectionError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (check (connection, FALSE, password, NULL, NULL, &error));
  g_test_message ("%d: %s", code, error->message);
  g_assert_error (error, WAY_CONNECTION_ERROR, (int) code);
  g_assert_nonnull (way_connection_get_title (code));
  g_assert_cmpuint (strlen (way_connection_get_advice (code)), >, 20);
  g_assert_true (password == NULL || strstr (error->message, password) == NULL);
}

static void
test_address (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    guint port;
    const char *database;
    const char *file;
    const char *again;
  } CASES[] = {
    { "waymark.example.nhs.uk", "waymark.example.nhs.uk", 5432, "waymark", NULL,
      "waymark.example.nhs.uk" },
    { "  db1:6000 ", "db1", 6000, "waymark", NULL, "db1:6000" },
    { "db1/trust", "db1", 5432, "trust", NULL, "db1/trust" },
    { "postgresql://w_abc@db1:5433/x?sslrootcert=/etc/ca.crt", "db1", 5433, "x", NULL,
      "db1:5433/x" },
    { "/srv/trust.db", NULL, 5432, "waymark", "sqlite:/srv/trust.db", "sqlite:/srv/trust.db" },
    { "sqlite:/srv/trust.db", NULL, 5432, "waymark", "sqlite:/srv/trust.db",
      "sqlite:/srv/trust.db" },
    { "", NULL, 0, NULL, NULL, NULL },
    { "sqlite:trust.db", NULL, 0, NULL, NULL, NULL },
    { "http://db1/", NULL, 0, NULL, NULL, NULL },
    { "two words", NULL, 0, NULL, NULL, NULL },
    { "postgresql://me:secret@db1/x", NULL, 0, NULL, NULL, NULL },
    { "postgresql://db1/x?sslmode=disable", NULL, 0, NULL, NULL, NULL },
    { "db1:99999", NULL, 0, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayConnection) connection = way_connection_new_from_text (CASES[i].text, &error);
      g_autofree char *again = NULL;

      g_test_message ("%s", CASES[i].text);
      if (CASES[i].again == NULL)
        {
          g_assert_null (connection);
          g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_ADDRESS);
          g_assert_null (strstr (error->message, "secret"));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (connection->host, ==, CASES[i].host);
      g_assert_cmpuint (connection->port, ==, CASES[i].port);
      g_assert_cmpstr (connection->database, ==, CASES[i].database);
      g_assert_cmpstr (connection->file, ==, CASES[i].file);
      again = way_connection_dup_address (connection);
      g_assert_cmpstr (again, ==, CASES[i].again);
      g_assert_cmpint (way_connection_is_server (connection), ==, CASES[i].host != NULL);
    }
}

static void
test_uri (void)
{
  g_autoptr (WayConnection) connection = way_connection_new ();
  g_autofree char *plain = NULL;
  g_autofree char *full = NULL;

  connection->host = g_strdup ("db1");
  connection->login = g_strdup ("sam@ward 7");
  plain = way_connection_dup_uri (connection, FALSE);
  g_assert_cmpstr (plain, ==, "postgresql://sam%40ward%207@db1:5432/waymark");
  connection->ca_file = g_strdup ("/etc/my ca&x.crt");
  full = way_connection_dup_uri (connection, TRUE);
  g_assert_cmpstr (full, ==,
                   "postgresql://sam%40ward%207@db1:5432/waymark"
                   "?sslrootcert=/etc/my%20ca%26x.crt&krbsrvname=postgres");
}

static void
test_settings (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WAY_APPLICATION_ID);
  g_autoptr (WayConnection) none = way_connection_new_from_settings (settings);
  g_autoptr (WayConnection) one = way_connection_new_from_text ("db1:6000/trust", NULL);
  g_autoptr (WayConnection) again = NULL;
  g_autofree char *keyfile = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GKeyFile) read = g_key_file_new ();

  g_assert_false (way_connection_is_server (none));
  one->authentication = WAY_AUTHENTICATION_KERBEROS;
  one->ca_file = g_strdup ("/etc/ca.crt");
  way_connection_save (one, settings);
  again = way_connection_new_from_settings (settings);
  address = way_connection_dup_address (again);
  g_assert_cmpstr (address, ==, "db1:6000/trust");
  g_assert_cmpstr (again->ca_file, ==, "/etc/ca.crt");
  g_assert_cmpint (again->authentication, ==, WAY_AUTHENTICATION_KERBEROS);

  keyfile = way_connection_to_keyfile (settings);
  g_assert_true (g_key_file_load_from_data (read, keyfile, -1, G_KEY_FILE_NONE, NULL));
  g_assert_nonnull (strstr (keyfile, "trust-host='db1'"));
  g_assert_nonnull (strstr (keyfile, "trust-port=6000"));
  g_assert_nonnull (strstr (keyfile, "authentication='kerberos'"));
}

static void
test_well (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autoptr (GError) error = NULL;
  g_autofree char *who = NULL;
  g_autofree char *nobody = NULL;

  g_assert_true (check (connection, FALSE, world.password, NULL, &who, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (who, ==, world.name);
  g_assert_cmpstr (world.steps->str, ==, "01234");
  /* The password of a check is not there for the next one. */
  g_assert_false (check (connection, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_PASSWORD);
  g_clear_error (&error);
  /* Without a sign-in name it ends at who the server is. */
  g_clear_pointer (&connection->login, g_free);
  g_assert_true (check (connection, FALSE, NULL, NULL, &nobody, &error));
  g_assert_no_error (error);
  g_assert_null (nobody);
  g_assert_cmpstr (world.steps->str, ==, "012");
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (world.folder, "trust.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (WayConnection) connection = way_connection_new_from_text (path, NULL);
  g_autoptr (WayStore) trust = NULL;
  g_autofree char *who = NULL;

  expect (connection, NULL, WAY_CONNECTION_ERROR_NO_FILE);
  trust = way_store_create_trust (uri, "Test Trust", "ZZ9", TRUE, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  g_assert_true (check (connection, FALSE, NULL, NULL, &who, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (who, ==, "Test Trust");
}

/* A server that is not PostgreSQL: it reads, says its word, and hangs up; or says nothing. */
typedef struct
{
  GSocketService *service;
  const char *word;
  guint port;
} Stranger;

static gboolean
called_cb (GThreadedSocketService *service,
           GSocketConnection *connection,
           GObject *source,
           gpointer data)
{
  Stranger *self = data;
  char buffer[8];

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                       sizeof buffer, NULL, NULL);
  if (self->word != NULL)
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), self->word,
                               strlen (self->word), NULL, NULL, NULL);
  else
    /* Until the other side hangs up. */
    g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, 1, NULL,
                         NULL);
  return FALSE;
}

static void
stranger_start (Stranger *self, const char *word)
{
  g_autoptr (GError) error = NULL;

  self->word = word;
  self->service = g_threaded_socket_service_new (4);
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL,
                                                    &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (called_cb), self);
}

static void
stranger_stop (Stranger *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

static void
test_reach (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autofree char *words = g_build_filename (world.folder, "words.crt", NULL);
  Stranger stranger;

  g_free (connection->ca_file);
  connection->ca_file = g_strdup ("/nowhere/ca.crt");
  expect (connection, world.password, WAY_CONNECTION_ERROR_CA_FILE);
  g_file_set_contents (words, "These are words.\n", -1, NULL);
  g_free (connection->ca_file);
  connection->ca_file = g_strdup (words);
  expect (connection, world.password, WAY_CONNECTION_ERROR_CA_FILE);
  g_free (connection->ca_file);
  connection->ca_file = g_strdup (way_trial_server_get_ca_file (world.server));

  g_free (connection->host);
  connection->host = g_strdup ("no-such-server.invalid");
  expect (connection, world.password, WAY_CONNECTION_ERROR_NAME);
  g_free (connection->host);
  connection->host = g_strdup ("255.255.255.255");
  expect (connection, world.password, WAY_CONNECTION_ERROR_NETWORK);
  g_free (connection->host);
  connection->host = g_strdup ("localhost");

  stranger_start (&stranger, "HTTP/1.1 400 Bad Request\r\n\r\n");
  connection->port = stranger.port;
  expect (connection, world.password, WAY_CONNECTION_ERROR_NOT_POSTGRESQL);
  stranger_stop (&stranger);
  /* Nothing listens there any more. */
  expect (connection, world.password, WAY_CONNECTION_ERROR_REFUSED);

  stranger_start (&stranger, "N");
  connection->port = stranger.port;
  expect (connection, world.password, WAY_CONNECTION_ERROR_NO_TLS);
  stranger_stop (&stranger);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_silence (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Stranger stranger;

  stranger_start (&stranger, NULL);
  connection->port = stranger.port;
  g_timeout_add (100, cancel_cb, cancellable);
  g_assert_false (check (connection, FALSE, world.password, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  expect (connection, world.password, WAY_CONNECTION_ERROR_TIMED_OUT);
  stranger_stop (&stranger);
}

/* Gives the server another certificate, and has it read it. */
static void
change_certificate (const char *subject, const char *days)
{
  const char *folder = way_trial_server_get_folder (world.server);
  g_autofree char *path = g_build_filename (folder, "server.crt", NULL);
  g_autofree char *names = g_build_filename (world.folder, "names", NULL);
  g_autofree char *text = g_strdup_printf ("subjectAltName=DNS:%s\n", subject);

  g_file_set_contents (names, text, -1, NULL);
  run ("openssl x509 -req -in %s/server.csr -CA %s/ca.crt -CAkey %s/ca.key -CAcreateserial"
       " -days %s -extfile %s -out %s",
       folder, folder, folder, days, names, path);
  do_sql ("SELECT pg_reload_conf ()");
}

/* A reload takes a moment: a new connection sees it soon. */
static void
expect_soon (const WayConnection *connection, const char *password, WayConnectionError code)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GError) error = NULL;

      check (connection, FALSE, password, NULL, NULL, &error);
      if (g_error_matches (error, WAY_CONNECTION_ERROR, (int) code))
        break;
      g_usleep (20000);
    }
  expect (connection, password, code);
}

static void
test_certificate (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autofree char *stranger = g_build_filename (world.folder, "stranger.crt", NULL);
  g_autofree char *key = g_build_filename (world.folder, "stranger.key", NULL);

  run ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
       " -subj /CN=Stranger -keyout %s -out %s",
       key, stranger);
  g_free (connection->ca_file);
  connection->ca_file = g_strdup (stranger);
  expect (connection, world.password, WAY_CONNECTION_ERROR_UNTRUSTED);
  g_free (connection->ca_file);
  connection->ca_file = g_strdup (way_trial_server_get_ca_file (world.server));

  change_certificate ("another.example.nhs.uk", "30");
  expect_soon (connection, world.password, WAY_CONNECTION_ERROR_OTHER_NAME);
  change_certificate ("localhost", "-1");
  expect_soon (connection, world.password, WAY_CONNECTION_ERROR_EXPIRED);
  change_certificate ("localhost", "30");
  for (guint i = 0; i < 200 && !check (connection, FALSE, world.password, NULL, NULL, NULL); i++)
    g_usleep (20000);
  g_assert_true (check (connection, FALSE, world.password, NULL, NULL, NULL));
}

static void
set_hba (const char *text)
{
  g_autofree char *path = g_build_filename (way_trial_server_get_folder (world.server), "hba.conf",
                                            NULL);
  g_autoptr (GError) error = NULL;
  struct stat status;
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  /* It belongs to whom the server runs as. */
  g_assert_cmpint (chown (path, status.st_uid, status.st_gid), ==, 0);
  do_sql ("SELECT pg_reload_conf ()");
}

static void
test_login (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autofree char *limit = g_strdup_printf ("ALTER ROLE %s CONNECTION LIMIT 0", world.login);
  g_autofree char *no_limit = g_strdup_printf ("ALTER ROLE %s CONNECTION LIMIT 5", world.login);
  g_autofree char *closed = g_strdup_printf ("ALTER ROLE %s NOLOGIN", world.login);
  g_autofree char *opened = g_strdup_printf ("ALTER ROLE %s LOGIN", world.login);

  expect (connection, "not this", WAY_CONNECTION_ERROR_PASSWORD);
  g_assert_cmpstr (world.steps->str, ==, "0123");
  do_sql (closed);
  expect (connection, world.password, WAY_CONNECTION_ERROR_LOGIN);
  do_sql (opened);
  do_sql (limit);
  expect (connection, world.password, WAY_CONNECTION_ERROR_CROWDED);
  do_sql (no_limit);

  set_hba ("hostssl all trial_admin 127.0.0.1/32 scram-sha-256\n");
  expect_soon (connection, world.password, WAY_CONNECTION_ERROR_NOT_HERE);
  set_hba ("hostssl all all 127.0.0.1/32 scram-sha-256\n");
  do_sql ("CREATE ROLE w_nobody LOGIN PASSWORD 'somebody' IN ROLE waymark_user");
  g_free (connection->login);
  connection->login = g_strdup ("w_nobody");
  expect_soon (connection, "somebody", WAY_CONNECTION_ERROR_NOBODY);
  g_free (connection->login);
  connection->login = g_strdup ("w_not_there");
  expect (connection, "somebody", WAY_CONNECTION_ERROR_PASSWORD);
}

static void
test_trust (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autofree char *reader = g_strdup_printf ("ALTER ROLE %s SET default_transaction_read_only = on",
                                             world.login);
  g_autofree char *writer = g_strdup_printf ("ALTER ROLE %s RESET default_transaction_read_only",
                                             world.login);

  g_free (connection->database);
  connection->database = g_strdup ("not_there");
  expect (connection, world.password, WAY_CONNECTION_ERROR_DATABASE);
  g_free (connection->database);
  connection->database = g_strdup ("postgres");
  expect (connection, world.password, WAY_CONNECTION_ERROR_NO_TRUST);
  do_sql ("CREATE DATABASE closed; ");
  do_sql ("ALTER DATABASE closed ALLOW_CONNECTIONS false");
  g_free (connection->database);
  connection->database = g_strdup ("closed");
  expect (connection, world.password, WAY_CONNECTION_ERROR_STARTING);
  g_free (connection->database);
  connection->database = g_strdup ("waymark");

  do_sql (reader);
  expect (connection, world.password, WAY_CONNECTION_ERROR_READ_ONLY);
  do_sql (writer);
  do_sql ("INSERT INTO main.meta SELECT 'was', value FROM main.meta WHERE key = 'schema';"
          "UPDATE main.meta SET value = '99' WHERE key = 'schema'");
  expect (connection, world.password, WAY_CONNECTION_ERROR_NEWER);
  do_sql ("UPDATE main.meta SET value = (SELECT m.value FROM main.meta AS m WHERE m.key = 'was')"
          " WHERE key = 'schema'");
  do_sql ("ALTER FUNCTION api.pull_v1 (text, text, text) RENAME TO pull_v0");
  expect (connection, world.password, WAY_CONNECTION_ERROR_OLDER);
  do_sql ("ALTER FUNCTION api.pull_v0 (text, text, text) RENAME TO pull_v1");
  g_assert_true (check (connection, FALSE, world.password, NULL, NULL, NULL));
}

static void
test_no_ticket (void)
{
  g_autoptr (WayConnection) connection = new_connection ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (check (connection, TRUE, NULL, NULL, NULL, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_NO_TICKET);
  g_clear_error (&error);
  way_kerberos_find_async (world.session, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (way_kerberos_find_finish (world.session, result, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_NO_TICKET);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("KRB5CCNAME", "FILE:/nowhere/tickets", TRUE);
  set_up_world ();
  g_test_add_func ("/session/connection/address", test_address);
  g_test_add_func ("/session/connection/uri", test_uri);
  g_test_add_func ("/session/connection/settings", test_settings);
  g_test_add_func ("/session/connection/well", test_well);
  g_test_add_func ("/session/connection/file", test_file);
  g_test_add_func ("/session/connection/reach", test_reach);
  g_test_add_func ("/session/connection/silence", test_silence);
  g_test_add_func ("/session/connection/certificate", test_certificate);
  g_test_add_func ("/session/connection/login", test_login);
  g_test_add_func ("/session/connection/trust", test_trust);
  g_test_add_func ("/session/connection/no-ticket", test_no_ticket);
  status = g_test_run ();
  tear_down_world ();
  return status;
}
