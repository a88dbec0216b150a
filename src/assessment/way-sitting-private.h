/* way-sitting-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sitting.h"

G_BEGIN_DECLS

#define WAY_SITTING_OPENING 6 /* items that start from the person's own rating */
#define WAY_SITTING_PART 6    /* items between two natural pauses */
#define WAY_SITTING_ENOUGH 2  /* answers without which nothing is decided */
#define WAY_SITTING_NEW 2     /* items that ride along unscored */
/* What a difficulty is called measured, not judged, and how much of what is known must come
 * from such. */
#define WAY_SITTING_SURE .35
#define WAY_SITTING_SHARE .70
/* Policy, of yes or no: half the width of what is left open at the cut, and the log ratio
 * that decides: errors of one in twenty either way, after as many answers. */
#define WAY_SITTING_HALF .3
#define WAY_SITTING_BOUND 2.944
#define WAY_SITTING_LEAST 5

typedef enum
{
  WAY_MARK_ASKED = 1 << 0,
  WAY_MARK_ENEMY = 1 << 1, /* of an item that was asked */
  WAY_MARK_RECENT = 1 << 2,
  WAY_MARK_EXPOSED = 1 << 3,
} WayMark;

struct _WaySitting
{
  WayBank *bank;       /* (owned) */
  WaySittingPlan plan; /* (owned) */
  gboolean is_calibrated;

  /* One for each item of the bank. */
  WayCurve *effective; /* (owned) as they are scored: slopes attenuated */
  guint8 *marks;       /* (owned) of WayMark */

  /* The answers that count, in their order; rapid ones are only among the asked. */
  WayAnswer *answers; /* (owned) */
  guint *answered;    /* (owned) indices into the bank */
  guint n_answers;
  guint n_asked; /* without the new ones */
  guint n_new;
  guint new_at[WAY_SITTING_NEW]; /* after how many others each new one is due */
  gint64 ms;                     /* on the questions so far */
  double log_ratio;              /* yes or no: how much likelier the answers are above the cut */
  guint *ranked;                 /* (owned) yes or no: indices, most telling at the cut first */
  guint n_ranked;
  guint counted[WAY_MAX_CAPABILITIES];
  guint asked[WAY_MAX_CAPABILITIES];

  WayPrior prior;
  WayPosterior posterior;
};

/* What one more answer is expected to do for the verdicts, of one choice. */
typedef struct
{
  guint n; /* capabilities with a requirement above the first level */
  guint capability[WAY_MAX_CAPABILITIES];
  double cut[WAY_MAX_CAPABILITIES];
  double inflation[WAY_MAX_CAPABILITIES];
  double certainty[WAY_MAX_CAPABILITIES]; /* so far */
} WayProspect;

gboolean way_sitting_may_ask (const WaySitting *self, guint index);
gboolean way_sitting_is_decided (WaySitting *self, guint capability);
gboolean way_sitting_is_precise (WaySitting *self, guint capability, double sd, double p);
gboolean way_sitting_is_about (const WaySitting *self, guint capability);
gboolean way_sitting_is_of_one (const WaySitting *self);
double way_sitting_get_cut (const WaySitting *self, guint capability);
double way_sitting_get_inflation (const WaySitting *self, guint capability);
void way_prospect_init (WayProspect *self, const WaySitting *sitting);
double way_prospect_get_gain (const WayProspect *self, const WaySitting *sitting, guint index);
void way_verdict_rank (WaySitting *self);
double way_verdict_get_step (const WaySitting *self, const WayCurve *curve, double score);
gboolean way_verdict_is_hopeless (const WaySitting *self, guint most);

G_END_DECLS
