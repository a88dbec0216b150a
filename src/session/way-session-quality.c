/* way-session-quality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-quality.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assessment/way-calibration.h"
#include "assessment/way-fairness.h"
#include "assessment/way-item-fit.h"
#include "assessment/way-trust.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"
#include "session/way-sitting-log.h"
#include "sync/way-extract.h"

/* How the questions do, for an analyst. Everything comes from the extract; the people of it
 * have no names, and it is thrown away with the answer. */

#define VERSIONS                                                                                   \
  "SELECT count(DISTINCT body ->> 'version') AS n FROM readable WHERE kind = 'item_parameter' "    \
  "AND body ->> 'pack' = CAST($1 AS text)"

typedef struct
{
  char *uri;
  char *person;
  WayQualityProgress progress; /* (nullable) */
  gpointer user_data;
  GTask *task; /* (borrowed) */
  WayQualityFit fit;
} Ask;

typedef struct
{
  guint n;
  double right;   /* sum of the shares of the most */
  double seconds; /* sum */
  gboolean is_partial;
} Tally;

/* The extract beside the bank that new sittings use. */
typedef struct
{
  WayStore *trust;
  WayExtract *extract;
  WayBank *bank;
  WayBank *authored;  /* the same items as their authors judged them */
  GHashTable *people; /* pseudonym to number + 1 */
  Tally *tallies;     /* of each item of the bank */
} Work;

static void
ask_free (Ask *self)
{
  g_free (self->uri);
  g_free (self->person);
  g_free (self);
}

static void
work_clear (Work *self)
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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
work_load (
    Work *self, WaySession *session, const Ask *ask, GCancellable *cancellable, GError **error)
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
  self->tallies = g_new0 (Tally, self->bank->items->len);
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

/* The answers to some items of one capability; numbers[i] is their place in the bank. */
static WaySheet *
make_sheet (const Work *self, guint capability, guint least, GArray *numbers)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autofree int *place = g_new (int, self->bank->items->len);
  guint n_people = g_hash_table_size (self->people);

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];

      place[i] = -1;
      if (item->capability == capability && self->tallies[i].n >= least
          && !self->tallies[i].is_partial)
        {
          place[i] = (int) numbers->len;
          g_array_append_val (numbers, i);
        }
    }
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
  if (numbers->len == 0)
    return NULL;
  return way_sheet_new (n_people, numbers->len, (const WaySheetEntry *) entries->data,
                        entries->len);
}

static WayCurve *
copy_curves (const Work *self, GArray *numbers)
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
group_people (const Work *self, const char *question, GPtrArray *names, GArray *counts)
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
compare_groups (const Work *self,
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
        g_free (item->group);
        item->group = g_strdup_printf ("%s: %s", question, (const char *) names->pdata[g]);
      }
}

static void
find_worst (
    const Work *self, const WaySheet *sheet, const WayCurve *curves, GArray *numbers, Worst *worst)
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
count_odd (const Work *self, GCancellable *cancellable, WayQualityFit *fit, GError **error)
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

static GListStore *
list_items (const Work *self, const double *infit, const double *outfit, const Worst *worst)
{
  static const char *const columns[] = { "item",    "capability", "level",    "n",         "share",
                                         "seconds", "exposure",   "author_b", "author_sd", "b",
                                         "sd",      "measured",   "drift",    "infit",     "outfit",
                                         "dif",     "dif_group",  "partial",  NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  guint n_people = g_hash_table_size (self->people);

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];
      const Tally *tally = &self->tallies[i];
      const WayBankItem *judged = self->authored->items->pdata[i];
      double b = item->curve.parameters.b;
      double author_b = judged->curve.parameters.b;
      gboolean is_measured = b != author_b || item->sd_b != judged->sd_b;
      const char grade[] = { worst[i].grade, '\0' };
      double z;
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
      way_row_builder_add_int (builder, is_measured);
      way_row_builder_add_int (builder, is_measured
                                            && way_item_has_drifted (author_b, b, judged->sd_b,
                                                                     item->sd_b, &z));
      way_row_builder_add_number (builder, infit[i]);
      way_row_builder_add_number (builder, outfit[i]);
      way_row_builder_add_text (builder, worst[i].grade != 0 ? grade : NULL);
      way_row_builder_add_text (builder, worst[i].group);
      way_row_builder_add_int (builder, tally->is_partial);
    }
  return way_row_builder_end (builder);
}

