/* way-level-dots.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_LEVEL_DOTS (way_level_dots_get_type ())
G_DECLARE_FINAL_TYPE (WayLevelDots, way_level_dots, WAY, LEVEL_DOTS, GtkWidget)

GtkWidget *way_level_dots_new (void);
void way_level_dots_set_level (WayLevelDots *self, WayPack *pack, int level);

G_END_DECLS
