/* way-unshown-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_UNSHOWN_VIEW (way_unshown_view_get_type ())
G_DECLARE_FINAL_TYPE (WayUnshownView, way_unshown_view, WAY, UNSHOWN_VIEW, WayInteractionView)

G_END_DECLS
