/* ctl-usage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <string.h>

/* How each command is used, once. The words before the first that is not plain name it; “a|b”
 * stands for two commands. */
static const char *const lines[] = {
  "demo --trust URI [--people N] [--seed S] [--pack PACK] [--until DATE]",
  "demo device --store FILE --trust URI --person USERNAME --events N [--seed S]",
  "sync --store FILE --trust URI",
  "sync --store FILE|FOLDER --trust URI --ticket",
  "sync --store FILE --bundle FILE [--all]",
  "sync --store FILE --receipt FILE",
  "sync --store FILE --enrol FILE",
  "trust create URI --organisation NAME --ods CODE",
  "trust check URI [--pack PACK] [--all]",
  "trust rebuild|status|upgrade URI",
  "trust tick|after-restore URI [--ledger FILE]",
  "trust erase URI USERNAME [--reason TEXT] [--by USERNAME]",
  "trust erase URI USERNAME --confirm --ledger FILE [--by USERNAME]",
  "trust redact URI EVENT --reason TEXT [--by USERNAME]",
  "trust redact URI EVENT --confirm --ledger FILE [--by USERNAME]",
  "trust retention URI [--dry-run] [--ledger FILE]",
  "trust import-units URI FILE [--dry-run]",
  "trust import-units URI --undo",
  "trust import-people URI FILE [--dry-run] [--ending N]",
  "trust import-people URI --undo",
  "trust import-rota URI FILE [--dry-run]",
  "trust import-rota URI --undo",
  "trust import-training URI FILE [--module ID] [--source TEXT] [--date DATE] [--dry-run]",
  "trust import-training URI --undo",
  "trust import-bundle URI FILE [--receipt FILE]",
  "trust sync-logins URI [--tickets] [--ident FILE] [--out FILE]",
  "trust enrol URI USERNAME --out FILE",
  "trust disable URI USERNAME",
  "trust revoke-tickets URI USERNAME",
  "trust backup URI --out FILE",
  "trust publish URI PACK",
  "trust require URI [ROLE CAPABILITY LEVEL|default] [--pack PACK]",
  "trust grant URI [USERNAME ROLE [--unit CODE] [--end]]",
  "trust set URI [KEY VALUE]",
  "trust demo-server [--people N] [--seed S] [--pack PACK]",
  "report list",
  "report show NAME --trust URI [--as-at DATE] [--unit CODE] [--staff-group ID] "
  "[--format csv|json] [--out FILE]",
  "report verify FILE",
  "pack new FOLDER [--module ID] [--title TEXT] [--owner TEXT] [--capability ID] "
  "[--level 1|2|3|4] [--id ID]",
  "pack preview FOLDER [MODULE]",
  "pack check [--without-style] PACK",
  "pack build FOLDER ZIP",
  "pack export-scorm PACK MODULE --out FILE.zip",
  "pack import-qti FOLDER|ZIP --out PACK [--capability ID] [--level 1|2|3|4] [--seconds N]",
  "pack import-gift|import-moodle FILE --out PACK [--capability ID] [--level 1|2|3|4] "
  "[--seconds N]",
  "qti score ITEM.xml --responses FILE.json [--seed N]",
  "qti score [ITEM.xml] --cases FILE.json [--seed N]",
  "irt estimate --bank B.csv --responses R.csv (--method eap|ml|bm|wl | --joint --rho R) "
  "[--prior-mean M] [--prior-sd S] [--format csv|json]",
  "irt next --bank B.csv --responses R.csv --rule mfi|joint [--at THETA] [--rho R] "
  "[--prior-mean M] [--prior-sd S] [--format csv|json]",
  "irt calibrate --responses R.csv --model rasch|1pl|2pl --method mml|cml|map [--priors P.csv] "
  "[--anchors A.csv] [--bank B.csv] [--prior-mean M] [--prior-sd S] [--format csv|json]",
  "irt bank [--pack PACK] [--trust URI] [--format csv|json]",
  "irt fit --responses R.csv [--bank B.csv] [--prior-mean M] [--prior-sd S] [--format csv|json]",
  "irt dif --responses R.csv --groups G.csv [--question Q] [--bank B.csv] [--reference GROUP] "
  "[--prior-mean M] [--prior-sd S] [--format csv|json]",
  "irt simulate (--bank B.csv | --items N) --depth short|closer|calibrated|yesno --people N "
  "[--rho R] [--seed S] [--require LEVEL,LEVEL,…] [--sd-b SD] [--author-error SD] "
  "[--shift MEAN] [--self-rating] [--shares] [--format csv|json]",
  "irt angoff --bank B.csv --judges N [--format csv|json]",
  "irt angoff --ratings A.csv [--bank B.csv [--publish URI]] [--format csv|json]",
  "irt rho --bank B.csv --responses R.csv [--publish URI] [--format csv|json]",
  "irt replay (--store FILE | --trust URI) --attempt ID [--pack PACK] [--format csv|json]",
  "irt publish --trust URI --parameters FILE.csv --note TEXT [--pack PACK]",
  "irt policy --trust URI [--minutes N] [--rapid-share S] [--format csv|json]",
  "irt extract --trust URI --out FOLDER [--user USERNAME]",
  "certificate verify CODE --trust URI [--format text|csv|json]",
  "doctor [--trust URI]",
  "version",
};

