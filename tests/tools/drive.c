/* drive.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Drives a program by a script of steps, one a line, as a person would, and takes
 * pictures of its window on the way. Starts a display of its own.
 *
 *   drive [--size 360x720] [--dark] [--high-contrast] [--text-scale 2] [--home FOLDER]
 *         SCRIPT PROGRAM [ARGUMENT…]
 *
 * ROLE is a role of AT-SPI or *, NAME may hold * and ?. Words are quoted as in a shell.
 *
 *   press ROLE NAME          do what pressing it does
 *   click ROLE NAME          click on it with the pointer
 *   focus ROLE NAME          go there with the Tab key
 *   key KEYS                 Return, Ctrl+j, Alt+Left …
 *   type TEXT                type where the focus is
 *   text ROLE NAME TEXT      put text into an entry
 *   wait ROLE NAME           until it is on the screen
 *   gone ROLE NAME           until it is not
 *   maybe ROLE NAME          press it if it is there now
 *   size WIDTHxHEIGHT        change the size of the window
 *   fits                     fail unless the window has the size that was asked
 *   shot FILE                take a picture of the window
 *   audit                    fail if something that takes the focus has no name
 *   dump                     print what is on the screen
 *   sleep SECONDS            for when there is nothing to wait for
 */

#include "way-driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  WayDriver *driver;
  int width;
  int height;
} Drive;

static gboolean
parse_size (const char *text, int *width, int *height)
{
  char end;

  return sscanf (text, "%dx%d%c", width, height, &end) == 2 && *width > 0 && *height > 0;
}

static void
press_if_there (Drive *self, const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) node = way_driver_find (self->driver, role, name);

  if (node != NULL)
    way_driver_press_node (self->driver, node);
}

static void
check_size (Drive *self)
{
  int width, height;

  way_driver_get_size (self->driver, &width, &height);
  if (width != self->width || height != self->height)
    way_driver_fail (self->driver, "The window is %dx%d and not %dx%d", width, height, self->width,
                     self->height);
}

static gboolean
run_step (Drive *self, char **words)
{
  WayDriver *driver = self->driver;
  const char *verb = words[0];
  guint n = g_strv_length (words) - 1;

  if (n == 2 && g_str_equal (verb, "press"))
    way_driver_press (driver, words[1], words[2]);
  else if (n == 2 && g_str_equal (verb, "click"))
    way_driver_click (driver, words[1], words[2]);
  else if (n == 2 && g_str_equal (verb, "focus"))
    way_driver_focus (driver, words[1], words[2]);
  else if (n == 1 && g_str_equal (verb, "key"))
    way_driver_key (driver, words[1]);
  else if (n == 1 && g_str_equal (verb, "type"))
    way_driver_type (driver, words[1]);
  else if (n == 3 && g_str_equal (verb, "text"))
    way_driver_set_text (driver, words[1], words[2], words[3]);
  else if (n == 2 && g_str_equal (verb, "wait"))
    g_object_unref (way_driver_wait (driver, words[1], words[2]));
  else if (n == 2 && g_str_equal (verb, "gone"))
    way_driver_wait_gone (driver, words[1], words[2]);
  else if (n == 2 && g_str_equal (verb, "maybe"))
    press_if_there (self, words[1], words[2]);
  else if (n == 1 && g_str_equal (verb, "size")
           && parse_size (words[1], &self->width, &self->height))
    way_driver_resize (driver, self->width, self->height);
  else if (n == 0 && g_str_equal (verb, "fits") && self->width > 0)
    check_size (self);
  else if (n == 1 && g_str_equal (verb, "shot"))
    {
      way_driver_shoot (driver, words[1]);
      printf ("%s\n", words[1]);
    }
  else if (n == 0 && g_str_equal (verb, "audit"))
    way_driver_audit (driver);
  else if (n == 0 && g_str_equal (verb, "dump"))
    {
      g_autofree char *tree = way_driver_dump (driver);

      fputs (tree, stdout);
    }
  else if (n == 1 && g_str_equal (verb, "sleep"))
    g_usleep ((gulong) (g_ascii_strtod (words[1], NULL) * G_USEC_PER_SEC));
  else
    return FALSE;
  return TRUE;
}

static int
run_script (Drive *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &script, NULL, &error))
    {
      fprintf (stderr, "drive: %s\n", error->message);
      return 1;
    }
  lines = g_strsplit (script, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      const char *line = g_strstrip (lines[i]);

      if (*line == '\0' || *line == '#')
        continue;
      if (!g_shell_parse_argv (line, NULL, &words, NULL) || !run_step (self, words))
        {
          fprintf (stderr, "%s:%u: there is no such step: %s\n", path, i + 1, line);
          return 2;
        }
    }
  return 0;
}

/* Runs this program again where it has a display, a bus and a home of its own. */
static void
take_display (const char *home, char **argv)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (char *) WAY_WITH_DISPLAY);
  g_ptr_array_add (arguments, (char *) "--wm");
  if (home != NULL)
    {
      g_ptr_array_add (arguments, (char *) "--home");
      g_ptr_array_add (arguments, (char *) home);
    }
  for (guint i = 0; argv[i] != NULL; i++)
    g_ptr_array_add (arguments, argv[i]);
  g_ptr_array_add (arguments, NULL);
  g_setenv ("WAY_DRIVE", "1", TRUE);
  execv (WAY_WITH_DISPLAY, (char **) arguments->pdata);
  perror (WAY_WITH_DISPLAY);
  exit (1);
}

int
main (int argc, char *argv[])
{
  g_autofree char *size = NULL;
  g_autofree char *home = NULL;
  gboolean is_dark = FALSE, is_high_contrast = FALSE;
  double text_scale = 1;
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "Size of the window", "WIDTHxHEIGHT" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, "Dark style", NULL },
    { "high-contrast", 0, 0, G_OPTION_ARG_NONE, &is_high_contrast, "High contrast", NULL },
    { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &text_scale, "2 for text twice as large", "SCALE" },
    { "home", 0, 0, G_OPTION_ARG_FILENAME, &home, "Keep the home of the program here", "FOLDER" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext)
      context = g_option_context_new ("SCRIPT PROGRAM [ARGUMENT…] – work a window by a script");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) all = g_strdupv (argv);
  g_autoptr (WayDriver) driver = NULL;
  Drive self = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 3
      || (size != NULL && !parse_size (size, &self.width, &self.height)))
    {
      fprintf (stderr, "drive: %s\n", error != NULL ? error->message : "see drive --help");
      return 2;
    }
  if (g_getenv ("WAY_DRIVE") == NULL)
    take_display (home, all);

  driver = way_driver_new ();
  way_driver_set_text_scale (driver, text_scale);
  if (is_dark)
    way_driver_set_env (driver, "ADW_DEBUG_COLOR_SCHEME", "prefer-dark");
  if (is_high_contrast)
    way_driver_set_env (driver, "ADW_DEBUG_HIGH_CONTRAST", "1");
  way_driver_start (driver, (const char *const *) argv + 2);
  if (self.width > 0)
    way_driver_resize (driver, self.width, self.height);
  self.driver = driver;
  return run_script (&self, argv[1]);
}
