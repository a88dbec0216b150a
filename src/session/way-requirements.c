/* way-requirements.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-requirements.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* A trust's own word on what roles ask for. The newest of each staff group or job role and
 * capability holds; it is withdrawn only by the stream that wrote it. */

#define EVERY                                                                                      \
  "SELECT e.body ->> 'role' AS role, e.body ->> 'capability' AS capability, "                      \
  "e.body ->> 'level' AS level, e.id, e.stream, e.author, p.name, e.effective AS at "              \
  "FROM live AS e LEFT JOIN person AS p ON p.person = e.author "                                   \
  "WHERE e.kind = 'role_requirement' "                                                             \
  "ORDER BY e.body ->> 'role', e.body ->> 'capability', e.effective DESC, e.id DESC"

/* A device has few names: those of the trust's own are asked for there. */
#define AUTHORS                                                                                    \
  "SELECT DISTINCT p.person, p.name FROM event AS e JOIN person AS p ON p.person = e.author "      \
  "WHERE e.kind = 'role_requirement'"

static gboolean
is_same (WayRow *a, WayRow *b)
{
  return g_strcmp0 (way_row_get_text (a, "role"), way_row_get_text (b, "role")) == 0
         && g_strcmp0 (way_row_get_text (a, "capability"), way_row_get_text (b, "capability")) == 0;
}

/**
 * way_requirements_read:
 * @db: a trust, or a device of it
 *
 * Returns: (transfer full) (nullable): of WayRow: role, capability, level, id, stream, author,
 *   name (of the author, where it is known here) and at (µs): the newest of each pair
 */
GListStore *
way_requirements_read (WayDb *db, GError **error)
{
  GListStore *rows = way_row_query (db, EVERY, NULL, error);
  guint i = 1;

  while (rows != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (rows)))
    {
      g_autoptr (WayRow) before = g_list_model_get_item (G_LIST_MODEL (rows), i - 1);
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      if (is_same (before, row))
        g_list_store_remove (rows, i);
      else
        i++;
    }
  return rows;
}

static gboolean
add (GPtrArray *drafts, const char *name, gconstpointer body, GError **error)
{
  WayEvent *draft = way_session_draft (name, body, error);

  if (draft == NULL)
    return FALSE;
  g_ptr_array_add (drafts, draft);
  return TRUE;
}

/**
 * way_requirement_get_default:
 * @role: id of a staff group or job role
 * @capability: the letter of a capability
 *
 * Returns: the level that the pack has for it, that of the staff group where it says nothing of
 *   the job; 0 where there is no such role or capability
 */
int
way_requirement_get_default (WayPack *pack, const char *role, const char *capability)
{
  const WayJob *job = way_pack_find_job (pack, role);
  const WayRole *group = way_pack_find_role (pack, job != NULL ? job->role : role);
  int place = way_pack_find_capability (pack, capability);

  if (place < 0 || group == NULL)
    return 0;
  return job != NULL && job->required[place] > 0 ? job->required[place] : group->required[place];
}

/**
 * way_requirement_draft:
 * @db: a trust, or a device of it
 * @stream: the stream that will hold the events
 * @role: id of a staff group or job role
 * @capability: the letter of a capability
 * @level: 1 to 4; 0 for what the pack has
 *
 * Back to the pack withdraws what this stream said. Where another stream said something too,
 * which this one cannot withdraw, the level that the pack has is said anew.
 *
 * Returns: (transfer full) (nullable) (element-type WayEvent): what says it; none where it holds
 *   already
 */
