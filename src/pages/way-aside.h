/* way-aside.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_ASIDE (way_aside_get_type ())
G_DECLARE_FINAL_TYPE (WayAside, way_aside, WAY, ASIDE, GtkWidget)

void way_aside_show (WayAside *self, const char *title);
void way_aside_close (WayAside *self);
gboolean way_aside_is_shown (WayAside *self);
gboolean way_aside_is_folded (WayAside *self);

double way_aside_get_text_scale (GtkWidget *widget);

G_END_DECLS
