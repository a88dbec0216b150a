/* test-kill.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-trial-server.h"
#include "store/way-store.h"

#include <signal.h>
#include <string.h>

/* Faults 1, 18, 26: real processes, killed at random instants, on either side. Everything
 * that was saved on the device arrives once. */

#define N_EVENTS 1500
#define N_KILLS 25

static char *program;

static GSubprocess *
spawn (const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  va_list words;

  g_ptr_array_add (arguments, program);
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, char *))
    g_ptr_array_add (arguments, (gpointer) word);
  va_end (words);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                   | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                               &error);
  g_assert_no_error (error);
  return process;
}

static gboolean
wait_well (GSubprocess *process)
{
  gboolean is_well = g_subprocess_wait_check (process, NULL, NULL);

  g_object_unref (process);
  return is_well;
}

static gint64
count (const char *uri, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);
  gint64 n;

  g_assert_no_error (error);
  way_db_get_int (way_store_get_db (trust), sql, &n, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return n;
}

static void
test_kill (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayTrialServer) server = way_trial_server_start (WAY_TRIAL_SERVER_DURABLE, &error);
  g_autofree char *folder = g_dir_make_tmp ("waymark-kill-XXXXXX", NULL);
  g_autofree char *store = g_build_filename (folder, "device.store", NULL);
  g_autofree char *passwords = g_build_filename (folder, "passwords.csv", NULL);
  g_autofree char *number = g_strdup_printf ("%d", N_EVENTS);
  g_autofree char *admin_uri = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *login_uri = NULL;
  g_autofree char *text = NULL;
  g_autofree char *command = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;
  guint n_killed = 0;

  g_assert_no_error (error);
  admin_uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "postgres");
  uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "trust");
  {
    g_autoptr (WayDb) admin = way_db_open (admin_uri, WAY_DB_READ_WRITE, &error);

    g_assert_no_error (error);
    g_assert_true (way_db_exec (admin, "CREATE DATABASE trust TEMPLATE template0", &error));
  }
  g_assert_true (wait_well (spawn ("demo", "--trust", uri, "--people", "10", NULL)));
  g_assert_true (wait_well (spawn ("trust", "sync-logins", uri, "--out", passwords, NULL)));
  g_assert_true (g_file_get_contents (passwords, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  words = g_strsplit (lines[1], ",", -1);
  g_assert_true (way_trial_server_add_password (server, words[1], words[2], &error));
  login_uri = way_trial_server_dup_uri (server, words[1], "trust");
  g_assert_true (wait_well (spawn ("demo", "device", "--store", store, "--trust", login_uri,
                                   "--person", words[0], "--events", number, NULL)));

  for (guint i = 0; i < N_KILLS; i++)
    {
      GSubprocess *process = spawn ("sync", "--store", store, "--trust", login_uri, NULL);

      g_usleep (g_test_rand_int_range (20, 400) * 1000);
      if (i % 6 == 5)
        {
          way_trial_server_crash (server);
          g_assert_true (way_trial_server_restart (server, &error));
          g_assert_no_error (error);
        }
      else
        {
          g_subprocess_send_signal (process, SIGKILL);
        }
      n_killed += !wait_well (process);
    }
  g_test_message ("%u of %d cut short", n_killed, N_KILLS);
  g_assert_cmpuint (n_killed, >, 5);
  g_assert_true (wait_well (spawn ("sync", "--store", store, "--trust", login_uri, NULL)));
  g_assert_cmpint (count (uri, "SELECT count(*) FROM event WHERE kind = 'action'"
                               " AND login IS NOT NULL"),
                   ==, N_EVENTS - 1);
  g_assert_cmpint (count (uri, "SELECT count(*) - count(DISTINCT id) FROM event"), ==, 0);
  g_assert_cmpint (count (uri, "SELECT count(*) FROM quarantine"), ==, 0);
  g_assert_true (wait_well (spawn ("trust", "check", uri, NULL)));
  command = g_strdup_printf ("rm -rf %s", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/ctl/kill/1-18-26-at-random", test_kill);
  return g_test_run ();
}
