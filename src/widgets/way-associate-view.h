/* way-associate-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_ASSOCIATE_VIEW (way_associate_view_get_type ())
G_DECLARE_FINAL_TYPE (WayAssociateView, way_associate_view, WAY, ASSOCIATE_VIEW, WayInteractionView)

G_END_DECLS
