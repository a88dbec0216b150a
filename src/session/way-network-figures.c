/* way-network-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-report.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"
#include "session/way-term.h"

/* What is told of many people together, as reports have it: counts, so nobody is looked at, and
 * nothing is written down of who asks. */

typedef struct
{
  char *uri;
  const WayReport *report;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->uri);
  g_free (self);
}

static GListStore *
list_rows (const WayReport *report, WayReportRun *run)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (WayRowBuilder) builder = NULL;
  const WayReportColumn *columns;
  guint n;

  columns = way_report_get_columns (report, &n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (gpointer) columns[i].name);
  g_ptr_array_add (names, NULL);
  builder = way_row_builder_new ((const char *const *) names->pdata);
  for (guint r = 0; r < way_report_run_get_n_rows (run); r++)
    for (guint c = 0; c < n; c++)
      way_row_builder_add_text (builder, way_report_run_get_cell (run, r, c));
  return way_row_builder_end (builder);
}

static void
figures_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const WayReportFilter everything = { NULL };
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReportRun) run = NULL;
  WayStore *trust = way_session_get_trust (source, job->uri, &error);

  if (trust != NULL)
    run = way_report_run (job->report, trust, &everything, cancellable, &error);
  if (run == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, list_rows (job->report, run), g_object_unref);
}

static void
begin (WaySession *self,
       WayRoles roles,
       gpointer tag,
       const char *report,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  Job *job;

  if (way_session_refuse_others (self, task, roles))
    return;
  job = g_new0 (Job, 1);
  job->uri = g_strdup (self->trust_uri);
  job->report = way_report_find (report);
  g_task_set_task_data (task, job, job_free);
  way_worker_run (self->read_worker, task, figures_thread);
}

/**
 * way_term_load_themes_async:
 *
 * What people need help with, month by month, for a lead and the design office. Finish with
 * way_session_list_finish().
 */
void
way_term_load_themes_async (WaySession *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  begin (session, WAY_ROLES_OF_VOICES, way_term_load_themes_async, "help-themes", cancellable,
         callback, user_data);
}

/**
 * way_term_load_effort_async:
 *
 * What champions gave beside what changed, for a lead. Finish with way_session_list_finish().
 */
void
way_term_load_effort_async (WaySession *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  begin (session, WAY_ROLE_LEAD, way_term_load_effort_async, "effort", cancellable, callback,
         user_data);
}
