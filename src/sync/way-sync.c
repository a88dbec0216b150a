/* way-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sync.h"

#include "record/way-kind.h"
#include "store/way-lease.h"
#include "store/way-log.h"
#include "sync/way-enrolment.h"
#include "sync/way-apart.h"

#define MAX_BATCH_BYTES (1024 * 1024)
/* Events in a push: as many as went well before, twice as many each time, half where the line
 * did not hold. */
#define FIRST_BATCH 200
#define MOST_BATCH 2000
#define LEAST_BATCH 10
/* How often in one sync the trust may send us back before we give up. */
#define MAX_DETOURS 8
/* No trust gives a scope this one. */
#define NO_GENERATION -1

/* One sync under way. Lives on the stack of way_sync_run(). */
typedef struct
{
  WayStore *device; /* (unowned) */
  WayPeer *peer;    /* (unowned) */
  GCancellable *cancellable;
  WaySyncResult *result;
  WayWelcome *welcome;
  char *epoch;
  gint64 acked;
  gboolean must_restart_scopes; /* nothing that was pulled counts any more */
  gboolean lends_nothing;       /* what is lent is left out */
  gboolean was_reset;           /* found out in a pull: begin with hello again */
  gboolean was_refused;         /* a scope that was offered, in a pull: so is this */
  guint n_detours;
  guint batch;         /* events in the next push */
  guint kept_batch;    /* as the store has it */
  GHashTable *cursors; /* scope → cursor, moved without bringing anything */
  GPtrArray *left_out; /* of WayEvent: came for places that others have here */
} Sync;

static void
sync_clear (Sync *self)
{
  g_clear_pointer (&self->welcome, way_welcome_free);
  g_clear_pointer (&self->cursors, g_hash_table_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_free (self->epoch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sync, sync_clear)

static gboolean
read_acked (Sync *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = way_store_get_meta (self->device, "acked", &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->acked = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

static gboolean
write_number (Sync *self, const char *key, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return way_store_set_meta (self->device, key, text, error);
}

static guint
get_most_batch (Sync *self)
{
  return self->welcome != NULL ? MIN (self->batch, self->welcome->batch) : self->batch;
}

static GPtrArray *
read_outbox (Sync *self, GError **error)
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

static gboolean
read_batch (Sync *self, GError **error)
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

/* What will be asked after hello is known already, but for what hello tells us: so that all
 * of it may be one journey. */
static gboolean
foresee (Sync *self, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GStrvBuilder) scopes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) cursors = g_strv_builder_new ();
  g_auto (GStrv) scope_list = NULL;
  g_auto (GStrv) cursor_list = NULL;
  WayStatement *statement;
  gboolean has_row;

  if (!read_batch (self, error))
    return FALSE;
  events = read_outbox (self, error);
  if (events == NULL)
    return FALSE;
  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT scope, cursor FROM scope ORDER BY scope", error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      const char *cursor;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      cursor = way_statement_get_text (statement, 1);
      g_strv_builder_add (scopes, way_statement_get_text (statement, 0));
      g_strv_builder_add (cursors, cursor != NULL ? cursor : "");
    }
  scope_list = g_strv_builder_end (scopes);
  cursor_list = g_strv_builder_end (cursors);
  way_peer_foresee (self->peer, events, (const char *const *) scope_list,
                    (const char *const *) cursor_list);
  return TRUE;
}

/* What is others' may not lie on a computer that people share. */
static void
withhold (Sync *self)
{
  GPtrArray *scopes = self->welcome->scopes;

  self->result->withheld = 0;
  for (guint i = scopes->len; i > 0; i--)
    if (way_lease_is_lent (((WayPeerScope *) scopes->pdata[i - 1])->id))
      {
        g_ptr_array_remove_index (scopes, i - 1);
        self->result->withheld++;
      }
}

static gboolean
greet (Sync *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *epoch = g_strdup (self->epoch);

  /* Greeting again we know what it has just told us. */
  if (epoch == NULL)
    epoch = way_store_get_meta (self->device, "epoch", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!read_acked (self, error) || (self->welcome == NULL && !foresee (self, error)))
    return FALSE;
  g_clear_pointer (&self->welcome, way_welcome_free);
  self->welcome = way_peer_hello (self->peer, way_store_get_person (self->device),
                                  way_store_get_stream (self->device), self->acked, epoch,
                                  g_get_real_time (), error);
  if (self->welcome == NULL)
    return FALSE;
  self->was_refused = FALSE;
  self->result->at = self->welcome->server_time;
  self->result->retry_after = self->welcome->retry_after;
  if (self->lends_nothing)
    withhold (self);
  g_free (self->epoch);
  self->epoch = g_strdup (self->welcome->epoch);
  /* A trust that was put back has lost what it had of us last, and its cursors mean
   * something else now. */
  if (!self->welcome->is_epoch_known || self->welcome->last_seq < self->acked || self->was_reset)
    {
      /* Others may have sent it again what was ours, and it may have judged it anew: all of
       * our stream is offered, so that we hear how it stands. */
      self->acked = 0;
      self->must_restart_scopes = TRUE;
      self->result->is_rewound = TRUE;
      self->was_reset = FALSE;
    }
  return TRUE;
}

static gboolean
count_detour (Sync *self, GError **error)
{
  if (++self->n_detours <= MAX_DETOURS)
    return TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                       "The trust and this store do not agree on what was sent");
  return FALSE;
}

