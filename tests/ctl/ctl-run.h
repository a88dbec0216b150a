/* ctl-run.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

static char *program;
static char *folder; /* where everything of this run lies */
static char *trust;  /* URI */

typedef struct
{
  int status;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* Arguments with blanks between them; %t is the trust, %f the folder. */
static Run
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
