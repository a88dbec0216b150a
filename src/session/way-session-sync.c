/* way-session-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#include "session/way-net-peer.h"
#include "store/way-lease.h"
#include "sync/way-pace.h"
#include "sync/way-ticket.h"

/* What is planned for the moment may come a little early. */
#define SLACK (G_USEC_PER_SEC / 10)

/* Saved here, sent, received: three words that are always true. Sync starts by itself a
 * few seconds after something was saved, each few minutes, and when asked. */

#define WRITTEN_HERE                                                                               \
  " FROM event e JOIN meta m ON m.key = 'person' AND e.author = m.value "                          \
  "WHERE NOT EXISTS (SELECT 1 FROM event_scope s WHERE s.stream = e.stream AND s.seq = e.seq)"

static gint64
read_time (WaySession *self, gint64 *field)
{
  gint64 time;

  g_mutex_lock (&self->lock);
  time = *field;
  g_mutex_unlock (&self->lock);
  return time;
}

static void
set_error (WaySession *self, const GError *error)
{
  g_mutex_lock (&self->lock);
  g_free (self->sync_error);
  self->sync_error = g_strdup (error != NULL ? error->message : _ ("The trust cannot be reached."));
  self->is_refused = g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  g_mutex_unlock (&self->lock);
}

/*
 * Counts what waits to be sent, and when the trust last had something. Store thread.
 */
void
way_session_count_unsent (WaySession *self)
{
  guint unsent = 0;
  guint lease_days = 0;
  gint64 apart = 0;
  gint64 received = 0;
  gint64 saved = 0;
  WayDb *db;

  g_assert (way_worker_is_current (self->store_worker));

  db = self->store != NULL ? way_store_get_db (self->store) : NULL;
  if (db == NULL)
    return;
  way_store_count_unsent (self->store, &unsent, NULL);
  way_db_get_int (db,
                  "SELECT count(*) FROM apart AS a JOIN event AS e ON e.stream = a.stream"
                  " AND e.seq = a.seq WHERE e.received = 0",
                  &apart, NULL);
  /* Times are those of what was written here, not of what came from the trust. */
  if (read_time (self, &self->received_at) == 0)
    way_db_get_int (db, "SELECT max(e.received)" WRITTEN_HERE, &received, NULL);
  if (read_time (self, &self->saved_at) == 0)
    way_db_get_int (db, "SELECT max(e.at)" WRITTEN_HERE, &saved, NULL);
  way_lease_is_over (self->store, &lease_days, NULL);
  g_mutex_lock (&self->lock);
  self->lease_days = lease_days;
  self->n_unsent = unsent;
  self->n_quarantined = (guint) apart;
  self->n_saved = (guint) way_store_get_last_seq (self->store);
  if (self->saved_at == 0)
    self->saved_at = saved;
  if (self->received_at == 0)
    self->received_at = received;
  if (self->sent_at == 0)
    self->sent_at = received;
  g_mutex_unlock (&self->lock);
}

/* The store that a sync has begun with stays with it to its end. */
static gboolean
meet (WaySession *self, GCancellable *cancellable, WaySyncResult *result, GError **error)
{
  g_autoptr (WayStore) store = g_object_ref (self->store);
  g_autoptr (GError) local = NULL;
  gboolean is_done;

  self->is_meeting = TRUE;
  is_done = way_sync_run (store, self->peer, cancellable, result, error);
  if (is_done && self->is_kiosk)
    {
      /* Before anything else is greeted: the ticket is of this stream. */
      if (!way_ticket_renew (store, self->peer, &local))
        g_debug ("No ticket: %s", local->message);
      is_done = way_session_borrow (self, result->withheld, cancellable, result, error);
    }
  if (is_done)
    way_peer_rest (self->peer);
  self->is_meeting = FALSE;
  if (self->must_reopen)
    way_session_reopen (self);
  return is_done;
}