GPtrArray *
way_requirement_draft (WayDb *db,
                       WayPack *pack,
                       const char *stream,
                       const char *role,
                       const char *capability,
                       int level,
                       GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GListStore) rows = NULL;
  WayRoleRequirementBody body = { (char *) role, (char *) capability, level };
  gboolean is_first = TRUE;
  gboolean has_other = FALSE;

  rows = way_row_query (db, EVERY, NULL, error);
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      WayRetractionBody retraction = { .target = (char *) way_row_get_text (row, "id") };

      if (g_strcmp0 (way_row_get_text (row, "role"), role) != 0
          || g_strcmp0 (way_row_get_text (row, "capability"), capability) != 0)
        continue;
      if (is_first && level > 0 && way_row_get_int (row, "level") == level)
        return g_steal_pointer (&drafts);
      is_first = FALSE;
      if (g_strcmp0 (way_row_get_text (row, "stream"), stream) != 0)
        has_other = TRUE;
      else if (level == 0 && !add (drafts, "retraction", &retraction, error))
        return NULL;
    }
  if (rows == NULL)
    return NULL;
  if (level == 0 && has_other)
    body.level = way_requirement_get_default (pack, role, capability);
  if (body.level > 0 && !add (drafts, "role_requirement", &body, error))
    return NULL;
  return g_steal_pointer (&drafts);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  GListStore *rows = db != NULL ? way_requirements_read (db, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_requirements_async:
 *
 * Where the trust asks otherwise than the pack, as this device knows it, with what is not sent
 * yet. Finish with way_session_list_finish().
 */
void
way_session_load_requirements_async (WaySession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_requirements_async, cancellable, callback,
                            user_data);
  way_worker_run (self->store_worker, task, load_thread);
}

/**
 * way_session_load_requirement_authors_async:
 *
 * Who has said so, by name, as the trust knows them: person and name. Finish with
 * way_session_list_finish().
 */
void
way_session_load_requirement_authors_async (WaySession *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  way_session_query_trust (self, WAY_ROLE_LEAD, way_session_load_requirement_authors_async, AUTHORS,
                           cancellable, callback, user_data);
}

typedef struct
{
  char *role;
  char *capability;
  int level;
} Change;

static void
change_free (Change *change)
{
  g_free (change->role);
  g_free (change->capability);
  g_free (change);
}

static void
set_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  const Change *change = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  WayDb *db = way_session_get_db (self, &error);

  if (db != NULL)
    drafts = way_requirement_draft (db, self->pack, way_store_get_stream (self->store),
                                    change->role, change->capability, change->level, &error);
  if (drafts == NULL || (drafts->len > 0 && !way_session_append (self, drafts, &error)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < drafts->len; i++)
    {
      const WayEvent *draft = drafts->pdata[i];

      if (g_str_equal (draft->kind, "role_requirement"))
        {
          g_task_return_pointer (task, g_strdup (draft->id), g_free);
          return;
        }
    }
  g_task_return_pointer (task, NULL, NULL);
}

/**
 * way_session_set_requirement_async:
 * @role: id of a staff group or job role of the pack
 * @capability: the letter of a capability
 * @level: 1 to 4; 0 for what the pack has
 *
 * What the work of some people asks for, for everybody, after the next sync. Only a training lead
 * says it.
 */
void
way_session_set_requirement_async (WaySession *self,
                                   const char *role,
                                   const char *capability,
                                   int level,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Change *change;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (level >= 0 && level <= WAY_N_LEVELS);

  task = way_session_begin (self, self, way_session_set_requirement_async, cancellable, callback,
                            user_data);
  if ((self->roles & WAY_ROLE_LEAD) == 0)
    {
      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                               _ ("Only a training lead says what roles ask for."));
      return;
    }
  change = g_new0 (Change, 1);
  change->role = g_strdup (role);
  change->capability = g_strdup (capability);
  change->level = level;
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  way_worker_run (self->store_worker, task, set_thread);
  way_session_schedule_sync (self, 3);
}

/**
 * way_session_set_requirement_finish:
 * @id: (out) (nullable) (transfer full): the event that says it, which can be withdrawn; NULL
 *   where an earlier one was withdrawn instead
 *
 * Returns: TRUE once it is on disk
 */
gboolean
way_session_set_requirement_finish (WaySession *self,
                                    GAsyncResult *result,
                                    char **id,
                                    GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *id = g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