static void
quality_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_auto (Work) work = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree double *infit = NULL;
  g_autofree double *outfit = NULL;
  g_autofree Worst *worst = NULL;
  guint n_items;
  Ask *ask = task_data;

  if (!work_load (&work, source, ask, cancellable, &error)
      || !count_odd (&work, cancellable, &ask->fit, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  n_items = work.bank->items->len;
  infit = g_new (double, n_items);
  outfit = g_new (double, n_items);
  worst = g_new0 (Worst, n_items);
  for (guint i = 0; i < n_items; i++)
    infit[i] = outfit[i] = NAN;
  for (guint c = 0; c < work.bank->n_capabilities; c++)
    {
      g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (WaySheet) sheet = make_sheet (&work, c, 1, numbers);
      g_autofree WayCurve *curves = copy_curves (&work, numbers);
      g_autofree double *in = g_new0 (double, numbers->len);
      g_autofree double *out = g_new0 (double, numbers->len);
      g_autofree guint *n = g_new0 (guint, numbers->len);

      if (sheet == NULL)
        continue;
      way_item_fit (sheet, curves, 0, 1, in, out, n);
      for (guint i = 0; i < numbers->len; i++)
        {
          infit[g_array_index (numbers, guint, i)] = in[i];
          outfit[g_array_index (numbers, guint, i)] = out[i];
        }
      find_worst (&work, sheet, curves, numbers, worst);
    }
  g_task_return_pointer (task, list_items (&work, infit, outfit, worst), g_object_unref);
  for (guint i = 0; i < n_items; i++)
    g_free (worst[i].group);
}

/* --- Calibrating ---------------------------------------------------------------------- */

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
  const Ask *ask = g_task_get_task_data (self->task);

  if (!g_task_get_completed (self->task))
    ask->progress (self->round, self->change, ask->user_data);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (guint round, double change, gpointer user_data)
{
  Ask *ask = user_data;
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

static WayCalibration *
calibrate (const Work *work,
           guint capability,
           GArray *numbers,
           Ask *ask,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (WaySheet) sheet = make_sheet (work, capability, WAY_QUALITY_ANSWERS, numbers);
  g_autofree WayKnown *known = g_new0 (WayKnown, numbers->len);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  WayCalibrationPlan plan;

  if (sheet == NULL)
    return NULL;
  for (guint i = 0; i < numbers->len; i++)
    {
      const WayBankItem *item = work->bank->items->pdata[g_array_index (numbers, guint, i)];

      guint n = work->tallies[g_array_index (numbers, guint, i)].n;

      known[i] = (WayKnown){ FALSE,
                             item->curve.parameters.a,
                             item->curve.parameters.b,
                             item->curve.parameters.c,
                             MAX (item->sd_b, .01),
                             n < WAY_QUALITY_SLOPE };
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
              const Work *work,
              guint number,
              const char *version,
              const WayCalibration *result,
              guint i)
{
  const WayBankItem *item = work->bank->items->pdata[number];
  const Tally *tally = &work->tallies[number];
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
  way_row_builder_add_int (builder, has_drifted);
  way_row_builder_add_int (builder, result == NULL);
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
count_ready (const Work *work)
{
  guint n = 0;

  for (guint i = 0; i < work->bank->items->len; i++)
    n += work->tallies[i].n >= WAY_QUALITY_ANSWERS && !work->tallies[i].is_partial;
  return n;
}

static void
calibrate_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "item",  "version", "n",        "old_b", "old_sd",
                                         "a",     "b",       "c",        "d",     "sd",
                                         "steps", "seconds", "exposure", "infit", "outfit",
                                         "drift", "kept",    NULL };
  g_auto (Work) work = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autofree gboolean *is_done = NULL;
  g_autofree char *version = NULL;

  if (!work_load (&work, source, task_data, cancellable, &error)
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
    {
      g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
      g_autoptr (WayCalibration)
          result = calibrate (&work, c, numbers, task_data, cancellable, &error);

      if (error != NULL)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      for (guint i = 0; i < numbers->len; i++)
        {
          guint number = g_array_index (numbers, guint, i);

          add_measured (builder, &work, number, version, result, i);
          is_done[number] = TRUE;
        }
    }
  /* What has too few answers is published as it was: a version says all that it knows. */
  for (guint i = 0; i < work.bank->items->len; i++)
    if (!is_done[i] && !((const WayBankItem *) work.bank->items->pdata[i])->is_new)
      add_measured (builder, &work, i, version, NULL, 0);
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

static void
begin (WaySession *self,
       gpointer tag,
       WayQualityProgress progress,
       GTaskThreadFunc func,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  Ask *ask;

  if (self->trust_uri == NULL || (self->roles & WAY_ROLE_ANALYST) == 0)
    {
      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                               _ ("Only an analyst sees this."));
      return;
    }
  ask = g_new0 (Ask, 1);
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

  begin (self, way_session_load_quality_async, NULL, quality_thread, cancellable, callback,
         user_data);
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
    *fit = ((const Ask *) g_task_get_task_data (G_TASK (result)))->fit;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_session_calibrate_async:
 * @progress: (nullable): called with @user_data on the main loop, until @callback is
 *
 * Measures each capability by MAP with what is known of its items as priors, the group
 * standard normal. Publishes nothing.
 */
void
way_session_calibrate_async (WaySession *self,
                             WayQualityProgress progress,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  begin (self, way_session_calibrate_async, progress, calibrate_thread, cancellable, callback,
         user_data);
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
