/* way-trust.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-scale.h"

G_BEGIN_DECLS

/* Policy: an answer in less than this share of the item's time is rapid. */
#define WAY_EFFORT_RAPID .10
/* Policy: below this effort a result is kept, but not reported. */
#define WAY_EFFORT_LEAST .90
/* Policy: below this probability the answers are flagged, for advice only. */
#define WAY_PERSON_FIT_LEAST .01
#define WAY_PERSON_FIT_DRAWS 1000

double way_effort_get_limit (double mean_seconds, double share);
gboolean way_effort_is_rapid (double seconds, double mean_seconds, double share);
double way_effort_get_share (guint n_rapid, guint n_answers);
gboolean way_effort_is_reportable (guint n_rapid, guint n_answers, gboolean has_extra_time);

void way_person_fit_add (
    const WayCurve *curve, double theta, double score, double *surprise, double *variance);

double way_change_get_z (double before, double se_before, double after, double se_after);
gboolean way_change_is_reliable (double before, double se_before, double after, double se_after);
double way_change_get_team (const double *before, const double *after, guint n, double *se);

typedef enum
{
  WAY_CONFIDENCE_CONSISTENT,
  WAY_CONFIDENCE_OVER,  /* may over-estimate */
  WAY_CONFIDENCE_UNDER, /* may under-estimate */
} WayConfidence;

WayConfidence way_confidence_judge (double below, double above);

G_END_DECLS
