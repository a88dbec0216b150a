/* way-irt.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WAY_MAX_CAPABILITIES 8

/* The four-parameter logistic model, D = 1. */
typedef struct
{
  double a;
  double b;
  double c;
  double d;
} WayParameters;

double way_irt_probability (const WayParameters *item, double theta);
double way_irt_information (const WayParameters *item, double theta);
double way_irt_attenuate (double a, double sd_b);

/* One scored answer as the joint estimate needs it. */
typedef struct
{
  WayParameters parameters; /* only a where there are steps */
  guint capability;
  double score;        /* 0 or 1; a whole number up to n_steps where there are steps */
  guint n_steps;       /* 0: right or wrong; else partial credit */
  const double *steps; /* (nullable) not owned: where each score is as likely as the one below */
} WayAnswer;

/* What is believed before the first answer: normal, with this mean and the inverse of
 * the covariance. */
typedef struct
{
  guint n;
  double mean[WAY_MAX_CAPABILITIES];
  double precision[WAY_MAX_CAPABILITIES][WAY_MAX_CAPABILITIES];
} WayPrior;

/* The joint posterior of all capabilities: its mode and covariance. */
typedef struct
{
  guint n;
  double mean[WAY_MAX_CAPABILITIES];
  double covariance[WAY_MAX_CAPABILITIES][WAY_MAX_CAPABILITIES];
} WayPosterior;

void way_prior_init (WayPrior *self, guint n_capabilities, double rho);
void way_prior_init_known (
    WayPrior *self, guint n_capabilities, guint capability, double mean, double sd);
void way_irt_joint_from (const WayPrior *prior,
                         const WayAnswer *answers,
                         guint n_answers,
                         WayPosterior *posterior);
double way_posterior_get_sd (const WayPosterior *self, guint capability);
double way_posterior_get_overall (const WayPosterior *self, double *sd);
double way_irt_normal_cdf (double z);

G_END_DECLS
