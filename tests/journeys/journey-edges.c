/* journey-edges.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong: a second start, broken content, a damaged store. */

#include "way-journey.h"

#include <glib/gstdio.h>
#include <string.h>

#define ANYBODY                                                                                    \
  "SELECT min(username) FROM person p WHERE ended = 0 AND EXISTS (SELECT 1 FROM level l "          \
  "WHERE l.person = p.person)"

static void
test_second (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (5);
  g_autofree char *username = way_journey_ask_trust (journey, ANYBODY);
  g_autofree char *store = way_journey_dup_store_path (journey, username);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { g_getenv ("WAY_WAYMARK"), "--page", "learn", NULL };
  int status;

  way_journey_open (journey, username, "today");

  /* A second start hands over to the first window and ends. */
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                               &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  way_driver_wait_state (journey->driver, "list item", "Learn", ATSPI_STATE_SELECTED, TRUE);

  /* The other front door finds the store taken, and says so. */
  said = way_journey_ctl (journey, &status, "sync", "--store", store, "--trust", journey->trust,
                          NULL);
  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (said, "Waymark"));
  g_assert_nonnull (strstr (said, "open"));
  way_journey_close (journey);

  g_free (said);
  said = way_journey_ctl (journey, &status, "sync", "--store", store, "--trust", journey->trust,
                          NULL);
  g_assert_cmpint (status, ==, 0);
}

/* A copy of the content whose list of what is in it breaks off. */
static char *
make_broken_pack (WayJourney *journey)
{
  g_autofree char *from = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "pack.xml", NULL);
  char *folder = g_build_filename (journey->folder, "broken", NULL);
  g_autofree char *to = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (to, content, (gssize) size / 2, NULL));
  return folder;
}

static void
test_pack (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (6);
  g_autofree char *username = way_journey_ask_trust (journey, ANYBODY);
  g_autofree char *broken = make_broken_pack (journey);

  way_journey_start (journey, "--trust", journey->trust, "--user", username, "--pack", broken,
                     NULL);
  g_object_unref (
      way_driver_wait (journey->driver, "label", "This content cannot be used*pack.xml*"));
  /* What it had goes on. */
  way_journey_go (journey, "Learn");
  g_object_unref (way_driver_wait (journey->driver, "entry", "Search in modules"));
  way_driver_set_text (journey->driver, "entry", "Search in modules", "Spot the Phish");
  g_object_unref (way_driver_wait (journey->driver, "list item", "Spot the Phish"));
  way_driver_audit (journey->driver);
  way_journey_close (journey);
}

static void
test_store (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (7);
  g_autofree char *username = way_journey_ask_trust (journey, ANYBODY);
  g_autofree char *store = way_journey_dup_store_path (journey, username);
  g_autofree char *folder = g_path_get_dirname (store);
  g_autofree char *content = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_aside = 0;
  gsize size;

  way_journey_open (journey, username, "today");
  g_object_unref (way_driver_wait (journey->driver, "button", "Your work*"));
  way_journey_close (journey);

  /* The middle of the file is lost. */
  g_assert_true (g_file_get_contents (store, &content, &size, NULL));
  g_assert_cmpuint (size, >, 20000);
  memset (content + 8192, 0x5a, size / 2);
  g_assert_true (g_file_set_contents (store, content, (gssize) size, NULL));

  way_journey_start (journey, "--trust", journey->trust, "--user", username, NULL);
  g_object_unref (way_driver_wait (journey->driver, "label", "*was damaged*"));
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "Go On*");
  g_object_unref (way_driver_wait (journey->driver, "list item", "Today"));
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (strstr (name, ".damaged") != NULL || strstr (name, "aside") != NULL)
      n_aside++;
  g_assert_cmpuint (n_aside, >, 0);
  /* What the trust has comes back. */
  way_journey_sync (journey);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/second-start", test_second);
  g_test_add_func ("/journey/broken-pack", test_pack);
  g_test_add_func ("/journey/damaged-store", test_store);
  return g_test_run ();
}
