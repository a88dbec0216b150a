/* way-sync-push.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sync-private.h"

#include "store/way-log.h"

#define MAX_BATCH_BYTES (1024 * 1024)
/* Events in a push: as many as went well before, twice as many each time, half where the line
 * did not hold. */
#define FIRST_BATCH 200
#define MOST_BATCH 2000
#define LEAST_BATCH 10

static guint
get_most_batch (WaySync *self)
{
  return self->welcome != NULL ? MIN (self->batch, self->welcome->batch) : self->batch;
}

/* way_sync_read_outbox:
 *
 * Returns: (transfer full) (element-type WayEvent): what goes in the next push, as much as fits */
GPtrArray *
way_sync_read_outbox (WaySync *self, GError **error)
{
  GPtrArray *events;
  gsize size = 0;
  guint n_fitting = 0;

  events = way_log_read_stream (self->device, way_store_get_stream (self->device), self->acked + 1,
                                get_most_batch (self), error);
  if (events == NULL)
    return NULL;
  while (n_fitting < events->len)
    {
      size += strlen (((WayEvent *) events->pdata[n_fitting])->body);
      if (n_fitting > 0 && size > MAX_BATCH_BYTES)
        break;
      n_fitting++;
    }
  g_ptr_array_set_size (events, n_fitting);
  return events;
}

/* way_sync_read_batch:
 *
 * How many events went well before. */
gboolean
way_sync_read_batch (WaySync *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = way_store_get_meta (self->device, "batch", &local);

  self->kept_batch = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
  self->batch = self->kept_batch != 0 ? CLAMP (self->kept_batch, LEAST_BATCH, MOST_BATCH)
                                      : FIRST_BATCH;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Our stream lives on elsewhere: this store is a copy, or was put back from one. */
static gboolean
begin_again (WaySync *self, gint64 from, GError **error)
{
  self->result->is_fork = TRUE;
  return way_sync_count_detour (self, error) && way_store_mint_stream (self->device, from, error)
         && way_sync_greet (self, error);
}

static gboolean
keep_receipt (WaySync *self, const WayReceipt *receipt, GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (self->device, error);

  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < receipt->stamps->len; i++)
    if (!way_batch_stamp (batch, receipt->stamps->pdata[i], error))
      return FALSE;
  if (!way_sync_write_number (self, "acked", receipt->acked, error)
      || !way_sync_write_number (self, "last_sent", self->welcome->server_time, error)
      || !way_sync_write_number (self, "last_received", self->welcome->server_time, error)
      || !way_store_set_meta (self->device, "epoch", receipt->epoch, error)
      || (self->batch != self->kept_batch
          && !way_sync_write_number (self, "batch", self->batch, error))
      || !way_batch_commit (batch, error))
    return FALSE;
  self->acked = receipt->acked;
  self->kept_batch = self->batch;
  g_free (self->epoch);
  self->epoch = g_strdup (receipt->epoch);
  return TRUE;
}

/* What went well may be more next time. */
static void
grow_batch (WaySync *self, guint n_events)
{
  if (n_events == get_most_batch (self))
    self->batch = MIN (self->batch * 2, MIN (MOST_BATCH, self->welcome->batch));
}

/* A line or a trust that did not stand this much is asked less, also by the next sync. */
static void
shrink_batch (WaySync *self, GError *failure)
{
  g_autoptr (GError) error = NULL;

  if (!g_error_matches (failure, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED)
      && !g_error_matches (failure, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY))
    return;
  self->batch = MAX (self->batch / 2, LEAST_BATCH);
  if (self->batch != self->kept_batch
      && !way_sync_write_number (self, "batch", self->batch, &error))
    g_message ("%s", error->message);
  self->kept_batch = self->batch;
}

/* way_sync_push:
 *
 * Sends what the outbox holds, batch by batch, and keeps each receipt. */
