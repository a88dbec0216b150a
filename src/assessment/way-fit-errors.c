/* way-fit-errors.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-calibration-private.h"

#include <math.h>

#define HARDLY .2

/* Which row of the information matrix is whose; -1 where it is not free. */
typedef struct
{
  guint n;
  int *b;
  int *a;
  int mean;
  int sd;
} Layout;

static void
layout_init (Layout *layout, const WayFit *fit, gboolean has_sd)
{
  guint n_items = fit->sheet->n_items;
  int common = -1;

  layout->n = 0;
  layout->b = g_new (int, n_items);
  layout->a = g_new (int, n_items);
  layout->mean = layout->sd = -1;
  for (guint i = 0; i < n_items; i++)
    {
      layout->a[i] = layout->b[i] = -1;
      if (!way_fit_is_free (fit, i))
        continue;
      layout->b[i] = layout->n++;
      if (!way_fit_has_free_slope (fit, i))
        continue;
      if (fit->plan->model == WAY_MODEL_2PL || common < 0)
        common = layout->n++;
      layout->a[i] = common;
    }
  if (fit->plan->is_mean_free)
    layout->mean = layout->n++;
  if (has_sd)
    layout->sd = layout->n++;
}

/* The scores of one person's complete answers at every node, for what is free and was
 * touched; and what the complete answers would tell, which goes into @matrix. */
typedef struct
{
  guint n;
  int *rows;      /* of the matrix */
  int *place;     /* row → place among these, or -1 */
  double *scores; /* place × node */
} Touched;

static double *
touch (Touched *touched, int row)
{
  if (touched->place[row] < 0)
    {
      touched->place[row] = touched->n;
      touched->rows[touched->n] = row;
      for (guint q = 0; q < WAY_NODES; q++)
        touched->scores[(gsize) touched->n * WAY_NODES + q] = 0;
      touched->n++;
    }

  return touched->scores + (gsize) touched->place[row] * WAY_NODES;
}

static void
add (double *matrix, guint n, int row, int column, double value)
{
  matrix[(gsize) row * n + column] += value;
  if (row != column)
    matrix[(gsize) column * n + row] += value;
}

static void
add_answer (const WayFit *fit,
            const Layout *layout,
            guint item,
            double right,
            const double *posterior,
            Touched *touched,
            double *matrix)
{
  const WayCurve *curve = &fit->curves[item];
  double a = curve->parameters.a;
  double *by_b = touch (touched, layout->b[item]);
  double *by_a = layout->a[item] >= 0 ? touch (touched, layout->a[item]) : NULL;
  double bb = 0;
  double ab = 0;
  double aa = 0;

  /* touch() may have been the first to use a row; the pointers stay, the room is fixed. */
  for (guint q = 0; q < WAY_NODES; q++)
    {
      double away = fit->nodes[q] - curve->parameters.b;
      double l;
      double ll;

      way_fit_get_logit (curve, fit->nodes[q], right, &l, &ll);
      by_b[q] -= a * l;
      bb -= posterior[q] * a * a * ll;
      if (by_a == NULL)
        continue;
      by_a[q] += away * l;
      aa -= posterior[q] * away * away * ll;
      ab += posterior[q] * (a * away * ll + l);
    }
  add (matrix, layout->n, layout->b[item], layout->b[item], bb);
  if (by_a != NULL)
    {
      add (matrix, layout->n, layout->a[item], layout->a[item], aa);
      add (matrix, layout->n, layout->a[item], layout->b[item], ab);
    }
}

/* The normal density of the group, by its mean and SD. */
static void
add_group (const WayFit *fit,
           const Layout *layout,
           const double *posterior,
           Touched *touched,
           double *matrix)
{
  double sd = fit->sd;
  double *by_mean = layout->mean >= 0 ? touch (touched, layout->mean) : NULL;
  double *by_sd = layout->sd >= 0 ? touch (touched, layout->sd) : NULL;

  for (guint q = 0; q < WAY_NODES; q++)
    {
      double z = (fit->nodes[q] - fit->mean) / sd;

      if (by_mean != NULL)
        {
          by_mean[q] = z / sd;
          add (matrix, layout->n, layout->mean, layout->mean, posterior[q] / (sd * sd));
        }
      if (by_sd != NULL)
        {
          by_sd[q] = (z * z - 1) / sd;
          add (matrix, layout->n, layout->sd, layout->sd,
               posterior[q] * (3 * z * z - 1) / (sd * sd));
        }
      if (by_mean != NULL && by_sd != NULL)
        add (matrix, layout->n, layout->mean, layout->sd, posterior[q] * 2 * z / (sd * sd));
    }
}

/* What is lost since nobody's place is known: the covariance of the scores. */
static void
take_covariance (const Touched *touched, const double *posterior, double *matrix, guint n)
{
  for (guint k = 0; k < touched->n; k++)
    {
      double *row = touched->scores + (gsize) k * WAY_NODES;
      double mean = 0;

      for (guint q = 0; q < WAY_NODES; q++)
        mean += posterior[q] * row[q];
      for (guint q = 0; q < WAY_NODES; q++)
        row[q] -= mean;
    }
  for (guint k = 0; k < touched->n; k++)
    {
      const double *one = touched->scores + (gsize) k * WAY_NODES;
      double weighted[WAY_NODES];

      for (guint q = 0; q < WAY_NODES; q++)
        weighted[q] = posterior[q] * one[q];
      for (guint j = 0; j <= k; j++)
        {
          const double *other = touched->scores + (gsize) j * WAY_NODES;
          double sum = 0;

          for (guint q = 0; q < WAY_NODES; q++)
            sum += weighted[q] * other[q];
          add (matrix, n, touched->rows[k], touched->rows[j], -sum);
        }
    }
}

