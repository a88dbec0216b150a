/* way-session-calibrate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-quality-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assessment/way-item-fit.h"
#include "session/way-row-builder.h"

/* How hard questions prove to be, for an analyst, and publishing it. */

#define VERSIONS                                                                                   \
  "SELECT count(DISTINCT body ->> 'version') AS n FROM readable WHERE kind = 'item_parameter' "    \
  "AND body ->> 'pack' = CAST($1 AS text)"

typedef struct
{
  GTask *task; /* (owned) */
  guint round;
  double change;
} Report;

static void
report_free (gpointer data)
{
  Report *self = data;

  g_object_unref (self->task);
  g_free (self);
}

static gboolean
report_cb (gpointer data)
{
  const Report *self = data;
  const WayQualityAsk *ask = g_task_get_task_data (self->task);

  if (!g_task_get_completed (self->task))
    ask->progress (self->round, self->change, ask->user_data);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint round, double change, gpointer user_data)
{
  WayQualityAsk *ask = user_data;
  Report *report;

  if (ask->progress == NULL)
    return;
  report = g_new0 (Report, 1);
  report->task = g_object_ref (ask->task);
  report->round = round;
  report->change = change;
  g_main_context_invoke_full (g_task_get_context (ask->task), G_PRIORITY_DEFAULT, report_cb, report,
                              report_free);
}

/* private: MAP of items of one capability that are scored, whose places in the bank are @numbers,
 * the group standard normal. The prior is what their authors judged, never what was published:
 * the answers that made that are among these, and would count twice. */
WayCalibration *
way_quality_calibrate (const WayQualityWork *work,
                       guint capability,
                       GArray *numbers,
                       WayCalibrationProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (WaySheet) sheet = way_quality_work_make_sheet (work, numbers);
  g_autofree WayKnown *known = g_new0 (WayKnown, numbers->len);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  WayCalibrationPlan plan;

  if (sheet == NULL)
    return NULL;
  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      const WayBankItem *item = work->bank->items->pdata[number];
      const WayBankItem *judged = work->authored->items->pdata[number];

      known[i] = (WayKnown){ FALSE,
                             item->curve.parameters.a,
                             judged->curve.parameters.b,
                             item->curve.parameters.c,
                             MAX (judged->sd_b, .01),
                             work->tallies[number].n < WAY_QUALITY_SLOPE };
      g_ptr_array_add (names, item->id);
    }
  way_calibration_plan_init (&plan, WAY_MODEL_2PL);
  plan.known = known;
  plan.names = (const char *const *) names->pdata;
  plan.has_slope_prior = TRUE;
  plan.mean = 0;
  plan.sd = 1;
  plan.is_mean_free = FALSE;
  plan.is_sd_free = FALSE; /* the priors fix the scale */
  plan.progress = progress;
  plan.user_data = user_data;
  return way_calibration_run (sheet, &plan, cancellable, error);
}

/* Whether answers to an item tell it apart from one that everybody, or nobody, can do. */
static gboolean
has_both (const WayQualityTally *tally)
{
  return tally->right > 0 && tally->right < tally->n;
}

/* Places new items of one capability by the @old ones, which have just been @measured and stand
 * as anchors; the group is free in mean and variance. *fresh are their places in the bank; the
 * curves of the result begin with those of the anchors. NULL where there is nothing to place, or
 * nothing to place it by. */
