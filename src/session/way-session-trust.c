/* way-session-trust.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#include "report/way-report.h"
#include "sync/way-access.h"

/* What is asked of the trust itself, on the read thread: who may sign in to a
 * demonstration, and what training leads see. Nothing of it is stored on the device. */

#define DEMO_PEOPLE                                                                                \
  "WITH roles AS (SELECT p.person, p.username, p.name, p.staff_group, "                            \
  "CASE WHEN EXISTS (SELECT 1 FROM role r WHERE r.person = p.person AND r.role = 'lead') "         \
  "THEN 'lead' WHEN EXISTS (SELECT 1 FROM role r WHERE r.person = p.person "                       \
  "AND r.role = 'champion') THEN 'champion' WHEN EXISTS (SELECT 1 FROM role r "                    \
  "WHERE r.person = p.person AND r.role = 'design') THEN 'design' ELSE 'learner' END AS role, "    \
  "CASE WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.person = p.person) THEN 1 ELSE 0 END "        \
  "AS attempts, "                                                                                  \
  "(SELECT count(*) FROM role r JOIN help h ON h.unit = r.unit AND h.state = 'open' "              \
  "WHERE r.person = p.person AND r.role = 'champion') AS waiting, "                                \
  "(SELECT u.name FROM membership m JOIN unit u ON u.unit = m.unit "                               \
  "WHERE m.person = p.person ORDER BY m.is_primary DESC, m.unit LIMIT 1) AS unit "                 \
  "FROM person p WHERE p.ended = 0 "                                                               \
  "AND EXISTS (SELECT 1 FROM organisation o WHERE o.synthetic = 1)), "                             \
  "ranked AS (SELECT roles.*, row_number() OVER (PARTITION BY role "                               \
  "ORDER BY waiting DESC, CASE WHEN attempts = 0 THEN 0 ELSE 1 END, username) AS place FROM "      \
  "roles) "                                                                                        \
  "SELECT username, name, role, unit, staff_group, attempts FROM ranked WHERE place <= 6 "         \
  "ORDER BY CASE role WHEN 'learner' THEN 0 WHEN 'champion' THEN 1 WHEN 'lead' THEN 2 ELSE 3 "     \
  "END, place"

#define ALL_FEEDBACK                                                                               \
  "SELECT f.feedback AS id, f.person, p.name, u.name AS unit_name, f.type, f.text, f.page, "       \
  "f.module, f.state, f.decision, f.because, f.reply, f.at, f.last, f.theme, f.owner, "            \
  "o.name AS owner_name, f.due, f.joined, f.initiative, i.title AS initiative_title, f.about, "    \
  "f.system, "                                                                                     \
  "f.published, coalesce (s.people, 0) AS supporters FROM feedback f "                             \
  "LEFT JOIN person p ON p.person = f.person LEFT JOIN unit u ON u.unit = f.unit "                 \
  "LEFT JOIN person o ON o.person = f.owner LEFT JOIN support s ON s.target = f.published "        \
  "LEFT JOIN initiative i ON i.initiative = f.initiative "                                         \
  "ORDER BY CASE f.state WHEN 'new' THEN 0 WHEN 'heard' THEN 1 WHEN 'decided' THEN 2 ELSE 3 END, " \
  "f.at DESC, f.feedback"

#define UNITS "SELECT unit, code, name, type, parent, path FROM unit ORDER BY path, code"

#define OVERVIEW                                                                                   \
  "WITH @judged "                                                                                  \
  "SELECT 'people' AS key, CAST(count(*) AS text) AS value, NULL AS of FROM person WHERE ended = " \
  "0 "                                                                                             \
  "UNION ALL SELECT 'measured', CAST(count(DISTINCT l.person) AS text), "                          \
  "(SELECT CAST(count(*) AS text) FROM person WHERE ended = 0) FROM level l "                      \
  "JOIN person p ON p.person = l.person AND p.ended = 0 "                                          \
  "UNION ALL SELECT 'met', CAST(count(*) AS text), "                                               \
  "(SELECT CAST(count(*) AS text) FROM level l2 JOIN person p2 ON p2.person = l2.person "          \
  "AND p2.ended = 0) FROM judged l JOIN person p ON p.person = l.person AND p.ended = 0 "          \
  "WHERE l.standing = 'met' "                                                                      \
  "UNION ALL SELECT 'not-yet', CAST(count(*) AS text), NULL FROM judged l "                        \
  "JOIN person p ON p.person = l.person AND p.ended = 0 WHERE l.standing = 'not-yet' "             \
  "UNION ALL SELECT 'not-sure', CAST(count(*) AS text), NULL FROM judged l "                       \
  "JOIN person p ON p.person = l.person AND p.ended = 0 WHERE l.standing = 'not-sure' "            \
  "UNION ALL SELECT 'modules', CAST(count(*) AS text), NULL FROM progress g "                      \
  "JOIN person p ON p.person = g.person AND p.ended = 0 WHERE g.state IN ('checked', 'done') "     \
  "UNION ALL SELECT 'champions', CAST(count(DISTINCT person) AS text), NULL FROM role "            \
  "WHERE role = 'champion' "                                                                       \
  "UNION ALL SELECT 'asked', CAST(count(*) AS text), NULL FROM help WHERE state = 'open' "         \
  "UNION ALL SELECT 'feedback', CAST(count(*) AS text), NULL FROM feedback WHERE state = 'new'"

