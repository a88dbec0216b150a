/* bench-gap.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a window does not answer at most: during a sync over a line with 300 ms there and
 * back, during one on a disk that takes 500 ms for each sync as well (fault 50), and when there
 * is nothing to send or fetch, by turns. Run it under tests/tools/with-display.
 *
 *   bench-gap WAYMARK WAYMARKCTL [--plant MS]
 *
 * The window is asked for its actions over the session bus again and again. What answers is its
 * main loop: the longest answer is the longest gap. Each sync has something to send and
 * something to fetch, and is measured from the key press until the trust has all, the store has
 * all, then no byte has gone over the line and nothing to the disk for longer than any step
 * takes, and the sidebar looks other than before: by then it is over, and has been shown.
 *
 * A sync is shown: a line and an icon at the foot of the sidebar, and a notice. A window that
 * draws nothing has no gaps at all, but one frame of the toolkit is several times that, whoever
 * wants it drawn. So an idle window is one as a person has it: no sync, the pointer passes over
 * the sidebar, and a notice as long as that of a sync comes and goes. That is what a sync is
 * held against; the window in which nothing happens at all is printed beside it.
 *
 * A thread that could run and had no processor was not kept by what this program does: that
 * time is taken off each answer, for this program, the bus, the window and the X server, through
 * which a question goes one after the other. Where one of them waits so while the main loop works
 * it would be too much: an answer never counts for less than the work of the main loop. Its
 * waiting for anything else stays in. `--plant` shows it: the window is stopped for so long in
 * each sync, and the run fails unless that is found. */

#include "config.h"

#include "faults-fixture.h"
#include "way-proxy.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_ROUNDS 7
#define N_PLANTED_ROUNDS 1
#define N_EVENTS 300
#define ROUND_TRIP_MS 300
#define DISK_MS 500
#define MOST_RATIO 2.0
#define PATIENCE (60 * G_USEC_PER_SEC)
#define REST_TIME (2 * G_USEC_PER_SEC)
/* Longer than any step of a sync takes here: nothing for so long, and it is over. */
#define QUIET_TIME (2 * G_USEC_PER_SEC)
/* The pointer goes down the sidebar of a window that nobody has moved, in steps. */
#define POINTER_X 120
#define POINTER_TOP 80
#define POINTER_BOTTOM 400
#define N_STEPS 16
#define SIDEBAR_WIDTH 240
#define STEP_TIME (G_USEC_PER_SEC / 8)
/* A notice stays for five seconds. */
#define NOTICE "The trust has everything."
#define NOTICE_TIME (6 * G_USEC_PER_SEC)
/* Of the processor in a second, ns: a window at rest has less. */
#define REST_WORK 20e6
#define N_QUIET 3
/* And a frame has at least so much. */
#define FRAME_WORK 1e6
/* Between two questions: what is missed of a gap is less than that. */
#define PAUSE 500

typedef struct
{
  char *path; /* of a schedstat file */
  double ms;
} Wait;

typedef struct
{
  const char *waymark;
  GDBusConnection *bus;
  Display *display;
  WayProxy *proxy;
  Desk *desk;
  WayFaultShim *shim;
  char *uri;   /* of the trust, over the line */
  char *store; /* of the window */
  char *other; /* of the same person's other desk */
  int plant;   /* ms that the window is stopped in each sync, or 0 */

  GPtrArray *waits;  /* of Wait: whose waiting for a processor is taken off */
  char *main_thread; /* the window's, one of them */
} Bench;

typedef struct
{
  const char *name;
  gboolean is_slow_disk;
  GArray *rest; /* of double: ms */
  GArray *idle;
  GArray *busy;
} Series;

/* What the person has done, and the trust or the window's store has. */
static gint64
count_in_trust (Bench *self)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM main.event WHERE author = '%s'",
                                          self->desk->person);

  return faults_count (sql);
}

static gboolean
call (Bench *self, const char *path, const char *method, GVariant *parameters, int timeout_ms)
{
  g_autoptr (GVariant)
      reply = g_dbus_connection_call_sync (self->bus, WAY_APPLICATION_ID, path, "org.gtk.Actions",
                                           method, parameters, NULL,
                                           G_DBUS_CALL_FLAGS_NO_AUTO_START, timeout_ms, NULL, NULL);

  return reply != NULL;
}

