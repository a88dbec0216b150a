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
/* One that says everything to @only. */
WayPeer *switch_peer_new_over (WayPeer *only);
/* Whether pulls come to nothing, as when the line goes after a push. */
void switch_peer_cut (SwitchPeer *self, gboolean is_cut);

G_END_DECLS
