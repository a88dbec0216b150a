/* way-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One row of a query, for a GListModel: named columns, read only. Every row of a list
 * shares its column names. */
#define WAY_TYPE_ROW (way_row_get_type ())
G_DECLARE_FINAL_TYPE (WayRow, way_row, WAY, ROW, GObject)

WayRow *way_row_new (char **columns, char **values); /* takes values; shares columns, a GRcBox strv */
const char *way_row_get_text (WayRow *self, const char *column); /* "" where NULL or unknown */
gint64 way_row_get_int (WayRow *self, const char *column);       /* 0 where NULL */
double way_row_get_number (WayRow *self, const char *column);    /* NAN where NULL */
gboolean way_row_has (WayRow *self, const char *column);         /* not NULL */
guint way_row_get_n_columns (WayRow *self);
const char *way_row_get_nth (WayRow *self, guint n);

G_END_DECLS
