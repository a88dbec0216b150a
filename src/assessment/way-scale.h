/* way-scale.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-curve.h"

G_BEGIN_DECLS

/* Where every one-dimensional estimate lies. */
#define WAY_SCALE_END 6.0
#define WAY_SCALE_NODES 61

typedef enum
{
  WAY_METHOD_EAP, /* mean of the posterior */
  WAY_METHOD_ML,  /* highest likelihood */
  WAY_METHOD_BM,  /* highest posterior */
  WAY_METHOD_WL,  /* Warm's weighted likelihood */
} WayMethod;

/* One answer to one item. */
typedef struct
{
  const WayCurve *curve; /* not owned */
  double score;          /* a whole number from 0 to the most of the curve */
} WayScored;

/* Where a person stands by one estimator. */
typedef struct
{
  double theta;
  double se;
  gboolean is_bound; /* nothing inside the scale is best: theta is its end */
  guint n_modes;     /* how many places are better than those beside; 1 for EAP */
} WayPlace;

void way_scale_estimate (const WayScored *answers,
                         guint n_answers,
                         WayMethod method,
                         double prior_mean,
                         double prior_sd,
                         WayPlace *place);
double way_scale_get_posterior (
    const WayScored *answers, guint n_answers, double prior_mean, double prior_sd, double *weights);
gboolean way_method_from_string (const char *text, WayMethod *method);

G_END_DECLS
