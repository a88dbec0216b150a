/* way-curve.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-irt.h"

G_BEGIN_DECLS

#define WAY_MAX_STEPS 10

/* An item of either kind as it is scored: right or wrong by the four-parameter logistic
 * model, or in steps by the (generalised) partial credit model. */
typedef struct
{
  WayParameters parameters;    /* only a where there are steps */
  guint n_steps;               /* 0: right or wrong; else scored 0 … n_steps */
  double steps[WAY_MAX_STEPS]; /* δ: where each score is as likely as the one below */
} WayCurve;

/* How the log likelihood of one answer changes along the scale. */
typedef struct
{
  double score;       /* its first derivative */
  double information; /* I: expected */
  double bias;        /* J = Σ P′P″/P over the possible scores */
} WayTangent;

gboolean way_curve_check (const WayCurve *self, char **reason);
guint way_curve_get_most (const WayCurve *self);
void way_curve_get_probabilities (const WayCurve *self, double theta, double *probabilities);
double way_curve_get_expected (const WayCurve *self, double theta, double *variance);
void way_curve_move (WayCurve *self, double by);
double way_curve_draw (const WayCurve *self, double theta, double u);
double way_curve_log_likelihood (const WayCurve *self, double theta, double score);
double way_curve_get_information (const WayCurve *self, double theta);
void way_curve_get_tangent_of_steps (
    double a, const double *steps, guint n_steps, double theta, double score, WayTangent *tangent);
void way_curve_get_tangent (const WayCurve *self, double theta, double score, WayTangent *tangent);

G_END_DECLS
