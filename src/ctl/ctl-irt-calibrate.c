/* ctl-irt-calibrate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

/* Priors or anchors, for the items that were answered. Says of each whether it was named. Authors
 * have judged a whole bank, so a prior may be of an item that nobody was asked; an anchor of which
 * nobody knows anything is more likely a slip, and is told. */
static gboolean
read_known (const char *path,
            gboolean is_anchors,
            const CtlNames *items,
            WayKnown *known,
            gboolean *is_named,
            GError **error)
{
  const char *const prior_columns[] = { "item", "b0", "sd0", NULL };
  const char *const anchor_columns[] = { "item", "a", "b", NULL };
  g_autoptr (CtlTable)
      table = ctl_table_read (path, is_anchors ? anchor_columns : prior_columns, error);
  g_autoptr (CtlNames) seen = ctl_names_new ();

  if (table == NULL)
    return FALSE;
  for (guint row = 0; row < table->rows->len; row++)
    {
      const char *name = ctl_table_get_name (table, row, ctl_table_find (table, "item"), error);
      int c_column = ctl_table_find (table, "c");
      double first;
      double second;
      double c = 0;
      int item;

      if (name == NULL)
        return FALSE;
      if (ctl_names_find (seen, name) >= 0)
        return ctl_table_fail (table, row, error, "the item “%s” is there twice", name);
      ctl_names_take (seen, name);
      if (!ctl_table_get_number (table, row, ctl_table_find (table, is_anchors ? "a" : "b0"),
                                 &first, error)
          || !ctl_table_get_number (table, row, ctl_table_find (table, is_anchors ? "b" : "sd0"),
                                    &second, error)
          || (c_column >= 0 && *ctl_table_get (table, row, c_column) != '\0'
              && !ctl_table_get_number (table, row, c_column, &c, error)))
        return FALSE;
      if (is_anchors ? first <= 0 : second <= 0)
        return ctl_table_fail (table, row, error, "%s of “%s” must be above 0",
                               is_anchors ? "a" : "sd0", name);
      if (c < 0 || c >= 1)
        return ctl_table_fail (table, row, error, "c of “%s” must be from 0 to below 1", name);
      item = ctl_names_find (items, name);
      if (item < 0)
        {
          if (is_anchors)
            g_printerr ("waymarkctl: %s:%u: nobody answered “%s”, so it anchors nothing\n", path,
                        g_array_index (table->lines, guint, row), name);
          continue;
        }
      is_named[item] = TRUE;
      known[item] = is_anchors ? (WayKnown){ TRUE, first, second, c, 0 }
                               : (WayKnown){ FALSE, 1, first, c, second };
    }
  return TRUE;
}

static gboolean
parse_model (const char *text, WayModel *model)
{
  static const char *const names[] = { "rasch", "1pl", "2pl" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *model = i;
        return TRUE;
      }
  return FALSE;
}

static void
print_calibration (const WayCalibration *result, const CtlNames *items, gboolean is_json)
{
  const char *const columns[] = { "item", "a", "b", "se_b", "infit", "outfit", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);

  for (guint i = 0; i < result->n_items; i++)
    {
      ctl_output_add_text (output, ctl_names_get (items, i));
      ctl_output_add_number (output, result->curves[i].parameters.a);
      ctl_output_add_number (output, result->curves[i].parameters.b);
      ctl_output_add_number (output, result->se_b[i]);
      ctl_output_add_number (output, result->infit[i]);
      ctl_output_add_number (output, result->outfit[i]);
    }
  ctl_output_add_total (output, "log-likelihood", "log_likelihood", result->log_likelihood);
  ctl_output_add_total (output, "mean", "mean", result->mean);
  ctl_output_add_total (output, "variance", "variance", result->variance);
  ctl_output_print (output, "items", is_json);
}

