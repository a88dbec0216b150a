/* way-media-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_MEDIA_VIEW (way_media_view_get_type ())
G_DECLARE_FINAL_TYPE (WayMediaView, way_media_view, WAY, MEDIA_VIEW, WayInteractionView)

G_END_DECLS
