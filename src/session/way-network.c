/* way-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-coverage-map.h"
#include "report/way-report.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"
#include "session/way-term.h"

/* The champions of a trust, as a lead sees them: who they are, how they fare, and when somebody
 * is there. Asked of the trust, judged here. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

/* $1 four weeks ago. */
#define ALL                                                                                        \
  "WITH " WAY_HOME_SQL ", " WAY_TERMS_SQL                                                          \
  ", asked AS (SELECT ' ' || max (k.required) || ' ' AS modules "                                  \
  "FROM catalogue AS k WHERE k.part = 'pathway' AND k.ident = 'champion') "                        \
  "SELECT c.term, c.person, p.name, c.unit, u.name AS unit_name, c.state, c.since, c.begun, "      \
  "c.accepted, c.appointed, c.trained, c.shifts, c.systems, c.minutes, c.until, "                  \
  "h.unit AS works_in, w.name AS works_in_name, "                                                  \
  "(SELECT max (g.at) FROM help_given AS g WHERE g.champion = c.person) AS last_helped, "          \
  "(SELECT coalesce (sum (g.minutes), 0) FROM help_given AS g WHERE g.champion = c.person "        \
  "AND g.at >= CAST($1 AS bigint)) AS given, "                                                     \
  "(SELECT count(*) FROM help AS x WHERE x.taken_by = c.person AND x.state = 'taken') AS open, "   \
  "(SELECT count(*) FROM progress AS g WHERE g.person = c.person "                                 \
  "AND g.state IN ('checked', 'done') AND a.modules LIKE '% ' || g.module || ' %') "               \
  "AS modules_done, a.modules "                                                                    \
  "FROM every AS c JOIN person AS p ON p.person = c.person AND p.ended = 0 "                       \
  "LEFT JOIN unit AS u ON u.unit = c.unit LEFT JOIN home AS h ON h.person = c.person "             \
  "LEFT JOIN unit AS w ON w.unit = h.unit CROSS JOIN asked AS a "                                  \
  "ORDER BY CASE c.state WHEN 'put-forward' THEN 0 WHEN 'accepted' THEN 1 WHEN 'nominated' "       \
  "THEN 2 WHEN 'appointed' THEN 3 WHEN 'ended' THEN 5 ELSE 4 END, p.name, c.person, c.term"

/* $1 a part of a name in small letters, % and _ in it escaped. */
#define PEOPLE                                                                                     \
  "WITH " WAY_HOME_SQL "SELECT p.person, p.name, p.username, h.unit, u.name AS unit_name "         \
  "FROM person AS p LEFT JOIN home AS h ON h.person = p.person "                                   \
  "LEFT JOIN unit AS u ON u.unit = h.unit WHERE p.ended = 0 "                                      \
  "AND (lower (p.name) LIKE '%' || CAST($1 AS text) || '%' ESCAPE '!' "                            \
  "OR p.username = CAST($1 AS text)) ORDER BY p.name, p.person LIMIT 20"

/* The same, of the places of the manager $2 and those below them. */
#define PEOPLE_OF_MANAGER                                                                          \
  "WITH " WAY_HOME_SQL ", mine AS (SELECT DISTINCT m.person FROM membership AS m "                 \
  "JOIN unit AS u ON u.unit = m.unit JOIN role AS r ON r.person = CAST($2 AS text) "               \
  "AND r.role = 'manager' JOIN unit AS top ON r.unit IN (top.unit, '') "                           \
  "AND u.path LIKE top.path || '%') "                                                              \
  "SELECT p.person, p.name, p.username, h.unit, u.name AS unit_name "                              \
  "FROM mine JOIN person AS p ON p.person = mine.person LEFT JOIN home AS h "                      \
  "ON h.person = p.person LEFT JOIN unit AS u ON u.unit = h.unit WHERE p.ended = 0 "               \
  "AND p.person <> CAST($2 AS text) "                                                              \
  "AND (lower (p.name) LIKE '%' || CAST($1 AS text) || '%' ESCAPE '!' "                            \
  "OR p.username = CAST($1 AS text)) ORDER BY p.name, p.person LIMIT 20"

typedef struct
{
  char *uri;
  char *manager; /* (nullable) whose people alone */
  char *text;
  gboolean next_week;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->uri);
  g_free (self->manager);
  g_free (self->text);
  g_free (self);
}

