/* fuzz-people.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "ctl/way-people-file.h"

/* The list of staff as a personnel system exports it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = way_people_file_read (fuzz_file (data, size), problems, &error);

  g_assert_true ((people == NULL) == (error != NULL));
  for (guint i = 0; i < problems->len; i++)
    g_assert_true (g_utf8_validate (problems->pdata[i], -1, NULL));
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const WayPersonRow *person = people->pdata[i];

      g_assert_true (g_utf8_validate (person->name, -1, NULL));
      g_assert_cmpuint (person->line, >, 0);
    }

  return 0;
}
