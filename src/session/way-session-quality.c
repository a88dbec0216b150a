/* way-session-quality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-quality-private.h"

#include <math.h>

#include "assessment/way-fairness.h"
#include "assessment/way-item-fit.h"
#include "assessment/way-trust.h"
#include "session/way-row-builder.h"
#include "session/way-sitting-log.h"

/* How the questions do, for an analyst. Everything comes from the extract; the people of it
 * have no names, and it is thrown away with the answer. */

static void
ask_free (WayQualityAsk *self)
{
  g_free (self->uri);
  g_free (self->person);
  g_free (self);
}

/* private: frees what it holds */
void
way_quality_work_clear (WayQualityWork *self)
{
  if (self->trust != NULL)
    way_store_close (self->trust);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->extract, way_extract_free);
  g_clear_pointer (&self->bank, way_bank_unref);
  g_clear_pointer (&self->authored, way_bank_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->tallies, g_free);
}

/* private: reads the extract, which is written down, and the bank */
gboolean
way_quality_work_load (WayQualityWork *self,
                       WaySession *session,
                       const WayQualityAsk *ask,
                       GCancellable *cancellable,
                       GError **error)
{
  self->trust = way_store_open_trust (ask->uri, FALSE, error);
  if (self->trust != NULL)
    {
      way_db_set_cancellable (way_store_get_db (self->trust), cancellable);
      self->extract = way_extract_run (self->trust, ask->person, error);
    }
  if (self->extract != NULL)
    self->bank = way_sitting_log_load_bank (self->trust, session->pack, NULL, error);
  if (self->bank != NULL)
    self->authored = way_bank_new_from_pack (session->pack, error);
  if (self->authored == NULL)
    return FALSE;

  self->people = g_hash_table_new (g_str_hash, g_str_equal);
  self->tallies = g_new0 (WayQualityTally, self->bank->items->len);
  for (guint i = 0; i < self->extract->answers->len; i++)
    {
      const WayExtractAnswer *answer = self->extract->answers->pdata[i];
      int index = way_bank_find (self->bank, answer->item);
      const WayBankItem *item;
      guint most;

      if (!g_hash_table_contains (self->people, answer->person))
        g_hash_table_insert (self->people, answer->person,
                             GUINT_TO_POINTER (g_hash_table_size (self->people) + 1));
      if (index < 0 || answer->is_rapid)
        continue;
      item = self->bank->items->pdata[index];
      most = way_curve_get_most (&item->curve);
      self->tallies[index].n++;
      self->tallies[index].right += answer->score / MAX (most, 1);
      self->tallies[index].seconds += answer->ms / 1000.0;
      self->tallies[index].is_partial |= most > 1 || (answer->score != 0 && answer->score != 1);
    }
  return TRUE;
}

/* private: the places in the bank of the items of one capability that have @least answers, and
 * can be calibrated */
void
way_quality_work_list (const WayQualityWork *self,
                       guint capability,
                       guint least,
                       WayQualityWhich which,
                       GArray *numbers)
{
  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];

      if (item->capability == capability && self->tallies[i].n >= least
          && !self->tallies[i].is_partial
          && (which == WAY_QUALITY_ALL || item->is_new == (which == WAY_QUALITY_NEW)))
        g_array_append_val (numbers, i);
    }
}

/* private: the answers to some items, whose places in the bank are @numbers; NULL for none */
WaySheet *
way_quality_work_make_sheet (const WayQualityWork *self, GArray *numbers)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autofree int *place = g_new (int, self->bank->items->len);
  guint n_people = g_hash_table_size (self->people);

  if (numbers->len == 0)
    return NULL;
  for (guint i = 0; i < self->bank->items->len; i++)
    place[i] = -1;
  for (guint i = 0; i < numbers->len; i++)
    place[g_array_index (numbers, guint, i)] = (int) i;
  for (guint k = 0; k < self->extract->answers->len; k++)
    {
      const WayExtractAnswer *answer = self->extract->answers->pdata[k];
      int index = way_bank_find (self->bank, answer->item);
      WaySheetEntry entry;

      if (index < 0 || place[index] < 0 || answer->is_rapid)
        continue;
      entry.person = GPOINTER_TO_UINT (g_hash_table_lookup (self->people, answer->person)) - 1;
      entry.item = (guint) place[index];
      entry.score = answer->score;
      g_array_append_val (entries, entry);
    }

  return way_sheet_new (n_people, numbers->len, (const WaySheetEntry *) entries->data,
                        entries->len);
}

