/* test-author.c: what somebody who writes a pack does at the command line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ctl-run.h"

/* What an author gets wrong: the exit code, and a word of what they are told. %f/there is a
 * pack, %f/other a folder with something else in it. */
static const struct
{
  const char *line;
  int status;
  const char *told;
} wrong[] = {
  { "pack", 2, "Usage" },
  { "pack new", 2, "Usage" },
  { "pack new %f/a %f/b", 2, "Usage" },
  { "pack new %f/a --level 5", 2, "Usage" },
  { "pack new %f/a --level many", 2, "many" },
  { "pack new %f/a --colour blue", 2, "colour" },
  { "pack new %f/a --capability Q", 1, "“Q”" },
  { "pack new %f/a --module ../out", 1, "../out" },
  { "pack new %f/a --module a..b", 1, "a..b" },
  { "pack new %f/a --module 1st", 1, "1st" },
  { "pack new %f/a --module M@ID@", 1, "M@ID@" },
  { "pack new %f/a --module abcdefghijklmnopqrstuvwxyzabcdefg", 1, "abcdefg" },
  { "pack new %f/a --id 9lives", 1, "9lives" },
  { "pack new %f/9lives", 1, "9lives" },
  { "pack new %f/a --title \n", 1, "one line" },
  { "pack new %f/no/such/folder", 1, "folder" },
  { "pack new %f/other", 1, "other" },
  { "pack new %f/there", 1, "already a pack" },
  { "pack new %f/there --module M1", 1, "“M1”" },
  { "pack new %f/there --module M2 --id other", 2, "Usage" },
  { "pack new %f/there --module M2 --capability Q", 1, "“Q”" },
  { "pack preview", 2, "Usage" },
  { "pack preview %f/there M1 M2", 2, "Usage" },
  { "pack preview %f/there --module", 2, "module" },
  { "pack preview %f/nowhere", 1, "nowhere" },
  { "pack preview %f/other", 1, "other" },
  { "pack preview %f/there M9", 1, "“M9”" },
  { "pack preview %f/there M1", 1, "no display" },
  { "pack export-scorm", 2, "Usage" },
  { "pack export-scorm %f/there M1", 2, "Usage" },
  { "pack export-scorm %f/there --out %f/a.zip", 2, "Usage" },
  { "pack export-scorm %f/there M1 --out %f/a.html", 2, "Usage" },
  { "pack export-scorm %f/nowhere M1 --out %f/a.zip", 1, "nowhere" },
  { "pack export-scorm %f/there M9 --out %f/a.zip", 1, "“M9”" },
  { "pack export-scorm %f/there M1 --out %f/no/such/a.zip", 1, "a.zip" },
  { "pack import-gift", 2, "Usage" },
  { "pack import-gift %f/none.gift --out %f/a", 1, "none.gift" },
  { "pack import-gift %f/empty.gift --out %f/a", 1, "empty.gift" },
  { "pack import-gift %f/empty.gift --out %f/there", 1, "there" },
  { "pack import-moodle %f/none.xml --out %f/a", 1, "none.xml" },
  { "pack import-moodle %f/empty.gift --out %f/a", 1, "empty.gift" },
  { "pack import-moodle %f/there/pack.xml --out %f/a", 1, "pack.xml" },
};

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
write_text (const char *name, const char *text)
{
  g_autofree char *path = in_folder (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Every file below a folder with the digest of what is in it. */
static void
list_files (const char *path, GString *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *file = names->pdata[i];
      g_autofree char *contents = NULL;
      g_autofree char *digest = NULL;
      gsize length = 0;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        {
          list_files (file, text);
          continue;
        }
      g_assert_true (g_file_get_contents (file, &contents, &length, NULL));
      digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
      g_string_append_printf (text, "%s %s\n", file, digest);
    }
}

static char *
list_all (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  list_files (folder, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_checked (const char *pack, const char *counts)
{
  g_autofree char *line = g_strdup_printf ("pack check %%f/%s", pack);
  g_auto (Run) checked = run (line);

  g_assert_cmpstr (checked.err, ==, "");
  g_assert_cmpint (checked.status, ==, 0);
  g_assert_nonnull (strstr (checked.out, counts));
}

static void
assert_made (const char *line)
{
  g_auto (Run) made = run (line);

  g_assert_cmpstr (made.err, ==, "");
  g_assert_cmpint (made.status, ==, 0);
  g_assert_true (g_str_has_suffix (g_strchomp (made.out), "module.xml"));
  g_assert_true (g_file_test (made.out, G_FILE_TEST_IS_REGULAR));
}

/* What is made has nothing wrong, however often: with the framework of the core, then one
 * module after the other, with titles that XML and templates could stumble over. */
static void
test_new (void)
{
  g_autofree char *path = in_folder ("new/modules/E.2-x/module.xml");
  g_autofree char *empty = in_folder ("new");
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir (empty, 0755), ==, 0);
  assert_made ("pack new %f/new --title Our&<own>@OWNER@ --owner Ward@TITLE@");
  assert_checked ("new", "modules 1, items 8, baseline items 0, desks 1");
  assert_made ("pack new %f/new --module E.2-x --capability E --level 3 --title “@ID@”&amp;");
  assert_made ("pack new %f/new/ --module second --owner O’Neill");
  assert_checked ("new", "modules 3, items 24, baseline items 0, desks 3");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "<title>“@ID@”&amp;amp;</title>"));
  g_assert_nonnull (strstr (text, "capability=\"E\" level=\"3\""));

  {
    g_auto (Run) built = run ("pack build %f/new %f/new.zip");
    g_auto (Run) zip = run ("pack check %f/new.zip");

    g_assert_cmpstr (built.err, ==, "");
    g_assert_cmpint (zip.status, ==, 0);
  }
  /* A zip is not changed. */
  {
    g_auto (Run) refused = run ("pack new %f/new.zip --module M9");

    g_assert_cmpint (refused.status, ==, 1);
  }
  run_remove (empty);
}

