/* walkthrough.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks the whole job where nobody looks: as somebody of a demonstration trust who is
 * new to Waymark, in the real window, from signing in to the report of a training lead.
 *
 *   walkthrough ROOT TRUST.db FOLDER
 *
 * ROOT is the source tree. The report and a picture of the window are written into
 * FOLDER, and their paths printed, each on a line of its own. */

#include "way-journey.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NEW_LEARNER                                                                                \
  "FROM person p WHERE ended = 0 AND NOT EXISTS (SELECT 1 FROM attempt a "                         \
  "WHERE a.person = p.person) AND NOT EXISTS (SELECT 1 FROM role r "                               \
  "WHERE r.person = p.person AND r.role IN ('champion', 'lead')) ORDER BY username LIMIT 1"

static void
say (const char *text)
{
  printf ("%s\n", text);
  fflush (stdout);
}

/* Where what was built lies: this program is in tests/tools of the build folder. */
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
take_display (const char *root, char **argv)
{
  g_autofree char *with_display = g_build_filename (root, "tests", "tools", "with-display", NULL);
  char *arguments[] = { with_display, (char *) "--wm", argv[0], argv[1], argv[2], argv[3], NULL };

  g_setenv ("WAY_WALKTHROUGH", "1", TRUE);
  execv (with_display, arguments);
  perror (with_display);
  exit (1);
}

static void
sign_in (WayJourney *journey, const char *name)
{
  g_autofree char *row = g_strdup_printf ("Learner: %s", name);

  way_journey_start (journey, "--trust", journey->trust, NULL);
  way_driver_press (journey->driver, "list item", row);
  g_object_unref (way_driver_wait (journey->driver, "list item", "Today"));
}

static void
sit_baseline (WayJourney *journey, const char *picture)
{
  way_driver_press (journey->driver, "button", "*Start");
  g_object_unref (way_driver_wait (journey->driver, "*", "Who sees what"));
  way_journey_rate (journey);
  way_journey_sit (journey, 1, 0);
  way_driver_press (journey->driver, "button", "*Result");
  g_object_unref (way_driver_wait (journey->driver, "heading", "What gets in the way?"));
  way_driver_press (journey->driver, "button", "*Skip");
  way_driver_wait_state (journey->driver, "list item", "My skills", ATSPI_STATE_SELECTED, TRUE);
  way_journey_expect (journey, "*likely*");
  way_driver_shoot (journey->driver, picture);
}

/* The report has a line of this person for every capability, and each was measured. */
static void
check_report (WayJourney *journey, const char *path, const char *username)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *begin = g_strdup_printf ("%s,", username);
  guint n_found = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    way_driver_fail (journey->driver, "%s cannot be read", path);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!g_str_has_prefix (lines[i], begin))
        continue;
      if (strstr (lines[i], ",not measured,") != NULL)
        way_driver_fail (journey->driver, "The report says: %s", lines[i]);
      n_found++;
    }
  if (n_found != way_pack_get_capabilities (journey->pack)->len)
    way_driver_fail (journey->driver, "The report has %u lines of %s", n_found, username);
}

int
main (int argc, char *argv[])
{
  g_autoptr (WayJourney) journey = NULL;
  g_autofree char *root = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *png = NULL;
  g_autofree char *username = NULL;
  g_autofree char *name = NULL;
  g_autofree char *said = NULL;
  g_autofree char *line = NULL;
  int status;

  if (argc != 4)
    {
      fprintf (stderr, "Usage: walkthrough ROOT TRUST.db FOLDER\n");
      return 2;
    }
  root = g_canonicalize_filename (argv[1], NULL);
  find_programs (root);
  if (g_getenv ("WAY_WALKTHROUGH") == NULL)
    take_display (root, argv);

  folder = g_canonicalize_filename (argv[3], NULL);
  csv = g_build_filename (folder, "competency.csv", NULL);
  png = g_build_filename (folder, "window.png", NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      perror (folder);
      return 1;
    }
  g_unlink (csv);
  g_unlink (png);

  {
    g_autofree char *trust = g_canonicalize_filename (argv[2], NULL);

    journey = way_journey_new_for_trust (trust);
  }
  username = way_journey_ask_trust (journey, "SELECT username " NEW_LEARNER);
  name = way_journey_ask_trust (journey, "SELECT name " NEW_LEARNER);
  if (username == NULL)
    {
      fprintf (stderr, "Everybody in this trust has used Waymark. ./run --fresh starts over.\n");
      return 1;
    }
  line = g_strdup_printf ("Signing in as %s, who is new to Waymark …", name);
  say (line);
  sign_in (journey, name);
  say ("Finding out where they stand …");
  sit_baseline (journey, png);
  say ("Going through a module, with its practice and check …");
  way_journey_learn (journey, username, "F1", NULL);
  say ("Sending it to the trust …");
  way_journey_sync (journey);
  way_journey_close (journey);

  say ("Exporting the competency report …");
  said = way_journey_ctl (journey, &status, "report", "show", "competency", "--trust",
                          journey->trust, "--format", "csv", "--out", csv, NULL);
  if (status != 0)
    way_driver_fail (journey->driver, "%s", said);
  check_report (journey, csv, username);
  g_free (line);
  line = g_strdup_printf ("The report holds the result of %s.", username);
  say (line);
  say (csv);
  say (png);
  return 0;
}