static WayCurve *
copy_curves (const WayQualityWork *self, GArray *numbers)
{
  WayCurve *curves = g_new (WayCurve, numbers->len);

  for (guint i = 0; i < numbers->len; i++)
    curves[i] =
        ((const WayBankItem *) self->bank->items->pdata[g_array_index (numbers, guint, i)])->curve;
  return curves;
}

/* --- Fairness ------------------------------------------------------------------------- */

typedef struct
{
  char grade;  /* 0: not known */
  char *group; /* (owned) (nullable) */
  guint n;     /* answers of the smaller group */
} Worst;

static double *
place_people (const WaySheet *sheet, const WayCurve *curves)
{
  double *places = g_new0 (double, sheet->n_people);
  g_autofree WayScored *answers = g_new (WayScored, sheet->n_items);

  for (guint v = 0; v < sheet->n_people; v++)
    {
      guint n = way_sheet_get_answers (sheet, v, curves, answers);
      WayPlace place = { 0 };

      if (n > 0)
        way_scale_estimate (answers, n, WAY_METHOD_EAP, 0, 1, &place);
      places[v] = place.theta;
    }
  return places;
}

/* The answers to one question of About me: who is in which group. */
static int *
group_people (const WayQualityWork *self, const char *question, GPtrArray *names, GArray *counts)
{
  guint n_people = g_hash_table_size (self->people);
  int *groups = g_new (int, n_people);

  for (guint v = 0; v < n_people; v++)
    groups[v] = -1;
  for (guint i = 0; i < self->extract->groups->len; i++)
    {
      const WayExtractGroup *group = self->extract->groups->pdata[i];
      guint person = GPOINTER_TO_UINT (g_hash_table_lookup (self->people, group->person));
      guint number;
      guint zero = 0;

      if (person == 0 || !g_str_equal (group->question, question))
        continue;
      if (!g_ptr_array_find_with_equal_func (names, group->answer, g_str_equal, &number))
        {
          number = names->len;
          g_ptr_array_add (names, group->answer);
          g_array_append_val (counts, zero);
        }
      groups[person - 1] = (int) number;
      g_array_index (counts, guint, number)++;
    }
  return groups;
}

static void
compare_groups (const WayQualityWork *self,
                const char *question,
                const WaySheet *sheet,
                const double *places,
                GArray *numbers,
                Worst *worst)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree int *groups = group_people (self, question, names, counts);
  guint reference = 0;

  for (guint g = 1; g < counts->len; g++)
    if (g_array_index (counts, guint, g) > g_array_index (counts, guint, reference))
      reference = g;
  for (guint g = 0; g < counts->len; g++)
    for (guint i = 0; g != reference && i < numbers->len; i++)
      {
        Worst *item = &worst[g_array_index (numbers, guint, i)];
        WayFairness fairness;

        way_fairness_compare (sheet, places, groups, i, (int) reference, (int) g, &fairness);
        if (!fairness.is_known || fairness.grade <= item->grade)
          continue;
        item->grade = fairness.grade;
        item->n = MIN (fairness.n_reference, fairness.n_focal);
        g_free (item->group);
        item->group = g_strdup_printf ("%s: %s", question, (const char *) names->pdata[g]);
      }
}

static void
find_worst (const WayQualityWork *self,
            const WaySheet *sheet,
            const WayCurve *curves,
            GArray *numbers,
            Worst *worst)
{
  g_autofree double *places = place_people (sheet, curves);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->extract->groups->len; i++)
    {
      const WayExtractGroup *group = self->extract->groups->pdata[i];

      if (g_hash_table_add (seen, group->question))
        compare_groups (self, group->question, sheet, places, numbers, worst);
    }
}

/* --- Whether answers hang together ------------------------------------------------------ */

/* Of how many people, and of those how many whose answers do not follow the usual pattern.
 * The extract does not say what was answered when, so a person's answers are looked at
 * together. */
