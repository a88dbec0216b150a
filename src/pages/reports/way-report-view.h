/* way-report-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/reports/way-heat-map.h"

G_BEGIN_DECLS

#define WAY_TYPE_REPORT_VIEW (way_report_view_get_type ())
G_DECLARE_FINAL_TYPE (WayReportView, way_report_view, WAY, REPORT_VIEW, AdwBin)

void way_report_view_show_row (WayReportView *self, WayRow *row);
void way_report_view_show_unit (WayReportView *self, WayUnitStanding *unit);

G_END_DECLS
