/* way-debrief-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_DEBRIEF_VIEW (way_debrief_view_get_type ())
G_DECLARE_FINAL_TYPE (WayDebriefView, way_debrief_view, WAY, DEBRIEF_VIEW, GtkWidget)

void way_debrief_view_set_practice (WayDebriefView *self, WayPractice *practice);

G_END_DECLS
