/* way-verdict.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sitting-private.h"

#include <math.h>

/* Yes or no at one cut: what each answer says of it, and whether it pays to go on. */

/* Policy: when what is left decides it in fewer cases than this, the sitting ends as not
 * sure, rather than ask on for nothing. */
#define HARDLY .02
/* For a slope along the scale. */
#define NEAR 1e-3

typedef struct
{
  guint index;
  double information;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *x = a;
  const Ranked *y = b;

  if (x->information != y->information)
    return x->information > y->information ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* private: the items of the capability that is decided on, most telling at the cut first */
void
way_verdict_rank (WaySitting *self)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  double cut = way_sitting_get_cut (self, self->plan.recheck);

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];
      Ranked row = { i, way_curve_get_information (&self->effective[i], cut) };

      if (item->capability == self->plan.recheck && !item->is_new)
        g_array_append_val (ranked, row);
    }
  g_array_sort (ranked, compare_ranked);
  self->n_ranked = ranked->len;
  self->ranked = g_new (guint, ranked->len + 1);
  for (guint i = 0; i < ranked->len; i++)
    self->ranked[i] = g_array_index (ranked, Ranked, i).index;
}

/* private: how much likelier an answer is a little above the cut than a little below */
double
way_verdict_get_step (const WaySitting *self, const WayCurve *curve, double score)
{
  double cut = way_sitting_get_cut (self, self->plan.recheck);

  return way_curve_log_likelihood (curve, cut + WAY_SITTING_HALF, score)
         - way_curve_log_likelihood (curve, cut - WAY_SITTING_HALF, score);
}

/* The mean and variance of what one more answer says, from somebody at @theta. */
static double
expect_step (const WaySitting *self, const WayCurve *curve, double theta, double *variance)
{
  double probabilities[WAY_MAX_STEPS + 1];
  double mean = 0;
  double squares = 0;

  way_curve_get_probabilities (curve, theta, probabilities);
  for (guint k = 0; k <= way_curve_get_most (curve); k++)
    {
      double step = way_verdict_get_step (self, curve, k);

      mean += probabilities[k] * step;
      squares += probabilities[k] * step * step;
    }
  if (variance != NULL)
    *variance = MAX (squares - mean * mean, 0);

  return mean;
}

/* private: whether the best @most items that are left could hardly decide it. Where the log
 * ratio ends is taken as normal about what is expected of the person as they were found, wider
 * by how far that is unsure; a bound is met on the way at most twice as often as it is passed
 * in the end. */
gboolean
way_verdict_is_hopeless (const WaySitting *self, guint most)
{
  double theta = self->posterior.mean[self->plan.recheck];
  double sd = way_posterior_get_sd (&self->posterior, self->plan.recheck);
  double end = self->log_ratio;
  double spread = 0;
  double slope = 0;
  guint n = 0;

  for (guint i = 0; i < self->n_ranked && n < most; i++)
    {
      const WayCurve *curve = &self->effective[self->ranked[i]];
      double variance;

      if (!way_sitting_may_ask (self, self->ranked[i]))
        continue;
      end += expect_step (self, curve, theta, &variance);
      spread += variance;
      slope += (expect_step (self, curve, theta + NEAR, NULL)
                - expect_step (self, curve, theta - NEAR, NULL))
               / (2 * NEAR);
      n++;
    }
  spread = sqrt (spread + slope * slope * sd * sd);
  if (!(spread > 0))
    return fabs (self->log_ratio) < WAY_SITTING_BOUND;

  return 2
             * (way_irt_normal_cdf ((end - WAY_SITTING_BOUND) / spread)
                + way_irt_normal_cdf ((-end - WAY_SITTING_BOUND) / spread))
         < HARDLY;
}
