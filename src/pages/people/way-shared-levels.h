/* way-shared-levels.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sitting.h"
#include "content/way-pack.h"

G_BEGIN_DECLS

guint way_shared_levels_read (WayPack *pack, const char *text, WayEstimate *levels, guint n_levels);
int way_shared_levels_find_gap (const WayEstimate *levels, guint n_levels);
char *way_shared_level_describe (WayPack *pack, const WayEstimate *level);

G_END_DECLS
