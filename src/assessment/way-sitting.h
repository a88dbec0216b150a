/* way-sitting.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-bank.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_DEPTH_SHORT,
  WAY_DEPTH_CLOSER,
  WAY_DEPTH_RECHECK, /* one capability, from what was last found */
  WAY_DEPTH_YES_NO,  /* one capability: at least this level, or not */
} WayDepth;

typedef enum
{
  WAY_STOP_NONE,      /* goes on */
  WAY_STOP_DECIDED,   /* short: every requirement is decided */
  WAY_STOP_PRECISE,   /* closer: every capability is known well enough */
  WAY_STOP_LENGTH,    /* the most items for this depth */
  WAY_STOP_EXHAUSTED, /* no item left that may be asked */
  WAY_STOP_TIME,      /* the time limit, where there is one */
  WAY_STOP_OPEN,      /* yes or no: what is left could hardly decide it */
} WayStop;

#define WAY_N_STOPS (WAY_STOP_OPEN + 1)

typedef enum
{
  WAY_STANDING_NOT_SURE,
  WAY_STANDING_NOT_YET,
  WAY_STANDING_MET,
} WayStanding;

/* What a sitting is started with: all of it is in the attempt event, so that a replay
 * has the same. */
typedef struct
{
  WayDepth depth;
  guint64 seed;
  int required[WAY_MAX_CAPABILITIES]; /* 1–4 */
  int self_now[WAY_MAX_CAPABILITIES]; /* 1–4, 0 = not rated: steers the first six only */
  guint recheck;                      /* WAY_DEPTH_RECHECK, WAY_DEPTH_YES_NO: which capability */
  double prior_mean;                  /* WAY_DEPTH_RECHECK */
  double prior_sd;                    /* WAY_DEPTH_RECHECK */
  gboolean balances_by_variance;      /* WAY_DEPTH_SHORT: begun before the first answers on each
                                       * capability were chosen for the verdicts */
  double rapid_share; /* of an item's time: faster answers are missing; 0: none ever is */
  gint64 limit_ms;    /* of time on the questions; 0 for no limit */
  char **recent;      /* (nullable) items seen in the last 12 months */
  char **exposed;     /* (nullable) items above the exposure limit */
} WaySittingPlan;

typedef struct
{
  const char *item; /* owned by the bank */
  guint capability;
  double value;       /* the criterion it was chosen by */
  double information; /* at the current estimate */
  guint pool;         /* how many could have been chosen */
  guint rank;         /* 0–2 among the best three */
  guint n_enemies;    /* left out: of an item that was asked */
  guint n_recent;     /* left out: this person saw them lately */
  guint n_exposed;    /* left out: too many people see them */
  const char *reason; /* opening, balance, value, new; with what had to give way when nothing
                         else was left: "-exposed", "-recent", "-exhausted" */
} WaySelection;

typedef struct
{
  guint capability;
  guint n_items;
  double mean;
  double sd;                   /* inflated for author difficulties */
  double levels[WAY_N_LEVELS]; /* probability of each */
  int required;
  double p_required; /* P(level ≥ required) */
  WayStanding standing;
  gboolean is_provisional;
} WayEstimate;

/* One baseline, re-check or closer look. Pure: the same plan and answers give the same
 * questions, whatever the machine or the day. Owned by whoever runs it. */
typedef struct _WaySitting WaySitting;

WaySitting *way_sitting_new (WayBank *bank, const WaySittingPlan *plan);
void way_sitting_free (WaySitting *self);
gboolean way_sitting_choose (WaySitting *self, WaySelection *selection);
gboolean way_sitting_answer (WaySitting *self, const char *item, double score, gboolean is_counted);
gboolean way_sitting_is_rapid (WaySitting *self, const char *item, gint64 ms);
void way_sitting_add_time (WaySitting *self, gint64 ms);
gboolean way_sitting_is_reportable (WaySitting *self);
double way_sitting_get_fit (WaySitting *self, guint n_draws);
WayStop way_sitting_get_stop (WaySitting *self);
guint way_sitting_get_n_answered (WaySitting *self);
guint
way_sitting_get_n_left (WaySitting *self); /* "about 9 left": a fair guess, ≥ 1 while going on */
gboolean way_sitting_is_pause (WaySitting *self); /* a part has just ended: a natural pause */
void way_sitting_get_estimate (WaySitting *self, guint capability, WayEstimate *estimate);
void way_sitting_get_overall (WaySitting *self, double *mean, double *sd);
const char *way_stop_to_string (WayStop stop);
const char *way_standing_to_string (WayStanding standing);
gboolean way_depth_from_string (const char *text, WayDepth *depth);
WayStanding way_standing_judge (double p_required, guint n_items);
void way_estimate_ask (WayEstimate *estimate, int required);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaySitting, way_sitting_free)

G_END_DECLS
