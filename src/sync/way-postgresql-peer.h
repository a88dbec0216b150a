/* way-postgresql-peer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-peer.h"

G_BEGIN_DECLS

/* A trust in PostgreSQL. Everything is asked of three functions there, which know who asks
 * from the login alone; this side decides nothing. */
#define WAY_TYPE_POSTGRESQL_PEER (way_postgresql_peer_get_type ())
G_DECLARE_FINAL_TYPE (WayPostgresqlPeer, way_postgresql_peer, WAY, POSTGRESQL_PEER, GObject)

WayPeer *way_postgresql_peer_new (const char *uri, GError **error);
/* Gives a trust that is open for its administrator the functions of this version; nothing
 * where it has them, or is an SQLite file. */
gboolean way_postgresql_install (WayStore *trust, GError **error);
/* For what reaches a trust past the peer, by a login that is nobody's. */
void way_postgresql_bind_events (WayStatement *statement, int first, GPtrArray *events);
void way_postgresql_map_error (GError *below, GError **error);

G_END_DECLS
