/* way-coverage-map.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-coverage.h"
#include "store/way-store.h"

G_BEGIN_DECLS

/* home: where everybody of the staff works: person, unit. For a WITH of SQL for a trust. */
#define WAY_HOME_SQL                                                                               \
  "home AS (SELECT h.person, h.unit FROM (SELECT m.person, m.unit, row_number () OVER "            \
  "(PARTITION BY m.person ORDER BY coalesce (m.is_primary, 0) DESC, m.unit) AS place "             \
  "FROM membership AS m) AS h WHERE h.place = 1) "

/* every: the terms as a champion. Champions without one were made so by the trust before there
 * were any. */
#define WAY_TERMS_SQL                                                                              \
  "every AS (SELECT c.term, c.person, c.unit, c.state, c.since, c.begun, c.accepted, "             \
  "c.appointed, c.trained, c.shifts, c.systems, c.minutes, c.until FROM champion AS c "            \
  "UNION ALL SELECT 'granted ' || r.person || ' ' || r.unit, r.person, CASE WHEN r.unit = '' "     \
  "THEN NULL ELSE r.unit END, 'granted', "                                                         \
  "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM role AS r "                           \
  "WHERE r.role = 'champion' AND NOT EXISTS (SELECT 1 FROM champion AS c "                         \
  "WHERE c.person = r.person AND c.unit = r.unit AND c.state <> 'ended')) "

/* A unit of the trust and who is there. */
typedef struct
{
  char *unit;
  char *code;
  char *name;
  char *above; /* (nullable) the name of what it is part of */
  char *path;
  GString *who; /* (owned) a line for each champion: their shifts as a number, −1 where they are
                 * not known; when the term ends, µs; their name */
  WayCoverage coverage;
} WayCoveragePlace;

typedef struct
{
  GPtrArray *places; /* (owned) of WayCoveragePlace: where least is covered first */
  guint32 monday;    /* as GDate counts */
  WayNetworkLimits limits;
  WayShiftTimes times;
} WayCoverageMap;

gboolean way_network_load_settings (WayDb *db,
                                    WayNetworkLimits *limits,
                                    WayShiftTimes *times,
                                    GError **error);
WayCoverageMap *way_coverage_map_load (
    WayDb *db, const char *staff_group, guint n_weeks_on, gint64 now, GError **error);
void way_coverage_map_free (WayCoverageMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCoverageMap, way_coverage_map_free)

G_END_DECLS
