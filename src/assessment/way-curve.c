/* way-curve.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-curve.h"

#include <math.h>

/* The logistic function and what it lacks to 1, both to full precision. */
static void
get_logistic (double z, double *e, double *f)
{
  double t = exp (-fabs (z));
  double near = 1 / (1 + t);
  double far = t / (1 + t);

  *e = z >= 0 ? near : far;
  *f = z >= 0 ? far : near;
}

/* log (1 + exp (z)) without overflow. */
static double
log_one_plus_exp (double z)
{
  return z > 0 ? z + log1p (exp (-z)) : log1p (exp (z));
}

/* The logarithms of what the probabilities of the scores are proportional to, and the
 * logarithm of their sum. */
static double
get_log_weights (double a, const double *steps, guint n_steps, double theta, double *weights)
{
  double most = 0;
  double sum = 0;

  weights[0] = 0;
  for (guint k = 1; k <= n_steps; k++)
    {
      weights[k] = weights[k - 1] + a * (theta - steps[k - 1]);
      most = MAX (most, weights[k]);
    }
  for (guint k = 0; k <= n_steps; k++)
    sum += exp (weights[k] - most);

  return most + log (sum);
}

/**
 * way_curve_check:
 * @reason: (out) (transfer full): what is wrong, in words that follow the item's name
 *
 * Returns: whether these are parameters that an item can have
 */
gboolean
way_curve_check (const WayCurve *self, char **reason)
{
  const WayParameters *p;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (reason != NULL, FALSE);

  p = &self->parameters;
  *reason = NULL;
  if (!isfinite (p->a) || p->a <= 0)
    *reason = g_strdup ("a must be a number above 0");
  else if (self->n_steps > WAY_MAX_STEPS)
    *reason = g_strdup_printf ("there may be at most %d steps", WAY_MAX_STEPS);
  else if (self->n_steps > 0)
    {
      for (guint k = 0; k < self->n_steps; k++)
        if (!isfinite (self->steps[k]))
          *reason = g_strdup ("every step must be a number");
    }
  else if (!isfinite (p->b))
    *reason = g_strdup ("b must be a number");
  else if (!isfinite (p->c) || p->c < 0 || !isfinite (p->d) || p->d > 1)
    *reason = g_strdup ("c and d must be numbers from 0 to 1");
  else if (p->c >= p->d)
    *reason = g_strdup ("c must be below d");

  return *reason == NULL;
}

/**
 * way_curve_get_most:
 *
 * Returns: the highest score that can be had
 */
guint
way_curve_get_most (const WayCurve *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_steps > 0 ? self->n_steps : 1;
}

/**
 * way_curve_get_probabilities:
 * @probabilities: (out): of the scores 0, 1, … way_curve_get_most()
 *
 * How likely each score is for a person at @theta.
 */
void
way_curve_get_probabilities (const WayCurve *self, double theta, double *probabilities)
{
  double all;

  g_return_if_fail (self != NULL);
  g_return_if_fail (probabilities != NULL);

  if (self->n_steps == 0)
    {
      const WayParameters *p = &self->parameters;
      double e;
      double f;

      get_logistic (p->a * (theta - p->b), &e, &f);
      probabilities[0] = 1 - p->d + (p->d - p->c) * f;
      probabilities[1] = p->c + (p->d - p->c) * e;
      return;
    }

  all = get_log_weights (self->parameters.a, self->steps, self->n_steps, theta, probabilities);
  for (guint k = 0; k <= self->n_steps; k++)
    probabilities[k] = exp (probabilities[k] - all);
}

/**
 * way_curve_get_expected:
 * @variance: (out) (optional): the variance of the score
 *
 * Returns: the mean score of people at @theta
 */
double
way_curve_get_expected (const WayCurve *self, double theta, double *variance)
{
  double probabilities[WAY_MAX_STEPS + 1];
  double mean = 0;
  double spread = 0;
  guint most;

  g_return_val_if_fail (self != NULL, 0);

  most = way_curve_get_most (self);
  way_curve_get_probabilities (self, theta, probabilities);
  for (guint k = 1; k <= most; k++)
    mean += k * probabilities[k];
  if (most == 1)
    spread = probabilities[0] * probabilities[1];
  else
    for (guint k = 0; k <= most; k++)
      spread += (k - mean) * (k - mean) * probabilities[k];
  if (variance != NULL)
    *variance = spread;

  return mean;
}

/**
 * way_curve_move:
 * @self: (inout): an item
 * @by: logits: how much harder it becomes, or easier below 0; an item in steps as a whole
 */
void
way_curve_move (WayCurve *self, double by)
{
  g_return_if_fail (self != NULL);

  self->parameters.b += by;
  for (guint k = 0; k < self->n_steps; k++)
    self->steps[k] += by;
}

/**
 * way_curve_draw:
 * @u: drawn evenly from 0 to 1
 *
 * Returns: a score as somebody at @theta might have
 */
