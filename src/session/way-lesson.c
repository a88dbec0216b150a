/* way-lesson.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-lesson.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assessment/way-check.h"
#include "assessment/way-template.h"
#include "session/way-session-private.h"

#define STEPS_DONE                                                                                 \
  "SELECT DISTINCT body->>'step' AS step FROM live WHERE kind = 'step' "                           \
  "AND person = CAST($1 AS text) AND body->>'module' = CAST($2 AS text)"

#define PROGRESS                                                                                   \
  "SELECT confidence_before, confidence_after, check_passed, shift_done FROM progress "            \
  "WHERE person = CAST($1 AS text) AND module = CAST($2 AS text)"

#define TRIES                                                                                      \
  "SELECT a.attempt, a.ended, a.passed, e.body->>'draw' AS draw, e.body->>'seed' AS seed "         \
  "FROM attempt a JOIN live e ON e.id = a.attempt WHERE a.person = CAST($1 AS text) "              \
  "AND a.type = 'check' AND a.module = CAST($2 AS text) ORDER BY a.started, a.attempt"

#define OPEN_PRACTICE                                                                              \
  "SELECT a.attempt, e.body->>'seed' AS seed FROM attempt a JOIN live e ON e.id = a.attempt "      \
  "WHERE a.person = CAST($1 AS text) AND a.type = 'practice' AND a.module = CAST($2 AS text) "     \
  "AND a.desk = CAST($3 AS text) AND a.ended IS NULL ORDER BY a.started DESC, a.attempt DESC "     \
  "LIMIT 1"

#define ANSWERS                                                                                    \
  "SELECT body->>'item' AS item, body->>'score' AS score FROM live WHERE kind = 'response' "       \
  "AND body->>'attempt' = CAST($1 AS text) ORDER BY CAST(body->>'ordinal' AS integer)"

#define ACTIONS                                                                                    \
  "SELECT body->>'action' AS action, body->>'target' AS target, body->>'value' AS value FROM "     \
  "live WHERE kind = 'action' AND body->>'attempt' = CAST($1 AS text) "                            \
  "ORDER BY CAST(body->>'ordinal' AS integer)"

#define PASS_MARK 0.8

/* One module as one person goes through it. The page that shows it owns it. */
struct _WayLesson
{
  GObject parent_instance;

  WaySession *session; /* (owned) */
  WayModule *module;   /* (owned) */
  char *person;        /* (owned) */
  GPtrArray *steps;    /* (owned) of char*, NULL-terminated */
  GHashTable *done;    /* (owned) steps that are done */
  int confidence_before;
  int confidence_after;
  gboolean is_shift_done;

  /* The check. */
  char *check; /* (owned) (nullable) the attempt that is open */
  GStrv draw;  /* (owned) (nullable) its items */
  guint64 check_seed;
  guint index; /* the question shown */
  guint n_right;
  gboolean is_answered; /* the question shown has its answer */
  gboolean is_passed;   /* the last finished try */
  guint n_tries;        /* finished */
  WayItem *question;    /* (owned) (nullable) */

  /* The practice. */
  WayPractice *practice;  /* (owned) (nullable) */
  char *practice_attempt; /* (owned) (nullable) */
  char *desk;             /* (owned) (nullable) */
  guint n_logged;
};

G_DEFINE_FINAL_TYPE (WayLesson, way_lesson, G_TYPE_OBJECT)

typedef struct
{
  char *text;
  GHashTable *responses;
  gint64 ms;
} Job;

static void
job_free (Job *job)
{
  g_free (job->text);
  g_clear_pointer (&job->responses, g_hash_table_unref);
  g_free (job);
}

static void
way_lesson_finalize (GObject *object)
{
  WayLesson *self = WAY_LESSON (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->module, way_module_unref);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->done, g_hash_table_unref);
  g_clear_pointer (&self->check, g_free);
  g_clear_pointer (&self->draw, g_strfreev);
  g_clear_pointer (&self->question, way_item_unref);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->practice_attempt, g_free);
  g_clear_pointer (&self->desk, g_free);
  G_OBJECT_CLASS (way_lesson_parent_class)->finalize (object);
}

static void
way_lesson_class_init (WayLessonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_lesson_finalize;
}

