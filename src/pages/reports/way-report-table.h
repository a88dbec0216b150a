/* way-report-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_REPORT_TABLE (way_report_table_get_type ())
G_DECLARE_FINAL_TYPE (WayReportTable, way_report_table, WAY, REPORT_TABLE, AdwBin)

GtkWidget *way_report_table_new (void);
void way_report_table_set_rows (WayReportTable *self, GListModel *rows);
void way_report_table_filter (WayReportTable *self,
                              const char *search,
                              int requirement,
                              const char *capability);
guint way_report_table_get_n_shown (WayReportTable *self);
void way_report_table_unpick (WayReportTable *self);
void way_report_table_set_opens_by_press (WayReportTable *self, gboolean opens_by_press);
gboolean way_report_table_is_column_shown (WayReportTable *self, guint n);
void way_report_table_show_column (WayReportTable *self, guint n, gboolean is_shown);
void way_report_table_sort (WayReportTable *self, int n, gboolean is_descending);

G_END_DECLS
