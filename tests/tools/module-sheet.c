/* module-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes a picture of every step of modules, narrow and wide, and puts those of a module
 * together on sheets, to be looked at.
 *
 *   module-sheet [--dark] [--text-scale 2] [--practice] ROOT FOLDER [MODULE…]
 *
 * ROOT is the source tree. The sheets go into FOLDER as MODULE-STYLE-SIZE.png, and each
 * picture by itself into FOLDER/steps. --practice takes the practice desks alone. */

#include "way-journey.h"

#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEAF (600 * 1000) /* Enter so soon after something new came is not heard */
#define GAP 12

static const struct
{
  const char *name;
  int width;
  int height;
  int columns;
  double scale;
} SIZES[] = {
  { "narrow", 360, 720, 6, 0.72 },
  { "wide", 1024, 768, 3, 0.54 },
};

typedef struct
{
  WayJourney *journey;
  const char *folder;
  const char *style;
  const char *module;
  gboolean is_practice_only;
  guint n;
  GPtrArray *pictures[G_N_ELEMENTS (SIZES)]; /* (owned) of char*: files */
} Sheet;

static void
find_programs (const char *root)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self);
  g_autofree char *build = g_build_filename (folder, "..", "..", NULL);
  g_autofree char *program = g_build_filename (build, "src", "app", "waymark", NULL);
  g_autofree char *ctl = g_build_filename (build, "src", "ctl", "waymarkctl", NULL);
  g_autofree char *schemas = g_build_filename (build, "data", NULL);
  g_autofree char *data = g_build_filename (root, "data", NULL);

  g_setenv ("WAY_WAYMARK", program, TRUE);
  g_setenv ("WAY_WAYMARKCTL", ctl, TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  g_setenv ("WAYMARK_DATADIR", data, TRUE);
}

/* Runs this program again where it has a display, a bus and a home of its own. */
static void
take_display (char **argv)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  g_ptr_array_add (arguments, (char *) WAY_WITH_DISPLAY);
  g_ptr_array_add (arguments, (char *) "--wm");
  for (guint i = 0; argv[i] != NULL; i++)
    g_ptr_array_add (arguments, argv[i]);
  g_ptr_array_add (arguments, NULL);
  g_setenv ("WAY_MODULE_SHEET", "1", TRUE);
  execv (WAY_WITH_DISPLAY, (char **) arguments->pdata);
  perror (WAY_WITH_DISPLAY);
  exit (1);
}

/* Until the window has drawn itself in its new width: what it tells of its size changes
 * with that. */
static void
resize (Sheet *self, int width, int height)
{
  for (guint tries = 0; tries < 100; tries++)
    {
      g_autoptr (WayTree) tree = NULL;
      g_autoptr (AtspiAccessible) node = NULL;
      g_autoptr (AtspiComponent) component = NULL;
      g_autofree AtspiRect *rect = NULL;

      way_driver_resize (self->journey->driver, width, height);
      tree = way_driver_read (self->journey->driver);
      node = way_tree_dup_node (tree, g_ptr_array_index (way_tree_get_visits (tree), 0));
      component = atspi_accessible_get_component_iface (node);
      rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
      /* Another round for what is drawn after the first one. */
      if (rect != NULL && abs (rect->width - width) <= 2 && tries > 0)
        return;
      g_usleep (100 * 1000);
    }
}

static void
shoot (Sheet *self, const char *name)
{
  self->n++;
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      g_autofree char *file = g_strdup_printf ("%s-%s-%s-%02u-%s.png", self->module, self->style,
                                               SIZES[i].name, self->n, name);
      char *path = g_build_filename (self->folder, "steps", file, NULL);

      resize (self, SIZES[i].width, SIZES[i].height);
      way_driver_shoot (self->journey->driver, path);
      g_ptr_array_add (self->pictures[i], path);
    }
}