/* One meeting with the trust, on the store thread, which saves answers meanwhile. */
gboolean
way_session_sync_now (WaySession *self, GCancellable *cancellable, GError **error)
{
  WaySyncResult result = { 0 };
  g_autoptr (GError) lease = NULL;
  g_autoptr (GError) local = NULL;
  gboolean is_met;

  g_assert (way_worker_is_current (self->store_worker));

  if (self->store == NULL)
    return TRUE;
  if (way_session_get_db (self, error) == NULL)
    return FALSE;
  if (self->peer == NULL && self->sync_uri != NULL)
    self->peer = way_net_peer_open (self->store_worker, self->net_worker, self->sync_uri, &local);
  is_met = self->peer != NULL && meet (self, cancellable, &result, &local);
  g_mutex_lock (&self->lock);
  self->retry_after = result.retry_after;
  g_mutex_unlock (&self->lock);
  if (!is_met)
    {
      set_error (self, local);
      if (self->peer != NULL)
        way_net_peer_close (WAY_NET_PEER (self->peer));
      g_clear_object (&self->peer);
      if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED))
        way_session_forget_store (self);
      else if (!way_lease_enforce (self->store, &lease))
        g_warning ("What is lent cannot be dropped: %s", lease->message);
      way_session_enforce_lent (self);
      way_session_count_unsent (self);
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  if (result.pushed > 0)
    self->sent_at = g_get_real_time ();
  if (result.acked > 0)
    self->received_at = result.at != 0 ? result.at : g_get_real_time ();
  self->met_at = g_get_real_time ();
  g_clear_pointer (&self->sync_error, g_free);
  self->is_refused = FALSE;
  g_mutex_unlock (&self->lock);
  way_session_count_unsent (self);
  if (result.pulled > 0 || result.acked > 0)
    way_session_emit_changed (self);
  way_session_fetch_pack (self, cancellable);
  return TRUE;
}

static void
sync_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  g_autoptr (GError) error = NULL;

  if (!way_session_sync_now (self, cancellable, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      /* Nobody uses the store now: a good moment to fold the write-ahead log back. */
      if (self->store != NULL && way_store_get_db (self->store) != NULL
          && !way_store_checkpoint (self->store, &error))
        g_debug ("No checkpoint: %s", error->message);
      g_task_return_boolean (task, TRUE);
    }
}

static gboolean
sync_due_cb (gpointer data)
{
  WaySession *self = data;

  self->sync_source = 0;
  way_session_sync_async (self, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/*
 * Syncs in @seconds, or sooner when that was planned already. Main thread.
 */
void
way_session_schedule_sync (WaySession *self, double seconds)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait = MAX ((gint64) (seconds * G_USEC_PER_SEC), self->sync_not_before - now);
  gint64 due = now + wait;

  if (self->is_offline || self->trust_uri == NULL)
    return;
  /* While the trust cannot be reached, saving something is no reason to ask it sooner. */
  if (self->sync_failures > 0 && self->sync_source != 0)
    return;
  if (self->sync_source != 0 && self->sync_due <= due)
    return;
  g_clear_handle_id (&self->sync_source, g_source_remove);
  self->sync_due = due;
  self->sync_due_at = g_get_real_time () + wait;
  self->sync_source = g_timeout_add ((guint) (wait / 1000), sync_due_cb, self);
}

/*
 * Plans what comes after somebody has signed in. Main thread.
 */
void
way_session_schedule_first_sync (WaySession *self)
{
  gboolean is_met = way_session_get_met_at (self) > 0;

  /* Signing in has met the trust; where it could not, all the others could not either. */
  way_session_schedule_sync (self, is_met ? way_pace_regular (g_random_double ())
                                          : way_pace_first (way_session_get_n_unsent (self) > 0,
                                                            g_random_double ()));
}

/*
 * A network has come, or gone: what is planned comes sooner, never later. Main thread.
 */
void
way_session_note_network (WaySession *self, gboolean is_available)
{
  double left;

  if (is_available && self->left_source != 0 && self->left_failures > 0)
    way_session_schedule_left (self, FALSE);
  if (!is_available || self->sync_source == 0 || self->sync_failures == 0)
    return;
  left = MAX (0, self->sync_due - g_get_monotonic_time ()) / (double) G_USEC_PER_SEC;
  left = way_pace_network_up (left, g_random_double ());
  g_clear_handle_id (&self->sync_source, g_source_remove);
  way_session_schedule_sync (self, left);
}

static gboolean
soon_cb (gpointer data)
{
  WaySession *self = data;

  if (self->person != NULL)
    way_session_schedule_sync (self, 0);
  return G_SOURCE_REMOVE;
}

/*
 * Syncs as soon as may be: a sitting has ended. Any thread.
 */
void
way_session_sync_soon (WaySession *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, soon_cb, g_object_ref (self), g_object_unref);
}

