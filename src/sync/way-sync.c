/* way-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sync-private.h"

#include "store/way-lease.h"
#include "store/way-log.h"
#include "sync/way-apart.h"
#include "sync/way-enrolment.h"

/* How often in one sync the trust may send us back before we give up. */
#define MAX_DETOURS 8

static void
sync_clear (WaySync *self)
{
  g_clear_pointer (&self->welcome, way_welcome_free);
  g_clear_pointer (&self->cursors, g_hash_table_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_free (self->epoch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WaySync, sync_clear)

static gboolean
read_acked (WaySync *self, GError **error)
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

/* way_sync_write_number:
 *
 * Keeps a number of this meeting in the store's meta. */
gboolean
way_sync_write_number (WaySync *self, const char *key, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  return way_store_set_meta (self->device, key, text, error);
}

/* What will be asked after hello is known already, but for what hello tells us: so that all
 * of it may be one journey. */
static gboolean
foresee (WaySync *self, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GStrvBuilder) scopes = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) cursors = g_strv_builder_new ();
  g_auto (GStrv) scope_list = NULL;
  g_auto (GStrv) cursor_list = NULL;
  WayStatement *statement;
  gboolean has_row;

  if (!way_sync_read_batch (self, error))
    return FALSE;
  events = way_sync_read_outbox (self, error);
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
withhold (WaySync *self)
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

/* Whether an earlier meeting found the trust put back and was cut before it was done: what it
 * kept on its way looks since like all being well. */
static gboolean
read_unfinished (WaySync *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = way_store_get_meta (self->device, "put_back", &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->was_reset |= text != NULL && g_str_equal (text, "1");
  return TRUE;
}

/* way_sync_greet:
 *
 * Says hello, and notes what that tells: the scopes, the epoch, and whether the trust was put
 * back. */
gboolean
way_sync_greet (WaySync *self, GError **error)
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
  if (!read_acked (self, error)
      || (self->welcome == NULL && (!read_unfinished (self, error) || !foresee (self, error))))
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
      return way_store_set_meta (self->device, "put_back", "1", error);
    }
  return TRUE;
}

/* way_sync_count_detour:
 *
 * WAY_SYNC_ERROR_PROTOCOL: the trust has sent us back too often in one meeting. */
gboolean
way_sync_count_detour (WaySync *self, GError **error)
{
  if (++self->n_detours <= MAX_DETOURS)
    return TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                       "The trust and this store do not agree on what was sent");
  return FALSE;
}

static gboolean
finish (WaySync *self, GError **error)
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
  return way_sync_keep_generations (self, error)
         && way_store_set_meta (self->device, "epoch", self->epoch, error)
         && (!self->must_restart_scopes
             || way_store_set_meta (self->device, "put_back", "0", error))
         && way_sync_write_number (self, "acked", self->acked, error)
         && way_sync_write_number (self, "last_sync", g_get_real_time (), error)
         && way_lease_renew (self->device, error) && way_batch_commit (batch, error);
}

/* What the trust says of what it was given, and what is needed to send by file when it
 * cannot be reached some day. A trust of an older version knows of neither. */
static gboolean
learn (WaySync *self, GError **error)
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

static gboolean
exchange (WaySync *self, GError **error)
{
  if (!way_enrolment_use (self->device, self->peer, error) || !way_sync_greet (self, error)
      || !way_sync_push (self, error) || !learn (self, error)
      || (self->must_restart_scopes && !way_sync_resend_old_streams (self, error))
      || !way_sync_drop_scopes (self, error))
    return FALSE;
  for (guint i = 0; i < self->welcome->scopes->len; i++)
    {
      if (!way_sync_pull_scope (self, self->welcome->scopes->pdata[i], error))
        return FALSE;
      if (self->was_reset || self->was_refused)
        return exchange (self, error);
    }
  if (self->must_restart_scopes && !way_sync_bring_home (self, error))
    return FALSE;
  if (!way_sync_make_room (self, error))
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
  g_auto (WaySync) self = { 0 };
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
