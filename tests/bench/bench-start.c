/* bench-start.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From exec to the first mapped window, and what the program then holds in memory: a
 * program against a bare one, turn about, as a ratio of medians.
 *
 *   bench-start [--runs N] [--limit R] BARE PROGRAM [ARGUMENT…]
 *
 * Run it under tests/tools/with-display, without a window manager, which would put time
 * of its own into the figure. */

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

typedef struct
{
  GArray *seconds; /* of double */
  GArray *work;    /* of double: seconds of processor time until then */
  GArray *memory;  /* of double, MiB */
} Series;

static int
error_cb (Display *display, XErrorEvent *event)
{
  return 0;
}

static void
child_setup (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static gboolean
is_window_of (Display *display, Window window, GPid pid)
{
  Atom property = XInternAtom (display, "_NET_WM_PID", False);
  Atom type;
  int format;
  unsigned long n, left;
  unsigned char *data = NULL;
  gboolean is_its = FALSE;

  if (XGetWindowProperty (display, window, property, 0, 1, False, XA_CARDINAL, &type, &format, &n,
                          &left, &data)
          == Success
      && data != NULL)
    {
      is_its = n == 1 && *(gulong *) (gpointer) data == (gulong) pid;
      XFree (data);
    }
  return is_its;
}

/* Proportional set size: what the process holds, with what it shares counted in part. */
static double
read_pss (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nPss:");
  return line != NULL ? g_ascii_strtod (line + 5, NULL) / 1024 : 0;
}

/* What the main thread has had of the processor: the same however busy the machine is. */
static double
read_work (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/schedstat", pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return g_ascii_strtod (text, NULL) / 1e9;
}

static gboolean
measure (Display *display, char **argv, Series *series)
{
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean is_mapped = FALSE;
  double seconds, work, memory;
  GPid pid;
  int status;

  if (!g_spawn_async (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, child_setup, NULL, &pid, &error))
    {
      fprintf (stderr, "bench-start: %s\n", error->message);
      return FALSE;
    }
  while (!is_mapped && g_get_monotonic_time () - start < 20 * G_USEC_PER_SEC)
    {
      XEvent event;

      if (XPending (display) == 0)
        {
          g_usleep (200);
          continue;
        }
      XNextEvent (display, &event);
      is_mapped = event.type == MapNotify && !event.xmap.override_redirect
                  && is_window_of (display, event.xmap.window, pid);
    }
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  work = read_work (pid);
  /* Let the first frames be drawn, so that both hold what they hold with a window. */
  g_usleep (G_USEC_PER_SEC);
  memory = read_pss (pid);
  kill (pid, SIGKILL);
  while (waitpid (pid, &status, 0) < 0)
    ;
  if (!is_mapped || memory <= 0)
    {
      fprintf (stderr, "bench-start: %s showed no window\n", argv[0]);
      return FALSE;
    }
  if (series != NULL)
    {
      g_array_append_val (series->seconds, seconds);
      g_array_append_val (series->work, work);
      g_array_append_val (series->memory, memory);
    }
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return (g_array_index (values, double, (values->len - 1) / 2)
          + g_array_index (values, double, values->len / 2))
         / 2;
}

static gboolean
report (const char *what, const char *unit, double scale, GArray *own, GArray *bare, double limit)
{
  double a = median (own), b = median (bare);

  printf ("%s: %.0f %s, bare window %.0f %s, ratio %.2f (at most %.2f)\n", what, a * scale, unit,
          b * scale, unit, a / b, limit);
  return a / b <= limit;
}

int
main (int argc, char *argv[])
{
  int runs = 12;
  double limit = 1.4;
  const GOptionEntry entries[] = {
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How often each is started", "N" },
    { "limit", 0, 0, G_OPTION_ARG_DOUBLE, &limit, "The largest ratio that passes", "R" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("BARE PROGRAM [ARGUMENT…]");
  g_autoptr (GError) error = NULL;
  Series bare = { g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)) };
  Series own = { g_array_new (FALSE, FALSE, sizeof (double)),
                 g_array_new (FALSE, FALSE, sizeof (double)),
                 g_array_new (FALSE, FALSE, sizeof (double)) };
  gboolean is_fast, is_small;
  Display *display;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 3)
    {
      fprintf (stderr, "bench-start: %s\n", error != NULL ? error->message : "see --help");
      return 2;
    }
  display = XOpenDisplay (NULL);
  if (display == NULL)
    {
      fprintf (stderr, "bench-start: there is no display\n");
      return 1;
    }
  XSetErrorHandler (error_cb);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);

  for (int i = 0; i < runs + 1; i++)
    {
      char *bare_argv[] = { argv[1], NULL };
      gboolean is_warm = i > 0;

      if (!measure (display, bare_argv, is_warm ? &bare : NULL)
          || !measure (display, argv + 2, is_warm ? &own : NULL))
        return 1;
    }
  printf ("processor time until the window: %.0f ms, bare window %.0f ms\n",
          median (own.work) * 1000, median (bare.work) * 1000);
  is_fast = report ("start", "ms", 1000, own.seconds, bare.seconds, limit);
  is_small = report ("memory", "MiB", 1, own.memory, bare.memory, limit);
  return is_fast && is_small ? 0 : 1;
}
