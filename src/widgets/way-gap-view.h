/* way-gap-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_GAP_VIEW (way_gap_view_get_type ())
G_DECLARE_FINAL_TYPE (WayGapView, way_gap_view, WAY, GAP_VIEW, WayInteractionView)

G_END_DECLS
