/* way-decision.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-bank.h"
#include "assessment/way-curve.h"
#include "assessment/way-sitting.h"

G_BEGIN_DECLS

#define WAY_DECISION_LEAST 5 /* answers before anything is decided */
#define WAY_DECISION_MOST 36

typedef enum
{
  WAY_VERDICT_OPEN,      /* goes on */
  WAY_VERDICT_YES,       /* above the cut */
  WAY_VERDICT_NO,        /* below */
  WAY_VERDICT_UNDECIDED, /* no items left, or enough asked: to be reported as it is */
} WayVerdict;

/* Yes or no at one cut of one capability: a sequential probability ratio test. Pure, as a
 * sitting is. Owned by whoever runs it. */
typedef struct _WayDecision WayDecision;

WayDecision *way_decision_new (WayBank *bank, guint capability, double cut, guint64 seed);
void way_decision_free (WayDecision *self);
gboolean way_decision_choose (WayDecision *self, WaySelection *selection);
gboolean
way_decision_answer (WayDecision *self, const char *item, gboolean is_right, gboolean is_counted);
WayVerdict way_decision_get_verdict (WayDecision *self);
guint way_decision_get_n_answered (WayDecision *self);
double way_decision_get_log_ratio (WayDecision *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDecision, way_decision_free)

G_END_DECLS
