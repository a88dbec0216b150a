/* switch-peer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-peer.h"

G_BEGIN_DECLS

/* A peer that speaks for whoever says hello, each by a login and a connection of their
 * own: what a desk of people does with PostgreSQL, where a login is one person. */
#define SWITCH_TYPE_PEER (switch_peer_get_type ())
G_DECLARE_FINAL_TYPE (SwitchPeer, switch_peer, SWITCH, PEER, GObject)

typedef char *(*SwitchPeerFunc) (const char *person, gpointer user_data);

WayPeer *switch_peer_new (SwitchPeerFunc dup_uri, gpointer user_data);

G_END_DECLS
