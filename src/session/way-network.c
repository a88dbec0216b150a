/* way-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "record/way-coverage.h"
#include "report/way-report.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"
#include "session/way-term.h"

#include <glib/gi18n-lib.h>

/* The champions of a trust, as a lead sees them: who they are, how they fare, and when somebody
 * is there. Asked of the trust, judged here. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

#define HOME                                                                                       \
  "home AS (SELECT h.person, h.unit FROM (SELECT m.person, m.unit, row_number () OVER "            \
  "(PARTITION BY m.person ORDER BY coalesce (m.is_primary, 0) DESC, m.unit) AS place "             \
  "FROM membership AS m) AS h WHERE h.place = 1) "

/* Champions without a term were made so by the trust before there were any. */
#define TERMS                                                                                      \
  "every AS (SELECT c.term, c.person, c.unit, c.state, c.since, c.begun, c.accepted, "             \
  "c.appointed, c.trained, c.shifts, c.systems, c.minutes, c.until FROM champion AS c "            \
  "UNION ALL SELECT 'granted ' || r.person || ' ' || r.unit, r.person, CASE WHEN r.unit = '' "     \
  "THEN NULL ELSE r.unit END, 'granted', "                                                         \
  "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM role AS r "                           \
  "WHERE r.role = 'champion' AND NOT EXISTS (SELECT 1 FROM champion AS c "                         \
  "WHERE c.person = r.person AND c.unit = r.unit AND c.state <> 'ended')) "

/* $1 four weeks ago. */
#define ALL                                                                                        \
  "WITH " HOME ", " TERMS ", asked AS (SELECT ' ' || max (k.required) || ' ' AS modules "          \
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

#define SETTINGS "SELECT s.key, s.value FROM setting AS s"

#define STAFF                                                                                      \
  "WITH " HOME "SELECT u.unit, u.name, d.name AS above, count(p.person) AS staff FROM unit AS u "  \
  "LEFT JOIN unit AS d ON d.unit = u.parent LEFT JOIN home AS h ON h.unit = u.unit "               \
  "LEFT JOIN person AS p ON p.person = h.person AND p.ended = 0 "                                  \
  "GROUP BY u.unit, u.name, d.name "                                                               \
  "HAVING count(p.person) > 0 OR EXISTS (SELECT 1 FROM champion AS c WHERE c.unit = u.unit "       \
  "AND c.state = 'active') ORDER BY u.name, u.unit"

/* $1 the Monday. A rota of that week says when somebody is there; else the pattern does. */
#define ACTIVE                                                                                     \
  "WITH " TERMS "SELECT c.unit, p.name, coalesce (r.shifts, c.shifts) AS shifts, c.until "         \
  "FROM every AS c JOIN person AS p ON p.person = c.person AND p.ended = 0 "                       \
  "LEFT JOIN rota AS r ON r.person = c.person AND r.unit = c.unit "                                \
  "AND r.week = CAST($1 AS text) "                                                                 \
  "WHERE c.state IN ('active', 'granted') AND c.unit IS NOT NULL "                                 \
  "ORDER BY c.unit, p.name, c.person"

/* $1 a part of a name in small letters, % and _ in it escaped. */
#define PEOPLE                                                                                     \
  "WITH " HOME "SELECT p.person, p.name, p.username, h.unit, u.name AS unit_name "                 \
  "FROM person AS p LEFT JOIN home AS h ON h.person = p.person "                                   \
  "LEFT JOIN unit AS u ON u.unit = h.unit WHERE p.ended = 0 "                                      \
  "AND (lower (p.name) LIKE '%' || CAST($1 AS text) || '%' ESCAPE '!' "                            \
  "OR p.username = CAST($1 AS text)) ORDER BY p.name, p.person LIMIT 20"

typedef struct
{
  char *uri;
  char *text;
  gboolean next_week;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->uri);
  g_free (self->text);
  g_free (self);
}

static void
begin (WaySession *self,
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

  if (self->trust_uri == NULL || (self->roles & WAY_ROLE_LEAD) == 0)
    {
      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                               _ ("Only a training lead sees this."));
      return;
    }
  job = g_new0 (Job, 1);
  job->uri = g_strdup (self->trust_uri);
  job->text = g_strdup (text);
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

static gboolean
read_settings (WayDb *db, WayNetworkLimits *limits, WayShiftTimes *times, GError **error)
{
  g_autoptr (GListStore) rows = way_row_query (db, SETTINGS, NULL, error);

  if (rows == NULL)
    return FALSE;
  way_network_limits_init (limits);
  way_shift_times_read (NULL, times, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      const char *key = way_row_get_text (row, "key");

      /* What is not good leaves what holds otherwise. */
      if (g_str_equal (key, WAY_SHIFT_SETTING))
        way_shift_times_read (way_row_get_text (row, "value"), times, NULL);
      else
        way_network_limits_set (limits, key, way_row_get_text (row, "value"));
    }
  return TRUE;
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

  if (db != NULL && read_settings (db, &limits, &times, &error))
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

  begin (session, way_term_load_all_async, NULL, FALSE, all_thread, cancellable, callback,
         user_data);
}

typedef struct
{
  GArray *champions; /* of WayCoverageChampion */
  GPtrArray *who;    /* of GString, one a unit */
} There;