static void
begin (WaySession *self,
       WayRoles roles,
       gpointer tag,
       const char *text,
       gboolean next_week,
       GTaskThreadFunc func,
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
  job->text = g_strdup (text);
  if ((self->roles & WAY_ROLE_LEAD) == 0)
    job->manager = g_strdup (self->person);
  job->next_week = next_week;
  g_task_set_task_data (task, job, job_free);
  way_worker_run (self->read_worker, task, func);
}

static WayDb *
get_trust (WaySession *self, Job *job, GCancellable *cancellable, GError **error)
{
  WayStore *trust = way_session_get_trust (self, job->uri, error);

  if (trust == NULL)
    return NULL;
  way_db_set_cancellable (way_store_get_db (trust), cancellable);
  return way_store_get_db (trust);
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = 0;

  for (char **word = words; *word != NULL; word++)
    n += **word != '\0';
  return n;
}

static gint64
read_until (WayRow *row)
{
  return way_row_has (row, "until") ? way_row_get_int (row, "until") : G_MAXINT64;
}

static WayHealth
judge (WayRow *row, guint n_modules, const WayNetworkLimits *limits, gint64 now)
{
  gint64 done = way_row_get_int (row, "modules_done");
  WayChampionWork work = {
    .since = way_row_get_int (row, "since"),
    .until = read_until (row),
    .last_helped = way_row_get_int (row, "last_helped"),
    .minutes_a_week = way_row_has (row, "minutes") ? (int) way_row_get_int (row, "minutes") : -1,
    .minutes_given = (int) MIN (way_row_get_int (row, "given"), G_MAXINT),
    .open = (int) way_row_get_int (row, "open"),
    .is_trained = way_row_has (row, "trained") || (n_modules > 0 && done >= n_modules),
  };

  if (!g_str_equal (way_row_get_text (row, "state"), "active"))
    return WAY_HEALTH_WELL;
  return way_health_judge (&work, limits, now);
}

static void
all_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "term",          "person",      "name",    "unit",
                                         "unit_name",     "state",       "since",   "begun",
                                         "accepted",      "appointed",   "trained", "shifts",
                                         "systems",       "minutes",     "until",   "works_in",
                                         "works_in_name", "last_helped", "given",   "open",
                                         "modules_done",  "modules_all", "health",  NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GListStore) rows = NULL;
  g_autoptr (GError) error = NULL;
  WayDb *db = get_trust (source, task_data, cancellable, &error);
  gint64 now = g_get_real_time ();
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, now - WAY_HEALTH_WEEKS * 7 * DAY);
  const char *values[] = { since, NULL };
  WayNetworkLimits limits;
  WayShiftTimes times;

  if (db != NULL && way_network_load_settings (db, &limits, &times, &error))
    rows = way_row_query (db, ALL, values, &error);
  if (db != NULL)
    way_db_set_cancellable (db, NULL);
  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      guint n_modules = count_words (way_row_get_text (row, "modules"));

      for (guint c = 0; !g_str_equal (columns[c], "modules_all"); c++)
        way_row_builder_add_text (builder, way_row_has (row, columns[c])
                                               ? way_row_get_text (row, columns[c])
                                               : NULL);
      way_row_builder_add_int (builder, n_modules);
      way_row_builder_add_int (builder, judge (row, n_modules, &limits, now));
    }
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_term_load_all_async:
 *
 * The champions of the trust and those who may become one; who waits for an answer first.
 * Finish with way_session_list_finish().
 */
void
way_term_load_all_async (WaySession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  begin (session, WAY_ROLE_LEAD, way_term_load_all_async, NULL, FALSE, all_thread, cancellable,
         callback, user_data);
}

static void
add_unit (WayRowBuilder *builder, const WayCoverageMap *map, const WayCoveragePlace *place)
{
  const WayCoverage *unit = &place->coverage;
  g_autoptr (GString) there = g_string_new (NULL);

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      g_string_append_printf (there, "%s%u", there->len > 0 ? " " : "", unit->there[weekday][part]);
  way_row_builder_add_text (builder, place->unit);
  way_row_builder_add_text (builder, place->name);
  way_row_builder_add_text (builder, place->above);
  way_row_builder_add_int (builder, unit->staff);
  way_row_builder_add_int (builder, unit->champions);
  way_row_builder_add_int (builder, unit->unknown);
  way_row_builder_add_int (builder, unit->ending);
  way_row_builder_add_int (builder, unit->gaps);
  way_row_builder_add_number (builder, unit->each);
  way_row_builder_add_int (builder, unit->is_thin);
  way_row_builder_add_text (builder, there->str);
  way_row_builder_add_text (builder, place->who->str);
  way_row_builder_add_int (builder, map->monday);
  way_row_builder_add_int (builder, map->limits.least);
}

