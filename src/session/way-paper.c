/* way-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-paper-private.h"

#include "assessment/way-check.h"
#include "assessment/way-template.h"
#include "session/way-schedule.h"
#include "session/way-session-private.h"

#define ANSWERS                                                                                    \
  "SELECT body->>'score' AS score, body->>'item' AS item FROM live WHERE kind = 'response' "       \
  "AND body->>'attempt' = CAST($1 AS text)"

/* The questions of one attempt. The page that asks them owns it, and the lesson whose check it
 * is; while a call is under way nothing else may be asked of it. */
struct _WayPaper
{
  GObject parent_instance;

  WaySession *session; /* (owned) */
  WayPack *pack;       /* (owned) */
  WayModule *module;   /* (owned) whose check the questions are from */
  char *skill;         /* (owned) (nullable) of a round: what they are all about */
  char *person;        /* (owned) */
  char *attempt;       /* (owned) (nullable) */
  GStrv draw;          /* (owned) (nullable) the questions */
  guint64 seed;
  guint index; /* the question shown */
  guint n_right;
  GPtrArray *missed;    /* (owned) of char*: what was not answered rightly */
  gboolean is_test_out; /* a check before the lesson */
  gboolean is_answered; /* the question shown has its answer */
  WayItem *question;    /* (owned) (nullable) */
  WayScore *before;     /* (owned) (nullable) of the attempt before, where it is adaptive */
  gint64 next_due;
};

G_DEFINE_FINAL_TYPE (WayPaper, way_paper, G_TYPE_OBJECT)

typedef struct
{
  GHashTable *responses;
  gint64 ms;
} Job;

static void
job_free (Job *job)
{
  g_hash_table_unref (job->responses);
  g_free (job);
}

static void
way_paper_finalize (GObject *object)
{
  WayPaper *self = WAY_PAPER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->pack);
  g_clear_pointer (&self->module, way_module_unref);
  g_clear_pointer (&self->skill, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->draw, g_strfreev);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
  g_clear_pointer (&self->question, way_item_unref);
  g_clear_pointer (&self->before, way_score_free);
  G_OBJECT_CLASS (way_paper_parent_class)->finalize (object);
}

static void
way_paper_class_init (WayPaperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_paper_finalize;
}

static void
way_paper_init (WayPaper *self)
{
  self->missed = g_ptr_array_new_with_free_func (g_free);
}

static gboolean
take_question (WayPaper *self, GError **error)
{
  g_clear_pointer (&self->question, way_item_unref);
  g_clear_pointer (&self->before, way_score_free);
  self->is_answered = FALSE;
  if (self->index >= way_paper_get_n_questions (self))
    return TRUE;
  self->question = way_template_load (self->pack, self->draw[self->index], self->seed, error);
  return self->question != NULL;
}

static GListStore *
load_answers (WayPaper *self, GError **error)
{
  const char *values[] = { self->attempt, NULL };
  WayDb *db = way_session_get_db (self->session, error);

  return db != NULL ? way_row_query (db, ANSWERS, values, error) : NULL;
}

/* When the disk failed in the middle of saving, the answer may be there after all. */
static gboolean
is_in_log (WayPaper *self)
{
  g_autoptr (GListStore) answers = load_answers (self, NULL);

  return answers != NULL && g_list_model_get_n_items (G_LIST_MODEL (answers)) > self->index;
}

/* When the skill is asked again, now that it has been answered. */
static gint64
find_next_due (WayPaper *self)
{
  g_autoptr (GArray)
      schedule = way_schedule_load (self->session, self->person, g_get_real_time (), NULL);

  for (guint i = 0; schedule != NULL && i < schedule->len; i++)
    {
      const WayScheduled *skill = &g_array_index (schedule, WayScheduled, i);

      if (g_str_equal (skill->outcome->id, self->skill)
          && g_str_equal (skill->module->id, self->module->id))
        return skill->due;
    }
  return 0;
}

static const char *
get_attempt_type (WayPaper *self)
{
  return self->skill != NULL ? "refresher" : "check";
}

static const char *
get_purpose (WayPaper *self)
{
  return self->is_test_out ? "test-out" : NULL;
}

static gboolean
is_pass (WayPaper *self, guint n_right)
{
  return self->skill == NULL
         && way_check_is_passed (n_right, way_paper_get_n_questions (self), WAY_PASS_MARK);
}

/* The answer, and the end of the attempt after the last question. NULL where the answer
 * cannot be written. */