static WayCalibration *
place_new (const WayQualityWork *work,
           guint capability,
           GArray *old,
           const WayCalibration *measured,
           GArray *fresh,
           WayQualityAsk *ask,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (WaySheet) sheet = NULL;
  g_autofree WayKnown *known = NULL;
  WayCalibrationPlan plan;

  way_quality_work_list (work, capability, WAY_QUALITY_ANSWERS, WAY_QUALITY_NEW, candidates);
  for (guint i = 0; i < candidates->len; i++)
    {
      guint number = g_array_index (candidates, guint, i);

      if (has_both (&work->tallies[number]))
        g_array_append_val (fresh, number);
    }
  if (fresh->len == 0 || measured == NULL)
    {
      g_array_set_size (fresh, 0);
      return NULL;
    }

  g_array_append_vals (all, old->data, old->len);
  g_array_append_vals (all, fresh->data, fresh->len);
  known = g_new0 (WayKnown, all->len);
  for (guint i = 0; i < all->len; i++)
    {
      const WayBankItem *item = work->bank->items->pdata[g_array_index (all, guint, i)];
      const WayParameters *p = i < old->len ? &measured->curves[i].parameters
                                            : &item->curve.parameters;

      known[i] = (WayKnown){ i < old->len, p->a, p->b, p->c, 0, TRUE };
      g_ptr_array_add (names, item->id);
    }
  sheet = way_quality_work_make_sheet (work, all);
  way_calibration_plan_init (&plan, WAY_MODEL_2PL);
  plan.known = known;
  plan.names = (const char *const *) names->pdata;
  plan.is_mean_free = TRUE;
  plan.is_sd_free = TRUE;
  plan.progress = progress_cb;
  plan.user_data = ask;
  return way_calibration_run (sheet, &plan, cancellable, error);
}

static char *
dup_steps (const WayCurve *curve)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < curve->n_steps; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              g_ascii_formatd (number, sizeof number, "%.10g", curve->steps[i]));
    }
  return curve->n_steps > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
add_measured (WayRowBuilder *builder,
              const WayQualityWork *work,
              guint number,
              const char *version,
              const WayCalibration *result,
              guint i)
{
  const WayBankItem *item = work->bank->items->pdata[number];
  const WayQualityTally *tally = &work->tallies[number];
  const WayCurve *curve = result != NULL ? &result->curves[i] : &item->curve;
  double sd = result != NULL ? result->se_b[i] : item->sd_b;
  double z;
  g_autofree char *steps = dup_steps (curve);
  gboolean has_drifted = result != NULL
                         && way_item_has_drifted (item->curve.parameters.b, curve->parameters.b,
                                                  item->sd_b, sd, &z);

  way_row_builder_add_text (builder, item->id);
  way_row_builder_add_text (builder, version);
  way_row_builder_add_int (builder, tally->n);
  way_row_builder_add_number (builder, item->curve.parameters.b);
  way_row_builder_add_number (builder, item->sd_b);
  way_row_builder_add_number (builder, curve->parameters.a);
  way_row_builder_add_number (builder, curve->parameters.b);
  way_row_builder_add_number (builder, curve->parameters.c);
  way_row_builder_add_number (builder, curve->parameters.d);
  way_row_builder_add_number (builder, sd);
  way_row_builder_add_text (builder, steps);
  way_row_builder_add_number (builder, tally->n >= WAY_QUALITY_ANSWERS ? tally->seconds / tally->n
                                                                       : item->seconds);
  way_row_builder_add_number (builder,
                              (double) tally->n / MAX (g_hash_table_size (work->people), 1));
  way_row_builder_add_number (builder, result != NULL ? result->infit[i] : NAN);
  way_row_builder_add_number (builder, result != NULL ? result->outfit[i] : NAN);
  way_row_builder_add_int (builder, has_drifted && !item->is_new);
  way_row_builder_add_int (builder, result == NULL);
  way_row_builder_add_int (builder, item->is_new);
}

static char *
make_version (WaySession *self, WayStore *trust, GError **error)
{
  const char *values[] = { way_pack_get_id (self->pack), NULL };
  g_autoptr (GListStore) rows = way_row_query (way_store_get_db (trust), VERSIONS, values, error);
  g_autoptr (WayRow) row = NULL;

  if (rows == NULL)
    return NULL;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  return g_strdup_printf ("calibrated-%" G_GINT64_FORMAT, way_row_get_int (row, "n") + 1);
}

static guint
count_ready (const WayQualityWork *work)
{
  guint n = 0;

  for (guint i = 0; i < work->bank->items->len; i++)
    n += work->tallies[i].n >= WAY_QUALITY_ANSWERS && !work->tallies[i].is_partial
         && !((const WayBankItem *) work->bank->items->pdata[i])->is_new;
  return n;
}

