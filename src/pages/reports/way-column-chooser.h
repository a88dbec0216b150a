/* way-column-chooser.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/reports/way-report-table.h"

G_BEGIN_DECLS

GtkWidget *way_column_chooser_new (WayReportTable *table);

G_END_DECLS