static GPtrArray *
draft_answer (WayPaper *self, const Job *job, const WayScore *score, guint right, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *line = way_responses_to_line (self->question, job->responses);
  guint n = way_paper_get_n_questions (self);
  WayResponseBody response_body = {
    .attempt = self->attempt,
    .ordinal = self->index + 1,
    .item = self->question->id,
    .answer = line,
    .score = score->score,
    .ms = job->ms,
    .dont_know = FALSE,
    .counted = TRUE,
  };
  WayEvent *response = way_session_draft ("response", &response_body, error);

  if (response == NULL)
    return NULL;
  g_ptr_array_add (drafts, response);
  if (self->index + 1 >= n)
    {
      WayAttemptEndBody body = {
        .attempt = self->attempt,
        .type = (char *) get_attempt_type (self),
        .how = (char *) "finished",
        .module = self->module->id,
        .asked = n,
        .right = right,
        .score = (double) right / n,
        .passed = is_pass (self, right),
        .purpose = (char *) get_purpose (self),
      };

      g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
    }
  return g_steal_pointer (&drafts);
}

static void
answer_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayPaper *self = source;
  const Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (WayScore)
      score = way_scoring_run_again (self->question, job->responses, self->before, &error);
  guint right = self->n_right;

  /* An adaptive question goes on until it is complete, or somebody does not know: only what came
   * of it in the end is an answer. */
  if (score != NULL && !score->is_complete && g_hash_table_size (job->responses) > 0)
    {
      g_clear_pointer (&self->before, way_score_free);
      self->before = way_score_copy (score);
      g_task_return_pointer (task, g_steal_pointer (&score), (GDestroyNotify) way_score_free);
      return;
    }
  if (score != NULL)
    score->is_complete = TRUE;
  if (score != NULL)
    {
      right += score->is_correct ? 1 : 0;
      drafts = draft_answer (self, job, score, right, &error);
    }
  if (drafts == NULL || (!way_session_append (self->session, drafts, &error) && !is_in_log (self)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (right == self->n_right)
    g_ptr_array_add (self->missed, g_strdup (self->question->id));
  self->n_right = right;
  self->is_answered = TRUE;
  if (way_paper_is_finished (self))
    {
      if (self->skill != NULL)
        self->next_due = find_next_due (self);
      way_session_emit_changed (self->session);
    }
  g_task_return_pointer (task, g_steal_pointer (&score), (GDestroyNotify) way_score_free);
}

static void
saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WayPaper *self = WAY_PAPER (object);
  GTask *outer = user_data;
  GError *error = NULL;
  WayScore *score = g_task_propagate_pointer (G_TASK (result), &error);

  if (score == NULL)
    g_task_return_error (outer, error);
  else if (self->skill == NULL && score->is_complete)
    {
      way_session_return_answered (self->session, outer, score, (GDestroyNotify) way_score_free);
      return;
    }
  else
    g_task_return_pointer (outer, score, (GDestroyNotify) way_score_free);
  g_object_unref (outer);
}

/**
 * way_paper_new:
 * @pack: that has the module
 * @module: whose check the questions are from
 * @skill: (nullable): the outcome of a round; NULL for a try of the check
 *
 * Returns: (transfer full): a paper that still has to begin, or to go on
 */
WayPaper *
way_paper_new (WaySession *session, WayPack *pack, WayModule *module, const char *skill)
{
  WayPaper *self = g_object_new (WAY_TYPE_PAPER, NULL);

  self->session = g_object_ref (session);
  self->pack = g_object_ref (pack);
  self->module = way_module_ref (module);
  self->skill = g_strdup (skill);
  self->person = g_strdup (way_session_get_person (session));
  return self;
}

/**
 * way_paper_set_test_out:
 * @is_test_out: whether this try of the check is taken before the lesson
 *
 * Before it begins, or goes on.
 */
void
way_paper_set_test_out (WayPaper *self, gboolean is_test_out)
{
  self->is_test_out = is_test_out;
}

/**
 * way_paper_is_test_out:
 *
 * Returns: whether it is a check that is taken before the lesson
 */
gboolean
way_paper_is_test_out (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), FALSE);

  return self->is_test_out;
}

/**
 * way_paper_get_missed:
 *
 * Returns: (transfer none) (element-type utf8): ids of the questions that were not answered
 *   rightly
 */
GPtrArray *
way_paper_get_missed (WayPaper *self)
{
  return self->missed;
}

/**
 * way_paper_begin:
 * @draw: (transfer full): ids of the questions
 * @seed: what their parameters and the order of their choices are drawn with
 * @attempt_number: of a check: the how many-th try; else 0
 *
 * Begins the attempt, and takes the first question.
 *
 * Returns: FALSE where it is not saved, or the question cannot be read
 */
gboolean
way_paper_begin (WayPaper *self, char **draw, guint64 seed, guint attempt_number, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *line = g_strjoinv (" ", draw);
  WayEvent *draft = way_session_draft_attempt (self->session, self->pack, get_attempt_type (self),
                                               seed, self->module, NULL, line, attempt_number,
                                               get_purpose (self));

  g_strfreev (self->draw);
  self->draw = draw;
  self->seed = seed;
  g_ptr_array_add (drafts, draft);
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  self->attempt = g_strdup (draft->id);
  return take_question (self, error);
}

