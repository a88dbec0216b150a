/* way-postgresql-install.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-postgresql-peer.h"

#include <math.h>

#include "record/way-kind.h"
#include "store/way-derived.h"
#include "sync/way-authority.h"
#include "way-sync-resources.h"

#define PREFIX "/io/github/waymark_skills/Waymark/sync/postgresql/"

static const char *const files[] = {
  "fault.sql",    "authority.sql", "fold.sql",        "hello.sql",    "push.sql",
  "pull.sql",     "tick.sql",      "grants.sql",      "own.sql",      "ticket.sql",
  "drop.sql",     "pack.sql",      "calibration.sql", "bundle.sql",   "erase.sql",
  "access.sql",   "retention.sql", "enrol.sql",       "barriers.sql", "certificate.sql",
  "champion.sql", "volumes.sql",   "themes.sql",      "ready.sql",    "again.sql"
};

/* @themes stands for what a report has as well. */
static char *
load (const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autofree char *themes = way_store_load_sql ("themes.sql");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GString *sql;

  bytes = g_resource_lookup_data (way_sync_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  &error);
  g_assert_no_error (error);
  sql = g_string_new_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_replace (sql, "@themes", themes, 0);
  return g_string_free (sql, FALSE);
}

static gboolean
install_kind (WayDb *db, const WayKind *kind, GError **error)
{
  static const char *const types[] = { [WAY_FIELD_TEXT] = "text",
                                       [WAY_FIELD_INTEGER] = "integer",
                                       [WAY_FIELD_DECIMAL] = "decimal",
                                       [WAY_FIELD_BOOLEAN] = "boolean" };
  WayStatement *statement;
  const WayField *fields;
  guint n_fields;

  statement = way_db_prepare (db, "INSERT INTO kind (kind, ver) VALUES ($1, $2)", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, way_kind_get_name (kind));
  way_statement_bind_int (statement, 2, way_kind_get_version (kind));
  if (!way_statement_run (statement, error))
    return FALSE;
  statement = way_db_prepare (db,
                              "INSERT INTO kind_field (kind, field, type, optional, choices, least,"
                              " most) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                              error);
  if (statement == NULL)
    return FALSE;
  fields = way_kind_list_fields (kind, &n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      gboolean has_range = fields[i].least != 0 || fields[i].most != 0;

      way_statement_bind_text (statement, 1, way_kind_get_name (kind));
      way_statement_bind_text (statement, 2, fields[i].name);
      way_statement_bind_text (statement, 3, types[fields[i].type]);
      way_statement_bind_int (statement, 4, fields[i].is_optional);
      way_statement_bind_text (statement, 5, fields[i].choices);
      way_statement_bind_double (statement, 6, has_range ? fields[i].least : NAN);
      way_statement_bind_double (statement, 7, has_range ? fields[i].most : NAN);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
install (WayStore *trust, const char *digest, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  const WayKind *const *kinds;
  guint n_kinds;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *sql = load (files[i]);

      if (!way_db_exec (db, sql, error))
        {
          g_prefix_error (error, "%s: ", files[i]);
          return FALSE;
        }
    }
  if (!way_authority_install (db, error) || !way_db_exec (db, "SELECT forbid_own_access ()", error)
      || !way_db_exec (db, "DELETE FROM kind; DELETE FROM kind_field", error))
    return FALSE;
  kinds = way_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    if (!install_kind (db, kinds[i], error))
      return FALSE;
  if (!way_db_exec (db, "SELECT make_shapes ()", error))
    return FALSE;
  return way_store_set_meta (trust, "functions", digest, error);
}

/* The files, and the version of the program: what it knows of kinds comes with it. */
static char *
make_digest (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const WayKind *const *kinds;
  guint n_kinds;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *sql = load (files[i]);

      g_checksum_update (checksum, (const guchar *) sql, -1);
    }
  kinds = way_kind_list (&n_kinds);
  for (guint i = 0; i < n_kinds; i++)
    {
      const WayField *fields;
      guint n_fields;

      fields = way_kind_list_fields (kinds[i], &n_fields);
      for (guint j = 0; j < n_fields; j++)
        {
          g_autofree char *text = g_strdup_printf ("%s %d %s %d %d %s %g %g\n",
                                                   way_kind_get_name (kinds[i]),
                                                   way_kind_get_version (kinds[i]), fields[j].name,
                                                   fields[j].type, fields[j].is_optional,
                                                   fields[j].choices != NULL ? fields[j].choices
                                                                             : "",
                                                   fields[j].least, fields[j].most);

          g_checksum_update (checksum, (const guchar *) text, -1);
        }
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* way_postgresql_install:
 * @trust: open for writing
 *
 * Brings the functions of a PostgreSQL trust to this version: hello, push and pull, who may
 * write what, what the kinds look like. */
gboolean
way_postgresql_install (WayStore *trust, GError **error)
{
  WayDb *db;
  g_autofree char *digest = NULL;
  g_autofree char *known = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (WAY_IS_STORE (trust), FALSE);

  db = way_store_get_db (trust);
  if (!way_db_is_postgresql (db))
    return TRUE;
  digest = make_digest ();
  known = way_store_get_meta (trust, "functions", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (g_strcmp0 (known, digest) == 0)
    return TRUE;
  if (!way_db_begin (db, error))
    return FALSE;
  if (!install (trust, digest, error))
    {
      way_db_rollback (db);
      return FALSE;
    }
  return way_db_commit (db, error);
}
