/* test-faults.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "faults-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What happens to desks: real stores, put back, copied, shared, stopped and killed, with
 * waymarkctl sync against PostgreSQL. The numbers are those of the list of faults. */

#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)
#define DAY (24 * HOUR)

static void
sync_well (Desk *desk, const char *store, const char *expected)
{
  g_autofree char *said = desk_sync (desk, store);

  if (expected != NULL && strstr (said, expected) == NULL)
    g_error ("Not “%s”: %s", expected, said);
}

/* 1: killed at its n-th write or sync while it applies what the trust says. */
static void
test_killed_applying (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *fresh = desk_dup_store (desk, "fresh");
  g_autoptr (WayFaultShim) shim = way_shim_new (faults_shim, desk->store);
  gint64 n_ops;
  guint n_killed = 0;

  desk_save (desk, desk->store, 20);
  sync_well (desk, desk->store, NULL);
  desk_save (desk, desk->store, 20);
  way_shim_set (shim, WAY_SHIM_ALL, WAY_SHIM_NOTHING, 0, 0, 0);
  g_assert_true (faults_wait (desk_begin_sync (desk, desk->store)));
  n_ops = shim->n_ops;
  for (gint64 at = 1; at <= n_ops;
       at += g_test_slow () ? 1 : g_test_rand_int_range (1, (gint32) (n_ops / 8)))
    {
      desk_save (desk, desk->store, 20);
      way_shim_set (shim, WAY_SHIM_ALL, at % 2 ? WAY_SHIM_KILL : WAY_SHIM_LOSE, at, 1, 0);
      n_killed += !faults_wait (desk_begin_sync (desk, desk->store));
      way_shim_set (shim, WAY_SHIM_ALL, WAY_SHIM_NOTHING, 0, 0, 0);
      sync_well (desk, desk->store, NULL);
      desk_assert_arrived (desk);
    }
  g_test_message ("%u killed, of %" G_GINT64_FORMAT " operations of a sync", n_killed, n_ops);
  g_assert_cmpuint (n_killed, >, 4);

  /* A new desk, killed while it takes in what the trust has. */
  g_strlcpy (shim->prefix, fresh, sizeof shim->prefix);
  for (gint64 at = 5; at < 60; at += 11)
    {
      desk_save (desk, fresh, 1);
      way_shim_set (shim, WAY_SHIM_ALL, WAY_SHIM_KILL, at, 1, 0);
      faults_wait (desk_begin_sync (desk, fresh));
      way_shim_set (shim, WAY_SHIM_ALL, WAY_SHIM_NOTHING, 0, 0, 0);
    }
  sync_well (desk, fresh, NULL);
  desk_assert_arrived (desk);
  {
    g_autoptr (WayStore) store = way_store_open_device_read_only (fresh, NULL);
    gint64 n;

    g_assert_true (way_db_get_int (way_store_get_db (store),
                                   "SELECT count(DISTINCT id) FROM live WHERE kind = 'step'"
                                   " AND body LIKE '%\"fault%'",
                                   &n, NULL));
    g_assert_cmpint (n, ==, desk->n_saved);
  }
  g_unlink (faults_shim);
}

/* 5: no room on the device while it applies what the trust says. */
static void
test_full_applying (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (WayFaultShim) shim = way_shim_new (faults_shim, desk->store);

  for (gint64 at = 1; at < 40; at += 4)
    {
      desk_save (desk, desk->store, 5);
      way_shim_set (shim, WAY_SHIM_WRITE | WAY_SHIM_TRUNCATE, WAY_SHIM_FAIL, at, G_MAXINT32, 28);
      faults_wait (desk_begin_sync (desk, desk->store));
      way_shim_set (shim, WAY_SHIM_ALL, WAY_SHIM_NOTHING, 0, 0, 0);
    }
  g_unlink (faults_shim);
  sync_well (desk, desk->store, NULL);
  desk_assert_arrived (desk);
}

