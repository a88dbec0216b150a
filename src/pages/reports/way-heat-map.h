/* way-heat-map.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-row.h"

G_BEGIN_DECLS

/* One unit of the report `standing`, with its rows of all capabilities. */
#define WAY_TYPE_UNIT_STANDING (way_unit_standing_get_type ())
G_DECLARE_FINAL_TYPE (WayUnitStanding, way_unit_standing, WAY, UNIT_STANDING, GObject)

WayRow *way_unit_standing_get_row (WayUnitStanding *self, const char *capability);
WayRow *way_unit_standing_get_first (WayUnitStanding *self);
GPtrArray *way_unit_standing_get_rows (WayUnitStanding *self);
GListModel *way_unit_standing_group (GListModel *rows);

#define WAY_TYPE_HEAT_MAP (way_heat_map_get_type ())
G_DECLARE_FINAL_TYPE (WayHeatMap, way_heat_map, WAY, HEAT_MAP, AdwBin)

void way_heat_map_set_rows (WayHeatMap *self, GListModel *rows);
void way_heat_map_search (WayHeatMap *self, const char *search);
guint way_heat_map_get_n_shown (WayHeatMap *self);
void way_heat_map_unpick (WayHeatMap *self);
void way_heat_map_set_opens_by_press (WayHeatMap *self, gboolean opens_by_press);

G_END_DECLS