static void
add_champions (There *there, GListModel *rows, GHashTable *places)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      WayCoverageChampion champion = { .until = read_until (row),
                                       .knows_shifts = *way_row_get_text (row, "shifts") != '\0' };
      gpointer place;

      if (!g_hash_table_lookup_extended (places, way_row_get_text (row, "unit"), NULL, &place))
        continue;
      champion.unit = GPOINTER_TO_UINT (place);
      way_shift_set_read (way_row_get_text (row, "shifts"), &champion.shifts, NULL);
      g_array_append_val (there->champions, champion);
      g_string_append_printf (there->who->pdata[champion.unit],
                              "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
                              champion.knows_shifts ? (gint64) champion.shifts : -1, champion.until,
                              way_row_get_text (row, "name"));
    }
}

static void
add_unit (WayRowBuilder *builder,
          WayRow *row,
          const WayCoverage *unit,
          const char *who,
          guint32 monday,
          int least)
{
  g_autoptr (GString) there = g_string_new (NULL);

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      g_string_append_printf (there, "%s%u", there->len > 0 ? " " : "", unit->there[weekday][part]);
  way_row_builder_add_text (builder, way_row_get_text (row, "unit"));
  way_row_builder_add_text (builder, way_row_get_text (row, "name"));
  way_row_builder_add_text (builder, way_row_get_text (row, "above"));
  way_row_builder_add_int (builder, unit->staff);
  way_row_builder_add_int (builder, unit->champions);
  way_row_builder_add_int (builder, unit->unknown);
  way_row_builder_add_int (builder, unit->ending);
  way_row_builder_add_int (builder, unit->gaps);
  way_row_builder_add_number (builder, unit->each);
  way_row_builder_add_int (builder, unit->is_thin);
  way_row_builder_add_text (builder, there->str);
  way_row_builder_add_text (builder, who);
  way_row_builder_add_int (builder, monday);
  way_row_builder_add_int (builder, least);
}

/* Where least is covered first, and of the same the one with more people; else by name. */
static int
compare_units (gconstpointer a, gconstpointer b, gpointer data)
{
  const WayCoverage *units = data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  if (units[i].gaps != units[j].gaps)
    return units[i].gaps > units[j].gaps ? -1 : 1;
  if (units[i].staff != units[j].staff)
    return units[i].staff > units[j].staff ? -1 : 1;
  return i < j ? -1 : i > j;
}

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

static GListStore *
judge_coverage (WayDb *db, gboolean next_week, GError **error)
{
  static const char *const columns[] = { "unit",    "name",   "above",  "staff", "champions",
                                         "unknown", "ending", "gaps",   "each",  "is_thin",
                                         "there",   "who",    "monday", "least", NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) champions = g_array_new (FALSE, FALSE, sizeof (WayCoverageChampion));
  g_autoptr (GPtrArray) who = g_ptr_array_new ();
  g_autofree WayCoverage *units = NULL;
  g_autofree guint *order = NULL;
  g_autofree char *week = NULL;
  g_autoptr (GListStore) staff = NULL;
  g_autoptr (GListStore) active = NULL;
  const char *values[] = { NULL, NULL };
  There there = { champions, who };
  gint64 now = g_get_real_time ();
  WayNetworkLimits limits;
  WayShiftTimes times;
  WayShift shift;
  guint32 monday;
  guint n;

  if (!read_settings (db, &limits, &times, error))
    return NULL;
  way_shift_find (&times, zone, now, &shift);
  monday = way_shift_get_monday (shift.day) + (next_week ? WAY_N_WEEKDAYS : 0);
  values[0] = week = way_shift_write_day (monday);
  staff = way_row_query (db, STAFF, NULL, error);
  if (staff != NULL)
    active = way_row_query (db, ACTIVE, values, error);
  if (active == NULL)
    return NULL;

  n = g_list_model_get_n_items (G_LIST_MODEL (staff));
  units = g_new0 (WayCoverage, n);
  g_ptr_array_set_free_func (who, free_string);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (staff), i);

      units[i].staff = (guint) way_row_get_int (row, "staff");
      g_hash_table_insert (places, (gpointer) way_row_get_text (row, "unit"), GUINT_TO_POINTER (i));
      g_ptr_array_add (who, g_string_new (NULL));
    }
  add_champions (&there, G_LIST_MODEL (active), places);
  if (!way_coverage_judge (units, n, (const WayCoverageChampion *) champions->data, champions->len,
                           &limits, &times, zone, monday, now))
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS,
                           _ ("The date of this computer is in no week that there is."));
      return NULL;
    }
  order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_units, units);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (staff), order[i]);

      add_unit (builder, row, &units[order[i]], ((GString *) who->pdata[order[i]])->str, monday,
                limits.least);
    }
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

  begin (session, way_term_load_coverage_async, NULL, next_week, coverage_thread, cancellable,
         callback, user_data);
}

static void
people_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  WayDb *db = get_trust (source, job, cancellable, &error);
  const char *values[] = { job->text, NULL };
  GListStore *rows = NULL;

  if (db != NULL)
    {
      rows = way_row_query (db, PEOPLE, values, &error);
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
 * People whom one might nominate. Finish with way_session_list_finish().
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
  begin (session, way_term_find_people_async, escaped->str, FALSE, people_thread, cancellable,
         callback, user_data);
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

  begin (session, way_term_load_answering_async, NULL, FALSE, answering_thread, cancellable,
         callback, user_data);
}