/* What an author wrote into pack.xml stays as it is. */
static void
test_new_keeps (void)
{
  g_autofree char *path = in_folder ("kept/pack.xml");
  g_autofree char *kept = in_folder ("kept");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GString) changed = NULL;

  assert_made ("pack new %f/kept");
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  changed = g_string_new (before);
  g_assert_cmpuint (g_string_replace (changed, "  <pathways>",
                                      "  <!-- </modules> mine -->\n  <pathways>", 1),
                    ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  assert_made ("pack new %f/kept --module M2");
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_string_replace (changed, "    <module href=\"modules/M1/module.xml\"/>\n",
                    "    <module href=\"modules/M1/module.xml\"/>\n"
                    "    <module href=\"modules/M2/module.xml\"/>\n",
                    1);
  g_assert_cmpstr (after, ==, changed->str);
  run_remove (kept);
}

/* Each is told in one sentence or shown the usage; and nothing anywhere is changed. */
static void
test_wrong (void)
{
  g_autofree char *there = in_folder ("there");
  g_autofree char *other = in_folder ("other");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  assert_made ("pack new %f/there");
  g_assert_cmpint (g_mkdir (other, 0755), ==, 0);
  write_text ("other/notes.txt", "mine\n");
  write_text ("empty.gift", "// nothing\n");
  before = list_all ();
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) result = run (wrong[i].line);

      g_test_message ("%s", wrong[i].line);
      if (strstr (result.err, wrong[i].told) == NULL)
        g_error ("“%s” was told: %s", wrong[i].line, result.err);
      g_assert_cmpint (result.status, ==, wrong[i].status);
      g_assert_cmpstr (result.out, ==, "");
    }
  after = list_all ();
  g_assert_cmpstr (after, ==, before);
  run_remove (there);
  run_remove (other);
}

/* A file of the module is there already: it stays, and nothing else comes. */
static void
test_new_never_overwrites (void)
{
  g_autofree char *pack = in_folder ("full");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  assert_made ("pack new %f/full");
  write_text ("full/media/M2-card.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
  before = list_all ();
  {
    g_auto (Run) refused = run ("pack new %f/full --module M2");

    g_assert_cmpint (refused.status, ==, 1);
    g_assert_nonnull (strstr (refused.err, "M2-card.svg"));
  }
  after = list_all ();
  g_assert_cmpstr (after, ==, before);
  run_remove (pack);
}

/* Questions of others: what is taken is in the pack, what is not is named with its line. */
static void
test_import (void)
{
  g_autofree char *pack = in_folder ("quiz");

  write_text ("quiz.gift", "::One:: Which is a digit? {=7 ~x ~y}\n\n"
                           "::Two:: Write about your day. {}\n\n"
                           "::Three:: Broken {=a ~b\n");
  {
    g_auto (Run) taken = run ("pack import-gift %f/quiz.gift --out %f/quiz");

    g_assert_cmpint (taken.status, ==, 0);
    g_assert_nonnull (strstr (taken.out, "questions taken 1, left 2"));
    g_assert_nonnull (strstr (taken.err, "quiz.gift:3: "));
    g_assert_nonnull (strstr (taken.err, "quiz.gift:5: "));
  }
  run_remove (pack);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  run_begin (argv[1]);
  run_use_pack ();
  g_setenv ("G_DEBUG", "fatal-criticals", TRUE);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");

  g_test_add_func ("/author/new", test_new);
  g_test_add_func ("/author/new/keeps", test_new_keeps);
  g_test_add_func ("/author/new/never-overwrites", test_new_never_overwrites);
  g_test_add_func ("/author/import", test_import);
  g_test_add_func ("/author/wrong-usage", test_wrong);
  return run_end ();
}
