/* way-csv-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void way_csv_add_problem (GPtrArray *problems, guint line, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
char *way_csv_load (const char *path, GError **error);
char way_csv_find_separator (const char *text);
GPtrArray *way_csv_read_record (const char **at, char separator, guint *line, gboolean *is_open);
char *way_csv_simplify (const char *heading);
gboolean way_csv_is_total (GPtrArray *fields);

G_END_DECLS
