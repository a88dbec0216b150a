/* ctl-require.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "content/way-pack.h"
#include "record/way-bodies.h"
#include "store/way-store.h"

#include <string.h>

/* What the work of a staff group or of a job role asks for, where a trust wants it otherwise than
 * the pack has it. */

#define CHANGES                                                                                    \
  "SELECT x.role, x.capability, x.level, x.id FROM (SELECT e.body ->> 'role' AS role,"             \
  " e.body ->> 'capability' AS capability, e.body ->> 'level' AS level, e.id,"                     \
  " row_number () OVER (PARTITION BY e.body ->> 'role', e.body ->> 'capability'"                   \
  " ORDER BY e.effective DESC, e.id DESC) AS age FROM live AS e"                                   \
  " WHERE e.kind = 'role_requirement' AND (CAST($1 AS text) = ''"                                  \
  " OR (e.body ->> 'role' = CAST($1 AS text) AND e.body ->> 'capability' = CAST($2 AS text)))) AS" \
  " x WHERE x.age = 1 OR CAST($1 AS text) <> '' ORDER BY x.role, x.capability, x.id"

/* The ids of the changes of one requirement, or prints the newest of each. */
static GPtrArray *
list_changes (WayStore *trust, const char *role, const char *capability, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  WayStatement *statement = way_db_prepare (way_store_get_db (trust), CHANGES, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, role);
  way_statement_bind_text (statement, 2, capability);
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&ids);
      if (*role == '\0')
        g_print ("%s,%s,%s\n", way_statement_get_text (statement, 0),
                 way_statement_get_text (statement, 1), way_statement_get_text (statement, 2));
      g_ptr_array_add (ids, g_strdup (way_statement_get_text (statement, 3)));
    }
}

static gboolean
add (GPtrArray *drafts, const char *name, gconstpointer body, GError **error)
{
  const WayKind *kind = way_kind_find (name);
  g_autofree char *json = way_kind_write (kind, body, error);

  if (json == NULL)
    return FALSE;
  g_ptr_array_add (drafts, way_event_new (name, way_kind_get_version (kind), json));
  return TRUE;
}

/* As the pack has it again: what was said otherwise is withdrawn. */
static gboolean
take_back (
    WayStore *trust, GPtrArray *drafts, const char *role, const char *capability, GError **error)
{
  g_autoptr (GPtrArray) ids = list_changes (trust, role, capability, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      WayRetractionBody body = { .target = ids->pdata[i] };

      if (!add (drafts, "retraction", &body, error))
        return FALSE;
    }
  return ids != NULL;
}

static int
change (WayStore *trust, const char *role, const char *capability, const char *level)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WayRoleRequirementBody body = { (char *) role, (char *) capability, level[0] - '0' };
  gboolean is_default = g_str_equal (level, "default");

  if (is_default ? !take_back (trust, drafts, role, capability, &error)
                 : !add (drafts, "role_requirement", &body, &error))
    return ctl_fail (error);
  if (drafts->len > 0 && !way_store_append_as (trust, NULL, drafts, &error))
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
  g_autoptr (GPtrArray) ids = NULL;
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
  if (role != NULL)
    return change (trust, role, capability, level);
  g_print ("role,capability,level\n");
  ids = list_changes (trust, "", "", &error);
  return ids != NULL ? CTL_DONE : ctl_fail (error);
}
