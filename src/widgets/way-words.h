/* way-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"
#include "assessment/way-sitting.h"

G_BEGIN_DECLS

char *way_format_when (gint64 us);
char *way_format_when_at (gint64 us, gint64 now);
char *way_format_clock_at (gint64 us, gint64 now);
char *way_format_minutes (int minutes);
char *way_format_signed (double value);
const char *way_level_name (WayPack *pack, int level);
int way_estimate_get_level (const WayEstimate *estimate);
void way_estimate_get_levels (const WayEstimate *estimate, int *low, int *high);
char *way_describe_levels (WayPack *pack, const WayEstimate *estimate);
char *way_describe_estimate (WayPack *pack, const WayEstimate *estimate);
char *way_describe_requirement (WayPack *pack, const WayEstimate *estimate);
char *way_describe_so_far (guint n_met, guint n_not_yet, guint n_all);

G_END_DECLS
