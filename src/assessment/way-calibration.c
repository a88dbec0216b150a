/* way-calibration.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-calibration-private.h"

#include <math.h>
#include <string.h>

#include "assessment/way-item-fit.h"

/**
 * way_calibration_error_quark:
 *
 * Returns: the domain of what keeps questions from being calibrated
 */
GQuark
way_calibration_error_quark (void)
{
  return g_quark_from_static_string ("way-calibration-error-quark");
}

/**
 * way_calibration_plan_init:
 * @plan: (out): what is usual for @model: no priors, mean 0, variance 1 but for Rasch
 */
void
way_calibration_plan_init (WayCalibrationPlan *plan, WayModel model)
{
  g_return_if_fail (plan != NULL);

  memset (plan, 0, sizeof *plan);
  plan->model = model;
  plan->sd = 1;
  plan->is_sd_free = model == WAY_MODEL_RASCH;
}

static char *
dup_name (const WayCalibrationPlan *plan, guint item)
{
  if (plan->names != NULL)
    return g_strdup (plan->names[item]);
  return g_strdup_printf ("%u", item + 1);
}

static WayCalibration *
calibration_new (guint n_items)
{
  WayCalibration *self = g_new0 (WayCalibration, 1);

  self->n_items = n_items;
  self->curves = g_new0 (WayCurve, n_items);
  self->se_a = g_new0 (double, n_items);
  self->se_b = g_new0 (double, n_items);
  self->infit = g_new0 (double, n_items);
  self->outfit = g_new0 (double, n_items);
  self->n = g_new0 (guint, n_items);

  return self;
}

/**
 * way_calibration_free:
 * @self: (transfer full) (nullable): a calibration
 */
void
way_calibration_free (WayCalibration *self)
{
  if (self == NULL)
    return;

  g_free (self->curves);
  g_free (self->se_a);
  g_free (self->se_b);
  g_free (self->infit);
  g_free (self->outfit);
  g_free (self->n);
  g_free (self);
}

/* Starting values, and whether the answers can carry an estimate at all. */
static gboolean
begin (const WaySheet *sheet,
       const WayCalibrationPlan *plan,
       WayCalibration *result,
       GError **error)
{
  g_autofree double *right = g_new0 (double, sheet->n_items);

  for (guint i = 0; i < sheet->n_answers; i++)
    {
      if (sheet->score[i] != 0 && sheet->score[i] != 1)
        {
          g_set_error (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_DATA,
                       "A calibration takes scores of 0 and 1, not %g", sheet->score[i]);
          return FALSE;
        }
      right[sheet->item[i]] += sheet->score[i];
      result->n[sheet->item[i]]++;
    }

  for (guint i = 0; i < sheet->n_items; i++)
    {
      const WayKnown *known = plan->known != NULL ? &plan->known[i] : NULL;
      WayParameters *p = &result->curves[i].parameters;
      double share = (right[i] + .5) / (result->n[i] + 1);

      *p = (WayParameters){ 1, 0, known != NULL ? known->c : 0, 1 };
      if (known != NULL && known->is_anchor)
        {
          p->a = known->a;
          p->b = known->b;
          continue;
        }
      if (known != NULL && known->is_slope_known && plan->model == WAY_MODEL_2PL)
        p->a = known->a;
      if (known != NULL && known->sd_b > 0)
        {
          p->b = known->b;
          continue;
        }
      if (right[i] <= 0 || right[i] >= result->n[i])
        {
          g_autofree char *name = dup_name (plan, i);

          g_set_error (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_EXTREME,
                       "Item “%s” has %u answers, %s: they give it no difficulty. Leave it out, "
                       "or use map with a prior",
                       name, result->n[i],
                       result->n[i] == 0 ? "none at all"
                       : right[i] <= 0   ? "all of them wrong"
                                         : "all of them right");
          return FALSE;
        }
      share = CLAMP ((share - p->c) / (1 - p->c), .02, .98);
      p->b = plan->mean - log (share / (1 - share));
    }

  return TRUE;
}

