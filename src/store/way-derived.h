/* way-derived.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"
#include "record/way-event.h"

G_BEGIN_DECLS

/* The tables for reading: which there are, in which order they are folded, and which
 * keys an event touches. Each is filled by sql/derived/NAME.sql for one key. */

/* Keys to fold, gathered over a batch of events. */
typedef struct _WayTouched WayTouched;

WayTouched *way_touched_new (void);
void way_touched_free (WayTouched *self);
gboolean way_touched_add (WayTouched *self, WayDb *db, const WayEvent *event, GError **error);

const char *const *way_derived_list (void); /* NULL-terminated, in order */
const char *way_derived_get_digest (void);  /* changes when any of the files does */
gboolean way_derived_create (WayDb *db, gboolean is_temporary, GError **error);
gboolean way_derived_drop (WayDb *db, const char *schema, GError **error);
/* PostgreSQL: a function for each file, for push to call, and what touches it. */
gboolean way_derived_install (WayDb *db, GError **error);
/* keep_keys: lock and keep the row of each key in fold_key (a trust). */
gboolean way_derived_fold (WayDb *db, WayTouched *touched, gboolean keep_keys, GError **error);
gboolean way_derived_rebuild (WayDb *db, gboolean keep_keys, GError **error);
/* Adds a sentence for the first difference of each table. */
gboolean way_derived_compare (
    WayDb *db, const char *stands, const char *should, GPtrArray *problems, GError **error);
char *way_store_load_sql (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayTouched, way_touched_free)

G_END_DECLS