static void
hurry_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  gint64 *seconds = task_data;

  way_worker_set_deadline (self->store_worker, g_get_monotonic_time () + *seconds * G_USEC_PER_SEC);
  g_task_return_boolean (task, TRUE);
}

/*
 * From in @seconds on nobody waits for the trust any more, until the store's thread sets
 * another deadline. Takes effect while it waits. Main thread.
 */
void
way_session_hurry (WaySession *self, gint64 seconds)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, way_session_hurry);
  g_task_set_task_data (task, g_memdup2 (&seconds, sizeof seconds), g_free);
  way_worker_run (self->store_worker, task, hurry_thread);
}

/* Never before the trust wants us back: nor what is saved meanwhile. */
static void
plan_after (WaySession *self, double wait)
{
  double least = (double) read_time (self, &self->retry_after) / 1000;

  self->sync_not_before = g_get_monotonic_time () + (gint64) (least * G_USEC_PER_SEC);
  way_session_schedule_sync (self, wait);
}

static void
synced_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WaySession *self = WAY_SESSION (object);
  g_autoptr (GTask) outer = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = g_task_propagate_boolean (G_TASK (result), &error);

  double wait = is_done ? way_pace_regular (g_random_double ()) : 0;

  self->is_syncing = FALSE;
  self->sync_failures = is_done ? 0 : self->sync_failures + 1;
  way_session_touch (self);
  if (g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED))
    way_session_leave_erased (self, error->message);
  else if (self->person != NULL)
    {
      if (!is_done)
        wait = way_pace_retry (self->sync_failures, g_random_double ());
      plan_after (self, wait);
    }
  if (is_done)
    way_session_schedule_drop (self);
  way_session_push_on (self);
  if (is_done)
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, g_steal_pointer (&error));
}

static GError *
make_busy_error (gint64 wait)
{
  gint64 minutes = (wait + 60 * G_USEC_PER_SEC - 1) / (60 * G_USEC_PER_SEC);

  if (minutes <= 1)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_BUSY,
                                _ ("The trust has much to do and asks you to wait. It can be tried "
                                   "again within a minute; until then your work is saved here."));
  return g_error_new (
      G_IO_ERROR, G_IO_ERROR_BUSY,
      ngettext ("The trust has much to do and asks you to wait. It can be tried again in %d "
                "minute; until then your work is saved here.",
                "The trust has much to do and asks you to wait. It can be tried again in %d "
                "minutes; until then your work is saved here.",
                (gulong) minutes),
      (int) MIN (minutes, G_MAXINT));
}

/**
 * way_session_sync_async:
 *
 * Sends what waits and fetches what is new. Where the trust has asked to be left alone, it is,
 * and a %G_IO_ERROR_BUSY says when it may be tried again.
 */
void
way_session_sync_async (WaySession *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *outer;
  gint64 wait;

  g_return_if_fail (WAY_IS_SESSION (self));

  wait = self->sync_not_before - g_get_monotonic_time ();
  outer = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (outer, way_session_sync_async);
  if (self->person == NULL || self->is_syncing || self->is_offline)
    {
      g_task_return_boolean (outer, self->person != NULL);
      g_object_unref (outer);
      return;
    }
  if (wait > SLACK)
    {
      g_task_return_error (outer, make_busy_error (wait));
      g_object_unref (outer);
      return;
    }
  self->is_syncing = TRUE;
  way_session_touch (self);
  task = g_task_new (self, cancellable, synced_cb, outer);
  way_worker_run_exclusive (self->store_worker, task, sync_thread);
}

/**
 * way_session_sync_finish:
 *
 * Returns: FALSE where the trust was not met
 */
gboolean
way_session_sync_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * way_session_set_work_offline:
 * @is_offline: whether to leave the trust alone
 *
 * For tests and measurements, which say themselves when to meet it; there is no switch for people.
 */
