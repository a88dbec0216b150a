/* way-reports-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/reports/way-day-button.h"
#include "pages/reports/way-heat-map.h"
#include "pages/reports/way-report-table.h"
#include "pages/reports/way-report-view.h"
#include "pages/reports/way-reports-page.h"
#include "pages/way-aside.h"
#include "pages/way-chips.h"
#include "pages/way-source-bar.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_SHOWN_PEOPLE,
  WAY_SHOWN_UNITS,
} WayShownReport;

/* What the trust is asked, and what the file holds. Strings are owned. */
typedef struct
{
  WayShownReport report;
  char *as_at;       /* (nullable) */
  char *unit;        /* (nullable) */
  char *staff_group; /* (nullable) */
} WayReportQuery;

struct _WayReportsPage
{
  WayPage parent_instance;

  WayReportQuery shown;      /* what the rows on screen answer */
  GListModel *rows;          /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the run or the export */
  guint run;                 /* counts them: an older answer is passed over */
  gboolean has_units;
  gboolean is_filling; /* the controls are moved by us */
  guint patience;      /* source */
  char *folder;        /* (owned) (nullable) URI, where the last file is */
  char *wanted;        /* (owned) (nullable) the view that was asked for */

  WayChips *report;
  WayDayButton *day;
  GtkDropDown *unit;
  GtkDropDown *staff_group;
  GtkWidget *search;
  GtkDropDown *requirement;
  GtkDropDown *capability;
  GtkWidget *columns;

  /* template */
  WayAside *aside;
  GtkWidget *cancel;
  GtkWidget *export;
  GtkToggleButton *filters;
  WayHeatMap *map;
  GtkWidget *open_folder;
  AdwBin *query_bin;
  AdwBin *screen_bin;
  WaySourceBar *source;
  GtkWidget *spinner;
  GtkStack *stack;
  GtkLabel *status;
  GtkOrientable *status_box;
  WayReportTable *table;
  GtkRevealer *tools;
  WayReportView *view;
};

const char *way_reports_get_name (WayShownReport report);
void way_report_query_clear (WayReportQuery *self);
void way_reports_read_controls (WayReportsPage *self, WayReportQuery *query);
void way_reports_restore_controls (WayReportsPage *self);
void way_reports_create_controls (WayReportsPage *self);
void way_reports_set_units (WayReportsPage *self, GListModel *units);
void way_reports_clear_screen_filters (WayReportsPage *self);
void way_reports_set_requirement (WayReportsPage *self, int requirement);
void way_reports_set_capability (WayReportsPage *self, const char *capability);
void way_reports_begin_work (WayReportsPage *self, const char *text);
void way_reports_end_work (WayReportsPage *self);
void way_reports_export (WayReportsPage *self);

/* The page's own, for its controls. */
void way_reports_query_changed (WayReportsPage *self);
void way_reports_screen_changed (WayReportsPage *self);

G_END_DECLS
