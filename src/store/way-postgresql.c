/* way-postgresql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-derived.h"
#include "store/way-store-private.h"

/* Released files never change; a new one is appended. Each is a transaction of its own, with
 * the version that it makes. */
static const char *const files[] = { "postgresql/001-trust.sql", "postgresql/002-trust.sql",
                                     "postgresql/003-trust.sql", "postgresql/004-trust.sql" };

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
check_empty (WayDb *db, GError **error)
{
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
  return TRUE;
}

/* Two who upgrade at once: whoever comes second finds it done. */
static gboolean
apply_file (WayDb *db, guint version, GError **error)
{
  g_autofree char *sql = way_store_load_sql (files[version - 1]);
  g_autofree char *mark = NULL;
  gint64 known = 0;

  mark = g_strdup_printf ("INSERT INTO main.meta (key, value) VALUES ('schema', '%u')"
                          " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                          version);
  if (!way_db_begin (db, error))
    return FALSE;
  if (version > 1
      && (!way_db_exec (db, "SET ROLE waymark_owner", error)
          || !way_db_get_int (db,
                              "SELECT CAST(value AS bigint) FROM main.meta WHERE key = 'schema'"
                              " FOR UPDATE",
                              &known, error)
          || !way_db_exec (db, "RESET ROLE", error)))
    {
      way_db_rollback (db);
      return FALSE;
    }
  if (known >= version)
    return way_db_commit (db, error);
  if (!way_db_exec (db, sql, error) || !way_db_exec (db, "SET ROLE waymark_owner", error)
      || !way_db_exec (db, mark, error) || !way_db_exec (db, "RESET ROLE", error))
    {
      g_prefix_error (error, "%s: ", files[version - 1]);
      way_db_rollback (db);
      return FALSE;
    }
  return way_db_commit (db, error);
}

/* An older trust is brought here by whoever may; everybody else takes it as it is. */
static gboolean
apply_files (WayDb *db, gboolean may_apply, GError **error)
{
  gint64 version = 0;

  if (!way_db_get_int (db, "SELECT CAST(value AS bigint) FROM meta WHERE key = 'schema'", &version,
                       error))
    return FALSE;
  if (version > (gint64) G_N_ELEMENTS (files))
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER,
                   "A newer Waymark has made this (schema %" G_GINT64_FORMAT
                   ", this one knows %u): update Waymark to open it",
                   version, (guint) G_N_ELEMENTS (files));
      return FALSE;
    }
  if (!may_apply || version == (gint64) G_N_ELEMENTS (files))
    return TRUE;
  /* A file may make roles, which is for whoever signed in and not for the owner. */
  if (!way_db_exec (db, "RESET ROLE", error))
    return FALSE;
  for (guint i = version; i < G_N_ELEMENTS (files); i++)
    if (!apply_file (db, i + 1, error))
      return FALSE;
  return way_db_exec (db, "SET ROLE waymark_owner; SET search_path = main", error);
}

/* way_postgresql_apply:
 * @may_create: whether an empty database may become a trust
 * @is_read_only: whether an older schema is read as it is
 * @is_guest: (out): whether we see only what is ours to see
 *
 * Brings the database to the schema of this version, a file of SQL in each transaction, and
 * puts the connection where its names are found. Fails like way_schema_apply(). */
gboolean
way_postgresql_apply (
    WayDb *db, gboolean may_create, gboolean is_read_only, gboolean *is_guest, GError **error)
{
  gint64 n_schemas, is_owner;

  if (!way_db_get_int (db, "SELECT count(*) FROM pg_namespace WHERE nspname IN ('main', 'api')",
                       &n_schemas, error))
    return FALSE;
  if (n_schemas != 2)
    {
      if (!may_create)
        return wrong (error, "There is no trust in this database");
      if (!check_empty (db, error) || !apply_file (db, 1, error))
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
         && apply_files (db, !*is_guest && !is_read_only, error);
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