typedef struct
{
  char *uri;
  char *sql;
  char *report;
  char *as_at;
  char *unit;
  char *staff_group;
  char *path;
  char *exporter;
} Query;

static void
query_free (Query *self)
{
  g_free (self->uri);
  g_free (self->sql);
  g_free (self->report);
  g_free (self->as_at);
  g_free (self->unit);
  g_free (self->staff_group);
  g_free (self->path);
  g_free (self->exporter);
  g_free (self);
}

/* way_session_get_trust:
 *
 * The trust, opened for reading, on the read thread.
 *
 * Returns: (transfer none) (nullable): NULL with @error set */
WayStore *
way_session_get_trust (WaySession *self, const char *uri, GError **error)
{
  g_assert (way_worker_is_current (self->read_worker));

  if (self->trust != NULL && g_strcmp0 (self->read_uri, uri) == 0)
    return self->trust;
  g_clear_object (&self->trust);
  g_clear_pointer (&self->read_uri, g_free);
  self->trust = way_store_open_trust (uri, TRUE, error);
  if (self->trust != NULL)
    self->read_uri = g_strdup (uri);
  return self->trust;
}

static void
trust_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Query *query = task_data;
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_session_get_trust (source, query->uri, &error);
  GListStore *rows = NULL;

  if (trust != NULL)
    {
      way_db_set_cancellable (way_store_get_db (trust), cancellable);
      rows = way_row_query (way_store_get_db (trust), query->sql, NULL, &error);
      way_db_set_cancellable (way_store_get_db (trust), NULL);
    }
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/* Most who sign in are no leads: what was read of the trust is not kept for them. */
static void
demo_people_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;

  trust_thread (task, source, task_data, cancellable);
  if (self->trust != NULL)
    way_store_close (self->trust);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->read_uri, g_free);
}

/* A query of the trust by somebody who has one of @roles; finish with way_session_list_finish(). */
static GTask *
begin_query (WaySession *self,
             WayRoles roles,
             gpointer tag,
             const char *sql,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  Query *query;

  if (way_session_refuse_others (self, task, roles))
    return NULL;
  query = g_new0 (Query, 1);
  query->uri = g_strdup (self->trust_uri);
  query->sql = g_strdup (sql);
  query->exporter = g_strdup (self->username);
  g_task_set_task_data (task, query, (GDestroyNotify) query_free);
  return g_steal_pointer (&task);
}

/* Asks the trust, for somebody who has one of @roles; finish with way_session_list_finish(). */
void
way_session_query_trust (WaySession *self,
                         WayRoles roles,
                         gpointer tag,
                         const char *sql,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = begin_query (self, roles, tag, sql, cancellable, callback, user_data);

  if (task != NULL)
    way_worker_run (self->read_worker, task, trust_thread);
}

/**
 * way_session_list_people_async:
 * @trust_uri: a trust on this PC
 *
 * A few people of each role to try a demonstration as: those with nothing done yet first, and
 * the champions whom most people wait for.
 * A real trust names nobody before they have signed in.
 */
void
way_session_list_people_async (WaySession *self,
                               const char *trust_uri,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Query *query;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_list_people_async, cancellable, callback,
                            user_data);
  query = g_new0 (Query, 1);
  query->uri = g_strdup (trust_uri);
  query->sql = g_strdup (DEMO_PEOPLE);
  g_task_set_task_data (task, query, (GDestroyNotify) query_free);
  way_worker_run (self->read_worker, task, demo_people_thread);
}

/**
 * way_session_list_people_finish:
 *
 * Returns: (transfer full) (nullable): of WayRow, one a person
 */
GListModel *
way_session_list_people_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  return way_session_list_finish (self, result, error);
}

/**
 * way_session_load_feedback_async:
 *
 * Everything that was said, what is new first. Finish with way_session_list_finish().
 */
void
way_session_load_feedback_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  way_session_query_trust (self, WAY_ROLES_OF_VOICES, way_session_load_feedback_async, ALL_FEEDBACK,
                           cancellable, callback, user_data);
}

/**
 * way_session_load_units_async:
 *
 * The places of the trust, each after what it lies in. Finish with
 * way_session_list_finish().
 */
