/* way-standard.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-standard.h"

#include <math.h>
#include <string.h>

#define END 12.0

/* The expected share of the highest score of all items. */
static double
get_share (const WayCurve *curves, guint n, double theta)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += way_curve_get_expected (&curves[i], theta, NULL) / way_curve_get_most (&curves[i]);

  return sum / n;
}

/* Where the expected share is @share; NaN where it is nowhere so low or so high. */
static double
find_place (const WayCurve *curves, guint n, double share)
{
  double low = -END;
  double high = END;

  if (share <= get_share (curves, n, low) || share >= get_share (curves, n, high))
    return NAN;
  while (high - low > 1e-12)
    {
      double middle = (low + high) / 2;

      if (middle <= low || middle >= high)
        break;
      if (get_share (curves, n, middle) < share)
        low = middle;
      else
        high = middle;
    }

  return (low + high) / 2;
}

/**
 * way_standard_summarise:
 * @ratings: (array): judge × item, each from 0 to 1; nothing missing
 * @curves: (array) (nullable): of the items, to find where the cut lies
 * @standard: (out): what the judges say together, and how far they agree
 */
void
way_standard_summarise (const double *ratings,
                        guint n_judges,
                        guint n_items,
                        const WayCurve *curves,
                        WayStandard *standard)
{
  g_autofree double *of_item = NULL;
  double between_items = 0;
  double between_judges = 0;
  double rest = 0;

  g_return_if_fail (ratings != NULL && n_judges > 0 && n_items > 0);
  g_return_if_fail (standard != NULL);

  memset (standard, 0, sizeof *standard);
  standard->n_judges = n_judges;
  standard->n_items = n_items;
  of_item = g_new0 (double, n_items);
  for (guint j = 0; j < n_judges; j++)
    for (guint i = 0; i < n_items; i++)
      {
        of_item[i] += ratings[j * n_items + i] / n_judges;
        standard->mean += ratings[j * n_items + i] / n_judges / n_items;
      }

  for (guint i = 0; i < n_items; i++)
    between_items += n_judges * (of_item[i] - standard->mean) * (of_item[i] - standard->mean);
  for (guint j = 0; j < n_judges; j++)
    {
      double own = 0;

      for (guint i = 0; i < n_items; i++)
        own += ratings[j * n_items + i] / n_items;
      between_judges += (own - standard->mean) * (own - standard->mean);
      for (guint i = 0; i < n_items; i++)
        {
          double away = ratings[j * n_items + i] - of_item[i] - own + standard->mean;

          rest += away * away;
          for (guint k = 0; k < j; k++)
            standard->apart += fabs (ratings[j * n_items + i] - ratings[k * n_items + i]);
        }
    }
  if (n_judges > 1)
    {
      standard->sd_judges = sqrt (between_judges / (n_judges - 1));
      standard->se = standard->sd_judges / sqrt (n_judges);
      standard->apart /= n_items * (n_judges * (n_judges - 1) / 2.0);
    }
  else
    standard->sd_judges = standard->se = standard->apart = NAN;
  if (n_judges > 1 && n_items > 1 && between_items > 0)
    standard->agreement = 1 - rest / (n_judges - 1) / between_items;
  else
    standard->agreement = NAN;

  standard->cut = standard->se_cut = NAN;
  if (curves != NULL)
    {
      double h = 1e-5;

      standard->cut = find_place (curves, n_items, standard->mean);
      if (isfinite (standard->cut))
        standard->se_cut = standard->se * 2 * h
                           / (get_share (curves, n_items, standard->cut + h)
                              - get_share (curves, n_items, standard->cut - h));
    }
}
