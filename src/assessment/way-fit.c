/* way-fit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-calibration-private.h"

#include <math.h>
#include <string.h>

#define INNER_STEPS 3
#define LEAST_SLOPE .02
#define SLOPE_PRIOR_SD .5

/* private: what the plan says of an item, or NULL */
const WayKnown *
way_fit_get_known (const WayFit *self, guint item)
{
  return self->plan->known != NULL ? &self->plan->known[item] : NULL;
}

/* private: whether an item's difficulty is to be found */
gboolean
way_fit_is_free (const WayFit *self, guint item)
{
  const WayKnown *known = way_fit_get_known (self, item);

  return known == NULL || !known->is_anchor;
}

/* private: whether its slope is, alone or with all others */
gboolean
way_fit_has_free_slope (const WayFit *self, guint item)
{
  const WayKnown *known = way_fit_get_known (self, item);

  if (self->plan->model == WAY_MODEL_2PL && known != NULL && known->is_slope_known)
    return FALSE;

  return self->plan->model != WAY_MODEL_RASCH && way_fit_is_free (self, item);
}

static double
get_slope_penalty (const WayFit *self, double a)
{
  double z = log (a) / SLOPE_PRIOR_SD;

  return self->plan->has_slope_prior ? -.5 * z * z - log (a) : 0;
}

/* private: of the parameters as they are, up to a constant */
double
way_fit_get_log_prior (const WayFit *self)
{
  double sum = 0;
  gboolean has_common = FALSE;

  for (guint i = 0; i < self->sheet->n_items; i++)
    {
      const WayKnown *known = way_fit_get_known (self, i);

      if (!way_fit_is_free (self, i))
        continue;
      if (known != NULL && known->sd_b > 0)
        {
          double z = (self->curves[i].parameters.b - known->b) / known->sd_b;

          sum -= .5 * z * z;
        }
      if (way_fit_has_free_slope (self, i) && (self->plan->model == WAY_MODEL_2PL || !has_common))
        {
          sum += get_slope_penalty (self, self->curves[i].parameters.a);
          has_common = TRUE;
        }
    }

  return sum;
}

/* private: the first and second derivative of the log likelihood of an answer by the
 * logit z = a(θ - b); @right may be a share */
void
way_fit_get_logit (const WayCurve *curve, double theta, double right, double *l, double *ll)
{
  double z = curve->parameters.a * (theta - curve->parameters.b);
  double e = z >= 0 ? 1 / (1 + exp (-z)) : exp (z) / (1 + exp (z));
  double f = z >= 0 ? exp (-z) / (1 + exp (-z)) : 1 / (1 + exp (z));
  double c = curve->parameters.c;
  double p = c + (1 - c) * e;
  /* f is (1 - c) e f / P where there is no guessing; kept apart, since P may be tiny. */
  double share = c > 0 ? (1 - c) * e * f / p : f;

  *l = right * share - (1 - right) * e;
  *ll = right * share * (f - e - share) - (1 - right) * e * f;
}

/* The expected complete log likelihood of one item, and how it changes: g and h are
 * its gradient and expected information by (b, a). */
static double
evaluate_item (const WayFit *self, guint item, double *g, double h[2][2])
{
  const WayCurve *curve = &self->curves[item];
  const WayKnown *known = way_fit_get_known (self, item);
  double a = curve->parameters.a;
  double b = curve->parameters.b;
  double c = curve->parameters.c;
  double height = 0;

  g[0] = g[1] = 0;
  memset (h, 0, sizeof (double) * 4);
  for (guint q = 0; q < WAY_NODES; q++)
    {
      gsize at = (gsize) item * WAY_NODES + q;
      double n = self->all[at];
      double r = self->right[at];
      double away = self->nodes[q] - b;
      double z = a * away;
      double t = exp (-fabs (z));
      double e = z >= 0 ? 1 / (1 + t) : t / (1 + t);
      double f = z >= 0 ? t / (1 + t) : 1 / (1 + t);
      double log_f = (z > 0 ? -z : 0) - log1p (t);
      double log_e = (z > 0 ? 0 : z) - log1p (t);
      double share = c > 0 ? (1 - c) * e * f / (c + (1 - c) * e) : f;
      double slope = r * share - (n - r) * e;
      double information = n * share * e;

      if (n <= 0)
        continue;
      height += r * (c > 0 ? log (c + (1 - c) * e) : log_e) + (n - r) * (log1p (-c) + log_f);
      g[0] -= a * slope;
      g[1] += away * slope;
      h[0][0] += a * a * information;
      h[0][1] -= a * away * information;
      h[1][1] += away * away * information;
    }
  if (known != NULL && !known->is_anchor && known->sd_b > 0)
    {
      double precision = 1 / (known->sd_b * known->sd_b);

      height -= .5 * (b - known->b) * (b - known->b) * precision;
      g[0] -= (b - known->b) * precision;
      h[0][0] += precision;
    }
  h[1][0] = h[0][1];

  return height;
}

