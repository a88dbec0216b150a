/* way-content-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_CONTENT_VIEW (way_content_view_get_type ())
G_DECLARE_FINAL_TYPE (WayContentView, way_content_view, WAY, CONTENT_VIEW, GtkWidget)

GtkWidget *way_content_view_new (void);
void way_content_view_set_content (WayContentView *self, const WayNode *content, WayPack *pack);

G_END_DECLS
