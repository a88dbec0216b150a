/* ctl-pack-scorm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "content/way-pack.h"
#include "ctl/way-scorm.h"

/**
 * ctl_pack_export_scorm:
 *
 * Writes a module for a learning platform, and says what of it is not in there.
 */
int
ctl_pack_export_scorm (int argc, char **argv)
{
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  guint n_taken;
  guint n_left;
  gboolean is_written;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc != 4 || out == NULL || !g_str_has_suffix (out, ".zip"))
    return ctl_usage ();
  pack = way_pack_open (argv[2], NULL, &error);
  if (pack == NULL)
    return ctl_fail (error);

  is_written = way_scorm_export (pack, argv[3], out, report, &n_taken, &n_left, &error);
  for (guint i = 0; i < report->len; i++)
    g_printerr ("%s\n", (const char *) g_ptr_array_index (report, i));
  if (!is_written)
    return ctl_fail (error);
  g_printerr ("How sure people feel and “Your trust says” are not in the package. Whoever opens "
              "its files can read which answers are right.\n");
  g_print ("%s\nquestions taken %u, left %u\n", out, n_taken, n_left);
  return CTL_DONE;
}
