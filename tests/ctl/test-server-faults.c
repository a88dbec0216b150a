/* test-server-faults.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "faults-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What happens to the server: ended, full, put back from its backup, locked, asked by
 * somebody who means harm, and by everybody at once. waymarkctl sync keeps coming. The numbers
 * are those of the list of faults. */

static void
sync_well (Desk *desk)
{
  g_free (desk_sync (desk, desk->store));
}

/* A sync that may fail, and if so in words; TRUE when it went well. */
static gboolean
try_sync (Desk *desk, const char *expected)
{
  GSubprocess *process = desk_begin_sync (desk, desk->store);
  g_autofree char *said = NULL;
  gboolean is_well;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  is_well = g_subprocess_get_successful (process);
  if (!is_well && !g_str_has_prefix (said, "waymarkctl: "))
    g_error ("%s", said);
  if (expected != NULL && (is_well || strstr (said, expected) == NULL))
    g_error ("Not “%s”: %s", expected, said);
  g_object_unref (process);
  return is_well;
}

/* 27: whoever serves a desk is ended, in the middle of a push that waits for a lock. 35: the
 * lock is let go, and the next comes through. */
static void
test_backend_killed (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) holder = way_db_open (faults_uri, WAY_DB_READ_WRITE, &error);
  g_autofree char *lock = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *kill_it = NULL;
  gint64 n;

  g_assert_no_error (error);
  desk_save (desk, desk->store, 20);
  sync_well (desk);
  lock = g_strdup_printf ("SELECT count(*) FROM (SELECT 1 FROM main.stream WHERE person = '%s'"
                          " FOR UPDATE) AS s",
                          desk->person);
  waiting = g_strdup_printf ("SELECT count(*) FROM pg_stat_activity WHERE usename = '%s'"
                             " AND wait_event_type = 'Lock'",
                             desk->login);
  kill_it = g_strdup_printf ("SELECT count(pg_terminate_backend (pid)) FROM pg_stat_activity"
                             " WHERE usename = '%s'",
                             desk->login);
  for (guint round = 0; round < 3; round++)
    {
      GSubprocess *process;

      desk_save (desk, desk->store, 20);
      way_db_begin (holder, &error);
      way_db_get_int (holder, lock, &n, &error);
      g_assert_no_error (error);
      process = desk_begin_sync (desk, desk->store);
      for (guint i = 0; faults_count (waiting) == 0; i++)
        g_assert_cmpuint (i, <, 2000);
      if (round < 2)
        {
          g_assert_cmpint (faults_count (kill_it), >, 0);
          g_assert_false (faults_wait (process));
          way_db_rollback (holder);
        }
      else
        {
          way_db_rollback (holder);
          g_assert_true (faults_wait (process));
        }
    }
  sync_well (desk);
  desk_assert_arrived (desk);
}

/* 28: the server is ended and started anew while a desk is sending; it asks it to go, or does
 * not ask. */
static void
test_restarts (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint n_cut = 0;
  guint n_rounds = g_test_slow () ? 40 : 6;

  desk_save (desk, desk->store, 30);
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (GError) error = NULL;
      GSubprocess *process = desk_begin_sync (desk, desk->store);

      g_usleep ((gulong) g_test_rand_int_range (0, 120) * 1000);
      if (i % 3 == 2)
        way_trial_server_crash (faults_server);
      else
        way_trial_server_stop (faults_server);
      n_cut += !faults_wait (process);
      /* Nobody is there. */
      g_assert_false (try_sync (desk, NULL));
      process = desk_begin_sync (desk, desk->store);
      way_trial_server_restart (faults_server, &error);
      g_assert_no_error (error);
      faults_wait (process);
      desk_save (desk, desk->store, 30);
    }
  g_test_message ("%u restarts, %u syncs cut by them", n_rounds, n_cut);
  sync_well (desk);
  desk_assert_arrived (desk);
}

static void
change_setting (const char *sql)
{
  g_autoptr (GError) error = NULL;

  faults_administer (sql);
  way_trial_server_stop (faults_server);
  way_trial_server_restart (faults_server, &error);
  g_assert_no_error (error);
}

