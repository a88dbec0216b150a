/* way-store-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* In meta while something was taken out that the files may still hold. */
#define WAY_STORE_SCRUB "scrub"

struct _WayStore
{
  GObject parent_instance;

  WayDb *db; /* (nullable) once closed */
  WayStoreRole role;
  gboolean is_read_only;
  gboolean is_as_at;     /* TEMP tables hide the real ones */
  gboolean is_guest;     /* of a PostgreSQL trust that shows us what is ours to see */
  gboolean is_synthetic; /* a trust of invented people */
  char *path;            /* (nullable) */
  char *person;          /* (nullable) a trust */
  int lock;              /* −1, or the file that keeps others out */
  guint n_unchecked;     /* events since the last checkpoint */
  gboolean is_rewritten; /* since something was taken out of it; only the checkpoint is left */

  /* The own stream, as far as it is on the disk. */
  char *stream;
  gint64 last_seq;
  char *last_chain;
  gint64 last_effective;
};

WayStore *way_store_new (WayStoreRole role, WayDb *db, const char *path, gboolean is_read_only);
/* Reads stream, person and the tail of the log; FALSE when they cannot be read. */
gboolean way_store_read_state (WayStore *self, GError **error);
/* Views and TEMP tables of a device, filled. */
gboolean way_store_derive (WayStore *self, GError **error);
void way_store_map_error (const char *path, GError **error);

/* way-binding.c */
gboolean way_binding_check (const char *path, GError **error); /* nobody else's hand in it */
gboolean way_binding_is_database (const char *path);
gboolean way_binding_close (const char *path, GError **error);
int way_binding_lock (const char *path, GError **error);
void way_binding_unlock (int lock);
char *way_binding_describe (const char *path); /* which machine, which file */

/* way-schema.c */
gboolean way_schema_apply (
    WayDb *db, WayStoreRole role, gboolean may_create, gboolean is_read_only, GError **error);

/* way-postgresql.c: a trust in PostgreSQL */
gboolean way_postgresql_apply (
    WayDb *db, gboolean may_create, gboolean is_read_only, gboolean *is_guest, GError **error);
gboolean way_postgresql_make_tables (WayDb *db, GError **error);
const char *way_postgresql_get_digest (void);

/* way-scope.c: who must pull a scope again, gathered over a batch (a trust). */
typedef struct _WayScopes WayScopes;
WayScopes *way_scopes_new (void);
void way_scopes_free (WayScopes *self);
gboolean way_scopes_add (WayScopes *self, WayDb *db, const WayEvent *event, GError **error);
gboolean way_scopes_bump (WayScopes *self, WayDb *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayScopes, way_scopes_free)

G_END_DECLS
