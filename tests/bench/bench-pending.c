/* bench-pending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sync holds in memory while very much waits, beside the same program with nothing to
 * send: each on a trust of its server's, as a person's own login.
 *
 *   bench-pending WAYMARKCTL [EVENTS]
 *
 * Both are peaks of the proportional set size, looked at all the time that it runs. */

#include "faults-fixture.h"

#include <stdlib.h>
#include <string.h>

#define N_EVENTS 1000000
#define MOST_MORE 64.0 /* MiB */
#define N_IDLE 5

/* MiB; 0: it has ended. */
static double
read_pss (GSubprocess *process)
{
  const char *id = g_subprocess_get_identifier (process);
  g_autofree char *path = id != NULL ? g_strdup_printf ("/proc/%s/smaps_rollup", id) : NULL;
  g_autofree char *text = NULL;
  const char *line;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nPss:");
  return line != NULL ? g_ascii_strtod (line + strlen ("\nPss:"), NULL) / 1024 : 0;
}

static double
sync_and_measure (Desk *desk)
{
  GSubprocess *process = desk_begin_sync (desk, desk->store);
  double peak = 0;

  while (g_subprocess_get_identifier (process) != NULL)
    {
      /* MAX would read twice. */
      double pss = read_pss (process);

      peak = MAX (peak, pss);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  if (!faults_wait (process))
    g_error ("The sync did not go well");
  return peak;
}

int
main (int argc, char **argv)
{
  g_autoptr (Desk) desk = NULL;
  g_autofree char *events = NULL;
  g_autofree char *sql = NULL;
  guint n = argc > 2 ? (guint) atoi (argv[2]) : N_EVENTS;
  double idle = 0;
  double pending;
  double seconds;
  gint64 before;
  gint64 began;

  if (argc < 2 || n == 0)
    return 2;
  faults_begin (argv[1], WAY_TRIAL_SERVER_FAST);
  desk = desk_new ();
  events = g_strdup_printf ("%u", n);
  sql = g_strdup_printf ("SELECT count(*) FROM main.event WHERE author = '%s'", desk->person);
  /* It has met the trust before, and has what there is of the person. */
  desk_save (desk, desk->store, 1);
  g_free (desk_sync (desk, desk->store));
  before = faults_count (sql);
  for (guint i = 0; i < N_IDLE; i++)
    idle = MAX (idle, sync_and_measure (desk));
  g_free (faults_run ("demo", "device", "--store", desk->store, "--trust", faults_uri, "--person",
                      desk->username, "--events", events, NULL));
  began = g_get_monotonic_time ();
  pending = sync_and_measure (desk);
  seconds = (g_get_monotonic_time () - began) / 1e6;
  g_print (
      "a sync of %u events (%.0f s): at most %.1f MiB of memory, %.1f MiB with nothing to send:"
      " %.1f MiB more (at most %.0f)\n",
      n, seconds, pending, idle, pending - idle, MOST_MORE);
  /* Memory is worth nothing where they did not arrive. */
  g_assert_cmpint (faults_count (sql) - before, >=, n);
  faults_end ();
  return pending <= idle + MOST_MORE ? 0 : 1;
}
