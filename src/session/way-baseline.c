/* way-baseline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-baseline-private.h"

#include "practice/way-practice-item.h"

#include <glib/gi18n-lib.h>
#include <math.h>

G_DEFINE_FINAL_TYPE (WayBaseline, way_baseline, G_TYPE_OBJECT)

typedef struct
{
  WayDepth depth;
  GHashTable *responses; /* (owned) (nullable) */
  gint64 ms;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->responses, g_hash_table_unref);
  g_free (job);
}

static void
way_baseline_finalize (GObject *object)
{
  WayBaseline *self = WAY_BASELINE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->sitting, way_sitting_free);
  g_clear_pointer (&self->bank, way_bank_unref);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->item, way_item_unref);
  g_clear_pointer (&self->answers, g_array_unref);
  g_clear_pointer (&self->kept, g_free);
  way_sitting_plan_clear (&self->plan);
  G_OBJECT_CLASS (way_baseline_parent_class)->finalize (object);
}

static void
way_baseline_class_init (WayBaselineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_baseline_finalize;
}

static void
way_baseline_init (WayBaseline *self)
{
  self->answers = g_array_new (FALSE, FALSE, sizeof (WaySittingAnswer));
  g_array_set_clear_func (self->answers, (GDestroyNotify) way_sitting_answer_clear);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayBaseline *self = task_data;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  if (!way_baseline_resume (self, &found, &error) || (!found && !way_baseline_begin (self, &error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
open_sitting (WaySession *session,
              const WaySittingPlan *plan,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (session, session, way_session_open_baseline_async,
                                              cancellable, callback, user_data);
  WayBaseline *self = g_object_new (WAY_TYPE_BASELINE, NULL);

  self->session = g_object_ref (session);
  self->person = g_strdup (way_session_get_person (session));
  self->plan = *plan;
  g_task_set_task_data (task, self, g_object_unref);
  way_worker_run (session->store_worker, task, open_thread);
}

/**
 * way_session_open_baseline_async:
 * @depth: of a new sitting, %WAY_DEPTH_SHORT or %WAY_DEPTH_CLOSER; an open one goes on as it
 *   was begun
 *
 * Goes on at the question that was last shown, or begins a sitting.
 */
void
way_session_open_baseline_async (WaySession *session,
                                 WayDepth depth,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  WaySittingPlan plan = { .depth = depth };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (depth == WAY_DEPTH_SHORT || depth == WAY_DEPTH_CLOSER);

  way_session_get_required (session, plan.required);
  open_sitting (session, &plan, cancellable, callback, user_data);
}

static void
open_about_one (WaySession *session,
                WaySittingPlan *plan,
                const char *capability,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  int index = way_pack_find_capability (session->pack, capability);

  if (index < 0)
    {
      g_autoptr (GTask) task = way_session_begin (session, session, way_session_open_baseline_async,
                                                  cancellable, callback, user_data);

      g_task_return_new_error (task, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND,
                               _ ("The pack has no capability “%s”."), capability);
      return;
    }
  plan->recheck = index;
  open_sitting (session, plan, cancellable, callback, user_data);
}

/**
 * way_session_open_recheck_async:
 * @capability: its id; it must have been measured
 *
 * A re-check of one capability: six to eight questions, from what was last found. Goes on
 * with one that is open. Finish with way_session_open_baseline_finish().
 */
void
way_session_open_recheck_async (WaySession *session,
                                const char *capability,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  WaySittingPlan plan = { .depth = WAY_DEPTH_RECHECK };

  g_return_if_fail (WAY_IS_SESSION (session) && capability != NULL);

  way_session_get_required (session, plan.required);
  open_about_one (session, &plan, capability, cancellable, callback, user_data);
}

/**
 * way_session_open_yes_no_async:
 * @capability: its id
 * @level: 2 to 4
 *
 * Whether somebody is at least at one level of one capability: as many questions as that
 * takes, at least five, and sometimes it stays open. Goes on with one that is open. Finish
 * with way_session_open_baseline_finish().
 */
void
way_session_open_yes_no_async (WaySession *session,
                               const char *capability,
                               int level,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WaySittingPlan plan = { .depth = WAY_DEPTH_YES_NO };
  int index;

  g_return_if_fail (WAY_IS_SESSION (session) && capability != NULL);
  g_return_if_fail (level >= 2 && level <= WAY_N_LEVELS);

  way_session_get_required (session, plan.required);
  index = way_pack_find_capability (session->pack, capability);
  if (index >= 0)
    plan.required[index] = level;
  open_about_one (session, &plan, capability, cancellable, callback, user_data);
}

/**
 * way_session_open_baseline_finish:
 *
 * Returns: (transfer full) (nullable): the sitting
 */
WayBaseline *
way_session_open_baseline_finish (WaySession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_baseline_is_finished:
 *
 * Returns: whether nothing more is asked: the rule to stop, or the end of the questions
 */
gboolean
way_baseline_is_finished (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), TRUE);

  return self->is_finished;
}

/**
 * way_baseline_get_item:
 *
 * Returns: (transfer none) (nullable): the question that is shown; NULL once it is finished
 */
WayItem *
way_baseline_get_item (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), NULL);

  return self->item;
}

/**
 * way_baseline_get_ordinal:
 *
 * Returns: the how many-th question is shown, from 1
 */
guint
way_baseline_get_ordinal (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  return self->ordinal;
}

/**
 * way_baseline_get_n_left:
 *
 * Returns: about how many questions are left
 */
guint
way_baseline_get_n_left (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  return self->is_finished ? 0 : way_sitting_get_n_left (self->sitting);
}

/**
 * way_baseline_is_pause:
 *
 * Returns: whether a part has just ended: a good place to pause
 */
gboolean
way_baseline_is_pause (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), FALSE);

  return !self->is_finished && way_sitting_is_pause (self->sitting);
}

