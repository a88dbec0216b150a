/* way-sqlite-peer-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-log.h"
#include "sync/way-sqlite-peer.h"

G_BEGIN_DECLS

/* Events in a push or a page at most. */
#define WAY_SQLITE_BATCH 200

struct _WaySqlitePeer
{
  GObject parent_instance;

  WayStore *trust;
  char *username; /* (nullable) as signed in */
  char *machine;  /* (nullable) */

  /* Since hello. */
  char *person;         /* (nullable) */
  char *stream;         /* (nullable) */
  gint64 offset;        /* what to add to the client's clock */
  gboolean is_restored; /* the trust is older than what the client knows of it */

  gboolean has_noted_restore;
};

/* What an epoch that a client knows means to the trust. */
typedef enum
{
  WAY_EPOCH_GOOD,
  WAY_EPOCH_BEFORE_RESTORE, /* the trust has been put back since, and has found out */
  WAY_EPOCH_UNKNOWN,        /* it was put back to a time before, or is another trust */
} WayEpochPlace;

char *way_sqlite_peer_read_epoch (WaySqlitePeer *self, GError **error);
gboolean way_sqlite_peer_find_epoch (WaySqlitePeer *self,
                                     const char *epoch,
                                     WayEpochPlace *place,
                                     GError **error);
gboolean way_sqlite_peer_check_erased (WaySqlitePeer *self, const char *person, GError **error);
gboolean way_sqlite_peer_check_person (WaySqlitePeer *self, const char *person, GError **error);
GPtrArray *way_sqlite_peer_list_scopes (WaySqlitePeer *self, GError **error);
WayPage *
way_sqlite_peer_pull (WayPeer *peer, const char *scope, const char *cursor, GError **error);
WayReceipt *way_sqlite_peer_push (WayPeer *peer, GPtrArray *events, GError **error);

G_END_DECLS