/* 11: the store of last week is put back over this week's, and work goes on in it. */
static void
test_put_back (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *backup = desk_dup_store (desk, "backup");

  desk_save (desk, desk->store, 30);
  sync_well (desk, desk->store, NULL);
  g_free (faults_spawn ("cp", desk->store, backup, NULL));
  desk_save (desk, desk->store, 30);
  sync_well (desk, desk->store, "\"fork\": false");
  faults_copy (backup, desk->store);
  desk_save (desk, desk->store, 7);
  sync_well (desk, desk->store, "\"fork\": true");
  desk_assert_arrived (desk);
  /* Again, with nothing new this time. */
  faults_copy (backup, desk->store);
  sync_well (desk, desk->store, "\"fork\": true");
  desk_save (desk, desk->store, 3);
  sync_well (desk, desk->store, "\"fork\": false");
  desk_assert_arrived (desk);
}

/* 12: the store is copied to another machine, and both go on. */
static void
test_copied (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *copy = desk_dup_store (desk, "copy");

  desk_save (desk, desk->store, 20);
  sync_well (desk, desk->store, NULL);
  desk_save (desk, desk->store, 5); /* not sent yet: both have them */
  g_free (faults_spawn ("cp", desk->store, copy, NULL));
  for (guint i = 0; i < 3; i++)
    {
      desk_save (desk, desk->store, 4);
      desk_save (desk, copy, 6);
      sync_well (desk, i % 2 ? copy : desk->store, NULL);
      sync_well (desk, i % 2 ? desk->store : copy, NULL);
    }
  desk_assert_arrived (desk);
}

/* 13: two programs want one store: one has it, the other says so and changes nothing. */
static void
test_two_processes (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint n_well = 0;

  desk_save (desk, desk->store, 400);
  for (guint round = 0; round < 3; round++)
    {
      GSubprocess *processes[3];

      for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
        processes[i] = desk_begin_sync (desk, desk->store);
      for (guint i = 0; i < G_N_ELEMENTS (processes); i++)
        {
          g_autofree char *said = NULL;

          g_subprocess_communicate_utf8 (processes[i], NULL, NULL, &said, NULL, NULL);
          if (g_subprocess_get_successful (processes[i]))
            n_well++;
          else
            g_assert_nonnull (strstr (said, "Waymark is open on"));
          g_object_unref (processes[i]);
        }
      desk_save (desk, desk->store, 50);
    }
  g_assert_cmpuint (n_well, >=, 3);
  sync_well (desk, desk->store, NULL);
  desk_assert_arrived (desk);
}

/* 14: two desktops of one person, at the same time. */
static void
test_two_desktops (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *other = desk_dup_store (desk, "other");
  const char *stores[] = { desk->store, other };

  for (guint round = 0; round < 4; round++)
    {
      GSubprocess *processes[2];

      for (guint i = 0; i < 2; i++)
        desk_save (desk, stores[i], 60);
      for (guint i = 0; i < 2; i++)
        processes[i] = desk_begin_sync (desk, stores[i]);
      for (guint i = 0; i < 2; i++)
        faults_wait (processes[i]);
    }
  for (guint i = 0; i < 4; i++)
    sync_well (desk, stores[i % 2], NULL);
  desk_assert_arrived (desk);
  /* And each has what the other wrote. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WayStore) store = way_store_open_device_read_only (stores[i], NULL);
      gint64 n;

      g_assert_true (way_db_get_int (way_store_get_db (store),
                                     "SELECT count(DISTINCT id) FROM live WHERE kind = 'step'"
                                     " AND body LIKE '%\"fault%'",
                                     &n, NULL));
      g_assert_cmpint (n, ==, desk->n_saved);
    }
}

/* Certificates that were made some days ago, as those of a hospital are. */
static void
age_certificates (WayFaultShim *shim)
{
  static const char *const lines[] = {
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
    " -subj /CN=authority -keyout ca.key -out ca.crt",
    "openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30"
    " -extfile names -out server.crt",
  };

  shim->clock_offset = -5 * DAY;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      g_autoptr (GError) error = NULL;

      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
      way_shim_preload (launcher, faults_shim);
      g_subprocess_launcher_set_cwd (launcher, way_trial_server_get_folder (faults_server));
      process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait_check (process, NULL, &error));
    }
  shim->clock_offset = 0;
  way_trial_server_stop (faults_server);
  g_assert_true (way_trial_server_restart (faults_server, NULL));
}

