/* way-driver.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-driver-private.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

/**
 * way_driver_new:
 *
 * Takes a seat at the display and the accessibility bus of this session.
 *
 * Returns: (transfer full): a driver with nothing started
 */
WayDriver *
way_driver_new (void)
{
  WayDriver *self = g_new0 (WayDriver, 1);

  self->environment = g_ptr_array_new_with_free_func (g_free);
  self->patience = 15;
  self->screen = way_screen_new ();
  if (self->screen == NULL)
    way_driver_fail (self, "There is no display: run this under tests/tools/with-display");
  /* libatspi warns of every node that goes while it is asked about. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("dbind", G_LOG_LEVEL_WARNING, ignore_cb, NULL);
  /* Nothing is remembered between looks: what is read is what stands there now. */
  g_setenv ("ATSPI_NO_CACHE", "1", TRUE);
  if (atspi_init () > 1)
    way_driver_fail (self, "There is no accessibility bus");
  atspi_set_timeout (2000, 15000);
  self->ear = way_ear_new (way_tree_get_bus ());
  return self;
}

static void
forget (WayDriver *self)
{
  g_clear_object (&self->application);
  self->window = 0;
  self->pid = 0;
}

/**
 * way_driver_free:
 *
 * Ends what still runs and leaves the seat.
 */
void
way_driver_free (WayDriver *self)
{
  if (self->pid != 0)
    way_driver_kill (self);
  way_ear_free (self->ear);
  g_clear_pointer (&self->screen, way_screen_free);
  g_ptr_array_unref (self->environment);
  g_free (self);
}

/**
 * way_driver_fail:
 *
 * Says what went wrong and what was to be seen, keeps a picture where
 * WAY_FAILURE_PNG names a file, and ends the test.
 */
void
way_driver_fail (WayDriver *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  const char *picture = g_getenv ("WAY_FAILURE_PNG");
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (self->application != NULL)
    {
      g_autofree char *tree = way_node_dump (self->application);

      fputs (tree, stderr);
    }
  if (picture != NULL && self->window != 0)
    {
      WayArea area;
      int width, height;
      g_autoptr (GBytes) pixels = NULL;

      if (way_screen_get_area (self->screen, self->window, &area))
        pixels = way_screen_read (self->screen, &area, &width, &height);
      if (pixels != NULL && way_screen_write_png (pixels, width, height, picture))
        fprintf (stderr, "What was to be seen: %s\n", picture);
    }
  fprintf (stderr, "%s\n", message);
  printf ("Bail out! %s\n", message);
  fflush (stdout);
  if (self->pid != 0)
    kill (self->pid, SIGKILL);
  exit (1);
}

/**
 * way_driver_set_patience:
 * @seconds: how long a step may take
 *
 * Sets the deadline of each step from now on.
 */
void
way_driver_set_patience (WayDriver *self, double seconds)
{
  self->patience = seconds;
}

/**
 * way_driver_set_env:
 * @value: (nullable): %NULL to take it away
 *
 * Sets a variable for programs that are started from now on.
 */
void
way_driver_set_env (WayDriver *self, const char *name, const char *value)
{
  g_ptr_array_add (self->environment, g_strdup (name));
  g_ptr_array_add (self->environment, g_strdup (value));
}

/**
 * way_driver_set_text_scale:
 *
 * Sets the size of text for programs that are started from now on.
 */
void
way_driver_set_text_scale (WayDriver *self, double scale)
{
  way_screen_set_text_scale (self->screen, scale);
}

/**
 * way_driver_get_deadline:
 *
 * Returns: until when a step that begins now may take, of g_get_monotonic_time()
 */
gint64
way_driver_get_deadline (WayDriver *self)
{
  return g_get_monotonic_time () + (gint64) (self->patience * G_USEC_PER_SEC);
}

/**
 * way_driver_pause:
 * @role: of what is waited for
 * @name: of it
 *
 * Waits a moment, and fails when the program has gone meanwhile.
 */