static void
way_lesson_init (WayLesson *self)
{
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->confidence_before = -1;
  self->confidence_after = -1;
}

static GListStore *
query (
    WayLesson *self, const char *sql, const char *a, const char *b, const char *c, GError **error)
{
  const char *values[] = { a, b, c, NULL };
  WayDb *db = way_session_get_db (self->session, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

static gboolean
take_question (WayLesson *self, GError **error)
{
  g_clear_pointer (&self->question, way_item_unref);
  self->is_answered = FALSE;
  if (self->draw == NULL || self->index >= g_strv_length (self->draw))
    return TRUE;
  self->question = way_template_load (self->session->pack, self->draw[self->index],
                                      self->check_seed, error);
  return self->question != NULL;
}

/* Tries so far, and where an open one stands. */
static gboolean
load_tries (WayLesson *self, GError **error)
{
  g_autoptr (GListStore) tries = query (self, TRIES, self->person, self->module->id, NULL, error);

  if (tries == NULL)
    return FALSE;
  self->n_tries = 0;
  g_clear_pointer (&self->check, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tries)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (tries), i);

      g_strfreev (self->draw);
      self->draw = g_strsplit (way_row_get_text (row, "draw"), " ", -1);
      self->check_seed = g_ascii_strtoull (way_row_get_text (row, "seed"), NULL, 10);
      if (way_row_has (row, "ended"))
        {
          self->n_tries++;
          self->is_passed = way_row_get_int (row, "passed") != 0;
          g_clear_pointer (&self->check, g_free);
        }
      else
        {
          g_free (self->check);
          self->check = g_strdup (way_row_get_text (row, "attempt"));
        }
    }
  return TRUE;
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) steps = NULL;
  g_autoptr (GListStore) progress = NULL;
  g_autoptr (WayRow) row = NULL;

  steps = query (self, STEPS_DONE, self->person, self->module->id, NULL, &error);
  if (steps != NULL)
    progress = query (self, PROGRESS, self->person, self->module->id, NULL, &error);
  if (progress == NULL || !load_tries (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (steps)); i++)
    {
      g_autoptr (WayRow) step = g_list_model_get_item (G_LIST_MODEL (steps), i);

      g_hash_table_add (self->done, g_strdup (way_row_get_text (step, "step")));
    }
  row = g_list_model_get_item (G_LIST_MODEL (progress), 0);
  if (row != NULL)
    {
      if (way_row_has (row, "confidence_before"))
        self->confidence_before = way_row_get_int (row, "confidence_before");
      if (way_row_has (row, "confidence_after"))
        self->confidence_after = way_row_get_int (row, "confidence_after");
      self->is_shift_done = way_row_get_int (row, "shift_done") != 0;
    }
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * way_session_open_lesson_async:
 * @module: id of a module of the open pack
 */
void
way_session_open_lesson_async (WaySession *session,
                               const char *module,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WayModule *found;
  WayLesson *self;

  g_return_if_fail (WAY_IS_SESSION (session));

  task = way_session_begin (session, session, way_session_open_lesson_async, cancellable, callback,
                            user_data);
  found = way_pack_find_module (session->pack, module);
  if (found == NULL)
    {
      g_task_return_new_error (task, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND,
                               /* Translators: %s is a module's id. */
                               _ ("There is no module “%s” in this pack."), module);
      return;
    }
  self = g_object_new (WAY_TYPE_LESSON, NULL);
  self->session = g_object_ref (session);
  self->module = way_module_ref (found);
  self->person = g_strdup (way_session_get_person (session));
  self->steps = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->steps, g_strdup ("why"));
  for (guint i = 0; i < found->cards->len; i++)
    {
      const WayCard *card = g_ptr_array_index (found->cards, i);

      g_ptr_array_add (self->steps, g_strdup (card->id));
    }
  if (found->desks->len > 0)
    g_ptr_array_add (self->steps, g_strdup ("practice"));
  g_ptr_array_add (self->steps, g_strdup ("check"));
  g_ptr_array_add (self->steps, g_strdup ("shift"));
  g_ptr_array_add (self->steps, NULL);
  g_task_set_task_data (task, self, g_object_unref);
  way_worker_run (session->store_worker, task, open_thread);
}

