/* test-kerberos.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-connection.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/way-trial-server.h"
#include "session/way-kerberos.h"
#include "session/way-session.h"
#include "sync/way-sync.h"

/* Signing in to a trust with the ticket of the computer, as a domain does it: a real server of
 * tickets, a real PostgreSQL that takes them, and the map that waymarkctl writes for it. */

#define REALM "TRUST.EXAMPLE"
#define PASSWORD "not a secret here"

#define PEOPLE                                                                                     \
  "employee number,name,username,principal,staff group,unit code\n"                                \
  "1,Ann Abbot,ann,aabbot@" REALM ",Nursing,W1\n"                                                  \
  "2,Bob Baker,bob,bbaker@" REALM ",Nursing,W1\n"                                                  \
  "3,Cat Cole,cat,,Nursing,W1\n"

#define UNITS "code,name,type\nW1,Ward One,ward\n"

typedef struct
{
  char *folder;
  GSubprocess *kdc;
  WayTrialServer *server;
  WaySession *session;
  char *ann; /* logins */
  char *bob;
} World;

static World world;
static const char *waymarkctl;

/* Runs it to its end. */
static char *
run (const char *input, gboolean is_well, const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  va_list more;

  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (words, (char *) word);
  va_end (more);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *) words->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                   | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_successful (process) != is_well)
    g_error ("%s: %s", first, text);
  return text;
}

static char *
dup_path (const char *name)
{
  return g_build_filename (world.folder, name, NULL);
}

static guint
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  return port;
}

/* What Kerberos reads instead of this computer's own settings. */
static void
write_settings (guint port)
{
  g_autofree char *client = dup_path ("krb5.conf");
  g_autofree char *server = dup_path ("kdc.conf");
  g_autofree char *tickets = g_strdup_printf ("FILE:%s/tickets", world.folder);
  g_autofree char *text = NULL;
  g_autofree char *kdc = NULL;
  g_autoptr (GError) error = NULL;

  text = g_strdup_printf ("[libdefaults]\n default_realm = " REALM "\n"
                          " dns_lookup_kdc = false\n dns_lookup_realm = false\n"
                          " dns_canonicalize_hostname = false\n rdns = false\n"
                          " qualify_shortname = \"\"\n"
                          "[realms]\n " REALM " = {\n  kdc = 127.0.0.1:%u\n }\n",
                          port);
  kdc = g_strdup_printf ("[realms]\n " REALM " = {\n  database_name = %s/principal\n"
                         "  key_stash_file = %s/stash\n  acl_file = %s/acl\n"
                         "  kdc_listen = 127.0.0.1:%u\n  kdc_tcp_listen = 127.0.0.1:%u\n }\n",
                         world.folder, world.folder, world.folder, port, port);
  g_file_set_contents (client, text, -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (server, kdc, -1, &error);
  g_assert_no_error (error);
  g_setenv ("KRB5_CONFIG", client, TRUE);
  g_setenv ("KRB5_KDC_PROFILE", server, TRUE);
  g_setenv ("KRB5CCNAME", tickets, TRUE);
}

static gboolean
get_ticket (const char *who, const char *life)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                  | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, "kinit", "-l", life, who, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, PASSWORD "\n", NULL, NULL, NULL, NULL);
  return g_subprocess_get_successful (process);
}

static void
start_kdc (void)
{
  g_autofree char *keys = dup_path ("server.keytab");
  g_autofree char *keep = g_strdup_printf ("ktadd -k %s postgres/localhost", keys);
  g_autofree char *log = dup_path ("kdc.log");
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_up = FALSE;

  write_settings (find_port ());
  g_free (
      run (NULL, TRUE, "/usr/sbin/kdb5_util", "create", "-s", "-r", REALM, "-P", PASSWORD, NULL));
  g_free (run (NULL, TRUE, "/usr/sbin/kadmin.local", "-q", "addprinc -pw \"" PASSWORD "\" aabbot",
               NULL));
  g_free (run (NULL, TRUE, "/usr/sbin/kadmin.local", "-q", "addprinc -pw \"" PASSWORD "\" bbaker",
               NULL));
  g_free (run (NULL, TRUE, "/usr/sbin/kadmin.local", "-q", "addprinc -randkey postgres/localhost",
               NULL));
  g_free (run (NULL, TRUE, "/usr/sbin/kadmin.local", "-q", keep, NULL));
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  world.kdc = g_subprocess_launcher_spawn (launcher, &error, "setpriv", "--pdeathsig", "TERM",
                                           "/usr/sbin/krb5kdc", "-n", NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < 500 && !is_up; i++)
    {
      is_up = get_ticket ("bbaker", "1h");
      if (!is_up)
        g_usleep (20000);
    }
  g_assert_true (is_up);
  g_free (run (NULL, TRUE, "kdestroy", NULL));
}

