/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl/ctl-private.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "content/way-pack.h"
#include "db/way-db.h"

static int
print_version (int argc, char **argv)
{
  if (argc > 1)
    return ctl_usage ();
  g_print ("waymarkctl %s\n", WAY_VERSION);
  return CTL_DONE;
}

/**
 * ctl_fail:
 * @error: (transfer none): why
 *
 * Returns: the exit code of failure, having said why in one sentence
 */
int
ctl_fail (GError *error)
{
  g_printerr ("waymarkctl: %s\n", error != NULL ? error->message : "it did not work");
  return CTL_FAILED;
}

int
ctl_fail_text (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("waymarkctl: %s\n", text);
  return CTL_FAILED;
}

#define MOST_PROBLEMS 50 /* told at once */

/**
 * ctl_complain:
 * @problems: (element-type utf8): what is wrong in a file, with its line; at least one
 * @path: the file
 *
 * Returns: the exit code of failure, having said of a file what is to be put right in it
 */
int
ctl_complain (GPtrArray *problems, const char *path)
{
  for (guint i = 0; i < problems->len && i < MOST_PROBLEMS; i++)
    g_printerr ("%s: %s\n", path, (const char *) problems->pdata[i]);
  return ctl_fail_text ("nothing was changed: put right what is said of %s (problems: %u)", path,
                        problems->len);
}

/* What is written takes the place of the file that was there: never that of a device or a pipe,
 * which a rename would put out of the world. */
static gboolean
may_write (const GOptionEntry *entries)
{
  const char *const written[] = { "out", "bundle", "ident", "ledger", NULL };

  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    {
      const char *path = g_strv_contains (written, entry->long_name) ? *(char **) entry->arg_data
                                                                     : NULL;

      if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)
          || g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      g_printerr ("waymarkctl: “%s” is not a file, and is left as it is\n", path);
      return FALSE;
    }
  return TRUE;
}

/**
 * ctl_parse:
 * @entries: the options
 *
 * Takes the options out of the arguments.
 *
 * Returns: FALSE when they are wrong, having said so
 */
gboolean
ctl_parse (int *argc, char ***argv, const GOptionEntry *entries)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return may_write (entries);
  g_printerr ("waymarkctl: %s\n", error->message);
  ctl_usage ();
  return FALSE;
}

/**
 * ctl_dup_pack_path:
 *
 * Returns: (transfer full): the pack that is installed, or the one of WAYMARK_PACK
 */
char *
ctl_dup_pack_path (void)
{
  const char *path = g_getenv ("WAYMARK_PACK");
  const char *data = g_getenv ("WAYMARK_DATADIR");

  if (path != NULL && *path != '\0')
    return g_strdup (path);
  return g_build_filename (data != NULL ? data : WAY_PKGDATADIR, "content", "core", NULL);
}

static int
doctor (int argc, char **argv)
{
  g_autofree char *trust = NULL;
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust, NULL, NULL },
    { NULL },
  };
  g_autofree char *pack_path = ctl_dup_pack_path ();
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "waymark", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  gboolean is_well = TRUE;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc > 1)
    return ctl_usage ();
  g_print ("version: %s\n", WAY_VERSION);
  g_print ("data: %s\n", data);
  pack = way_pack_open (pack_path, NULL, &error);
  if (pack != NULL)
    g_print ("pack: %s %d, %u modules, %u baseline questions\n", way_pack_get_id (pack),
             way_pack_get_version (pack), way_pack_get_modules (pack)->len,
             way_pack_get_baseline (pack)->len);
  else
    {
      g_print ("pack: cannot be used: %s\n", error->message);
      g_clear_error (&error);
      is_well = FALSE;
    }
  if (trust != NULL)
    {
      g_autoptr (WayDb) db = way_db_open (trust, WAY_DB_READ_ONLY, &error);

      if (db != NULL)
        {
          g_print ("trust: can be opened (%s)\n", way_db_get_engine (db));
          ctl_print_ticked (db, way_db_is_postgresql (db) ? "api.meta" : "meta");
        }
      else
        {
          g_print ("trust: cannot be opened: %s\n", error->message);
          is_well = FALSE;
        }
    }
  return is_well ? CTL_DONE : CTL_FAILED;
}

/* What was printed may have gone nowhere: onto a full disk, say. */
static int
finish (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  return status != CTL_DONE ? status : ctl_fail_text ("what was printed could not be written");
}

/* Whether it is asked how a command is used, before what ends the options. */
static gboolean
asks_for_help (int argc, char **argv)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      return TRUE;
  return argc > 1 && g_str_equal (argv[1], "help");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int (*run) (int argc, char **argv);
  } commands[] = {
    { "demo", ctl_demo },   { "sync", ctl_sync },
    { "trust", ctl_trust }, { "report", ctl_report },
    { "pack", ctl_pack },   { "qti", ctl_qti },
    { "irt", ctl_irt },     { "certificate", ctl_certificate },
    { "doctor", doctor },   { "version", print_version },
  };

  setlocale (LC_ALL, "C.UTF-8");
  ctl_usage_take (argv);
  if (argc < 2)
    return ctl_usage ();
  if (g_str_equal (argv[1], "--version"))
    return finish (print_version (argc - 1, argv + 1));
  if (asks_for_help (argc, argv))
    {
      g_autofree char *text = ctl_usage_to_string (NULL);

      g_print ("%s", text);
      return finish (CTL_DONE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, argv[1]))
        return finish (commands[i].run (argc - 1, argv + 1));
    }
  return ctl_usage ();
}
