/* way-log-move.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-log.h"
#include "store/way-store-private.h"

/* Events of the person's own whose stream cannot go on: they move to another with the ids
 * that they have, so that each counts once whoever sends it. */

/* Moves events to the end of a stream that ends with `seq` and `chain`. */
static gboolean
move (WayStore *self,
      WayBatch *batch,
      GPtrArray *events,
      const char *stream,
      gint64 seq,
      const char *chain,
      GError **error)
{
  g_autofree char *previous = g_strdup (chain);

  for (guint i = 0; i < events->len; i++)
    {
      WayEvent *event = events->pdata[i];

      if (!way_batch_remove (batch, event, error))
        return FALSE;
      g_free (event->stream);
      event->stream = g_strdup (stream);
      event->seq = ++seq;
      g_free (event->chain);
      event->chain = way_event_compute_chain (event, previous);
      event->received = 0;
      g_free (previous);
      previous = g_strdup (event->chain);
      if (!way_batch_insert (batch, event, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* way_store_mint_stream:
 * @from: events of the own stream from this number on move to the new one
 *
 * Begins a new stream for a store whose old one lives on elsewhere. What was not sent
 * moves with the ids it has, so that it counts once whichever copy sends it first. */
gboolean
way_store_mint_stream (WayStore *self, gint64 from, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (WayBatch) batch = NULL;
  g_autofree char *stream = way_log_new_id (g_get_real_time ());

  g_return_val_if_fail (WAY_IS_STORE (self) && self->role == WAY_STORE_DEVICE, FALSE);

  batch = way_batch_begin (self, error);
  if (batch == NULL)
    return FALSE;
  events = way_log_read_stream (self, self->stream, from, G_MAXINT, error);
  if (events == NULL || !move (self, batch, events, stream, 0, "", error)
      || !way_store_set_meta (self, "stream", stream, error)
      || !way_store_set_meta (self, "acked", "0", error))
    return FALSE;
  if (self->path != NULL)
    {
      g_autofree char *binding = way_binding_describe (self->path);

      if (binding != NULL && !way_store_set_meta (self, "binding", binding, error))
        return FALSE;
    }
  if (!way_batch_commit (batch, error))
    return FALSE;
  return way_store_read_state (self, error);
}

/* What the person has written in other streams, and did not come with the scope of oneself. */
static GPtrArray *
list_lost (WayStore *self, const char *which, GError **error)
{
  g_autofree char *sql = NULL;
  WayStatement *statement;

  sql = g_strconcat ("SELECT " WAY_LOG_COLUMNS " FROM main.event AS e"
                     " WHERE e.author = $1 AND e.stream <> $2 AND ",
                     which,
                     " AND NOT EXISTS (SELECT 1 FROM event_scope AS s"
                     " WHERE s.scope = 'self' AND s.stream = e.stream AND s.seq = e.seq)"
                     " ORDER BY e.effective, e.id",
                     NULL);
  statement = way_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, self->person);
  way_statement_bind_text (statement, 2, self->stream);
  return way_log_read_events (statement, TRUE, error);
}

/* way_store_adopt:
 * @n_events: (out): how many
 *
 * After the scope of oneself has come from the beginning: what the person has written in
 * other streams, and what did not come, the trust has lost. It moves to the end of the own
 * stream, to be sent again. What was erased says nothing any more, unless it withdrew something,
 * and its place goes. */
gboolean
way_store_adopt (WayStore *self, guint *n_events, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) empty = NULL;
  g_autoptr (WayBatch) batch = NULL;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->role == WAY_STORE_DEVICE, FALSE);

  *n_events = 0;
  batch = way_batch_begin (self, error);
  if (batch == NULL)
    return FALSE;
  events = list_lost (self, "(e.salt <> '' OR e.refers IS NOT NULL)", error);
  empty = events != NULL ? list_lost (self, "e.salt = '' AND e.refers IS NULL", error) : NULL;
  if (empty == NULL || events->len + empty->len == 0)
    return empty != NULL;
  for (guint i = 0; i < empty->len; i++)
    if (!way_batch_remove (batch, empty->pdata[i], error))
      return FALSE;
  if (!move (self, batch, events, self->stream, self->last_seq, self->last_chain, error)
      || !way_batch_commit (batch, error))
    return FALSE;
  *n_events = events->len;
  return way_store_read_state (self, error);
}

/* way_store_make_room:
 * @place: an event that the trust has in a place of another stream than the own
 * @is_free: (out): whether nothing is there now
 *
 * What is here in a place where the trust has something else leaves it. The person's own moves
 * to the end of the own stream with the id that it has: the trust may have it in yet another
 * place, and then it counts there as sent twice. */
gboolean
way_store_make_room (WayStore *self, const WayEvent *place, gboolean *is_free, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (WayBatch) batch = NULL;
  WayEvent *event;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->role == WAY_STORE_DEVICE, FALSE);

  *is_free = FALSE;
  if (g_str_equal (place->stream, self->stream))
    return TRUE;
  batch = way_batch_begin (self, error);
  if (batch == NULL)
    return FALSE;
  events = way_log_read_stream (self, place->stream, place->seq, 1, error);
  if (events == NULL)
    return FALSE;
  event = events->len > 0 ? events->pdata[0] : NULL;
  *is_free = event == NULL || event->seq != place->seq;
  if (*is_free || g_strcmp0 (event->author, self->person) != 0)
    return TRUE;
  *is_free = TRUE;
  if (*event->salt == '\0' && event->refers == NULL
          ? !way_batch_remove (batch, event, error)
          : !move (self, batch, events, self->stream, self->last_seq, self->last_chain, error))
    return FALSE;
  return way_batch_commit (batch, error) && way_store_read_state (self, error);
}
