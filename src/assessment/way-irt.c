/* way-irt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-irt.h"

#include <math.h>
#include <string.h>

#include "assessment/way-curve.h"

#define STEP_CAP 1.0
/* Finer than the 1e-6 that results are promised to, since the last step of a scoring
 * algorithm bounds the error only up to its rate of convergence. */
#define TOLERANCE 1e-9
#define MAX_ITERATIONS 200
#define MAX_HALVINGS 30

/* One item at one place on the scale. */
typedef struct
{
  double p;
  double q;
  double over_p; /* P′/P */
  double over_q; /* P′/Q */
} Curve;

static Curve
curve_at (const WayParameters *item, double theta)
{
  double z = item->a * (theta - item->b);
  double t = exp (-fabs (z));
  double near = 1 / (1 + t);
  double far = t / (1 + t);
  double e = z >= 0 ? near : far;
  double f = z >= 0 ? far : near;
  double slope = (item->d - item->c) * item->a * e * f;
  Curve curve;

  curve.p = item->c + (item->d - item->c) * e;
  curve.q = 1 - item->d + (item->d - item->c) * f;
  /* Far out, where P or Q is too small for a double, the quotients go to their limits. */
  curve.over_p = curve.p > 0 ? slope / curve.p : item->a * f;
  curve.over_q = curve.q > 0 ? slope / curve.q : item->a * e;

  return curve;
}

/**
 * way_irt_probability:
 * @item: the item's parameters
 * @theta: a place on the scale
 *
 * Returns: how likely a person at @theta is to answer rightly
 */
double
way_irt_probability (const WayParameters *item, double theta)
{
  g_return_val_if_fail (item != NULL, 0);

  return curve_at (item, theta).p;
}

/**
 * way_irt_information:
 * @item: the item's parameters
 * @theta: a place on the scale
 *
 * Returns: Fisher information of one answer, P′²/(PQ)
 */
double
way_irt_information (const WayParameters *item, double theta)
{
  Curve curve;

  g_return_val_if_fail (item != NULL, 0);

  curve = curve_at (item, theta);

  return curve.over_p * curve.over_q;
}

/**
 * way_irt_attenuate:
 * @a: a slope
 * @sd_b: how unsure the item's difficulty is
 *
 * A difficulty that is only somebody's judgement says less than one that was measured:
 * integrating over its error gives, nearly, the same curve with a flatter slope.
 *
 * Returns: the slope to score with
 */
double
way_irt_attenuate (double a, double sd_b)
{
  return a / sqrt (1 + a * a * sd_b * sd_b / (1.702 * 1.702));
}

/**
 * way_irt_normal_cdf:
 *
 * Returns: the standard normal distribution function at @z
 */
double
way_irt_normal_cdf (double z)
{
  return .5 * erfc (-z * G_SQRT2 / 2);
}

/**
 * way_prior_init:
 * @self: (out): the prior
 * @n_capabilities: how many, at most %WAY_MAX_CAPABILITIES
 * @rho: the correlation of any two, above -1/(n - 1) and below 1; kept inside that
 *
 * Means 0, variances 1, all correlations @rho.
 */
void
way_prior_init (WayPrior *self, guint n_capabilities, double rho)
{
  double least = n_capabilities > 1 ? -1.0 / (n_capabilities - 1) + .001 : -.999;
  double r = CLAMP (rho, least, .999);
  double shared = r / (1 + (n_capabilities - 1.0) * r);

  g_return_if_fail (self != NULL);
  g_return_if_fail (n_capabilities >= 1 && n_capabilities <= WAY_MAX_CAPABILITIES);

  memset (self, 0, sizeof *self);
  self->n = n_capabilities;
  for (guint i = 0; i < n_capabilities; i++)
    for (guint j = 0; j < n_capabilities; j++)
      self->precision[i][j] = ((i == j ? 1 : 0) - shared) / (1 - r);
}