/**
 * way_baseline_get_capability_name:
 *
 * Returns: (transfer none): what the question that is shown is about, in the language of the pack
 */
const char *
way_baseline_get_capability_name (WayBaseline *self)
{
  const WayCapability *capability;

  g_return_val_if_fail (WAY_IS_BASELINE (self), NULL);

  capability = g_ptr_array_index (way_pack_get_capabilities (self->session->pack),
                                  self->capability);
  return capability->short_name;
}

/**
 * way_baseline_get_verdict:
 * @level: (out) (optional): the level that was asked about, 1 to 4
 *
 * Returns: what a yes or no has come to; not sure for every other sitting
 */
WayStanding
way_baseline_get_verdict (WayBaseline *self, int *level)
{
  WayEstimate estimate;

  g_return_val_if_fail (WAY_IS_BASELINE (self), WAY_STANDING_NOT_SURE);

  if (level != NULL)
    *level = self->plan.required[self->plan.recheck];
  if (self->plan.depth != WAY_DEPTH_YES_NO)
    return WAY_STANDING_NOT_SURE;
  way_sitting_get_estimate (self->sitting, self->plan.recheck, &estimate);

  return estimate.standing;
}

/**
 * way_baseline_get_so_far:
 * @n_met: (out): of how many capabilities what is required is met, as far as is known
 * @n_not_yet: (out): of how many it is not
 *
 * What has been found, at a pause. Of all the others it is not sure yet.
 */
void
way_baseline_get_so_far (WayBaseline *self, guint *n_met, guint *n_not_yet)
{
  g_return_if_fail (WAY_IS_BASELINE (self));

  *n_met = *n_not_yet = 0;
  for (guint i = 0; i < self->bank->n_capabilities; i++)
    {
      WayEstimate estimate;

      way_sitting_get_estimate (self->sitting, i, &estimate);
      if (estimate.n_items == 0)
        continue;
      *n_met += estimate.standing == WAY_STANDING_MET;
      *n_not_yet += estimate.standing == WAY_STANDING_NOT_YET;
    }
}

/**
 * way_baseline_is_reportable:
 *
 * Returns: whether the answers had the time that it takes to say anything; those that had not are
 *   kept, and nothing is found from them
 */
gboolean
way_baseline_is_reportable (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), FALSE);

  return way_sitting_is_reportable (self->sitting);
}

/**
 * way_baseline_get_stop:
 *
 * Returns: the rule that has ended the questions; %WAY_STOP_NONE while they go on, and where the
 *   person ended them
 */
WayStop
way_baseline_get_stop (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), WAY_STOP_NONE);

  return way_sitting_get_stop (self->sitting);
}

/**
 * way_baseline_get_limit_ms:
 *
 * Returns: how long all questions together may take; 0, the default, for no limit
 */
gint64
way_baseline_get_limit_ms (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  return self->plan.limit_ms;
}

/**
 * way_baseline_get_spent_ms:
 *
 * Returns: how long the questions answered so far were on the screen
 */
gint64
way_baseline_get_spent_ms (WayBaseline *self)
{
  gint64 spent = 0;

  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  for (guint i = 0; i < self->answers->len; i++)
    spent += g_array_index (self->answers, WaySittingAnswer, i).ms;
  return spent;
}

/**
 * way_baseline_get_shuffle_seed:
 *
 * Returns: what the order of choices of this question is drawn with: the same after a stop
 */
guint64
way_baseline_get_shuffle_seed (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  return self->plan.seed + self->ordinal;
}

/* What an answer is worth: its points, or 1 where it is right and 0 where not. */
static double
get_points (WayBaseline *self, const WayScore *score)
{
  int index = way_bank_find (self->bank, self->item->id);
  const WayBankItem *item = index >= 0 ? self->bank->items->pdata[index] : NULL;

  if (score == NULL)
    return 0;
  if (item != NULL && item->curve.n_steps > 0)
    return CLAMP (score->score, 0, item->curve.n_steps);
  return score->is_correct ? 1 : 0;
}

/* A rapid answer is missing, not wrong; a new item says nothing yet. */
static gboolean
is_counted (WayBaseline *self, gint64 ms)
{
  int index = way_bank_find (self->bank, self->item->id);

  return index >= 0 && !((const WayBankItem *) self->bank->items->pdata[index])->is_new
         && !way_sitting_is_rapid (self->sitting, self->item->id, ms);
}

