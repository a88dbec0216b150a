/* ctl-irt-fit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>

#include "assessment/way-fairness.h"
#include "assessment/way-item-fit.h"

/* What fit and dif begin with: answers, and the items as the bank has them, or else as a
 * Rasch model of these answers. */
typedef struct
{
  char *bank_path;
  char *responses_path;
  char *format;
  double mean;
  double sd;
  CtlBank *bank;
  CtlResponses *responses;
  WayCalibration *calibration;
  const WayCurve *curves;
} Analysis;

static void
analysis_clear (Analysis *analysis)
{
  g_free (analysis->bank_path);
  g_free (analysis->responses_path);
  g_free (analysis->format);
  g_clear_pointer (&analysis->responses, ctl_responses_free);
  g_clear_pointer (&analysis->bank, ctl_bank_free);
  g_clear_pointer (&analysis->calibration, way_calibration_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, analysis_clear)

static int
analysis_read (Analysis *analysis)
{
  g_autoptr (GError) error = NULL;

  if (!isfinite (analysis->mean) || !isfinite (analysis->sd) || analysis->sd <= 0)
    {
      ctl_fail_text ("--prior-sd must be above 0, and --prior-mean a number");
      return CTL_USAGE;
    }
  if (analysis->bank_path != NULL)
    {
      analysis->bank = ctl_bank_read (analysis->bank_path, FALSE, &error);
      if (analysis->bank == NULL)
        return ctl_fail (error);
    }
  analysis->responses = ctl_responses_read (analysis->responses_path, analysis->bank, &error);
  if (analysis->responses == NULL)
    return ctl_fail (error);
  if (analysis->bank != NULL)
    analysis->curves = (const WayCurve *) analysis->bank->curves->data;
  else
    {
      WayCalibrationPlan plan;

      way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
      plan.names = (const char *const *) analysis->responses->items->names->pdata;
      analysis->calibration = way_calibration_run (analysis->responses->sheet, &plan, NULL, &error);
      if (analysis->calibration == NULL)
        {
          g_prefix_error (&error, "%s: ", analysis->responses_path);
          return ctl_fail (error);
        }
      analysis->curves = analysis->calibration->curves;
      analysis->mean = analysis->calibration->mean;
      analysis->sd = sqrt (analysis->calibration->variance);
    }
  return CTL_DONE;
}

/**
 * ctl_irt_fit:
 *
 * How well each item fits its model.
 */
int
ctl_irt_fit (int argc, char **argv)
{
  const char *const columns[] = { "item", "infit", "outfit", "n", NULL };
  g_auto (Analysis) analysis = { .sd = 1 };
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &analysis.bank_path, NULL, NULL },
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &analysis.responses_path, NULL, NULL },
    { "prior-mean", 0, 0, G_OPTION_ARG_DOUBLE, &analysis.mean, NULL, NULL },
    { "prior-sd", 0, 0, G_OPTION_ARG_DOUBLE, &analysis.sd, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &analysis.format, NULL, NULL },
    { NULL },
  };
  g_autoptr (CtlOutput) output = NULL;
  g_autofree double *infit = NULL;
  g_autofree double *outfit = NULL;
  g_autofree guint *n = NULL;
  gboolean is_json;
  guint n_items;
  int status;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (analysis.format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || analysis.responses_path == NULL)
    return ctl_usage ();
  status = analysis_read (&analysis);
  if (status != CTL_DONE)
    return status;

  n_items = analysis.responses->sheet->n_items;
  infit = g_new0 (double, n_items);
  outfit = g_new0 (double, n_items);
  n = g_new0 (guint, n_items);
  way_item_fit (analysis.responses->sheet, analysis.curves, analysis.mean, analysis.sd, infit,
                outfit, n);
  output = ctl_output_new (columns);
  for (guint i = 0; i < n_items; i++)
    {
      ctl_output_add_text (output, ctl_names_get (analysis.responses->items, i));
      ctl_output_add_number (output, infit[i]);
      ctl_output_add_number (output, outfit[i]);
      ctl_output_add_number (output, n[i]);
    }
  ctl_output_print (output, "items", is_json);
  return CTL_DONE;
}

/* The group of each person, -1 for none. */
static int *
read_groups (const char *path,
             const char *question,
             const CtlNames *people,
             CtlNames *groups,
             GError **error)
{
  const char *const needed[] = { "person", "group", NULL };
  g_autoptr (CtlTable) table = ctl_table_read (path, needed, error);
  g_autoptr (CtlNames) seen = ctl_names_new ();
  g_autofree int *of = g_new (int, people->names->len);

  if (table == NULL)
    return NULL;
  for (guint v = 0; v < people->names->len; v++)
    of[v] = -1;
  for (guint row = 0; row < table->rows->len; row++)
    {
      const char *person = ctl_table_get_name (table, row, ctl_table_find (table, "person"), error);
      const char *group = ctl_table_get (table, row, ctl_table_find (table, "group"));
      int number;

      if (person == NULL)
        return NULL;
      if (question != NULL
          && !g_str_equal (ctl_table_get (table, row, ctl_table_find (table, "question")),
                           question))
        continue;
      if (ctl_names_find (seen, person) >= 0)
        {
          ctl_table_fail (table, row, error, "“%s” is there twice", person);
          return NULL;
        }
      ctl_names_take (seen, person);
      number = ctl_names_find (people, person);
      /* Whoever keeps it to themselves is in no group. */
      if (number >= 0 && *group != '\0')
        of[number] = ctl_names_take (groups, group);
    }
  if (groups->names->len < 2)
    {
      g_set_error (error, CTL_TABLE_ERROR, 0,
                   "%s: people who have answered are in %u group%s; two are needed", path,
                   groups->names->len, groups->names->len == 1 ? "" : "s");
      return NULL;
    }
  return g_steal_pointer (&of);
}

