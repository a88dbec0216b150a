/* way-finder-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_FINDER_VIEW (way_finder_view_get_type ())
G_DECLARE_FINAL_TYPE (WayFinderView, way_finder_view, WAY, FINDER_VIEW, GtkWidget)

GtkWidget *way_finder_view_new (WayPractice *practice);

G_END_DECLS