static char *
dup_path (const char *rest)
{
  g_autofree char *path = g_strconcat ("/", WAY_APPLICATION_ID, NULL);

  for (char *c = path; *c != '\0'; c++)
    if (*c == '.')
      *c = '/';
    else if (*c == '-')
      *c = '_';
  return g_strconcat (path, rest, NULL);
}

/* What the threads on a question's way have waited for a processor, ms. One that has ended has
 * waited for what it last had. */
static double
read_wait (Bench *self)
{
  double wait = 0;

  for (guint i = 0; i < self->waits->len; i++)
    {
      Wait *one = self->waits->pdata[i];
      char text[128];
      int fd = open (one->path, O_RDONLY | O_CLOEXEC);
      ssize_t n = fd >= 0 ? read (fd, text, sizeof text - 1) : -1;
      const char *second = NULL;

      if (fd >= 0)
        close (fd);
      if (n > 0)
        {
          text[n] = '\0';
          second = strchr (text, ' ');
        }
      if (second != NULL)
        one->ms = g_ascii_strtod (second, NULL) / 1e6;
      wait += one->ms;
    }
  return wait;
}

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_free (self->path);
  g_free (self);
}

/* All threads of a process: one that holds a lock may wait as well as one that wants it. */
static void
add_waits (Bench *self, const char *process)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%s/task", process);
  g_autoptr (GDir) dir = g_dir_open (tasks, 0, NULL);
  const char *task;

  while (dir != NULL && (task = g_dir_read_name (dir)) != NULL)
    {
      Wait *wait = g_new0 (Wait, 1);

      wait->path = g_strdup_printf ("%s/%s/schedstat", tasks, task);
      g_ptr_array_add (self->waits, wait);
    }
}

/* The window asks the X server in some frames, and waits for it. */
static char *
dup_display_process (Bench *self)
{
  struct ucred peer;
  socklen_t length = sizeof peer;

  if (getsockopt (ConnectionNumber (self->display), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
    g_error ("The X server is not on this machine");
  return g_strdup_printf ("%d", peer.pid);
}

/* This program, the bus, the window and the X server. */
static void
find_waits (Bench *self, GSubprocess *window)
{
  g_autofree char *display = dup_display_process (self);
  g_autofree char *own = g_strdup_printf ("%d", getpid ());
  g_autofree char *bus = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  guint32 id;

  reply = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                       g_variant_new ("(s)", "org.freedesktop.DBus"),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                       &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &id);
  bus = g_strdup_printf ("%u", id);
  g_ptr_array_set_size (self->waits, 0);
  add_waits (self, own);
  add_waits (self, bus);
  add_waits (self, g_subprocess_get_identifier (window));
  add_waits (self, display);
}

/* What the main thread has had of the processor, ns: the same however busy the machine is. */
static double
read_work (Bench *self)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (self->main_thread, &text, NULL, NULL))
    g_error ("The window is gone");
  return g_ascii_strtod (text, NULL);
}

/* Asks once; ms until the answer, but for what was waited for a processor, and no less than the
 * work. */
static double
ping (Bench *self)
{
  g_autofree char *path = dup_path ("");
  double waited = read_wait (self);
  double worked = read_work (self);
  gint64 began = g_get_monotonic_time ();
  double taken;

  if (!call (self, path, "DescribeAll", NULL, 30000))
    g_error ("The window does not answer");
  taken = (g_get_monotonic_time () - began) / 1e3;
  waited = read_wait (self) - waited;
  worked = (read_work (self) - worked) / 1e6;
  return MAX (worked, taken - waited);
}

/* The longest answer within a time, if it is longer than that before. */
static void
watch (Bench *self, gint64 duration, double *longest)
{
  gint64 until = g_get_monotonic_time () + duration;

  while (g_get_monotonic_time () < until)
    {
      /* MAX would ask twice. */
      double gap = ping (self);

      *longest = MAX (*longest, gap);
      g_usleep (PAUSE);
    }
}