static void
answer_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayBaseline *self = source;
  Job *job = task_data;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) score = NULL;
  g_autofree char *line = NULL;
  g_autofree char *next = NULL;
  WayEvent *response;
  WaySittingAnswer answer = { 0 };

  /* The question that was to follow could not be read: its turn is now. */
  if (self->item == NULL)
    {
      gboolean is_shown;

      if (self->is_finished || way_baseline_reload (self, &is_shown, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (job->responses != NULL)
    {
      score = way_practice_score_item (self->item, self->session->pack, job->responses, &error);
      if (score == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      line = way_practice_shorten_answer (self->item,
                                          way_responses_to_line (self->item, job->responses));
    }
  answer.item = g_strdup (self->item->id);
  answer.score = get_points (self, score);
  answer.ms = job->ms;
  answer.is_counted = is_counted (self, job->ms);

  {
    WayResponseBody body = {
      .attempt = self->attempt,
      .ordinal = self->answers->len + 1,
      .item = self->item->id,
      .answer = line != NULL ? line : (char *) "",
      .score = answer.score,
      .ms = job->ms,
      .dont_know = job->responses == NULL,
      .counted = answer.is_counted,
    };

    response = way_session_draft ("response", &body, &error);
    if (response == NULL)
      {
        way_sitting_answer_clear (&answer);
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
    g_ptr_array_add (drafts, response);
  }
  g_array_append_val (self->answers, answer);
  way_sitting_answer (self->sitting, answer.item, answer.score, answer.is_counted);

  way_sitting_add_time (self->sitting, answer.ms);
  if (!way_baseline_draft_next (self, drafts, &next))
    way_baseline_draft_end (self, drafts,
                            way_stop_to_string (way_sitting_get_stop (self->sitting)));
  else if (way_sitting_is_pause (self->sitting))
    way_baseline_draft_result (self, drafts);
  if (way_session_append (self->session, drafts, &error))
    {
      if (!way_baseline_take_item (self, next, &error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      if (self->is_finished)
        way_session_emit_changed (self->session);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* Not saved: the question stays, as if it had not been answered. Only when the disk
   * failed in the middle may the answer be there after all: the log says. */
  {
    guint n_before = self->answers->len - 1;
    gboolean is_shown = FALSE;

    if (!way_baseline_reload (self, &is_shown, NULL))
      {
        g_array_set_size (self->answers, n_before);
        way_baseline_rebuild (self);
      }
    else if (self->answers->len > n_before)
      {
        self->is_finished = !is_shown;
        g_task_return_boolean (task, TRUE);
        return;
      }
  }
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WayBaseline *self = WAY_BASELINE (object);
  GTask *outer = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      way_session_return_answered (self->session, outer, NULL, NULL);
      return;
    }
  g_task_return_error (outer, error);
  g_object_unref (outer);
}

/**
 * way_baseline_answer_async:
 * @responses: (nullable): response identifier to WayValue; NULL for "I don't know"
 * @ms: how long the question was on screen, in milliseconds
 *
 * Saves the answer with the choice of the next question in one transaction. When it fails
 * nothing is written and the question stays. Where answers are sent one by one it returns when
 * the trust has this one too, or cannot be reached: see way_session_is_held().
 */
void
way_baseline_answer_async (WayBaseline *self,
                           GHashTable *responses,
                           gint64 ms,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *outer;
  Job *job;

  g_return_if_fail (WAY_IS_BASELINE (self));
  g_return_if_fail (!self->is_finished);

  outer = way_session_begin (self->session, self, way_baseline_answer_async, NULL, callback,
                             user_data);
  task = way_session_begin (self->session, self, way_baseline_answer_async, cancellable, saved_cb,
                            outer);
  job = g_new0 (Job, 1);
  job->responses = responses != NULL ? g_hash_table_ref (responses) : NULL;
  job->ms = MAX (0, ms);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  way_worker_run (self->session->store_worker, task, answer_thread);
  way_session_schedule_sync (self->session, 5);
}

/**
 * way_baseline_answer_finish:
 *
 * Returns: TRUE once the answer is on disk; then the next question is there
 */
gboolean
way_baseline_answer_finish (WayBaseline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
stop_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayBaseline *self = source;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  if (self->is_finished)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  way_baseline_draft_end (self, drafts, "stopped");
  if (!way_session_append (self->session, drafts, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  way_baseline_take_item (self, NULL, NULL);
  way_session_emit_changed (self->session);
  g_task_return_boolean (task, TRUE);
}

/**
 * way_baseline_stop_async:
 *
 * Ends the sitting here. What was measured stands, with its uncertainty.
 */
void
way_baseline_stop_async (WayBaseline *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_BASELINE (self));
  g_return_if_fail (!self->is_finished);

  task = way_session_begin (self->session, self, way_baseline_stop_async, cancellable, callback,
                            user_data);
  way_worker_run (self->session->store_worker, task, stop_thread);
  way_session_schedule_sync (self->session, 3);
}

/**
 * way_baseline_stop_finish:
 *
 * Returns: TRUE once the end is on the disk
 */
gboolean
way_baseline_stop_finish (WayBaseline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
