/* way-split.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_SPLIT (way_split_get_type ())
G_DECLARE_FINAL_TYPE (WaySplit, way_split, WAY, SPLIT, GtkWidget)

gboolean way_split_is_folded (WaySplit *self);
void way_split_set_shows_end (WaySplit *self, gboolean shows_end);

G_END_DECLS
