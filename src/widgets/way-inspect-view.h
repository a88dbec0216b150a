/* way-inspect-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_INSPECT_VIEW (way_inspect_view_get_type ())
G_DECLARE_FINAL_TYPE (WayInspectView, way_inspect_view, WAY, INSPECT_VIEW, GtkWidget)

GtkWidget *way_inspect_view_new (WayPractice *practice);
void way_inspect_view_set_pack (GtkWidget *view, WayPack *pack);
char *way_inspect_view_dup_progress (WayPractice *practice);
char *way_inspect_view_describe (WayPractice *practice,
                                 const char *action,
                                 const WayDeskRecord *target,
                                 const char *value);

G_END_DECLS
