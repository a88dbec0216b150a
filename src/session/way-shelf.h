/* way-shelf.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-library.h"
#include "record/way-judgement.h"
#include "session/way-row.h"

G_BEGIN_DECLS

/* What the page of modules shows: those that fit a filter and what is sought, or what fits
 * the minutes that somebody has. Works on the rows of way_session_load_progress_async() and
 * way_session_load_refreshers_async(). */
typedef struct
{
  const char *capability; /* (nullable) id */
  const char *pathway;    /* (nullable) id */
  int level;              /* 0: any */
  int minutes;            /* at most; 0: any */
  gboolean is_needed;     /* only what the role asks for */
} WayShelfFilter;

gboolean way_shelf_matches (WayPack *pack, WayRow *module, const WayShelfFilter *filter);
GListStore *way_shelf_list (WayPack *pack,
                            WayLibrary *library,
                            GListModel *modules,
                            const WayShelfFilter *filter,
                            const char *text);
char *way_shelf_describe_unserved (WayPack *pack, const WaySummary *summary);
char *way_shelf_describe_nothing (WayPack *pack, const WayShelfFilter *filter, const char *text);
/* of WayRow: as modules, and type (round|card|shift|module), key, skill, reason */
GListStore *way_shelf_plan (GListModel *modules, GListModel *rounds, int minutes, gint64 now);
char *way_shelf_explain (WayRow *module, gint64 now);
int way_shelf_count_minutes (const WayModule *module, const char *state, int steps);

G_END_DECLS
