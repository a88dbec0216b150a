/* way-lesson-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-lesson-private.h"

#include "assessment/way-check.h"
#include "session/way-paper-private.h"

#define TRIES                                                                                      \
  "SELECT a.attempt, a.ended, a.passed, e.body->>'draw' AS draw, e.body->>'seed' AS seed "         \
  "FROM attempt a JOIN live e ON e.id = a.attempt WHERE a.person = CAST($1 AS text) "              \
  "AND a.type = 'check' AND a.module = CAST($2 AS text) ORDER BY a.started, a.attempt"

/* Tries so far, and where an open one stands. */
gboolean
way_lesson_load_tries (WayLesson *self, GError **error)
{
  g_autoptr (GListStore)
      tries = way_lesson_query (self, TRIES, self->person, self->module->id, NULL, error);

  if (tries == NULL)
    return FALSE;
  self->n_tries = 0;
  g_clear_pointer (&self->open_check, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tries)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (tries), i);

      g_strfreev (self->draw);
      self->draw = g_strsplit (way_row_get_text (row, "draw"), " ", -1);
      self->seed = g_ascii_strtoull (way_row_get_text (row, "seed"), NULL, 10);
      if (way_row_has (row, "ended"))
        {
          self->n_tries++;
          self->is_passed = way_row_get_int (row, "passed") != 0;
          g_clear_pointer (&self->open_check, g_free);
        }
      else
        {
          g_free (self->open_check);
          self->open_check = g_strdup (way_row_get_text (row, "attempt"));
        }
    }
  return TRUE;
}

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  WayPaper *paper = task_data;
  g_autoptr (GError) error = NULL;
  gboolean is_ready;

  if (self->open_check != NULL)
    is_ready = way_paper_resume (paper, self->open_check, (const char *const *) self->draw,
                                 self->seed, &error);
  else
    {
      guint64 seed = way_session_new_seed ();
      g_autoptr (GPtrArray)
          draw = way_check_draw (self->module, seed, (const char *const *) self->draw);
      char **items = g_new0 (char *, draw->len + 1);

      for (guint i = 0; i < draw->len; i++)
        items[i] = g_strdup (((const WayCheckItem *) draw->pdata[i])->id);
      g_strfreev (self->draw);
      self->draw = g_strdupv (items);
      self->seed = seed;
      is_ready = way_paper_begin (paper, items, seed, self->n_tries + 1, &error);
      self->open_check = g_strdup (way_paper_get_attempt (paper));
    }
  if (is_ready)
    g_task_return_pointer (task, g_object_ref (paper), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * way_lesson_start_check_async:
 *
 * A check that was left goes on at its question; else a new try is drawn.
 */
void
way_lesson_start_check_async (WayLesson *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_LESSON (self));

  self->n_tries = way_lesson_get_n_tries (self);
  self->is_passed = way_lesson_is_check_passed (self);
  if (self->paper != NULL && way_paper_is_finished (self->paper))
    g_clear_pointer (&self->open_check, g_free);
  g_clear_object (&self->paper);
  task = way_session_begin (self->session, self, way_lesson_start_check_async, cancellable,
                            callback, user_data);
  g_task_set_task_data (task, way_paper_new (self->session, self->module, NULL), g_object_unref);
  way_worker_run (self->session->store_worker, task, check_thread);
}

/**
 * way_lesson_start_check_finish:
 *
 * Returns: (transfer full) (nullable): the try, at the question that is to be answered
 */
WayPaper *
way_lesson_start_check_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_autoptr (WayPaper) paper = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  paper = g_task_propagate_pointer (G_TASK (result), error);
  if (paper != NULL)
    g_set_object (&self->paper, paper);
  return g_steal_pointer (&paper);
}

/**
 * way_lesson_is_check_passed:
 *
 * Returns: whether the last finished try was passed
 */
gboolean
way_lesson_is_check_passed (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  if (self->paper != NULL && way_paper_is_finished (self->paper))
    return way_paper_is_passed (self->paper);
  return self->is_passed;
}

/**
 * way_lesson_get_n_tries:
 *
 * Returns: how many tries of the check were finished
 */
guint
way_lesson_get_n_tries (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  if (self->paper != NULL && way_paper_is_finished (self->paper))
    return self->n_tries + 1;
  return self->n_tries;
}
