/* way-match-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_MATCH_VIEW (way_match_view_get_type ())
G_DECLARE_FINAL_TYPE (WayMatchView, way_match_view, WAY, MATCH_VIEW, WayInteractionView)

G_END_DECLS
