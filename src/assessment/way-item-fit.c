/* way-item-fit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-item-fit.h"

#include <math.h>

/* Policy: how far a difficulty may move before somebody looks at the item. */
#define DRIFT_SES 2.58
#define DRIFT_LOGITS .5

/**
 * way_item_fit:
 * @sheet: answers
 * @curves: (array): of the items
 * @mean: of the group
 * @sd: of the group
 * @infit: (out) (array): mean square of the residuals, weighted by information
 * @outfit: (out) (array): mean square of the standardised residuals
 * @n: (out) (array) (nullable): answers of each item
 *
 * Residuals are integrated over each person's posterior rather than taken at a point:
 * with few answers a point estimate is pulled by the very answer that it is to judge, and
 * its mean squares are not 1 even where the model holds. NaN where there is no answer.
 */
void
way_item_fit (const WaySheet *sheet,
              const WayCurve *curves,
              double mean,
              double sd,
              double *infit,
              double *outfit,
              guint *n)
{
  const double step = 2 * WAY_SCALE_END / (WAY_SCALE_NODES - 1);
  g_autofree WayScored *answers = NULL;
  g_autofree WayCurve *moved = NULL;
  g_autofree double *expected = NULL;
  g_autofree double *variance = NULL;
  g_autofree double *above = NULL;
  g_autofree guint *counts = NULL;

  g_return_if_fail (sheet != NULL && curves != NULL);
  g_return_if_fail (sd > 0);
  g_return_if_fail (infit != NULL && outfit != NULL);

  answers = g_new0 (WayScored, MAX (sheet->n_items, 1));
  moved = g_memdup2 (curves, sizeof *curves * sheet->n_items);
  expected = g_new0 (double, (gsize) sheet->n_items *WAY_SCALE_NODES);
  variance = g_new0 (double, (gsize) sheet->n_items *WAY_SCALE_NODES);
  above = g_new0 (double, sheet->n_items);
  counts = g_new0 (guint, sheet->n_items);

  for (guint i = 0; i < sheet->n_items; i++)
    {
      /* On the scale where the group is standard: its nodes are then those of the group. */
      moved[i].parameters.a *= sd;
      moved[i].parameters.b = (curves[i].parameters.b - mean) / sd;
      for (guint k = 0; k < curves[i].n_steps; k++)
        moved[i].steps[k] = (curves[i].steps[k] - mean) / sd;
      for (guint q = 0; q < WAY_SCALE_NODES; q++)
        {
          gsize at = (gsize) i * WAY_SCALE_NODES + q;

          expected[at] = way_curve_get_expected (&moved[i], -WAY_SCALE_END + q * step,
                                                 &variance[at]);
        }
      infit[i] = outfit[i] = 0;
    }

  for (guint v = 0; v < sheet->n_people; v++)
    {
      double weights[WAY_SCALE_NODES];
      guint n_answers = way_sheet_get_answers (sheet, v, moved, answers);

      if (n_answers == 0)
        continue;
      way_scale_get_posterior (answers, n_answers, 0, 1, weights);
      for (guint k = sheet->start[v]; k < sheet->start[v + 1]; k++)
        {
          guint i = sheet->item[k];

          counts[i]++;
          for (guint q = 0; q < WAY_SCALE_NODES; q++)
            {
              gsize at = (gsize) i * WAY_SCALE_NODES + q;
              double away = sheet->score[k] - expected[at];

              above[i] += weights[q] * away * away;
              infit[i] += weights[q] * variance[at];
              if (variance[at] > 0)
                outfit[i] += weights[q] * away * away / variance[at];
            }
        }
    }

  for (guint i = 0; i < sheet->n_items; i++)
    {
      infit[i] = counts[i] > 0 ? above[i] / infit[i] : NAN;
      outfit[i] = counts[i] > 0 ? outfit[i] / counts[i] : NAN;
      if (n != NULL)
        n[i] = counts[i];
    }
}

/**
 * way_item_has_drifted:
 * @z: (out) (optional): the difference in standard errors
 *
 * Returns: whether an item's difficulty has moved so much, and so surely, that somebody
 *   should look at it: more than 2.58 standard errors and more than half a logit
 */
gboolean
way_item_has_drifted (double b_old, double b_new, double se_old, double se_new, double *z)
{
  double se = sqrt (se_old * se_old + se_new * se_new);
  double away = se > 0 ? (b_new - b_old) / se : 0;

  if (z != NULL)
    *z = away;

  return fabs (away) > DRIFT_SES && fabs (b_new - b_old) > DRIFT_LOGITS;
}
