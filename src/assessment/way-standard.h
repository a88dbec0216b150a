/* way-standard.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-curve.h"

G_BEGIN_DECLS

/* A modified Angoff round: what judges think that a person just at a border would do. */
typedef struct
{
  guint n_judges;
  guint n_items;
  double mean;      /* of all ratings: the expected share of right answers */
  double sd_judges; /* of the judges' own means */
  double se;        /* of the mean, over judges */
  double agreement; /* intraclass correlation of the judges' mean (two-way, consistency) */
  double apart;     /* how far two judges are apart on one item, on average */
  double cut;       /* where people have that expected share; NaN where nobody can */
  double se_cut;
} WayStandard;

void way_standard_summarise (const double *ratings,
                             guint n_judges,
                             guint n_items,
                             const WayCurve *curves,
                             WayStandard *standard);

G_END_DECLS
