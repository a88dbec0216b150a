/* sync-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "db/way-trial-server.h"
#include "switch-peer.h"
#include "sync/way-postgresql-peer.h"
#include "sync/way-sqlite-peer.h"

#include <glib/gstdio.h>

static void
add_place (SyncFixture *fixture, const char *place, const char *type, const char *parent)
{
  g_autofree char *id = NULL;

  if (parent == NULL)
    id = fixture_append (fixture->trust, NULL,
                         fixture_draft ("place",
                                        "{'place':'%s','code':'%s','name':'%s','type':'%s'}", place,
                                        place, place, type));
  else
    id = fixture_append (
        fixture->trust, NULL,
        fixture_draft ("place", "{'place':'%s','code':'%s','name':'%s','type':'%s','parent':'%s'}",
                       place, place, place, type, parent));
}

static void
add_person (SyncFixture *fixture, const char *person, const char *ward)
{
  g_autofree char *id = NULL;
  g_autofree char *membership = NULL;

  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("person",
                                      "{'person':'%s','username':'%s','name':'%s',"
                                      "'staff_group':'nursing','ended':0}",
                                      person, person, person));
  if (ward == NULL)
    return;
  membership = fixture_append (
      fixture->trust, NULL,
      fixture_draft ("membership", "{'person':'%s','place':'%s','is_primary':1,'ended':0}", person,
                     ward));
}

static void
add_role (SyncFixture *fixture, const char *person, const char *role, const char *place)
{
  g_autofree char *id = NULL;

  if (place == NULL)
    id = fixture_append (fixture->trust, NULL,
                         fixture_draft ("role_grant", "{'person':'%s','role':'%s','ended':0}",
                                        person, role));
  else
    id = fixture_append (fixture->trust, NULL,
                         fixture_draft ("role_grant",
                                        "{'person':'%s','role':'%s','place':'%s','ended':0}",
                                        person, role, place));
}

static WayTrialServer *server; /* one for all the tests of a program */
static guint n_databases;

static void
stop_server (void)
{
  g_clear_pointer (&server, way_trial_server_free);
}

gboolean
sync_fixture_is_postgresql (void)
{
  return g_strcmp0 (g_getenv ("WAYMARK_TEST_ENGINE"), "postgresql") == 0;
}

WayTrialServer *
sync_fixture_get_server (void)
{
  return server;
}

static void
administer (const char *database, const char *format, ...)
{
  g_autofree char *uri = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), database);
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static const char *const people[] = { "ann", "bob", "dan", "cat", "mia", "lea", "eve", NULL };

static void
start_server (void)
{
  g_autoptr (GError) error = NULL;

  server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);
  atexit (stop_server);
}

