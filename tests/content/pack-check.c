/* pack-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"

/* Checks the pack in the folder that is named, as `waymarkctl pack check` does, and prints
 * what is wrong with it. */
int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: pack-check FOLDER\n");
      return 2;
    }

  if (!way_pack_check (argv[1], problems, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (problems, i));

  return problems->len > 0 ? 1 : 0;
}
