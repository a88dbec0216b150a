/* way-order-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_ORDER_VIEW (way_order_view_get_type ())
G_DECLARE_FINAL_TYPE (WayOrderView, way_order_view, WAY, ORDER_VIEW, WayInteractionView)

G_END_DECLS
