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

typedef struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *usage;
} Command;

static int
print_version (int argc, char **argv)
{
  g_print ("waymarkctl %s\n", WAY_VERSION);
  return CTL_DONE;
}

static int doctor (int argc, char **argv);

static const Command commands[] = {
  { "demo", ctl_demo, "demo --trust URI [--people N] [--seed S] [--pack PACK] [--until DATE]" },
  { "demo", ctl_demo,
    "demo device --store FILE --trust URI --person USERNAME --events N [--seed S]" },
  { "sync", ctl_sync,
    "sync --store FILE --trust URI [--ticket] | --bundle FILE [--all] | --receipt FILE" },
  { "trust", ctl_trust, "trust create URI --organisation NAME --ods CODE" },
  { "trust", ctl_trust, "trust check URI [--pack PACK] [--all]" },
  { "trust", ctl_trust, "trust rebuild|status|upgrade URI" },
  { "trust", ctl_trust, "trust tick|after-restore URI [--ledger FILE]" },
  { "trust", ctl_trust, "trust erase URI USERNAME [--reason TEXT] [--by USERNAME]" },
  { "trust", ctl_trust, "trust erase URI USERNAME --confirm --ledger FILE [--by USERNAME]" },
  { "trust", ctl_trust, "trust redact URI EVENT --reason TEXT [--by USERNAME]" },
  { "trust", ctl_trust, "trust redact URI EVENT --confirm --ledger FILE [--by USERNAME]" },
  { "trust", ctl_trust, "trust retention URI [--dry-run] [--ledger FILE]" },
  { "trust", ctl_trust, "trust import-people URI FILE [--dry-run] [--ending N]" },
  { "trust", ctl_trust, "trust import-people URI --undo" },
  { "trust", ctl_trust, "trust import-bundle URI FILE [--receipt FILE]" },
  { "trust", ctl_trust, "trust sync-logins URI [--tickets] [--ident FILE] [--out FILE]" },
  { "trust", ctl_trust, "trust enrol URI USERNAME --out FILE" },
  { "trust", ctl_trust, "trust disable URI USERNAME" },
  { "trust", ctl_trust, "trust demo-server [--people N] [--seed S]" },
  { "trust", ctl_trust, "trust publish URI PACK" },
  { "report", ctl_report, "report list" },
  { "report", ctl_report,
    "report show NAME --trust URI [--as-at DATE] [--unit CODE] [--staff-group ID] [--format "
    "csv|json] [--out FILE]" },
  { "report", ctl_report, "report verify FILE" },
  { "pack", ctl_pack,
    "pack new FOLDER [--module ID] [--title TEXT] [--owner TEXT] [--capability ID] [--level N] "
    "[--id ID]" },
  { "pack", ctl_pack, "pack preview FOLDER [MODULE]" },
  { "pack", ctl_pack, "pack check [--without-style] PACK" },
  { "pack", ctl_pack, "pack build FOLDER ZIP" },
  { "pack", ctl_pack, "pack export-scorm PACK MODULE --out FILE.zip" },
  { "pack", ctl_pack, "pack import-qti FOLDER|ZIP --out PACK" },
  { "pack", ctl_pack, "pack import-gift FILE --out PACK" },
  { "pack", ctl_pack, "pack import-moodle FILE --out PACK" },
  { "qti", ctl_qti, "qti score ITEM.xml --responses FILE.json" },
  { "qti", ctl_qti, "qti score [ITEM.xml] --cases FILE.json" },
  { "irt", ctl_irt,
    "irt estimate --bank B.csv --responses R.csv (--method eap|ml|bm|wl | --joint --rho R)" },
  { "irt", ctl_irt, "irt next --bank B.csv --responses R.csv --rule mfi|joint [--at THETA]" },
  { "irt", ctl_irt,
    "irt calibrate --responses R.csv --model rasch|1pl|2pl --method mml|cml|map [--priors P.csv] "
    "[--anchors A.csv]" },
  { "irt", ctl_irt, "irt bank [--pack PACK] [--trust URI]" },
  { "irt", ctl_irt, "irt fit --responses R.csv [--bank B.csv]" },
  { "irt", ctl_irt, "irt dif --responses R.csv --groups G.csv [--bank B.csv]" },
  { "irt", ctl_irt,
    "irt simulate --bank B.csv|--items N --depth short|closer|calibrated|yesno --people N [--rho "
    "R] "
    "[--seed S]" },
  { "irt", ctl_irt,
    "irt angoff --bank B.csv --judges N | --ratings A.csv [--bank B.csv [--publish URI]]" },
  { "irt", ctl_irt, "irt rho --bank B.csv --responses R.csv [--publish URI]" },
  { "irt", ctl_irt, "irt replay (--store FILE | --trust URI) --attempt ID [--pack PACK]" },
  { "irt", ctl_irt, "irt publish --trust URI --parameters FILE.csv --note TEXT [--pack PACK]" },
  { "irt", ctl_irt, "irt policy --trust URI [--minutes N] [--rapid-share S]" },
  { "irt", ctl_irt, "irt extract --trust URI --out FOLDER [--user USERNAME]" },
  { "certificate", ctl_certificate,
    "certificate verify CODE --trust URI [--format text|csv|json]" },
  { "doctor", doctor, "doctor [--trust URI]" },
  { "version", print_version, "version" },
};

static void
print_usage (GString *text)
{
  g_string_append (text, "Usage:\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  waymarkctl %s\n", commands[i].usage);
  g_string_append (text, "Results go to standard output; errors to standard error. Exit: 0 done, "
                         "1 failed, 2 wrong usage.\n");
}

/**
 * ctl_usage:
 * @usage: (nullable): of the command; NULL for all
 *
 * Returns: the exit code of wrong usage, having said how it is used
 */
int
ctl_usage (const char *usage)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (usage != NULL)
    g_string_append_printf (text, "Usage: waymarkctl %s\n", usage);
  else
    print_usage (text);
  g_printerr ("%s", text->str);
  return CTL_USAGE;
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

/**
 * ctl_parse:
 * @entries: the options
 * @usage: shown when they are wrong
 *
 * Takes the options out of the arguments.
 *
 * Returns: FALSE when they are wrong, having said so
 */
gboolean
ctl_parse (int *argc, char ***argv, const GOptionEntry *entries, const char *usage)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("waymarkctl: %s\n", error->message);
  ctl_usage (usage);
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

  if (!ctl_parse (&argc, &argv, entries, "doctor [--trust URI]"))
    return CTL_USAGE;
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

int
main (int argc, char **argv)
{
  g_autoptr (GString) text = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  if (argc < 2)
    return ctl_usage (NULL);
  if (g_str_equal (argv[1], "--version"))
    return finish (print_version (argc, argv));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "help"))
    {
      text = g_string_new (NULL);
      print_usage (text);
      g_print ("%s", text->str);
      return finish (CTL_DONE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, argv[1]))
        return finish (commands[i].run (argc - 1, argv + 1));
    }
  g_printerr ("waymarkctl: there is no command “%s”\n", argv[1]);
  return ctl_usage (NULL);
}
