/* way-sqlite-statement.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-sqlite-private.h"

#include <errno.h>
#include <math.h>

/* The statements of the SQLite engine: see WayDbEngine for what each of these is to do. */

gpointer
way_sqlite_prepare (gpointer connection, const char *sql, GError **error)
{
  WaySqlite *self = connection;
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (sqlite3_stmt) second = NULL;
  const char *rest;
  int code;

  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, &rest);
  if (code != SQLITE_OK)
    {
      way_sqlite_fail_at (self, code, sql, sql, error);
      return NULL;
    }
  /* What follows the first may be blank or a comment, which compiles to nothing. */
  if (statement == NULL || sqlite3_prepare_v2 (self->db, rest, -1, &second, NULL) != SQLITE_OK
      || second != NULL)
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL, "Not one statement: %s", sql);
      return NULL;
    }
  return g_steal_pointer (&statement);
}

void
way_sqlite_finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

void
way_sqlite_reset (gpointer statement, gboolean clear_bindings)
{
  sqlite3_reset (statement);
  if (clear_bindings)
    sqlite3_clear_bindings (statement);
}

/* SQLite numbers `$n` in the order of first appearance, so they are found by name. */
static int
find_parameter (sqlite3_stmt *statement, int n)
{
  char name[16];

  g_snprintf (name, sizeof name, "$%d", n);
  return sqlite3_bind_parameter_index (statement, name);
}

gboolean
way_sqlite_bind_text (gpointer statement, int n, const char *text)
{
  int index = find_parameter (statement, n);

  return index == 0
         || sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

gboolean
way_sqlite_bind_int (gpointer statement, int n, gint64 value)
{
  int index = find_parameter (statement, n);

  return index == 0 || sqlite3_bind_int64 (statement, index, value) == SQLITE_OK;
}

gboolean
way_sqlite_bind_double (gpointer statement, int n, double value)
{
  int index = find_parameter (statement, n);

  if (isnan (value))
    return index == 0 || sqlite3_bind_null (statement, index) == SQLITE_OK;
  return index == 0 || sqlite3_bind_double (statement, index, value) == SQLITE_OK;
}

gboolean
way_sqlite_step (gpointer connection, gpointer statement, gboolean *has_row, GError **error)
{
  int code;

  errno = 0;
  code = sqlite3_step (statement);
  *has_row = code == SQLITE_ROW;
  return code == SQLITE_ROW || code == SQLITE_DONE || way_sqlite_fail (connection, code, error);
}

int
way_sqlite_get_n_columns (gpointer statement)
{
  return sqlite3_column_count (statement);
}

const char *
way_sqlite_get_name (gpointer statement, int column)
{
  return sqlite3_column_name (statement, column);
}

gboolean
way_sqlite_is_null (gpointer statement, int column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL;
}

gboolean
way_sqlite_is_number (gpointer statement, int column)
{
  int type = sqlite3_column_type (statement, column);

  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

const char *
way_sqlite_get_text (gpointer statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

gint64
way_sqlite_get_int (gpointer statement, int column)
{
  return sqlite3_column_int64 (statement, column);
}

double
way_sqlite_get_double (gpointer statement, int column)
{
  return sqlite3_column_double (statement, column);
}