static gint64
count_in_store (Bench *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device_read_only (self->store, &error);
  gint64 n = 0;

  if (store == NULL
      || !way_db_get_int (way_store_get_db (store),
                          "SELECT count(*) FROM event AS e JOIN meta AS m ON m.key = 'person'"
                          " AND e.author = m.value WHERE e.received > 0",
                          &n, &error))
    g_error ("%s", error->message);
  return n;
}

/* The window, open on a store in which something waits. */
static GSubprocess *
open_window (Bench *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  g_autofree char *window = dup_path ("/window/1");
  gint64 until = g_get_monotonic_time () + PATIENCE;
  GSubprocess *process;

  way_shim_preload (launcher, faults_shim);
  process = g_subprocess_launcher_spawn (launcher, &error, self->waymark, "--trust", self->uri,
                                         "--user", self->desk->username, "--page", "today", NULL);
  g_assert_no_error (error);
  g_free (self->main_thread);
  self->main_thread = g_strdup_printf ("/proc/%s/schedstat", g_subprocess_get_identifier (process));
  while (!call (self, window, "DescribeAll", NULL, 30000))
    {
      if (g_get_monotonic_time () > until)
        g_error ("There is no window");
      g_usleep (50000);
    }
  return process;
}

/* Until it has nothing to do: hardly any work in one second after the other. On a busy machine
 * it may only wait in one. */
static void
settle (Bench *self)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  guint n_quiet = 0;

  while (n_quiet < N_QUIET)
    {
      double before = read_work (self);

      g_usleep (G_USEC_PER_SEC);
      n_quiet = read_work (self) - before < REST_WORK ? n_quiet + 1 : 0;
      if (g_get_monotonic_time () > until)
        g_error ("The window does not come to rest");
    }
}

static void
close_window (GSubprocess *process)
{
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static void
move_pointer (Bench *self, int x, int y)
{
  XWarpPointer (self->display, None, DefaultRootWindow (self->display), 0, 0, 0, 0, x, y);
  XFlush (self->display);
}

/* The pointer passes over the sidebar. */
static void
watch_pointer (Bench *self, double *longest)
{
  double before = read_work (self);

  for (int i = 0; i < N_STEPS; i++)
    {
      move_pointer (self, POINTER_X,
                    POINTER_TOP + (POINTER_BOTTOM - POINTER_TOP) * i / (N_STEPS - 1));
      watch (self, STEP_TIME, longest);
    }
  move_pointer (self, DisplayWidth (self->display, 0) - 1, DisplayHeight (self->display, 0) - 1);
  watch (self, STEP_TIME, longest);
  if (read_work (self) - before < N_STEPS / 2 * FRAME_WORK)
    g_error ("The pointer has not met the window");
}

/* A notice comes and goes. */
static void
watch_notice (Bench *self, double *longest)
{
  g_autofree char *window = dup_path ("/window/1");
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("av"));

  g_variant_builder_add (builder, "v", g_variant_new_string (NOTICE));
  if (!call (self, window, "Activate", g_variant_new ("(sava{sv})", "toast", builder, NULL), 30000))
    g_error ("The window shows no notice");
  watch (self, NOTICE_TIME, longest);
}

/* What the sidebar looks like, as a checksum. */
static char *
look (Bench *self)
{
  XImage *image = XGetImage (self->display, DefaultRootWindow (self->display), 0, 0, SIDEBAR_WIDTH,
                             DisplayHeight (self->display, 0), AllPlanes, ZPixmap);
  char *sum;

  g_assert_nonnull (image);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) image->data,
                                     (gsize) image->bytes_per_line * image->height);
  XDestroyImage (image);
  return sum;
}

/* Until nothing has gone over the line or to the disk for a while, and the sidebar says so. */
static void
watch_until_shown (Bench *self, const char *before, double *longest)
{
  gint64 until = g_get_monotonic_time () + PATIENCE;
  gint64 n_ops = -1;
  gint64 n_bytes = -1;
  gint64 since = 0;

  for (;;)
    {
      gint64 ops = self->shim->n_ops;
      gint64 bytes = way_proxy_get_up (self->proxy) + way_proxy_get_down (self->proxy);
      gint64 now = g_get_monotonic_time ();

      if (ops != n_ops || bytes != n_bytes)
        {
          n_ops = ops;
          n_bytes = bytes;
          since = now;
        }
      if (now - since > QUIET_TIME)
        {
          g_autofree char *after = look (self);

          if (!g_str_equal (before, after))
            return;
          if (now > until)
            g_error ("The window does not show what came of the sync");
        }
      watch (self, G_USEC_PER_SEC / 10, longest);
    }
}

