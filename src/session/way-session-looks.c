/* way-session-looks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-session-private.h"

/* Who has looked at one's own record: it comes with the scope of oneself, with the name that
 * whoever looked had then. */

#define LOOKS                                                                                      \
  "SELECT coalesce (p.name, e.body ->> 'by') AS name, e.body ->> 'what' AS what,"                  \
  " e.effective AS at FROM live AS e JOIN meta AS m ON m.key = 'person' AND m.value = e.subject"   \
  " LEFT JOIN person AS p ON p.person = e.author"                                                  \
  " WHERE e.kind = 'access' AND e.author <> m.value ORDER BY e.effective DESC, e.id LIMIT 50"

static void
looks_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  GListStore *rows = NULL;

  if (db != NULL)
    rows = way_row_query (db, LOOKS, NULL, &error);
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_looks_async:
 *
 * Who has looked at the record of whoever is signed in, the last first: of WayRow: name,
 * what, at. Finish with way_session_list_finish().
 */
void
way_session_load_looks_async (WaySession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_looks_async, cancellable, callback,
                            user_data);
  way_worker_run (self->store_worker, task, looks_thread);
}
