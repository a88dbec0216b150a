/* way-coverage-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_COVERAGE_ROW (way_coverage_row_get_type ())
G_DECLARE_FINAL_TYPE (WayCoverageRow, way_coverage_row, WAY, COVERAGE_ROW, GtkWidget)

GtkWidget *way_coverage_row_new (void);
void way_coverage_row_set_row (WayCoverageRow *self, WayRow *row);
char *way_coverage_describe_gaps (guint gaps);
char *way_coverage_describe_staff (WayRow *row);
char *way_coverage_describe (WayRow *row);

G_END_DECLS