void
way_driver_pause (WayDriver *self, const char *role, const char *name)
{
  int status;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (WAY_DRIVER_POLL);
  if (self->pid == 0 || waitpid (self->pid, &status, WNOHANG) != self->pid)
    return;
  forget (self);
  way_driver_fail (self, "The program ended (%s %d) while waiting for %s “%s”",
                   WIFSIGNALED (status) ? "signal" : "status",
                   WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status), role, name);
}

static void
child_setup (gpointer user_data)
{
  /* The program must not outlive its journey, however that ends. */
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/**
 * way_driver_start:
 * @argv: program and arguments, ended by %NULL
 *
 * Starts a program and waits for its first window.
 */
void
way_driver_start (WayDriver *self, const char *const *argv)
{
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  gint64 until = way_driver_get_deadline (self);

  g_assert (self->pid == 0);
  /* Where there is to be a window manager, the first window waits for it. */
  while (g_getenv ("WAY_WINDOW_MANAGER") != NULL && !way_screen_has_window_manager (self->screen))
    {
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "The window manager did not start");
      g_usleep (WAY_DRIVER_POLL);
    }
  way_screen_park_pointer (self->screen);

  /* Here the real accessibility bus is wanted, not GTK's stand-in for unit tests. */
  environment = g_environ_unsetenv (environment, "GTK_A11Y");
  environment = g_environ_setenv (environment, "G_DEBUG", "fatal-criticals", TRUE);
  for (guint i = 0; i + 1 < self->environment->len; i += 2)
    {
      const char *name = g_ptr_array_index (self->environment, i);
      const char *value = g_ptr_array_index (self->environment, i + 1);

      if (value != NULL)
        environment = g_environ_setenv (environment, name, value, TRUE);
      else
        environment = g_environ_unsetenv (environment, name);
    }

  if (!g_spawn_async (NULL, (char **) argv, environment,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, child_setup, NULL,
                      &self->pid, &error))
    way_driver_fail (self, "%s", error->message);

  until = way_driver_get_deadline (self);
  while ((self->window = way_screen_find_window (self->screen, self->pid)) == 0)
    {
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "%s showed no window", argv[0]);
      way_driver_pause (self, "window", argv[0]);
    }
  while ((self->application = way_node_find_application (self->pid)) == NULL)
    {
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "%s did not come to the accessibility bus", argv[0]);
      way_driver_pause (self, "application", argv[0]);
    }
}

/**
 * way_driver_is_running:
 *
 * Whether the program that was started still runs.
 */
gboolean
way_driver_is_running (WayDriver *self)
{
  int status;

  if (self->pid == 0)
    return FALSE;
  if (waitpid (self->pid, &status, WNOHANG) != self->pid)
    return TRUE;
  forget (self);
  return FALSE;
}

/**
 * way_driver_kill:
 *
 * Ends the program as a power cut would, with no chance to tidy up.
 */
void
way_driver_kill (WayDriver *self)
{
  int status;

  g_return_if_fail (self->pid != 0);
  kill (self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0)
    ;
  forget (self);
}

/**
 * way_driver_signal:
 * @number: such as SIGTERM
 *
 * Sends a signal to the program, and goes on.
 */
void
way_driver_signal (WayDriver *self, int number)
{
  g_return_if_fail (self->pid != 0);
  kill (self->pid, number);
}

/**
 * way_driver_wait_exit:
 *
 * Waits until the program has ended by itself.
 *
 * Returns: its exit status, or 128 and the number of the signal that ended it
 */
int
way_driver_wait_exit (WayDriver *self)
{
  gint64 until = way_driver_get_deadline (self);
  int status;

  g_return_val_if_fail (self->pid != 0, -1);
  while (waitpid (self->pid, &status, WNOHANG) != self->pid)
    {
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "The program did not end");
      g_usleep (WAY_DRIVER_POLL);
    }
  forget (self);
  return WIFSIGNALED (status) ? 128 + WTERMSIG (status) : WEXITSTATUS (status);
}

