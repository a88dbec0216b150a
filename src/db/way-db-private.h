/* way-db-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"

G_BEGIN_DECLS

/* What an SQL engine offers. Another engine is one more file with one of these, listed
 * in way-db.c. Connections and statements are whatever the engine likes; a statement
 * dies before its connection. Columns count from 0, parameters from 1. */
typedef struct
{
  const char *name;           /* "sqlite" */
  const char *const *schemes; /* NULL-terminated, of the URIs it serves */
  const char *begin;          /* how a transaction begins that may write */

  gpointer (*open) (const char *uri, WayDbFlags flags, GError **error);
  void (*close) (gpointer connection);
  char *(*dup_path) (const char *uri); /* (nullable) */
  gboolean (*exec) (gpointer connection, const char *sql, GError **error);
  gboolean (*is_in_transaction) (gpointer connection);
  gboolean (*checkpoint) (gpointer connection, GError **error);
  gboolean (*rewrite) (gpointer connection, GError **error); /* (nullable) of no one file */
  void (*set_cancellable) (gpointer connection,
                           GCancellable *cancellable); /* kept by whoever asks */
  gboolean (*backup) (gpointer connection, const char *path, GError **error);
  gboolean (*integrity) (gpointer connection, GPtrArray *problems, GError **error);
  void (*rest) (gpointer connection); /* (nullable) where nothing is kept that could be let go of */
  gint64 (*get_changes) (gpointer connection);
  gboolean (*add_function) (gpointer connection,
                            const char *name,
                            WayDbTextFunc func,
                            gpointer user_data,
                            GDestroyNotify destroy,
                            GError **error);

  char *(*encrypt_password) (gpointer connection, /* (nullable) where there are no logins */
                             const char *user,
                             const char *password,
                             GError **error);

  void (*set_patience) (gpointer connection, gint64 patience); /* (nullable) for no network */

  gpointer (*prepare) (gpointer connection, const char *sql, GError **error);
  void (*finalize) (gpointer statement);
  void (*reset) (gpointer statement, gboolean clear_bindings);
  gboolean (*bind_text) (gpointer statement, int n, const char *text);
  gboolean (*bind_int) (gpointer statement, int n, gint64 value);
  gboolean (*bind_double) (gpointer statement, int n, double value);
  /* (nullable) where a statement needs no journey */
  gboolean (*bind_texts) (gpointer statement, int n, const char *const *texts, guint n_texts);
  gboolean (*bind_ints) (gpointer statement, int n, const gint64 *ints, guint n_ints);
  gpointer (*queue) (gpointer connection, const char *sql, GError **error);
  gboolean (*send_queue) (gpointer connection, GError **error);
  gboolean (*step) (gpointer connection, gpointer statement, gboolean *has_row, GError **error);
  int (*get_n_columns) (gpointer statement);
  const char *(*get_name) (gpointer statement, int column);
  gboolean (*is_null) (gpointer statement, int column);
  gboolean (*is_number) (gpointer statement, int column);
  const char *(*get_text) (gpointer statement, int column);
  gint64 (*get_int) (gpointer statement, int column);
  double (*get_double) (gpointer statement, int column);
} WayDbEngine;

extern const WayDbEngine way_sqlite_engine;

/* A file system by path, as way_file_system_is_network() asks for it: its magic number
 * and, where the number does not tell, its type as /proc/self/mountinfo has it. FALSE
 * when it cannot be known. */
typedef gboolean (*WayStatfs) (const char *path, guint32 *magic, char **type);

gboolean way_file_system_is_network (const char *path, char **type);

/* For tests only: NULL puts the real thing back. */
void way_db_set_statfs_for_tests (WayStatfs func);
void way_sqlite_set_vfs_for_tests (const char *vfs);

G_END_DECLS