gboolean
way_sync_push (WaySync *self, GError **error)
{
  while (!self->welcome->is_read_only)
    {
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (WayReceipt) receipt = NULL;
      g_autoptr (GError) local = NULL;
      gint64 before = self->acked;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      events = way_sync_read_outbox (self, error);
      if (events == NULL)
        return FALSE;
      if (events->len == 0)
        break;
      receipt = way_peer_push (self->peer, events, &local);
      if (receipt == NULL)
        {
          shrink_batch (self, local);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (receipt->is_fork)
        {
          if (!begin_again (self, receipt->fork_seq, error))
            return FALSE;
          continue;
        }
      self->result->pushed += events->len;
      self->result->duplicates += receipt->duplicates;
      self->result->quarantined += receipt->quarantined;
      self->result->refused += receipt->refused;
      /* What it had of us beyond this batch it has not said anything about yet. */
      receipt->acked = MIN (receipt->acked, ((WayEvent *) events->pdata[events->len - 1])->seq);
      self->result->acked += MAX (0, MIN (receipt->acked - before, (gint64) events->len));
      if (receipt->acked > before)
        grow_batch (self, events->len);
      if (!keep_receipt (self, receipt, error))
        return FALSE;
      if (receipt->acked <= before && !way_sync_count_detour (self, error))
        return FALSE;
    }
  /* The trust has more of our stream than we do: this store is older than itself. What
   * it lacks comes back with the scope of oneself. */
  if (self->welcome->last_seq > way_store_get_last_seq (self->device))
    return begin_again (self, way_store_get_last_seq (self->device) + 1, error);
  return TRUE;
}

static gboolean
resend_stream (WaySync *self, const char *stream, gint64 last, GError **error)
{
  g_autoptr (WayWelcome) welcome = NULL;
  gint64 from;

  /* Nothing is claimed of it: some of it may be for another device to send, and a trust
   * that lacks that would take itself for put back again and again. */
  welcome = way_peer_hello (self->peer, way_store_get_person (self->device), stream, 0, self->epoch,
                            g_get_real_time (), error);
  if (welcome == NULL)
    return FALSE;
  /* From the last that it has, so that it sees whether ours follows that. */
  from = MAX (1, welcome->last_seq);
  while (welcome->last_seq < last && from <= last)
    {
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (WayReceipt) receipt = NULL;
      guint n_joined = 0;

      events = way_log_read_stream (self->device, stream, from, welcome->batch, error);
      if (events == NULL)
        return FALSE;
      while (n_joined < events->len
             && ((WayEvent *) events->pdata[n_joined])->seq == from + n_joined)
        n_joined++;
      g_ptr_array_set_size (events, n_joined);
      if (n_joined == 0) /* what comes between is somewhere else, or lost */
        return TRUE;
      receipt = way_peer_push (self->peer, events, error);
      if (receipt == NULL)
        return FALSE;
      self->result->pushed += n_joined;
      self->result->duplicates += receipt->duplicates;
      if (receipt->is_fork || receipt->acked < from + n_joined - 1)
        return TRUE;
      self->result->acked += n_joined;
      from += n_joined;
    }
  return TRUE;
}

/* way_sync_resend_old_streams:
 *
 * A trust that was put back may have lost streams that nobody writes any more: of a person's,
 * every device of theirs has a copy. */
gboolean
way_sync_resend_old_streams (WaySync *self, GError **error)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT stream, max (seq) FROM event WHERE stream <> $1"
                              " GROUP BY stream HAVING min (author) = $2 AND max (author) = $2"
                              " AND count (*) = count (author) ORDER BY stream",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, way_store_get_stream (self->device));
  way_statement_bind_text (statement, 2, way_store_get_person (self->device));
  for (;;)
    {
      gint64 last;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      last = way_statement_get_int (statement, 1);
      g_ptr_array_add (streams, g_strdup (way_statement_get_text (statement, 0)));
      g_array_append_val (ends, last);
    }
  for (guint i = 0; i < streams->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      /* The trust's own stream may hold nothing but events of this person: not ours. */
      if (!resend_stream (self, streams->pdata[i], g_array_index (ends, gint64, i), &local)
          && !g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return way_sync_greet (self, error);
}

/* way_sync_bring_home:
 *
 * Whatever of ours a trust that was put back has not given us again it has not got: it cannot
 * follow any more in its own stream, so it follows in this one. */
gboolean
way_sync_bring_home (WaySync *self, GError **error)
{
  guint n_events;

  return way_store_adopt (self->device, &n_events, error)
         && (n_events == 0 || way_sync_push (self, error));
}
