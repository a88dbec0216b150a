/* way-report-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "report/way-report.h"

G_BEGIN_DECLS

/* How a cell is written. */
typedef enum
{
  WAY_CELL_TEXT,
  WAY_CELL_COUNT,
  WAY_CELL_PROBABILITY, /* two decimals, and never 0.00 or 1.00 of what is only likely */
  WAY_CELL_DATE,        /* microseconds → the day in Europe/London */
} WayCellType;

struct _WayReport
{
  const char *name;
  const char *definition;
  const char *path; /* (nullable) of the SQL, in the room's resources; else */
  /* what adds the cells, row by row, with texts of the chunk's or that stay */
  gboolean (*add_cells) (WayDb *db,
                         const WayReportFilter *filter,
                         gint64 now,
                         GStringChunk *chunk,
                         GPtrArray *cells,
                         GError **error);
  /* (nullable) where that gives no row: what a trust on a server tells those who read counts
   * alone, of the whole of it, today */
  const char *counts;
  const WayReportColumn *columns;
  const WayCellType *types;
  guint n_columns;
};

gboolean way_coverage_add_cells (WayDb *db,
                                 const WayReportFilter *filter,
                                 gint64 now,
                                 GStringChunk *chunk,
                                 GPtrArray *cells,
                                 GError **error);

gboolean way_effort_add_cells (WayDb *db,
                               const WayReportFilter *filter,
                               gint64 now,
                               GStringChunk *chunk,
                               GPtrArray *cells,
                               GError **error);

G_END_DECLS
