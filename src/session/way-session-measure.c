/* way-session-measure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-measure.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assessment/way-trust.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"
#include "session/way-sitting-log.h"

/* What sittings have found, how sure that is, and what may be sat again. */

#define RESULTS                                                                                    \
  "SELECT a.attempt, a.type, (SELECT b.body->>'recheck' FROM live b WHERE b.id = a.attempt) "      \
  "AS capability, (SELECT b.body->>'level' FROM live b WHERE b.id = a.attempt) AS level, "         \
  "a.ended AS at, a.how, a.asked, a.parameters, "                                                  \
  "CASE WHEN a.stands = 1 THEN 0 ELSE 1 END AS superseded, "                                       \
  "CASE WHEN EXISTS (SELECT 1 FROM live d WHERE d.kind = 'attempt_end' "                           \
  "AND d.body->>'attempt' = a.attempt AND d.body->>'doubt' IS NOT NULL) THEN 0 ELSE 1 END "        \
  "AS reported FROM attempt a WHERE a.person = CAST($1 AS text) AND a.ended IS NOT NULL "          \
  "AND a.asked > 0 AND a.type IN (" WAY_SITTING_TYPES ") ORDER BY a.ended DESC, a.attempt DESC"

#define HISTORY                                                                                    \
  "SELECT h.*, (SELECT s.now FROM self_rating s WHERE s.person = h.person "                        \
  "AND s.capability = h.capability) AS self_now FROM level_history h "                             \
  "WHERE h.person = CAST($1 AS text) ORDER BY h.at DESC, h.attempt DESC"

#define MODULES_DONE                                                                               \
  "SELECT module, last FROM progress WHERE person = CAST($1 AS text) AND state = 'done'"

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
/* Policy: when somebody may look again, and when they should. */
#define MAY_AFTER (183 * DAY)
#define DUE_AFTER (730 * DAY)

typedef struct
{
  char *person;
  char *attempt; /* (nullable) */
  gint64 now;
  int required[WAY_MAX_CAPABILITIES];
} Ask;

typedef struct
{
  double p;
  gboolean is_flagged;
} Fit;

static void
ask_free (Ask *self)
{
  g_free (self->person);
  g_free (self->attempt);
  g_free (self);
}

static void
ask (WaySession *self,
     gpointer tag,
     const char *attempt,
     GTaskThreadFunc func,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  Ask *data = g_new0 (Ask, 1);

  data->person = g_strdup (way_session_get_person (self));
  data->attempt = g_strdup (attempt);
  data->now = g_get_real_time ();
  way_session_get_required (self, data->required);
  g_task_set_task_data (task, data, (GDestroyNotify) ask_free);
  way_worker_run (self->store_worker, task, func);
}

static GListStore *
query (WaySession *self, const char *sql, const char *person, GError **error)
{
  const char *values[] = { person, NULL };
  WayDb *db = way_session_get_db (self, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

/* How many answers of a sitting came too fast, and of how many. New items are not among
 * them: they never count. */
static gboolean
count_rapid (WaySession *self, const char *attempt, guint *n, guint *n_rapid, GError **error)
{
  g_autoptr (GArray) answers = way_sitting_log_read_answers (self->store, attempt, error);

  *n = *n_rapid = 0;
  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    {
      const WaySittingAnswer *answer = &g_array_index (answers, WaySittingAnswer, i);
      const WayBaselineItem *item = way_pack_find_baseline_item (self->pack, answer->item);

      if (item != NULL && item->is_new)
        continue;
      (*n)++;
      *n_rapid += !answer->is_counted;
    }
  return TRUE;
}

static void
results_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "attempt", "type",     "capability", "level",
                                         "at",      "how",      "asked",      "rapid",
                                         "effort",  "reported", "superseded", "parameters",
                                         NULL };
  WaySession *self = source;
  const Ask *data = task_data;
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = query (self, RESULTS, data->person, &error);

  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      static const char *const copied[] = { "attempt", "type", "capability", "level",
                                            "at",      "how",  "asked" };
      static const char *const after[] = { "reported", "superseded", "parameters" };
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      guint n;
      guint n_rapid;

      if (!count_rapid (self, way_row_get_text (row, "attempt"), &n, &n_rapid, &error))
        break;
      for (guint k = 0; k < G_N_ELEMENTS (copied); k++)
        way_row_builder_add_text (builder, way_row_has (row, copied[k])
                                               ? way_row_get_text (row, copied[k])
                                               : NULL);
      way_row_builder_add_int (builder, n_rapid);
      way_row_builder_add_number (builder, way_effort_get_share (n_rapid, n));
      for (guint k = 0; k < G_N_ELEMENTS (after); k++)
        way_row_builder_add_text (builder, way_row_get_text (row, after[k]));
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_load_results_async:
 *
 * Every sitting of this person that ended. An earlier one is never lost by a later one.
 */
void
way_session_load_results_async (WaySession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_results_async, NULL, results_thread, cancellable, callback,
       user_data);
}