/* Our stream lives on elsewhere: this store is a copy, or was put back from one. */
static gboolean
begin_again (Sync *self, gint64 from, GError **error)
{
  self->result->is_fork = TRUE;
  return count_detour (self, error) && way_store_mint_stream (self->device, from, error)
         && greet (self, error);
}

static gboolean
keep_receipt (Sync *self, const WayReceipt *receipt, GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (self->device, error);

  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < receipt->stamps->len; i++)
    if (!way_batch_stamp (batch, receipt->stamps->pdata[i], error))
      return FALSE;
  if (!write_number (self, "acked", receipt->acked, error)
      || !write_number (self, "last_sent", self->welcome->server_time, error)
      || !write_number (self, "last_received", self->welcome->server_time, error)
      || !way_store_set_meta (self->device, "epoch", receipt->epoch, error)
      || (self->batch != self->kept_batch && !write_number (self, "batch", self->batch, error))
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
grow_batch (Sync *self, guint n_events)
{
  if (n_events == get_most_batch (self))
    self->batch = MIN (self->batch * 2, MIN (MOST_BATCH, self->welcome->batch));
}

/* A line or a trust that did not stand this much is asked less, also by the next sync. */
static void
shrink_batch (Sync *self, GError *failure)
{
  g_autoptr (GError) error = NULL;

  if (!g_error_matches (failure, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED)
      && !g_error_matches (failure, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY))
    return;
  self->batch = MAX (self->batch / 2, LEAST_BATCH);
  if (self->batch != self->kept_batch && !write_number (self, "batch", self->batch, &error))
    g_message ("%s", error->message);
  self->kept_batch = self->batch;
}

static gboolean
push (Sync *self, GError **error)
{
  while (!self->welcome->is_read_only)
    {
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (WayReceipt) receipt = NULL;
      g_autoptr (GError) local = NULL;
      gint64 before = self->acked;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      events = read_outbox (self, error);
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
      if (receipt->acked <= before && !count_detour (self, error))
        return FALSE;
    }
  /* The trust has more of our stream than we do: this store is older than itself. What
   * it lacks comes back with the scope of oneself. */
  if (self->welcome->last_seq > way_store_get_last_seq (self->device))
    return begin_again (self, way_store_get_last_seq (self->device) + 1, error);
  return TRUE;
}

static gboolean
resend_stream (Sync *self, const char *stream, gint64 last, GError **error)
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

/* A trust that was put back may have lost streams that nobody writes any more: of a
 * person's, every device of theirs has a copy. */
static gboolean
resend_old_streams (Sync *self, GError **error)
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
  return greet (self, error);
}