/* For the server, who is another user where this runs as root. */
static void
give (const char *name, const char *text, gsize length)
{
  const char *folder = way_trial_server_get_folder (world.server);
  g_autofree char *like = g_build_filename (folder, "hba.conf", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_cmpint (stat (like, &status), ==, 0);
  g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            &error);
  g_assert_no_error (error);
  g_assert_cmpint (chown (path, status.st_uid, status.st_gid), ==, 0);
}

static void
give_file (const char *from, const char *name)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  give (name, text, length);
}

static char *
dup_admin_uri (const char *database)
{
  return way_trial_server_dup_uri (world.server, way_trial_server_get_admin (world.server),
                                   database);
}

static void
do_sql (const char *sql)
{
  g_autofree char *uri = dup_admin_uri ("postgres");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* As the guide for whoever runs the database says it. */
static void
make_trust (void)
{
  static const char hba[] = "hostssl all trial_admin 127.0.0.1/32 scram-sha-256\n"
                            "hostssl all all 127.0.0.1/32 gss include_realm=0 map=waymark\n";
  const char *folder = way_trial_server_get_folder (world.server);
  g_autofree char *units = dup_path ("units.csv");
  g_autofree char *people = dup_path ("people.csv");
  g_autofree char *ident = dup_path ("ident");
  g_autofree char *keys = dup_path ("server.keytab");
  g_autofree char *settings = dup_path ("krb5.conf");
  g_autofree char *settings_there = g_build_filename (folder, "krb5.conf", NULL);
  g_autofree char *keytab_line = NULL;
  g_autofree char *uri = dup_admin_uri ("waymark");
  g_autofree char *text = NULL;
  g_autofree char *map = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  do_sql ("CREATE DATABASE waymark TEMPLATE template0");
  g_free (run (NULL, TRUE, waymarkctl, "trust", "create", uri, "--organisation", "Test Trust",
               "--ods", "ZZ9", NULL));
  g_assert_true (g_file_set_contents (units, UNITS, -1, NULL));
  g_free (run (NULL, TRUE, waymarkctl, "trust", "import-units", uri, units, NULL));
  g_assert_true (g_file_set_contents (people, PEOPLE, -1, NULL));
  g_free (run (NULL, TRUE, waymarkctl, "trust", "import-people", uri, people, NULL));
  text = run (NULL, TRUE, waymarkctl, "trust", "sync-logins", uri, "--tickets", "--ident", ident,
              NULL);
  g_assert_nonnull (strstr (text, "mapped: 2"));
  g_assert_true (g_file_get_contents (ident, &map, NULL, NULL));
  lines = g_strsplit (map, "\n", 0);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], "\"aabbot\"") != NULL)
      world.ann = g_strdup (strrchr (lines[i], ' ') + 1);
    else if (strstr (lines[i], "\"bbaker\"") != NULL)
      world.bob = g_strdup (strrchr (lines[i], ' ') + 1);
  g_assert_nonnull (world.ann);
  g_assert_nonnull (world.bob);

  give_file (keys, "server.keytab");
  give_file (settings, "krb5.conf");
  give_file (ident, "data/pg_ident.conf");
  give ("hba.conf", hba, strlen (hba));
  keytab_line = g_strdup_printf ("ALTER SYSTEM SET krb_server_keyfile = '%s/server.keytab'",
                                 folder);
  do_sql (keytab_line);
  way_trial_server_set_env (world.server, "KRB5_CONFIG", settings_there);
  way_trial_server_set_env (world.server, "KRB5RCACHENAME", "none:");
  way_trial_server_stop (world.server);
  g_assert_true (way_trial_server_restart (world.server, &error));
  g_assert_no_error (error);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
step_cb (WayConnectionStep step, gpointer user_data)
{
}

static WayConnection *
new_connection (const char *login)
{
  WayConnection *connection = way_connection_new ();

  connection->host = g_strdup ("localhost");
  connection->port = way_trial_server_get_port (world.server);
  connection->ca_file = g_strdup (way_trial_server_get_ca_file (world.server));
  connection->login = g_strdup (login);
  connection->authentication = WAY_AUTHENTICATION_KERBEROS;
  return connection;
}

