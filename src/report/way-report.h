/* way-report.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* A named report: an .sql file, its columns and their definitions. The rows that the
 * screen shows and those that a file holds come from the same run. */
typedef struct _WayReport WayReport;
typedef struct _WayReportColumn WayReportColumn;
typedef struct _WayReportRun WayReportRun;

struct _WayReportColumn
{
  const char *name;       /* in the file */
  const char *title;      /* on screen, translatable */
  const char *definition; /* a sentence */
  gboolean is_number;
};

typedef struct
{
  const char *as_at;       /* (nullable) ISO date, Europe/London, end of day; NULL = now */
  const char *unit;        /* (nullable) unit code, with everything under it */
  const char *staff_group; /* (nullable) role id */
  const char *exporter;    /* (nullable) who, for the metadata */
} WayReportFilter;

typedef enum
{
  WAY_REPORT_ERROR_UNKNOWN, /* no report of that name */
  WAY_REPORT_ERROR_FILTER,  /* a date or unit that is not one */
  WAY_REPORT_ERROR_OUTPUT,  /* the file cannot be written */
} WayReportError;

#define WAY_REPORT_ERROR (way_report_error_quark ())
GQuark way_report_error_quark (void);

const WayReport *const *way_report_list (guint *n_reports);
const WayReport *way_report_find (const char *name);
const char *way_report_get_name (const WayReport *self);
const char *way_report_get_definition (const WayReport *self);
const WayReportColumn *way_report_get_columns (const WayReport *self, guint *n_columns);
/* SQL in which @places, @judged and @themes stand for text that is shared. */
char *way_report_expand_sql (const char *sql);

/* Runs it on a trust; cells are text as the file has it, NULL where there is no value. */
WayReportRun *way_report_run (const WayReport *self,
                              WayStore *trust,
                              const WayReportFilter *filter,
                              GCancellable *cancellable,
                              GError **error);
guint way_report_run_get_n_rows (WayReportRun *self);
const char *way_report_run_get_cell (WayReportRun *self, guint row, guint column);
void way_report_run_free (WayReportRun *self);
gboolean way_report_run_write_csv (WayReportRun *self,
                                   GOutputStream *stream,
                                   GCancellable *cancellable,
                                   GError **error);
/* NAME.csv and NAME.csv-metadata.json: written beside, then renamed. */
gboolean way_report_run_export (WayReportRun *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayReportRun, way_report_run_free)

G_END_DECLS
