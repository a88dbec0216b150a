/* way-preview-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_PREVIEW_BAR (way_preview_bar_get_type ())
G_DECLARE_FINAL_TYPE (WayPreviewBar, way_preview_bar, WAY, PREVIEW_BAR, AdwBin)

GtkWidget *way_preview_bar_new (void);
void way_preview_bar_set_problems (WayPreviewBar *self, GPtrArray *problems, gboolean is_shown);

G_END_DECLS
