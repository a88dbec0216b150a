/* way-baseline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-baseline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "session/way-session-private.h"

#define ATTEMPT_BODY                                                                               \
  "SELECT a.attempt, (SELECT e.body FROM live e WHERE e.id = a.attempt) AS body, "                 \
  "(SELECT e.stream FROM live e WHERE e.id = a.attempt) AS stream" WAY_OPEN_SITTING

#define ATTEMPT_ANSWERS                                                                            \
  WAY_LINE_OF_SITTING                                                                              \
  "SELECT r.body->>'item' AS item, r.body->>'score' AS score, r.body->>'counted' AS counted "      \
  "FROM line l JOIN live r ON r.kind = 'response' AND r.body->>'attempt' = l.attempt "             \
  "WHERE CAST(r.body->>'ordinal' AS integer) < l.until "                                           \
  "ORDER BY CAST(r.body->>'ordinal' AS integer)"

#define LAST_SELECTION                                                                             \
  "SELECT body->>'item' AS item, body->>'ordinal' AS ordinal FROM live "                           \
  "WHERE kind = 'selection' AND body->>'attempt' = CAST($1 AS text) "                              \
  "ORDER BY CAST(body->>'ordinal' AS integer) DESC LIMIT 1"

#define RECENT_ITEMS                                                                               \
  "SELECT DISTINCT r.body->>'item' AS item FROM live r "                                           \
  "JOIN attempt a ON a.attempt = r.body->>'attempt' "                                              \
  "WHERE r.kind = 'response' AND a.person = CAST($1 AS text) "                                     \
  "AND a.type IN ('baseline', 'closer', 'recheck') AND r.at > CAST($2 AS bigint) ORDER BY 1"

#define YEAR ((gint64) 365 * 24 * 60 * 60 * G_USEC_PER_SEC)

/* The sitting that is going on. The page that shows it owns it; while a call is under way
 * nothing else may be asked of it. What it holds is also in the log, so that a replay from
 * there gives the same questions. */
struct _WayBaseline
{
  GObject parent_instance;

  WaySession *session; /* (owned) */
  WaySitting *sitting; /* (owned) */
  WaySittingPlan plan;
  char *person;     /* (owned) */
  char *attempt;    /* (owned) (nullable) id of the attempt event */
  WayItem *item;    /* (owned) (nullable) NULL when finished */
  guint capability; /* of the item */
  guint ordinal;    /* of the item: 1 = first */
  GArray *answers;  /* (owned) of Answer: what stands in the log */
  gboolean is_finished;
};

G_DEFINE_FINAL_TYPE (WayBaseline, way_baseline, G_TYPE_OBJECT)

typedef struct
{
  char *item;
  double score;
  gboolean is_counted;
} Answer;

typedef struct
{
  WayDepth depth;
  GHashTable *responses; /* (owned) (nullable) */
  gint64 ms;
} Job;

static void
answer_clear (Answer *answer)
{
  g_free (answer->item);
}

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
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->item, way_item_unref);
  g_clear_pointer (&self->answers, g_array_unref);
  g_strfreev (self->plan.recent);
  g_strfreev (self->plan.exposed);
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
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (self->answers, (GDestroyNotify) answer_clear);
}

static const char *
type_of_depth (WayDepth depth)
{
  return depth == WAY_DEPTH_CLOSER ? "closer" : depth == WAY_DEPTH_RECHECK ? "recheck" : "baseline";
}

static WayDepth
depth_of_type (const char *type)
{
  return g_str_equal (type, "closer")    ? WAY_DEPTH_CLOSER
         : g_str_equal (type, "recheck") ? WAY_DEPTH_RECHECK
                                         : WAY_DEPTH_SHORT;
}

static char *
format_levels (const int *levels, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%d", i == 0 ? "" : ",", levels[i]);
  return g_string_free (text, FALSE);
}

static void
parse_levels (const char *text, int *levels, guint n, int otherwise)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);

  for (guint i = 0; i < n; i++)
    {
      gint64 level = otherwise;

      if (i < g_strv_length (parts))
        g_ascii_string_to_signed (parts[i], 10, 0, WAY_N_LEVELS, &level, NULL);
      levels[i] = level;
    }
}