static void
compose (Sheet *self, guint size)
{
  GPtrArray *pictures = self->pictures[size];
  int columns = SIZES[size].columns;
  double scale = SIZES[size].scale;
  int width = (int) (SIZES[size].width * scale);
  int height = (int) (SIZES[size].height * scale);
  int rows = ((int) pictures->len + columns - 1) / columns;
  g_autofree char *file = g_strdup_printf ("%s-%s-%s.png", self->module, self->style,
                                           SIZES[size].name);
  g_autofree char *path = g_build_filename (self->folder, file, NULL);
  cairo_surface_t *sheet = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                       GAP + columns * (width + GAP),
                                                       GAP + rows * (height + GAP));
  cairo_t *cr = cairo_create (sheet);

  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_paint (cr);
  for (guint i = 0; i < pictures->len; i++)
    {
      cairo_surface_t *picture = cairo_image_surface_create_from_png (pictures->pdata[i]);
      /* A window that does not fit its size is shown as wide as it is. */
      double fit = scale * SIZES[size].width / MAX (1, cairo_image_surface_get_width (picture));

      cairo_save (cr);
      cairo_translate (cr, GAP + (int) i % columns * (width + GAP),
                       GAP + (int) i / columns * (height + GAP));
      cairo_rectangle (cr, 0, 0, width, height);
      cairo_clip (cr);
      cairo_scale (cr, fit, fit);
      cairo_set_source_surface (cr, picture, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BEST);
      cairo_paint (cr);
      cairo_restore (cr);
      cairo_surface_destroy (picture);
    }
  cairo_destroy (cr);
  if (cairo_surface_write_to_png (sheet, path) != CAIRO_STATUS_SUCCESS)
    way_driver_fail (self->journey->driver, "%s could not be written", path);
  cairo_surface_destroy (sheet);
  printf ("%s\n", path);
  fflush (stdout);
}

/* The button at the end of the bar, once something new is no longer too new. */
static void
press (Sheet *self, const char *name)
{
  way_driver_wait_state (self->journey->driver, "button", name, ATSPI_STATE_SENSITIVE, TRUE);
  g_usleep (DEAF);
  way_driver_press (self->journey->driver, "button", name);
}

static void
wait_for (Sheet *self, const char *name)
{
  g_object_unref (way_driver_wait (self->journey->driver, "*", name));
}

static void
walk_desks (Sheet *self, const WayModule *module)
{
  for (guint i = 0; i < module->desks->len; i++)
    {
      g_autofree char *desk = g_strdup_printf ("desk-%u", i + 1);
      g_autofree char *debrief = g_strdup_printf ("debrief-%u", i + 1);

      wait_for (self, "I have finished");
      shoot (self, desk);
      press (self, "I have finished");
      wait_for (self, "How it went");
      shoot (self, debrief);
      press (self, "Go On");
    }
}

static void
walk_check (Sheet *self, const WayModule *module)
{
  wait_for (self, "Start the Check");
  shoot (self, "check");
  press (self, "Start the Check");
  for (int i = 0; i < module->draw; i++)
    {
      g_autofree char *eyebrow = g_strdup_printf ("Question %d of %d", i + 1, module->draw);
      g_autofree char *question = g_strdup_printf ("question-%d", i + 1);
      g_autofree char *feedback = g_strdup_printf ("feedback-%d", i + 1);

      wait_for (self, eyebrow);
      shoot (self, question);
      press (self, "I Don*t Know");
      g_object_unref (way_driver_wait (self->journey->driver, "button", "Go On"));
      shoot (self, feedback);
      press (self, "Go On");
      if (i + 1 < module->draw)
        way_driver_wait_gone (self->journey->driver, "label", eyebrow);
    }
  wait_for (self, "*not passed yet*");
  shoot (self, "result");
  press (self, "Go On");
}

