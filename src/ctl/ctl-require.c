/* ctl-require.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "content/way-pack.h"
#include "session/way-requirements.h"

#include <string.h>

/* What the work of a staff group or of a job role asks for, where a trust wants it otherwise than
 * the pack has it. */

static int
list (WayStore *trust)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = way_requirements_read (way_store_get_db (trust), &error);

  if (rows == NULL)
    return ctl_fail (error);
  g_print ("role,capability,level\n");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_print ("%s,%s,%s\n", way_row_get_text (row, "role"), way_row_get_text (row, "capability"),
               way_row_get_text (row, "level"));
    }
  return CTL_DONE;
}

static int
change (WayStore *trust, WayPack *pack, const char *role, const char *capability, const char *level)
{
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_default = g_str_equal (level, "default");

  drafts = way_requirement_draft (way_store_get_db (trust), pack, way_store_get_stream (trust),
                                  role, capability, is_default ? 0 : level[0] - '0', &error);
  if (drafts == NULL || (drafts->len > 0 && !way_store_append_as (trust, NULL, drafts, &error)))
    return ctl_fail (error);
  if (is_default)
    g_print ("%s asks for what the pack says in %s\n", role, capability);
  else
    g_print ("%s asks for level %s in %s\n", role, level, capability);
  return CTL_DONE;
}

/**
 * ctl_require:
 * @role: (nullable): the id of a staff group or of a job role; NULL lists what is otherwise
 * @capability: the letter of a capability
 * @level: 1 to 4, or "default"
 * @pack_path: (nullable): whose roles and capabilities there are; NULL: the one that came with
 *   the program
 *
 * Says what the work of some people asks for.
 */
int
ctl_require (const char *uri,
             const char *role,
             const char *capability,
             const char *level,
             const char *pack_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayPack) pack = NULL;
  const WayJob *job;

  if (role != NULL)
    {
      g_autofree char *own = pack_path == NULL ? ctl_dup_pack_path () : NULL;

      pack = way_pack_open (pack_path != NULL ? pack_path : own, NULL, &error);
      if (pack == NULL)
        return ctl_fail (error);
      job = way_pack_find_job (pack, role);
      if (job != NULL)
        role = job->id;
      else if (way_pack_find_role (pack, role) == NULL)
        return ctl_fail_text ("there is no staff group or job role “%s” in the pack", role);
      if (way_pack_find_capability (pack, capability) < 0)
        return ctl_fail_text ("there is no capability “%s” in the pack", capability);
      if (!g_str_equal (level, "default")
          && (strlen (level) != 1 || level[0] < '1' || level[0] > '0' + WAY_N_LEVELS))
        return ctl_fail_text ("“%s” is neither a level from 1 to 4 nor “default”", level);
    }
  trust = way_store_open_trust (uri, FALSE, &error);
  if (trust == NULL)
    return ctl_fail (error);
  return role != NULL ? change (trust, pack, role, capability, level) : list (trust);
}