/* Adds what the prior says of a slope; the information is that of its logarithm. */
static double
add_slope_prior (const WayFit *self, double a, double *g, double *h)
{
  double precision = 1 / (SLOPE_PRIOR_SD * SLOPE_PRIOR_SD);

  if (!self->plan->has_slope_prior)
    return 0;

  *g -= (log (a) * precision + 1) / a;
  *h += precision / (a * a);

  return get_slope_penalty (self, a);
}

/* Fisher steps for one item by itself; a step that leads down is halved. */
static void
maximise_item (WayFit *self, guint item)
{
  WayParameters *p = &self->curves[item].parameters;
  gboolean has_slope = way_fit_has_free_slope (self, item);
  double g[2];
  double h[2][2];
  double height = evaluate_item (self, item, g, h);

  if (has_slope)
    height += add_slope_prior (self, p->a, &g[1], &h[1][1]);

  for (guint step = 0; step < INNER_STEPS; step++)
    {
      WayParameters before = *p;
      double determinant = h[0][0] * h[1][1] - h[0][1] * h[0][1];
      double by_b;
      double by_a = 0;
      double scale;

      if (!(h[0][0] > 0) || (has_slope && !(determinant > 0)))
        return;
      if (has_slope)
        {
          by_b = (h[1][1] * g[0] - h[0][1] * g[1]) / determinant;
          by_a = (h[0][0] * g[1] - h[0][1] * g[0]) / determinant;
        }
      else
        by_b = g[0] / h[0][0];
      scale = MIN (1, 1 / MAX (fabs (by_b), 2 * fabs (by_a)));

      for (guint halving = 0;; halving++)
        {
          double next;

          p->b = before.b + scale * by_b;
          p->a = MAX (before.a + scale * by_a, LEAST_SLOPE);
          next = evaluate_item (self, item, g, h);
          if (has_slope)
            next += add_slope_prior (self, p->a, &g[1], &h[1][1]);
          if (next >= height)
            {
              height = next;
              break;
            }
          if (halving == 30)
            {
              *p = before;
              return;
            }
          scale /= 2;
        }
    }
}

/* One slope for all: Fisher steps on it and all difficulties at once. */
static void
maximise_together (WayFit *self)
{
  guint n = self->sheet->n_items;
  g_autofree double *before = g_new (double, n);
  g_autofree double *move = g_new0 (double, n);
  double old = -HUGE_VAL;
  double old_a = 1;
  double by_a = 0;
  double scale = 1;
  guint halvings = 0;

  for (guint step = 0; step <= INNER_STEPS;)
    {
      double height = 0;
      double a = 0;
      double gradient = 0;
      double information = 0;
      g_autofree double *cross = g_new0 (double, n);
      g_autofree double *own = g_new0 (double, n);
      g_autofree double *pull = g_new0 (double, n);

      for (guint i = 0; i < n; i++)
        {
          double g[2];
          double h[2][2];

          if (!way_fit_is_free (self, i))
            continue;
          height += evaluate_item (self, i, g, h);
          a = self->curves[i].parameters.a;
          pull[i] = g[0];
          own[i] = h[0][0];
          cross[i] = h[0][1];
          gradient += g[1];
          information += h[1][1];
        }
      if (a <= 0)
        return;
      height += add_slope_prior (self, a, &gradient, &information);

      if (height < old && halvings < 30)
        {
          halvings++;
          scale /= 2;
        }
      else
        {
          double largest = 0;

          if (++step > INNER_STEPS)
            return;
          halvings = 0;
          old = height;
          old_a = a;
          for (guint i = 0; i < n; i++)
            if (own[i] > 0)
              {
                gradient -= cross[i] * pull[i] / own[i];
                information -= cross[i] * cross[i] / own[i];
              }
          if (!(information > 0))
            return;
          by_a = gradient / information;
          for (guint i = 0; i < n; i++)
            {
              before[i] = self->curves[i].parameters.b;
              move[i] = own[i] > 0 ? (pull[i] - cross[i] * by_a) / own[i] : 0;
              largest = MAX (largest, fabs (move[i]));
            }
          scale = MIN (1, 1 / MAX (largest, 2 * fabs (by_a)));
        }

      for (guint i = 0; i < n; i++)
        if (way_fit_is_free (self, i))
          {
            self->curves[i].parameters.b = before[i] + scale * move[i];
            self->curves[i].parameters.a = MAX (old_a + scale * by_a, LEAST_SLOPE);
          }
    }
}

/* private: the M step */
void
way_fit_maximise (WayFit *self)
{
  double n = self->sheet->n_people;
  double mean = self->first / n;

  if (self->plan->model == WAY_MODEL_1PL)
    maximise_together (self);
  else
    for (guint i = 0; i < self->sheet->n_items; i++)
      if (way_fit_is_free (self, i))
        maximise_item (self, i);

  if (self->plan->is_sd_free)
    {
      double about = self->plan->is_mean_free ? mean : 0;

      if (self->plan->is_mean_free)
        self->mean += self->sd * mean;
      self->sd *= sqrt (MAX (self->second / n - 2 * about * mean + about * about, 0));
      self->sd = MAX (self->sd, WAY_LEAST_SD);
    }
  else if (self->plan->is_mean_free)
    self->mean += self->sd * mean;
}