/* 15: clocks that are a day off, that go back, that jump. Which events there are, and in
 * what order, they have no say in. */
static void
test_clocks (void)
{
  static const gint64 offsets[] = { -DAY, DAY, 0, -2 * HOUR, 2 * HOUR, -DAY };
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (WayFaultShim) shim = way_shim_new (faults_shim, desk->store);
  g_autofree char *sql = NULL;
  g_autofree char *where = NULL;
  gint64 n_otherwise;

  age_certificates (shim);
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *said = NULL;

      /* Saved by one program with that clock, sent by another. */
      shim->clock_offset = offsets[i];
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                            | G_SUBPROCESS_FLAGS_STDERR_MERGE);
      way_shim_preload (launcher, faults_shim);
      process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("WAY_WAYMARKCTL"), "demo",
                                             "device", "--store", desk->store, "--trust",
                                             faults_uri, "--person", desk->username, "--events",
                                             "12", NULL);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, &error);
      if (!g_subprocess_get_successful (process))
        g_error ("%s", said);
      if (i % 2 == 1)
        shim->clock_offset = offsets[(i + 2) % G_N_ELEMENTS (offsets)];
      g_assert_true (faults_wait (desk_begin_sync (desk, desk->store)));
    }
  shim->clock_offset = 0;
  g_unlink (faults_shim);
  sync_well (desk, desk->store, NULL);
  where = g_strdup_printf ("FROM main.event e WHERE author = '%s' AND stream IN"
                           " (SELECT stream FROM main.event WHERE author = '%s'"
                           " AND received > (extract (epoch FROM now ()) - 3600) * 1000000"
                           " AND login IS NOT NULL)",
                           desk->person, desk->person);
  sql = g_strdup_printf ("SELECT count(*) %s", where);
  g_assert_cmpint (faults_count (sql), ==, 6 * 12);
  g_free (sql);
  /* Never before the one before it in its stream, never later than it came. */
  sql = g_strdup_printf ("SELECT count(*) %s AND (effective > received OR EXISTS (SELECT 1"
                         " FROM main.event f WHERE f.stream = e.stream AND f.seq = e.seq - 1"
                         " AND f.effective > e.effective))",
                         where);
  g_assert_cmpint (faults_count (sql), ==, 0);
  g_free (sql);
  /* What was sent with the clock that it was saved by is put right to within minutes: every other
   * round. The rest may be older than it was. */
  sql = g_strdup_printf ("SELECT count(*) %s AND abs (received - effective) > 600000000", where);
  n_otherwise = faults_count (sql);
  g_test_message ("%" G_GINT64_FORMAT " of 72 are dated otherwise than they came", n_otherwise);
  g_assert_cmpint (n_otherwise, <=, 3 * 12);
}

/* 16: put to sleep in the middle, for longer than another desk needs. */
static void
test_suspended (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *other = desk_dup_store (desk, "other");

  for (guint round = 0; round < 3; round++)
    {
      GSubprocess *process;

      desk_save (desk, desk->store, 200);
      desk_save (desk, other, 10);
      process = desk_begin_sync (desk, desk->store);
      g_usleep ((gulong) g_test_rand_int_range (5, 150) * 1000);
      g_subprocess_send_signal (process, SIGSTOP);
      /* The other waits for its turn at most, and is not kept out. */
      sync_well (desk, other, NULL);
      g_subprocess_send_signal (process, SIGCONT);
      faults_wait (process);
    }
  sync_well (desk, desk->store, NULL);
  desk_assert_arrived (desk);
}

