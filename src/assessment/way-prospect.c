/* way-prospect.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sitting-private.h"

#include <math.h>

/* What one more answer is expected to do for the verdicts on what is required: the expected rise
 * in Σ p² + (1−p)², p the probability that a requirement is met, over all that have one. That is
 * by how much the verdicts' squared error falls: a proper score, by which an item that says
 * nothing is worth nothing, where Σ max(p, 1−p) would be content with a verdict that is still the
 * prior's. An answer about one capability speaks of the others as far as they go together. */

/* Three nodes of Gauss and Hermite, over what is believed of the person. */
static const double nodes[] = { -1.7320508075688772, 0, 1.7320508075688772 };
static const double weights[] = { 1 / 6., 4 / 6., 1 / 6. };

static double
get_certainty (double mean, double variance, double cut, double inflation)
{
  double p = way_irt_normal_cdf ((mean - cut) / (inflation * sqrt (variance)));

  return p * p + (1 - p) * (1 - p);
}

/* private: what is the same for all items that one choice is among */
void
way_prospect_init (WayProspect *self, const WaySitting *sitting)
{
  self->n = 0;
  for (guint j = 0; j < sitting->bank->n_capabilities; j++)
    {
      guint k = self->n;

      if (sitting->plan.required[j] < 2)
        continue;
      self->capability[k] = j;
      self->cut[k] = way_sitting_get_cut (sitting, j);
      self->inflation[k] = way_sitting_get_inflation (sitting, j);
      self->certainty[k] = get_certainty (sitting->posterior.mean[j],
                                          sitting->posterior.covariance[j][j], self->cut[k],
                                          self->inflation[k]);
      self->n++;
    }
}

/* The posterior after one answer is what one step of Fisher's makes of it. */
static double
get_gain_of (const WayProspect *self,
             const WayPosterior *posterior,
             guint d,
             const WayTangent *tangent)
{
  double shrink = 1 / (1 + tangent->information * posterior->covariance[d][d]);
  double gain = 0;

  for (guint k = 0; k < self->n; k++)
    {
      guint j = self->capability[k];
      double along = posterior->covariance[j][d];
      double mean = posterior->mean[j] + along * tangent->score * shrink;
      double variance = posterior->covariance[j][j] - along * along * tangent->information * shrink;

      gain += get_certainty (mean, variance, self->cut[k], self->inflation[k]) - self->certainty[k];
    }

  return gain;
}

/* private: the expected rise from an answer to one item, before it is known */
double
way_prospect_get_gain (const WayProspect *self, const WaySitting *sitting, guint index)
{
  const WayPosterior *posterior = &sitting->posterior;
  const WayCurve *curve = &sitting->effective[index];
  guint d = ((const WayBankItem *) sitting->bank->items->pdata[index])->capability;
  guint most = way_curve_get_most (curve);
  double expected[WAY_MAX_STEPS + 1] = { 0 };
  double gain = 0;

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      double probabilities[WAY_MAX_STEPS + 1];

      way_curve_get_probabilities (curve,
                                   posterior->mean[d]
                                       + nodes[i] * way_posterior_get_sd (posterior, d),
                                   probabilities);
      for (guint score = 0; score <= most; score++)
        expected[score] += weights[i] * probabilities[score];
    }

  for (guint score = 0; score <= most; score++)
    {
      WayTangent tangent;

      way_curve_get_tangent (curve, posterior->mean[d], score, &tangent);
      gain += expected[score] * get_gain_of (self, posterior, d, &tangent);
    }

  return gain;
}