static gboolean
read_scope (Sync *self, const char *scope, gint64 *generation, char **cursor, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *generation = 0;
  *cursor = NULL;
  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT generation, cursor FROM scope WHERE scope = $1", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *generation = way_statement_get_int (statement, 0);
      *cursor = g_strdup (way_statement_get_text (statement, 1));
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
write_scope (Sync *self, const char *scope, gint64 generation, const char *cursor, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "INSERT INTO scope (scope, generation, cursor) VALUES ($1, $2, $3)"
                              " ON CONFLICT (scope) DO UPDATE"
                              " SET generation = excluded.generation, cursor = excluded.cursor",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  way_statement_bind_int (statement, 2, generation);
  way_statement_bind_text (statement, 3, cursor);
  return way_statement_run (statement, error);
}

/* What comes from outside is looked at before it is kept. An erased event has neither
 * salt nor body, and may say at what it pointed. */
static gboolean
is_sound (const WayEvent *event)
{
  g_autofree char *digest = NULL;

  if (!way_uuid_is_valid (event->stream) || !way_uuid_is_valid (event->id) || event->seq < 1
      || event->zone == NULL || event->salt == NULL || event->digest == NULL
      || strlen (event->digest) != 64 || event->chain == NULL || strlen (event->chain) != 64)
    return FALSE;
  if (*event->salt == '\0')
    return *event->body == '\0' && (event->refers == NULL || way_uuid_is_valid (event->refers));
  digest = way_event_compute_digest (event);
  return g_strcmp0 (digest, event->digest) == 0 && way_body_check (event->body, -1, NULL);
}

static gboolean
is_place_taken (Sync *self, const WayEvent *event, gboolean *is_taken, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT 1 FROM event WHERE stream = $1 AND seq = $2", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, event->stream);
  way_statement_bind_int (statement, 2, event->seq);
  if (!way_statement_step (statement, is_taken, error))
    return FALSE;
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
keep_event (Sync *self, WayBatch *batch, const char *scope, const WayEvent *event, GError **error)
{
  g_autoptr (WayEvent) known = NULL;
  gboolean is_taken = FALSE;

  if (!is_sound (event))
    {
      g_message ("Event %s came damaged from the trust and was left out", event->id);
      return TRUE;
    }
  if (!way_log_find (self->device, event->id, &known, error))
    return FALSE;
  /* Erased since: here too, also where we have written it ourselves. */
  if (known != NULL && *event->salt == '\0' && *known->salt != '\0'
      && g_str_equal (known->digest, event->digest) && !way_batch_blank (batch, known, error))
    return FALSE;
  if (known != NULL)
    return way_batch_stamp (batch, event, error)
           && (g_str_equal (known->stream, way_store_get_stream (self->device))
               || way_batch_put_in_scope (batch, scope, known, error));
  if (!is_place_taken (self, event, &is_taken, error))
    return FALSE;
  if (is_taken)
    {
      g_message ("Event %s came for a place that another event has and waits", event->id);
      g_ptr_array_add (self->left_out, way_event_copy (event));
      return TRUE;
    }
  self->result->pulled++;
  return way_batch_insert (batch, event, NULL, error)
         && way_batch_put_in_scope (batch, scope, event, error);
}

/* Where something was left out the scope is of no generation until make_room() has come round to
 * it: were this meeting cut before, the next one would not know, and goes through all of it. */
static gboolean
keep_page (
    Sync *self, const WayPeerScope *scope, const WayPage *page, gboolean must_purge, GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (self->device, error);

  if (batch == NULL || (must_purge && !way_batch_purge_scope (batch, scope->id, error)))
    return FALSE;
  for (guint i = 0; i < page->events->len; i++)
    if (!keep_event (self, batch, scope->id, page->events->pdata[i], error))
      return FALSE;
  return write_scope (self, scope->id, self->left_out->len > 0 ? NO_GENERATION : scope->generation,
                      page->cursor, error)
         && way_batch_commit (batch, error);
}

static gboolean
is_offered (Sync *self, const char *scope)
{
  for (guint i = 0; i < self->welcome->scopes->len; i++)
    if (g_str_equal (((WayPeerScope *) self->welcome->scopes->pdata[i])->id, scope))
      return TRUE;
  return FALSE;
}

/* What is no longer ours to see goes. Where the trust was put back everything goes at once:
 * it may have other events now in the places of those that it lost. */
static gboolean
drop_scopes (Sync *self, GError **error)
{
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayBatch) batch = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT scope FROM scope ORDER BY scope", error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (self->must_restart_scopes || !is_offered (self, way_statement_get_text (statement, 0)))
        g_ptr_array_add (lost, g_strdup (way_statement_get_text (statement, 0)));
    }
  if (lost->len == 0)
    return TRUE;
  g_hash_table_remove_all (self->cursors);
  batch = way_batch_begin (self->device, error);
  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < lost->len; i++)
    if (!way_batch_purge_scope (batch, lost->pdata[i], error))
      return FALSE;
  return way_batch_commit (batch, error);
}

