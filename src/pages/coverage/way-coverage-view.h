/* way-coverage-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_COVERAGE_VIEW (way_coverage_view_get_type ())
G_DECLARE_FINAL_TYPE (WayCoverageView, way_coverage_view, WAY, COVERAGE_VIEW, AdwBin)

GtkWidget *way_coverage_view_new (void);
void way_coverage_view_show (WayCoverageView *self, WayRow *row);

G_END_DECLS