void
way_session_load_units_async (WaySession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  way_session_query_trust (self, WAY_ROLES_OF_VOICES, way_session_load_units_async, UNITS,
                           cancellable, callback, user_data);
}

/**
 * way_session_load_overview_async:
 *
 * The trust in a few figures. Finish with way_session_list_finish().
 */
void
way_session_load_overview_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autofree char *sql = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  sql = way_report_expand_sql (OVERVIEW);
  way_session_query_trust (self, WAY_ROLE_LEAD, way_session_load_overview_async, sql, cancellable,
                           callback, user_data);
}

static WayReportRun *
run_report (WaySession *self,
            Query *query,
            GCancellable *cancellable,
            const WayReport **report,
            GError **error)
{
  WayReportFilter filter = {
    .as_at = query->as_at,
    .unit = query->unit,
    .staff_group = query->staff_group,
    .exporter = query->exporter,
  };
  WayStore *trust = way_session_get_trust (self, query->uri, error);

  if (trust == NULL)
    return NULL;
  *report = way_report_find (query->report);
  if (*report == NULL)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_UNKNOWN,
                   /* Translators: %s is the name of a report. */
                   _ ("There is no report “%s”."), query->report);
      return NULL;
    }
  if (!way_access_look (trust, query->path != NULL ? "export" : "report", query->report, NULL,
                        error))
    return NULL;
  return way_report_run (*report, trust, &filter, cancellable, error);
}

static void
report_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const WayReport *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReportRun) run = run_report (source, task_data, cancellable, &report, &error);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GListStore *rows;
  const WayReportColumn *known;
  guint n_columns;

  if (run == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  known = way_report_get_columns (report, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (columns, g_strdup (known[i].name));
  for (guint r = 0; r < way_report_run_get_n_rows (run); r++)
    {
      GPtrArray *cells = g_ptr_array_new_full (n_columns, g_free);

      for (guint c = 0; c < n_columns; c++)
        g_ptr_array_add (cells, g_strdup (way_report_run_get_cell (run, r, c)));
      g_ptr_array_add (found, way_row_new (columns, cells));
    }
  rows = g_list_store_new (WAY_TYPE_ROW);
  g_list_store_splice (rows, 0, 0, found->pdata, found->len);
  g_task_return_pointer (task, rows, g_object_unref);
}

static void
export_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Query *query = task_data;
  const WayReport *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReportRun) run = run_report (source, query, cancellable, &report, &error);

  if (run == NULL || !way_report_run_export (run, query->path, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (query->path), g_free);
}

static GTask *
begin_report (WaySession *self,
              gpointer tag,
              const char *name,
              const char *as_at,
              const char *unit,
              const char *staff_group,
              const char *path,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  /* Of what people need help with the design office may have the counts. */
  WayRoles roles = g_str_equal (name, "help-themes") ? WAY_ROLES_OF_VOICES : WAY_ROLE_LEAD;
  GTask *task = begin_query (self, roles, tag, NULL, cancellable, callback, user_data);
  g_autofree char *file = NULL;
  Query *query;

  if (task == NULL)
    return NULL;
  query = g_task_get_task_data (task);
  query->report = g_strdup (name);
  query->as_at = g_strdup (as_at);
  query->unit = g_strdup (unit);
  query->staff_group = g_strdup (staff_group);
  query->path = g_strdup (path);
  /* A trust on a server writes it down itself, see run_report(). */
  file = way_db_dup_path (self->trust_uri);
  if (file != NULL)
    way_session_record_access (self, path != NULL ? "export" : "report", name, NULL);
  return task;
}

/**
 * way_session_run_report_async:
 * @name: of a report
 * @as_at: (nullable): ISO date: what the trust had received by the end of it
 * @unit: (nullable): code of a unit, with everything under it
 * @staff_group: (nullable): a role's id
 *
 * Finish with way_session_list_finish(): rows with the report's columns.
 */
void
way_session_run_report_async (WaySession *self,
                              const char *name,
                              const char *as_at,
                              const char *unit,
                              const char *staff_group,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = begin_report (self, way_session_run_report_async, name, as_at, unit, staff_group, NULL,
                       cancellable, callback, user_data);
  if (task != NULL)
    way_worker_run (self->read_worker, task, report_thread);
}

/**
 * way_session_export_report_async:
 * @path: the CSV file; its description lies beside it as PATH-metadata.json
 *
 * Finish with way_session_write_finish().
 */
void
way_session_export_report_async (WaySession *self,
                                 const char *name,
                                 const char *as_at,
                                 const char *unit,
                                 const char *staff_group,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (path != NULL);

  task = begin_report (self, way_session_export_report_async, name, as_at, unit, staff_group, path,
                       cancellable, callback, user_data);
  if (task != NULL)
    way_worker_run (self->read_worker, task, export_thread);
}
