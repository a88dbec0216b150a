/* way-log-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-log.h"
#include "store/way-seal.h"
#include "store/way-store-private.h"

/* Reading the log. */

/* way_log_read_row:
 * @is_sealed: whether the body comes as it lies on a device
 *
 * The event in the statement's row, whose first columns are WAY_LOG_COLUMNS.
 *
 * Returns: (transfer full) */
WayEvent *
way_log_read_row (WayStatement *statement, gboolean is_sealed)
{
  const char *body = way_statement_get_text (statement, 11);
  g_autofree char *opened = NULL;
  WayEvent *event;

  if (is_sealed && body != NULL && *body != '\0')
    opened = way_seal_open (body);
  event = way_event_new (way_statement_get_text (statement, 6),
                         way_statement_get_int (statement, 7),
                         opened != NULL ? opened : (body != NULL ? body : ""));
  event->stream = g_strdup (way_statement_get_text (statement, 0));
  event->seq = way_statement_get_int (statement, 1);
  event->id = g_strdup (way_statement_get_text (statement, 2));
  event->author = g_strdup (way_statement_get_text (statement, 3));
  event->subject = g_strdup (way_statement_get_text (statement, 4));
  event->unit = g_strdup (way_statement_get_text (statement, 5));
  event->at = way_statement_get_int (statement, 8);
  event->zone = g_strdup (way_statement_get_text (statement, 9));
  event->salt = g_strdup (way_statement_get_text (statement, 10));
  event->digest = g_strdup (way_statement_get_text (statement, 12));
  event->chain = g_strdup (way_statement_get_text (statement, 13));
  event->received = way_statement_get_int (statement, 14);
  event->effective = way_statement_get_int (statement, 15);
  event->allowed = way_statement_get_int (statement, 16);
  /* Of any other the body says it. A body may have pointed at anything. */
  if (g_strcmp0 (event->salt, "") == 0
      && way_uuid_is_valid (way_statement_get_text (statement, 17)))
    event->refers = g_strdup (way_statement_get_text (statement, 17));
  return event;
}

/* way_log_read_stream:
 *
 * Events of a stream in its order, from a number on. `effective` is where the event
 * stands in the order of judgement, given by the trust or not.
 *
 * Returns: (transfer full) (nullable): of WayEvent; NULL with @error set */
GPtrArray *
way_log_read_stream (WayStore *store, const char *stream, gint64 from, guint limit, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (store->db,
                              "SELECT " WAY_LOG_COLUMNS " FROM main.event AS e"
                              " WHERE e.stream = $1 AND e.seq >= $2 ORDER BY e.seq LIMIT $3",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_int (statement, 2, from);
  way_statement_bind_int (statement, 3, limit);
  return way_log_read_events (statement, store->role == WAY_STORE_DEVICE, error);
}

/* way_log_list_where:
 * @where: a condition on `event AS e`
 * @first: (nullable): its $1
 *
 * Events in no order.
 *
 * Returns: (transfer full) (nullable): of WayEvent; NULL with @error set */
GPtrArray *
way_log_list_where (WayStore *store, const char *where, const char *first, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT " WAY_LOG_COLUMNS " FROM main.event AS e", where,
                                      NULL);
  WayStatement *statement = way_db_prepare (store->db, sql, error);

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, first);
  return way_log_read_events (statement, store->role == WAY_STORE_DEVICE, error);
}

/* way_log_find:
 * @event: (out) (nullable): NULL where there is none of that id
 *
 * Looks an event up. */
gboolean
way_log_find (WayStore *store, const char *id, WayEvent **event, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *event = NULL;
  statement = way_db_prepare (store->db,
                              "SELECT " WAY_LOG_COLUMNS " FROM main.event AS e WHERE e.id = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, id);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *event = way_log_read_row (statement, store->role == WAY_STORE_DEVICE);
  way_statement_reset (statement);
  return TRUE;
}

/* way_store_list_events:
 * @kind: (nullable): NULL for all
 *
 * Events in the order of judgement, withdrawn ones and ones not allowed too. Before the
 * trust has an event its `effective` is 0, though it stands where it will.
 *
 * Returns: (transfer full) (nullable): of WayEvent; NULL with @error set */
GPtrArray *
way_store_list_events (WayStore *self, const char *kind, GError **error)
{
  WayStatement *statement;
  GPtrArray *events;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL, NULL);

  statement = way_db_prepare (self->db,
                              kind != NULL ? "SELECT " WAY_LOG_COLUMNS
                                             " FROM main.event AS e WHERE e.kind = $1"
                                             " ORDER BY e.effective, e.id"
                                           : "SELECT " WAY_LOG_COLUMNS
                                             " FROM main.event AS e ORDER BY e.effective, e.id",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, kind);
  events = way_log_read_events (statement, self->role == WAY_STORE_DEVICE, error);
  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      WayEvent *event = events->pdata[i];

      if (event->received == 0)
        event->effective = 0;
    }
  return events;
}

/* way_log_read_events:
 *
 * What is left of a statement whose first columns are WAY_LOG_COLUMNS.
 *
 * Returns: (transfer full) (nullable): of WayEvent; NULL with @error set */
GPtrArray *
way_log_read_events (WayStatement *statement, gboolean is_sealed, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  gboolean has_row;

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&events);
      g_ptr_array_add (events, way_log_read_row (statement, is_sealed));
    }
}
