/* way-table-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_TABLE_VIEW (way_table_view_get_type ())
G_DECLARE_FINAL_TYPE (WayTableView, way_table_view, WAY, TABLE_VIEW, GtkWidget)

GtkWidget *way_table_view_new (WayPractice *practice);

G_END_DECLS
