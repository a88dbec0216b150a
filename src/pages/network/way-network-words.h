/* way-network-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-row.h"

G_BEGIN_DECLS

char *way_network_describe_effort (WayRow *unit);
char *way_network_describe_briefly (WayRow *unit, const char *name);
gboolean way_network_is_whole (WayRow *unit, WayRow *first);
char *way_network_describe_change (WayRow *unit);
char *way_network_describe_practice (WayRow *unit);
char *way_network_dup_month (const char *month, gboolean is_brief);

G_END_DECLS