static gboolean
count_odd (const WayQualityWork *self,
           GCancellable *cancellable,
           WayQualityFit *fit,
           GError **error)
{
  const WaySittingPlan plan = { .depth = WAY_DEPTH_CLOSER, .seed = 1 };
  g_autoptr (GPtrArray)
      sittings = g_ptr_array_new_with_free_func ((GDestroyNotify) way_sitting_free);

  for (guint v = 0; v < g_hash_table_size (self->people); v++)
    g_ptr_array_add (sittings, NULL);
  for (guint k = 0; k < self->extract->answers->len; k++)
    {
      const WayExtractAnswer *answer = self->extract->answers->pdata[k];
      guint v = GPOINTER_TO_UINT (g_hash_table_lookup (self->people, answer->person)) - 1;

      if (sittings->pdata[v] == NULL)
        sittings->pdata[v] = way_sitting_new (self->bank, &plan);
      way_sitting_answer (sittings->pdata[v], answer->item, answer->score, !answer->is_rapid);
    }
  for (guint v = 0; v < sittings->len; v++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (way_sitting_get_n_answered (sittings->pdata[v]) < WAY_QUALITY_FIT_ANSWERS)
        continue;
      fit->n_people++;
      fit->n_odd += way_sitting_get_fit (sittings->pdata[v], WAY_PERSON_FIT_DRAWS)
                    < WAY_PERSON_FIT_LEAST;
    }
  return TRUE;
}

/* --- The items --------------------------------------------------------------------------- */

/* What all answers make of each item of the bank; NaN where there are too few. */
typedef struct
{
  double *infit;
  double *outfit;
  double *b; /* of items that are in force from answers before these */
  double *sd;
  Worst *worst;
} Figures;

static void
figures_init (Figures *self, guint n_items)
{
  self->infit = g_new (double, n_items);
  self->outfit = g_new (double, n_items);
  self->b = g_new (double, n_items);
  self->sd = g_new (double, n_items);
  self->worst = g_new0 (Worst, n_items);
  for (guint i = 0; i < n_items; i++)
    self->infit[i] = self->outfit[i] = self->b[i] = self->sd[i] = NAN;
}

static void
figures_clear (Figures *self, guint n_items)
{
  for (guint i = 0; i < n_items; i++)
    g_free (self->worst[i].group);
  g_free (self->infit);
  g_free (self->outfit);
  g_free (self->b);
  g_free (self->sd);
  g_free (self->worst);
}

/* Whether a difficulty is from answers, not its author's. */
static gboolean
is_measured (const WayQualityWork *self, guint number)
{
  const WayBankItem *item = self->bank->items->pdata[number];
  const WayBankItem *judged = self->authored->items->pdata[number];

  return item->curve.parameters.b != judged->curve.parameters.b || item->sd_b != judged->sd_b;
}

static GListStore *
list_items (const WayQualityWork *self, const Figures *figures)
{
  static const char *const columns[] = { "item",    "capability", "level",    "n",         "share",
                                         "seconds", "exposure",   "author_b", "author_sd", "b",
                                         "sd",      "measured",   "now_b",    "now_sd",    "drift",
                                         "infit",   "outfit",     "dif",      "dif_group", "dif_n",
                                         "partial", "new",        NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  guint n_people = g_hash_table_size (self->people);

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];
      const WayQualityTally *tally = &self->tallies[i];
      const WayBankItem *judged = self->authored->items->pdata[i];
      double b = item->curve.parameters.b;
      double author_b = judged->curve.parameters.b;
      const Worst *worst = &figures->worst[i];
      const char grade[] = { worst->grade, '\0' };
      gboolean has_now = isfinite (figures->b[i]);
      double n = tally->n > 0 ? tally->n : NAN;

      way_row_builder_add_text (builder, item->id);
      way_row_builder_add_int (builder, item->capability);
      way_row_builder_add_int (builder, item->level);
      way_row_builder_add_int (builder, tally->n);
      way_row_builder_add_number (builder, tally->right / n);
      way_row_builder_add_number (builder, tally->seconds / n);
      way_row_builder_add_number (builder, n_people > 0 ? (double) tally->n / n_people : NAN);
      way_row_builder_add_number (builder, author_b);
      way_row_builder_add_number (builder, judged->sd_b);
      way_row_builder_add_number (builder, b);
      way_row_builder_add_number (builder, item->sd_b);
      way_row_builder_add_int (builder, is_measured (self, i));
      way_row_builder_add_number (builder, figures->b[i]);
      way_row_builder_add_number (builder, figures->sd[i]);
      way_row_builder_add_int (builder, has_now
                                            && way_item_has_drifted (b, figures->b[i], item->sd_b,
                                                                     figures->sd[i], NULL));
      way_row_builder_add_number (builder, figures->infit[i]);
      way_row_builder_add_number (builder, figures->outfit[i]);
      way_row_builder_add_text (builder, worst->grade != 0 ? grade : NULL);
      way_row_builder_add_text (builder, worst->group);
      way_row_builder_add_int (builder, worst->n);
      way_row_builder_add_int (builder, tally->is_partial);
      way_row_builder_add_int (builder, item->is_new);
    }
  return way_row_builder_end (builder);
}

