/* joint-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-irt.h"

/* Scores @n capabilities together, any two of which go together by @rho, from the prior that a
 * sitting begins with. */
static inline void
score_joint (
    guint n, double rho, const WayAnswer *answers, guint n_answers, WayPosterior *posterior)
{
  WayPrior prior;

  way_prior_init (&prior, n, rho);
  way_irt_joint_from (&prior, answers, n_answers, posterior);
}