/* The sitting as the log has it, from the plan and the answers. */
static gboolean
rebuild_sitting (WayBaseline *self, GError **error)
{
  WayBank *bank = way_session_get_bank (self->session, error);

  if (bank == NULL)
    return FALSE;
  g_clear_pointer (&self->sitting, way_sitting_free);
  self->sitting = way_sitting_new (bank, &self->plan);
  for (guint i = 0; i < self->answers->len; i++)
    {
      const Answer *answer = &g_array_index (self->answers, Answer, i);

      /* An item that this version of the pack no longer has says nothing any more. */
      way_sitting_answer (self->sitting, answer->item, answer->score, answer->is_counted);
    }
  return TRUE;
}

/* The drafts that choose the next question, or end the sitting when there is none. */
static gboolean
draft_next (WayBaseline *self, GPtrArray *drafts, char **next, GError **error)
{
  WaySelection selection;
  WayBank *bank = way_session_get_bank (self->session, error);
  GPtrArray *capabilities = way_pack_get_capabilities (self->session->pack);

  if (bank == NULL)
    return FALSE;
  if (way_sitting_choose (self->sitting, &selection))
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, selection.capability);
      WaySelectionBody body = {
        .attempt = self->attempt,
        .ordinal = self->answers->len + 1,
        .item = (char *) selection.item,
        .capability = capability->id,
        .value = selection.value,
        .information = selection.information,
        .pool = selection.pool,
        .rank = selection.rank,
        .reason = (char *) selection.reason,
      };

      g_ptr_array_add (drafts, way_session_draft ("selection", &body, NULL));
      *next = g_strdup (selection.item);
      return TRUE;
    }
  *next = NULL;
  return TRUE;
}

static void
draft_end (WayBaseline *self, GPtrArray *drafts, const char *how)
{
  WayBank *bank = way_session_get_bank (self->session, NULL);
  GPtrArray *capabilities = way_pack_get_capabilities (self->session->pack);
  guint right = 0;

  for (guint i = 0; i < self->answers->len; i++)
    right += g_array_index (self->answers, Answer, i).score >= 1;

  for (guint i = 0; i < capabilities->len; i++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, i);
      WayEstimate estimate;
      WayEstimateBody body;

      way_sitting_get_estimate (self->sitting, i, &estimate);
      /* Where nothing was asked there is nothing to say. */
      if (estimate.n_items == 0)
        continue;
      body = (WayEstimateBody){
        .attempt = self->attempt,
        .capability = capability->id,
        .mean = estimate.mean,
        .sd = estimate.sd,
        .p1 = estimate.levels[0],
        .p2 = estimate.levels[1],
        .p3 = estimate.levels[2],
        .p4 = estimate.levels[3],
        .items = estimate.n_items,
        .provisional = estimate.is_provisional,
        .required = estimate.required,
        .p_required = estimate.p_required,
        .standing = (char *) way_standing_to_string (estimate.standing),
        .parameters = bank->version,
      };
      g_ptr_array_add (drafts, way_session_draft ("estimate", &body, NULL));
    }

  {
    WayAttemptEndBody body = {
      .attempt = self->attempt,
      .type = (char *) type_of_depth (self->plan.depth),
      .how = (char *) how,
      .asked = self->answers->len,
      .right = right,
      .score = self->answers->len > 0 ? (double) right / self->answers->len : 0,
      .passed = FALSE,
    };

    g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
  }
}

/* Shows the item that was chosen. */
static gboolean
take_item (WayBaseline *self, const char *id, GError **error)
{
  const WayBaselineItem *known;

  g_clear_pointer (&self->item, way_item_unref);
  if (id == NULL)
    {
      self->is_finished = TRUE;
      return TRUE;
    }
  known = way_pack_find_baseline_item (self->session->pack, id);
  self->item = way_pack_load_item (self->session->pack, id, error);
  if (self->item == NULL || known == NULL)
    return FALSE;
  self->capability = known->capability;
  self->ordinal = self->answers->len + 1;
  return TRUE;
}

