/* way-ticket.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-sync.h"

G_BEGIN_DECLS

/* How the answers of somebody who has signed out of a shared computer still go to the trust:
 * by a ticket that may add to their stream, and can read nothing. It is asked for while
 * they are signed in and kept beside their store, in PATH.ticket, sealed as bodies are. */

/* While the store's person is greeted: asks for a ticket where there is none for this stream
 * or it ends within ten days, and keeps it. */
gboolean way_ticket_renew (WayStore *device, WayPeer *peer, GError **error);
/* Sends what waits in a store, with nobody signed in, by a login that may push by ticket (for
 * an SQLite trust by whoever can open the file). */
gboolean way_ticket_push (WayStore *device,
                          const char *uri,
                          GCancellable *cancellable,
                          WaySyncResult *result,
                          GError **error);
/* Of the stores in a folder those that have a ticket and something to send, as far as can be seen
 * without opening them: paths. And the same as way_ticket_push() for one of them, which whoever
 * is signed in must not have open. */
GPtrArray *way_ticket_list_waiting (const char *folder);
gboolean way_ticket_push_file (const char *path,
                               const char *uri,
                               GCancellable *cancellable,
                               WaySyncResult *result,
                               GError **error);

/* The trust's side in an SQLite file. */
char *way_ticket_make (
    WayStore *trust, const char *person, const char *stream, gint64 *expires, GError **error);
/* Of either engine, by whoever administers it. */
gboolean
way_ticket_revoke (WayStore *trust, const char *username, guint *n_revoked, GError **error);

G_END_DECLS