/**
 * way_driver_quit:
 * @keys: what to press, such as "Ctrl+q"
 *
 * Asks the program to end and waits for that.
 *
 * Returns: as way_driver_wait_exit()
 */
int
way_driver_quit (WayDriver *self, const char *keys)
{
  way_driver_key (self, keys);
  return way_driver_wait_exit (self);
}

/**
 * way_driver_find:
 *
 * Looks once for a node that is on the screen.
 *
 * Returns: (transfer full) (nullable): the first in the order of the tree
 */
AtspiAccessible *
way_driver_find (WayDriver *self, const char *role, const char *name)
{
  g_autoptr (GPtrArray) found = way_node_search (self->application, role, name, TRUE);

  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/**
 * way_driver_find_all:
 *
 * Looks once for all such nodes on the screen.
 *
 * Returns: (transfer full) (element-type AtspiAccessible): in the order of the tree
 */
GPtrArray *
way_driver_find_all (WayDriver *self, const char *role, const char *name)
{
  return way_node_search (self->application, role, name, FALSE);
}

/**
 * way_driver_list_names:
 *
 * Lists the names of all there is, on the screen or scrolled out of it.
 *
 * Returns: (transfer full) (element-type utf8): in the order of the tree
 */
GPtrArray *
way_driver_list_names (WayDriver *self)
{
  return way_node_list_names (self->application);
}

/**
 * way_driver_wait_one:
 *
 * Waits until one of several things is on the screen.
 *
 * Returns: the index of the first that is
 */
guint
way_driver_wait_one (WayDriver *self, const WayTarget *targets, guint n_targets)
{
  gint64 until = way_driver_get_deadline (self);

  while (TRUE)
    {
      for (guint i = 0; i < n_targets; i++)
        {
          g_autoptr (AtspiAccessible)
              node = way_driver_find (self, targets[i].role, targets[i].name);

          if (node != NULL)
            return i;
        }
      if (g_get_monotonic_time () > until)
        break;
      way_driver_pause (self, targets[0].role, targets[0].name);
    }
  way_driver_fail (self, "There is no %s “%s”", targets[0].role, targets[0].name);
}

/**
 * way_driver_wait:
 *
 * Waits until a node is on the screen.
 *
 * Returns: (transfer full): the node
 */
AtspiAccessible *
way_driver_wait (WayDriver *self, const char *role, const char *name)
{
  gint64 until = way_driver_get_deadline (self);

  while (TRUE)
    {
      AtspiAccessible *node = way_driver_find (self, role, name);

      if (node != NULL)
        return node;
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "There is no %s “%s” on the screen", role, name);
      way_driver_pause (self, role, name);
    }
}

/**
 * way_driver_wait_said:
 * @text: in which * and ? stand for any text and any character
 *
 * Waits until a screen reader has been told something after what was last waited for in this way,
 * such as what a toast says: that is gone again soon, and a slow look at the screen misses it.
 */
void
way_driver_wait_said (WayDriver *self, const char *text)
{
  gint64 until = way_driver_get_deadline (self);

  while (!way_ear_has_heard (self->ear, text))
    {
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "“%s” is not said", text);
      way_driver_pause (self, "what is said,", text);
    }
}

/**
 * way_driver_has_said:
 * @text: in which * and ? stand for any text and any character
 *
 * Whether a screen reader has been told it by now; forgets it then, and what was said before.
 */
gboolean
way_driver_has_said (WayDriver *self, const char *text)
{
  way_driver_pause (self, "what is said,", text);
  return way_ear_has_heard (self->ear, text);
}

/**
 * way_driver_wait_gone:
 *
 * Waits until no such node is on the screen any more.
 */
void
way_driver_wait_gone (WayDriver *self, const char *role, const char *name)
{
  gint64 until = way_driver_get_deadline (self);

  while (TRUE)
    {
      g_autoptr (AtspiAccessible) node = way_driver_find (self, role, name);

      if (node == NULL)
        return;
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "%s “%s” is still on the screen", role, name);
      way_driver_pause (self, role, name);
    }
}

