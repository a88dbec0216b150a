/* journey-preview.c: a module while it is written: shown as it is saved, with what is wrong in
 * place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-journey.h"

#include <glib/gstdio.h>
#include <string.h>

#define QUIET "Preview: it changes as you save.*"

/* As an editor saves: a new file in place of the old one. */
static void
replace (const char *path, const char *old, const char *new)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, old, new, 1), ==, 1);
  g_file_set_contents (path, changed->str, -1, &error);
  g_assert_no_error (error);
}

static void
start (WayJourney *journey, const char *pack, const char *module)
{
  const char *const argv[] = { g_getenv ("WAY_WAYMARKCTL"), "pack", "preview", pack, module, NULL };

  way_driver_start (journey->driver, argv);
  way_driver_resize (journey->driver, journey->width, journey->height);
}

static void
see (WayJourney *journey, const char *name)
{
  g_object_unref (way_driver_wait (journey->driver, "*", name));
}

/* A press that comes as soon as a step shows is taken for a slip. */
static void
go_on (WayJourney *journey)
{
  g_usleep (700 * 1000);
  way_driver_press (journey->driver, "push button", "Go On");
}

static void
test_preview (void)
{
  g_autoptr (WayJourney) journey = way_journey_new_for_trust ("/nowhere");
  g_autofree char *folder = g_dir_make_tmp ("waymark-author-XXXXXX", NULL);
  g_autofree char *pack = g_build_filename (folder, "pack", NULL);
  g_autofree char *module = g_build_filename (pack, "modules", "M1", "module.xml", NULL);
  g_autofree char *item = g_build_filename (pack, "modules", "M1", "items", "M1-q03.xml", NULL);
  g_autofree char *stores = g_build_filename (g_get_home_dir (), ".local", "share", "waymark",
                                              NULL);
  g_autofree char *said = NULL;
  int status;

  said = way_journey_ctl (journey, &status, "pack", "new", pack, "--title", "Ours", NULL);
  g_assert_cmpint (status, ==, 0);
  start (journey, pack, "M1");
  see (journey, QUIET);
  see (journey, "Say what it is about in 5 words*");

  /* Past the question of how sure one is and the reason, to the first card. */
  go_on (journey);
  see (journey, "Say why this matters*");
  go_on (journey);
  see (journey, "*Say the most important thing first*");
  way_driver_audit (journey->driver);

  /* What is saved is shown, at the step where it was. */
  replace (module, "Say the most important thing first.", "Wash your hands first.");
  see (journey, "*Wash your hands first.*");
  see (journey, QUIET);

  /* What would be wrong to publish is said, and shown all the same. */
  replace (module, "Wash your hands first.", "Please wash your hands first.");
  see (journey, "*Please wash your hands first.*");
  see (journey, "Shown as you saved it. 1 thing to mend*");
  see (journey, "modules/M1/module.xml:*: *");
  way_driver_audit (journey->driver);

  /* What cannot be read leaves the last version that could, with file and line beside it. */
  replace (module, "<p>Please wash", "<p><b>Please wash");
  see (journey, "What you saved cannot be shown.*");
  see (journey, "modules/M1/module.xml:*");
  see (journey, "*Please wash your hands first.*");
  replace (module, "<p><b>Please wash", "<p>Wash");
  see (journey, "*Wash your hands first.*");
  see (journey, QUIET);

  /* The same in a question, which nobody has looked at. */
  replace (item, "identifier=\"c\"", "identifier=\"z\"");
  see (journey, "What you saved cannot be shown.*");
  see (journey, "modules/M1/items/M1-q03.xml:*");
  replace (item, "identifier=\"z\"", "identifier=\"c\"");
  see (journey, QUIET);
  see (journey, "*Wash your hands first.*");

  /* A folder that was not there when it began. */
  g_free (said);
  said = way_journey_ctl (journey, &status, "pack", "new", pack, "--module", "M2", NULL);
  g_assert_cmpint (status, ==, 0);
  {
    g_autofree char *second = g_build_filename (pack, "modules", "M2", "module.xml", NULL);

    see (journey, QUIET);
    replace (second, "<title>", "<title>Please ");
    see (journey, "modules/M2/module.xml:*");
  }

  /* It ends with its window, and nothing of it is with what the person has. */
  g_assert_cmpint (way_driver_quit (journey->driver, "Ctrl+q"), ==, 0);
  g_assert_false (g_file_test (stores, G_FILE_TEST_EXISTS));
  {
    g_autoptr (GDir) left = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
    const char *name;

    while (left != NULL && (name = g_dir_read_name (left)) != NULL)
      g_assert_false (g_str_has_prefix (name, "waymark-preview-"));
  }
  journey->folder = g_steal_pointer (&folder);
}

/* What is broken from the beginning opens as soon as it is mended. */
static void
test_broken (void)
{
  g_autoptr (WayJourney) journey = way_journey_new_for_trust ("/nowhere");
  g_autofree char *folder = g_dir_make_tmp ("waymark-author-XXXXXX", NULL);
  g_autofree char *pack = g_build_filename (folder, "pack", NULL);
  g_autofree char *module = g_build_filename (pack, "modules", "M1", "module.xml", NULL);
  g_autofree char *said = NULL;
  int status;

  said = way_journey_ctl (journey, &status, "pack", "new", pack, NULL);
  g_assert_cmpint (status, ==, 0);
  replace (module, "</summary>", "");
  start (journey, pack, NULL);
  see (journey, "This cannot be shown yet*");
  see (journey, "modules/M1/module.xml:*");
  way_driver_audit (journey->driver);
  replace (module, "after these 10 minutes.", "after these 10 minutes.</summary>");
  see (journey, "Say what it is about in 5 words*");
  see (journey, QUIET);
  g_assert_cmpint (way_driver_quit (journey->driver, "Ctrl+q"), ==, 0);
  journey->folder = g_steal_pointer (&folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/preview", test_preview);
  g_test_add_func ("/journey/preview/broken", test_broken);
  return g_test_run ();
}