/**
 * way_prior_init_known:
 * @self: (out): the prior
 * @n_capabilities: how many, at most %WAY_MAX_CAPABILITIES
 * @capability: the one of which something is known already
 * @mean: what was last found
 * @sd: how sure that is now
 *
 * For a re-check: one capability starts from its last result, and says nothing about
 * the others.
 */
void
way_prior_init_known (
    WayPrior *self, guint n_capabilities, guint capability, double mean, double sd)
{
  double kept = sd > 0 ? sd : 1;

  g_return_if_fail (self != NULL);
  g_return_if_fail (capability < n_capabilities);

  way_prior_init (self, n_capabilities, 0);
  self->mean[capability] = mean;
  self->precision[capability][capability] = 1 / (kept * kept);
}

/* The gradient of the log posterior, and the expected information. */
static void
evaluate (const WayPrior *prior,
          const WayAnswer *answers,
          guint n_answers,
          const double *theta,
          double *gradient,
          double information[][WAY_MAX_CAPABILITIES])
{
  guint n = prior->n;

  for (guint i = 0; i < n; i++)
    {
      double sum = 0;

      for (guint j = 0; j < n; j++)
        {
          information[i][j] = prior->precision[i][j];
          sum += prior->precision[i][j] * (theta[j] - prior->mean[j]);
        }
      gradient[i] = -sum;
    }

  for (guint i = 0; i < n_answers; i++)
    {
      guint k = answers[i].capability;
      double x = CLAMP (answers[i].score, 0, 1);
      Curve curve;

      if (k >= n)
        continue;
      if (answers[i].n_steps > 0)
        {
          WayTangent tangent;

          way_curve_get_tangent_of_steps (answers[i].parameters.a, answers[i].steps,
                                          answers[i].n_steps, theta[k], answers[i].score, &tangent);
          gradient[k] += tangent.score;
          information[k][k] += tangent.information;
          continue;
        }

      curve = curve_at (&answers[i].parameters, theta[k]);
      gradient[k] += x * curve.over_p - (1 - x) * curve.over_q;
      information[k][k] += curve.over_p * curve.over_q;
    }
}

static double
multiply (guint n, const double *a, const double *b)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];

  return sum;
}

/* Cholesky: a becomes the lower triangle L with LL′ = a. */
static gboolean
factorise (guint n, double a[][WAY_MAX_CAPABILITIES])
{
  for (guint j = 0; j < n; j++)
    {
      double pivot = a[j][j];

      for (guint k = 0; k < j; k++)
        pivot -= a[j][k] * a[j][k];
      if (!(pivot > 0))
        return FALSE;
      a[j][j] = sqrt (pivot);

      for (guint i = j + 1; i < n; i++)
        {
          double sum = a[i][j];

          for (guint k = 0; k < j; k++)
            sum -= a[i][k] * a[j][k];
          a[i][j] = sum / a[j][j];
        }
    }

  return TRUE;
}

static void
solve (guint n, double l[][WAY_MAX_CAPABILITIES], const double *right, double *x)
{
  for (guint i = 0; i < n; i++)
    {
      double sum = right[i];

      for (guint k = 0; k < i; k++)
        sum -= l[i][k] * x[k];
      x[i] = sum / l[i][i];
    }
  for (guint i = n; i-- > 0;)
    {
      double sum = x[i];

      for (guint k = i + 1; k < n; k++)
        sum -= l[k][i] * x[k];
      x[i] = sum / l[i][i];
    }
}

/**
 * way_irt_joint_from:
 * @prior: what is believed before the answers
 * @answers: (array length=n_answers): scored answers, those of a capability that @prior
 *   does not have are left out
 * @n_answers: how many
 * @posterior: (out): the mode, and the inverse of the expected information there
 *
 * Fisher scoring from the prior's mean. A step goes at most 1 along any capability, and
 * is halved while it leads far beyond the top: with guessing, the expected information
 * can be less than half of the curvature, and whole steps would swing for ever.
 */
