/* way-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"
#include "record/way-event.h"

G_BEGIN_DECLS

/* The log and its derived tables in one database: a person's store on a device, or a
 * trust. Synchronous and single-threaded: `session` runs it on its store thread. */
#define WAY_TYPE_STORE (way_store_get_type ())
G_DECLARE_FINAL_TYPE (WayStore, way_store, WAY, STORE, GObject)

typedef enum
{
  WAY_STORE_DEVICE,
  WAY_STORE_TRUST,
} WayStoreRole;

typedef enum
{
  WAY_STORE_ERROR_NEWER,   /* made by a newer Waymark: opened by nobody older */
  WAY_STORE_ERROR_LOCKED,  /* Waymark has this store open */
  WAY_STORE_ERROR_NETWORK, /* on a network file system: the text says where it will be instead */
  WAY_STORE_ERROR_DAMAGED, /* cannot be read: see way_store_salvage */
  WAY_STORE_ERROR_PERSON,  /* it belongs to somebody else */
  WAY_STORE_ERROR_REFUSED, /* not yours to do: the text says why */
  WAY_STORE_ERROR_WRONG, /* a trust where a device store was asked, or the other way; no trust there
                          */
} WayStoreError;

#define WAY_STORE_ERROR (way_store_error_quark ())
GQuark way_store_error_quark (void);

/* A device store: created where missing; taken by one process at a time. person may be
 * NULL when it exists. Every event it appends is of `person`. */
WayStore *way_store_open_device (const char *path, const char *person, GError **error);
WayStore *way_store_open_device_read_only (const char *path, GError **error);
/* For what no disk may have. */
WayStore *way_store_open_device_in_memory (const char *person, GError **error);
/* Saves the damaged file aside (its path in *aside), keeps what can be read. */
WayStore *
way_store_salvage (const char *path, const char *person, char **aside, guint *kept, GError **error);
/* A trust by URI. */
WayStore *way_store_create_trust (const char *uri,
                                  const char *organisation,
                                  const char *ods,
                                  gboolean is_synthetic,
                                  GError **error);
WayStore *way_store_open_trust (const char *uri, gboolean is_read_only, GError **error);

WayDb *way_store_get_db (WayStore *self); /* for queries on derived tables */
WayStoreRole way_store_get_role (WayStore *self);
const char *way_store_get_person (WayStore *self);
const char *way_store_get_stream (WayStore *self);
gint64 way_store_get_last_seq (WayStore *self);

/* Gives ids, seq, salts, digests and chains, writes all drafts in one transaction (one
 * fdatasync), folds what they touch; only then returns TRUE. Ids are in drafts[i]->id afterwards.
 */
gboolean way_store_append (WayStore *self, GPtrArray *drafts, GError **error);
/* Trust only: append to the trust's own stream, as `author` (person id or NULL for the trust
 * itself). */
gboolean
way_store_append_as (WayStore *self, const char *author, GPtrArray *drafts, GError **error);

/* Everything derived, from nothing, and whether it differs from what stood (problems: first
 * differences). */
gboolean way_store_rebuild (WayStore *self, GPtrArray *problems, GError **error);
gboolean
way_store_check (WayStore *self, GPtrArray *problems, GError **error); /* chain, gaps, derived */
gboolean way_store_checkpoint (WayStore *self, GError **error);
gboolean way_store_must_scrub (WayStore *self, gboolean *must, GError **error);
void way_store_scrub (WayStore *self);
void way_store_close (WayStore *self);
/* A device store: closed, and its files gone for good. */
gboolean way_store_destroy (WayStore *self, GError **error);

/* What the tables for reading held when the trust had received only what came before that
 * moment, for this connection alone; 0 = now again. Nothing is appended meanwhile. */
gboolean way_store_as_at (WayStore *self, gint64 received_before, GError **error);
gboolean way_store_count_later (WayStore *self, gint64 before, gint64 *n_later, GError **error);
gboolean way_store_is_guest (WayStore *self); /* of a trust that shows us what is ours to see */
/* The trust was put back from a backup: devices send again what it lost, and pull anew. */
gboolean way_store_note_restore (WayStore *self, GError **error);
/* Where a store that was refused on a network file system can be kept. */
char *way_store_dup_local_path (const char *path);

/* Reading the log. NULL kind = all; ordered by (effective or at, id). */
GPtrArray *way_store_list_events (WayStore *self, const char *kind, GError **error);

/* Sync state and outbox (device). */
char *way_store_get_meta (WayStore *self, const char *key, GError **error);
gboolean way_store_set_meta (WayStore *self, const char *key, const char *value, GError **error);
gboolean way_store_count_unsent (WayStore *self, guint *n_events, GError **error);
/* The old stream lives on elsewhere: events from seq `from` on move to a new one. */
gboolean way_store_mint_stream (WayStore *self, gint64 from, GError **error);
/* The person's events of other streams that no scope of theirs brought move to this one. */
gboolean way_store_adopt (WayStore *self, guint *n_events, GError **error);
/* What is here where the trust has another event leaves that place. */
gboolean
way_store_make_room (WayStore *self, const WayEvent *place, gboolean *is_free, GError **error);

G_END_DECLS