double
way_curve_draw (const WayCurve *self, double theta, double u)
{
  double probabilities[WAY_MAX_STEPS + 1];
  guint most;

  g_return_val_if_fail (self != NULL, 0);

  most = way_curve_get_most (self);
  way_curve_get_probabilities (self, theta, probabilities);
  for (guint k = 0; k < most; k++)
    {
      if (u < probabilities[k])
        return k;
      u -= probabilities[k];
    }

  return most;
}

/**
 * way_curve_log_likelihood:
 * @score: a whole number from 0 to way_curve_get_most()
 *
 * Returns: the logarithm of the probability of @score at @theta
 */
double
way_curve_log_likelihood (const WayCurve *self, double theta, double score)
{
  double weights[WAY_MAX_STEPS + 1];
  const WayParameters *p;
  guint k;

  g_return_val_if_fail (self != NULL, 0);

  p = &self->parameters;
  k = CLAMP (score + .5, 0, way_curve_get_most (self));
  if (self->n_steps > 0)
    {
      double all = get_log_weights (p->a, self->steps, self->n_steps, theta, weights);

      return weights[k] - all;
    }
  /* Far out, only the logarithm can be told from 0. */
  if (k == 1 && p->c <= 0)
    return log (p->d) - log_one_plus_exp (-p->a * (theta - p->b));
  if (k == 0 && p->d >= 1)
    return log1p (-p->c) - log_one_plus_exp (p->a * (theta - p->b));

  way_curve_get_probabilities (self, theta, weights);

  return log (weights[k]);
}

/**
 * way_curve_get_tangent_of_steps:
 * @a: the slope
 * @steps: (array length=n_steps): where each score is as likely as the one below
 * @n_steps: from 1 to %WAY_MAX_STEPS
 * @score: a whole number from 0 to @n_steps
 * @tangent: (out): how the log likelihood of @score changes at @theta
 *
 * Of (generalised) partial credit: the derivative is a (x - E), the information a² times
 * the variance of the score.
 */
void
way_curve_get_tangent_of_steps (
    double a, const double *steps, guint n_steps, double theta, double score, WayTangent *tangent)
{
  double probabilities[WAY_MAX_STEPS + 1];
  double all;
  double mean = 0;
  double second = 0;
  double third = 0;

  g_return_if_fail (steps != NULL && n_steps >= 1 && n_steps <= WAY_MAX_STEPS);
  g_return_if_fail (tangent != NULL);

  all = get_log_weights (a, steps, n_steps, theta, probabilities);
  for (guint k = 0; k <= n_steps; k++)
    {
      probabilities[k] = exp (probabilities[k] - all);
      mean += k * probabilities[k];
    }
  for (guint k = 0; k <= n_steps; k++)
    {
      double away = k - mean;

      second += away * away * probabilities[k];
      third += away * away * away * probabilities[k];
    }
  tangent->score = a * (CLAMP (score, 0, n_steps) - mean);
  tangent->information = a * a * second;
  tangent->bias = a * a * a * third;
}

/**
 * way_curve_get_information:
 *
 * Returns: the Fisher information of one answer of either kind at @theta
 */
double
way_curve_get_information (const WayCurve *self, double theta)
{
  WayTangent tangent;

  g_return_val_if_fail (self != NULL, 0);

  if (self->n_steps == 0)
    return way_irt_information (&self->parameters, theta);

  way_curve_get_tangent_of_steps (self->parameters.a, self->steps, self->n_steps, theta, 0,
                                  &tangent);
  return tangent.information;
}

/**
 * way_curve_get_tangent:
 * @score: a whole number from 0 to way_curve_get_most()
 * @tangent: (out): how the log likelihood of @score changes at @theta
 */
void
way_curve_get_tangent (const WayCurve *self, double theta, double score, WayTangent *tangent)
{
  const WayParameters *p;
  double e;
  double f;
  double right;
  double wrong;
  double slope;
  double over_right;
  double over_wrong;

  g_return_if_fail (self != NULL);
  g_return_if_fail (tangent != NULL);

  if (self->n_steps > 0)
    {
      way_curve_get_tangent_of_steps (self->parameters.a, self->steps, self->n_steps, theta, score,
                                      tangent);
      return;
    }

  p = &self->parameters;
  get_logistic (p->a * (theta - p->b), &e, &f);
  right = p->c + (p->d - p->c) * e;
  wrong = 1 - p->d + (p->d - p->c) * f;
  slope = (p->d - p->c) * p->a * e * f;
  /* Where P or Q is too small for a double, the quotients go to their limits. */
  over_right = right > 0 ? slope / right : p->a * f;
  over_wrong = wrong > 0 ? slope / wrong : p->a * e;
  tangent->score = score >= .5 ? over_right : -over_wrong;
  tangent->information = over_right * over_wrong;
  /* P″ = P′ a (f - e), and P′/(PQ) = P′/P + P′/Q. */
  tangent->bias = tangent->information * p->a * (f - e);
}
