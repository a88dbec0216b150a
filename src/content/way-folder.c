/* way-folder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-folder.h"

#include <glib/gstdio.h>

/**
 * way_folder_remove:
 * @path: a folder; nothing happens where there is none
 *
 * Removes it with all that is in it, but nothing that a link in it leads to. What cannot be removed
 * stays.
 */
void
way_folder_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_file_test (inside, G_FILE_TEST_IS_DIR) && !g_file_test (inside, G_FILE_TEST_IS_SYMLINK))
        way_folder_remove (inside);
      else
        g_unlink (inside);
    }
  g_rmdir (path);
}
