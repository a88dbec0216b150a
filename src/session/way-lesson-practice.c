/* way-lesson-practice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-lesson-private.h"

#include "assessment/way-check.h"
#include "session/way-paper-private.h"

#define OPEN_PRACTICE                                                                              \
  "SELECT a.attempt, e.body->>'seed' AS seed FROM attempt a JOIN live e ON e.id = a.attempt "      \
  "WHERE a.person = CAST($1 AS text) AND a.type = 'practice' AND a.module = CAST($2 AS text) "     \
  "AND a.desk = CAST($3 AS text) AND a.ended IS NULL ORDER BY a.started DESC, a.attempt DESC "     \
  "LIMIT 1"

#define RUNS                                                                                       \
  "SELECT count(*) AS n FROM attempt WHERE person = CAST($1 AS text) AND type = 'practice' "       \
  "AND module = CAST($2 AS text) AND desk = CAST($3 AS text) AND ended IS NOT NULL"

#define ACTIONS                                                                                    \
  "SELECT body->>'action' AS action, body->>'target' AS target, body->>'value' AS value FROM "     \
  "live WHERE kind = 'action' AND body->>'attempt' = CAST($1 AS text) "                            \
  "ORDER BY CAST(body->>'ordinal' AS integer)"

/* What was done is done again. The log has an empty target where there was none. */
static void
repeat_actions (WayLesson *self, GListStore *actions)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (actions)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (actions), i);
      const char *target = way_row_get_text (row, "target");

      way_practice_do (self->practice, way_row_get_text (row, "action"),
                       target != NULL && *target != '\0' ? target : NULL,
                       way_row_has (row, "value") ? way_row_get_text (row, "value") : NULL);
      self->n_logged++;
    }
}

/* Which run of this desk it is that begins or goes on. */
static gboolean
count_runs (WayLesson *self, const char *desk, GError **error)
{
  g_autoptr (GListStore)
      rows = way_lesson_query (self, RUNS, self->person, self->module->id, desk, error);
  g_autoptr (WayRow) row = NULL;

  if (rows == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  self->practice_try = way_row_get_number (row, "n") + 1;
  return TRUE;
}

static void
practice_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  const char *desk_id = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = way_pack_load_desk (self->pack, desk_id, &error);
  g_autoptr (GListStore) open = NULL;
  g_autoptr (GListStore) actions = NULL;
  g_autoptr (WayRow) row = NULL;

  if (desk != NULL)
    open = way_lesson_query (self, OPEN_PRACTICE, self->person, self->module->id, desk_id, &error);
  if (open == NULL || !count_runs (self, desk_id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_clear_object (&self->practice);
  g_clear_pointer (&self->practice_attempt, g_free);
  g_free (self->desk);
  self->desk = g_strdup (desk_id);
  self->n_logged = 0;
  row = g_list_model_get_item (G_LIST_MODEL (open), 0);
  if (row != NULL)
    {
      /* Left in the middle: what was done is done again from the log. */
      self->practice_attempt = g_strdup (way_row_get_text (row, "attempt"));
      self->practice = way_practice_new (desk, g_ascii_strtoull (way_row_get_text (row, "seed"),
                                                                 NULL, 10));
      actions = way_lesson_query (self, ACTIONS, self->practice_attempt, NULL, NULL, &error);
      if (actions == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      repeat_actions (self, actions);
    }
  else
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      guint64 seed = way_session_new_seed ();
      WayEvent *draft = way_session_draft_attempt (self->session, self->pack, "practice", seed,
                                                   self->module, desk_id, NULL, self->practice_try,
                                                   NULL);

      g_ptr_array_add (drafts, draft);
      if (!way_session_append (self->session, drafts, &error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      self->practice_attempt = g_strdup (draft->id);
      self->practice = way_practice_new (desk, seed);
    }
  g_task_return_pointer (task, g_object_ref (self->practice), g_object_unref);
}

/**
 * way_lesson_start_practice_async:
 * @desk: one of the module's desks
 *
 * A run that was left goes on; else a new one begins, with other data than the last.
 */
void
way_lesson_start_practice_async (WayLesson *self,
                                 const char *desk,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_LESSON (self));

  task = way_session_begin (self->session, self, way_lesson_start_practice_async, cancellable,
                            callback, user_data);
  g_task_set_task_data (task, g_strdup (desk), g_free);
  way_worker_run (self->session->store_worker, task, practice_thread);
}

/**
 * way_lesson_start_practice_finish:
 *
 * Returns: (transfer full) (nullable): the run
 */
WayPractice *
way_lesson_start_practice_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
logged_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WayLesson *self = WAY_LESSON (object);
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (self->session, result, NULL, &error))
    way_session_emit_not_saved (self->session, error->message);
}

/**
 * way_lesson_log_action:
 * @value: (nullable): what the action was done with
 *
 * Saves an action that the practice took. A failure is told by the session's "not-saved".
 */
void
way_lesson_log_action (WayLesson *self, const char *action, const char *target, const char *value)
{
  g_return_if_fail (WAY_IS_LESSON (self));
  g_return_if_fail (self->practice_attempt != NULL);

  {
    WayActionBody body = {
      .attempt = self->practice_attempt,
      .ordinal = ++self->n_logged,
      .action = (char *) action,
      .target = (char *) (target != NULL ? target : ""),
      .value = (char *) value,
    };

    way_session_write_one (self->session, self, way_lesson_log_action, "action", &body, NULL, NULL,
                           NULL, logged_cb, NULL);
  }
}

static void
practised_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WayLesson *self = WAY_LESSON (object);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!way_session_write_finish (self->session, result, &id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&self->practice_attempt, g_free);
  way_session_emit_changed (self->session);
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

/**
 * way_lesson_finish_practice_async:
 *
 * Judges the run and saves which rules held. Finish with way_lesson_write_finish().
 */
void
way_lesson_finish_practice_async (WayLesson *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GArray) outcomes = NULL;
  GTask *task;
  int points;
  int out_of;
  guint held = 0;

  g_return_if_fail (WAY_IS_LESSON (self));
  g_return_if_fail (self->practice != NULL && self->practice_attempt != NULL);

  outcomes = way_practice_judge (self->practice);
  way_practice_get_score (self->practice, &points, &out_of);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);
      WayRuleOutcomeBody body = {
        .attempt = self->practice_attempt,
        .module = self->module->id,
        .desk = self->desk,
        .rule = outcome->rule->id,
        .record = outcome->record != NULL ? outcome->record->id : NULL,
        .outcome = outcome->rule->outcome,
        .held = outcome->is_held,
        .points = outcome->is_held ? outcome->rule->points : 0,
        .out_of = outcome->rule->points,
        .try = self->practice_try,
        .help = way_practice_get_n_help (self->practice),
      };

      held += outcome->is_held;
      g_ptr_array_add (drafts, way_session_draft ("rule_outcome", &body, NULL));
    }
  {
    double score = out_of > 0 ? (double) points / out_of : 0;
    WayAttemptEndBody body = {
      .attempt = self->practice_attempt,
      .type = (char *) "practice",
      .how = (char *) "finished",
      .module = self->module->id,
      .desk = self->desk,
      .asked = outcomes->len,
      .right = held,
      .score = score,
      .passed = score >= WAY_PASS_MARK,
    };

    g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
  }
  task = way_session_begin (self->session, self, way_lesson_finish_practice_async, cancellable,
                            callback, user_data);
  way_session_write (self->session, self, way_lesson_finish_practice_async,
                     g_steal_pointer (&drafts), cancellable, practised_cb, task);
}
