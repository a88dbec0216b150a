/* way-rho.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-irt.h"

G_BEGIN_DECLS

/* Policy: from how many people the correlation of the capabilities is estimated. */
#define WAY_RHO_LEAST 300

typedef struct
{
  double rho;
  double se;
  double log_likelihood;
} WayRho;

/* answers[start[v]] … answers[start[v + 1] - 1] are those of person v. */
gboolean way_rho_estimate (guint n_capabilities,
                           const WayAnswer *answers,
                           const guint *start,
                           guint n_people,
                           WayRho *result);

G_END_DECLS
