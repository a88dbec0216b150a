/* way-shift-grid.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "record/way-shift.h"

G_BEGIN_DECLS

#define WAY_TYPE_SHIFT_GRID (way_shift_grid_get_type ())
G_DECLARE_FINAL_TYPE (WayShiftGrid, way_shift_grid, WAY, SHIFT_GRID, GtkWidget)

GtkWidget *way_shift_grid_new (const char *name);
WayShiftSet way_shift_grid_get_set (WayShiftGrid *self);
void way_shift_grid_set_set (WayShiftGrid *self, WayShiftSet set);
void way_shift_grid_set_cell (WayShiftGrid *self,
                              int weekday,
                              WayPart part,
                              const char *text,
                              const char *detail,
                              const char *style_class);
const char *way_shift_grid_get_day_name (int weekday);
const char *way_shift_grid_get_part_name (WayPart part);

G_END_DECLS
