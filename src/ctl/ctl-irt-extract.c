/* ctl-irt-extract.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "report/way-csv.h"
#include "sync/way-extract.h"

static char *
print_answers (const WayExtract *extract)
{
  GString *text = g_string_new ("person,item,score,ms,language,rapid\r\n");

  for (guint i = 0; i < extract->answers->len; i++)
    {
      const WayExtractAnswer *answer = extract->answers->pdata[i];
      char score[G_ASCII_DTOSTR_BUF_SIZE];

      way_csv_append (text, answer->person, TRUE);
      way_csv_append (text, answer->item, FALSE);
      g_ascii_formatd (score, sizeof score, "%.10g", answer->score);
      g_string_append_printf (text, ",%s,%" G_GINT64_FORMAT, score, answer->ms);
      way_csv_append (text, answer->language != NULL ? answer->language : "", FALSE);
      g_string_append_printf (text, ",%d\r\n", answer->is_rapid);
    }
  return g_string_free (text, FALSE);
}

static char *
print_groups (const WayExtract *extract)
{
  GString *text = g_string_new ("person,question,group\r\n");

  for (guint i = 0; i < extract->groups->len; i++)
    {
      const WayExtractGroup *group = extract->groups->pdata[i];

      way_csv_append (text, group->person, TRUE);
      way_csv_append (text, group->question, FALSE);
      way_csv_append (text, group->answer, FALSE);
      g_string_append (text, "\r\n");
    }
  return g_string_free (text, FALSE);
}

/* Both files or neither: an answer of one extract beside a group of another would be of two people
 * under one pseudonym. */
static gboolean
write_files (const WayExtract *extract, const char *folder, GError **error)
{
  g_autofree char *answers = print_answers (extract);
  g_autofree char *groups = print_groups (extract);
  g_autofree char *answers_path = g_build_filename (folder, "responses.csv", NULL);
  g_autofree char *groups_path = g_build_filename (folder, "groups.csv", NULL);

  if ((g_unlink (answers_path) != 0 && errno != ENOENT)
      || (g_unlink (groups_path) != 0 && errno != ENOENT))
    {
      g_set_error (error, CTL_TABLE_ERROR, 0,
                   "responses.csv and groups.csv of %s cannot be replaced: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (!g_file_set_contents_full (answers_path, answers, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 error))
    return FALSE;
  if (g_file_set_contents_full (groups_path, groups, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                error))
    return TRUE;
  g_unlink (answers_path);
  return FALSE;
}

static char *
find_person (WayStore *trust, const char *username, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  char *person = NULL;

  statement = way_db_prepare (way_store_get_db (trust),
                              "SELECT person FROM person"
                              " WHERE username = $1 AND coalesce (ended, 0) = 0",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, username);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    person = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  if (person == NULL)
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON,
                 "The trust has nobody with the username “%s”", username);
  return person;
}

/**
 * ctl_irt_extract:
 *
 * The analyst's extract as two files: responses.csv for `irt calibrate`, `fit` and `dif`, and
 * groups.csv for `irt dif --question`. People have a pseudonym of this extract alone.
 */
int
ctl_irt_extract (int argc, char **argv)
{
  g_autofree char *uri = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *username = NULL;
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &uri, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL },
    { "user", 0, 0, G_OPTION_ARG_STRING, &username, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayExtract) extract = NULL;
  g_autofree char *person = NULL;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc > 1 || uri == NULL || folder == NULL)
    return ctl_usage ();
  trust = way_store_open_trust (uri, FALSE, &error);
  if (trust != NULL && username != NULL)
    {
      person = find_person (trust, username, &error);
      if (person == NULL)
        return ctl_fail (error);
    }
  if (trust != NULL)
    extract = way_extract_run (trust, person, &error);
  if (extract == NULL)
    return ctl_fail (error);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return ctl_fail_text ("the folder %s cannot be made: %s", folder, g_strerror (errno));
  if (!write_files (extract, folder, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("answers: %u\ngroups: %u\n", extract->answers->len, extract->groups->len);
  return CTL_DONE;
}
