/* way-sqlite-peer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-peer.h"

G_BEGIN_DECLS

/* A trust in an SQLite file. There is no row security: whoever can open the file can read
 * and forge everything, so it is for one PC or a trial. */
#define WAY_TYPE_SQLITE_PEER (way_sqlite_peer_get_type ())
G_DECLARE_FINAL_TYPE (WaySqlitePeer, way_sqlite_peer, WAY, SQLITE_PEER, GObject)

WayPeer *way_sqlite_peer_new (const char *uri, GError **error);
/* Over a trust that is open already. */
WayPeer *way_sqlite_peer_new_for_store (WayStore *trust);

G_END_DECLS
