/* way-net-peer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-worker.h"
#include "sync/way-peer.h"

G_BEGIN_DECLS

#define WAY_TYPE_NET_PEER (way_net_peer_get_type ())
G_DECLARE_FINAL_TYPE (WayNetPeer, way_net_peer, WAY, NET_PEER, GObject)

WayPeer *
way_net_peer_open (WayWorker *store_worker, WayWorker *net_worker, const char *uri, GError **error);
void way_net_peer_close (WayNetPeer *self);

G_END_DECLS
