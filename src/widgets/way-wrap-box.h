/* way-wrap-box.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_WRAP_BOX (way_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (WayWrapBox, way_wrap_box, WAY, WRAP_BOX, GtkWidget)

GtkWidget *way_wrap_box_new (int spacing, int line_spacing);
void way_wrap_box_append (WayWrapBox *self, GtkWidget *child);
void way_wrap_box_append_glued (WayWrapBox *self, GtkWidget *child);

G_END_DECLS
