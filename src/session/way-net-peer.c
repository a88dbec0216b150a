/* way-net-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-net-peer.h"

#include <glib/gi18n-lib.h>

/* A peer whose real one lives on the net thread. It is called on the store thread, which
 * goes on saving answers while the net thread waits for the trust. Owned by the session. */
struct _WayNetPeer
{
  GObject parent_instance;

  WayWorker *store_worker; /* (not owned) */
  WayWorker *net_worker;   /* (not owned) */
  WayPeer *peer;           /* (owned) (nullable) net thread */
  gboolean is_lost;        /* store thread: it was not waited for, and may still be at work */
};

static void way_net_peer_iface_init (WayPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayNetPeer,
                               way_net_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, way_net_peer_iface_init))

/* One call and its answer, carried from thread to thread. Held by both, since whoever asked
 * may stop waiting. */
typedef struct
{
  WayNetPeer *self;
  char *first;
  char *second;
  char *third;
  char *fourth;
  gint64 number;
  gint64 time;
  GPtrArray *events;
  char **scopes;
  char **cursors;
  gpointer answer;
  GDestroyNotify free_answer;
  GError *error;
} Call;

static void
call_clear (gpointer data)
{
  Call *call = data;

  if (call->answer != NULL)
    call->free_answer (call->answer);
  g_clear_error (&call->error);
  g_clear_pointer (&call->events, g_ptr_array_unref);
  g_free (call->first);
  g_free (call->second);
  g_free (call->third);
  g_free (call->fourth);
  g_strfreev (call->scopes);
  g_strfreev (call->cursors);
  g_object_unref (call->self);
}

static void
call_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, call_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_unref)

static Call *
call_new (WayNetPeer *self, GDestroyNotify free_answer)
{
  Call *call = g_atomic_rc_box_new0 (Call);

  call->self = g_object_ref (self);
  call->free_answer = free_answer;
  return call;
}

static gpointer
ask (Call *call, GFunc func, GError **error)
{
  WayNetPeer *self = call->self;

  if (!self->is_lost
      && !way_worker_ask (self->store_worker, self->net_worker, func,
                          g_atomic_rc_box_acquire (call), call_unref))
    self->is_lost = TRUE;
  if (self->is_lost)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED,
                           _ ("The trust did not answer in time."));
      return NULL;
    }
  if (call->error != NULL)
    g_propagate_error (error, g_steal_pointer (&call->error));
  return g_steal_pointer (&call->answer);
}

static void
open_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->self->peer = way_peer_open (call->first, &call->error);
}

static void
close_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  g_clear_object (&call->self->peer);
}

static void
sign_in_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_sign_in (call->self->peer, call->first, call->second, &call->error);
}

static void
hello_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_hello (call->self->peer, call->first, call->second, call->number,
                                 call->third, call->time, &call->error);
}

static void
foresee_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  way_peer_foresee (call->self->peer, call->events, (const char *const *) call->scopes,
                    (const char *const *) call->cursors);
}

static void
push_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_push (call->self->peer, call->events, &call->error);
}

static void
pull_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_pull (call->self->peer, call->first, call->second, &call->error);
}

static void
list_apart_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_list_apart (call->self->peer, &call->error);
}

static void
dup_bundle_key_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_dup_bundle_key (call->self->peer, &call->error);
}

static void
issue_ticket_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_issue_ticket (call->self->peer, &call->number, &call->error);
}

static void
fetch_chunk_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  call->answer = way_peer_fetch_chunk (call->self->peer, call->first, call->number, &call->error);
}

static void
rest_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  way_peer_rest (call->self->peer);
}

static char *
way_net_peer_sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), g_free);

  call->first = g_strdup (username);
  call->second = g_strdup (machine);
  return ask (call, sign_in_cb, error);
}

static void
way_net_peer_foresee (WayPeer *peer,
                      GPtrArray *events,
                      const char *const *scopes,
                      const char *const *cursors)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), NULL);

  call->events = g_ptr_array_ref (events);
  call->scopes = g_strdupv ((char **) scopes);
  call->cursors = g_strdupv ((char **) cursors);
  ask (call, foresee_cb, NULL);
}

static WayWelcome *
way_net_peer_hello (WayPeer *peer,
                    const char *person,
                    const char *stream,
                    gint64 acked,
                    const char *epoch,
                    gint64 client_time,
                    GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), (GDestroyNotify) way_welcome_free);

  call->first = g_strdup (person);
  call->second = g_strdup (stream);
  call->third = g_strdup (epoch);
  call->number = acked;
  call->time = client_time;
  return ask (call, hello_cb, error);
}

