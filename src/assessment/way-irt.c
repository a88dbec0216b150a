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

/* Two answers side by side, since processors divide two numbers in the time of one. Each comes
 * out to the last digit as it would alone, whatever it is beside. */
typedef double Pair __attribute__ ((vector_size (16)));
typedef gint64 PairMask __attribute__ ((vector_size (16)));

/* What of two answers is the same wherever on the scale they are looked at. One that has steps, or
 * is none, has a slope of 0 and no score. */
typedef struct
{
  Pair a;
  Pair b;
  Pair c;
  Pair rest;  /* 1 − d */
  Pair span;  /* d − c */
  Pair steep; /* (d − c)·a */
  Pair right; /* the score */
  Pair wrong; /* what is missing of it */
  guint capability[2];
} Couple;

/* Returns: (transfer full) */
static Couple *
couple_answers (const WayAnswer *answers, guint n_answers, guint n)
{
  Couple *couples = g_new0 (Couple, n_answers / 2 + 1);

  for (guint i = 0; i < n_answers; i++)
    {
      const WayParameters *item = &answers[i].parameters;
      Couple *couple = &couples[i / 2];
      guint k = i % 2;
      double x = CLAMP (answers[i].score, 0, 1);

      if (answers[i].n_steps > 0 || answers[i].capability >= n)
        continue;
      couple->capability[k] = answers[i].capability;
      couple->a[k] = item->a;
      couple->b[k] = item->b;
      couple->c[k] = item->c;
      couple->rest[k] = 1 - item->d;
      couple->span[k] = item->d - item->c;
      couple->steep[k] = (item->d - item->c) * item->a;
      couple->right[k] = x;
      couple->wrong[k] = 1 - x;
    }
  return couples;
}

static Pair
choose (PairMask mask, Pair yes, Pair no)
{
  return (Pair) ((mask & (PairMask) yes) | (~mask & (PairMask) no));
}

/* What two answers add to the gradient and to the information: curve_at () for both at once. */
static void
look_at_couple (const Couple *couple, const double *theta, Pair *score, Pair *information)
{
  Pair z = couple->a
           * ((Pair){ theta[couple->capability[0]], theta[couple->capability[1]] } - couple->b);
  Pair t = { exp (-fabs (z[0])), exp (-fabs (z[1])) };
  Pair near = 1 / (1 + t);
  Pair far = t / (1 + t);
  PairMask is_above = (PairMask) (z >= 0);
  Pair e = choose (is_above, near, far);
  Pair f = choose (is_above, far, near);
  Pair slope = couple->steep * e * f;
  Pair p = couple->c + couple->span * e;
  Pair q = couple->rest + couple->span * f;
  Pair over_p = choose ((PairMask) (p > 0), slope / p, couple->a * f);
  Pair over_q = choose ((PairMask) (q > 0), slope / q, couple->a * e);

  *score = couple->right * over_p - couple->wrong * over_q;
  *information = over_p * over_q;
}

/* The gradient of the log posterior, and the expected information. */
static void
evaluate (const WayPrior *prior,
          const WayAnswer *answers,
          const Couple *couples,
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

  for (guint i = 0; i < n_answers; i += 2)
    {
      Pair score, told;

      look_at_couple (&couples[i / 2], theta, &score, &told);
      for (guint h = 0; h < 2 && i + h < n_answers; h++)
        {
          const WayAnswer *answer = &answers[i + h];
          guint k = answer->capability;

          if (k >= n)
            continue;
          if (G_UNLIKELY (answer->n_steps > 0))
            {
              WayTangent tangent;

              way_curve_get_tangent_of_steps (answer->parameters.a, answer->steps, answer->n_steps,
                                              theta[k], answer->score, &tangent);
              gradient[k] += tangent.score;
              information[k][k] += tangent.information;
              continue;
            }
          gradient[k] += score[h];
          information[k][k] += told[h];
        }
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
solve_back (guint n, double l[][WAY_MAX_CAPABILITIES], double *x)
{
  for (guint i = n; i-- > 0;)
    {
      double sum = x[i];

      for (guint k = i + 1; k < n; k++)
        sum -= l[k][i] * x[k];
      x[i] = sum / l[i][i];
    }
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
  solve_back (n, l, x);
}

/* The inverse of LL′, column by column: a column of the unit matrix has nothing above its 1. */
static void
invert (guint n, double l[][WAY_MAX_CAPABILITIES], double inverse[][WAY_MAX_CAPABILITIES])
{
  for (guint j = 0; j < n; j++)
    {
      double column[WAY_MAX_CAPABILITIES] = { 0 };

      column[j] = 1 / l[j][j];
      for (guint i = j + 1; i < n; i++)
        {
          double sum = 0;

          for (guint k = j; k < i; k++)
            sum -= l[i][k] * column[k];
          column[i] = sum / l[i][i];
        }
      solve_back (n, l, column);
      for (guint i = 0; i <= j; i++)
        inverse[i][j] = inverse[j][i] = column[i];
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
  g_autofree Couple *couples = NULL;
  guint n;

  g_return_if_fail (prior != NULL);
  g_return_if_fail (prior->n >= 1 && prior->n <= WAY_MAX_CAPABILITIES);
  g_return_if_fail (answers != NULL || n_answers == 0);
  g_return_if_fail (posterior != NULL);

  n = prior->n;
  couples = couple_answers (answers, n_answers, n);
  memset (posterior, 0, sizeof *posterior);
  posterior->n = n;
  memcpy (theta, prior->mean, sizeof theta);
  evaluate (prior, answers, couples, n_answers, theta, gradient, information);

  for (guint iteration = 0; iteration < MAX_ITERATIONS; iteration++)
    {
      double step[WAY_MAX_CAPABILITIES];
      double next[WAY_MAX_CAPABILITIES];
      double longest = 0;
      double scale = 1;
      double rise;

      if (!factorise (n, information))
        g_return_if_reached ();
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
          evaluate (prior, answers, couples, n_answers, next, gradient, information);
          if (multiply (n, gradient, step) >= -.5 * rise)
            break;
          scale /= 2;
        }

      memcpy (theta, next, sizeof (double) * n);
      if (longest < TOLERANCE)
        break;
    }

  /* The information is the one at theta: where the last step ended, or where none was made. */
  memcpy (posterior->mean, theta, sizeof (double) * n);
  if (!factorise (n, information))
    g_return_if_reached ();
  invert (n, information, posterior->covariance);
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