static gint64
read_peak_kib (GSubprocess *process)
{
  const char *id = g_subprocess_get_identifier (process);
  g_autofree char *path = id != NULL ? g_strdup_printf ("/proc/%s/status", id) : NULL;
  g_autofree char *text = NULL;
  const char *line;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmHWM:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

static gint64
sync_and_measure (Desk *desk)
{
  GSubprocess *process = desk_begin_sync (desk, desk->store);
  gint64 peak = 0;

  while (g_subprocess_get_identifier (process) != NULL)
    {
      peak = MAX (peak, read_peak_kib (process));
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  g_assert_true (faults_wait (process));
  return peak;
}

/* 39: very much is waiting. It is sent in parts, and the memory for it stays the same. */
static void
test_many_pending (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint n = g_test_slow () ? 100000 : 2000;
  gint64 few, many;
  gint64 begin;

  desk_save (desk, desk->store, 50);
  few = sync_and_measure (desk);
  for (guint done = 0; done < n; done += 1000)
    desk_save (desk, desk->store, 1000);
  begin = g_get_monotonic_time ();
  many = sync_and_measure (desk);
  g_test_message ("%u waiting: %.0f a second; at most %" G_GINT64_FORMAT
                  " MiB of memory, %" G_GINT64_FORMAT " MiB with 50",
                  n, n * 1e6 / (g_get_monotonic_time () - begin), many / 1024, few / 1024);
  g_assert_cmpint (many, <, few + 64 * 1024);
  desk_assert_arrived (desk);
}

/* 49: the machine shuts down: whoever is sending ends soon, and the rest is kept. */
static void
test_told_to_end (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint n_ended = 0;
  gint64 longest = 0;

  for (guint round = 0; round < 4; round++)
    {
      g_autofree char *said = NULL;
      GSubprocess *process;
      gint64 begin;

      desk_save (desk, desk->store, 300);
      process = desk_begin_sync (desk, desk->store);
      g_usleep (100000 + round * 60000);
      begin = g_get_monotonic_time ();
      g_subprocess_send_signal (process, SIGTERM);
      g_subprocess_communicate_utf8 (process, NULL, NULL, &said, NULL, NULL);
      longest = MAX (longest, g_get_monotonic_time () - begin);
      if (g_subprocess_get_if_signaled (process)) /* it had hardly begun */
        g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGTERM);
      else if (!g_subprocess_get_successful (process))
        {
          g_assert_nonnull (strstr (said, "kept for the next time"));
          n_ended++;
        }
      g_object_unref (process);
    }
  g_test_message ("%u ended early, within %.1f s", n_ended, longest / 1e6);
  g_assert_cmpuint (n_ended, >, 0);
  sync_well (desk, desk->store, NULL);
  desk_assert_arrived (desk);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  g_setenv ("WAY_WAYMARKCTL", argv[1], TRUE);
  faults_begin (argv[1], WAY_TRIAL_SERVER_FAST);
  g_test_add_func ("/ctl/faults/1-2-killed-applying", test_killed_applying);
  g_test_add_func ("/ctl/faults/5-full-applying", test_full_applying);
  g_test_add_func ("/ctl/faults/11-put-back", test_put_back);
  g_test_add_func ("/ctl/faults/12-copied", test_copied);
  g_test_add_func ("/ctl/faults/13-two-processes", test_two_processes);
  g_test_add_func ("/ctl/faults/14-two-desktops", test_two_desktops);
  g_test_add_func ("/ctl/faults/15-clocks", test_clocks);
  g_test_add_func ("/ctl/faults/16-suspended", test_suspended);
  g_test_add_func ("/ctl/faults/39-many-pending", test_many_pending);
  g_test_add_func ("/ctl/faults/49-told-to-end", test_told_to_end);
  status = g_test_run ();
  faults_assert_sound ();
  faults_end ();
  return status;
}