static gboolean
pull_scope (Sync *self, const WayPeerScope *scope, GError **error)
{
  g_autofree char *cursor = NULL;
  gint64 generation;
  gboolean must_purge;

  if (!read_scope (self, scope->id, &generation, &cursor, error))
    return FALSE;
  must_purge = cursor != NULL && generation != scope->generation;
  if (must_purge)
    g_clear_pointer (&cursor, g_free);
  for (;;)
    {
      g_autoptr (WayPage) page = NULL;
      g_autoptr (GError) local = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      page = way_peer_pull (self->peer, scope->id, cursor, &local);
      if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE))
        {
          /* Since it was offered somebody has lost a role, perhaps by what was pushed just now. */
          self->was_refused = TRUE;
          return count_detour (self, error);
        }
      if (page == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (page->is_reset)
        {
          /* Of another time is all that was pulled: the trust was put back. */
          self->was_reset = TRUE;
          return count_detour (self, error);
        }
      else if (page->events->len == 0 && !must_purge && cursor != NULL)
        {
          if (!g_str_equal (page->cursor, cursor))
            g_hash_table_replace (self->cursors, g_strdup (scope->id), g_strdup (page->cursor));
        }
      else if (keep_page (self, scope, page, must_purge, error))
        must_purge = FALSE;
      else
        return FALSE;
      g_free (cursor);
      cursor = g_strdup (page->cursor);
      if (!page->has_more)
        return TRUE;
    }
}

