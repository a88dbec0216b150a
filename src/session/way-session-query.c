/* way-session-query.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

/* Queries of what lies on this device. A job is the statement and what $1, $2 … stand for. */

static void
answer (GTask *task, WayDb *db, char **job, GError *why)
{
  g_autoptr (GError) error = why;
  GListStore *rows = NULL;

  if (db != NULL)
    rows = way_row_query (db, job[0], (const char *const *) job + 1, &error);
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

static void
device_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  WayDb *db = way_session_get_db (source, &error);

  answer (task, db, task_data, error);
}

static void
team_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  WayDb *db = way_session_get_team_db (source, &error);

  answer (task, db, task_data, error);
}

/**
 * way_session_query:
 * @func: answers with rows; its data is a copy of @job
 * @job: the statement and what $1, $2 … stand for
 *
 * Runs @func where the device's stores are read. Finish with way_session_list_finish(); nobody
 * signed in is WAY_SESSION_ERROR_SIGNED_OUT.
 */
void
way_session_query (WaySession *self,
                   gpointer tag,
                   GTaskThreadFunc func,
                   const char *const *job,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);

  if (way_session_refuse_signed_out (self, task))
    return;
  g_task_set_task_data (task, g_strdupv ((char **) job), (GDestroyNotify) g_strfreev);
  way_worker_run (self->store_worker, task, func);
}

/**
 * way_session_query_device:
 * @job: the statement and what $1, $2 … stand for
 *
 * A query of one's own device store. Finish with way_session_list_finish().
 */
void
way_session_query_device (WaySession *self,
                          gpointer tag,
                          const char *const *job,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  way_session_query (self, tag, device_thread, job, cancellable, callback, user_data);
}

/**
 * way_session_query_team:
 * @job: the statement and what $1, $2 … stand for
 *
 * A query of where the people of one's units lie: in memory on a shared computer. Finish with
 * way_session_list_finish().
 */
void
way_session_query_team (WaySession *self,
                        gpointer tag,
                        const char *const *job,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  way_session_query (self, tag, team_thread, job, cancellable, callback, user_data);
}