static gboolean
fit_marginal (const WaySheet *sheet,
              const WayCalibrationPlan *plan,
              WayCalibration *result,
              GCancellable *cancellable,
              GError **error)
{
  gsize room = (gsize) sheet->n_items * WAY_NODES;
  g_autofree double *log_right = g_new0 (double, room);
  g_autofree double *log_wrong = g_new0 (double, room);
  g_autofree double *right = g_new0 (double, room);
  g_autofree double *all = g_new0 (double, room);
  WayFit fit = { sheet, plan, result->curves, plan->mean, plan->sd };

  fit.log_right = log_right;
  fit.log_wrong = log_wrong;
  fit.right = right;
  fit.all = all;
  if (!way_fit_climb (&fit, &result->rounds, cancellable, error))
    return FALSE;

  way_fit_set_nodes (&fit);
  way_fit_tabulate (&fit);
  result->log_likelihood = way_fit_expect (&fit);
  result->mean = fit.mean;
  result->variance = fit.sd * fit.sd;
  if (!way_fit_get_errors (&fit, result->se_a, result->se_b))
    {
      g_set_error_literal (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_NOT_FOUND,
                           "The answers do not tell these parameters apart: no standard errors");
      return FALSE;
    }

  return TRUE;
}

/* The group of a conditional fit, once its difficulties stand. */
static gboolean
fit_group (const WaySheet *sheet, WayCalibration *result, GCancellable *cancellable, GError **error)
{
  g_autofree WayKnown *known = g_new0 (WayKnown, sheet->n_items);
  g_autoptr (WayCalibration) group = calibration_new (sheet->n_items);
  WayCalibrationPlan plan;

  way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
  plan.is_mean_free = TRUE;
  plan.known = known;
  for (guint i = 0; i < sheet->n_items; i++)
    known[i] = (WayKnown){ TRUE, 1, result->curves[i].parameters.b, 0, 0 };
  if (!begin (sheet, &plan, group, error)
      || !fit_marginal (sheet, &plan, group, cancellable, error))
    return FALSE;
  result->mean = group->mean;
  result->variance = group->variance;

  return TRUE;
}

/**
 * way_calibration_run:
 * @sheet: scores of 0 and 1
 * @plan: the model and what is known before
 * @error: %WAY_CALIBRATION_ERROR, or why it was cancelled
 *
 * Measures items from everybody's answers. Answers that were not asked are ignorable.
 *
 * Marginal: EM over 61 nodes, six SDs to each side of the group's mean, with the priors in
 * @plan. Conditional: for the Rasch model, by symmetric functions; people need not have
 * the same items, as long as items are linked by people; difficulties sum to 0.
 *
 * Standard errors are from the observed information of all that is free. Infit and outfit
 * are integrated over each person's posterior, so that 1 is expected at any length.
 *
 * Returns: (transfer full) (nullable): the items
 */
WayCalibration *
way_calibration_run (const WaySheet *sheet,
                     const WayCalibrationPlan *plan,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (WayCalibration) result = NULL;

  g_return_val_if_fail (sheet != NULL && plan != NULL, NULL);
  g_return_val_if_fail (plan->sd > 0, NULL);
  g_return_val_if_fail (!plan->is_conditional || plan->model == WAY_MODEL_RASCH, NULL);

  result = calibration_new (sheet->n_items);
  if (sheet->n_people == 0 || sheet->n_answers == 0)
    {
      g_set_error_literal (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_DATA,
                           "There are no answers to calibrate from");
      return NULL;
    }
  if (!begin (sheet, plan, result, error))
    return NULL;
  if (plan->is_conditional)
    {
      if (!way_conditional_fit (sheet, plan, result, cancellable, error)
          || !fit_group (sheet, result, cancellable, error))
        return NULL;
    }
  else if (!fit_marginal (sheet, plan, result, cancellable, error))
    return NULL;

  way_item_fit (sheet, result->curves, result->mean, sqrt (result->variance), result->infit,
                result->outfit, NULL);

  return g_steal_pointer (&result);
}
