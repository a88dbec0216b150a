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

#define PRACTISED                                                                                  \
  "SELECT DISTINCT desk FROM attempt WHERE person = CAST($1 AS text) AND type = 'practice' "       \
  "AND module = CAST($2 AS text) AND ended IS NOT NULL"

#define ACTIONS                                                                                    \
  "SELECT body->>'action' AS action, body->>'target' AS target, body->>'value' AS value FROM "     \
  "live WHERE kind = 'action' AND body->>'attempt' = CAST($1 AS text) "                            \
  "ORDER BY CAST(body->>'ordinal' AS integer)"

/* A desk as it is being used. */
struct _WayLessonRun
{
  WayPractice *practice; /* (owned) */
  char *attempt;         /* (owned) (nullable) while it is not finished */
  guint n_logged;
  guint try; /* from 1 */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayLessonRun, way_lesson_run_free)

/**
 * way_lesson_run_free:
 * @self: (transfer full)
 */
void
way_lesson_run_free (WayLessonRun *self)
{
  g_clear_object (&self->practice);
  g_free (self->attempt);
  g_free (self);
}

/* Store thread: the desks of which a run was finished. */
gboolean
way_lesson_load_practised (WayLesson *self, GError **error)
{
  g_autoptr (GListStore)
      rows = way_lesson_query (self, PRACTISED, self->person, self->module->id, NULL, error);

  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_hash_table_add (self->practised, g_strdup (way_row_get_text (row, "desk")));
    }
  return rows != NULL;
}

/**
 * way_lesson_is_desk_done:
 * @desk: one of the module's desks
 *
 * Returns: whether the person has finished a run of it, at any time
 */
gboolean
way_lesson_is_desk_done (WayLesson *self, const char *desk)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return g_hash_table_contains (self->practised, desk);
}

/**
 * way_lesson_get_current_desk:
 *
 * Returns: (transfer none) (nullable): the first of the module's desks that is not done; NULL
 *   when all are
 */
const char *
way_lesson_get_current_desk (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  for (guint i = 0; i < self->module->desks->len; i++)
    {
      const char *desk = g_ptr_array_index (self->module->desks, i);

      if (!way_lesson_is_desk_done (self, desk))
        return desk;
    }
  return NULL;
}

/* What was done is done again. The log has an empty target where there was none. */
static void
repeat_actions (WayLessonRun *run, GListStore *actions)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (actions)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (actions), i);
      const char *target = way_row_get_text (row, "target");

      way_practice_do (run->practice, way_row_get_text (row, "action"),
                       target != NULL && *target != '\0' ? target : NULL,
                       way_row_has (row, "value") ? way_row_get_text (row, "value") : NULL);
      run->n_logged++;
    }
}

