/* way-fairness.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sheet.h"

G_BEGIN_DECLS

/* Policy: answers in each group without which no figure is given, and without which
 * nothing is to be done about one. */
#define WAY_FAIRNESS_FIGURE 100
#define WAY_FAIRNESS_ACTION 200

/* Whether people of two groups who are alike otherwise do alike on one item. */
typedef struct
{
  guint n_reference; /* answers of the reference group */
  guint n_focal;
  gboolean is_known; /* whether there is a figure: enough answers, in bands that both have */
  double alpha;      /* common odds ratio; above 1: easier for the reference group */
  double delta;      /* -2.35 ln α; below 0: harder for the focal group */
  double se;         /* of delta */
  char grade;        /* A, B or C */
} WayFairness;

void way_fairness_compare (const WaySheet *sheet,
                           const double *places,
                           const int *groups,
                           guint item,
                           int reference,
                           int focal,
                           WayFairness *result);

G_END_DECLS
