/* way-db.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection to an SQL engine named by URI, its statements and transactions. Knows
 * no table. Not thread safe: one connection belongs to one thread at a time. */
typedef struct _WayDb WayDb;
typedef struct _WayStatement WayStatement;

typedef enum
{
  WAY_DB_READ_WRITE = 0,
  WAY_DB_CREATE = 1 << 0,    /* make the file where there is none (0600) */
  WAY_DB_READ_ONLY = 1 << 1, /* the file is never written; TEMP tables may be */
} WayDbFlags;

typedef enum
{
  WAY_DB_ERROR_URI,        /* not a URI that an engine of this program serves */
  WAY_DB_ERROR_OPEN,       /* cannot be opened: the text says why */
  WAY_DB_ERROR_NETWORK_FS, /* on a network file system, where SQLite is not safe */
  WAY_DB_ERROR_BUSY,       /* somebody else writes: try again */
  WAY_DB_ERROR_FULL,       /* the disk is full: try again when there is room */
  WAY_DB_ERROR_IO,         /* the disk failed: close and open again */
  WAY_DB_ERROR_CORRUPT,    /* not a database, or damaged */
  WAY_DB_ERROR_CONSTRAINT, /* a row breaks a rule of the schema */
  WAY_DB_ERROR_SQL,        /* a statement that the engine refuses: our mistake */
  WAY_DB_ERROR_UNREACHED,  /* the server is not there, or went away: open it again later */
  WAY_DB_ERROR_DENIED,     /* the server refuses who asks, or what: ask somebody */
} WayDbError;

#define WAY_DB_ERROR (way_db_error_quark ())
GQuark way_db_error_quark (void);

WayDb *way_db_open (const char *uri, WayDbFlags flags, GError **error);
void way_db_free (WayDb *self);
const char *way_db_get_uri (WayDb *self);
const char *way_db_get_engine (WayDb *self); /* "sqlite", "postgresql" */
gboolean way_db_is_postgresql (WayDb *self);
const char *way_db_get_temp_schema (WayDb *self); /* where temporary tables lie */
char *way_db_dup_path (const char *uri);          /* (nullable) the file of an sqlite: URI */

/* Many statements separated by ';'. */
gboolean way_db_exec (WayDb *self, const char *sql, GError **error);
gboolean way_db_begin (WayDb *self, GError **error); /* immediate */
gboolean way_db_commit (WayDb *self, GError **error);
void way_db_rollback (WayDb *self);
gboolean way_db_is_in_transaction (WayDb *self);
gboolean way_db_checkpoint (WayDb *self, GError **error);
gboolean way_db_rewrite (WayDb *self, GError **error); /* VACUUM */
gboolean way_db_get_int (WayDb *self, const char *sql, gint64 *value, GError **error);
char *way_db_dup_text (WayDb *self,
                       const char *sql,
                       GError **error); /* NULL without error: no row or NULL */
void way_db_set_cancellable (WayDb *self, GCancellable *cancellable);
gboolean way_db_backup (WayDb *self, const char *path, GError **error); /* VACUUM INTO */
gboolean way_db_integrity (WayDb *self, GPtrArray *problems, GError **error);

void way_db_rest (WayDb *self);

/* Prepared once per connection and text, then reset; owned by the connection. `$1`… by number. */
WayStatement *way_db_prepare (WayDb *self, const char *sql, GError **error);
void way_statement_bind_text (WayStatement *self, int n, const char *text); /* NULL binds NULL */
void way_statement_bind_int (WayStatement *self, int n, gint64 value);
void way_statement_bind_double (WayStatement *self, int n, double value);
/* TRUE with *has_row; a statement with $n that this text lacks ignores the binding. */
gboolean way_statement_step (WayStatement *self, gboolean *has_row, GError **error);
gboolean way_statement_run (WayStatement *self, GError **error); /* to the end; resets */
void way_statement_reset (WayStatement *self);
/* On a server: statements that are sent together, answered in order and cost one journey,
 * each a transaction of its own. What is not read is read past. Owned by whoever queues. */
WayStatement *way_db_queue (WayDb *self, const char *sql, GError **error);
gboolean way_db_send_queue (WayDb *self, GError **error);
void way_statement_free (WayStatement *self); /* of queued ones, before their connection */
/* As bytea[] and bigint[]. */
void way_statement_bind_texts (WayStatement *self, int n, const char *const *texts, guint n_texts);
void way_statement_bind_ints (WayStatement *self, int n, const gint64 *ints, guint n_ints);
int way_statement_get_n_columns (WayStatement *self);
const char *way_statement_get_name (WayStatement *self, int column);
gboolean way_statement_is_null (WayStatement *self, int column); /* columns from 0 */
gboolean way_statement_is_number (WayStatement *self, int column);
const char *way_statement_get_text (WayStatement *self, int column); /* until the next step */
gint64 way_statement_get_int (WayStatement *self, int column);
double way_statement_get_double (WayStatement *self, int column);
gint64 way_db_get_changes (WayDb *self);

/* Whether a file there lies in memory alone. */
gboolean way_db_is_fleeting (const char *path);

/* How long a server may be silent before its connection counts as lost. */
void way_db_set_patience (WayDb *self, guint milliseconds);

/* What a server keeps of a password, so that the password itself need not be sent. */
char *way_db_encrypt_password (WayDb *self, const char *user, const char *password, GError **error);

/* For addresses of servers: kept in memory alone, until it is NULL. */
gboolean way_db_keep_password (const char *uri, const char *password, GError **error);
char *way_db_error_dup_state (const GError *error); /* (nullable) the server's SQLSTATE */

/* SQL functions of ours (SQLite engine): seal/open of bodies. */
typedef char *(*WayDbTextFunc) (const char *text, gpointer user_data);
gboolean way_db_add_function (WayDb *self,
                              const char *name,
                              WayDbTextFunc func,
                              gpointer user_data,
                              GDestroyNotify destroy,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayDb, way_db_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayStatement, way_statement_free)

G_END_DECLS