static void
add_priors (const WayFit *fit, const Layout *layout, double *matrix)
{
  gboolean has_common = FALSE;

  for (guint i = 0; i < fit->sheet->n_items; i++)
    {
      const WayKnown *known = way_fit_get_known (fit, i);
      double a = fit->curves[i].parameters.a;

      if (layout->b[i] >= 0 && known != NULL && known->sd_b > 0)
        add (matrix, layout->n, layout->b[i], layout->b[i], 1 / (known->sd_b * known->sd_b));
      if (layout->a[i] >= 0 && fit->plan->has_slope_prior
          && (fit->plan->model == WAY_MODEL_2PL || !has_common))
        {
          /* The prior's own curvature by a, at SD .5. */
          add (matrix, layout->n, layout->a[i], layout->a[i], (4 - 4 * log (a) - 1) / (a * a));
          has_common = TRUE;
        }
    }
}

/**
 * way_matrix_invert:
 * @n: rows
 * @matrix: (inout): symmetric, row by row
 *
 * Returns: FALSE, with @matrix destroyed, where it is not positive definite
 */
gboolean
way_matrix_invert (guint n, double *matrix)
{
  g_autofree double *inverse = g_new0 (double, (gsize) n *n);

  /* Cholesky: L in the lower half. */
  for (gsize j = 0; j < n; j++)
    {
      double pivot = matrix[j * n + j];
      double scale = pivot;

      for (gsize k = 0; k < j; k++)
        pivot -= matrix[j * n + k] * matrix[j * n + k];
      if (!(pivot > 1e-12 * scale))
        return FALSE;
      matrix[j * n + j] = sqrt (pivot);
      for (gsize i = j + 1; i < n; i++)
        {
          double sum = matrix[i * n + j];

          for (gsize k = 0; k < j; k++)
            sum -= matrix[i * n + k] * matrix[j * n + k];
          matrix[i * n + j] = sum / matrix[j * n + j];
        }
    }
  /* L⁻¹, then L⁻ᵀL⁻¹. */
  for (gsize j = 0; j < n; j++)
    {
      inverse[j * n + j] = 1 / matrix[j * n + j];
      for (gsize i = j + 1; i < n; i++)
        {
          double sum = 0;

          for (gsize k = j; k < i; k++)
            sum -= matrix[i * n + k] * inverse[k * n + j];
          inverse[i * n + j] = sum / matrix[i * n + i];
        }
    }
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j <= i; j++)
      {
        double sum = 0;

        for (gsize k = i; k < n; k++)
          sum += inverse[k * n + i] * inverse[k * n + j];
        matrix[i * n + j] = matrix[j * n + i] = sum;
      }

  return TRUE;
}

static gboolean
get_errors (WayFit *self, gboolean has_sd, double *se_a, double *se_b)
{
  Layout layout;
  Touched touched = { 0 };
  g_autofree double *matrix = NULL;
  g_autofree int *rows = NULL;
  g_autofree int *place = NULL;
  g_autofree double *scores = NULL;
  g_autofree int *of_b = NULL;
  g_autofree int *of_a = NULL;

  layout_init (&layout, self, has_sd);
  of_b = layout.b;
  of_a = layout.a;
  if (layout.n == 0)
    return TRUE;

  matrix = g_new0 (double, (gsize) layout.n *layout.n);
  rows = g_new (int, layout.n);
  place = g_new (int, layout.n);
  scores = g_new0 (double, (gsize) layout.n *WAY_NODES);
  touched.rows = rows;
  touched.place = place;
  touched.scores = scores;

  for (guint v = 0; v < self->sheet->n_people; v++)
    {
      double posterior[WAY_NODES];

      touched.n = 0;
      for (guint k = 0; k < layout.n; k++)
        place[k] = -1;
      way_fit_get_posterior (self, v, posterior);
      add_group (self, &layout, posterior, &touched, matrix);
      for (guint k = self->sheet->start[v]; k < self->sheet->start[v + 1]; k++)
        if (layout.b[self->sheet->item[k]] >= 0)
          add_answer (self, &layout, self->sheet->item[k], self->sheet->score[k], posterior,
                      &touched, matrix);
      take_covariance (&touched, posterior, matrix, layout.n);
    }
  add_priors (self, &layout, matrix);
  if (!way_matrix_invert (layout.n, matrix))
    return FALSE;

  for (guint i = 0; i < self->sheet->n_items; i++)
    {
      if (layout.b[i] >= 0)
        se_b[i] = sqrt (matrix[(gsize) layout.b[i] * layout.n + layout.b[i]]);
      if (layout.a[i] >= 0)
        se_a[i] = sqrt (matrix[(gsize) layout.a[i] * layout.n + layout.a[i]]);
    }

  return TRUE;
}

/**
 * way_fit_get_errors:
 * @self: a fit at its maximum, tabulated
 * @se_a: (out) (array): of the items
 * @se_b: (out) (array): of the items
 *
 * From the observed information of everything that is free: what complete answers would
 * tell, less what is lost since nobody's place is known (Louis 1982).
 *
 * Returns: FALSE where the answers do not settle the parameters
 */
gboolean
way_fit_get_errors (WayFit *self, double *se_a, double *se_b)
{
  gboolean has_sd = self->plan->is_sd_free && self->sd > WAY_LEAST_SD;

  if (get_errors (self, has_sd, se_a, se_b))
    return TRUE;

  /* Where people hardly differ, how much they do is not settled; the items are. */
  return has_sd && self->sd < HARDLY && get_errors (self, FALSE, se_a, se_b);
}
