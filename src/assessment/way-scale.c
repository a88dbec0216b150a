/* way-scale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-scale.h"

#include <math.h>
#include <string.h>

/* Cells that are searched for a turn: at least this many, more for steep items, whose
 * likelihood can turn within less. */
#define LEAST_CELLS 240
#define MOST_CELLS 4800
#define CELLS_OF_SLOPE 96.0
#define TOLERANCE 1e-13
/* Probabilities are multiplied, a few at a time, before a logarithm is taken, since one
 * for each would be most of the work; none below this is among them. */
#define SMALL 1e-30
#define AT_A_TIME 8

/* One search for the best place. */
typedef struct
{
  const WayScored *answers;
  guint n_answers;
  WayMethod method;
  double prior_mean;
  double prior_sd;
} Search;

/* What is known of one place on the scale. */
typedef struct
{
  double slope;       /* of what is made as large as can be */
  double information; /* of the answers alone */
  double weight;      /* J/(2I), for Warm's estimator */
} View;

static View
look_at (const Search *self, double theta)
{
  View view = { 0 };
  double bias = 0;

  for (guint i = 0; i < self->n_answers; i++)
    {
      WayTangent tangent;

      way_curve_get_tangent (self->answers[i].curve, theta, self->answers[i].score, &tangent);
      view.slope += tangent.score;
      view.information += tangent.information;
      bias += tangent.bias;
    }
  if (self->method == WAY_METHOD_WL && view.information > 0)
    view.weight = bias / (2 * view.information);
  if (self->method == WAY_METHOD_BM)
    view.slope -= (theta - self->prior_mean) / (self->prior_sd * self->prior_sd);
  view.slope += view.weight;

  return view;
}

/* What is made as large as can be, but for the weight of Warm's estimator, which has no
 * closed form with guessing and is integrated along the way. */
static double
get_height (const Search *self, double theta)
{
  double height = 0;

  for (guint i = 0; i < self->n_answers; i++)
    height += way_curve_log_likelihood (self->answers[i].curve, theta, self->answers[i].score);
  if (self->method == WAY_METHOD_BM)
    {
      double z = (theta - self->prior_mean) / self->prior_sd;

      height -= .5 * z * z;
    }

  return height;
}

/* ∫ J/(2I) over a short stretch, by Simpson's rule. */
static double
integrate_weight (const Search *self, double from, const View *at_from, double to)
{
  View middle;
  View end;

  if (self->method != WAY_METHOD_WL)
    return 0;

  middle = look_at (self, (from + to) / 2);
  end = look_at (self, to);

  return (to - from) / 6 * (at_from->weight + 4 * middle.weight + end.weight);
}

/* The place between two where the slope goes from above 0 to below. */
static double
find_turn (const Search *self, double low, double high)
{
  while (high - low > TOLERANCE)
    {
      double middle = (low + high) / 2;

      if (middle <= low || middle >= high)
        break;
      if (look_at (self, middle).slope > 0)
        low = middle;
      else
        high = middle;
    }

  return (low + high) / 2;
}

static guint
count_cells (const Search *self)
{
  double steepest = 0;

  for (guint i = 0; i < self->n_answers; i++)
    steepest = MAX (steepest, self->answers[i].curve->parameters.a);

  return CLAMP (CELLS_OF_SLOPE * steepest, LEAST_CELLS, MOST_CELLS);
}

/* The best of all places where a curve turns down, and of the ends where it is highest
 * there. With guessing a likelihood can have several tops, so that none is taken for the
 * best before all are known. */
static void
find_best (const Search *self, WayPlace *place)
{
  guint n = count_cells (self);
  double step = 2 * WAY_SCALE_END / n;
  double low = -WAY_SCALE_END;
  double best = -HUGE_VAL;
  double weight = 0;
  View view = look_at (self, low);

  place->n_modes = 0;
  if (view.slope <= 0)
    {
      best = get_height (self, low);
      place->theta = low;
      place->is_bound = TRUE;
      place->n_modes++;
    }

  for (guint i = 1; i <= n; i++)
    {
      double high = i == n ? WAY_SCALE_END : -WAY_SCALE_END + i * step;
      View next = look_at (self, high);
      gboolean is_end = i == n && next.slope > 0;

      if ((view.slope > 0 && next.slope <= 0) || is_end)
        {
          double theta = is_end ? high : find_turn (self, low, high);
          double height = get_height (self, theta) + weight
                          + integrate_weight (self, low, &view, theta);

          place->n_modes++;
          if (height > best)
            {
              best = height;
              place->theta = theta;
              place->is_bound = is_end;
            }
        }
      weight += integrate_weight (self, low, &view, high);
      low = high;
      view = next;
    }
}

/* Multiplies the probabilities of one answer at every node into @product. Since nodes are
 * equally spaced, exp () is needed only twice: from node to node it changes by a factor. */
static void
multiply_answer (const WayScored *answer, double *product, double *sum)
{
  const double step = 2 * WAY_SCALE_END / (WAY_SCALE_NODES - 1);
  const WayCurve *curve = answer->curve;
  const WayParameters *p = &curve->parameters;
  gboolean is_right = answer->score >= .5;
  double rest = is_right ? p->c : 1 - p->d;
  double span = p->d - p->c;
  double odds;
  double factor;

  if (curve->n_steps > 0 || p->a * (2 * WAY_SCALE_END + fabs (p->b)) > 600)
    {
      for (guint q = 0; q < WAY_SCALE_NODES; q++)
        sum[q] += way_curve_log_likelihood (curve, -WAY_SCALE_END + q * step, answer->score);
      return;
    }

  odds = exp ((is_right ? 1 : -1) * p->a * (WAY_SCALE_END + p->b));
  factor = exp ((is_right ? -1 : 1) * p->a * step);
  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    {
      double probability = rest + span / (1 + odds);

      odds *= factor;
      if (probability < SMALL)
        sum[q] += way_curve_log_likelihood (curve, -WAY_SCALE_END + q * step, answer->score);
      else
        product[q] *= probability;
    }
}

