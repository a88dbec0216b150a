/* way-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"

G_BEGIN_DECLS

#define WAY_TYPE_ROW (way_row_get_type ())
G_DECLARE_FINAL_TYPE (WayRow, way_row, WAY, ROW, GObject)

WayRow *way_row_new (GPtrArray *columns, GPtrArray *values);
WayRow *way_row_new_with (WayRow *row, const char *const *columns, const char *const *values);
const char *way_row_get_text (WayRow *self, const char *column);
gint64 way_row_get_int (WayRow *self, const char *column);
double way_row_get_number (WayRow *self, const char *column);
gboolean way_row_has (WayRow *self, const char *column);
guint way_row_get_n_columns (WayRow *self);
const char *way_row_get_nth (WayRow *self, guint n);
GListStore *way_row_query (WayDb *db, const char *sql, const char *const *values, GError **error);

G_END_DECLS
