/* way-entry-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_ENTRY_VIEW (way_entry_view_get_type ())
G_DECLARE_FINAL_TYPE (WayEntryView, way_entry_view, WAY, ENTRY_VIEW, WayInteractionView)

G_END_DECLS