/* The newest result of a capability, and the one before it. */
static void
find_two (GListStore *history, const char *capability, WayRow **newest, WayRow **before)
{
  *newest = *before = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)) && *before == NULL; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (history), i);

      if (!g_str_equal (way_row_get_text (row, "capability"), capability))
        continue;
      if (*newest == NULL)
        *newest = g_steal_pointer (&row);
      else
        *before = g_steal_pointer (&row);
    }
}

static void
add_change (WayRowBuilder *builder, WayRow *newest, WayRow *before)
{
  double mean = way_row_get_number (newest, "mean");
  double sd = way_row_get_number (newest, "sd");
  double mean_before = before != NULL ? way_row_get_number (before, "mean") : NAN;
  double sd_before = before != NULL ? way_row_get_number (before, "sd") : NAN;
  double change = mean - mean_before;
  double se = sqrt (sd * sd + sd_before * sd_before);

  way_row_builder_add_text (builder, before != NULL ? way_row_get_text (before, "at") : NULL);
  way_row_builder_add_number (builder, mean_before);
  way_row_builder_add_number (builder, sd_before);
  way_row_builder_add_number (builder, change);
  way_row_builder_add_number (builder, se);
  way_row_builder_add_number (builder, change - 1.959964 * se);
  way_row_builder_add_number (builder, change + 1.959964 * se);
  way_row_builder_add_number (builder, before != NULL
                                           ? way_change_get_z (mean_before, sd_before, mean, sd)
                                           : NAN);
  if (before != NULL)
    way_row_builder_add_int (builder, way_change_is_reliable (mean_before, sd_before, mean, sd));
  else
    way_row_builder_add_text (builder, NULL);
}

/* How a self-rating stands beside what was measured: by the probabilities of the levels, so
 * by the cuts of the sitting. */
static const char *
judge_confidence (WayRow *row)
{
  static const char *const columns[] = { "p1", "p2", "p3", "p4" };
  gint64 now = way_row_get_int (row, "self_now");
  double below = 0;
  double above = 0;

  if (!way_row_has (row, "self_now"))
    return NULL;
  for (int level = 1; level <= WAY_N_LEVELS; level++)
    {
      double p = way_row_get_number (row, columns[level - 1]);

      if (level < now)
        below += p;
      else if (level > now)
        above += p;
    }
  switch (way_confidence_judge (below, above))
    {
    case WAY_CONFIDENCE_OVER:
      return "over";
    case WAY_CONFIDENCE_UNDER:
      return "under";
    case WAY_CONFIDENCE_CONSISTENT:
    default:
      return "consistent";
    }
}