typedef struct
{
  GSubprocess *window;
  int ms;
} Plant;

/* A main loop that hangs, as seen from outside. */
static gpointer
plant_cb (gpointer data)
{
  Plant *plant = data;

  g_usleep (G_USEC_PER_SEC / 2);
  g_subprocess_send_signal (plant->window, SIGSTOP);
  g_usleep (plant->ms * 1000);
  g_subprocess_send_signal (plant->window, SIGCONT);
  return NULL;
}

typedef struct
{
  Bench *bench;
  const char *name;
  gint64 wanted;
  int is_done; /* atomic */
} Arrival;

/* Looks whether all has come, while the window is watched without a break. */
static gpointer
arrive_cb (gpointer data)
{
  Arrival *arrival = data;
  gint64 until = g_get_monotonic_time () + PATIENCE;

  while (count_in_trust (arrival->bench) < arrival->wanted
         || count_in_store (arrival->bench) < arrival->wanted)
    {
      if (g_get_monotonic_time () > until)
        g_error ("%s: after a minute the trust has %" G_GINT64_FORMAT
                 " and the store %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT,
                 arrival->name, count_in_trust (arrival->bench), count_in_store (arrival->bench),
                 arrival->wanted);
      g_usleep (G_USEC_PER_SEC / 2);
    }
  g_atomic_int_set (&arrival->is_done, 1);
  return NULL;
}

/* One window: at rest, idle, a sync, then at rest and idle again. */
static void
run_round (Bench *self, Series *series)
{
  static const WayProxyRules down = { .is_down = TRUE };
  static const WayProxyRules far = { .delay_ms = ROUND_TRIP_MS / 2 };
  g_autofree char *window = dup_path ("/window/1");
  g_autofree char *before_sync = NULL;
  gint64 before, wanted, n_synced;
  double busy = 0;
  double idle = 0;
  double rest = 0;
  GSubprocess *process;
  GThread *planter = NULL;
  Plant plant;
  GThread *watcher;
  Arrival arrival;

  desk_save (self->desk, self->store, N_EVENTS);
  desk_save (self->desk, self->other, N_EVENTS);
  before = count_in_trust (self);
  g_free (desk_sync (self->desk, self->other));
  wanted = before + 2 * N_EVENTS;

  /* It begins with no line, so that its start is over when there is one. */
  way_proxy_set_rules (self->proxy, &down);
  self->shim->sync_delay_ms = 0;
  process = open_window (self);
  settle (self);
  find_waits (self, process);
  watch (self, REST_TIME, &rest);
  watch_pointer (self, &idle);
  watch_notice (self, &idle);
  before_sync = look (self);
  n_synced = self->shim->n_ops;
  self->shim->sync_delay_ms = series->is_slow_disk ? DISK_MS : 0;
  way_proxy_set_rules (self->proxy, &far);
  call (self, window, "Activate", g_variant_new ("(sava{sv})", "sync", NULL, NULL), 30000);
  plant = (Plant){ process, self->plant };
  if (self->plant > 0)
    planter = g_thread_new ("plant", plant_cb, &plant);
  arrival = (Arrival){ self, series->name, wanted, 0 };
  watcher = g_thread_new ("arrival", arrive_cb, &arrival);
  while (g_atomic_int_get (&arrival.is_done) == 0)
    {
      /* With the threads that have begun meanwhile, in this program and in the window. */
      find_waits (self, process);
      watch (self, G_USEC_PER_SEC / 10, &busy);
    }
  g_thread_join (watcher);
  watch_until_shown (self, before_sync, &busy);
  g_clear_pointer (&planter, g_thread_join);
  if (series->is_slow_disk && self->shim->n_ops == n_synced)
    g_error ("Nothing was synced to the slow disk");
  self->shim->sync_delay_ms = 0;
  settle (self);
  watch (self, REST_TIME, &rest);
  watch_pointer (self, &idle);
  close_window (process);
  g_print ("%s: %.1f ms, idle %.1f ms, at rest %.1f ms\n", series->name, busy, idle, rest);
  g_array_append_val (series->rest, rest);
  g_array_append_val (series->busy, busy);
  g_array_append_val (series->idle, idle);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static double
get_median (GArray *figures)
{
  g_array_sort (figures, compare);
  return g_array_index (figures, double, figures->len / 2);
}

static char *
dup_store (const char *uri, const char *person)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD, NULL);
  g_autofree char *trust = g_strdup_printf ("postgresql://%s:%d%s", g_uri_get_host (parsed),
                                            g_uri_get_port (parsed), g_uri_get_path (parsed));
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, trust, -1);
  g_autofree char *file = g_strconcat (person, ".db", NULL);
  g_autofree char *folder = NULL;

  digest[12] = '\0';
  folder = g_build_filename (g_get_user_data_dir (), "waymark", "stores", digest, NULL);
  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, file, NULL);
}