WayLesson *
way_session_open_lesson_finish (WaySession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

WayModule *
way_lesson_get_module (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return self->module;
}

const char *const *
way_lesson_get_steps (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return (const char *const *) self->steps->pdata;
}

gboolean
way_lesson_is_step_done (WayLesson *self, const char *step)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return g_hash_table_contains (self->done, step);
}

const char *
way_lesson_get_current_step (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  for (guint i = 0; i + 1 < self->steps->len; i++)
    {
      const char *step = g_ptr_array_index (self->steps, i);

      if (!g_hash_table_contains (self->done, step))
        return step;
    }
  return "shift";
}

int
way_lesson_get_confidence_before (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), -1);

  return self->confidence_before;
}

int
way_lesson_get_confidence_after (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), -1);

  return self->confidence_after;
}

gboolean
way_lesson_is_shift_done (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return self->is_shift_done;
}

static void
write_one (WayLesson *self,
           gpointer tag,
           const char *kind,
           gconstpointer body,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  way_session_write_one (self->session, self, tag, kind, body, NULL, NULL, cancellable, callback,
                         user_data);
}

/**
 * way_lesson_save_step_async:
 * @step: one of way_lesson_get_steps()
 *
 * The person has been through @step. Finish with way_lesson_write_finish().
 */
void
way_lesson_save_step_async (WayLesson *self,
                            const char *step,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WayStepBody body = { .module = self->module->id,
                       .version = self->module->version,
                       .step = (char *) step };

  g_return_if_fail (WAY_IS_LESSON (self));

  g_hash_table_add (self->done, g_strdup (step));
  write_one (self, way_lesson_save_step_async, "step", &body, cancellable, callback, user_data);
}

/**
 * way_lesson_save_confidence_async:
 * @moment: "before" or "after"
 * @value: 0 to 10
 *
 * Finish with way_lesson_write_finish().
 */
void
way_lesson_save_confidence_async (WayLesson *self,
                                  const char *moment,
                                  int value,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  WayConfidenceBody body = { .module = self->module->id,
                             .moment = (char *) moment,
                             .value = CLAMP (value, 0, 10) };

  g_return_if_fail (WAY_IS_LESSON (self));

  if (g_str_equal (moment, "before"))
    self->confidence_before = value;
  else
    self->confidence_after = value;
  write_one (self, way_lesson_save_confidence_async, "confidence", &body, cancellable, callback,
             user_data);
}

/**
 * way_lesson_save_shift_done_async:
 *
 * The one thing was done on shift. Finish with way_lesson_write_finish().
 */
void
way_lesson_save_shift_done_async (WayLesson *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  WayShiftDoneBody body = { .module = self->module->id, .version = self->module->version };

  g_return_if_fail (WAY_IS_LESSON (self));

  self->is_shift_done = TRUE;
  write_one (self, way_lesson_save_shift_done_async, "shift_done", &body, cancellable, callback,
             user_data);
}

/* An attempt of this module: practice or check. */
static WayEvent *
draft_attempt (WayLesson *self,
               const char *type,
               guint64 seed,
               const char *desk,
               const char *draw,
               guint attempt_number)
{
  const WayKind *kind = way_kind_find ("attempt");
  WayPack *pack = self->session->pack;
  WayAttemptBody *body = way_kind_new (kind);
  WayEvent *draft;

  body->type = g_strdup (type);
  body->pack = g_strdup (way_pack_get_id (pack));
  body->pack_version = way_pack_get_version (pack);
  body->parameters = g_strdup ("");
  body->language = g_strdup (way_pack_get_language (pack));
  body->seed = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  body->module = g_strdup (self->module->id);
  body->desk = g_strdup (desk);
  body->draw = g_strdup (draw);
  body->try = attempt_number;
  draft = way_session_draft ("attempt", body, NULL);
  way_kind_free (kind, body);
  return draft;
}

static guint64
new_seed (void)
{
  return ((guint64) g_random_int () << 32) | g_random_int ();
}

