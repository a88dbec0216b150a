/* way-postgresql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-derived.h"
#include "store/way-store-private.h"

#define VERSION "1"

/* A trust in PostgreSQL. Its schema is named `main` as SQLite names the file, so that the
 * same text means the same tables. Who administers it works as waymark_owner; everybody
 * else sees the views of schema `api`, by the same names. */

static gboolean
wrong (GError **error, const char *text)
{
  g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG, text);
  return FALSE;
}

static gboolean
create (WayDb *db, GError **error)
{
  g_autofree char *sql = way_store_load_sql ("postgresql/001-trust.sql");
  gint64 n_objects, is_plain;

  if (!way_db_get_int (db,
                       "SELECT count(*) FROM pg_class AS c"
                       " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
                       " WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'",
                       &n_objects, error)
      || !way_db_get_int (db,
                          "SELECT count(*) FROM pg_database WHERE datname = current_database ()"
                          " AND pg_encoding_to_char (encoding) = 'UTF8' AND datlocprovider = 'c'"
                          " AND datcollate IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8')",
                          &is_plain, error))
    return FALSE;
  if (n_objects > 0)
    return wrong (error, "This is a database of another program");
  /* Names must stand in the same order here as on devices. */
  if (is_plain == 0)
    return wrong (error, "The database must sort as computers do. Make it so: CREATE DATABASE … "
                         "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
  if (!way_db_begin (db, error))
    return FALSE;
  if (!way_db_exec (db, sql, error)
      || !way_db_exec (db, "INSERT INTO main.meta (key, value) VALUES ('schema', '" VERSION "')",
                       error))
    {
      g_prefix_error (error, "001-trust.sql: ");
      way_db_rollback (db);
      return FALSE;
    }
  return way_db_commit (db, error);
}

static gboolean
check_version (WayDb *db, GError **error)
{
  gint64 version;

  if (!way_db_get_int (db, "SELECT CAST(value AS bigint) FROM meta WHERE key = 'schema'", &version,
                       error))
    return FALSE;
  if (version <= g_ascii_strtoll (VERSION, NULL, 10))
    return TRUE;
  g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER,
               "A newer Waymark has made this (schema %" G_GINT64_FORMAT ", this one knows " VERSION
               "): update Waymark to open it",
               version);
  return FALSE;
}

/* way_postgresql_apply:
 * @may_create: whether an empty database may become a trust
 * @is_guest: (out): whether we see only what is ours to see
 *
 * Brings the database to the schema of this version and puts the connection where its
 * names are found. Fails like way_schema_apply(). */
gboolean
way_postgresql_apply (WayDb *db, gboolean may_create, gboolean *is_guest, GError **error)
{
  gint64 n_schemas, is_owner;

  if (!way_db_get_int (db, "SELECT count(*) FROM pg_namespace WHERE nspname IN ('main', 'api')",
                       &n_schemas, error))
    return FALSE;
  if (n_schemas != 2)
    {
      if (!may_create)
        return wrong (error, "There is no trust in this database");
      if (!create (db, error))
        return FALSE;
    }
  if (!way_db_get_int (db,
                       "SELECT CASE WHEN to_regrole ('waymark_owner') IS NULL THEN 0"
                       " WHEN pg_has_role (session_user, 'waymark_owner', 'MEMBER') THEN 1"
                       " ELSE 0 END",
                       &is_owner, error))
    return FALSE;
  *is_guest = is_owner == 0;
  return way_db_exec (db,
                      *is_guest ? "SET search_path = api"
                                : "SET ROLE waymark_owner; SET search_path = main",
                      error)
         && check_version (db, error);
}

/* way_postgresql_get_digest:
 *
 * A digest of all the SQL that makes the tables and says who may read them. */
const char *
way_postgresql_get_digest (void)
{
  static gsize digest;

  if (g_once_init_enter (&digest))
    {
      g_autofree char *views = way_store_load_sql ("postgresql/views.sql");
      g_autofree char *readers = way_store_load_sql ("postgresql/readers.sql");
      g_autofree char *as_at = way_store_load_sql ("postgresql/as-at.sql");
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

      g_checksum_update (checksum, (const guchar *) way_derived_get_digest (), -1);
      g_checksum_update (checksum, (const guchar *) views, -1);
      g_checksum_update (checksum, (const guchar *) readers, -1);
      g_checksum_update (checksum, (const guchar *) as_at, -1);
      g_once_init_leave (&digest, (gsize) g_strdup (g_checksum_get_string (checksum)));
    }
  return (const char *) digest;
}

/* way_postgresql_make_tables:
 *
 * Makes the tables for reading anew, empty, with the folds as functions and with who may
 * read what. The caller has begun the transaction. */
gboolean
way_postgresql_make_tables (WayDb *db, GError **error)
{
  g_autofree char *as_at = way_store_load_sql ("postgresql/as-at.sql");
  g_autofree char *views = way_store_load_sql ("postgresql/views.sql");
  g_autofree char *readers = way_store_load_sql ("postgresql/readers.sql");

  if (!way_db_exec (db, "DROP VIEW IF EXISTS main.live, main.readable CASCADE", error)
      || !way_derived_drop (db, "main", error) || !way_derived_create (db, FALSE, error)
      || !way_db_exec (db, views, error) || !way_derived_install (db, error))
    return FALSE;
  if (!way_db_exec (db, readers, error))
    {
      g_prefix_error (error, "readers.sql: ");
      return FALSE;
    }
  if (!way_db_exec (db, as_at, error))
    {
      g_prefix_error (error, "as-at.sql: ");
      return FALSE;
    }
  return TRUE;
}