int
main (int argc, char **argv)
{
  Series series[] = {
    { "sync over 300 ms", FALSE, g_array_new (FALSE, FALSE, sizeof (double)),
      g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) },
    { "sync over 300 ms, slow disk", TRUE, g_array_new (FALSE, FALSE, sizeof (double)),
      g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) },
  };
  g_autoptr (GError) error = NULL;
  gboolean is_well = TRUE;
  GSubprocess *process;
  Bench self = { 0 };
  guint n_rounds;

  if (argc < 3)
    return 2;
  if (argc > 4 && g_str_equal (argv[3], "--plant"))
    self.plant = atoi (argv[4]);
  self.waits = g_ptr_array_new_with_free_func (wait_free);
  self.waymark = argv[1];
  faults_begin (argv[2], WAY_TRIAL_SERVER_FAST);
  self.bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self.display = XOpenDisplay (NULL);
  if (self.display == NULL)
    g_error ("There is no display");
  self.proxy = way_proxy_new (way_trial_server_get_port (faults_server), &error);
  g_assert_no_error (error);
  self.desk = desk_new ();
  self.uri = way_proxy_dup_uri (self.proxy, self.desk->uri);
  self.store = dup_store (self.uri, self.desk->person);
  self.other = desk_dup_store (self.desk, "other");
  /* Both desks have met the trust before, and hold a lease. */
  desk_save (self.desk, self.store, 1);
  desk_save (self.desk, self.other, 1);
  g_free (desk_sync (self.desk, self.store));
  g_free (desk_sync (self.desk, self.other));
  self.shim = way_shim_new (faults_shim, self.store);
  way_shim_set (self.shim, WAY_SHIM_SYNC, WAY_SHIM_NOTHING, 0, 0, 0);
  /* Who has been here before needs no line to sign in. */
  process = open_window (&self);
  settle (&self);
  close_window (process);
  n_rounds = self.plant > 0 ? N_PLANTED_ROUNDS : N_ROUNDS;
  for (guint i = 0; i < n_rounds; i++)
    for (guint j = 0; j < G_N_ELEMENTS (series); j++)
      run_round (&self, &series[j]);
  for (guint j = 0; j < G_N_ELEMENTS (series); j++)
    {
      double busy = get_median (series[j].busy);
      double idle = get_median (series[j].idle);
      double rest = get_median (series[j].rest);

      g_print ("longest gap during a %s: %.1f ms, idle %.1f ms: %.2f x (median of %u rounds; at"
               " most %.2f x); of a window that draws nothing %.1f ms\n",
               series[j].name, busy, idle, busy / idle, n_rounds, MOST_RATIO, rest);
      is_well = is_well && (busy <= idle * MOST_RATIO) == (self.plant == 0)
                && busy >= self.plant * 0.9;
      g_array_unref (series[j].busy);
      g_array_unref (series[j].idle);
      g_array_unref (series[j].rest);
    }
  way_shim_free (self.shim);
  desk_free (self.desk);
  way_proxy_free (self.proxy);
  g_object_unref (self.bus);
  XCloseDisplay (self.display);
  g_ptr_array_unref (self.waits);
  faults_end ();
  g_free (self.main_thread);
  g_free (self.uri);
  g_free (self.store);
  g_free (self.other);
  return is_well ? 0 : 1;
}