/* Which run of this desk it is that begins or goes on. */
static gboolean
count_runs (WayLesson *self, WayLessonRun *run, const char *desk, GError **error)
{
  g_autoptr (GListStore)
      rows = way_lesson_query (self, RUNS, self->person, self->module->id, desk, error);
  g_autoptr (WayRow) row = NULL;

  if (rows == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  run->try = way_row_get_number (row, "n") + 1;
  return TRUE;
}

static void
practice_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  const char *desk_id = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = way_pack_load_desk (self->pack, desk_id, &error);
  g_autoptr (WayLessonRun) run = g_new0 (WayLessonRun, 1);
  g_autoptr (GListStore) open = NULL;
  g_autoptr (GListStore) actions = NULL;
  g_autoptr (WayRow) row = NULL;

  if (desk != NULL)
    open = way_lesson_query (self, OPEN_PRACTICE, self->person, self->module->id, desk_id, &error);
  if (open == NULL || !count_runs (self, run, desk_id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  row = g_list_model_get_item (G_LIST_MODEL (open), 0);
  if (row != NULL)
    {
      /* Left in the middle: what was done is done again from the log. */
      run->attempt = g_strdup (way_row_get_text (row, "attempt"));
      run->practice = way_practice_new (desk, g_ascii_strtoull (way_row_get_text (row, "seed"),
                                                                NULL, 10));
      actions = way_lesson_query (self, ACTIONS, run->attempt, NULL, NULL, &error);
      if (actions == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      repeat_actions (run, actions);
    }
  else
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      guint64 seed = way_session_new_seed ();
      WayEvent *draft = way_session_draft_attempt (self->session, self->pack, "practice", seed,
                                                   self->module, desk_id, NULL, run->try, NULL);

      g_ptr_array_add (drafts, draft);
      if (!way_session_append (self->session, drafts, &error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      run->attempt = g_strdup (draft->id);
      run->practice = way_practice_new (desk, seed);
    }
  g_task_return_pointer (task, g_steal_pointer (&run), (GDestroyNotify) way_lesson_run_free);
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
  WayLessonRun *run;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  run = g_task_propagate_pointer (G_TASK (result), error);
  if (run == NULL)
    return NULL;
  g_hash_table_replace (self->runs, g_strdup (g_task_get_task_data (G_TASK (result))), run);
  return g_object_ref (run->practice);
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
 * @desk: a desk that was opened and is not finished
 * @target: (nullable): what it was done to
 * @value: (nullable): what the action was done with
 *
 * Saves an action that the practice took. A failure is told by the session's "not-saved".
 */
void
way_lesson_log_action (
    WayLesson *self, const char *desk, const char *action, const char *target, const char *value)
{
  WayLessonRun *run;

  g_return_if_fail (WAY_IS_LESSON (self));

  run = g_hash_table_lookup (self->runs, desk);
  g_return_if_fail (run != NULL && run->attempt != NULL);

  {
    WayActionBody body = {
      .attempt = run->attempt,
      .ordinal = ++run->n_logged,
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
  const char *desk = g_task_get_task_data (task);
  WayLessonRun *run = g_hash_table_lookup (self->runs, desk);

  if (!way_session_write_finish (self->session, result, &id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&run->attempt, g_free);
  g_hash_table_add (self->practised, g_strdup (desk));
  way_session_emit_changed (self->session);
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

/**
 * way_lesson_finish_practice_async:
 * @desk: a desk that was opened and is not finished
 *
 * Judges the run and saves which rules held. Finish with way_lesson_write_finish().
 */
void
way_lesson_finish_practice_async (WayLesson *self,
                                  const char *desk,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GArray) outcomes = NULL;
  WayLessonRun *run;
  GTask *task;
  int points;
  int out_of;
  guint held = 0;

  g_return_if_fail (WAY_IS_LESSON (self));

  run = g_hash_table_lookup (self->runs, desk);
  g_return_if_fail (run != NULL && run->attempt != NULL);

  outcomes = way_practice_judge (run->practice);
  way_practice_get_score (run->practice, &points, &out_of);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);
      WayRuleOutcomeBody body = {
        .attempt = run->attempt,
        .module = self->module->id,
        .desk = (char *) desk,
        .rule = outcome->rule->id,
        .record = outcome->record != NULL ? outcome->record->id : NULL,
        .outcome = outcome->rule->outcome,
        .held = outcome->is_held,
        .points = outcome->is_held ? outcome->rule->points : 0,
        .out_of = outcome->rule->points,
        .try = run->try,
        .help = way_practice_get_n_help (run->practice),
      };

      held += outcome->is_held;
      g_ptr_array_add (drafts, way_session_draft ("rule_outcome", &body, NULL));
    }
  {
    double score = out_of > 0 ? (double) points / out_of : 0;
    WayAttemptEndBody body = {
      .attempt = run->attempt,
      .type = (char *) "practice",
      .how = (char *) "finished",
      .module = self->module->id,
      .desk = (char *) desk,
      .asked = outcomes->len,
      .right = held,
      .score = score,
      .passed = score >= WAY_PASS_MARK,
    };

    g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
  }
  task = way_session_begin (self->session, self, way_lesson_finish_practice_async, cancellable,
                            callback, user_data);
  g_task_set_task_data (task, g_strdup (desk), g_free);
  way_session_write (self->session, self, way_lesson_finish_practice_async,
                     g_steal_pointer (&drafts), cancellable, practised_cb, task);
}