static void
findings_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "capability", "name",        "attempt",   "at",
                                         "mean",       "sd",          "required",  "p_required",
                                         "standing",   "provisional", "self_now",  "confidence",
                                         "before_at",  "before_mean", "before_sd", "change",
                                         "change_sd",  "low",         "high",      "z",
                                         "reliable",   NULL };
  static const char *const copied[] = { "attempt",  "at",         "mean",     "sd",
                                        "required", "p_required", "standing", "provisional" };
  WaySession *self = source;
  const Ask *data = task_data;
  GPtrArray *capabilities = way_pack_get_capabilities (self->pack);
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) history = query (self, HISTORY, data->person, &error);

  if (history == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < capabilities->len; i++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, i);
      g_autoptr (WayRow) newest = NULL;
      g_autoptr (WayRow) before = NULL;

      find_two (history, capability->id, &newest, &before);
      if (newest == NULL)
        continue;
      way_row_builder_add_text (builder, capability->id);
      way_row_builder_add_text (builder, capability->name);
      for (guint k = 0; k < G_N_ELEMENTS (copied); k++)
        way_row_builder_add_text (builder, way_row_get_text (newest, copied[k]));
      way_row_builder_add_text (builder, way_row_has (newest, "self_now")
                                             ? way_row_get_text (newest, "self_now")
                                             : NULL);
      way_row_builder_add_text (builder, judge_confidence (newest));
      add_change (builder, newest, before);
    }
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_load_findings_async:
 *
 * Of each capability what is known, beside how this person rates themselves and what was
 * found the time before.
 */
void
way_session_load_findings_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_findings_async, NULL, findings_thread, cancellable, callback,
       user_data);
}

/* Whether all modules of a capability up to the required level are done, and one of them
 * since @since. */
static gboolean
has_done_modules (
    WaySession *self, GListStore *done, const char *capability, int required, gint64 since)
{
  GPtrArray *modules = way_pack_get_modules (self->pack);
  gboolean is_since = FALSE;

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = modules->pdata[i];
      gboolean is_done = FALSE;

      if (!g_str_equal (module->capability, capability) || module->level > required)
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (done)) && !is_done; k++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (done), k);

          is_done = g_str_equal (way_row_get_text (row, "module"), module->id);
          is_since |= is_done && way_row_get_int (row, "last") > since;
        }
      if (!is_done)
        return FALSE;
    }
  return is_since;
}

/* Why a capability may be looked at again; NULL while there is no reason. */
static const char *
get_reason (const Ask *data, gint64 at, gboolean has_modules)
{
  if (data->now - at >= DUE_AFTER)
    return "due";
  if (has_modules)
    return "modules";
  if (data->now - at >= MAY_AFTER)
    return "six-months";
  return NULL;
}

static void
add_offer (WayRowBuilder *builder,
           const char *what,
           const WayCapability *capability,
           const char *why,
           gint64 at,
           int least,
           int most)
{
  way_row_builder_add_text (builder, what);
  way_row_builder_add_text (builder, capability != NULL ? capability->id : NULL);
  way_row_builder_add_text (builder, capability != NULL ? capability->name : NULL);
  way_row_builder_add_text (builder, why);
  way_row_builder_add_int (builder, at);
  way_row_builder_add_int (builder, at + DUE_AFTER);
  way_row_builder_add_int (builder, least);
  way_row_builder_add_int (builder, most);
}

static void
offers_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "what", "capability", "name", "why", "at",
                                         "due",  "least",      "most", NULL };
  static const char *const reasons[] = { "due", "modules", "six-months" };
  WaySession *self = source;
  const Ask *data = task_data;
  GPtrArray *capabilities = way_pack_get_capabilities (self->pack);
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) results = query (self, RESULTS, data->person, &error);
  g_autoptr (GListStore) history = NULL;
  g_autoptr (GListStore) done = NULL;
  g_autoptr (WayRow) last = NULL;

  if (results != NULL)
    history = query (self, HISTORY, data->person, &error);
  if (history != NULL)
    done = query (self, MODULES_DONE, data->person, &error);
  if (done == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  last = g_list_model_get_item (G_LIST_MODEL (results), 0);
  if (last != NULL && way_row_get_int (last, "reported") == 0)
    {
      int capability = way_pack_find_capability (self->pack, way_row_get_text (last, "capability"));

      if (capability >= 0)
        add_offer (builder, "recheck", g_ptr_array_index (capabilities, capability), "effort",
                   way_row_get_int (last, "at"), 6, 8);
      else
        add_offer (builder, "baseline", NULL, "effort", way_row_get_int (last, "at"), 12, 24);
    }
  for (guint k = 0; k < G_N_ELEMENTS (reasons); k++)
    for (guint i = 0; i < capabilities->len; i++)
      {
        const WayCapability *capability = g_ptr_array_index (capabilities, i);
        g_autoptr (WayRow) newest = NULL;
        g_autoptr (WayRow) before = NULL;
        const char *why;
        gint64 at;

        find_two (history, capability->id, &newest, &before);
        if (newest == NULL)
          continue;
        at = way_row_get_int (newest, "at");
        why = get_reason (data, at,
                          has_done_modules (self, done, capability->id, data->required[i], at));
        if (g_strcmp0 (why, reasons[k]) == 0)
          add_offer (builder, "recheck", capability, why, at, 6, 8);
      }
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_load_offers_async:
 *
 * What may be looked at again, and why. Nothing of it is ever demanded.
 */
void
way_session_load_offers_async (WaySession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_offers_async, NULL, offers_thread, cancellable, callback, user_data);
}

