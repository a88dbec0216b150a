/* fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <string.h>

WayDesk *
load_desk (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "desks", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  desk = way_desk_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);
  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);

  return desk;
}

const char *
get_field (const WayDeskRecord *record, const char *name)
{
  return g_hash_table_lookup (record->fields, name);
}

const WayDeskRecord *
find_part (const WayDeskRecord *record, const char *type)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (strcmp (part->type, type) == 0)
        return part;
    }

  return NULL;
}

void
assert_done (WayPractice *practice, const char *action, const char *target, const char *value)
{
  if (!way_practice_do (practice, action, target, value))
    g_error ("“%s” was not possible on %s with %s", action, target, value);
}

void
assert_score (WayPractice *practice, int points, int out_of)
{
  int got_points;
  int got_out_of;

  way_practice_get_score (practice, &got_points, &got_out_of);
  g_assert_cmpint (got_points, ==, points);
  g_assert_cmpint (got_out_of, ==, out_of);
}

char *
describe_draw (WayPractice *practice)
{
  GPtrArray *records = way_practice_get_records (practice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s ", ((WayDeskRecord *) records->pdata[i])->id);

  return g_string_free (text, FALSE);
}
