/* way-sync.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-peer.h"

G_BEGIN_DECLS

/* One meeting of a person's store with the trust: hello, push, pull. */
typedef struct
{
  guint pushed;        /* events given */
  guint acked;         /* of which the trust says that it has them */
  guint duplicates;    /* of which it had already */
  guint quarantined;   /* of which it could not read */
  guint refused;       /* of which the person had no right to */
  guint pulled;        /* events that came */
  gboolean is_fork;    /* this store was a copy, or older than the trust: a new stream */
  gboolean is_rewound; /* the trust had been put back: what it lost was sent again */
  gint64 at;           /* the trust's clock */
  guint withheld;      /* lent scopes that may not lie in this file: see way-lease.h */
  gint64 retry_after;  /* ms: the trust wants to be left alone for so long */
} WaySyncResult;

gboolean way_sync_run (WayStore *device,
                       WayPeer *peer,
                       GCancellable *cancellable,
                       WaySyncResult *result,
                       GError **error);

G_END_DECLS
