/* way-end-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_END_VIEW (way_end_view_get_type ())
G_DECLARE_FINAL_TYPE (WayEndView, way_end_view, WAY, END_VIEW, WayInteractionView)

G_END_DECLS
