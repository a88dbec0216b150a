/* way-round.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-round.h"

#include <glib/gi18n-lib.h>

#include "assessment/way-template.h"
#include "session/way-schedule.h"
#include "session/way-session-private.h"

#define OPEN_ROUNDS                                                                                \
  "SELECT a.attempt, e.body->>'draw' AS draw, e.body->>'seed' AS seed "                            \
  "FROM attempt a JOIN live e ON e.id = a.attempt WHERE a.person = CAST($1 AS text) "              \
  "AND a.type = 'refresher' AND a.module = CAST($2 AS text) AND a.ended IS NULL "                  \
  "ORDER BY a.started DESC, a.attempt DESC"

#define ANSWERS                                                                                    \
  "SELECT body->>'score' AS score FROM live WHERE kind = 'response' "                              \
  "AND body->>'attempt' = CAST($1 AS text)"

/* A few questions about one skill. The page that shows it owns it; while a call is under way
 * nothing else may be asked of it. */
struct _WayRound
{
  GObject parent_instance;

  WaySession *session; /* (owned) */
  WayModule *module;   /* (owned) */
  char *skill;         /* (owned) */
  char *person;        /* (owned) */
  char *attempt;       /* (owned) (nullable) */
  GStrv draw;          /* (owned) (nullable) its questions */
  guint64 seed;
  guint index; /* the question shown */
  guint n_right;
  gboolean is_answered; /* the question shown has its answer */
  WayItem *question;    /* (owned) (nullable) */
  gint64 next_due;
};

G_DEFINE_FINAL_TYPE (WayRound, way_round, G_TYPE_OBJECT)

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
way_round_finalize (GObject *object)
{
  WayRound *self = WAY_ROUND (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->module, way_module_unref);
  g_clear_pointer (&self->skill, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->draw, g_strfreev);
  g_clear_pointer (&self->question, way_item_unref);
  G_OBJECT_CLASS (way_round_parent_class)->finalize (object);
}

static void
way_round_class_init (WayRoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_round_finalize;
}

static void
way_round_init (WayRound *self)
{
}

static GListStore *
query (WayRound *self, const char *sql, const char *a, const char *b, GError **error)
{
  const char *values[] = { a, b, NULL };
  WayDb *db = way_session_get_db (self->session, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

static gboolean
take_question (WayRound *self, GError **error)
{
  g_clear_pointer (&self->question, way_item_unref);
  self->is_answered = FALSE;
  if (self->index >= g_strv_length (self->draw))
    return TRUE;
  self->question = way_template_load (self->session->pack, self->draw[self->index], self->seed,
                                      error);
  return self->question != NULL;
}

/* Whether these questions of the module are about the skill, as the pack has it now. */
static gboolean
is_about (const WayModule *module, const char *skill, char **draw)
{
  for (guint i = 0; i < module->check->len; i++)
    {
      const WayCheckItem *item = module->check->pdata[i];

      if (draw[0] != NULL && g_str_equal (item->id, draw[0]))
        return g_strcmp0 (item->outcome, skill) == 0;
    }
  return FALSE;
}

/* A round that was left goes on where it was. */
static gboolean
resume (WayRound *self, GError **error)
{
  g_autoptr (GListStore) open = query (self, OPEN_ROUNDS, self->person, self->module->id, error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (open)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (open), i);
      g_auto (GStrv) draw = g_strsplit (way_row_get_text (row, "draw"), " ", -1);
      g_autoptr (GListStore) answers = NULL;

      if (!is_about (self->module, self->skill, draw))
        continue;
      answers = query (self, ANSWERS, way_row_get_text (row, "attempt"), NULL, error);
      if (answers == NULL)
        return FALSE;
      self->attempt = g_strdup (way_row_get_text (row, "attempt"));
      self->seed = g_ascii_strtoull (way_row_get_text (row, "seed"), NULL, 10);
      self->draw = g_steal_pointer (&draw);
      self->index = MIN (g_list_model_get_n_items (G_LIST_MODEL (answers)),
                         g_strv_length (self->draw));
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (answers)); k++)
        {
          g_autoptr (WayRow) answer = g_list_model_get_item (G_LIST_MODEL (answers), k);

          self->n_right += way_row_get_number (answer, "score") >= 1;
        }
      return TRUE;
    }
  return TRUE;
}

static WayEvent *
draft_attempt (WayRound *self)
{
  const WayKind *kind = way_kind_find ("attempt");
  WayPack *pack = self->session->pack;
  WayAttemptBody *body = way_kind_new (kind);
  WayEvent *draft;

  body->type = g_strdup ("refresher");
  body->pack = g_strdup (way_pack_get_id (pack));
  body->pack_version = way_pack_get_version (pack);
  body->parameters = g_strdup ("");
  body->language = g_strdup (way_pack_get_language (pack));
  body->seed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->seed);
  body->module = g_strdup (self->module->id);
  body->draw = g_strjoinv (" ", self->draw);
  draft = way_session_draft ("attempt", body, NULL);
  way_kind_free (kind, body);
  return draft;
}

