/* fuzz-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "assessment/way-scoring.h"
#include "assessment/way-template.h"

/* A question by anybody: read strictly, read as far as it goes, drawn, and scored with
 * what it says is right. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) strict = way_item_new_from_bytes (bytes, "q.xml", &error);
  g_autoptr (WayItem) item = NULL;
  g_autoptr (WayItem) drawn = NULL;

  g_assert_true ((strict == NULL) == (error != NULL));
  g_clear_error (&error);
  item = way_item_new_from_outside (bytes, "q.xml", notes, &error);
  g_assert_true ((item == NULL) == (error != NULL));
  g_clear_error (&error);
  for (guint i = 0; i < notes->len; i++)
    g_assert_true (g_utf8_validate (notes->pdata[i], -1, NULL));
  if (item == NULL)
    return 0;

  drawn = way_template_run (item, 1, &error);
  g_assert_true ((drawn == NULL) == (error != NULL));
  g_clear_error (&error);
  if (drawn != NULL)
    {
      g_autoptr (GHashTable) correct = way_scoring_dup_correct (drawn);
      g_autoptr (WayScore) score = way_scoring_run (drawn, correct, &error);
      g_autofree char *line = way_responses_to_line (drawn, correct);
      g_autoptr (GHashTable) again = way_responses_new_from_line (drawn, line);
      g_autofree char *same = way_responses_to_line (drawn, again);

      g_assert_true ((score == NULL) == (error != NULL));
      g_assert_cmpstr (line, ==, same);
    }

  return 0;
}
