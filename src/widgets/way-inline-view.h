/* way-inline-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_INLINE_VIEW (way_inline_view_get_type ())
G_DECLARE_FINAL_TYPE (WayInlineView, way_inline_view, WAY, INLINE_VIEW, WayInteractionView)

G_END_DECLS
