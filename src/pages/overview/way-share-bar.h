/* way-share-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_SHARE_BAR (way_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (WayShareBar, way_share_bar, WAY, SHARE_BAR, GtkWidget)

GtkWidget *way_share_bar_new (void);
void way_share_bar_set_shares (WayShareBar *self, guint met, guint not_sure, guint not_yet);

G_END_DECLS
