/* way-simulation.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sitting.h"

G_BEGIN_DECLS

/* Synthetic people who sit a bank. */
typedef struct
{
  WayDepth depth;
  guint n_people;
  guint64 seed;
  double rho;          /* the true correlation of any two capabilities */
  double shift;        /* the true mean of every capability */
  double author_error; /* SD of the true difficulties about the bank's */
  int required[WAY_MAX_CAPABILITIES];
  gboolean has_self_rating; /* people rate themselves at their true level, else not at all */
} WaySimulationPlan;

/* The same about one capability. */
typedef struct
{
  double mean_items;
  double decided;
  double right;
  double level_right;
  double coverage;
  double rmse;
} WaySimulationPart;

/* How the bank did, from what the synthetic people are known to be. */
typedef struct
{
  guint n_people;
  double mean_items;
  double median_items;
  guint most_items;
  double most_exposure;      /* of all items: the largest share of the sittings that had it */
  double stops[WAY_N_STOPS]; /* share that each rule ended */
  double decided;            /* share of requirements met or not yet met */
  double right;              /* share of those that are so in truth */
  double level_right;        /* share of most likely levels that are the true one */
  double coverage;           /* share of true places inside the 95 % interval */
  double coverage_overall;
  double rmse;
  double rmse_overall;
  guint n_beginners;      /* true mean below -1 */
  double beginners_right; /* share right of their opening items */
  WaySimulationPart parts[WAY_MAX_CAPABILITIES];
} WaySimulation;

/* How yes or no at one cut of one capability did. */
typedef struct
{
  double mean_items;
  double median_items;
  guint most_items;
  double decided;
  double right; /* share of those */
} WayDecisionSimulation;

void way_simulation_run (WayBank *bank, const WaySimulationPlan *plan, WaySimulation *result);
void way_simulation_find_shares (WayBank *bank, const WaySimulationPlan *plan, guint n_rounds);
void way_simulation_run_decision (WayBank *bank,
                                  const WaySimulationPlan *plan,
                                  guint capability,
                                  WayDecisionSimulation *result);
WayBank *way_simulation_make_calibrated_bank (guint n_capabilities, guint n_each, double a);
WayBank *way_simulation_make_bank (
    guint n_capabilities, guint n_each, guint n_openers, guint n_choices, int raters);

G_END_DECLS
