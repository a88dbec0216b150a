/* bench-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a pack against libxml2 parsing the same files, as xmllint does, in one
 * process: ratio of medians of runs taken in turn.
 *
 *   bench-pack [--limit R] PACK
 *
 * The files are all XML files of the pack: opening reads each of them for the digest. */

#include "content/way-pack.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>

enum
{
  RUNS = 31,
  REPEATS = 20,
};

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
parse_all (GPtrArray *files)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < REPEATS; i++)
    {
      for (guint j = 0; j < files->len; j++)
        {
          const char *path = g_ptr_array_index (files, j);
          xmlDoc *document = xmlReadFile (path, NULL, XML_PARSE_NONET);

          g_assert (document != NULL);
          xmlFreeDoc (document);
        }
    }
  return (double) (g_get_monotonic_time () - start) / REPEATS;
}

static double
open_all (const char *path)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < REPEATS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayPack) pack = way_pack_open (path, NULL, &error);

      if (pack == NULL)
        {
          fprintf (stderr, "bench-pack: %s\n", error->message);
          exit (1);
        }
    }
  return (double) (g_get_monotonic_time () - start) / REPEATS;
}

/* Every XML file in a folder and the folders in it. */
static void
list_files (GPtrArray *files, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        list_files (files, inner);
      else if (g_str_has_suffix (name, ".xml"))
        g_ptr_array_add (files, g_steal_pointer (&inner));
    }
}

int
main (int argc, char *argv[])
{
  double limit = 2;
  const GOptionEntry entries[] = { { "limit", 0, 0, G_OPTION_ARG_DOUBLE, &limit,
                                     "The largest ratio that passes", "R" },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("PACK");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  double parsed[RUNS], opened[RUNS], ratio;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    return 2;

  list_files (files, argv[1]);
  parse_all (files);
  open_all (argv[1]);
  for (guint i = 0; i < RUNS; i++)
    {
      parsed[i] = parse_all (files);
      opened[i] = open_all (argv[1]);
    }
  qsort (parsed, RUNS, sizeof *parsed, compare);
  qsort (opened, RUNS, sizeof *opened, compare);
  ratio = opened[RUNS / 2] / parsed[RUNS / 2];
  printf ("opening the pack: %.2f ms, libxml2 parsing its %u files %.2f ms, ratio %.2f (at most "
          "%.2f)\n",
          opened[RUNS / 2] / 1000, files->len, parsed[RUNS / 2] / 1000, ratio, limit);
  return ratio <= limit ? 0 : 1;
}