/* 29: no connection is left. */
static void
test_no_connection_left (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify) way_db_free);
  g_autoptr (GError) error = NULL;

  desk_save (desk, desk->store, 10);
  change_setting ("ALTER SYSTEM SET max_connections = 15");
  for (;;)
    {
      WayDb *db = way_db_open (faults_uri, WAY_DB_READ_WRITE, &error);

      if (db == NULL)
        break;
      g_ptr_array_add (taken, db);
    }
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_BUSY);
  g_test_message ("%u connections", taken->len);
  try_sync (desk, "(53300)");
  g_ptr_array_set_size (taken, 0);
  /* The server takes a moment to notice that they have gone. */
  for (guint i = 0; !try_sync (desk, NULL); i++)
    g_assert_cmpuint (i, <, 50);
  desk_assert_arrived (desk);
  change_setting ("ALTER SYSTEM RESET max_connections");
}

static void
give_to_server (const char *path)
{
  GStatBuf buffer;
  g_autofree char *owner = NULL;

  g_assert_cmpint (g_stat (way_trial_server_get_folder (faults_server), &buffer), ==, 0);
  owner = g_strdup_printf ("%u:%u", buffer.st_uid, buffer.st_gid);
  if (geteuid () == 0)
    g_free (faults_spawn ("chown", "-R", owner, path, NULL));
}

/* 30: the server's disk is full: first where tables lie, then where its log does, which ends
 * it. */
static void
test_full (void)
{
  g_autoptr (Desk) desk = desk_new ();
  const char *folder = way_trial_server_get_folder (faults_server);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *control = g_build_filename (folder, "shim", NULL);
  g_autofree char *library = g_build_filename (folder, "shim.so", NULL);
  g_autoptr (WayFaultShim) shim = way_shim_new (control, data);
  g_autoptr (GError) error = NULL;
  guint n_refused = 0;

  g_free (faults_spawn ("cp", g_getenv ("WAY_FAULT_SHIM_LIBRARY"), library, NULL));
  give_to_server (control);
  give_to_server (library);
  way_trial_server_set_env (faults_server, "LD_PRELOAD", library);
  way_trial_server_set_env (faults_server, "WAY_FAULT_SHIM", control);
  way_trial_server_stop (faults_server);
  way_trial_server_restart (faults_server, &error);
  g_assert_no_error (error);

  desk_save (desk, desk->store, 20);
  sync_well (desk);
  g_atomic_int_set (&shim->is_full, 1);
  for (guint i = 0; i < 3; i++)
    {
      desk_save (desk, desk->store, 200);
      n_refused += !try_sync (desk, NULL);
    }
  g_assert_cmpuint (n_refused, >, 0);
  g_atomic_int_set (&shim->is_full, 0);
  sync_well (desk);
  desk_assert_arrived (desk);

  /* The log: no file for what comes next can be made, and the server ends itself. */
  desk_save (desk, desk->store, 100);
  {
    g_autoptr (WayDb) db = way_db_open (faults_uri, WAY_DB_READ_WRITE, &error);
    guint n_switches = 0;

    g_assert_no_error (error);
    g_atomic_int_set (&shim->is_full, 1);
    while (n_switches < 50
           && way_db_exec (db,
                           "SELECT pg_switch_wal (); CREATE TEMP TABLE IF NOT EXISTS t (x int);"
                           " SELECT pg_logical_emit_message (true, 'x', 'x')",
                           &error))
      n_switches++;
    g_test_message ("The log was full after %u files: %s", n_switches,
                    error != NULL ? error->message : "never");
    g_assert_nonnull (error);
  }
  try_sync (desk, NULL);
  g_atomic_int_set (&shim->is_full, 0);
  way_trial_server_crash (faults_server);
  g_clear_error (&error);
  way_trial_server_restart (faults_server, &error);
  g_assert_no_error (error);
  sync_well (desk);
  desk_assert_arrived (desk);
  faults_assert_sound ();
}

static void
run_as_admin (const char *program, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_autofree char *path = g_build_filename (way_trial_server_get_programs (faults_server), program,
                                            NULL);
  va_list list;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_setenv (launcher, "PGPASSFILE",
                                way_trial_server_get_passfile (faults_server), TRUE);
  g_subprocess_launcher_setenv (launcher, "PGSSLMODE", "verify-full", TRUE);
  g_subprocess_launcher_setenv (launcher, "PGSSLROOTCERT",
                                way_trial_server_get_ca_file (faults_server), TRUE);
  va_start (list, program);
  g_ptr_array_add (words, path);
  for (const char *word = va_arg (list, const char *); word != NULL;
       word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, NULL);
  if (!g_subprocess_get_successful (process))
    g_error ("%s: %s", program, said);
}

