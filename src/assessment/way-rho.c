/* way-rho.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-rho.h"

#include <math.h>

#include "assessment/way-curve.h"

#define LEAST .01
#define MOST .95
#define TOLERANCE 1e-5
#define STEP .02

static double
get_log_likelihood (const WayAnswer *answer, double theta)
{
  WayCurve curve = { answer->parameters, answer->n_steps };

  for (guint k = 0; k < answer->n_steps; k++)
    curve.steps[k] = answer->steps[k];

  return way_curve_log_likelihood (&curve, theta, answer->score);
}

/* log |A| of a symmetric positive definite matrix. */
static double
get_log_determinant (guint n, const double matrix[][WAY_MAX_CAPABILITIES])
{
  double l[WAY_MAX_CAPABILITIES][WAY_MAX_CAPABILITIES] = { { 0 } };
  double sum = 0;

  for (guint j = 0; j < n; j++)
    for (guint i = j; i < n; i++)
      {
        double value = matrix[i][j];

        for (guint k = 0; k < j; k++)
          value -= l[i][k] * l[j][k];
        if (i == j)
          {
            l[j][j] = sqrt (MAX (value, 1e-300));
            sum += 2 * log (l[j][j]);
          }
        else
          l[i][j] = value / l[j][j];
      }

  return sum;
}

/* How likely one person's answers are, the capabilities integrated out by Laplace's method:
 * the height of the posterior at its top times the room that it takes there. */
static double
get_marginal (const WayPrior *prior, double log_precision, const WayAnswer *answers, guint n)
{
  WayPosterior posterior;
  double sum;

  way_irt_joint_from (prior, answers, n, &posterior);
  sum = .5 * (log_precision + get_log_determinant (posterior.n, posterior.covariance));
  for (guint i = 0; i < posterior.n; i++)
    for (guint j = 0; j < posterior.n; j++)
      sum -= .5 * posterior.mean[i] * prior->precision[i][j] * posterior.mean[j];
  for (guint i = 0; i < n; i++)
    if (answers[i].capability < posterior.n)
      sum += get_log_likelihood (&answers[i], posterior.mean[answers[i].capability]);

  return sum;
}

static double
get_total (
    guint n_capabilities, double rho, const WayAnswer *answers, const guint *start, guint n_people)
{
  WayPrior prior;
  double log_precision;
  double sum = 0;

  way_prior_init (&prior, n_capabilities, rho);
  log_precision = get_log_determinant (n_capabilities, prior.precision);
  for (guint v = 0; v < n_people; v++)
    sum += get_marginal (&prior, log_precision, answers + start[v], start[v + 1] - start[v]);

  return sum;
}

/**
 * way_rho_estimate:
 * @n_capabilities: at least 2
 * @answers: everybody's, scored, with the slopes that they are scored by
 * @start: (array): n_people + 1 places in @answers
 * @n_people: how many
 * @result: (out): the correlation of any two capabilities
 *
 * The correlation under which everybody's answers together are likeliest, found by golden
 * section from .01 to .95; its standard error from the curvature there. Each person's six
 * places are integrated out by Laplace's method.
 *
 * Returns: %FALSE where there are fewer than %WAY_RHO_LEAST people
 */
gboolean
way_rho_estimate (guint n_capabilities,
                  const WayAnswer *answers,
                  const guint *start,
                  guint n_people,
                  WayRho *result)
{
  const double golden = (sqrt (5) - 1) / 2;
  double low = LEAST;
  double high = MOST;
  double a = high - golden * (high - low);
  double b = low + golden * (high - low);
  double at_a;
  double at_b;
  double middle;
  double curvature;

  g_return_val_if_fail (n_capabilities >= 2 && n_capabilities <= WAY_MAX_CAPABILITIES, FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  if (n_people < WAY_RHO_LEAST)
    return FALSE;
  g_return_val_if_fail (answers != NULL && start != NULL, FALSE);

  at_a = get_total (n_capabilities, a, answers, start, n_people);
  at_b = get_total (n_capabilities, b, answers, start, n_people);
  while (high - low > TOLERANCE)
    if (at_a >= at_b)
      {
        high = b;
        b = a;
        at_b = at_a;
        a = high - golden * (high - low);
        at_a = get_total (n_capabilities, a, answers, start, n_people);
      }
    else
      {
        low = a;
        a = b;
        at_a = at_b;
        b = low + golden * (high - low);
        at_b = get_total (n_capabilities, b, answers, start, n_people);
      }

  result->rho = (low + high) / 2;
  result->log_likelihood = get_total (n_capabilities, result->rho, answers, start, n_people);
  middle = CLAMP (result->rho, LEAST + STEP, MOST - STEP);
  curvature = (get_total (n_capabilities, middle - STEP, answers, start, n_people)
               - 2 * get_total (n_capabilities, middle, answers, start, n_people)
               + get_total (n_capabilities, middle + STEP, answers, start, n_people))
              / (STEP * STEP);
  result->se = curvature < 0 ? sqrt (-1 / curvature) : NAN;

  return TRUE;
}
