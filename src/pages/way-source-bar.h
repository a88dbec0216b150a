/* way-source-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_SOURCE_BAR (way_source_bar_get_type ())
G_DECLARE_FINAL_TYPE (WaySourceBar, way_source_bar, WAY, SOURCE_BAR, GtkWidget)

void way_source_bar_set_synthetic (WaySourceBar *self, gboolean is_synthetic);
void way_source_bar_show_fresh (WaySourceBar *self, gint64 at);
void way_source_bar_show_stale (WaySourceBar *self, const char *reason);
gboolean way_source_bar_take (
    WaySourceBar *self, WayPage *page, GListModel *rows, const GError *error, const char *title);

G_END_DECLS