/* 32: the server's disk is lost, and this morning's backup put in its place. What desks had
 * sent since is sent again, though they had been told that it was there. */
static void
test_base_backup (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (Desk) quiet = desk_new ();
  const char *folder = way_trial_server_get_folder (faults_server);
  g_autofree char *hba_path = g_build_filename (folder, "hba.conf", NULL);
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *lost = g_build_filename (folder, "lost", NULL);
  g_autofree char *backup = g_build_filename (faults_folder, "backup", NULL);
  g_autofree char *port = g_strdup_printf ("%u", way_trial_server_get_port (faults_server));
  g_autofree char *hba = NULL;
  g_autofree char *longer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (hba_path, &hba, NULL, NULL));
  longer = g_strconcat (hba, "hostssl replication all 127.0.0.1/32 scram-sha-256\n", NULL);
  g_assert_true (g_file_set_contents (hba_path, longer, -1, NULL));
  give_to_server (hba_path);
  faults_administer ("SELECT pg_reload_conf ()");

  desk_save (desk, desk->store, 30);
  desk_save (quiet, quiet->store, 10);
  sync_well (desk);
  sync_well (quiet);
  run_as_admin ("pg_basebackup", "-D", backup, "-h", "localhost", "-p", port, "-U",
                way_trial_server_get_admin (faults_server), "--checkpoint=fast", "--no-sync", NULL);
  desk_save (desk, desk->store, 40);
  sync_well (desk);
  desk_assert_arrived (desk);
  desk_save (desk, desk->store, 5);

  way_trial_server_crash (faults_server);
  g_assert_cmpint (g_rename (data, lost), ==, 0);
  g_free (faults_spawn ("cp", "-a", backup, data, NULL));
  give_to_server (data);
  way_trial_server_restart (faults_server, &error);
  g_assert_no_error (error);
  g_assert_cmpint (faults_count ("SELECT count(*) FROM main.event WHERE CAST(body AS text)"
                                 " LIKE '%\"fault%'"),
                   >, 0);
  sync_well (desk);
  sync_well (quiet);
  desk_assert_arrived (desk);
  desk_assert_arrived (quiet);
  desk_save (desk, desk->store, 5);
  sync_well (desk);
  desk_assert_arrived (desk);
  faults_assert_sound ();
  g_free (faults_spawn ("rm", "-rf", lost, backup, NULL));
}

/* 33: dumped, read into a new database, and the old one thrown away. */
static void
test_dump (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *dump = g_build_filename (faults_folder, "trust.dump", NULL);
  g_autofree char *port = g_strdup_printf ("%u", way_trial_server_get_port (faults_server));
  const char *admin = way_trial_server_get_admin (faults_server);
  g_autofree char *postgres = way_trial_server_dup_uri (faults_server, admin, "postgres");
  g_autoptr (GError) error = NULL;

  desk_save (desk, desk->store, 30);
  sync_well (desk);
  run_as_admin ("pg_dump", "-Fc", "-f", dump, "-h", "localhost", "-p", port, "-U", admin, "trust",
                NULL);
  desk_save (desk, desk->store, 30);
  sync_well (desk);
  {
    g_autoptr (WayDb) db = way_db_open (postgres, WAY_DB_READ_WRITE, &error);

    g_assert_no_error (error);
    way_db_exec (db, "DROP DATABASE trust WITH (FORCE)", &error);
    way_db_exec (db, "CREATE DATABASE trust TEMPLATE template0", &error);
    g_assert_no_error (error);
  }
  run_as_admin ("pg_restore", "-d", "trust", "-h", "localhost", "-p", port, "-U", admin, dump,
                NULL);
  g_free (faults_run ("trust", "after-restore", faults_uri, NULL));
  desk_save (desk, desk->store, 3);
  sync_well (desk);
  desk_assert_arrived (desk);
  faults_assert_sound ();
}

#define HEX(text) "CAST('" text "' AS bytea)"

/* 38: somebody with a login and psql, and no program of ours. What they send is put aside or
 * kept as what it is; nothing else is held up by it. */
