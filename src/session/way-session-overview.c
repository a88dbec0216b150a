/* way-session-overview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session.h"

#include "assessment/way-trust.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

/* What a lead learns of many people together: what gets in their way, and how much more they
 * can than at first. */

/* Policy: of fewer people nothing is said. */
#define LEAST 8

/* Everybody once for the whole trust, and once for the division of their place of work. */
#define PLACES                                                                                     \
  "home AS (SELECT h.person, h.unit FROM (SELECT m.person, m.unit, row_number () OVER "            \
  "(PARTITION BY m.person ORDER BY coalesce (m.is_primary, 0) DESC, m.unit) AS place "             \
  "FROM membership AS m) AS h WHERE h.place = 1), "                                                \
  "place AS (SELECT p.person, '' AS unit, '' AS name FROM person AS p WHERE p.ended = 0 "          \
  "UNION ALL SELECT p.person, d.unit, d.name FROM person AS p "                                    \
  "JOIN home AS h ON h.person = p.person JOIN unit AS u ON u.unit = h.unit "                       \
  "JOIN unit AS d ON d.unit = (SELECT x.unit FROM unit AS x WHERE x.type = 'division' "            \
  "AND u.path LIKE x.path || '%' ORDER BY length (x.path), x.unit LIMIT 1) "                       \
  "WHERE p.ended = 0)"

/* $1: what the trust had by then, µs. The same as sync/postgresql/barriers.sql, which says why;
 * a trust on a server gives nothing but its answer. */
#define BARRIERS                                                                                   \
  "WITH said AS (SELECT s.person, s.barrier FROM (SELECT e.author AS person, "                     \
  "e.body ->> 'barrier' AS barrier, e.body ->> 'value' AS value, row_number () OVER "              \
  "(PARTITION BY e.author, e.body ->> 'barrier' ORDER BY e.effective DESC, e.id DESC) AS age "     \
  "FROM live AS e WHERE e.kind = 'barrier' AND e.received < CAST($1 AS bigint)) AS s "             \
  "WHERE s.age = 1 AND CAST(s.value AS text) = '1'), " PLACES                                      \
  ", size AS (SELECT p.unit, count(*) AS people FROM place AS p GROUP BY p.unit) "                 \
  "SELECT s.barrier, p.unit, p.name, 8 * (count(*) / 8) AS people FROM said AS s "                 \
  "JOIN place AS p ON p.person = s.person JOIN size AS z ON z.unit = p.unit "                      \
  "GROUP BY s.barrier, p.unit, p.name, z.people "                                                  \
  "HAVING count(*) >= 8 AND z.people - count(*) >= 8 ORDER BY 1, 2"

#define BARRIERS_OF_A_SERVER "SELECT barrier, unit, name, people FROM api.barriers_v1 ()"

/* Each person's first and last result in what was measured twice or more, by place. */
#define TWICE                                                                                      \
  "WITH " PLACES ", h AS (SELECT l.person, l.capability, l.mean, row_number () OVER "              \
  "(PARTITION BY l.person, l.capability ORDER BY l.at, l.attempt) AS first, row_number () OVER "   \
  "(PARTITION BY l.person, l.capability ORDER BY l.at DESC, l.attempt DESC) AS last "              \
  "FROM level_history AS l WHERE l.mean IS NOT NULL), gain AS (SELECT a.person, "                  \
  "avg (a.mean) AS before, avg (b.mean) AS after FROM h AS a JOIN h AS b "                         \
  "ON b.person = a.person AND b.capability = a.capability AND b.last = 1 AND b.first > 1 "         \
  "WHERE a.first = 1 GROUP BY a.person) SELECT p.unit, p.name, g.before, g.after "                 \
  "FROM gain AS g JOIN place AS p ON p.person = g.person ORDER BY p.unit, g.person"

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

static void
begin (WaySession *self,
       gpointer tag,
       GTaskThreadFunc func,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);

  if (way_session_refuse_others (self, task, WAY_ROLE_LEAD))
    return;
  g_task_set_task_data (task, g_strdup (self->trust_uri), g_free);
  way_worker_run (self->read_worker, task, func);
}

static GListStore *
query (WayDb *db,
       const char *sql,
       const char *const *values,
       GCancellable *cancellable,
       GError **error)
{
  GListStore *rows;

  way_db_set_cancellable (db, cancellable);
  rows = way_row_query (db, sql, values, error);
  way_db_set_cancellable (db, NULL);
  return rows;
}

static void
barriers_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_session_get_trust (source, task_data, &error);
  gint64 today = g_get_real_time () / DAY;
  g_autofree char *week = g_strdup_printf ("%" G_GINT64_FORMAT, (today - (today + 3) % 7) * DAY);
  const char *values[] = { week, NULL };
  GListStore *rows = NULL;

  if (trust != NULL)
    rows = way_db_is_postgresql (way_store_get_db (trust))
               ? query (way_store_get_db (trust), BARRIERS_OF_A_SERVER, NULL, cancellable, &error)
               : query (way_store_get_db (trust), BARRIERS, values, cancellable, &error);
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_barrier_counts_async:
 *
 * What gets in the way of how many, in steps of eight; never fewer, nor so that it could be
 * worked out. As it was known when the week began.
 */
void
way_session_load_barrier_counts_async (WaySession *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  begin (self, way_session_load_barrier_counts_async, barriers_thread, cancellable, callback,
         user_data);
}

/* The rows from @first on that are of the same place; returns where the next place begins. */
static guint
add_place (WayRowBuilder *builder, GListModel *rows, guint first)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (WayRow) place = g_list_model_get_item (rows, first);
  guint i = first;

  for (; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      double then = way_row_get_number (row, "before");
      double now = way_row_get_number (row, "after");

      if (!g_str_equal (way_row_get_text (row, "unit"), way_row_get_text (place, "unit")))
        break;
      g_array_append_val (before, then);
      g_array_append_val (after, now);
    }
  if (before->len >= LEAST)
    {
      double se;
      double gain = way_change_get_team ((const double *) before->data,
                                         (const double *) after->data, before->len, &se);

      way_row_builder_add_text (builder, way_row_get_text (place, "unit"));
      way_row_builder_add_text (builder, way_row_get_text (place, "name"));
      way_row_builder_add_int (builder, before->len);
      way_row_builder_add_number (builder, gain);
      way_row_builder_add_number (builder, se);
    }
  return i;
}

static void
team_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "unit", "name", "people", "gain", "se", NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_session_get_trust (source, task_data, &error);
  g_autoptr (GListStore) rows = NULL;

  if (trust != NULL)
    rows = query (way_store_get_db (trust), TWICE, NULL, cancellable, &error);
  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows));)
    i = add_place (builder, G_LIST_MODEL (rows), i);
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_load_team_change_async:
 *
 * The mean gain of those who were measured twice or more, from first to last, of the trust
 * and of each division with eight of them.
 */
void
way_session_load_team_change_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  begin (self, way_session_load_team_change_async, team_thread, cancellable, callback, user_data);
}
