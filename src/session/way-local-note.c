/* way-local-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-lesson-private.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* “Your trust says”: what a training lead adds to a module, for everybody and without
 * touching the pack. The newest holds; an empty one takes it away. */

#define NEWEST                                                                                     \
  "SELECT body->>'text' AS text FROM live WHERE kind = 'local_note' "                              \
  "AND body->>'module' = CAST($1 AS text) ORDER BY effective DESC, id DESC LIMIT 1"

/* way_local_note_load:
 *
 * Store thread. NULL without @error where nothing is said.
 *
 * Returns: (transfer full) (nullable) */
char *
way_local_note_load (WaySession *session, const char *module, GError **error)
{
  const char *values[] = { module, NULL };
  WayDb *db = way_session_get_db (session, error);
  g_autoptr (GListStore) rows = db != NULL ? way_row_query (db, NEWEST, values, error) : NULL;
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (G_LIST_MODEL (rows), 0) : NULL;
  const char *text = row != NULL ? way_row_get_text (row, "text") : "";

  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *text = way_local_note_load (source, task_data, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, text, g_free);
}

/**
 * way_session_load_local_note_async:
 * @module: id of a module
 *
 * What the trust says to it.
 */
void
way_session_load_local_note_async (WaySession *self,
                                   const char *module,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_local_note_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdup (module), g_free);
  way_worker_run (self->store_worker, task, load_thread);
}

/**
 * way_session_load_local_note_finish:
 *
 * Returns: (transfer full) (nullable): the text; NULL without @error where the trust has
 *   added nothing
 */
char *
way_session_load_local_note_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_session_may_set_local_note:
 *
 * Returns: whether the person signed in writes for the trust
 */
gboolean
way_session_may_set_local_note (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  return (self->roles & WAY_ROLE_LEAD) != 0;
}

/**
 * way_session_set_local_note_async:
 * @module: id of a module
 * @text: what the trust says to it; "" takes it away
 *
 * For everybody, after the next sync. Finish with way_session_write_finish().
 */
void
way_session_set_local_note_async (WaySession *self,
                                  const char *module,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  WayLocalNoteBody body = { .module = (char *) module, .text = (char *) text };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (way_session_may_set_local_note (self));

  way_session_write_one (self, self, way_session_set_local_note_async, "local_note", &body, NULL,
                         NULL, cancellable, callback, user_data);
  way_session_schedule_sync (self, 0);
}
