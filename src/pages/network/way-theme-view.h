/* way-theme-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_THEME_VIEW (way_theme_view_get_type ())
G_DECLARE_FINAL_TYPE (WayThemeView, way_theme_view, WAY, THEME_VIEW, AdwBin)

GtkWidget *way_theme_view_new (void);
void way_theme_view_set_rows (WayThemeView *self, GListModel *rows);

G_END_DECLS
