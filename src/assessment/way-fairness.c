/* way-fairness.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-fairness.h"

#include <math.h>
#include <string.h>

/* How wide the bands are in which people count as alike. */
#define BAND .25
#define N_BANDS 49 /* from -6 to 6, middles at the quarters */
#define DELTA 2.35
#define SIGNIFICANT 1.959963984540054

/* Right and wrong answers of both groups in one band. */
typedef struct
{
  double right[2];
  double wrong[2];
} Band;

/**
 * way_fairness_compare:
 * @sheet: scores of 0 and 1
 * @places: (array): of each person on the scale, from all of their answers
 * @groups: (array): of each person; below 0 for none
 * @item: which
 * @reference: a group
 * @focal: another
 * @result: (out): the comparison
 *
 * Mantel and Haenszel's common odds ratio over bands of a quarter of a logit, with Robins,
 * Breslow and Greenland's variance. Classes as ETS has them: B where |Δ| ≥ 1, C where
 * |Δ| ≥ 1.5, both only where it differs significantly (5 %) from 0.
 */
void
way_fairness_compare (const WaySheet *sheet,
                      const double *places,
                      const int *groups,
                      guint item,
                      int reference,
                      int focal,
                      WayFairness *result)
{
  Band bands[N_BANDS] = { { { 0 } } };
  double r = 0;
  double s = 0;
  double pr = 0;
  double ps_qr = 0;
  double qs = 0;
  double distance;

  g_return_if_fail (sheet != NULL && places != NULL && groups != NULL);
  g_return_if_fail (item < sheet->n_items);
  g_return_if_fail (result != NULL);

  memset (result, 0, sizeof *result);
  result->grade = 'A';
  for (guint v = 0; v < sheet->n_people; v++)
    {
      Band *band;

      if (groups[v] < 0 || (groups[v] != reference && groups[v] != focal))
        continue;
      band = &bands[(guint) CLAMP (rint (places[v] / BAND) + N_BANDS / 2, 0, N_BANDS - 1)];
      for (guint k = sheet->start[v]; k < sheet->start[v + 1]; k++)
        {
          guint side = groups[v] == focal;

          if (sheet->item[k] != item)
            continue;
          if (sheet->score[k] > .5)
            band->right[side]++;
          else
            band->wrong[side]++;
          if (side == 0)
            result->n_reference++;
          else
            result->n_focal++;
        }
    }
  if (MIN (result->n_reference, result->n_focal) < WAY_FAIRNESS_FIGURE)
    return;

  for (guint k = 0; k < N_BANDS; k++)
    {
      const Band *band = &bands[k];
      double n = band->right[0] + band->wrong[0] + band->right[1] + band->wrong[1];
      double own_r;
      double own_s;
      double p;

      if (n <= 0)
        continue;
      own_r = band->right[0] * band->wrong[1] / n;
      own_s = band->wrong[0] * band->right[1] / n;
      p = (band->right[0] + band->wrong[1]) / n;
      r += own_r;
      s += own_s;
      pr += p * own_r;
      ps_qr += p * own_s + (1 - p) * own_r;
      qs += (1 - p) * own_s;
    }
  if (r <= 0 || s <= 0)
    return;

  result->is_known = TRUE;
  result->alpha = r / s;
  result->delta = -DELTA * log (result->alpha);
  result->se = DELTA * sqrt (pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s));
  distance = fabs (result->delta);
  if (distance >= 1 && distance > SIGNIFICANT * result->se)
    result->grade = distance >= 1.5 ? 'C' : 'B';
}
