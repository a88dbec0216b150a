/* way-statement-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db-private.h"

G_BEGIN_DECLS

/* A connection: the engine's own, and the statements prepared on it so far, by text. It belongs to
 * the thread that works with it. */
struct _WayDb
{
  const WayDbEngine *engine;
  gpointer connection;
  char *uri;
  GHashTable *statements;    /* char* → WayStatement */
  GCancellable *cancellable; /* (owned) (nullable) of whoever waits for what is asked now */
  gboolean is_broken;        /* the disk or the connection failed: open it again */
};

struct _WayStatement
{
  WayDb *db; /* (unowned) */
  gpointer handle;
  gboolean is_reading; /* has given a row, not yet the end */
  gboolean is_done;    /* has come to its end since the last reset or binding */
  gboolean is_cut;     /* ended by us in the middle */
  gboolean is_unbound; /* a value could not be bound */
};

/* way-db.c */
gboolean way_db_note_failure (WayDb *self, GError **error);

/* way-statement.c */
void way_statement_end (gpointer data);
void way_statement_rewind (WayStatement *self, gboolean clear_bindings);

G_END_DECLS
