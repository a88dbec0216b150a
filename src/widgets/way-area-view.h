/* way-area-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_AREA_VIEW (way_area_view_get_type ())
G_DECLARE_FINAL_TYPE (WayAreaView, way_area_view, WAY, AREA_VIEW, WayInteractionView)

G_END_DECLS
