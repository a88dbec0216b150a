/* way-hottext-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_HOTTEXT_VIEW (way_hottext_view_get_type ())
G_DECLARE_FINAL_TYPE (WayHottextView, way_hottext_view, WAY, HOTTEXT_VIEW, WayInteractionView)

G_END_DECLS
