/* way-module-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_MODULE_ROW (way_module_row_get_type ())
G_DECLARE_FINAL_TYPE (WayModuleRow, way_module_row, WAY, MODULE_ROW, GtkWidget)

GtkWidget *way_module_row_new (WayPack *pack);
void way_module_row_set_row (WayModuleRow *self, WayRow *row);

G_END_DECLS
