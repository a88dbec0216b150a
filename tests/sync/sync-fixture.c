/* sync-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

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

void
sync_fixture_set_up (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = fixture_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "trust.db", NULL);
  fixture->uri = g_strconcat ("sqlite:", fixture->path, NULL);
  fixture->trust = way_store_create_trust (fixture->uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  fixture->peer = way_sqlite_peer_new_for_store (fixture->trust);
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

void
sync_fixture_restore (SyncFixture *fixture, const char *backup)
{
  static const char *const endings[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_clear_object (&fixture->peer);
  g_clear_object (&fixture->trust);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_unlink (path);
    }
  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, length, NULL));
  fixture->trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  fixture->peer = way_sqlite_peer_new_for_store (fixture->trust);
}