/* The answers. A bank says which items are worth points: those are not measured, and named. */
static CtlResponses *
read_answers (const char *path, const char *bank_path, GError **error)
{
  g_autoptr (GHashTable) left_out = NULL;
  g_autoptr (CtlBank) bank = NULL;
  g_autoptr (CtlResponses) responses = NULL;
  g_autoptr (GList) names = NULL;
  g_autoptr (GString) line = NULL;

  if (bank_path == NULL)
    return ctl_responses_read (path, NULL, error);
  bank = ctl_bank_read (bank_path, FALSE, error);
  if (bank == NULL)
    return NULL;
  left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  responses = ctl_responses_read_right_or_wrong (path, bank, left_out, error);
  if (responses == NULL || g_hash_table_size (left_out) == 0)
    return g_steal_pointer (&responses);

  names = g_list_sort (g_hash_table_get_keys (left_out), (GCompareFunc) strcmp);
  line = g_string_new (NULL);
  for (GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (line, " %s", (const char *) name->data);
  g_printerr ("waymarkctl: %s: left out, since items that are worth points are not measured:%s\n",
              path, line->str);
  return g_steal_pointer (&responses);
}

/**
 * ctl_irt_calibrate:
 *
 * Measures items from answers.
 */
int
ctl_irt_calibrate (int argc, char **argv)
{
  g_autofree char *responses_path = NULL;
  g_autofree char *model_name = NULL;
  g_autofree char *method = NULL;
  g_autofree char *priors = NULL;
  g_autofree char *anchors = NULL;
  g_autofree char *bank_path = NULL;
  g_autofree char *format = NULL;
  double mean = 0;
  double sd = NAN;
  const GOptionEntry entries[] = {
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &responses_path, NULL, NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &model_name, NULL, NULL },
    { "method", 0, 0, G_OPTION_ARG_STRING, &method, NULL, NULL },
    { "priors", 0, 0, G_OPTION_ARG_FILENAME, &priors, NULL, NULL },
    { "anchors", 0, 0, G_OPTION_ARG_FILENAME, &anchors, NULL, NULL },
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &bank_path, NULL, NULL },
    { "prior-mean", 0, 0, G_OPTION_ARG_DOUBLE, &mean, NULL, NULL },
    { "prior-sd", 0, 0, G_OPTION_ARG_DOUBLE, &sd, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CtlResponses) responses = NULL;
  g_autoptr (WayCalibration) result = NULL;
  g_autofree WayKnown *known = NULL;
  g_autofree gboolean *has_prior = NULL;
  g_autofree gboolean *is_anchor = NULL;
  WayCalibrationPlan plan;
  WayModel model;
  gboolean is_map;
  gboolean is_json;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || responses_path == NULL || model_name == NULL)
    return ctl_usage ();
  if (!parse_model (model_name, &model))
    {
      ctl_fail_text ("there is no model “%s”; rasch, 1pl and 2pl are", model_name);
      return CTL_USAGE;
    }
  is_map = g_strcmp0 (method, "map") == 0;
  way_calibration_plan_init (&plan, model);
  plan.is_conditional = g_strcmp0 (method, "cml") == 0;
  if (method != NULL && !is_map && !plan.is_conditional && !g_str_equal (method, "mml"))
    {
      ctl_fail_text ("there is no method “%s”; mml, cml and map are", method);
      return CTL_USAGE;
    }
  if (is_map != (priors != NULL))
    {
      ctl_fail_text ("map is what has --priors, and needs them");
      return CTL_USAGE;
    }
  if (plan.is_conditional && (model != WAY_MODEL_RASCH || anchors != NULL))
    {
      ctl_fail_text ("cml is for the model rasch, without anchors");
      return CTL_USAGE;
    }
  if (!isfinite (mean) || (!isnan (sd) && (!isfinite (sd) || sd <= 0)))
    {
      ctl_fail_text ("--prior-sd must be above 0, and --prior-mean a number");
      return CTL_USAGE;
    }

  responses = read_answers (responses_path, bank_path, &error);
  if (responses == NULL)
    return ctl_fail (error);
  known = g_new0 (WayKnown, responses->sheet->n_items);
  has_prior = g_new0 (gboolean, responses->sheet->n_items);
  is_anchor = g_new0 (gboolean, responses->sheet->n_items);
  if (priors != NULL && !read_known (priors, FALSE, responses->items, known, has_prior, &error))
    return ctl_fail (error);
  if (anchors != NULL && !read_known (anchors, TRUE, responses->items, known, is_anchor, &error))
    return ctl_fail (error);
  for (guint i = 0, n_anchors = 0; i < responses->sheet->n_items; i++)
    {
      const char *name = ctl_names_get (responses->items, i);

      n_anchors += is_anchor[i];
      if (is_map && !has_prior[i] && !is_anchor[i])
        return ctl_fail_text ("%s: there is no prior for the item “%s”", priors, name);
      if (anchors != NULL && i == responses->sheet->n_items - 1 && n_anchors == 0)
        return ctl_fail_text ("%s: none of these items was answered", anchors);
    }

  plan.known = known;
  plan.names = (const char *const *) responses->items->names->pdata;
  plan.has_slope_prior = is_map;
  plan.mean = mean;
  /* With author priors the group is standard, since the priors fix the scale; with
   * anchors it is wherever it is. */
  plan.is_mean_free = anchors != NULL;
  plan.is_sd_free = anchors != NULL || (model == WAY_MODEL_RASCH && !is_map && isnan (sd));
  plan.sd = isnan (sd) ? 1 : sd;
  result = way_calibration_run (responses->sheet, &plan, NULL, &error);
  if (result == NULL)
    {
      g_prefix_error (&error, "%s: ", responses_path);
      return ctl_fail (error);
    }
  print_calibration (result, responses->items, is_json);
  return CTL_DONE;
}
