/* test-begun.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-lesson.h"
#include "sync/way-pack-chunks.h"

#include <glib/gstdio.h>

/* A pack comes while somebody is in the middle of one of its modules. */

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_tree (source, target);
          continue;
        }
      g_assert_true (g_file_get_contents (source, &bytes, &size, NULL));
      g_assert_true (g_file_set_contents (target, bytes, (gssize) size, NULL));
    }
}

static void
swap (const char *folder, const char *file, const char *from, const char *to)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) whole = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  whole = g_string_new (text);
  g_assert_cmpuint (g_string_replace (whole, from, to, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, whole->str, -1, NULL));
}

/* Pack 3 with module M1 in version 1, or pack 4 with it in version 2. */
static char *
make_folder (SessionFixture *fixture, gboolean is_new)
{
  g_autofree char *good = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
  char *folder = g_build_filename (fixture->folder, is_new ? "new" : "old", NULL);
  g_autofree char *welsh = g_build_filename (folder, "pack.cy.xml", NULL);
  g_autofree char *welsh_module = g_build_filename (folder, "modules", "M1", "module.cy.xml", NULL);

  copy_tree (good, folder);
  g_assert_cmpint (g_unlink (welsh), ==, 0);
  g_assert_cmpint (g_unlink (welsh_module), ==, 0);
  if (is_new)
    {
      swap (folder, "pack.xml", " version=\"3\"", " version=\"4\"");
      swap (folder, "modules/M1/module.xml", " version=\"1\"", " version=\"2\"");
    }
  return folder;
}

/* As it lies where packs are put. */
static char *
place (const char *folder, int version)
{
  g_autofree char *packs = way_pack_chunks_dup_folder ();
  g_autofree char *name = g_strdup_printf ("good-%d-0123456789abcdef.zip", version);
  char *path = g_build_filename (packs, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (packs, 0700), ==, 0);
  way_pack_build (folder, path, &error);
  g_assert_no_error (error);
  return path;
}

/* The program is started with a pack. */
static void
start (SessionFixture *fixture, const char *pack, const char *username)
{
  g_autoptr (GError) error = NULL;

  if (way_session_is_signed_in (fixture->session))
    session_fixture_sign_out (fixture);
  session_fixture_drop_session (fixture);
  fixture->session = way_session_new (pack, "en-GB", fixture->stores, &error);
  g_assert_no_error (error);
  session_fixture_sign_in (fixture, username);
}

static WayLesson *
open_lesson (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WayLesson *lesson;

  way_session_open_lesson_async (fixture->session, "M1", NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  lesson = way_session_open_lesson_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return lesson;
}

static void
expect (SessionFixture *fixture, int version)
{
  g_autoptr (WayLesson) lesson = open_lesson (fixture);

  g_assert_cmpint (way_lesson_get_module (lesson)->version, ==, version);
  g_assert_cmpint (way_pack_get_version (way_lesson_get_pack (lesson)), ==, version + 2);
}

static void
save_step (SessionFixture *fixture, const char *step)
{
  g_autoptr (WayLesson) lesson = open_lesson (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_lesson_save_step_async (lesson, step, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_lesson_write_finish (lesson, result, &error);
  g_assert_no_error (error);
}

static void
start_check (SessionFixture *fixture)
{
  g_autoptr (WayLesson) lesson = open_lesson (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPaper) paper = NULL;

  way_lesson_start_check_async (lesson, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  paper = way_lesson_start_check_finish (lesson, result, &error);
  g_assert_no_error (error);
}

static void
do_on_shift (SessionFixture *fixture)
{
  g_autoptr (WayLesson) lesson = open_lesson (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_lesson_save_shift_done_async (lesson, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_lesson_write_finish (lesson, result, &error);
  g_assert_no_error (error);
}

/* Who is in the middle of a module finishes the version they began, also after a restart; then,
 * and for everybody else, there is the new one. */
static void
test_begun (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *old_folder = make_folder (fixture, FALSE);
  g_autofree char *new_folder = make_folder (fixture, TRUE);
  g_autofree char *old = place (old_folder, 3);
  g_autofree char *new = place (new_folder, 4);
  g_autofree char *said = NULL;

  start (fixture, old, "ann");
  expect (fixture, 1);
  save_step (fixture, "why");

  start (fixture, new, "bob");
  expect (fixture, 2);
  start (fixture, new, "ann");
  expect (fixture, 1);
  /* What it asks is of that version too, and says so. */
  start_check (fixture);
  session_fixture_sync_now (fixture);
  said = session_fixture_ask_trust (fixture, "SELECT body->>'pack_version' FROM event"
                                             " WHERE kind = 'attempt' AND author = 'ann'");
  g_assert_cmpstr (said, ==, "3");
  expect (fixture, 1);

  /* The version that came with the program counts as well; where it is nowhere any more, the
   * new one is better than none. */
  g_assert_cmpint (g_unlink (old), ==, 0);
  start (fixture, new, "ann");
  expect (fixture, 2);
  way_session_set_installed_pack (fixture->session, old_folder);
  expect (fixture, 1);

  do_on_shift (fixture);
  expect (fixture, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/session/begun/finishes-its-version", SessionFixture, NULL, session_fixture_set_up,
              test_begun, session_fixture_tear_down);
  return g_test_run ();
}
