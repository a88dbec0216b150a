/* way-log.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* The log as `sync` works with it: batches that are written, folded and committed
 * together, or not at all. */
typedef struct _WayBatch WayBatch;

WayBatch *way_batch_begin (WayStore *store, GError **error);
/* Writes a row as it is. login: (nullable) who brought it to a trust. */
gboolean
way_batch_insert (WayBatch *self, const WayEvent *event, const char *login, GError **error);
/* What the trust has said of an event that is here. */
gboolean way_batch_stamp (WayBatch *self, const WayEvent *stamp, GError **error);
gboolean
way_batch_put_in_scope (WayBatch *self, const char *scope, const WayEvent *event, GError **error);
/* Device only: takes an event out of the place that it has. */
gboolean way_batch_remove (WayBatch *self, const WayEvent *event, GError **error);
gboolean way_batch_drop_files (WayBatch *self, const WayEvent *retraction, GError **error);
gboolean way_batch_purge_scope (WayBatch *self, const char *scope, GError **error);
/* Empties an event that is here of its body and salt. */
gboolean way_batch_blank (WayBatch *self, const WayEvent *event, GError **error);
/* Trust only: adds to the trust's own stream, with the batch. */
gboolean way_batch_append (WayBatch *self, const char *author, GPtrArray *drafts, GError **error);
gboolean way_batch_commit (WayBatch *self, GError **error);
void way_batch_free (WayBatch *self); /* undoes what was not committed */

/* Events of a stream from seq on, at most limit; of a given id. */
GPtrArray *
way_log_read_stream (WayStore *store, const char *stream, gint64 from, guint limit, GError **error);
/* Those that a condition on “event AS e” holds for; $1 is first. */
GPtrArray *
way_log_list_where (WayStore *store, const char *where, const char *first, GError **error);
/* Whoever may read these pulls their scopes anew (a trust). */
gboolean
way_log_raise_readers (WayStore *store, const char *where, const char *first, GError **error);
gboolean way_log_find (WayStore *store, const char *id, WayEvent **event, GError **error);
char *way_log_new_id (gint64 at);
/* The columns of an event, in the order that way_log_read_row() reads them. */
#define WAY_LOG_COLUMNS                                                                            \
  "e.stream, e.seq, e.id, e.author, e.subject, e.unit, e.kind, e.ver, e.at, e.zone, e.salt,"       \
  " e.body, e.digest, e.chain, e.received, e.effective, e.allowed, e.refers"
WayEvent *way_log_read_row (WayStatement *statement, gboolean is_sealed);
GPtrArray *way_log_read_events (WayStatement *statement, gboolean is_sealed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayBatch, way_batch_free)

G_END_DECLS