void
way_irt_joint_from (const WayPrior *prior,
                    const WayAnswer *answers,
                    guint n_answers,
                    WayPosterior *posterior)
{
  double information[WAY_MAX_CAPABILITIES][WAY_MAX_CAPABILITIES];
  double gradient[WAY_MAX_CAPABILITIES];
  double theta[WAY_MAX_CAPABILITIES];
  guint n;

  g_return_if_fail (prior != NULL);
  g_return_if_fail (prior->n >= 1 && prior->n <= WAY_MAX_CAPABILITIES);
  g_return_if_fail (answers != NULL || n_answers == 0);
  g_return_if_fail (posterior != NULL);

  n = prior->n;
  memcpy (theta, prior->mean, sizeof theta);
  evaluate (prior, answers, n_answers, theta, gradient, information);

  for (guint iteration = 0; iteration < MAX_ITERATIONS; iteration++)
    {
      double step[WAY_MAX_CAPABILITIES];
      double next[WAY_MAX_CAPABILITIES];
      double longest = 0;
      double scale = 1;
      double rise;

      if (!factorise (n, information))
        break;
      solve (n, information, gradient, step);
      for (guint i = 0; i < n; i++)
        longest = MAX (longest, fabs (step[i]));
      if (longest > STEP_CAP)
        scale = STEP_CAP / longest;
      rise = multiply (n, gradient, step);

      for (guint halving = 0; halving <= MAX_HALVINGS; halving++)
        {
          for (guint i = 0; i < n; i++)
            next[i] = theta[i] + scale * step[i];
          evaluate (prior, answers, n_answers, next, gradient, information);
          if (multiply (n, gradient, step) >= -.5 * rise)
            break;
          scale /= 2;
        }

      memcpy (theta, next, sizeof (double) * n);
      if (longest < TOLERANCE)
        break;
    }

  memset (posterior, 0, sizeof *posterior);
  posterior->n = n;
  memcpy (posterior->mean, theta, sizeof (double) * n);
  evaluate (prior, answers, n_answers, theta, gradient, information);
  if (!factorise (n, information))
    g_return_if_reached ();
  for (guint j = 0; j < n; j++)
    {
      double unit[WAY_MAX_CAPABILITIES] = { 0 };
      double column[WAY_MAX_CAPABILITIES];

      unit[j] = 1;
      solve (n, information, unit, column);
      for (guint i = 0; i <= j; i++)
        posterior->covariance[i][j] = posterior->covariance[j][i] = column[i];
    }
}

/**
 * way_irt_joint:
 * @n_capabilities: how many
 * @rho: the correlation of any two
 * @answers: (array length=n_answers): scored answers
 * @n_answers: how many
 * @posterior: (out): the mode and its covariance
 *
 * Scores all capabilities together, from the prior of way_prior_init().
 */
void
way_irt_joint (guint n_capabilities,
               double rho,
               const WayAnswer *answers,
               guint n_answers,
               WayPosterior *posterior)
{
  WayPrior prior;

  g_return_if_fail (n_capabilities >= 1 && n_capabilities <= WAY_MAX_CAPABILITIES);

  way_prior_init (&prior, n_capabilities, rho);
  way_irt_joint_from (&prior, answers, n_answers, posterior);
}

/**
 * way_posterior_get_sd:
 *
 * Returns: the standard deviation of one capability
 */
double
way_posterior_get_sd (const WayPosterior *self, guint capability)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (capability < self->n, 0);

  return sqrt (self->covariance[capability][capability]);
}

/**
 * way_posterior_get_overall:
 * @sd: (out) (optional): the standard deviation of the mean
 *
 * Returns: the mean of all capabilities
 */
double
way_posterior_get_overall (const WayPosterior *self, double *sd)
{
  double sum = 0;
  double variance = 0;

  g_return_val_if_fail (self != NULL && self->n > 0, 0);

  for (guint i = 0; i < self->n; i++)
    {
      sum += self->mean[i];
      for (guint j = 0; j < self->n; j++)
        variance += self->covariance[i][j];
    }
  if (sd != NULL)
    *sd = sqrt (variance) / self->n;

  return sum / self->n;
}