void
way_session_set_work_offline (WaySession *self, gboolean is_offline)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  self->is_offline = is_offline;
  if (is_offline)
    g_clear_handle_id (&self->sync_source, g_source_remove);
  else
    way_session_schedule_sync (self, 1);
  way_session_touch (self);
}

/**
 * way_session_get_saved_at:
 *
 * Returns: when something was last saved on this computer, µs; 0 for never
 */
gint64
way_session_get_saved_at (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  return read_time (self, &self->saved_at);
}

/**
 * way_session_get_sent_at:
 *
 * Returns: when something was last sent, µs; 0 for never
 */
gint64
way_session_get_sent_at (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  return read_time (self, &self->sent_at);
}

/**
 * way_session_get_received_at:
 *
 * Returns: when the trust last had something of this computer, µs; 0 for never
 */
gint64
way_session_get_received_at (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  return read_time (self, &self->received_at);
}

/**
 * way_session_get_met_at:
 *
 * Returns: when the trust was last reached, µs; 0 when not since sign-in
 */
gint64
way_session_get_met_at (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  return read_time (self, &self->met_at);
}

/**
 * way_session_get_n_unsent:
 *
 * Returns: how many events the trust has not got yet
 */
guint
way_session_get_n_unsent (WaySession *self)
{
  guint n;

  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  g_mutex_lock (&self->lock);
  n = self->n_unsent;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * way_session_get_n_quarantined:
 *
 * Returns: how many of the events sent the trust has and does not count
 */
guint
way_session_get_n_quarantined (WaySession *self)
{
  guint n;

  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  g_mutex_lock (&self->lock);
  n = self->n_quarantined;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * way_session_get_n_saved:
 *
 * Returns: how much was written in this store
 */
guint
way_session_get_n_saved (WaySession *self)
{
  guint n;

  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  g_mutex_lock (&self->lock);
  n = self->n_saved;
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * way_session_get_n_received:
 *
 * Returns: how much of it the trust has said that it has, and can read
 */
guint
way_session_get_n_received (WaySession *self)
{
  gint64 n;

  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  g_mutex_lock (&self->lock);
  n = (gint64) self->n_saved - self->n_unsent - self->n_quarantined;
  g_mutex_unlock (&self->lock);
  return (guint) MAX (0, n);
}

/**
 * way_session_dup_lease_text:
 *
 * Returns: (transfer full) (nullable): why nobody is shown to a champion any more: the trust
 *   was not reached for so long that what it lends was removed from this computer
 */
char *
way_session_dup_lease_text (WaySession *self)
{
  guint days;
  char *text;

  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  text = way_session_dup_not_lent_text (self);
  if (text != NULL)
    return text;

  g_mutex_lock (&self->lock);
  days = self->lease_days;
  g_mutex_unlock (&self->lock);
  if (days == 0)
    return NULL;
  return g_strdup_printf (
      /* Translators: %u is a number of days. */
      ngettext ("The trust was not reached for %u day, so what it lends you about other people "
                "was removed from this computer. It comes back when there is a network.",
                "The trust was not reached for %u days, so what it lends you about other people "
                "was removed from this computer. It comes back when there is a network.",
                days),
      days);
}

/**
 * way_session_get_next_sync_at:
 *
 * Returns: when the trust is tried next by itself, µs; 0 while that is not planned
 */
gint64
way_session_get_next_sync_at (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), 0);

  return self->sync_source != 0 ? self->sync_due_at : 0;
}

/**
 * way_session_dup_sync_error:
 *
 * Returns: (transfer full) (nullable): why the last meeting with the trust failed
 */
char *
way_session_dup_sync_error (WaySession *self)
{
  char *text;

  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  g_mutex_lock (&self->lock);
  text = g_strdup (self->sync_error);
  g_mutex_unlock (&self->lock);
  return text;
}

/**
 * way_session_is_refused:
 *
 * Returns: whether the last meeting failed because the trust does not want what was done here:
 *   the error is then a sentence for the person, and trying again does not help
 */
gboolean
way_session_is_refused (WaySession *self)
{
  gboolean is_refused;

  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  g_mutex_lock (&self->lock);
  is_refused = self->is_refused && self->sync_error != NULL;
  g_mutex_unlock (&self->lock);
  return is_refused;
}
