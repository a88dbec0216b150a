/* way-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void way_csv_append (GString *line, const char *cell, gboolean is_first);

G_END_DECLS
