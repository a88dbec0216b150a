/* way-drop.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* Telling the trust something without a name. It waits in the person's own store under a
 * random token of 128 bits, goes at a random later time through a connection of its own, by a
 * login that is nobody's, with the week and nothing finer, and lies in the trust under the
 * token's hash until the clockwork moves it, shuffled among others. What is answered comes to
 * everybody with the catalogue; only this device knows that the token is here. */

/* A message on its way. */
typedef struct
{
  char *hash;  /* of the token: what the trust sees */
  char *body;  /* JSON: type, text, page */
  char *unit;  /* (nullable) kept by the trust only where eight people or more are in it */
  gint64 week; /* its Monday, in days since 1970 */
  gint64 due;  /* not before, µs UTC */
} WayDrop;

/* On the device. The hash is the message's name there. */
char *way_drop_put (WayStore *device,
                    const char *type,
                    const char *text,
                    const char *page,
                    const char *unit,
                    GError **error);
/* One that is due; NULL without error: there is none. @next_due: (optional): when the next is,
 * 0 for never. */
WayDrop *way_drop_find_due (WayStore *device, gint64 now, gint64 *next_due, GError **error);
gboolean way_drop_mark_sent (WayStore *device, const char *hash, GError **error);
/* Only what has not gone yet can be taken back. */
gboolean
way_drop_take_back (WayStore *device, const char *hash, gboolean *is_taken, GError **error);

/* Any thread: a connection of its own for one message. Sending twice is sending once. */
gboolean way_drop_send (const char *uri, const WayDrop *drop, GError **error);
void way_drop_free (WayDrop *self);

/* The trust's side in an SQLite file; in PostgreSQL postgresql/drop.sql does the same. */
gboolean way_drop_move (WayStore *trust, gint64 now, guint *n_moved, GError **error);
gboolean way_drop_tell_answers (WayStore *trust, guint *n_events, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDrop, way_drop_free)

G_END_DECLS
