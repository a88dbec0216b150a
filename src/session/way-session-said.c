/* way-session-said.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-help-private.h"
#include "session/way-session-private.h"

/* What a person said and asked, and what came back. */

/* With their name, and without: those lie in the store under the hash of their token, by which
 * the trust tells everybody what was answered. */
#define MY_FEEDBACK                                                                                \
  "WITH answer AS (SELECT e.id, e.effective AS at, e.body ->> 'token' AS token, "                  \
  "e.body ->> 'action' AS action, e.body ->> 'decision' AS decision, "                             \
  "e.body ->> 'because' AS because, e.body ->> 'text' AS text "                                    \
  "FROM live e WHERE e.kind = 'drop_answer'), "                                                    \
  "nameless AS (SELECT substr (m.key, 6) AS id, way_open (m.value) AS body, "                      \
  "(SELECT CAST(substr (s.value, instr (s.value, ' ') + 1) AS integer) * 86400000000 "             \
  "FROM meta s WHERE s.key = 'dropped.' || substr (m.key, 6)) AS at "                              \
  "FROM meta m WHERE substr (m.key, 1, 5) = 'drop.') "                                             \
  "SELECT feedback AS id, 'feedback' AS kind, type, text, page, state, decision, because, reply, " \
  "at, last FROM feedback WHERE person = CAST($1 AS text) "                                        \
  "UNION ALL SELECT n.id, 'nameless', n.body ->> 'type', n.body ->> 'text', n.body ->> 'page', "   \
  "CASE WHEN EXISTS (SELECT 1 FROM answer a WHERE a.token = n.id AND a.action = 'done') "          \
  "THEN 'done' WHEN EXISTS (SELECT 1 FROM answer a WHERE a.token = n.id "                          \
  "AND a.action = 'decided') THEN 'decided' WHEN EXISTS (SELECT 1 FROM answer a "                  \
  "WHERE a.token = n.id) THEN 'heard' ELSE 'new' END, "                                            \
  "(SELECT a.decision FROM answer a WHERE a.token = n.id AND a.action = 'decided' "                \
  "ORDER BY a.at DESC, a.id DESC LIMIT 1), "                                                       \
  "(SELECT a.because FROM answer a WHERE a.token = n.id AND a.action = 'decided' "                 \
  "ORDER BY a.at DESC, a.id DESC LIMIT 1), "                                                       \
  "(SELECT a.text FROM answer a WHERE a.token = n.id AND a.text IS NOT NULL "                      \
  "ORDER BY a.at DESC, a.id DESC LIMIT 1), n.at, "                                                 \
  "coalesce ((SELECT max (a.at) FROM answer a WHERE a.token = n.id), n.at) FROM nameless n "       \
  "ORDER BY last DESC, id"

#define MY_HELP                                                                                    \
  "SELECT request AS id, 'help' AS kind, text, module, page, state, asked, last, answer AS "       \
  "reply, "                                                                                        \
  "person, urgent, opened, taken, taken_name, answered, fixed, taken_by, "                         \
  "CASE WHEN EXISTS (SELECT 1 FROM live t WHERE t.kind = 'thanks' AND t.author = CAST($1 AS "      \
  "text) "                                                                                         \
  "AND t.body->>'about' = request) THEN 1 ELSE 0 END AS thanked "                                  \
  "FROM help WHERE person = CAST($1 AS text) ORDER BY last DESC, request"

/* way_session_query_my_help:
 *
 * What the person asked, and whom each of them is sent to now. Store thread.
 *
 * Returns: (transfer full) (nullable): of WayRow; NULL with @error set */
GListStore *
way_session_query_my_help (WaySession *self, const char *person, GError **error)
{
  g_autoptr (GListStore) rows = way_session_query_own (self, person, MY_HELP, error);

  return rows != NULL ? way_session_add_routes (self, rows, "id", g_get_real_time (), error) : NULL;
}

/* way_session_list_unread:
 *
 * Answers that came back and have not been read on this device. Store thread.
 *
 * Returns: (transfer full) (nullable): of WayRow; NULL with @error set */
GListStore *
way_session_list_unread (WaySession *self, const char *person, GError **error)
{
  g_autoptr (GListStore) unread = g_list_store_new (WAY_TYPE_ROW);
  const char *queries[] = { MY_FEEDBACK, MY_HELP };

  for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
    {
      g_autoptr (GListStore) rows = way_session_query_own (self, person, queries[q], error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
          g_autofree char *key = g_strdup_printf ("seen:%s", way_row_get_text (row, "id"));
          g_autofree char *seen = way_store_get_meta (self->store, key, NULL);
          const char *state = way_row_get_text (row, "state");

          if (g_str_equal (state, "new") || g_str_equal (state, "open")
              || g_strcmp0 (seen, way_row_get_text (row, "last")) == 0
              || way_row_get_int (row, "fixed") == 1)
            continue;
          g_list_store_append (unread, row);
        }
    }
  return g_steal_pointer (&unread);
}

static void
seen_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  char **pair = task_data;
  g_autofree char *key = g_strdup_printf ("seen:%s", pair[0]);
  g_autoptr (GError) error = NULL;

  if (way_session_get_db (self, NULL) != NULL
      && !way_store_set_meta (self->store, key, pair[1], &error))
    g_warning ("What was read could not be kept: %s", error->message);
  way_session_emit_changed (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * way_session_mark_seen:
 * @id: of the answer
 * @last: its "last" column, so that a later answer shows again
 *
 * An answer on Today has been read.
 */
void
way_session_mark_seen (WaySession *self, const char *id, const char *last)
{
  const char *pair[] = { id, last, NULL };
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, g_strdupv ((char **) pair), (GDestroyNotify) g_strfreev);
  way_worker_run (self->store_worker, task, seen_thread);
}

/**
 * way_session_load_my_feedback_async:
 *
 * What this person said, and what became of it. Finish with way_session_list_finish().
 */
void
way_session_load_my_feedback_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  const char *job[] = { MY_FEEDBACK, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  job[1] = self->person;
  way_session_query_device (self, way_session_load_my_feedback_async, job, cancellable, callback,
                            user_data);
}

static void
my_help_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  char **job = task_data;
  g_autoptr (GError) error = NULL;
  GListStore *rows = way_session_query_my_help (source, job[0], &error);

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_my_help_async:
 *
 * What this person asked, and the answers. Finish with way_session_list_finish().
 */
void
way_session_load_my_help_async (WaySession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const char *job[] = { NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  job[0] = self->person;
  way_session_query (self, way_session_load_my_help_async, my_help_thread, job, cancellable,
                     callback, user_data);
}
