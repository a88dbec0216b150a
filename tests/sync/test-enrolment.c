/* test-enrolment.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-enrolment.h"

#include <string.h>

/* A first sign-in with a file and no trust in reach; the first meeting uses it up. */

static char *
issue (SyncFixture *fixture, const char *username)
{
  char *path = g_strdup_printf ("%s/%s.enrol", fixture->folder, username);
  g_autoptr (GError) error = NULL;

  way_enrolment_issue (fixture->trust, username, path, &error);
  g_assert_no_error (error);
  return path;
}

static WayStore *
open_with (SyncFixture *fixture, const char *file, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayEnrolment) enrolment = way_enrolment_read (file, &error);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  WayStore *store;

  g_assert_no_error (error);
  store = way_enrolment_open_store (enrolment, path, &error);
  g_assert_no_error (error);
  g_free (fixture_append (store, NULL,
                          fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}")));
  return store;
}

static void
assert_turned_away (SyncFixture *fixture, WayStore *device, const char *words)
{
  g_autoptr (GError) error = NULL;
  guint n_unsent;

  g_assert_false (way_sync_run (device, fixture->peer, NULL, NULL, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  /* Nothing of it is lost. */
  g_assert_true (way_store_count_unsent (device, &n_unsent, NULL));
  g_assert_cmpuint (n_unsent, ==, 1);
}

static void
test_once (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *file = issue (fixture, "ann");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayEnrolment) enrolment = way_enrolment_read (file, &error);
  g_autoptr (WayStore) first = NULL;
  g_autoptr (WayStore) second = NULL;
  WaySyncResult result;

  g_assert_no_error (error);
  g_assert_cmpstr (enrolment->person, ==, "ann");
  g_assert_cmpstr (enrolment->organisation, ==, "St Elsewhere");
  /* The trust does not keep the code. */
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM enrolment WHERE person = 'ann' AND used = 0", "1");
  g_assert_false (way_enrolment_issue (fixture->trust, "ann", file, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_clear_error (&error);
  g_assert_false (way_enrolment_issue (fixture->trust, "nobody", "/nonexistent/x", &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);

  first = open_with (fixture, file, "first.store");
  second = open_with (fixture, file, "second.store");
  sync_fixture_sync (fixture, first, &result);
  g_assert_cmpuint (result.acked, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM enrolment WHERE used > 0", "1");
  assert_turned_away (fixture, second, "another computer");
  sync_fixture_sync (fixture, first, &result);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE author = 'ann'", "1");
}

static void
test_forged (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *file = issue (fixture, "ann");
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "forged.store", NULL);
  g_autofree char *late = g_build_filename (fixture->folder, "late.store", NULL);
  g_autoptr (WayEnrolment) enrolment = way_enrolment_read (file, NULL);
  g_autoptr (WayStore) forged = NULL;
  g_autoptr (WayStore) old = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  /* Every byte counts. */
  g_assert_true (g_file_get_contents (file, &text, &length, NULL));
  for (gsize i = 0; i < length; i += 7)
    {
      g_autoptr (WayEnrolment) damaged = NULL;

      text[i] ^= 1;
      g_assert_true (g_file_set_contents (file, text, (gssize) length, NULL));
      damaged = way_enrolment_read (file, &error);
      g_assert_null (damaged);
      g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
      g_clear_error (&error);
      text[i] ^= 1;
    }
  enrolment->code[0] = enrolment->code[0] == 'a' ? 'b' : 'a';
  forged = way_enrolment_open_store (enrolment, path, &error);
  g_assert_no_error (error);
  g_free (fixture_append (forged, NULL,
                          fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}")));
  assert_turned_away (fixture, forged, "did not make");

  g_assert_true (g_file_set_contents (file, text, (gssize) length, NULL));
  old = open_with (fixture, file, "late.store");
  g_assert_true (
      way_db_exec (way_store_get_db (fixture->trust), "UPDATE enrolment SET expires = 1", NULL));
  assert_turned_away (fixture, old, "too old");
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/enrolment/once", test_once);
  ADD ("/sync/enrolment/forged", test_forged);
  return g_test_run ();
}
