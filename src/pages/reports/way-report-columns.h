/* way-report-columns.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "report/way-report.h"
#include "session/way-row.h"

G_BEGIN_DECLS

/* How the columns of the competency report look on screen; the report itself says what
 * they mean. */
typedef enum
{
  WAY_COLUMN_TEXT,
  WAY_COLUMN_NUMBER,
  WAY_COLUMN_DATE,
  WAY_COLUMN_REQUIREMENT,
  WAY_COLUMN_YES,
} WayColumnLook;

typedef struct
{
  guint place; /* in the report's rows */
  const char *name;
  WayColumnLook look;
  int width;
  gboolean is_shown; /* to begin with */
} WayScreenColumn;

const WayScreenColumn *way_screen_columns_list (guint *n_columns);
const WayReportColumn *way_screen_column_get_source (const WayScreenColumn *self);
const char *way_screen_column_get_title (const WayScreenColumn *self);
const char *way_screen_column_get_definition (const WayScreenColumn *self);
char *way_screen_column_dup_text (const WayScreenColumn *self, WayRow *row);

typedef enum
{
  WAY_REQUIREMENT_MET,
  WAY_REQUIREMENT_NOT_YET,
  WAY_REQUIREMENT_NOT_SURE,
  WAY_REQUIREMENT_NOT_MEASURED,
  WAY_N_REQUIREMENTS,
} WayRequirement;

WayRequirement way_requirement_read (const char *text);
const char *way_requirement_get_name (WayRequirement requirement);
const char *way_requirement_get_icon (WayRequirement requirement);
char *way_report_format_day (const char *iso);

G_END_DECLS