static gboolean
begin (WayRound *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GPtrArray) drawn = NULL;
  WayEvent *draft;

  self->seed = ((guint64) g_random_int () << 32) | g_random_int ();
  drawn = way_schedule_draw (self->session, self->person, self->module, self->skill, self->seed,
                             error);
  if (drawn == NULL)
    return FALSE;
  if (drawn->len == 0)
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           _ ("There are no questions about this skill."));
      return FALSE;
    }
  self->draw = g_new0 (char *, drawn->len + 1);
  for (guint i = 0; i < drawn->len; i++)
    self->draw[i] = g_strdup (drawn->pdata[i]);
  draft = draft_attempt (self);
  g_ptr_array_add (drafts, draft);
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  self->attempt = g_strdup (draft->id);
  return TRUE;
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayRound *self = task_data;
  g_autoptr (GError) error = NULL;

  if (!resume (self, &error) || (self->attempt == NULL && !begin (self, &error))
      || !take_question (self, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * way_session_open_round_async:
 * @module: id of a module of the open pack
 * @skill: id of one of its outcomes
 *
 * Goes on with an open round about @skill, or begins one with at most three questions.
 */
void
way_session_open_round_async (WaySession *session,
                              const char *module,
                              const char *skill,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WayModule *found;
  WayRound *self;

  g_return_if_fail (WAY_IS_SESSION (session) && module != NULL && skill != NULL);

  task = way_session_begin (session, session, way_session_open_round_async, cancellable, callback,
                            user_data);
  found = way_pack_find_module (session->pack, module);
  if (found == NULL)
    {
      g_task_return_new_error (task, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND,
                               /* Translators: %s is a module's id. */
                               _ ("There is no module “%s” in this pack."), module);
      return;
    }
  self = g_object_new (WAY_TYPE_ROUND, NULL);
  self->session = g_object_ref (session);
  self->module = way_module_ref (found);
  self->skill = g_strdup (skill);
  self->person = g_strdup (way_session_get_person (session));
  g_task_set_task_data (task, self, g_object_unref);
  way_worker_run (session->store_worker, task, open_thread);
}

/**
 * way_session_open_round_finish:
 *
 * Returns: (transfer full) (nullable): the round
 */
WayRound *
way_session_open_round_finish (WaySession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

WayModule *
way_round_get_module (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), NULL);

  return self->module;
}

const char *
way_round_get_skill (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), NULL);

  return self->skill;
}

guint
way_round_get_n_questions (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), 0);

  return g_strv_length (self->draw);
}

guint
way_round_get_question_index (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), 0);

  return self->index;
}

WayItem *
way_round_get_question (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), NULL);

  return self->question;
}

/**
 * way_round_get_shuffle_seed:
 *
 * Returns: what the order of choices of this question is drawn with: the same after a stop
 */
guint64
way_round_get_shuffle_seed (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), 0);

  return self->seed + self->index;
}

/* When the disk failed in the middle of saving, the answer may be there after all. */
static gboolean
is_in_log (WayRound *self)
{
  g_autoptr (GListStore) answers = query (self, ANSWERS, self->attempt, NULL, NULL);

  return answers != NULL && g_list_model_get_n_items (G_LIST_MODEL (answers)) > self->index;
}

/* When the skill is asked again, now that it has been answered. */
static gint64
find_next_due (WayRound *self)
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

static void
answer_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayRound *self = source;
  const Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayScore) score = way_scoring_run (self->question, job->responses, &error);
  g_autofree char *line = NULL;
  guint n = g_strv_length (self->draw);
  gboolean is_last = self->index + 1 >= n;
  WayEvent *response;
  guint right;

  if (score == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  line = way_responses_to_line (self->question, job->responses);
  right = self->n_right + (score->is_correct ? 1 : 0);
  {
    WayResponseBody body = {
      .attempt = self->attempt,
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
        .attempt = self->attempt,
        .type = (char *) "refresher",
        .how = (char *) "finished",
        .module = self->module->id,
        .asked = n,
        .right = right,
        .score = (double) right / n,
        .passed = FALSE,
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
      self->next_due = find_next_due (self);
      way_session_emit_changed (self->session);
    }
  g_task_return_pointer (task, g_steal_pointer (&score), (GDestroyNotify) way_score_free);
}

/**
 * way_round_answer_async:
 * @responses: response identifier to WayValue
 * @ms: how long the question was on screen, in milliseconds
 *
 * Scores and saves the answer; the last one ends the round in the same transaction.
 */
void
way_round_answer_async (WayRound *self,
                        GHashTable *responses,
                        gint64 ms,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (WAY_IS_ROUND (self) && responses != NULL);
  g_return_if_fail (self->question != NULL && !self->is_answered);

  task = way_session_begin (self->session, self, way_round_answer_async, cancellable, callback,
                            user_data);
  job = g_new0 (Job, 1);
  job->responses = g_hash_table_ref (responses);
  job->ms = MAX (0, ms);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  way_worker_run (self->session->store_worker, task, answer_thread);
  way_session_schedule_sync (self->session, 5);
}

/**
 * way_round_answer_finish:
 *
 * Returns: (transfer full) (nullable): what the answer was worth, once it is saved
 */
WayScore *
way_round_answer_finish (WayRound *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_round_next_question:
 *
 * Goes to the next question; after the last there is none.
 */
void
way_round_next_question (WayRound *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WAY_IS_ROUND (self));

  if (!self->is_answered)
    return;
  self->index++;
  if (!take_question (self, &error))
    way_session_emit_not_saved (self->session, error->message);
}

/**
 * way_round_is_finished:
 *
 * Returns: whether every question has its answer
 */
gboolean
way_round_is_finished (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), TRUE);

  return self->index + (self->is_answered ? 1 : 0) >= g_strv_length (self->draw);
}

guint
way_round_get_n_right (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), 0);

  return self->n_right;
}

/**
 * way_round_get_next_due:
 *
 * Returns: when the skill is asked again, µs; 0 before the round is finished
 */
gint64
way_round_get_next_due (WayRound *self)
{
  g_return_val_if_fail (WAY_IS_ROUND (self), 0);

  return self->next_due;
}