static char **
load_recent (WayBaseline *self, GError **error)
{
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - YEAR);
  const char *values[] = { self->person, since, NULL };
  g_autoptr (GListStore)
      rows = way_row_query (way_store_get_db (self->session->store), RECENT_ITEMS, values, error);
  g_autoptr (GStrvBuilder) items = NULL;

  if (rows == NULL)
    return NULL;
  items = g_strv_builder_new ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_strv_builder_add (items, way_row_get_text (row, "item"));
    }
  return g_strv_builder_end (items);
}

/* Writes that the sitting begins, or that one begun elsewhere goes on here in one of its own. */
static gboolean
append_attempt (WayBaseline *self, const char *continues, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayPack *pack = self->session->pack;
  guint n = way_pack_get_capabilities (pack)->len;
  const WayKind *kind = way_kind_find ("attempt");
  WayBank *bank = way_session_get_bank (self->session, error);
  WayAttemptBody *body;
  WayEvent *draft;

  if (bank == NULL)
    return FALSE;
  body = way_kind_new (kind);
  body->type = g_strdup (type_of_depth (self->plan.depth));
  body->pack = g_strdup (way_pack_get_id (pack));
  body->pack_version = way_pack_get_version (pack);
  body->parameters = g_strdup (bank->version);
  body->language = g_strdup (way_pack_get_language (pack));
  body->seed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->plan.seed);
  body->required = format_levels (self->plan.required, n);
  body->self_now = format_levels (self->plan.self_now, n);
  body->recent = g_strjoinv (" ", self->plan.recent);
  body->continues = g_strdup (continues);
  draft = way_session_draft ("attempt", body, NULL);
  way_kind_free (kind, body);
  g_ptr_array_add (drafts, draft);
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  g_free (self->attempt);
  self->attempt = g_strdup (draft->id);
  return TRUE;
}

static gboolean
begin (WayBaseline *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *first = NULL;
  const char *values[] = { self->person, NULL };
  g_autoptr (GListStore) ratings = NULL;
  WayPack *pack = self->session->pack;

  ratings = way_row_query (way_store_get_db (self->session->store),
                           "SELECT capability, now FROM self_rating "
                           "WHERE person = CAST($1 AS text)",
                           values, error);
  if (ratings == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (ratings)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (ratings), i);
      int capability = way_pack_find_capability (pack, way_row_get_text (row, "capability"));

      if (capability >= 0)
        self->plan.self_now[capability] = way_row_get_int (row, "now");
    }
  self->plan.seed = ((guint64) g_random_int () << 32) | g_random_int ();
  self->plan.recent = load_recent (self, error);
  if (self->plan.recent == NULL)
    return FALSE;

  if (!append_attempt (self, NULL, error) || !rebuild_sitting (self, error)
      || !draft_next (self, drafts, &first, error))
    return FALSE;
  if (first == NULL)
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           _ ("This pack has no questions to ask."));
      return FALSE;
    }
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  return take_item (self, first, error);
}

/* Reads what stands in the log: the answers, and the question that was on the screen, which
 * is the last one chosen when it has no answer. *is_shown says whether there is one. */
static gboolean
reload (WayBaseline *self, gboolean *is_shown, GError **error)
{
  const char *values[] = { self->attempt, NULL };
  WayDb *db = way_session_get_db (self->session, error);
  g_autoptr (GListStore) answers = NULL;
  g_autoptr (GListStore) selections = NULL;
  g_autoptr (WayRow) selection = NULL;

  if (db != NULL)
    answers = way_row_query (db, ATTEMPT_ANSWERS, values, error);
  if (answers != NULL)
    selections = way_row_query (db, LAST_SELECTION, values, error);
  if (selections == NULL)
    return FALSE;
  g_array_set_size (self->answers, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (answers)); i++)
    {
      g_autoptr (WayRow) answer = g_list_model_get_item (G_LIST_MODEL (answers), i);
      Answer stood = { g_strdup (way_row_get_text (answer, "item")),
                       way_row_get_number (answer, "score"),
                       way_row_get_int (answer, "counted") != 0 };

      g_array_append_val (self->answers, stood);
    }
  if (!rebuild_sitting (self, error))
    return FALSE;

  selection = g_list_model_get_item (G_LIST_MODEL (selections), 0);
  *is_shown = selection != NULL
              && way_row_get_int (selection, "ordinal") == (gint64) self->answers->len + 1
              && way_pack_find_baseline_item (self->session->pack,
                                              way_row_get_text (selection, "item"))
                     != NULL;
  return !*is_shown || take_item (self, way_row_get_text (selection, "item"), error);
}

