/* way-apart.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-peer.h"

G_BEGIN_DECLS

/* What the trust keeps apart of a device's events, and why. */
gboolean way_apart_learn (WayStore *device, WayPeer *peer, GError **error);
gboolean way_apart_keep (WayStore *device, const WayApart *apart, GError **error);
/* Rows of seq, reason, received; resets the statement. Of WayApart. */
GPtrArray *way_apart_read (WayStatement *statement, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayApart, way_apart_free)

G_END_DECLS