static void
practice_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = way_pack_load_desk (self->session->pack, job->text, &error);
  g_autoptr (GListStore) open = NULL;
  g_autoptr (GListStore) actions = NULL;
  g_autoptr (WayRow) row = NULL;

  if (desk != NULL)
    open = query (self, OPEN_PRACTICE, self->person, self->module->id, job->text, &error);
  if (open == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_clear_object (&self->practice);
  g_clear_pointer (&self->practice_attempt, g_free);
  g_free (self->desk);
  self->desk = g_strdup (job->text);
  self->n_logged = 0;
  row = g_list_model_get_item (G_LIST_MODEL (open), 0);
  if (row != NULL)
    {
      /* Left in the middle: what was done is done again from the log. */
      self->practice_attempt = g_strdup (way_row_get_text (row, "attempt"));
      self->practice = way_practice_new (desk, g_ascii_strtoull (way_row_get_text (row, "seed"),
                                                                 NULL, 10));
      actions = query (self, ACTIONS, self->practice_attempt, NULL, NULL, &error);
      if (actions == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (actions)); i++)
        {
          g_autoptr (WayRow) action = g_list_model_get_item (G_LIST_MODEL (actions), i);

          way_practice_do (self->practice, way_row_get_text (action, "action"),
                           way_row_get_text (action, "target"),
                           way_row_has (action, "value") ? way_row_get_text (action, "value")
                                                         : NULL);
          self->n_logged++;
        }
    }
  else
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      guint64 seed = new_seed ();
      WayEvent *draft = draft_attempt (self, "practice", seed, job->text, NULL, 1);

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
  Job *job;

  g_return_if_fail (WAY_IS_LESSON (self));

  task = way_session_begin (self->session, self, way_lesson_start_practice_async, cancellable,
                            callback, user_data);
  job = g_new0 (Job, 1);
  job->text = g_strdup (desk);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
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

    write_one (self, way_lesson_log_action, "action", &body, NULL, logged_cb, NULL);
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
      .passed = score >= PASS_MARK,
    };

    g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
  }
  task = way_session_begin (self->session, self, way_lesson_finish_practice_async, cancellable,
                            callback, user_data);
  way_session_write (self->session, self, way_lesson_finish_practice_async,
                     g_steal_pointer (&drafts), cancellable, practised_cb, task);
}