/**
 * way_scale_get_posterior:
 * @weights: (out) (array fixed-size=61): of the nodes -6, -5.8 … 6; their sum is 1
 *
 * The posterior over %WAY_SCALE_NODES equally spaced nodes, by the trapezoid rule.
 *
 * Returns: the logarithm of the probability of the answers
 */
double
way_scale_get_posterior (
    const WayScored *answers, guint n_answers, double prior_mean, double prior_sd, double *weights)
{
  const double step = 2 * WAY_SCALE_END / (WAY_SCALE_NODES - 1);
  double product[WAY_SCALE_NODES];
  double most = -HUGE_VAL;
  double sum = 0;

  g_return_val_if_fail (answers != NULL || n_answers == 0, 0);
  g_return_val_if_fail (prior_sd > 0, 0);
  g_return_val_if_fail (weights != NULL, 0);

  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    {
      product[q] = 1;
      weights[q] = 0;
    }
  for (guint i = 0; i < n_answers; i++)
    {
      multiply_answer (&answers[i], product, weights);
      if (i % AT_A_TIME < AT_A_TIME - 1 && i < n_answers - 1)
        continue;
      for (guint q = 0; q < WAY_SCALE_NODES; q++)
        {
          weights[q] += log (product[q]);
          product[q] = 1;
        }
    }
  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    {
      double theta = -WAY_SCALE_END + q * step;
      double z = (theta - prior_mean) / prior_sd;

      weights[q] -= .5 * z * z;
      if (q == 0 || q == WAY_SCALE_NODES - 1)
        weights[q] -= G_LN2;
      most = MAX (most, weights[q]);
    }
  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    {
      weights[q] = exp (weights[q] - most);
      sum += weights[q];
    }
  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    weights[q] /= sum;

  return most + log (sum) + log (step / prior_sd) - .5 * log (2 * G_PI);
}

static void
estimate_mean (const Search *self, WayPlace *place)
{
  const double step = 2 * WAY_SCALE_END / (WAY_SCALE_NODES - 1);
  double weights[WAY_SCALE_NODES];
  double variance = 0;

  way_scale_get_posterior (self->answers, self->n_answers, self->prior_mean, self->prior_sd,
                           weights);
  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    place->theta += weights[q] * (-WAY_SCALE_END + q * step);
  for (guint q = 0; q < WAY_SCALE_NODES; q++)
    {
      double away = -WAY_SCALE_END + q * step - place->theta;

      variance += weights[q] * away * away;
    }
  place->se = sqrt (variance);
  place->n_modes = 1;
}

/**
 * way_scale_estimate:
 * @answers: (array length=n_answers): scored answers
 * @n_answers: how many
 * @method: by which estimator
 * @prior_mean: for EAP and BM
 * @prior_sd: for EAP and BM; above 0
 * @place: (out): the estimate
 *
 * All estimates lie in [-6, 6].
 *
 * EAP: the posterior's mean and SD. BM: the highest posterior, with 1/√(I + 1/σ²). WL: the
 * root of score + J/(2I), with 1/√I; both are finite where all answers are right, or all
 * wrong. ML: the highest likelihood, with 1/√I. When all answers are right, or all wrong,
 * or when guessing makes the likelihood highest far out, there is no finite maximum: the
 * end is returned, with 1/√I there (very large, as it should be), and is_bound. Where
 * there are several tops the highest is returned, never the nearest.
 *
 * Without answers ML and WL have nothing to say: NaN, with is_bound.
 */
void
way_scale_estimate (const WayScored *answers,
                    guint n_answers,
                    WayMethod method,
                    double prior_mean,
                    double prior_sd,
                    WayPlace *place)
{
  const Search search = { answers, n_answers, method, prior_mean, prior_sd };
  double information;

  g_return_if_fail (answers != NULL || n_answers == 0);
  g_return_if_fail (prior_sd > 0 && isfinite (prior_mean));
  g_return_if_fail (place != NULL);

  memset (place, 0, sizeof *place);
  if (method == WAY_METHOD_EAP)
    {
      estimate_mean (&search, place);
      return;
    }
  if (n_answers == 0 && method != WAY_METHOD_BM)
    {
      place->theta = place->se = NAN;
      place->is_bound = TRUE;
      return;
    }

  find_best (&search, place);
  information = look_at (&search, place->theta).information;
  if (method == WAY_METHOD_BM)
    information += 1 / (prior_sd * prior_sd);
  place->se = 1 / sqrt (information);
}

/**
 * way_method_from_string:
 * @method: (out): the estimator that @text names: eap, ml, bm or wl
 *
 * Returns: whether there is one
 */
gboolean
way_method_from_string (const char *text, WayMethod *method)
{
  static const char *const names[] = { "eap", "ml", "bm", "wl" };

  g_return_val_if_fail (method != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *method = i;
        return TRUE;
      }

  return FALSE;
}