static guint
find_largest (const int *of, guint n_people, guint n_groups)
{
  g_autofree guint *counts = g_new0 (guint, n_groups);
  guint largest = 0;

  for (guint v = 0; v < n_people; v++)
    if (of[v] >= 0)
      counts[of[v]]++;
  for (guint g = 1; g < n_groups; g++)
    if (counts[g] > counts[largest])
      largest = g;
  return largest;
}

static void
print_dif (const Analysis *analysis,
           const int *of,
           const CtlNames *groups,
           guint reference,
           gboolean is_json)
{
  const char *const columns[] = { "item", "group", "alpha", "delta", "se", "class", "n", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  const WaySheet *sheet = analysis->responses->sheet;
  g_autofree WayScored *answers = g_new0 (WayScored, sheet->n_items);
  g_autofree double *places = g_new0 (double, sheet->n_people);

  for (guint v = 0; v < sheet->n_people; v++)
    {
      guint n = way_sheet_get_answers (sheet, v, analysis->curves, answers);
      WayPlace place;

      way_scale_estimate (answers, n, WAY_METHOD_EAP, analysis->mean, analysis->sd, &place);
      places[v] = place.theta;
    }
  for (guint i = 0; i < sheet->n_items; i++)
    for (guint g = 0; g < groups->names->len; g++)
      {
        WayFairness fairness;
        char grade[2] = { 0 };

        if (g == reference)
          continue;
        way_fairness_compare (sheet, places, of, i, reference, g, &fairness);
        /* Of partly right answers this says nothing. */
        if (analysis->curves[i].n_steps > 0)
          fairness.is_known = FALSE;
        grade[0] = fairness.is_known ? fairness.grade : '\0';
        ctl_output_add_text (output, ctl_names_get (analysis->responses->items, i));
        ctl_output_add_text (output, ctl_names_get (groups, g));
        ctl_output_add_number (output, fairness.is_known ? fairness.alpha : NAN);
        ctl_output_add_number (output, fairness.is_known ? fairness.delta : NAN);
        ctl_output_add_number (output, fairness.is_known ? fairness.se : NAN);
        ctl_output_add_text (output, grade);
        ctl_output_add_number (output, fairness.n_reference + fairness.n_focal);
      }
  ctl_output_print (output, "items", is_json);
}

/**
 * ctl_irt_dif:
 *
 * Whether items are as hard for one group as for another.
 */
int
ctl_irt_dif (int argc, char **argv)
{
  g_auto (Analysis) analysis = { .sd = 1 };
  g_autofree char *groups_path = NULL;
  g_autofree char *question = NULL;
  g_autofree char *reference_name = NULL;
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &analysis.bank_path, NULL, NULL },
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &analysis.responses_path, NULL, NULL },
    { "groups", 0, 0, G_OPTION_ARG_FILENAME, &groups_path, NULL, NULL },
    { "question", 0, 0, G_OPTION_ARG_STRING, &question, NULL, NULL },
    { "reference", 0, 0, G_OPTION_ARG_STRING, &reference_name, NULL, NULL },
    { "prior-mean", 0, 0, G_OPTION_ARG_DOUBLE, &analysis.mean, NULL, NULL },
    { "prior-sd", 0, 0, G_OPTION_ARG_DOUBLE, &analysis.sd, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &analysis.format, NULL, NULL },
    { NULL },
  };
  g_autoptr (CtlNames) groups = ctl_names_new ();
  g_autoptr (GError) error = NULL;
  g_autofree int *of = NULL;
  gboolean is_json;
  int reference;
  int status;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (analysis.format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || analysis.responses_path == NULL || groups_path == NULL)
    return ctl_usage ();
  status = analysis_read (&analysis);
  if (status != CTL_DONE)
    return status;
  of = read_groups (groups_path, question, analysis.responses->people, groups, &error);
  if (of == NULL)
    return ctl_fail (error);
  reference = reference_name != NULL ? ctl_names_find (groups, reference_name)
                                     : (int) find_largest (of, analysis.responses->sheet->n_people,
                                                           groups->names->len);
  if (reference < 0)
    return ctl_fail_text ("%s: nobody who has answered is in the group “%s”", groups_path,
                          reference_name);
  print_dif (&analysis, of, groups, reference, is_json);
  return CTL_DONE;
}
