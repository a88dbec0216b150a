/* way-calibration-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-calibration.h"

G_BEGIN_DECLS

#define WAY_NODES WAY_SCALE_NODES
/* A group whose people do not differ is taken to differ by this. */
#define WAY_LEAST_SD .02

/* The fit while it goes on: parameters, and the nodes that go with the group. */
typedef struct
{
  const WaySheet *sheet;
  const WayCalibrationPlan *plan;
  WayCurve *curves; /* not owned */
  double mean;
  double sd;
  double nodes[WAY_NODES];
  double weights[WAY_NODES]; /* logarithms */

  double *log_right; /* (owned) item × node */
  double *log_wrong; /* (owned) item × node */
  double *right;     /* (owned) item × node: expected right answers */
  double *all;       /* (owned) item × node: expected answers */
  double first;      /* Σ over people of the posterior mean of the standardised place */
  double second;     /* Σ of its square */
} WayFit;

const WayKnown *way_fit_get_known (const WayFit *self, guint item);
gboolean way_fit_is_free (const WayFit *self, guint item);
gboolean way_fit_has_free_slope (const WayFit *self, guint item);
void way_fit_set_nodes (WayFit *self);
void way_fit_tabulate (WayFit *self);
double way_fit_get_posterior (const WayFit *self, guint person, double *posterior);
double way_fit_expect (WayFit *self);
double way_fit_get_log_prior (const WayFit *self);
void way_fit_maximise (WayFit *self);
void way_fit_get_logit (const WayCurve *curve, double theta, double right, double *l, double *ll);

gboolean way_fit_climb (WayFit *self, guint *rounds, GCancellable *cancellable, GError **error);
gboolean way_fit_get_errors (WayFit *self, double *se_a, double *se_b);
gboolean way_matrix_invert (guint n, double *matrix);
gboolean way_conditional_fit (const WaySheet *sheet,
                              const WayCalibrationPlan *plan,
                              WayCalibration *result,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
