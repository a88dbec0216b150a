/* way-quality-detail.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "session/way-row.h"

G_BEGIN_DECLS

void way_quality_detail_show (GtkBox *box, WayPack *pack, WayRow *row, WayRow *measured);
const char *way_quality_get_fit_words (guint n, double infit);
char *way_quality_dup_fairness_words (WayPack *pack, const char *grade, const char *group, guint n);

G_END_DECLS
