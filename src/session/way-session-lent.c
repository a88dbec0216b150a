/* way-session-lent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#include "store/way-lease.h"
#include "store/way-log.h"
#include "sync/way-ticket.h"

/* A computer that several people use under one account. What the trust lends a champion about
 * others never comes to its disk: it lies in a store in memory beside their own, from when they
 * sign in until they sign out. What somebody leaves unsent goes by their ticket. */

/**
 * way_session_set_shared:
 * @is_shared: whether several people use this computer under one account
 * @kiosk_uri: (nullable): of the trust, with the login that sends what was left here; a trust in a
 *   file needs no login
 *
 * What the organisation has set for this computer. Counts from the next sign-in on.
 */
void
way_session_set_shared (WaySession *self, gboolean is_shared, const char *kiosk_uri)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  self->is_shared = is_shared;
  g_free (self->kiosk_uri);
  self->kiosk_uri = kiosk_uri != NULL && *kiosk_uri != '\0' ? g_strdup (kiosk_uri) : NULL;
  way_session_schedule_left (self, TRUE);
}

static void
note (WaySession *self)
{
  g_mutex_lock (&self->lock);
  self->has_lent = self->lent != NULL;
  g_mutex_unlock (&self->lock);
}

/*
 * After the person's own store has met the trust, which withheld so many scopes: brings what
 * they are lent into memory. Store thread.
 */
gboolean
way_session_borrow (WaySession *self,
                    guint withheld,
                    GCancellable *cancellable,
                    WaySyncResult *result,
                    GError **error)
{
  g_autoptr (WayStore) lent = NULL;
  WaySyncResult borrowed = { 0 };

  g_assert (way_worker_is_current (self->store_worker));

  if (withheld == 0)
    {
      way_session_forget_lent (self);
      return TRUE;
    }
  if (self->lent == NULL)
    self->lent = way_store_open_device_in_memory (way_store_get_person (self->store), error);
  if (self->lent == NULL)
    return FALSE;
  note (self);
  lent = g_object_ref (self->lent);
  if (!way_sync_run (lent, self->peer, cancellable, &borrowed, error))
    return FALSE;
  result->pulled += borrowed.pulled;
  return TRUE;
}

/*
 * What the person has just written, after @seq, is seen beside what they are lent at once. It is
 * saved in their own store already: here it may fail. Store thread.
 */
void
way_session_mirror (WaySession *self, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (WayBatch) batch = NULL;
  gboolean is_done = TRUE;

  if (self->lent == NULL)
    return;
  events = way_log_read_stream (self->store, way_store_get_stream (self->store), seq + 1,
                                (guint) (way_store_get_last_seq (self->store) - seq), &error);
  if (events != NULL)
    batch = way_batch_begin (self->lent, &error);
  for (guint i = 0; batch != NULL && is_done && i < events->len; i++)
    is_done = way_batch_insert (batch, events->pdata[i], NULL, &error);
  if (batch == NULL || !is_done || !way_batch_commit (batch, &error))
    g_debug ("What was written is seen after the next meeting: %s", error->message);
}

/*
 * Where a champion's people are: in memory on a shared computer, else in their own store. Store
 * thread.
 *
 * Returns: (transfer none) (nullable): NULL with @error set */
WayDb *
way_session_get_team_db (WaySession *self, GError **error)
{
  WayDb *own = way_session_get_db (self, error);

  return own != NULL && self->lent != NULL ? way_store_get_db (self->lent) : own;
}

/* The lease runs in memory too. Store thread. */
void
way_session_enforce_lent (WaySession *self)
{
  g_autoptr (GError) error = NULL;

  if (self->lent != NULL && !way_lease_enforce (self->lent, &error))
    way_session_forget_lent (self);
}

/* Store thread, or the last that uses the session. */
void
way_session_forget_lent (WaySession *self)
{
  if (self->lent != NULL)
    way_store_close (self->lent);
  g_clear_object (&self->lent);
  note (self);
}

/*
 * Why a champion sees nobody on a computer that keeps nothing about others; NULL. Main thread.
 *
 * Returns: (transfer full) (nullable) */
char *
way_session_dup_not_lent_text (WaySession *self)
{
  gboolean has_lent;

  g_mutex_lock (&self->lock);
  has_lent = self->has_lent;
  g_mutex_unlock (&self->lock);
  if (!self->is_shared || has_lent || (self->roles & WAY_ROLE_CHAMPION) == 0)
    return NULL;
  return g_strdup (_ ("This computer is shared, so it keeps nothing about other people. They are "
                      "shown as soon as the trust is reached."));
}
