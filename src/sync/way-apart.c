/* way-apart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-apart.h"

/* A trust that sends more than this is not one of ours. */
#define MAX_APART 1000

/* way_apart_read:
 * @statement: with columns seq, reason, received
 *
 * Reads what a trust answers, at most 1000 rows, and resets the statement. */
GPtrArray *
way_apart_read (WayStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) way_apart_free);
  gboolean has_row;

  for (;;)
    {
      WayApart *apart;
      const char *reason;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row || rows->len == MAX_APART)
        break;
      reason = way_statement_get_text (statement, 1);
      apart = g_new0 (WayApart, 1);
      apart->seq = way_statement_get_int (statement, 0);
      apart->reason = g_utf8_make_valid (reason != NULL ? reason : "", -1);
      apart->received = way_statement_get_int (statement, 2);
      g_ptr_array_add (rows, apart);
    }
  way_statement_reset (statement);
  return g_steal_pointer (&rows);
}

/* way_apart_keep:
 *
 * Notes on the device why an event of its stream is kept apart. */
gboolean
way_apart_keep (WayStore *device, const WayApart *apart, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (device),
                              "INSERT INTO apart (stream, seq, reason, received)"
                              " VALUES ($1, $2, $3, $4) ON CONFLICT (stream, seq) DO UPDATE"
                              " SET reason = excluded.reason, received = excluded.received",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, way_store_get_stream (device));
  way_statement_bind_int (statement, 2, apart->seq);
  way_statement_bind_text (statement, 3, apart->reason);
  way_statement_bind_int (statement, 4, apart->received);
  return way_statement_run (statement, error);
}

/* An event that is acknowledged and has no time of arrival is one that could not be read. */
static gboolean
has_unexplained (WayStore *device, gboolean *has_some, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (device),
                              "SELECT 1 FROM event AS e WHERE e.stream = $1 AND e.received = 0"
                              " AND e.seq <= (SELECT CAST(m.value AS integer) FROM meta AS m"
                              " WHERE m.key = 'acked')"
                              " AND NOT EXISTS (SELECT 1 FROM apart AS a"
                              " WHERE a.stream = e.stream AND a.seq = e.seq) LIMIT 1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, way_store_get_stream (device));
  if (!way_statement_step (statement, has_some, error))
    return FALSE;
  way_statement_reset (statement);
  return TRUE;
}

/* way_apart_learn:
 * @peer: greeted with the device's stream
 *
 * Asks why, where the trust has acknowledged what it could not read. A trust of an older
 * version cannot say: then it stays unexplained. */
gboolean
way_apart_learn (WayStore *device, WayPeer *peer, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) local = NULL;
  gboolean has_some;

  g_return_val_if_fail (WAY_IS_STORE (device) && WAY_IS_PEER (peer), FALSE);

  if (!has_unexplained (device, &has_some, error))
    return FALSE;
  if (!has_some)
    return TRUE;
  rows = way_peer_list_apart (peer, &local);
  if (rows == NULL && g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL))
    return TRUE;
  if (rows == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!way_db_begin (way_store_get_db (device), error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!way_apart_keep (device, rows->pdata[i], error))
      {
        way_db_rollback (way_store_get_db (device));
        return FALSE;
      }
  return way_db_commit (way_store_get_db (device), error);
}
