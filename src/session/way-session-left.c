/* way-session-left.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include "sync/way-pace.h"
#include "sync/way-ticket.h"

/* What people have left unsent on a shared computer goes to the trust by their tickets, whoever
 * sits there now or nobody: on the net thread, one store at a time. */

/* After a round that went well; a round with nothing to send asks nobody. */
#define NEXT_SECONDS 600

/* Shared by the session and the round that is under way, which may end later. */
struct _WayLeft
{
  GMutex sending; /* held while a store is being sent */
  GMutex lock;    /* of: */
  char *own;      /* (owned) (nullable) the store of who is signed in */

  GCancellable *cancellable; /* (owned) main thread: of the next round */
};

static void
left_clear (gpointer data)
{
  WayLeft *left = data;

  g_mutex_clear (&left->sending);
  g_mutex_clear (&left->lock);
  g_free (left->own);
  g_object_unref (left->cancellable);
}

/**
 * way_left_new:
 *
 * Returns: (transfer full): nothing is left yet; let go of with way_left_unref()
 */
WayLeft *
way_left_new (void)
{
  WayLeft *left = g_atomic_rc_box_new0 (WayLeft);

  g_mutex_init (&left->sending);
  g_mutex_init (&left->lock);
  left->cancellable = g_cancellable_new ();
  return left;
}

/**
 * way_left_unref:
 *
 * Lets go of a reference, from any thread.
 */
void
way_left_unref (WayLeft *left)
{
  g_atomic_rc_box_release_full (left, left_clear);
}

/* Somebody is about to sign in, or the session ends: the round stops after the batch that is on
 * its way. Main thread. */
void
way_left_stop (WayLeft *left)
{
  g_cancellable_cancel (left->cancellable);
  g_object_unref (left->cancellable);
  left->cancellable = g_cancellable_new ();
}

/* The store at @path is its person's now: waits until it is not being sent. NULL: it is nobody's
 * again. */
void
way_left_take (WayLeft *left, const char *path)
{
  g_mutex_lock (&left->lock);
  g_free (left->own);
  left->own = g_strdup (path);
  g_mutex_unlock (&left->lock);
  if (path == NULL)
    return;
  g_mutex_lock (&left->sending);
  g_mutex_unlock (&left->sending);
}

static gboolean
is_taken (WayLeft *left, const char *path)
{
  gboolean is_own;

  g_mutex_lock (&left->lock);
  is_own = g_strcmp0 (left->own, path) == 0;
  g_mutex_unlock (&left->lock);
  return is_own;
}

typedef struct
{
  WayLeft *left;
  GCancellable *cancellable;
  char *folder;
  char *uri;
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  way_left_unref (round->left);
  g_object_unref (round->cancellable);
  g_free (round->folder);
  g_free (round->uri);
  g_free (round);
}

/* FALSE: the trust is not to be had now. */
static gboolean
send_one (Round *round, const char *path, guint *n_sent, GError **error)
{
  g_autoptr (GError) local = NULL;
  WaySyncResult result = { 0 };

  g_mutex_lock (&round->left->sending);
  if (!is_taken (round->left, path))
    way_ticket_push_file (path, round->uri, round->cancellable, &result, &local);
  g_mutex_unlock (&round->left->sending);
  *n_sent += result.acked;
  if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED)
      || g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* Its ticket holds no more, or it is open elsewhere: it waits for its person. */
  if (local != NULL)
    g_debug ("A store that was left here waits: %s", local->message);
  return TRUE;
}

static void
round_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Round *round = task_data;
  g_autoptr (GPtrArray) paths = way_ticket_list_waiting (round->folder);
  g_autoptr (GError) error = NULL;
  guint n_sent = 0;

  for (guint i = 0; i < paths->len; i++)
    if (!send_one (round, paths->pdata[i], &n_sent, &error))
      {
        g_task_return_error (task, g_steal_pointer (&error));
        return;
      }
  g_task_return_int (task, n_sent);
}

static const char *
get_uri (WaySession *self)
{
  if (self->trust_uri != NULL && g_str_has_prefix (self->trust_uri, "sqlite:"))
    return self->trust_uri;
  return self->kiosk_uri;
}

/**
 * way_session_send_left_async:
 *
 * Sends what people who have signed out of this computer left unsent, by the tickets that they
 * were given. Whoever sits here sees nothing of it.
 */
void
way_session_send_left_async (WaySession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Round *round;

  g_return_if_fail (WAY_IS_SESSION (self));

  /* Without the session as its source: what ends must not wait for a slow network. */
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, way_session_send_left_async);
  if (!self->is_shared || self->is_offline || get_uri (self) == NULL)
    {
      g_task_return_int (task, 0);
      return;
    }
  round = g_new0 (Round, 1);
  round->left = g_atomic_rc_box_acquire (self->left);
  round->cancellable = g_object_ref (self->left->cancellable);
  round->uri = g_strdup (get_uri (self));
  round->folder = way_session_dup_folder (self, round->uri);
  g_task_set_task_data (task, round, round_free);
  way_worker_run (self->net_worker, task, round_thread);
}

/**
 * way_session_send_left_finish:
 *
 * Returns: how much the trust has received so; -1 with @error when it cannot be had now
 */
int
way_session_send_left_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

static void plan (WaySession *self, double seconds);

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr (WaySession) self = g_weak_ref_get (ref);
  g_autoptr (GError) error = NULL;

  way_session_send_left_finish (result, &error);
  g_weak_ref_clear (ref);
  g_free (ref);
  if (self == NULL)
    return;
  self->left_failures = error != NULL ? self->left_failures + 1 : 0;
  plan (self, error != NULL ? way_pace_retry (self->left_failures + 3, g_random_double ())
                            : NEXT_SECONDS * (1 + g_random_double ()));
}

static gboolean
due_cb (gpointer data)
{
  WaySession *self = data;
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  self->left_source = 0;
  g_weak_ref_init (ref, self);
  way_session_send_left_async (self, sent_cb, ref);
  return G_SOURCE_REMOVE;
}

static void
plan (WaySession *self, double seconds)
{
  g_clear_handle_id (&self->left_source, g_source_remove);
  if (self->is_shared)
    self->left_source = g_timeout_add ((guint) (seconds * 1000), due_cb, self);
}

/*
 * Plans the next round: soon after the start, a sign-in, a sign-out or when a network comes.
 * Main thread.
 */
void
way_session_schedule_left (WaySession *self, gboolean is_start)
{
  plan (self, is_start ? way_pace_first (FALSE, g_random_double ())
                       : way_pace_network_up (120, g_random_double ()));
}
