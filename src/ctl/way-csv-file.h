/* way-csv-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a column may be called, small letters and digits only, with | between. */
typedef struct
{
  int column;
  const char *names;
} WayCsvHeading;

/* Looks at which columns there are: -1 for one that is not. */
typedef void (*WayCsvCheck) (const int *columns, gpointer data, GPtrArray *problems);
typedef void (*WayCsvAdd) (
    GPtrArray *fields, const int *columns, guint line, gpointer data, GPtrArray *problems);

gboolean way_csv_read_table (const char *path,
                             const WayCsvHeading *headings,
                             guint n_headings,
                             WayCsvCheck check,
                             WayCsvAdd add,
                             gpointer data,
                             GPtrArray *problems,
                             GError **error);
const char *way_csv_get (GPtrArray *fields, const int *columns, int column);
void way_csv_add_problem (GPtrArray *problems, guint line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
char *way_csv_simplify (const char *heading);
gboolean way_csv_is_total (GPtrArray *fields);

G_END_DECLS
