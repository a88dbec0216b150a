/* way-calibration.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "assessment/way-sheet.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_CALIBRATION_ERROR_EXTREME,   /* an item everybody got right, or wrong: no difficulty */
  WAY_CALIBRATION_ERROR_DATA,      /* answers that this model or method cannot use */
  WAY_CALIBRATION_ERROR_NOT_FOUND, /* no maximum was reached */
} WayCalibrationError;

#define WAY_CALIBRATION_ERROR (way_calibration_error_quark ())
GQuark way_calibration_error_quark (void);

typedef enum
{
  WAY_MODEL_RASCH, /* a = 1, the variance of the group free */
  WAY_MODEL_1PL,   /* one a for all, variance 1 */
  WAY_MODEL_2PL,   /* an a for each, variance 1 */
} WayModel;

/* What is known of an item before its answers. */
typedef struct
{
  gboolean is_anchor;      /* a, b and c stand */
  double a;                /* of an anchor, and where the slope is known */
  double b;                /* of an anchor; else the mean of the prior */
  double c;                /* never free */
  double sd_b;             /* of the prior on b; 0 for none */
  gboolean is_slope_known; /* WAY_MODEL_2PL: a stands, though b is free */
} WayKnown;

typedef void (*WayCalibrationProgress) (guint round, double change, gpointer user_data);

typedef struct
{
  WayModel model;
  gboolean is_conditional;  /* CML; for WAY_MODEL_RASCH */
  gboolean has_slope_prior; /* a ~ logN(0, .5), for WAY_MODEL_2PL and WAY_MODEL_1PL */
  const WayKnown *known;    /* (nullable) one for each item */
  const char *const *names; /* (nullable) of the items, for errors */
  double mean;              /* of the group */
  double sd;
  gboolean is_mean_free;
  gboolean is_sd_free;
  WayCalibrationProgress progress; /* (nullable) */
  gpointer user_data;
} WayCalibrationPlan;

/* Items measured from answers. Owned by who ran it. */
typedef struct
{
  guint n_items;
  WayCurve *curves; /* (owned) */
  double *se_a;     /* (owned) 0 where a was not free */
  double *se_b;     /* (owned) 0 for anchors */
  double *infit;    /* (owned) */
  double *outfit;   /* (owned) */
  guint *n;         /* (owned) answers */
  double log_likelihood;
  double mean; /* of the group */
  double variance;
  guint rounds;
} WayCalibration;

void way_calibration_plan_init (WayCalibrationPlan *plan, WayModel model);
WayCalibration *way_calibration_run (const WaySheet *sheet,
                                     const WayCalibrationPlan *plan,
                                     GCancellable *cancellable,
                                     GError **error);
void way_calibration_free (WayCalibration *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCalibration, way_calibration_free)

G_END_DECLS
