/* journey-report.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A training lead looks at the competency report of one unit and exports it: the file
 * holds the figures of the screen, and the bytes that waymarkctl writes. */

#include "way-journey.h"

#include <stdlib.h>
#include <string.h>

/* Opens a drop-down with the keyboard and goes down its list. */
static char *
choose (WayJourney *journey, const char *what, guint n_down)
{
  g_autofree char *pattern = g_strdup_printf ("%s: *", what);
  g_autoptr (AtspiAccessible) before = way_driver_wait (journey->driver, "button", pattern);
  g_autofree char *old = way_node_dup_name (before);
  g_autoptr (AtspiAccessible) after = NULL;
  g_autofree char *now = NULL;

  way_driver_focus (journey->driver, "button", old);
  way_driver_key (journey->driver, "space");
  g_usleep (G_USEC_PER_SEC);
  for (guint i = 0; i < n_down; i++)
    {
      way_driver_key (journey->driver, "Down");
      g_usleep (100 * 1000);
    }
  way_driver_key (journey->driver, "Return");
  way_driver_wait_gone (journey->driver, "button", old);
  after = way_driver_wait (journey->driver, "button", pattern);
  now = way_node_dup_name (after);
  return g_strdup (now + strlen (what) + 2);
}

static guint
count_rows (WayJourney *journey)
{
  g_autoptr (AtspiAccessible)
      label = way_driver_wait (journey->driver, "label", "* rows, as in the file.");
  g_autofree char *text = way_node_dup_name (label);

  return (guint) atoi (text);
}

/* The cells of a column as a reader has them: the heading, then what stands there. */
static GPtrArray *
read_column (WayJourney *journey, const char *heading)
{
  g_autofree char *pattern = g_strdup_printf ("%s: *", heading);
  g_autoptr (GPtrArray) cells = way_driver_find_all (journey->driver, "table cell", pattern);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *name = way_node_dup_name (g_ptr_array_index (cells, i));

      g_ptr_array_add (texts, g_strdup (name + strlen (heading) + 2));
    }
  return g_steal_pointer (&texts);
}

static guint
find_field (char **heading, const char *name)
{
  for (guint i = 0; heading[i] != NULL; i++)
    if (g_str_equal (heading[i], name))
      return i;
  g_error ("The file has no column %s", name);
}

/* The rows of the screen are the first rows of the file. */
static void
compare (WayJourney *journey, const char *csv)
{
  static const struct
  {
    const char *heading;
    const char *field;
  } columns[] = { { "Name", "name" }, { "Unit", "unit" }, { "Requirement", "requirement" } };
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);
  g_auto (GStrv) heading = g_strsplit (lines[0], ",", -1);

  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    {
      g_autoptr (GPtrArray) texts = read_column (journey, columns[c].heading);
      guint field = find_field (heading, columns[c].field);

      g_assert_cmpuint (texts->len, >, 5);
      /* The last one may be cut off at the edge of the table. */
      for (guint r = 0; r + 1 < texts->len; r++)
        {
          g_auto (GStrv) fields = g_strsplit (lines[r + 1], ",", -1);
          g_autofree char *shown = g_utf8_casefold (g_ptr_array_index (texts, r), -1);
          g_autofree char *written = g_utf8_casefold (fields[field], -1);

          g_assert_cmpstr (shown, ==, written);
        }
    }
}

static void
export_to (WayJourney *journey, const char *path)
{
  way_driver_press (journey->driver, "button", "Export CSV…");
  g_object_unref (way_driver_wait (journey->driver, "button", "*Save*"));
  way_driver_set_text (journey->driver, "text", "*Name*", path);
  way_driver_press (journey->driver, "button", "*Save*");
  g_object_unref (way_driver_wait (journey->driver, "label", "Written: *"));
}

static void
test_report (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (8);
  g_autofree char *lead = way_journey_ask_trust (
      journey, "SELECT min(p.username) FROM person p JOIN role r ON r.person = p.person "
               "WHERE r.role = 'lead' AND p.ended = 0");
  g_autofree char *own = g_build_filename (journey->folder, "screen.csv", NULL);
  g_autofree char *other = g_build_filename (journey->folder, "ctl.csv", NULL);
  g_autofree char *unit = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *code = NULL;
  g_autofree char *said = NULL;
  g_autofree char *written = NULL;
  g_autofree char *by_ctl = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_all, n_rows;
  int status;

  way_journey_open (journey, lead, "reports");
  n_all = count_rows (journey);
  way_driver_audit (journey->driver);
  unit = choose (journey, "Unit", 2);
  for (guint tries = 0; count_rows (journey) == n_all; tries++)
    {
      g_assert_cmpuint (tries, <, 100);
      g_usleep (100 * 1000);
    }
  n_rows = count_rows (journey);
  sql = g_strdup_printf ("SELECT code FROM unit WHERE name = '%s'", unit);
  code = way_journey_ask_trust (journey, sql);
  g_assert_nonnull (code);

  export_to (journey, own);
  g_assert_true (g_file_get_contents (own, &written, NULL, NULL));
  lines = g_strsplit (written, "\r\n", -1);
  /* A heading, the rows, and nothing after the last end of line. */
  g_assert_cmpuint (g_strv_length (lines), ==, n_rows + 2);
  compare (journey, written);
  way_journey_close (journey);

  said = way_journey_ctl (journey, &status, "report", "show", "competency", "--trust",
                          journey->trust, "--unit", code, "--format", "csv", "--out", other, NULL);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (other, &by_ctl, NULL, NULL));
  g_assert_cmpstr (written, ==, by_ctl);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/report", test_report);
  return g_test_run ();
}
