/* way-pack-judge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-pack-judge.h"

#include "content/way-pack.h"
#include "practice/way-practice.h"

/* What only the practice room can tell of a desk: whether it can be worked at. */
static guint
judge_desks (WayPack *pack, GPtrArray *problems)
{
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint d = 0; d < module->desks->len; d++, n++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (WayDesk)
              desk = way_pack_load_desk (pack, g_ptr_array_index (module->desks, d), &error);

          if (desk == NULL || !way_practice_check_desk (desk, &error))
            g_ptr_array_add (problems, g_strdup (error->message));
        }
    }
  return n;
}

/**
 * way_pack_judge:
 * @path: of a pack
 * @problems: (element-type utf8): "file:line: reason" is added for each thing wrong
 * @counts: (out) (optional) (transfer full) (nullable): what is in it, when nothing is wrong
 *
 * Everything that a pack is asked before it is published: what the content room checks,
 * then the desks.
 *
 * Returns: FALSE with @error set when it cannot be read at all
 */
gboolean
way_pack_judge (const char *path, GPtrArray *problems, char **counts, GError **error)
{
  g_autoptr (WayPack) pack = NULL;
  guint n_desks;
  guint n_items = 0;

  if (!way_pack_check (path, problems, error))
    return FALSE;
  if (problems->len > 0)
    return TRUE;
  pack = way_pack_open (path, NULL, error);
  if (pack == NULL)
    return FALSE;
  n_desks = judge_desks (pack, problems);
  for (guint i = 0; i < way_pack_get_modules (pack)->len; i++)
    n_items += ((const WayModule *) way_pack_get_modules (pack)->pdata[i])->check->len;
  if (counts != NULL)
    *counts = g_strdup_printf ("modules %u, items %u, baseline items %u, desks %u",
                               way_pack_get_modules (pack)->len, n_items,
                               way_pack_get_baseline (pack)->len, n_desks);
  return TRUE;
}