static gboolean
resume_check (WayLesson *self, GError **error)
{
  g_autoptr (GListStore) answers = query (self, ANSWERS, self->check, NULL, NULL, error);

  if (answers == NULL)
    return FALSE;
  self->index = g_list_model_get_n_items (G_LIST_MODEL (answers));
  self->n_right = 0;
  for (guint i = 0; i < self->index; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (answers), i);

      self->n_right += way_row_get_number (row, "score") >= 1;
    }
  return take_question (self, error);
}

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) draw = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *line = NULL;
  WayEvent *draft;

  if (self->check != NULL)
    {
      if (resume_check (self, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  self->check_seed = new_seed ();
  draw = way_check_draw (self->module, self->check_seed, (const char *const *) self->draw);
  g_strfreev (self->draw);
  self->draw = g_new0 (char *, draw->len + 1);
  for (guint i = 0; i < draw->len; i++)
    self->draw[i] = g_strdup (((const WayCheckItem *) draw->pdata[i])->id);
  line = g_strjoinv (" ", self->draw);
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  draft = draft_attempt (self, "check", self->check_seed, NULL, line, self->n_tries + 1);
  g_ptr_array_add (drafts, draft);
  self->index = 0;
  self->n_right = 0;
  if (way_session_append (self->session, drafts, &error))
    {
      self->check = g_strdup (draft->id);
      if (take_question (self, &error))
        {
          g_task_return_boolean (task, TRUE);
          return;
        }
    }
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

  task = way_session_begin (self->session, self, way_lesson_start_check_async, cancellable,
                            callback, user_data);
  way_worker_run (self->session->store_worker, task, check_thread);
}

gboolean
way_lesson_start_check_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

guint
way_lesson_get_n_questions (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  return self->draw != NULL ? g_strv_length (self->draw) : 0;
}

guint
way_lesson_get_question_index (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  return self->index;
}

WayItem *
way_lesson_get_question (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return self->question;
}

guint64
way_lesson_get_shuffle_seed (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  return self->check_seed + self->index;
}

/* When the disk failed in the middle of saving, the answer may be there after all. */
static gboolean
is_in_log (WayLesson *self)
{
  g_autoptr (GListStore) answers = query (self, ANSWERS, self->check, NULL, NULL, NULL);

  return answers != NULL && g_list_model_get_n_items (G_LIST_MODEL (answers)) > self->index;
}

static void
answer_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayScore) score = way_scoring_run (self->question, job->responses, &error);
  WayEvent *response;
  g_autofree char *line = NULL;
  guint n = way_lesson_get_n_questions (self);
  guint right;
  gboolean is_last = self->index + 1 >= n;
  gboolean is_passed;

  if (score == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  line = way_responses_to_line (self->question, job->responses);
  right = self->n_right + (score->is_correct ? 1 : 0);
  is_passed = way_check_is_passed (right, n, PASS_MARK);
  {
    WayResponseBody body = {
      .attempt = self->check,
      .ordinal = self->index + 1,
      .item = self->question->id,
      .answer = line,
      .score = score->score,
      .ms = job->ms,
      .dont_know = FALSE,
      .counted = TRUE,
    };

    response = way_session_draft ("response", &body, &error);
    if (response == NULL)
      {
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
    g_ptr_array_add (drafts, response);
  }
  if (is_last)
    {
      WayAttemptEndBody body = {
        .attempt = self->check,
        .type = (char *) "check",
        .how = (char *) "finished",
        .module = self->module->id,
        .asked = n,
        .right = right,
        .score = (double) right / n,
        .passed = is_passed,
      };

      g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
    }
  if (!way_session_append (self->session, drafts, &error) && !is_in_log (self))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->n_right = right;
  self->is_answered = TRUE;
  if (is_last)
    {
      self->is_passed = is_passed;
      self->n_tries++;
      g_clear_pointer (&self->check, g_free);
      way_session_emit_changed (self->session);
    }
  g_task_return_pointer (task, g_steal_pointer (&score), (GDestroyNotify) way_score_free);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WayLesson *self = WAY_LESSON (object);
  GTask *outer = user_data;
  GError *error = NULL;
  WayScore *score = g_task_propagate_pointer (G_TASK (result), &error);

  if (score != NULL)
    {
      way_session_return_answered (self->session, outer, score, (GDestroyNotify) way_score_free);
      return;
    }
  g_task_return_error (outer, error);
  g_object_unref (outer);
}

/**
 * way_lesson_answer_async:
 * @responses: response identifier to WayValue
 * @ms: how long the question was on screen, in milliseconds
 *
 * Scores and saves the answer; the last one ends the try in the same transaction. Where answers
 * are sent one by one it returns when the trust has this one too, or cannot be reached: see
 * way_session_is_held().
 */
void
way_lesson_answer_async (WayLesson *self,
                         GHashTable *responses,
                         gint64 ms,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *outer;
  Job *job;

  g_return_if_fail (WAY_IS_LESSON (self));
  g_return_if_fail (self->question != NULL && !self->is_answered);

  outer = way_session_begin (self->session, self, way_lesson_answer_async, NULL, callback,
                             user_data);
  task = way_session_begin (self->session, self, way_lesson_answer_async, cancellable, saved_cb,
                            outer);
  job = g_new0 (Job, 1);
  job->responses = g_hash_table_ref (responses);
  job->ms = MAX (0, ms);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  way_worker_run (self->session->store_worker, task, answer_thread);
  way_session_schedule_sync (self->session, 5);
}

/**
 * way_lesson_answer_finish:
 *
 * Returns: (transfer full) (nullable): what the answer was worth, once it is saved
 */
WayScore *
way_lesson_answer_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_lesson_next_question:
 *
 * Goes to the next question; after the last there is none.
 */
void
way_lesson_next_question (WayLesson *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WAY_IS_LESSON (self));

  if (!self->is_answered)
    return;
  self->index++;
  if (!take_question (self, &error))
    way_session_emit_not_saved (self->session, error->message);
}

guint
way_lesson_get_n_right (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  return self->n_right;
}

gboolean
way_lesson_is_check_passed (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return self->is_passed;
}

guint
way_lesson_get_n_tries (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  return self->n_tries;
}

/**
 * way_lesson_write_finish:
 *
 * Returns: TRUE once it is on disk
 */
gboolean
way_lesson_write_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return way_session_write_finish (self->session, result, NULL, error);
}
