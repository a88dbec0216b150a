/* replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Gives a target every file of its corpus once, and its start and end cut off as well: what
 * ./check does of fuzzing on every machine. A crash is the failure. */
int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (argc != 2)
    {
      g_printerr ("Usage: %s CORPUS\n", argv[0]);
      return 2;
    }
  folder = g_dir_open (argv[1], 0, &error);
  if (folder == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_build_filename (argv[1], name, NULL));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *bytes = NULL;
      gsize size;

      if (!g_file_get_contents (names->pdata[i], &bytes, &size, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      LLVMFuzzerTestOneInput ((const guint8 *) bytes, size);
      for (gsize cut = 1; cut < size; cut += 1 + size / 32)
        {
          /* Copies, so that a read beyond their end is seen. */
          g_autofree guint8 *start = g_memdup2 (bytes, cut);
          g_autofree guint8 *end = g_memdup2 (bytes + cut, size - cut);

          LLVMFuzzerTestOneInput (start, cut);
          LLVMFuzzerTestOneInput (end, size - cut);
        }
    }
  if (names->len == 0)
    {
      g_printerr ("%s: there is nothing to replay\n", argv[1]);
      return 1;
    }
  g_print ("%u files\n", names->len);
  return 0;
}
