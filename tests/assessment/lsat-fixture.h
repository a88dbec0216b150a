/* lsat-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "assessment/way-sheet.h"

/* The answers of tests/data/irt/NAME.csv, person by person. */
static WaySheet *
load_lsat (const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.csv", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "irt", file, NULL);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint person = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      guint64 people = g_ascii_strtoull (strchr (lines[i], ',') + 1, NULL, 10);

      for (guint64 k = 0; k < people; k++, person++)
        for (guint item = 0; item < 5; item++)
          {
            WaySheetEntry entry = { person, item, lines[i][item] - '0' };

            g_array_append_val (entries, entry);
          }
    }
  g_assert_cmpuint (person, ==, 1000);

  return way_sheet_new (person, 5, (WaySheetEntry *) entries->data, entries->len);
}
