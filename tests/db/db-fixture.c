/* db-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db-fixture.h"

#include <glib/gstdio.h>

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-db-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "a store.db", NULL);
  self->uri = g_strconcat ("sqlite:", self->path, NULL);
  self->db = way_db_open (self->uri, WAY_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->db);
  way_db_exec (self->db, "CREATE TABLE fruit (name text PRIMARY KEY, weight double precision)",
               &error);
  g_assert_no_error (error);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_pointer (&self->db, way_db_free);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->uri);
}

gint64
fixture_ask (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  way_db_get_int (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

void
fixture_do (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

void
fixture_add (WayDb *db, const char *name, double weight)
{
  g_autoptr (GError) error = NULL;
  WayStatement *statement = way_db_prepare (db, "INSERT INTO fruit VALUES ($1, $2)", &error);

  g_assert_no_error (error);
  way_statement_bind_text (statement, 1, name);
  way_statement_bind_double (statement, 2, weight);
  way_statement_run (statement, &error);
  g_assert_no_error (error);
}