/* Eve has a login and is nobody. */
static void
make_logins (SyncFixture *fixture)
{
  for (guint i = 0; people[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (n_databases == 1)
        {
          administer ("postgres", "CREATE ROLE p_%s LOGIN PASSWORD 'pw-%s' IN ROLE waymark_user",
                      people[i], people[i]);
          {
            g_autofree char *role = g_strconcat ("p_", people[i], NULL);
            g_autofree char *password = g_strconcat ("pw-", people[i], NULL);

            way_trial_server_add_password (server, role, password, &error);
            g_assert_no_error (error);
          }
        }
      if (!g_str_equal (people[i], "eve"))
        administer (fixture->path, "INSERT INTO main.login (login, person) VALUES ('p_%s', '%s')",
                    people[i], people[i]);
    }
}

void
sync_fixture_add_login (SyncFixture *fixture, const char *person)
{
  g_autofree char *role = g_strconcat ("p_", person, NULL);
  g_autofree char *password = g_strconcat ("pw-", person, NULL);
  g_autoptr (GError) error = NULL;

  if (!sync_fixture_is_postgresql ())
    return;
  administer ("postgres",
              "DO $$ BEGIN IF to_regrole ('%s') IS NULL THEN"
              " CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE waymark_user; END IF; END $$",
              role, role, password);
  way_trial_server_add_password (server, role, password, &error);
  g_assert_no_error (error);
  administer (fixture->path,
              "INSERT INTO main.login (login, person) VALUES ('%s', '%s') ON CONFLICT DO NOTHING",
              role, person);
}

char *
sync_fixture_dup_login_uri (SyncFixture *fixture, const char *person)
{
  g_autofree char *role = g_strconcat ("p_", person, NULL);

  return way_trial_server_dup_uri (server, role, fixture->path);
}

char *
sync_fixture_dup_role_uri (SyncFixture *fixture, const char *role)
{
  g_autofree char *login = g_strconcat ("l_", role, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *statement = NULL;

  if (!sync_fixture_is_postgresql ())
    return g_strdup (fixture->uri);
  statement = g_strdup_printf ("DO $$ BEGIN IF to_regrole ('%s') IS NULL THEN"
                               " CREATE ROLE %s LOGIN PASSWORD 'pw' IN ROLE %s;"
                               " END IF; END $$",
                               login, login, role);
  administer ("postgres", "%s", statement);
  way_trial_server_add_password (server, login, "pw", &error);
  g_assert_no_error (error);
  return way_trial_server_dup_uri (server, login, fixture->path);
}

static char *
dup_uri_cb (const char *person, gpointer user_data)
{
  return sync_fixture_dup_login_uri (user_data, person);
}

static void
open_peer (SyncFixture *fixture)
{
  fixture->peer = sync_fixture_is_postgresql () ? switch_peer_new (dup_uri_cb, fixture)
                                                : way_sqlite_peer_new_for_store (fixture->trust);
}

void
sync_fixture_set_up (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = fixture_make_folder ();
  if (sync_fixture_is_postgresql ())
    {
      if (server == NULL)
        start_server ();
      fixture->path = g_strdup_printf ("trust%u", ++n_databases);
      administer ("postgres", "CREATE DATABASE %s TEMPLATE template0", fixture->path);
      fixture->uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server),
                                               fixture->path);
    }
  else
    {
      fixture->path = g_build_filename (fixture->folder, "trust.db", NULL);
      fixture->uri = g_strconcat ("sqlite:", fixture->path, NULL);
    }
  fixture->trust = way_store_create_trust (fixture->uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  if (sync_fixture_is_postgresql ())
    {
      way_postgresql_install (fixture->trust, &error);
      g_assert_no_error (error);
      make_logins (fixture);
    }
  open_peer (fixture);
  add_place (fixture, "d", "division", NULL);
  add_place (fixture, "w1", "ward", "d");
  add_place (fixture, "w2", "ward", "d");
  add_person (fixture, "ann", "w1");
  add_person (fixture, "bob", "w1");
  add_person (fixture, "dan", "w2");
  add_person (fixture, "cat", "w1");
  add_person (fixture, "mia", "w1");
  add_person (fixture, "lea", NULL);
  add_role (fixture, "cat", "champion", "w1");
  add_role (fixture, "mia", "manager", "w1");
  add_role (fixture, "lea", "lead", NULL);
}

void
sync_fixture_tear_down (SyncFixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->peer);
  g_assert_finalize_object (g_steal_pointer (&fixture->trust));
  if (sync_fixture_is_postgresql ())
    administer ("postgres", "DROP DATABASE %s", fixture->path);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->uri);
}

WayStore *
sync_fixture_open (SyncFixture *fixture, const char *name, const char *person)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  WayStore *store = way_store_open_device (path, person, &error);

  g_assert_no_error (error);
  return store;
}

void
sync_fixture_sync (SyncFixture *fixture, WayStore *device, WaySyncResult *result)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done = way_sync_run (device, fixture->peer, NULL, result, &error);

  g_assert_no_error (error);
  g_assert_true (is_done);
}

static void
copy_database (SyncFixture *fixture, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->peer);
  g_clear_object (&fixture->trust);
  /* Whoever is in the middle of something is cut off, as by the server's end. */
  administer ("postgres",
              "SELECT pg_terminate_backend (a.pid, 60000) FROM pg_stat_activity AS a"
              " WHERE a.datname = '%s' AND a.pid <> pg_backend_pid ()",
              from);
  administer ("postgres", "DROP DATABASE IF EXISTS %s WITH (FORCE)", to);
  administer ("postgres", "CREATE DATABASE %s TEMPLATE %s", to, from);
  fixture->trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  open_peer (fixture);
}

void
sync_fixture_back_up (SyncFixture *fixture, const char *backup)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, backup, NULL);

  if (sync_fixture_is_postgresql ())
    {
      g_autofree char *name = g_strconcat (fixture->path, "_backup", NULL);

      copy_database (fixture, fixture->path, name);
      return;
    }
  g_unlink (path);
  way_db_backup (way_store_get_db (fixture->trust), path, &error);
  g_assert_no_error (error);
}

void
sync_fixture_restore (SyncFixture *fixture, const char *backup)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;
  g_autofree char *from = g_build_filename (fixture->folder, backup, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (sync_fixture_is_postgresql ())
    {
      g_autofree char *name = g_strconcat (fixture->path, "_backup", NULL);

      copy_database (fixture, name, fixture->path);
      return;
    }
  g_clear_object (&fixture->peer);
  g_clear_object (&fixture->trust);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_unlink (path);
    }
  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  fixture->trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  open_peer (fixture);
}