/**
 * way_paper_resume:
 * @attempt: id of the attempt that was left
 *
 * Goes on at the question that has no answer yet.
 *
 * Returns: FALSE where the answers or the question cannot be read
 */
gboolean
way_paper_resume (
    WayPaper *self, const char *attempt, const char *const *draw, guint64 seed, GError **error)
{
  g_autoptr (GListStore) answers = NULL;

  self->attempt = g_strdup (attempt);
  self->draw = g_strdupv ((char **) draw);
  self->seed = seed;
  answers = load_answers (self, error);
  if (answers == NULL)
    return FALSE;
  self->index = MIN (g_list_model_get_n_items (G_LIST_MODEL (answers)),
                     way_paper_get_n_questions (self));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (answers)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (answers), i);

      if (way_row_get_number (row, "score") >= 1)
        self->n_right++;
      else
        g_ptr_array_add (self->missed, g_strdup (way_row_get_text (row, "item")));
    }
  return take_question (self, error);
}

/**
 * way_paper_get_attempt:
 *
 * Returns: (nullable): id of the attempt, once it has begun
 */
const char *
way_paper_get_attempt (WayPaper *self)
{
  return self->attempt;
}

/**
 * way_paper_get_module:
 *
 * Returns: (transfer none): whose check the questions are from
 */
WayModule *
way_paper_get_module (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), NULL);

  return self->module;
}

/**
 * way_paper_get_n_questions:
 *
 * Returns: how many questions were drawn
 */
guint
way_paper_get_n_questions (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), 0);

  return self->draw != NULL ? g_strv_length (self->draw) : 0;
}

/**
 * way_paper_get_question_index:
 *
 * Returns: which question is shown, from 0; how many there are when all are answered
 */
guint
way_paper_get_question_index (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), 0);

  return self->index;
}

/**
 * way_paper_get_question:
 *
 * Returns: (transfer none) (nullable): the question that is shown; NULL after the last
 */
WayItem *
way_paper_get_question (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), NULL);

  return self->question;
}

/**
 * way_paper_get_shuffle_seed:
 *
 * Returns: what the order of choices of this question is drawn with: the same after a stop
 */
guint64
way_paper_get_shuffle_seed (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), 0);

  return self->seed + self->index;
}

/**
 * way_paper_answer_async:
 * @responses: response identifier to WayValue
 * @ms: how long the question was on screen, in milliseconds
 *
 * Scores and saves the answer; the last one ends the attempt in the same transaction. Where the
 * answers of a check are sent one by one it returns when the trust has this one too, or cannot
 * be reached: see way_session_is_held(). Nobody waits for the trust in a round.
 */
void
way_paper_answer_async (WayPaper *self,
                        GHashTable *responses,
                        gint64 ms,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *outer;
  Job *job;

  g_return_if_fail (WAY_IS_PAPER (self) && responses != NULL);
  g_return_if_fail (self->question != NULL && !self->is_answered);

  outer = way_session_begin (self->session, self, way_paper_answer_async, NULL, callback,
                             user_data);
  task = way_session_begin (self->session, self, way_paper_answer_async, cancellable, saved_cb,
                            outer);
  job = g_new0 (Job, 1);
  job->responses = g_hash_table_ref (responses);
  job->ms = MAX (0, ms);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  way_worker_run (self->session->store_worker, task, answer_thread);
  way_session_schedule_sync (self->session, 5);
}

/**
 * way_paper_answer_finish:
 *
 * Returns: (transfer full) (nullable): what the answer was worth, once it is saved
 */
WayScore *
way_paper_answer_finish (WayPaper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_paper_next_question:
 *
 * Goes to the next question; after the last there is none.
 */
void
way_paper_next_question (WayPaper *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WAY_IS_PAPER (self));

  if (!self->is_answered)
    return;
  self->index++;
  if (!take_question (self, &error))
    way_session_emit_not_saved (self->session, error->message);
}

/**
 * way_paper_is_finished:
 *
 * Returns: whether every question has its answer
 */
gboolean
way_paper_is_finished (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), TRUE);

  return self->index + (self->is_answered ? 1 : 0) >= way_paper_get_n_questions (self);
}

/**
 * way_paper_get_n_right:
 *
 * Returns: how many of the answers so far are right
 */
guint
way_paper_get_n_right (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), 0);

  return self->n_right;
}

/**
 * way_paper_is_passed:
 *
 * Returns: whether the check is passed; FALSE of a round, and before every question is answered
 */
gboolean
way_paper_is_passed (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), FALSE);

  return way_paper_is_finished (self) && is_pass (self, self->n_right);
}

/**
 * way_paper_get_next_due:
 *
 * Returns: when the skill of a round is asked again, µs; 0 before it is finished
 */
gint64
way_paper_get_next_due (WayPaper *self)
{
  g_return_val_if_fail (WAY_IS_PAPER (self), 0);

  return self->next_due;
}