/**
 * way_driver_wait_state:
 *
 * Waits until a node has a state, or has it no longer.
 */
void
way_driver_wait_state (
    WayDriver *self, const char *role, const char *name, AtspiStateType state, gboolean is_set)
{
  gint64 until = way_driver_get_deadline (self);

  while (TRUE)
    {
      g_autoptr (AtspiAccessible) node = way_driver_wait (self, role, name);

      if (way_node_has_state (node, state) == is_set)
        return;
      if (g_get_monotonic_time () > until)
        {
          GEnumClass *states = g_type_class_ref (ATSPI_TYPE_STATE_TYPE);

          way_driver_fail (self, "%s “%s” %s %s", role, name, is_set ? "is never" : "stays",
                           g_enum_get_value (states, state)->value_nick);
        }
      way_driver_pause (self, role, name);
    }
}

/**
 * way_driver_get_size:
 *
 * Says how large the main window is to be seen.
 */
void
way_driver_get_size (WayDriver *self, int *width, int *height)
{
  WayArea area = { 0 };

  way_screen_get_area (self->screen, self->window, &area);
  *width = area.width;
  *height = area.height;
}

/**
 * way_driver_resize:
 *
 * Asks for a size of the main window. One that is too narrow for its content stays
 * wider: way_driver_get_size() tells.
 */
void
way_driver_resize (WayDriver *self, int width, int height)
{
  int w = 0, h = 0;

  /* The shadow, which counts, may be there only after the first frame: ask again. */
  for (guint i = 0; i < 12; i++)
    {
      way_screen_resize (self->screen, self->window, width, height);
      g_usleep (3 * WAY_DRIVER_POLL);
      way_driver_get_size (self, &w, &h);
      if (w == width && h == height)
        return;
    }
}

/**
 * way_driver_shoot:
 * @path: where to write a PNG
 *
 * Takes a picture of the main window and what lies over it, once it has come to rest.
 */
void
way_driver_shoot (WayDriver *self, const char *path)
{
  g_autoptr (GBytes) before = NULL;
  gint64 until = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  int width = 0, height = 0;

  while (TRUE)
    {
      g_autoptr (GBytes) now = NULL;
      WayArea area;
      gboolean is_at_rest;

      if (!way_screen_get_area (self->screen, self->window, &area)
          || (now = way_screen_read (self->screen, &area, &width, &height)) == NULL)
        way_driver_fail (self, "There is no window to take a picture of");
      is_at_rest = before != NULL && g_bytes_equal (before, now);
      g_clear_pointer (&before, g_bytes_unref);
      before = g_steal_pointer (&now);
      if (is_at_rest || g_get_monotonic_time () > until)
        break;
      g_usleep (3 * WAY_DRIVER_POLL);
    }
  if (!way_screen_write_png (before, width, height, path))
    way_driver_fail (self, "%s could not be written", path);
}

/**
 * way_driver_read:
 *
 * Reads what is in the windows, on the screen or not; of a modal window only that.
 *
 * Returns: (transfer full): it
 */
WayTree *
way_driver_read (WayDriver *self)
{
  return way_tree_read (self->application, TRUE);
}

/**
 * way_driver_audit:
 *
 * Fails when something on the screen can take the focus and has no name.
 */
void
way_driver_audit (WayDriver *self)
{
  g_autoptr (GPtrArray) problems = way_node_audit (self->application);

  for (guint i = 0; i < problems->len; i++)
    fprintf (stderr, "%s\n", (const char *) g_ptr_array_index (problems, i));
  if (problems->len > 0)
    way_driver_fail (self, "%u controls have no name", problems->len);
}

/**
 * way_driver_dump:
 *
 * Writes down what of the program is on the screen now.
 *
 * Returns: (transfer full): a node a line
 */
char *
way_driver_dump (WayDriver *self)
{
  return way_node_dump (self->application);
}
