/* way-slider-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_SLIDER_VIEW (way_slider_view_get_type ())
G_DECLARE_FINAL_TYPE (WaySliderView, way_slider_view, WAY, SLIDER_VIEW, WayInteractionView)

G_END_DECLS