/* Fit and fairness of the items of one capability, as they are in force. */
static void
judge_capability (const WayQualityWork *work, guint capability, Figures *figures)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (WaySheet) sheet = NULL;
  g_autofree WayCurve *curves = NULL;
  g_autofree double *infit = NULL;
  g_autofree double *outfit = NULL;

  way_quality_work_list (work, capability, 1, WAY_QUALITY_ALL, numbers);
  sheet = way_quality_work_make_sheet (work, numbers);
  if (sheet == NULL)
    return;

  curves = copy_curves (work, numbers);
  infit = g_new0 (double, numbers->len);
  outfit = g_new0 (double, numbers->len);
  way_item_fit (sheet, curves, 0, 1, infit, outfit, NULL);
  for (guint i = 0; i < numbers->len; i++)
    {
      figures->infit[g_array_index (numbers, guint, i)] = infit[i];
      figures->outfit[g_array_index (numbers, guint, i)] = outfit[i];
    }
  find_worst (work, sheet, curves, numbers, figures->worst);
}

/* What is in force against what all answers say by now: answers that came since may have moved
 * it. Where there is nothing in force, or no figure, nothing is said. */
static void
watch_drift (const WayQualityWork *work, guint capability, Figures *figures)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (WayCalibration) now = NULL;
  gboolean has_measured = FALSE;

  way_quality_work_list (work, capability, WAY_QUALITY_ANSWERS, WAY_QUALITY_OLD, numbers);
  for (guint i = 0; i < numbers->len; i++)
    has_measured = has_measured || is_measured (work, g_array_index (numbers, guint, i));
  if (has_measured)
    now = way_quality_calibrate (work, capability, numbers, NULL, NULL, NULL, NULL);
  for (guint i = 0; now != NULL && i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);

      if (!is_measured (work, number))
        continue;
      figures->b[number] = now->curves[i].parameters.b;
      figures->sd[number] = now->se_b[i];
    }
}

static void
quality_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_auto (WayQualityWork) work = { 0 };
  g_autoptr (GError) error = NULL;
  Figures figures;
  WayQualityAsk *ask = task_data;

  if (!way_quality_work_load (&work, source, ask, cancellable, &error)
      || !count_odd (&work, cancellable, &ask->fit, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  figures_init (&figures, work.bank->items->len);
  for (guint c = 0; c < work.bank->n_capabilities; c++)
    {
      judge_capability (&work, c, &figures);
      watch_drift (&work, c, &figures);
    }
  g_task_return_pointer (task, list_items (&work, &figures), g_object_unref);
  figures_clear (&figures, work.bank->items->len);
}

/* private: asks the trust, for an analyst */
void
way_quality_begin (WaySession *self,
                   gpointer tag,
                   WayQualityProgress progress,
                   GTaskThreadFunc func,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  WayQualityAsk *ask;

  if (way_session_refuse_others (self, task, WAY_ROLE_ANALYST))
    return;
  ask = g_new0 (WayQualityAsk, 1);
  ask->uri = g_strdup (self->trust_uri);
  ask->person = g_strdup (way_session_get_person (self));
  ask->progress = progress;
  ask->user_data = user_data;
  ask->task = task;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  way_worker_run (self->read_worker, task, func);
}

/**
 * way_session_load_quality_async:
 *
 * How each item does; that it was read is written down.
 */
void
way_session_load_quality_async (WaySession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  way_quality_begin (self, way_session_load_quality_async, NULL, quality_thread, cancellable,
                     callback, user_data);
}

/**
 * way_session_load_quality_finish:
 * @fit: (out): how many people's answers follow the usual pattern
 *
 * Returns: (transfer full): the rows; %NULL where they could not be had
 */
GListModel *
way_session_load_quality_finish (WaySession *self,
                                 GAsyncResult *result,
                                 WayQualityFit *fit,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (fit != NULL, NULL);

  if (g_task_get_task_data (G_TASK (result)) != NULL)
    *fit = ((const WayQualityAsk *) g_task_get_task_data (G_TASK (result)))->fit;
  return g_task_propagate_pointer (G_TASK (result), error);
}