static void
test_poison (void)
{
  static const char *const bodies[] = {
    "CAST('{' AS bytea)",                     /* cut off */
    "CAST('{\"a\":1}{\"a\":2}' AS bytea)",    /* two */
    "decode ('00', 'hex')",                   /* NUL */
    "decode ('7b2261223a22ff227d', 'hex')",   /* not UTF-8 */
    "CAST('{\"a\":\"\\\\u0000\"}' AS bytea)", /* NUL, spelt out */
    "CAST('{\"module\":\"fault\",\"version\":1e999}' AS bytea)",
    "CAST('{\"a\":' || repeat ('[', 20000) || repeat (']', 20000) || '}' AS bytea)",
    "CAST('{\"a\":\"' || repeat ('x', 3000000) || '\"}' AS bytea)",
    "CAST('[1, 2, 3]' AS bytea)",
    "CAST('{\"a\":NaN}' AS bytea)",
    "NULL",
  };
  static const char *const times[] = { "9223372036854775807", "-9223372036854775808",
                                       "9214646400000000000", "NULL", "0" };
  g_autoptr (Desk) villain = desk_new ();
  g_autoptr (Desk) desk = desk_new ();
  GString *sql = g_string_new ("\\set ON_ERROR_STOP off\n");
  g_autofree char *script = g_build_filename (faults_folder, "poison.sql", NULL);
  g_autofree char *target = NULL;
  g_autofree char *port = g_strdup_printf ("%u", way_trial_server_get_port (faults_server));
  guint seq = 1;

  desk_save (desk, desk->store, 10);
  desk_save (villain, villain->store, 10);
  sync_well (villain);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (guint j = 0; j < G_N_ELEMENTS (times); j++, seq++)
      g_string_append_printf (sql,
                              "SELECT refusal, acked, quarantined FROM api.push_v1 ("
                              "'01234567-89ab-7cde-8f01-2345678900ff', 'psql', %u, 0,"
                              " ARRAY[CAST('01234567-89ab-7cde-8f01-%012u' AS bytea)], "
                              "ARRAY[NULL]::bytea[],"
                              " ARRAY[NULL]::bytea[], ARRAY[" HEX (
                                  "step") "], ARRAY[%s]::bigint[],"
                                          " ARRAY[%s]::bigint[], ARRAY[" HEX (
                                              "Europe/London") "],"
                                                               " ARRAY[" HEX (
                                                                   "00112233445566778899aabbccddeef"
                                                                   "f") "], ARRAY[%s]::bytea[],"
                                                                        " ARRAY[CAST(repeat ('a', "
                                                                        "64) AS bytea)], "
                                                                        "ARRAY[CAST(repeat ('b', "
                                                                        "64) AS bytea)],"
                                                                        " ARRAY[%s]::bigint[], "
                                                                        "ARRAY[%s]::bigint[]);\n",
                              seq, seq, j == 1 ? "9223372036854775807" : "1", times[j], bodies[i],
                              times[j], times[j]);
  g_assert_true (g_file_set_contents (script, sql->str, -1, NULL));
  g_string_free (sql, TRUE);
  target = g_strdup_printf ("host=localhost port=%s user=%s dbname=trust", port, villain->login);
  run_as_admin ("psql", "-X", "-q", "-d", target, "-f", script, NULL);

  /* Each was taken, and put aside; nothing was believed. */
  g_assert_cmpint (faults_count ("SELECT last_seq FROM main.stream WHERE stream ="
                                 " '01234567-89ab-7cde-8f01-2345678900ff'"),
                   ==, seq - 1);
  g_assert_cmpint (faults_count ("SELECT count(*) FROM main.event WHERE stream ="
                                 " '01234567-89ab-7cde-8f01-2345678900ff'"),
                   ==, 0);
  g_test_message ("%u put aside", seq - 1);
  sync_well (desk);
  desk_save (villain, villain->store, 10);
  sync_well (villain);
  villain->n_apart = seq - 1;
  desk_assert_arrived (desk);
  desk_assert_arrived (villain);
  faults_assert_sound ();
}

