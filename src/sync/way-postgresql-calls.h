/* way-postgresql-calls.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-peer.h"

G_BEGIN_DECLS

/* What way-postgresql-peer.c asks of a trust, and how its answers are read: nothing in them
 * is believed to be well. */
#define WAY_POSTGRESQL_MAX_BATCH 2000

WayStatement *
way_postgresql_queue_hello (WayDb *db, const char *stream, const char *epoch, GError **error);
WayWelcome *
way_postgresql_read_welcome (WayStatement *statement, const char *person, GError **error);
WayStatement *way_postgresql_queue_push (WayDb *db,
                                         const char *stream,
                                         const char *machine,
                                         gint64 client_time,
                                         GPtrArray *events,
                                         GError **error);
WayReceipt *way_postgresql_read_receipt (WayStatement *statement, guint n_events, GError **error);
WayStatement *way_postgresql_queue_pull (
    WayDb *db, const char *stream, const char *scope, const char *cursor, GError **error);
WayPage *way_postgresql_read_page (WayStatement *statement, const char *scope, GError **error);
/* FALSE, with what a refusal means. */
gboolean way_postgresql_refuse (const char *refusal, const char *scope, GError **error);

G_END_DECLS
