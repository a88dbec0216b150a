/* way-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-derived.h"
#include "store/way-store-private.h"

/* “WayD” and “WayT”: what a file is, in its header. */
#define DEVICE_ID 0x57617944
#define TRUST_ID 0x57617954

/* Released files never change; a new one is appended. */
static const char *const device_files[] = { "001-device.sql", "002-device.sql" };
static const char *const trust_files[] = { "001-trust.sql", "002-trust.sql", "003-trust.sql",
                                           "004-trust.sql" };

static gboolean
apply_file (WayDb *db, const char *name, int id, guint version, GError **error)
{
  g_autofree char *sql = way_store_load_sql (name);
  g_autofree char *marks = NULL;

  marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u", id, version);
  if (!way_db_begin (db, error))
    return FALSE;
  if (!way_db_exec (db, sql, error) || !way_db_exec (db, marks, error))
    {
      g_prefix_error (error, "%s: ", name);
      way_db_rollback (db);
      return FALSE;
    }
  return way_db_commit (db, error);
}

/* way_schema_apply:
 * @may_create: whether an empty file may become a store
 * @is_read_only: whether an older schema is read as it is
 *
 * Brings the database to the schema of this version, a file of SQL in each transaction.
 * WAY_STORE_ERROR_WRONG: it is something else; WAY_STORE_ERROR_NEWER: a newer Waymark has
 * made it. */
gboolean
way_schema_apply (
    WayDb *db, WayStoreRole role, gboolean may_create, gboolean is_read_only, GError **error)
{
  gboolean is_device = role == WAY_STORE_DEVICE;
  const char *const *files = is_device ? device_files : trust_files;
  guint n_files = is_device ? G_N_ELEMENTS (device_files) : G_N_ELEMENTS (trust_files);
  int wanted = is_device ? DEVICE_ID : TRUST_ID;
  gint64 id, version, n_objects;

  if (!way_db_get_int (db, "PRAGMA application_id", &id, error)
      || !way_db_get_int (db, "PRAGMA user_version", &version, error)
      || !way_db_get_int (db, "SELECT count(*) FROM sqlite_schema", &n_objects, error))
    return FALSE;
  if (id != wanted && !(may_create && id == 0 && version == 0 && n_objects == 0))
    {
      if (id == DEVICE_ID)
        g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                             "This is one person's store, not a trust");
      else if (id == TRUST_ID)
        g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                             "This is a trust, not one person's store");
      else if (n_objects == 0)
        g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                             "This file is empty: nothing has been made in it yet");
      else
        g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                             "This is a database of another program");
      return FALSE;
    }
  if (version > n_files)
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER,
                   "A newer Waymark has made this (schema %" G_GINT64_FORMAT
                   ", this one knows %u): update Waymark to open it",
                   version, n_files);
      return FALSE;
    }
  for (guint i = version; i < n_files && !is_read_only; i++)
    if (!apply_file (db, files[i], wanted, i + 1, error))
      return FALSE;
  return TRUE;
}
