/* way-sqlite-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db-private.h"

#include <sqlite3.h>
#include <sys/types.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* The SQLite engine. Each answer is one commit in the write-ahead log and one sync of
 * it (synchronous=FULL); the log is emptied by way_db_checkpoint() alone, so that the
 * connection which writes is also the one that checkpoints. */
typedef struct
{
  sqlite3 *db;
  gboolean is_read_only;
  char *log;        /* (nullable) path of the write-ahead log */
  dev_t log_device; /* which file that was, once it was looked at */
  ino_t log_inode;
} WaySqlite;

gboolean way_sqlite_fail (WaySqlite *self, int code, GError **error);
gboolean way_sqlite_fail_at (
    WaySqlite *self, int code, const char *sql, const char *statement, GError **error);

gpointer way_sqlite_prepare (gpointer connection, const char *sql, GError **error);
void way_sqlite_finalize (gpointer statement);
void way_sqlite_reset (gpointer statement, gboolean clear_bindings);
gboolean way_sqlite_bind_text (gpointer statement, int n, const char *text);
gboolean way_sqlite_bind_int (gpointer statement, int n, gint64 value);
gboolean way_sqlite_bind_double (gpointer statement, int n, double value);
gboolean
way_sqlite_step (gpointer connection, gpointer statement, gboolean *has_row, GError **error);
int way_sqlite_get_n_columns (gpointer statement);
const char *way_sqlite_get_name (gpointer statement, int column);
gboolean way_sqlite_is_null (gpointer statement, int column);
gboolean way_sqlite_is_number (gpointer statement, int column);
const char *way_sqlite_get_text (gpointer statement, int column);
gint64 way_sqlite_get_int (gpointer statement, int column);
double way_sqlite_get_double (gpointer statement, int column);

G_END_DECLS
