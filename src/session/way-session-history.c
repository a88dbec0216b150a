/* way-session-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-measure.h"

#include "session/way-session-private.h"

/* What every sitting of a person has found, so that an earlier one can still be read. */

#define HISTORY                                                                                    \
  "SELECT attempt, capability, at, items, mean, sd, p1, p2, p3, p4, required, p_required, "        \
  "standing, provisional FROM level_history WHERE person = CAST($1 AS text) "                      \
  "ORDER BY at DESC, attempt DESC, capability"

static void
history_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *values[] = { task_data, NULL };
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  GListStore *rows = db != NULL ? way_row_query (db, HISTORY, values, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_history_async:
 *
 * What each sitting of this person has found of each capability: nothing is replaced by
 * what came after it.
 */
void
way_session_load_history_async (WaySession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_history_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdup (way_session_get_person (self)), g_free);
  way_worker_run (self->store_worker, task, history_thread);
}
