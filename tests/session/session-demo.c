/* session-demo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "ctl/way-demo.h"

/* The synthetic trust of this program, as a file: made once, and each test has a copy. */
static char *demo;
static gsize demo_length;

static char *
dup_username (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *username = way_db_dup_text (db, sql, &error);

  g_assert_no_error (error);
  g_assert_nonnull (username);
  return username;
}

static void
make (SessionFixture *fixture, guint n_people, guint64 seed)
{
  g_autofree char *path = way_db_dup_path (fixture->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_create_trust (fixture->uri, "Test", "ZZ9", TRUE, &error);

  g_assert_no_error (error);
  way_demo_run (trust, way_session_get_pack (fixture->session), n_people, seed, g_get_real_time (),
                &error);
  g_assert_no_error (error);
  way_store_close (trust);
  g_file_get_contents (path, &demo, &demo_length, &error);
  g_assert_no_error (error);
}

static void
name_people (SessionFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, TRUE, &error);
  g_autofree char *sql = NULL;
  WayDb *db;

  g_assert_no_error (error);
  db = way_store_get_db (trust);
  fixture->learner =
      dup_username (db, "SELECT p.username FROM person p JOIN membership m ON m.person = p.person "
                        "JOIN role r ON r.unit = m.unit AND r.role = 'champion' "
                        "WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.person = p.person) "
                        "AND NOT EXISTS (SELECT 1 FROM role o WHERE o.person = p.person) "
                        "ORDER BY p.username LIMIT 1");
  sql = g_strdup_printf ("SELECT c.username FROM person c JOIN role r ON r.person = c.person "
                         "AND r.role = 'champion' JOIN membership m ON m.unit = r.unit "
                         "JOIN person p ON p.person = m.person WHERE p.username = '%s' LIMIT 1",
                         fixture->learner);
  fixture->champion = dup_username (db, sql);
  fixture->lead = dup_username (db, "SELECT p.username FROM person p JOIN role r "
                                    "ON r.person = p.person AND r.role = 'lead' LIMIT 1");
  way_store_close (trust);
}

/* The same trust for each test of a program: the first decides. */
void
session_fixture_set_up_demo (SessionFixture *fixture, guint n_people, guint64 seed)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("way-session-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->stores = g_build_filename (fixture->folder, "stores", NULL);
  fixture->session = session_fixture_new_session (fixture);
  if (demo == NULL)
    make (fixture, n_people, seed);
  else
    {
      g_autofree char *path = way_db_dup_path (fixture->uri);

      g_file_set_contents_full (path, demo, (gssize) demo_length, G_FILE_SET_CONTENTS_NONE, 0600,
                                &error);
      g_assert_no_error (error);
    }
  name_people (fixture);
}