/* 43: the password is changed, has run out, is the right one again. */
static void
test_password (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *change = NULL;
  g_autofree char *run_out = NULL;
  g_autofree char *for_ever = NULL;
  g_autofree char *passfile = NULL;
  g_autofree char *mine = g_build_filename (faults_folder, "mine.pass", NULL);
  g_autofree char *line = NULL;
  GString *uri = g_string_new (desk->uri);

  desk_save (desk, desk->store, 5);
  sync_well (desk);
  change = g_strdup_printf ("ALTER ROLE %s PASSWORD 'another'", desk->login);
  run_out = g_strdup_printf ("ALTER ROLE %s VALID UNTIL '2001-01-01'", desk->login);
  for_ever = g_strdup_printf ("ALTER ROLE %s VALID UNTIL 'infinity'", desk->login);
  desk_save (desk, desk->store, 5);
  faults_administer (change);
  try_sync (desk, "(28P01)");
  line = g_strdup_printf ("*:*:*:%s:another\n", desk->login);
  g_assert_true (
      g_file_set_contents_full (mine, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  passfile = g_strdup (way_trial_server_get_passfile (faults_server));
  g_string_replace (uri, passfile, mine, 1);
  g_free (desk->uri);
  desk->uri = g_string_free (uri, FALSE);
  sync_well (desk);
  desk_save (desk, desk->store, 5);
  faults_administer (run_out);
  try_sync (desk, "(28P01)");
  faults_administer (for_ever);
  sync_well (desk);
  desk_assert_arrived (desk);
}

typedef struct
{
  Desk *desk;
  char *store;
  GSubprocess *process;
} Sheep;

/* 46: after an outage everybody comes at once. Who is sent away comes again. */
static void
test_herd (void)
{
  guint n_people = g_test_slow () ? 12 : 4;
  guint n_each = g_test_slow () ? 17 : 3;
  g_autoptr (GPtrArray) desks = g_ptr_array_new_with_free_func ((GDestroyNotify) desk_free);
  g_autoptr (GArray) herd = g_array_new (FALSE, FALSE, sizeof (Sheep));
  g_autoptr (GError) error = NULL;
  gint64 begin;
  guint n_left;
  guint n_rounds = 0;
  guint n_away = 0;

  for (guint i = 0; i < n_people; i++)
    g_ptr_array_add (desks, desk_new ());
  for (guint i = 0; i < n_people * n_each; i++)
    {
      g_autofree char *name = g_strdup_printf ("herd-%u", i);
      Sheep sheep = { desks->pdata[i % n_people], NULL, NULL };

      sheep.store = desk_dup_store (sheep.desk, name);
      desk_save (sheep.desk, sheep.store, 50);
      g_array_append_val (herd, sheep);
    }
  way_trial_server_crash (faults_server);
  way_trial_server_restart (faults_server, &error);
  g_assert_no_error (error);
  begin = g_get_monotonic_time ();
  n_left = herd->len;
  while (n_left > 0)
    {
      g_assert_cmpuint (++n_rounds, <, 100);
      for (guint i = 0; i < herd->len; i++)
        {
          Sheep *sheep = &g_array_index (herd, Sheep, i);

          if (sheep->store != NULL)
            sheep->process = desk_begin_sync (sheep->desk, sheep->store);
        }
      for (guint i = 0; i < herd->len; i++)
        {
          Sheep *sheep = &g_array_index (herd, Sheep, i);

          if (sheep->store == NULL)
            continue;
          if (!faults_wait (sheep->process))
            {
              n_away++;
              continue;
            }
          g_clear_pointer (&sheep->store, g_free);
          n_left--;
        }
    }
  g_test_message ("%u desktops with 50 each: %.1f a second; %u were sent away in %u rounds",
                  herd->len, herd->len * 1e6 / (g_get_monotonic_time () - begin), n_away, n_rounds);
  for (guint i = 0; i < n_people; i++)
    desk_assert_arrived (desks->pdata[i]);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  faults_begin (argv[1], WAY_TRIAL_SERVER_FAST);
  g_test_add_func ("/ctl/server/27-35-backend-killed", test_backend_killed);
  g_test_add_func ("/ctl/server/28-restarts", test_restarts);
  g_test_add_func ("/ctl/server/29-no-connection-left", test_no_connection_left);
  g_test_add_func ("/ctl/server/32-base-backup", test_base_backup);
  g_test_add_func ("/ctl/server/33-dump", test_dump);
  g_test_add_func ("/ctl/server/38-poison", test_poison);
  g_test_add_func ("/ctl/server/43-password", test_password);
  g_test_add_func ("/ctl/server/46-herd", test_herd);
  g_test_add_func ("/ctl/server/30-full", test_full);
  status = g_test_run ();
  faults_end ();
  return status;
}