/* What had no room now will have none the next time. */
static gboolean
keep_generations (Sync *self, GError **error)
{
  for (guint i = 0; i < self->welcome->scopes->len; i++)
    {
      const WayPeerScope *scope = self->welcome->scopes->pdata[i];
      WayStatement *statement;

      statement = way_db_prepare (way_store_get_db (self->device),
                                  "UPDATE scope SET generation = $2"
                                  " WHERE scope = $1 AND generation = $3",
                                  error);
      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, scope->id);
      way_statement_bind_int (statement, 2, scope->generation);
      way_statement_bind_int (statement, 3, NO_GENERATION);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish (Sync *self, GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (self->device, error);
  GHashTableIter iter;
  gpointer scope, cursor;
  WayStatement *statement;

  if (batch == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->cursors);
  while (g_hash_table_iter_next (&iter, &scope, &cursor))
    {
      statement = way_db_prepare (way_store_get_db (self->device),
                                  "UPDATE scope SET cursor = $2 WHERE scope = $1", error);
      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, scope);
      way_statement_bind_text (statement, 2, cursor);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return keep_generations (self, error)
         && way_store_set_meta (self->device, "epoch", self->epoch, error)
         && write_number (self, "acked", self->acked, error)
         && write_number (self, "last_sync", g_get_real_time (), error)
         && way_lease_renew (self->device, error) && way_batch_commit (batch, error);
}

/* What the trust says of what it was given, and what is needed to send by file when it
 * cannot be reached some day. A trust of an older version knows of neither. */
static gboolean
learn (Sync *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *key = NULL;
  g_autofree char *given = NULL;

  /* What it set aside it said, unless it had all of it already and nobody heard. */
  if ((self->result->quarantined > 0 || self->result->duplicates > 0)
      && !way_apart_learn (self->device, self->peer, error))
    return FALSE;
  key = way_store_get_meta (self->device, "bundle_key", &local);
  if (local == NULL && (key == NULL || self->result->is_rewound))
    given = way_peer_dup_bundle_key (self->peer, &local);
  if (given != NULL)
    return way_store_set_meta (self->device, "bundle_key", given, error);
  if (local == NULL || g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Whatever of ours a trust that was put back has not given us again it has not got: it cannot
 * follow any more in its own stream, so it follows in this one. */
static gboolean
bring_home (Sync *self, GError **error)
{
  guint n_events;

  return way_store_adopt (self->device, &n_events, error) && (n_events == 0 || push (self, error));
}

/* What came for a place that another event has here: since the trust was put back it has
 * other events than we know. Ours leave those places, and everything is pulled once more. */
static gboolean
make_room (Sync *self, GError **error)
{
  self->was_reset = FALSE;
  for (guint i = 0; i < self->left_out->len; i++)
    {
      gboolean is_free;

      if (!way_store_make_room (self->device, self->left_out->pdata[i], &is_free, error))
        return FALSE;
      self->was_reset |= is_free;
    }
  g_ptr_array_set_size (self->left_out, 0);
  return !self->was_reset || count_detour (self, error);
}

static gboolean
exchange (Sync *self, GError **error)
{
  if (!way_enrolment_use (self->device, self->peer, error) || !greet (self, error)
      || !push (self, error) || !learn (self, error)
      || (self->must_restart_scopes && !resend_old_streams (self, error))
      || !drop_scopes (self, error))
    return FALSE;
  for (guint i = 0; i < self->welcome->scopes->len; i++)
    {
      if (!pull_scope (self, self->welcome->scopes->pdata[i], error))
        return FALSE;
      if (self->was_reset || self->was_refused)
        return exchange (self, error);
    }
  if (self->must_restart_scopes && !bring_home (self, error))
    return FALSE;
  if (!make_room (self, error))
    return FALSE;
  return self->was_reset ? exchange (self, error) : finish (self, error);
}

/* Nothing of somebody who was erased stays here, sent or not. */
static void
leave_nothing (WayStore *device, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (way_store_destroy (device, &local))
    g_prefix_error (error, "What Waymark kept of this person on this computer has been deleted. ");
  else
    g_prefix_error (error, "What Waymark keeps of this person on this computer has to go, but %s. ",
                    local->message);
}

/* way_sync_run:
 * @device: a person's store
 * @cancellable: (nullable): asked between batches; what has been exchanged stays
 * @result: (out): filled as far as it came, on failure too
 *
 * Sends what the outbox holds and brings what has come. It may be stopped, cut or run
 * again at any moment: nothing is lost and nothing counts twice. WAY_SYNC_ERROR_ERASED: the
 * trust has erased this person, and @device is closed and its files are gone. */
gboolean
way_sync_run (WayStore *device,
              WayPeer *peer,
              GCancellable *cancellable,
              WaySyncResult *result,
              GError **error)
{
  g_auto (Sync) self = { 0 };
  WaySyncResult unwanted;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (WAY_IS_STORE (device) && WAY_IS_PEER (peer), FALSE);
  g_return_val_if_fail (way_store_get_role (device) == WAY_STORE_DEVICE, FALSE);

  self.device = device;
  self.peer = peer;
  self.cancellable = cancellable;
  self.result = result != NULL ? result : &unwanted;
  *self.result = (WaySyncResult){ 0 };
  self.cursors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.left_out = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  if (way_lease_is_refused (device, &self.lends_nothing, &local) && exchange (&self, &local))
    {
      way_store_scrub (device);
      return TRUE;
    }
  if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED))
    leave_nothing (device, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
