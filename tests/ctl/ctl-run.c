/* ctl-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl-run.h"

#include <glib/gstdio.h>

char *program;
char *folder;
char *trust;

/* Runs of @waymarkctl, with a folder of their own and the place of a trust in it. */
void
run_begin (const char *waymarkctl)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (waymarkctl);
  program = g_canonicalize_filename (waymarkctl, NULL);
  folder = g_dir_make_tmp ("way-ctl-XXXXXX", &error);
  g_assert_no_error (error);
  trust = g_strdup_printf ("sqlite:%s/trust.db", folder);
}

/* Runs the tests and tidies up. */
int
run_end (void)
{
  int status = g_test_run ();

  run_remove (folder);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&program, g_free);
  g_clear_pointer (&trust, g_free);
  return status;
}

/* What is run finds the pack of the tree. */
void
run_use_pack (void)
{
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);

  g_setenv ("WAYMARK_PACK", pack, TRUE);
}

void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

/* Arguments with blanks between them; %t is the trust, %f the folder. */
Run
run (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_auto (GStrv) built = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  Run result = { 0 };

  g_strv_builder_add (argv, program);
  for (guint i = 0; words[i] != NULL; i++)
    {
      GString *word = g_string_new (words[i]);

      if (word->len == 0)
        {
          g_string_free (word, TRUE);
          continue;
        }
      g_string_replace (word, "%t", trust, 0);
      g_string_replace (word, "%f", folder, 0);
      g_strv_builder_add (argv, word->str);
      g_string_free (word, TRUE);
    }
  built = g_strv_builder_end (argv);
  process = g_subprocess_newv ((const char *const *) built,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result.out, &result.err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  result.status = g_subprocess_get_exit_status (process);
  return result;
}

/* A file, or a folder with all that is in it. */
void
run_remove (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      run_remove (child);
    }
  g_remove (path);
}

void
run_write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}