/* Finds the open sitting and what it was begun with. *stream (nullable) is where it was begun;
 * NULL when there is none. */
static gboolean
find_open (WayBaseline *self, char **stream, GError **error)
{
  const char *values[] = { self->person, NULL };
  WayDb *db = way_session_get_db (self->session, error);
  const WayKind *kind = way_kind_find ("attempt");
  g_autoptr (GListStore) attempts = NULL;
  g_autoptr (WayRow) row = NULL;
  WayAttemptBody *body;
  guint n = way_pack_get_capabilities (self->session->pack)->len;

  *stream = NULL;
  if (db != NULL)
    attempts = way_row_query (db, ATTEMPT_BODY, values, error);
  if (attempts == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (attempts), 0);
  if (row == NULL)
    return TRUE;
  body = way_kind_read (kind, way_row_get_text (row, "body"), error);
  if (body == NULL)
    return FALSE;
  *stream = g_strdup (way_row_get_text (row, "stream"));
  self->attempt = g_strdup (way_row_get_text (row, "attempt"));
  self->plan.depth = depth_of_type (body->type);
  self->plan.seed = g_ascii_strtoull (body->seed, NULL, 10);
  parse_levels (body->required, self->plan.required, n, 2);
  parse_levels (body->self_now, self->plan.self_now, n, 0);
  g_strfreev (self->plan.recent);
  self->plan.recent = g_strsplit (body->recent != NULL ? body->recent : "", " ", -1);
  way_kind_free (kind, body);
  return TRUE;
}

/* Goes on with an open sitting: *found says whether there was one. A sitting belongs to one
 * stream, so that one which was begun elsewhere goes on as another. */
static gboolean
resume (WayBaseline *self, gboolean *found, GError **error)
{
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *stream = NULL;
  g_autofree char *next = NULL;
  gboolean is_shown = FALSE;

  *found = FALSE;
  if (!find_open (self, &stream, error))
    return FALSE;
  if (stream == NULL)
    return TRUE;
  *found = TRUE;
  if (!g_str_equal (stream, way_store_get_stream (self->session->store)))
    {
      g_autofree char *elsewhere = g_strdup (self->attempt);

      if (!append_attempt (self, elsewhere, error))
        return FALSE;
    }
  if (!reload (self, &is_shown, error))
    return FALSE;
  if (is_shown)
    return TRUE;

  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  if (!draft_next (self, drafts, &next, error))
    return FALSE;
  if (next == NULL)
    draft_end (self, drafts, way_stop_to_string (way_sitting_get_stop (self->sitting)));
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  return take_item (self, next, error);
}

/*
 * About how many questions the open sitting of @person still has; 0 where there is none. Store
 * thread.
 */
