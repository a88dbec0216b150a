/* way-postgresql-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db-private.h"
#include "db/way-libpq.h"

G_BEGIN_DECLS

#define WAY_POSTGRESQL_MAX_PARAMETERS 64

typedef struct _WayPostgresqlStatement WayPostgresqlStatement;

/* One connection. Rows come one by one; when another statement wants the connection, the
 * rest of the rows being read are taken in first. Belongs to way-db.c. */
typedef struct
{
  PGconn *conn;
  PGcancel *cancel; /* (nullable) */
  gint64 patience;  /* µs of silence */
  gint64 most_patience;
  GCancellable *cancellable; /* (unowned) (nullable) */
  int cancel_fd;             /* of it; -1 */
  gboolean is_interrupted;
  guint n_prepared;
  gint64 n_changed;
  WayPostgresqlStatement *active; /* (nullable) (unowned) whose rows are on their way */
  GQueue queue;                   /* (unowned) of queued statements not read to their end */
  gboolean is_sent;               /* the queue has been */
} WayPostgresql;

struct _WayPostgresqlStatement
{
  WayPostgresql *connection; /* (unowned) */
  char *name;                /* (nullable) prepared as this */
  char *sql;                 /* (nullable) of a queued one */
  char *values[WAY_POSTGRESQL_MAX_PARAMETERS];
  int lengths[WAY_POSTGRESQL_MAX_PARAMETERS];
  int formats[WAY_POSTGRESQL_MAX_PARAMETERS]; /* 1: binary */
  Oid types[WAY_POSTGRESQL_MAX_PARAMETERS];   /* 0: as the statement has it */
  int n_parameters;
  PGresult *shape; /* (nullable) the columns, before there is a row */
  PGresult *row;   /* (nullable) */
  GQueue waiting;  /* of PGresult: rows taken in before they were asked for */
  gboolean has_begun;
  gsize n_bytes; /* of a queued one, so far */
};

extern const WayDbEngine way_postgresql_engine;

gboolean way_postgresql_fail_lost (WayPostgresql *self, const char *why, GError **error);
gboolean way_postgresql_fail (WayPostgresql *self, const PGresult *result, GError **error);
PGresult *way_postgresql_await (WayPostgresql *self, gboolean *is_lost, GError **error);
void way_postgresql_note_changes (WayPostgresql *self, PGresult *result);
gboolean way_postgresql_finish_answer (WayPostgresql *self, GError **error);
gboolean way_postgresql_make_room (WayPostgresql *self, GError **error);

gpointer way_postgresql_prepare (gpointer connection, const char *sql, GError **error);
void way_postgresql_finalize (gpointer data);
void way_postgresql_reset (gpointer data, gboolean clear_bindings);
gboolean way_postgresql_bind_text (gpointer statement, int n, const char *text);
gboolean way_postgresql_bind_int (gpointer statement, int n, gint64 value);
gboolean way_postgresql_bind_double (gpointer statement, int n, double value);
gboolean
way_postgresql_bind_texts (gpointer statement, int n, const char *const *texts, guint n_texts);
gboolean way_postgresql_bind_ints (gpointer statement, int n, const gint64 *ints, guint n_ints);
gboolean
way_postgresql_step (gpointer connection, gpointer statement, gboolean *has_row, GError **error);
int way_postgresql_get_n_columns (gpointer statement);
const char *way_postgresql_get_name (gpointer statement, int column);
gboolean way_postgresql_is_null (gpointer statement, int column);
gboolean way_postgresql_is_number (gpointer statement, int column);
const char *way_postgresql_get_text (gpointer statement, int column);
gint64 way_postgresql_get_int (gpointer statement, int column);
double way_postgresql_get_double (gpointer statement, int column);
int way_postgresql_count_parameters (const char *sql);

gpointer way_postgresql_queue (gpointer connection, const char *sql, GError **error);
gboolean way_postgresql_send_queue (gpointer connection, GError **error);
gboolean
way_postgresql_step_queued (WayPostgresqlStatement *self, gboolean *has_row, GError **error);
gboolean
way_postgresql_drain_queue (WayPostgresql *self, WayPostgresqlStatement *until, GError **error);

WayDbError way_postgresql_map_state (const char *state);
PGconn *way_postgresql_connect (const char *uri, GError **error);
gint64 way_postgresql_get_patience (const char *uri, gint64 otherwise);
char *way_postgresql_tidy (const char *text);

G_END_DECLS
