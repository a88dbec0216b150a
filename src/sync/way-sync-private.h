/* way-sync-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-sync.h"

G_BEGIN_DECLS

/* One sync under way. Lives on the stack of way_sync_run(). */
typedef struct
{
  WayStore *device; /* (unowned) */
  WayPeer *peer;    /* (unowned) */
  GCancellable *cancellable;
  WaySyncResult *result;
  WayWelcome *welcome;
  char *epoch;
  gint64 acked;
  gboolean must_restart_scopes; /* nothing that was pulled counts any more */
  gboolean lends_nothing;       /* what is lent is left out */
  gboolean was_reset;           /* found out in a pull: begin with hello again */
  gboolean was_refused;         /* a scope that was offered, in a pull: so is this */
  guint n_detours;
  guint batch;         /* events in the next push */
  guint kept_batch;    /* as the store has it */
  GHashTable *cursors; /* scope → cursor, moved without bringing anything */
  GPtrArray *left_out; /* of WayEvent: came for places that others have here */
} WaySync;

gboolean way_sync_greet (WaySync *self, GError **error);
gboolean way_sync_count_detour (WaySync *self, GError **error);
gboolean way_sync_write_number (WaySync *self, const char *key, gint64 number, GError **error);

/* way-sync-push.c: what goes. */
GPtrArray *way_sync_read_outbox (WaySync *self, GError **error);
gboolean way_sync_read_batch (WaySync *self, GError **error);
gboolean way_sync_push (WaySync *self, GError **error);
gboolean way_sync_resend_old_streams (WaySync *self, GError **error);
gboolean way_sync_bring_home (WaySync *self, GError **error);

/* way-sync-pull.c: what comes. */
gboolean way_sync_drop_scopes (WaySync *self, GError **error);
gboolean way_sync_pull_scope (WaySync *self, const WayPeerScope *scope, GError **error);
gboolean way_sync_keep_generations (WaySync *self, GError **error);
gboolean way_sync_make_room (WaySync *self, GError **error);

G_END_DECLS