guint
way_session_count_left (WaySession *self, const char *person)
{
  g_autoptr (WayBaseline) baseline = g_object_new (WAY_TYPE_BASELINE, NULL);
  g_autofree char *stream = NULL;
  gboolean is_shown;

  baseline->session = g_object_ref (self);
  baseline->person = g_strdup (person);
  if (!find_open (baseline, &stream, NULL) || stream == NULL || !reload (baseline, &is_shown, NULL))
    return 0;
  return way_sitting_get_n_left (baseline->sitting);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayBaseline *self = task_data;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  if (!resume (self, &found, &error) || (!found && !begin (self, &error)))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * way_session_open_baseline_async:
 * @depth: of a new sitting; an open one goes on as it was begun
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
  g_autoptr (GTask) task = NULL;
  WayBaseline *self;

  g_return_if_fail (WAY_IS_SESSION (session));

  task = way_session_begin (session, session, way_session_open_baseline_async, cancellable,
                            callback, user_data);
  self = g_object_new (WAY_TYPE_BASELINE, NULL);
  self->session = g_object_ref (session);
  self->person = g_strdup (way_session_get_person (session));
  self->plan.depth = depth;
  way_session_get_required (session, self->plan.required);
  g_task_set_task_data (task, self, g_object_unref);
  way_worker_run (session->store_worker, task, open_thread);
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

gboolean
way_baseline_is_finished (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), TRUE);

  return self->is_finished;
}

WayItem *
way_baseline_get_item (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), NULL);

  return self->item;
}

guint
way_baseline_get_ordinal (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  return self->ordinal;
}

guint
way_baseline_get_n_left (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), 0);

  return self->is_finished ? 0 : way_sitting_get_n_left (self->sitting);
}

gboolean
way_baseline_is_pause (WayBaseline *self)
{
  g_return_val_if_fail (WAY_IS_BASELINE (self), FALSE);

  return !self->is_finished && way_sitting_is_pause (self->sitting);
}

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
  Answer answer = { NULL, 0, TRUE };

  /* The question that was to follow could not be read: its turn is now. */
  if (self->item == NULL)
    {
      gboolean is_shown;

      if (self->is_finished || reload (self, &is_shown, &error))
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (job->responses != NULL)
    {
      score = way_scoring_run (self->item, job->responses, &error);
      if (score == NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      line = way_responses_to_line (self->item, job->responses);
    }
  answer.item = g_strdup (self->item->id);
  answer.score = score != NULL && score->is_correct ? 1 : 0;

  {
    WayResponseBody body = {
      .attempt = self->attempt,
      .ordinal = self->answers->len + 1,
      .item = self->item->id,
      .answer = line != NULL ? line : (char *) "",
      .score = answer.score,
      .ms = job->ms,
      .dont_know = job->responses == NULL,
      .counted = TRUE,
    };

    response = way_session_draft ("response", &body, &error);
    if (response == NULL)
      {
        answer_clear (&answer);
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
    g_ptr_array_add (drafts, response);
  }
  g_array_append_val (self->answers, answer);
  way_sitting_answer (self->sitting, answer.item, answer.score, answer.is_counted);

  if (draft_next (self, drafts, &next, &error))
    {
      if (next == NULL)
        draft_end (self, drafts, way_stop_to_string (way_sitting_get_stop (self->sitting)));
      if (way_session_append (self->session, drafts, &error))
        {
          if (!take_item (self, next, &error))
            {
              g_task_return_error (task, g_steal_pointer (&error));
              return;
            }
          if (self->is_finished)
            way_session_emit_changed (self->session);
          g_task_return_boolean (task, TRUE);
          return;
        }
    }

  /* Not saved: the question stays, as if it had not been answered. Only when the disk
   * failed in the middle may the answer be there after all: the log says. */
  {
    guint n_before = self->answers->len - 1;
    gboolean is_shown = FALSE;

    if (!reload (self, &is_shown, NULL))
      {
        g_array_set_size (self->answers, n_before);
        rebuild_sitting (self, NULL);
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

/**
 * way_baseline_answer_async:
 * @responses: (nullable): response identifier to WayValue; NULL for "I don't know"
 * @ms: how long the question was on screen, in milliseconds
 *
 * Saves the answer with the choice of the next question in one transaction. When it fails
 * nothing is written and the question stays.
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
  Job *job;

  g_return_if_fail (WAY_IS_BASELINE (self));
  g_return_if_fail (!self->is_finished);

  task = way_session_begin (self->session, self, way_baseline_answer_async, cancellable, callback,
                            user_data);
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
  draft_end (self, drafts, "stopped");
  if (!way_session_append (self->session, drafts, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_item (self, NULL, NULL);
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

gboolean
way_baseline_stop_finish (WayBaseline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