static void
take_module (Sheet *self, const WayModule *module, const char *username)
{
  WayDriver *driver = self->journey->driver;

  self->module = module->id;
  self->n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    self->pictures[i] = g_ptr_array_new_with_free_func (g_free);

  way_journey_open (self->journey, username, "learn");
  way_driver_set_text (driver, "entry", "Search in modules", module->title);
  way_driver_press (driver, "list item", module->title);
  /* Large text leaves no room for the scale below it. */
  g_object_unref (way_driver_wait (driver, "heading", module->title));
  if (!self->is_practice_only)
    shoot (self, "before");
  press (self, "Go On");
  wait_for (self, "Why this matters");
  if (!self->is_practice_only)
    shoot (self, "why");
  press (self, "Go On");
  for (guint i = 0; i < module->cards->len; i++)
    {
      g_autofree char *card = g_strdup_printf ("Card %u of %u", i + 1, module->cards->len);
      g_autofree char *name = g_strdup_printf ("card-%u", i + 1);

      wait_for (self, card);
      if (!self->is_practice_only)
        shoot (self, name);
      press (self, "Go On");
    }
  walk_desks (self, module);
  if (!self->is_practice_only)
    {
      walk_check (self, module);
      wait_for (self, "One thing to do on your shift");
      shoot (self, "shift");
      press (self, "Remind Me on Today");
      wait_for (self, "And now?");
      shoot (self, "after");
      press (self, "Go On");
      wait_for (self, "You have been through it");
      shoot (self, "end");
    }
  way_driver_kill (driver);
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      compose (self, i);
      g_ptr_array_unref (self->pictures[i]);
    }
}

int
main (int argc, char *argv[])
{
  gboolean is_dark = FALSE, is_practice_only = FALSE;
  double text_scale = 1;
  const GOptionEntry entries[] = {
    { "dark", 0, 0, G_OPTION_ARG_NONE, &is_dark, "Dark style", NULL },
    { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &text_scale, "2 for text twice as large", "SCALE" },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &is_practice_only, "The practice desks alone", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext)
      context = g_option_context_new ("ROOT FOLDER [MODULE…] – pictures of every step");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) all = g_strdupv (argv);
  g_autoptr (WayJourney) journey = NULL;
  g_autofree char *root = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *steps = NULL;
  g_autofree char *style = NULL;
  Sheet self = { 0 };
  GPtrArray *modules;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc < 3)
    {
      fprintf (stderr, "module-sheet: %s\n", error != NULL ? error->message : "see --help");
      return 2;
    }
  root = g_canonicalize_filename (argv[1], NULL);
  folder = g_canonicalize_filename (argv[2], NULL);
  steps = g_build_filename (folder, "steps", NULL);
  find_programs (root);
  if (g_getenv ("WAY_MODULE_SHEET") == NULL)
    take_display (all);
  if (g_mkdir_with_parents (steps, 0700) != 0)
    {
      perror (steps);
      return 1;
    }

  style = g_strdup_printf ("%s%s", is_dark ? "dark" : "light", text_scale > 1 ? "-large" : "");
  journey = way_journey_new (2);
  way_driver_set_text_scale (journey->driver, text_scale);
  if (is_dark)
    way_driver_set_env (journey->driver, "ADW_DEBUG_COLOR_SCHEME", "prefer-dark");
  self.journey = journey;
  self.folder = folder;
  self.style = style;
  self.is_practice_only = is_practice_only;
  modules = way_pack_get_modules (journey->pack);
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);
      g_autofree char *sql = g_strdup_printf (
          "SELECT username FROM person p WHERE ended = 0 AND NOT EXISTS "
          "(SELECT 1 FROM progress g WHERE g.person = p.person AND g.module = '%s') "
          "ORDER BY username LIMIT 1",
          module->id);
      g_autofree char *username = NULL;

      if (argc > 3 && !g_strv_contains ((const char *const *) argv + 3, module->id))
        continue;
      username = way_journey_ask_trust (journey, sql);
      take_module (&self, module, username);
    }
  return 0;
}