static WayReceipt *
way_net_peer_push (WayPeer *peer, GPtrArray *events, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), (GDestroyNotify) way_receipt_free);

  call->events = g_ptr_array_ref (events);
  return ask (call, push_cb, error);
}

static WayPage *
way_net_peer_pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), (GDestroyNotify) way_page_free);

  call->first = g_strdup (scope);
  call->second = g_strdup (cursor);
  return ask (call, pull_cb, error);
}

static GPtrArray *
way_net_peer_list_apart (WayPeer *peer, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), (GDestroyNotify) g_ptr_array_unref);

  return ask (call, list_apart_cb, error);
}

static void
use_enrolment_cb (gpointer data, gpointer user_data)
{
  Call *call = data;

  if (way_peer_use_enrolment (call->self->peer, call->first, call->second, call->third,
                              call->fourth, &call->error))
    call->answer = g_strdup ("used");
}

static gboolean
way_net_peer_use_enrolment (WayPeer *peer,
                            const char *person,
                            const char *id,
                            const char *code,
                            const char *stream,
                            GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), g_free);
  g_autofree char *answer = NULL;

  call->first = g_strdup (person);
  call->second = g_strdup (id);
  call->third = g_strdup (code);
  call->fourth = g_strdup (stream);
  answer = ask (call, use_enrolment_cb, error);
  return answer != NULL;
}

static char *
way_net_peer_dup_bundle_key (WayPeer *peer, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), g_free);

  return ask (call, dup_bundle_key_cb, error);
}

static char *
way_net_peer_issue_ticket (WayPeer *peer, gint64 *expires, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), g_free);
  char *ticket = ask (call, issue_ticket_cb, error);

  *expires = ticket != NULL ? call->number : 0;
  return ticket;
}

static WayChunk *
way_net_peer_fetch_chunk (WayPeer *peer, const char *digest, gint64 n, GError **error)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), (GDestroyNotify) way_chunk_free);

  call->first = g_strdup (digest);
  call->number = n;
  return ask (call, fetch_chunk_cb, error);
}

static void
way_net_peer_rest (WayPeer *peer)
{
  g_autoptr (Call) call = call_new (WAY_NET_PEER (peer), NULL);

  ask (call, rest_cb, NULL);
}

static void
way_net_peer_iface_init (WayPeerInterface *iface)
{
  iface->sign_in = way_net_peer_sign_in;
  iface->foresee = way_net_peer_foresee;
  iface->hello = way_net_peer_hello;
  iface->use_enrolment = way_net_peer_use_enrolment;
  iface->push = way_net_peer_push;
  iface->pull = way_net_peer_pull;
  iface->list_apart = way_net_peer_list_apart;
  iface->dup_bundle_key = way_net_peer_dup_bundle_key;
  iface->issue_ticket = way_net_peer_issue_ticket;
  iface->fetch_chunk = way_net_peer_fetch_chunk;
  iface->rest = way_net_peer_rest;
}

static void
way_net_peer_finalize (GObject *object)
{
  WayNetPeer *self = WAY_NET_PEER (object);

  /* Not closed: the workers have ended, or the net's own was the last to use it. */
  g_clear_object (&self->peer);
  G_OBJECT_CLASS (way_net_peer_parent_class)->finalize (object);
}

static void
way_net_peer_class_init (WayNetPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_net_peer_finalize;
}

static void
way_net_peer_init (WayNetPeer *self)
{
}

/**
 * way_net_peer_open:
 * @store_worker: whose thread calls this and everything else of the peer
 * @net_worker: whose thread talks to the trust; both outlive the peer
 * @uri: of the trust
 *
 * Returns: (transfer full) (nullable): the peer; close it before dropping it
 */
WayPeer *
way_net_peer_open (WayWorker *store_worker, WayWorker *net_worker, const char *uri, GError **error)
{
  g_autoptr (WayNetPeer) self = g_object_new (WAY_TYPE_NET_PEER, NULL);
  g_autoptr (Call) call = NULL;
  g_autoptr (GError) local = NULL;

  self->store_worker = store_worker;
  self->net_worker = net_worker;
  call = call_new (self, NULL);
  call->first = g_strdup (uri);
  ask (call, open_cb, &local);
  if (local == NULL)
    return WAY_PEER (g_steal_pointer (&self));
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/**
 * way_net_peer_close:
 *
 * Ends the connection, on the net thread where it lives. One that was not waited for ends
 * there by itself.
 */
void
way_net_peer_close (WayNetPeer *self)
{
  g_autoptr (Call) call = NULL;

  g_return_if_fail (WAY_IS_NET_PEER (self));

  call = call_new (self, NULL);
  ask (call, close_cb, NULL);
}
