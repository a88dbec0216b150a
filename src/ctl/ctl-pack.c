/* ctl-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "content/way-pack.h"
#include "content/way-qti-import.h"
#include "content/way-quiz.h"
#include "session/way-pack-judge.h"

/* Every problem on stderr, then what is in the pack. Questions of others need not be written
 * as ours are. */
static int
check (int argc, char **argv)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *counts = NULL;
  gboolean without_style = FALSE;
  WayPackJudge flags = WAY_PACK_JUDGE_ANSWERS;
  const GOptionEntry entries[] = {
    { "without-style", 0, 0, G_OPTION_ARG_NONE, &without_style, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc != 3)
    return ctl_usage ();
  if (!without_style)
    flags |= WAY_PACK_JUDGE_STYLE;
  if (!way_pack_judge (argv[2], flags, problems, &counts, &error))
    return ctl_fail (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  if (problems->len == 0)
    g_print ("%s: nothing wrong\n", argv[2]);
  if (counts != NULL)
    g_print ("%s\n", counts);
  if (problems->len > 0)
    return ctl_fail_text ("%u problems in %s", problems->len, argv[2]);
  return CTL_DONE;
}

/* Questions of others: a pack of what could be taken, and a report of what could not. */
static int
import_questions (int argc, char **argv)
{
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPack) framework = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *out = NULL;
  g_autofree char *capability = NULL;
  int level = 2;
  int seconds = 60;
  guint n_taken;
  guint n_left;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { "capability", 0, 0, G_OPTION_ARG_STRING, &capability, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_INT, &level, NULL, NULL },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (!g_str_equal (argv[1], "import-qti") && !g_str_equal (argv[1], "import-gift")
      && !g_str_equal (argv[1], "import-moodle"))
    return ctl_usage ();
  if (argc != 3 || out == NULL || level < 1 || level > 4 || seconds < 1 || seconds > 3600)
    return ctl_usage ();
  path = ctl_dup_pack_path ();
  framework = way_pack_open (path, NULL, &error);
  if (framework == NULL)
    return ctl_fail (error);
  if (capability == NULL)
    capability = g_strdup ("C");
  if (way_pack_find_capability (framework, capability) < 0)
    return ctl_fail_text ("there is no capability “%s”", capability);

  {
    const WayQtiImport options = { path, capability, level, seconds };
    gboolean is_made;

    if (g_str_equal (argv[1], "import-qti"))
      is_made = way_qti_import (argv[2], out, &options, report, &n_taken, &n_left, &error);
    else
      is_made = way_quiz_import (g_str_equal (argv[1], "import-gift") ? WAY_QUIZ_GIFT
                                                                      : WAY_QUIZ_MOODLE,
                                 argv[2], out, &options, report, &n_taken, &n_left, &error);

    for (guint i = 0; i < report->len; i++)
      g_printerr ("%s\n", (const char *) g_ptr_array_index (report, i));
    if (!is_made)
      return ctl_fail (error);
  }
  g_print ("%s\nquestions taken %u, left %u, notes %u\n", out, n_taken, n_left, report->len);
  return CTL_DONE;
}

/**
 * ctl_pack:
 *
 * Begins, shows, checks, builds, exports and imports content packs.
 */
int
ctl_pack (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc >= 2 && g_str_has_prefix (argv[1], "import-"))
    return import_questions (argc, argv);
  if (argc >= 2 && g_str_equal (argv[1], "export-scorm"))
    return ctl_pack_export_scorm (argc, argv);
  if (argc >= 2 && g_str_equal (argv[1], "new"))
    return ctl_pack_new (argc, argv);
  if (argc >= 2 && g_str_equal (argv[1], "preview"))
    return ctl_pack_preview (argc, argv);
  if (argc >= 2 && g_str_equal (argv[1], "check"))
    return check (argc, argv);
  if (argc == 4 && g_str_equal (argv[1], "build"))
    {
      if (!way_pack_build (argv[2], argv[3], &error))
        return ctl_fail (error);
      g_print ("%s\n", argv[3]);
      return CTL_DONE;
    }
  return ctl_usage ();
}