static gboolean
check (const char *login, const char *service, char **who, GError **error)
{
  g_autoptr (WayConnection) connection = new_connection (login);
  g_autoptr (GAsyncResult) result = NULL;

  if (service != NULL)
    {
      g_free (connection->service);
      connection->service = g_strdup (service);
    }
  way_connection_check_async (world.session, connection, TRUE, NULL, step_cb, NULL, NULL, result_cb,
                              &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return way_connection_check_finish (world.session, result, who, error);
}

static char *
find_principal (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_kerberos_find_async (world.session, NULL, result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return way_kerberos_find_finish (world.session, result, error);
}

static void
test_ticket (void)
{
  g_autoptr (WayConnection) connection = new_connection (world.ann);
  g_autofree char *uri = way_connection_dup_uri (connection, TRUE);
  g_autofree char *path = dup_path ("ann.store");
  g_autofree char *person = NULL;
  g_autoptr (WayPeer) peer = NULL;
  g_autoptr (WayStore) store = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WaySyncResult result;
  g_autofree char *principal = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *who = NULL;
  g_autoptr (GError) error = NULL;

  /* Nobody has signed in to this computer. */
  g_assert_false (check (world.ann, NULL, NULL, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_NO_TICKET);
  g_clear_error (&error);
  nobody = find_principal (&error);
  g_assert_null (nobody);
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_NO_TICKET);
  g_clear_error (&error);

  g_assert_true (get_ticket ("aabbot", "1h"));
  principal = find_principal (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (principal, ==, "aabbot@" REALM);
  check (world.ann, NULL, &who, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (who, ==, "Ann Abbot");
  /* The whole way: what is said arrives, as hers. */
  peer = way_peer_open (uri, &error);
  g_assert_no_error (error);
  person = way_peer_sign_in (peer, NULL, NULL, &error);
  g_assert_no_error (error);
  store = way_store_open_device (path, person, &error);
  g_assert_no_error (error);
  g_ptr_array_add (drafts, way_event_new ("self_rating", 1,
                                          "{\"capability\":\"find\",\"now\":1,\"need\":3}"));
  way_store_append (store, drafts, &error);
  g_assert_no_error (error);
  way_sync_run (store, peer, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.acked, ==, 1);
  way_store_close (store);
  g_free (run (NULL, TRUE, "kdestroy", NULL));
}

/* A ticket opens the login of whose it is, and no other; and no other service's. */
static void
test_other (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *who = NULL;

  g_assert_true (get_ticket ("bbaker", "1h"));
  g_assert_false (check (world.ann, NULL, NULL, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_LOGIN);
  g_clear_error (&error);
  g_assert_false (check (world.bob, "another", NULL, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_TICKET_REFUSED);
  g_clear_error (&error);
  check (world.bob, NULL, &who, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (who, ==, "Bob Baker");
  g_free (run (NULL, TRUE, "kdestroy", NULL));
}

static void
test_expired (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (get_ticket ("aabbot", "2s"));
  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *principal = find_principal (&error);

      if (error != NULL)
        break;
      g_assert_nonnull (principal);
      g_usleep (20000);
    }
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_TICKET_EXPIRED);
  g_clear_error (&error);
  g_assert_false (check (world.ann, NULL, NULL, &error));
  g_assert_error (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_TICKET_EXPIRED);
  g_clear_error (&error);
  /* A new one, and all is well again. */
  g_assert_true (get_ticket ("aabbot", "1h"));
  check (world.ann, NULL, NULL, &error);
  g_assert_no_error (error);
  g_free (run (NULL, TRUE, "kdestroy", NULL));
}

static void
set_up_world (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);

  world.folder = g_dir_make_tmp ("way-kerberos-XXXXXX", &error);
  g_assert_no_error (error);
  start_kdc ();
  world.session = way_session_new (pack, NULL, world.folder, &error);
  g_assert_no_error (error);
  world.server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);
  make_trust ();
}

static void
tear_down_world (void)
{
  session_fixture_drop (g_steal_pointer (&world.session));
  g_clear_pointer (&world.server, way_trial_server_free);
  g_subprocess_send_signal (world.kdc, SIGTERM);
  g_subprocess_wait (world.kdc, NULL, NULL);
  g_clear_object (&world.kdc);
  g_free (run (NULL, TRUE, "rm", "-r", world.folder, NULL));
  g_free (world.folder);
  g_free (world.ann);
  g_free (world.bob);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  waymarkctl = argv[1];
  set_up_world ();
  g_test_add_func ("/session/kerberos/ticket", test_ticket);
  g_test_add_func ("/session/kerberos/other", test_other);
  g_test_add_func ("/session/kerberos/expired", test_expired);
  status = g_test_run ();
  tear_down_world ();
  return status;
}