/* A sitting from the log, with all its answers. */
static WaySitting *
load_sitting (WaySession *self, const char *attempt, GError **error)
{
  const WayKind *kind = way_kind_find ("attempt");
  g_autoptr (GListStore) rows = query (self,
                                       "SELECT body FROM live WHERE kind = 'attempt' "
                                       "AND id = CAST($1 AS text)",
                                       attempt, error);
  g_autoptr (WayRow) row = NULL;
  g_autoptr (GArray) answers = NULL;
  g_autoptr (WayBank) bank = NULL;
  WaySitting *sitting = NULL;
  WaySittingPlan plan = { 0 };
  WayAttemptBody *body;

  if (rows == NULL)
    return NULL;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (row == NULL)
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           _ ("There is no such sitting."));
      return NULL;
    }
  body = way_kind_read (kind, way_row_get_text (row, "body"), error);
  if (body != NULL && way_sitting_log_read_plan (body, self->pack, &plan, error))
    bank = way_sitting_log_load_bank (self->store, self->pack, body, error);
  if (bank != NULL)
    answers = way_sitting_log_read_answers (self->store, attempt, error);
  if (answers != NULL)
    {
      sitting = way_sitting_new (bank, &plan);
      for (guint i = 0; i < answers->len; i++)
        {
          const WaySittingAnswer *answer = &g_array_index (answers, WaySittingAnswer, i);

          way_sitting_answer (sitting, answer->item, answer->score, answer->is_counted);
        }
    }
  way_sitting_plan_clear (&plan);
  if (body != NULL)
    way_kind_free (kind, body);
  return sitting;
}

static void
fit_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Ask *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySitting) sitting = load_sitting (source, data->attempt, &error);
  Fit *fit;

  if (sitting == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  fit = g_new0 (Fit, 1);
  fit->p = way_sitting_get_fit (sitting, WAY_PERSON_FIT_DRAWS);
  fit->is_flagged = fit->p < WAY_PERSON_FIT_LEAST;
  g_task_return_pointer (task, fit, g_free);
}

/**
 * way_session_check_fit_async:
 * @attempt: a sitting of this person
 *
 * Whether its answers hang together, against a thousand that the model draws.
 */
void
way_session_check_fit_async (WaySession *self,
                             const char *attempt,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self) && attempt != NULL);

  ask (self, way_session_check_fit_async, attempt, fit_thread, cancellable, callback, user_data);
}

/**
 * way_session_check_fit_finish:
 * @p: (out) (optional): how many of those who answer by the model have answers that fit as
 *   badly
 * @is_flagged: (out) (optional): whether that are fewer than one in a hundred
 *
 * Returns: %FALSE when it could not be looked at
 */
gboolean
way_session_check_fit_finish (
    WaySession *self, GAsyncResult *result, double *p, gboolean *is_flagged, GError **error)
{
  g_autofree Fit *fit = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  fit = g_task_propagate_pointer (G_TASK (result), error);
  if (fit == NULL)
    return FALSE;
  if (p != NULL)
    *p = fit->p;
  if (is_flagged != NULL)
    *is_flagged = fit->is_flagged;
  return TRUE;
}
