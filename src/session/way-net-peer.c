/* way-net-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-net-peer.h"

/* A peer whose real one lives on the net thread. It is called on the store thread, which
 * goes on saving answers while the net thread waits for the trust. Owned by the session. */
struct _WayNetPeer
{
  GObject parent_instance;

  WayWorker *store_worker; /* (not owned) */
  WayWorker *net_worker;   /* (not owned) */
  WayPeer *peer;           /* (owned) (nullable) net thread */
};

static void way_net_peer_iface_init (WayPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayNetPeer,
                               way_net_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, way_net_peer_iface_init))

/* One call and its answer, carried from thread to thread. */
typedef struct
{
  WayNetPeer *self;
  const char *first;
  const char *second;
  const char *third;
  gint64 number;
  gint64 time;
  GPtrArray *events;
  gpointer answer;
  GError *error;
} Call;

static gpointer
ask (WayNetPeer *self, Call *call, GFunc func, GError **error)
{
  call->self = self;
  way_worker_ask (self->store_worker, self->net_worker, func, call);
  if (call->error != NULL)
    g_propagate_error (error, call->error);
  return call->answer;
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

static char *
way_net_peer_sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  Call call = { .first = username, .second = machine };

  return ask (WAY_NET_PEER (peer), &call, sign_in_cb, error);
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
  Call call = {
    .first = person, .second = stream, .third = epoch, .number = acked, .time = client_time
  };

  return ask (WAY_NET_PEER (peer), &call, hello_cb, error);
}

static WayReceipt *
way_net_peer_push (WayPeer *peer, GPtrArray *events, GError **error)
{
  Call call = { .events = events };

  return ask (WAY_NET_PEER (peer), &call, push_cb, error);
}

static WayPage *
way_net_peer_pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  Call call = { .first = scope, .second = cursor };

  return ask (WAY_NET_PEER (peer), &call, pull_cb, error);
}

static GPtrArray *
way_net_peer_list_apart (WayPeer *peer, GError **error)
{
  Call call = { 0 };

  return ask (WAY_NET_PEER (peer), &call, list_apart_cb, error);
}

static char *
way_net_peer_dup_bundle_key (WayPeer *peer, GError **error)
{
  Call call = { 0 };

  return ask (WAY_NET_PEER (peer), &call, dup_bundle_key_cb, error);
}

static char *
way_net_peer_issue_ticket (WayPeer *peer, gint64 *expires, GError **error)
{
  Call call = { 0 };
  char *ticket = ask (WAY_NET_PEER (peer), &call, issue_ticket_cb, error);

  *expires = call.number;
  return ticket;
}

static WayChunk *
way_net_peer_fetch_chunk (WayPeer *peer, const char *digest, gint64 n, GError **error)
{
  Call call = { .first = digest, .number = n };

  return ask (WAY_NET_PEER (peer), &call, fetch_chunk_cb, error);
}

static void
way_net_peer_iface_init (WayPeerInterface *iface)
{
  iface->sign_in = way_net_peer_sign_in;
  iface->hello = way_net_peer_hello;
  iface->push = way_net_peer_push;
  iface->pull = way_net_peer_pull;
  iface->list_apart = way_net_peer_list_apart;
  iface->dup_bundle_key = way_net_peer_dup_bundle_key;
  iface->issue_ticket = way_net_peer_issue_ticket;
  iface->fetch_chunk = way_net_peer_fetch_chunk;
}

static void
way_net_peer_finalize (GObject *object)
{
  WayNetPeer *self = WAY_NET_PEER (object);

  /* Not closed: the workers have ended, and nobody else uses the connection. */
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
  Call call = { .first = uri };

  self->store_worker = store_worker;
  self->net_worker = net_worker;
  ask (self, &call, open_cb, error);
  return self->peer != NULL ? WAY_PEER (g_steal_pointer (&self)) : NULL;
}

/**
 * way_net_peer_close:
 *
 * Ends the connection, on the net thread where it lives.
 */
void
way_net_peer_close (WayNetPeer *self)
{
  Call call = { 0 };

  g_return_if_fail (WAY_IS_NET_PEER (self));

  ask (self, &call, close_cb, NULL);
}
