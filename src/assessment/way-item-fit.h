/* way-item-fit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sheet.h"

G_BEGIN_DECLS

void way_item_fit (const WaySheet *sheet,
                   const WayCurve *curves,
                   double mean,
                   double sd,
                   double *infit,
                   double *outfit,
                   guint *n);
gboolean way_item_has_drifted (double b_old, double b_new, double se_old, double se_new, double *z);

G_END_DECLS
