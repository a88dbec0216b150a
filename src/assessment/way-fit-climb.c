/* way-fit-climb.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-calibration-private.h"

#include <math.h>
#include <string.h>

#define MOST_ROUNDS 3000
/* Of the change by one round of EM, far below what is promised, since rounds may go on by
 * small steps for long. */
#define TOLERANCE 1e-7
/* Beyond this a difficulty or a slope is running away. */
#define FAR_OUT 40.0
#define STEEPEST 30.0
/* An extrapolation is trusted for this much: beyond, it may land where EM stands still. */
#define FARTHEST 1.0

/* The free parameters in one row, on scales where any number is allowed. */
static guint
pack (const WayFit *fit, double *row)
{
  guint n = 0;
  gboolean has_common = FALSE;

  for (guint i = 0; i < fit->sheet->n_items; i++)
    {
      if (!way_fit_is_free (fit, i))
        continue;
      row[n++] = fit->curves[i].parameters.b;
      if (way_fit_has_free_slope (fit, i) && (fit->plan->model == WAY_MODEL_2PL || !has_common))
        {
          row[n++] = log (fit->curves[i].parameters.a);
          has_common = TRUE;
        }
    }
  if (fit->plan->is_mean_free)
    row[n++] = fit->mean;
  if (fit->plan->is_sd_free)
    row[n++] = log (fit->sd);

  return n;
}

static void
unpack (WayFit *fit, const double *row)
{
  guint n = 0;
  double common = 0;

  for (guint i = 0; i < fit->sheet->n_items; i++)
    {
      if (!way_fit_is_free (fit, i))
        continue;
      fit->curves[i].parameters.b = row[n++];
      if (way_fit_has_free_slope (fit, i))
        {
          if (fit->plan->model == WAY_MODEL_2PL || common <= 0)
            common = exp (row[n++]);
          fit->curves[i].parameters.a = common;
        }
    }
  if (fit->plan->is_mean_free)
    fit->mean = row[n++];
  if (fit->plan->is_sd_free)
    {
      fit->sd = exp (row[n++]);
      fit->sd = MAX (fit->sd, WAY_LEAST_SD);
    }
}

/* One round: what the answers make likely under the parameters in @row, and the parameters
 * that fit that best. Returns the objective at @row. */
static double
do_round (WayFit *fit, const double *row, double *next)
{
  double height;

  unpack (fit, row);
  way_fit_set_nodes (fit);
  way_fit_tabulate (fit);
  height = way_fit_expect (fit) + way_fit_get_log_prior (fit);
  way_fit_maximise (fit);
  pack (fit, next);

  return height;
}

/* Where two rounds point to, further on (Varadhan and Roland's third scheme). */
static void
extrapolate (guint n, const double *p0, const double *p1, const double *p2, double *far)
{
  double steps = 0;
  double bends = 0;
  double alpha;

  for (guint k = 0; k < n; k++)
    {
      double r = p1[k] - p0[k];
      double v = p2[k] - p1[k] - r;

      steps += r * r;
      bends += v * v;
    }
  alpha = bends > 0 ? -sqrt (steps / bends) : -1;
  alpha = CLAMP (alpha, -64, -1);
  for (guint k = 0; k < n; k++)
    {
      double r = p1[k] - p0[k];
      double v = p2[k] - p1[k] - r;

      far[k] = p0[k] - 2 * alpha * r + alpha * alpha * v;
    }
}

static double
get_change (guint n, const double *a, const double *b)
{
  double most = 0;

  for (guint k = 0; k < n; k++)
    most = MAX (most, fabs (a[k] - b[k]));

  return most;
}

static gboolean
is_sane (guint n, const double *row)
{
  for (guint k = 0; k < n; k++)
    if (!isfinite (row[k]) || fabs (row[k]) > FAR_OUT)
      return FALSE;

  return TRUE;
}

static gboolean
is_runaway (const WayFit *fit)
{
  for (guint i = 0; i < fit->sheet->n_items; i++)
    if (way_fit_has_free_slope (fit, i) && fit->curves[i].parameters.a > STEEPEST)
      return TRUE;

  return FALSE;
}

/* private: EM, with extrapolation that is kept only where it leads higher */
gboolean
way_fit_climb (WayFit *fit, guint *rounds, GCancellable *cancellable, GError **error)
{
  guint room = 2 * fit->sheet->n_items + 3;
  g_autofree double *p0 = g_new0 (double, room);
  g_autofree double *p1 = g_new0 (double, room);
  g_autofree double *p2 = g_new0 (double, room);
  g_autofree double *far = g_new0 (double, room);
  g_autofree double *p3 = g_new0 (double, room);
  guint n = pack (fit, p0);

  *rounds = 0;
  if (n == 0)
    return TRUE;

  while (*rounds < MOST_ROUNDS)
    {
      double here;
      double change;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      do_round (fit, p0, p1);
      here = do_round (fit, p1, p2);
      *rounds += 2;
      if (!is_sane (n, p2) || is_runaway (fit))
        break;
      change = get_change (n, p1, p2);
      if (fit->plan->progress != NULL)
        fit->plan->progress (*rounds, change, fit->plan->user_data);
      if (change < TOLERANCE)
        {
          unpack (fit, p2);
          return TRUE;
        }

      extrapolate (n, p0, p1, p2, far);
      if (is_sane (n, far) && get_change (n, p2, far) <= FARTHEST && do_round (fit, far, p3) >= here
          && is_sane (n, p3))
        memcpy (p0, p3, sizeof (double) * n);
      else
        memcpy (p0, p2, sizeof (double) * n);
      (*rounds)++;
    }

  g_set_error_literal (error, WAY_CALIBRATION_ERROR, WAY_CALIBRATION_ERROR_NOT_FOUND,
                       "The answers do not settle these parameters: a slope or a difficulty runs "
                       "away. There may be too few answers, or an item that measures something "
                       "else");

  return FALSE;
}
