/* ctl-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "content/way-pack.h"
#include "ctl/way-pack-judge.h"

#define USAGE "pack check PACK, or pack build FOLDER ZIP"

static int
check (const char *path)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL;

  if (!way_pack_judge (path, problems, &counts, &error))
    return ctl_fail (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len > 0)
    return ctl_fail_text ("%u problems in %s", problems->len, path);
  g_print ("%s: nothing wrong\n%s\n", path, counts);
  return CTL_DONE;
}

/**
 * ctl_pack:
 *
 * Checks and builds content packs.
 */
int
ctl_pack (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc == 3 && g_str_equal (argv[1], "check"))
    return check (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "build"))
    {
      if (!way_pack_build (argv[2], argv[3], &error))
        return ctl_fail (error);
      g_print ("%s\n", argv[3]);
      return CTL_DONE;
    }
  return ctl_usage (USAGE);
}