static gboolean
calibrate_capability (const WayQualityWork *work,
                      guint capability,
                      const char *version,
                      WayRowBuilder *builder,
                      gboolean *is_done,
                      WayQualityAsk *ask,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (WayCalibration) measured = NULL;
  g_autoptr (WayCalibration) placed = NULL;
  GError *inner = NULL;

  way_quality_work_list (work, capability, WAY_QUALITY_ANSWERS, WAY_QUALITY_OLD, old);
  measured = way_quality_calibrate (work, capability, old, progress_cb, ask, cancellable, &inner);
  if (inner == NULL)
    placed = place_new (work, capability, old, measured, fresh, ask, cancellable, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, inner);
      return FALSE;
    }
  for (guint i = 0; i < old->len + fresh->len; i++)
    {
      guint number = i < old->len ? g_array_index (old, guint, i)
                                  : g_array_index (fresh, guint, i - old->len);

      add_measured (builder, work, number, version, i < old->len ? measured : placed, i);
      is_done[number] = TRUE;
    }
  return TRUE;
}

static void
calibrate_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "item",  "version", "n",        "old_b", "old_sd",
                                         "a",     "b",       "c",        "d",     "sd",
                                         "steps", "seconds", "exposure", "infit", "outfit",
                                         "drift", "kept",    "new",      NULL };
  g_auto (WayQualityWork) work = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autofree gboolean *is_done = NULL;
  g_autofree char *version = NULL;

  if (!way_quality_work_load (&work, source, task_data, cancellable, &error)
      || (version = make_version (source, work.trust, &error)) == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (count_ready (&work) < WAY_QUALITY_ITEMS)
    {
      g_task_return_new_error (
          task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
          _ ("Too few answers so far: %u questions have %d answers or more, and %d are needed."),
          count_ready (&work), WAY_QUALITY_ANSWERS, WAY_QUALITY_ITEMS);
      return;
    }
  is_done = g_new0 (gboolean, work.bank->items->len);
  for (guint c = 0; c < work.bank->n_capabilities; c++)
    if (!calibrate_capability (&work, c, version, builder, is_done, task_data, cancellable, &error))
      {
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
  /* What has too few answers is published as it was: a version says all that it knows. */
  for (guint i = 0; i < work.bank->items->len; i++)
    if (!is_done[i] && !((const WayBankItem *) work.bank->items->pdata[i])->is_new)
      add_measured (builder, &work, i, version, NULL, 0);
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_calibrate_async:
 * @progress: (nullable): called with @user_data on the main loop, until @callback is
 *
 * Measures each capability by MAP with what authors judged as priors, the group standard
 * normal; then places new items by those. Publishes nothing.
 */
void
way_session_calibrate_async (WaySession *self,
                             WayQualityProgress progress,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  way_quality_begin (self, way_session_calibrate_async, progress, calibrate_thread, cancellable,
                     callback, user_data);
}

/**
 * way_session_publish_async:
 * @rows: of way_session_calibrate_async()
 * @note: why there is this version
 *
 * Publishes a version: sittings that begin later take it, those that were stay as they were.
 */
void
way_session_publish_async (WaySession *self,
                           GListModel *rows,
                           const char *note,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  guint n = g_list_model_get_n_items (rows);

  g_return_if_fail (WAY_IS_SESSION (self) && note != NULL);

  if ((self->roles & WAY_ROLE_ANALYST) == 0)
    {
      g_autoptr (GTask) task = way_session_begin (self, self, way_session_publish_async,
                                                  cancellable, callback, user_data);

      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                               _ ("Only an analyst sees this."));
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      WayItemParameterBody body = {
        .pack = (char *) way_pack_get_id (self->pack),
        .item = (char *) way_row_get_text (row, "item"),
        .version = (char *) way_row_get_text (row, "version"),
        .a = way_row_get_number (row, "a"),
        .b = way_row_get_number (row, "b"),
        .c = way_row_get_number (row, "c"),
        .d = way_row_get_number (row, "d"),
        .sd = way_row_get_number (row, "sd"),
        .steps = way_row_has (row, "steps") ? (char *) way_row_get_text (row, "steps") : NULL,
        .of = n,
        .note = (char *) note,
        .seconds = way_row_get_number (row, "seconds"),
        .exposure = way_row_get_number (row, "exposure"),
      };
      WayEvent *draft = way_session_draft ("item_parameter", &body, NULL);

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }
  way_session_write (self, self, way_session_publish_async, g_steal_pointer (&drafts), cancellable,
                     callback, user_data);
}