static GListStore *
judge_coverage (WayDb *db, gboolean next_week, GError **error)
{
  static const char *const columns[] = { "unit",    "name",   "above",  "staff", "champions",
                                         "unknown", "ending", "gaps",   "each",  "is_thin",
                                         "there",   "who",    "monday", "least", NULL };
  g_autoptr (WayCoverageMap)
      map = way_coverage_map_load (db, NULL, next_week ? 1 : 0, g_get_real_time (), error);
  g_autoptr (WayRowBuilder) builder = NULL;

  if (map == NULL)
    return NULL;
  builder = way_row_builder_new (columns);
  for (guint i = 0; i < map->places->len; i++)
    add_unit (builder, map, map->places->pdata[i]);
  return way_row_builder_end (builder);
}

static void
coverage_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  WayDb *db = get_trust (source, job, cancellable, &error);
  GListStore *rows = NULL;

  if (db != NULL)
    {
      rows = judge_coverage (db, job->next_week, &error);
      way_db_set_cancellable (db, NULL);
    }
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_term_load_coverage_async:
 * @next_week: the week after this one
 *
 * Who is there on each shift of a week, unit by unit. Finish with way_session_list_finish().
 */
void
way_term_load_coverage_async (WaySession *session,
                              gboolean next_week,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  begin (session, WAY_ROLE_LEAD, way_term_load_coverage_async, NULL, next_week, coverage_thread,
         cancellable, callback, user_data);
}

static void
people_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  WayDb *db = get_trust (source, job, cancellable, &error);
  const char *values[] = { job->text, job->manager, NULL };
  GListStore *rows = NULL;

  if (db != NULL)
    {
      rows = way_row_query (db, job->manager != NULL ? PEOPLE_OF_MANAGER : PEOPLE, values, &error);
      way_db_set_cancellable (db, NULL);
    }
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_term_find_people_async:
 * @text: a part of a name, or a user name
 *
 * People whom one might nominate: a lead everybody, a manager those of their own places. Finish
 * with way_session_list_finish().
 */
void
way_term_find_people_async (WaySession *session,
                            const char *text,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *lower = NULL;
  g_autoptr (GString) escaped = NULL;

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (text != NULL);

  lower = g_utf8_strdown (text, -1);
  escaped = g_string_new (lower);
  g_string_replace (escaped, "!", "!!", 0);
  g_string_replace (escaped, "%", "!%", 0);
  g_string_replace (escaped, "_", "!_", 0);
  begin (session, WAY_ROLE_LEAD | WAY_ROLE_MANAGER, way_term_find_people_async, escaped->str, FALSE,
         people_thread, cancellable, callback, user_data);
}

/* The columns of the report from its counts on. */
static void
answering_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "asked",    "accepted",  "to_accept",
                                         "answered", "to_answer", NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReportRun) run = NULL;
  const WayReport *report = way_report_find ("help");
  WayReportFilter filter = { NULL };
  Job *job = task_data;
  WayStore *trust = way_session_get_trust (source, job->uri, &error);
  guint n;
  const WayReportColumn *known = way_report_get_columns (report, &n);

  if (trust != NULL)
    run = way_report_run (report, trust, &filter, cancellable, &error);
  if (run == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The first row is the whole of it. */
  for (guint c = 0; columns[c] != NULL && way_report_run_get_n_rows (run) > 0; c++)
    for (guint k = 0; k < n; k++)
      if (g_str_equal (known[k].name, columns[c]))
        way_row_builder_add_text (builder, way_report_run_get_cell (run, 0, k));
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_term_load_answering_async:
 *
 * How soon who asks for help is answered in the trust. Counts, so nobody is looked at. Finish with
 * way_session_list_finish().
 */
void
way_term_load_answering_async (WaySession *session,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  begin (session, WAY_ROLE_LEAD, way_term_load_answering_async, NULL, FALSE, answering_thread,
         cancellable, callback, user_data);
}
