/* way-program.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-program.h"

/**
 * way_program_find:
 * @name: of another program of Waymark
 * @room: where it lies in a build folder
 *
 * The one beside this program is of the same version, so it comes before what the path has.
 *
 * Returns: (transfer full) (nullable): the path of it
 */
char *
way_program_find (const char *name, const char *room)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "..", room, name, NULL)
                                          : NULL;
  const char *const places[] = { beside, built };

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    if (g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE)
        && !g_file_test (places[i], G_FILE_TEST_IS_DIR))
      return g_strdup (places[i]);
  return g_find_program_in_path (name);
}