/* The command line as it was typed. */
static char **typed;

void
ctl_usage_take (char **argv)
{
  typed = argv;
}

/* Whether one of the alternatives of a line's word is this one. */
static gboolean
is_word (const char *word, const char *wanted)
{
  g_auto (GStrv) words = g_strsplit (word, "|", -1);

  return g_strv_contains ((const char *const *) words, wanted);
}

/* How many words of the command line a line agrees with, from the first. */
static guint
agreement (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n = 0;

  while (n < 2 && typed != NULL && typed[1] != NULL && typed[n + 1] != NULL && words[n] != NULL
         && is_word (words[n], typed[n + 1]))
    n++;
  return n;
}

/**
 * ctl_usage_to_string:
 * @agreed: (out) (optional): how many words of the command line name a command, at most 2
 *
 * Returns: (transfer full): how the command that was typed is used; all of them where none was
 */
char *
ctl_usage_to_string (guint *agreed)
{
  g_autoptr (GString) text = g_string_new ("Usage:\n");
  guint most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    most = MAX (most, agreement (lines[i]));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (agreement (lines[i]) == most)
      g_string_append_printf (text, "  waymarkctl %s\n", lines[i]);
  if (most == 0)
    g_string_append (text, "Results go to standard output; errors to standard error. Exit: 0 done, "
                           "1 failed, 2 wrong usage.\n");
  if (agreed != NULL)
    *agreed = most;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether a command has a second word. */
static gboolean
has_parts (const char *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *rest = lines[i] + strlen (command);

      if (g_str_has_prefix (lines[i], command) && rest[0] == ' ' && g_ascii_islower (rest[1]))
        return TRUE;
    }
  return FALSE;
}

/**
 * ctl_usage:
 *
 * Says how the command that was typed is used, and that there is no such command where there is
 * none.
 *
 * Returns: the exit code of wrong usage
 */
int
ctl_usage (void)
{
  guint agreed = 0;
  g_autofree char *text = ctl_usage_to_string (&agreed);

  if (agreed == 0 && typed != NULL && typed[1] != NULL)
    g_printerr ("waymarkctl: there is no command “%s”\n", typed[1]);
  else if (agreed == 1 && typed[2] != NULL && typed[2][0] != '-' && has_parts (typed[1]))
    g_printerr ("waymarkctl: there is no command “%s %s”\n", typed[1], typed[2]);
  g_printerr ("%s", text);
  return CTL_USAGE;
}
