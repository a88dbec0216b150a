/* ctl-trust.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <string.h>

#include "ctl/way-logins.h"
#include "session/way-pack-judge.h"
#include "ctl/way-publish.h"
#include "sync/way-enrolment.h"
#include "sync/way-postgresql-peer.h"
#include "sync/way-ticket.h"

static int
create (const char *uri, const char *organisation, const char *ods)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  if (!g_regex_match_simple ("^[A-Z0-9]{3,8}$", ods, 0, 0))
    return ctl_fail_text ("“%s” is not an ODS code: three to eight capital letters and digits",
                          ods);
  if (strspn (organisation, " \t") == strlen (organisation))
    return ctl_fail_text ("say with --organisation what the trust is called");
  trust = way_store_create_trust (uri, organisation, ods, FALSE, &error);
  if (trust == NULL || !way_postgresql_install (trust, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("%s\n", uri);
  return CTL_DONE;
}

/* Brings a trust to this version: opening does the tables, the rest is the functions. */
static int
upgrade (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);

  if (trust == NULL || !way_postgresql_install (trust, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("%s is as this version has it\n", uri);
  return CTL_DONE;
}

static gboolean
write_passwords (GPtrArray *logins, const char *path, GError **error)
{
  g_autoptr (GString) text = g_string_new ("username,login,password\r\n");

  for (guint i = 0; i < logins->len; i++)
    {
      const WayLogin *login = logins->pdata[i];

      g_string_append_printf (text, "%s,%s,%s\r\n", login->username, login->login,
                              login->password != NULL ? login->password : "");
    }
  return g_file_set_contents_full (path, text->str, text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

static int
sync_logins (const char *uri, gboolean with_tickets, const char *out, const char *ident)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (GPtrArray) logins = NULL;
  guint n_closed, n_opened;

  if (!with_tickets && out == NULL)
    return ctl_fail_text ("passwords must go somewhere: name a file with --out, or let people "
                          "come with a ticket (--tickets)");
  if (out != NULL && g_file_test (out, G_FILE_TEST_EXISTS))
    return ctl_fail_text ("there is already a file “%s”", out);
  trust = way_store_open_trust (uri, FALSE, &error);
  if (trust != NULL)
    logins = way_logins_sync (trust, !with_tickets, &n_closed, &n_opened, &error);
  if (logins == NULL || (out != NULL && !write_passwords (logins, out, &error)))
    return ctl_fail (error);
  if (ident != NULL)
    {
      guint n_lines;
      g_autofree char *map = way_logins_write_map (trust, &n_lines, &error);

      if (map == NULL
          || !g_file_set_contents_full (ident, map, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                        &error))
        return ctl_fail (error);
      g_print ("mapped: %u\n", n_lines);
    }
  g_print ("made: %u\nclosed: %u\nopened again: %u\n", logins->len, n_closed, n_opened);
  return CTL_DONE;
}

/* A file with which somebody signs in for the first time where no trust can be reached. */
static int
enrol (const char *uri, const char *username, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);

  if (trust == NULL || !way_enrolment_issue (trust, username, out, &error))
    return ctl_fail (error);
  g_print ("%s\n", out);
  return CTL_DONE;
}

static int
disable (const char *uri, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);

  if (trust == NULL || !way_logins_disable (trust, username, &error))
    return ctl_fail (error);
  g_print ("%s cannot sign in any more\n", username);
  return CTL_DONE;
}

/* A shared computer is gone: nothing of somebody's comes from it any more, though they sign in
 * as before. */
static int
revoke_tickets (const char *uri, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);
  guint n_revoked;

  if (trust == NULL || !way_ticket_revoke (trust, username, &n_revoked, &error))
    return ctl_fail (error);
  g_print ("taken back: %u\n", n_revoked);
  return CTL_DONE;
}

/* As it stands, also where a newer program would bring its tables to its own version first. */
static int
backup (const char *uri, const char *out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  if (db == NULL || !way_db_backup (db, out, &error))
    return ctl_fail (error);
  g_print ("%s\n", out);
  return CTL_DONE;
}

static int
rebuild (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);

  if (trust == NULL)
    return ctl_fail (error);
  if (!way_store_rebuild (trust, problems, &error) && problems->len == 0)
    return ctl_fail (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (const char *) problems->pdata[i]);
  g_print ("%s: %s\n", uri,
           problems->len > 0 ? "rebuilt; it differed" : "rebuilt to the same content");
  return CTL_DONE;
}

static int
status (const char *uri)
{
  static const struct
  {
    const char *name;
    const char *sql;
  } figures[] = {
    { "people", "SELECT count(*) FROM person WHERE ended = 0" },
    { "units", "SELECT count(*) FROM unit" },
    { "events", "SELECT count(*) FROM event" },
    { "streams", "SELECT count(*) FROM stream" },
    { "quarantined", "SELECT count(*) FROM quarantine" },
    { "measured", "SELECT count(DISTINCT person) FROM level" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, TRUE, &error);
  g_autofree char *organisation = NULL;

  if (trust == NULL)
    return ctl_fail (error);
  organisation = way_db_dup_text (way_store_get_db (trust), "SELECT name FROM organisation", NULL);
  g_print ("organisation: %s\n", organisation != NULL ? organisation : "");
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      gint64 value = 0;

      if (!way_db_get_int (way_store_get_db (trust), figures[i].sql, &value, &error))
        return ctl_fail (error);
      g_print ("%s: %" G_GINT64_FORMAT "\n", figures[i].name, value);
    }
  ctl_print_ticked (way_store_get_db (trust), "meta");
  return CTL_DONE;
}

static int
publish (const char *uri, const char *pack_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayStore) trust = NULL;

  if (!way_pack_judge (pack_path, WAY_PACK_JUDGE_WORKS, problems, NULL, &error)
      || problems->len > 0)
    {
      for (guint i = 0; i < problems->len; i++)
        g_printerr ("%s\n", (const char *) problems->pdata[i]);
      return problems->len > 0 ? ctl_fail_text ("%s is not published", pack_path)
                               : ctl_fail (error);
    }
  pack = way_pack_open (pack_path, NULL, &error);
  if (pack != NULL)
    trust = way_store_open_trust (uri, FALSE, &error);
  if (trust == NULL || !way_publish_pack (trust, pack, pack_path, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("%s %d is published\n", way_pack_get_id (pack), way_pack_get_version (pack));
  return CTL_DONE;
}

/**
 * ctl_trust:
 *
 * Administers a trust.
 */
int
ctl_trust (int argc, char **argv)
{
  g_autofree char *organisation = NULL;
  g_autofree char *ods = NULL;
  g_autofree char *out = NULL;
  g_autofree char *ident = NULL;
  g_autofree char *pack = NULL;
  g_autofree char *unit = NULL;
  gboolean is_end = FALSE;
  gboolean with_tickets = FALSE;
  gboolean is_all = FALSE;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &is_all, NULL, NULL },
    { "ident", 0, 0, G_OPTION_ARG_FILENAME, &ident, NULL, NULL },
    { "tickets", 0, 0, G_OPTION_ARG_NONE, &with_tickets, NULL, NULL },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, NULL, NULL },
    { "end", 0, 0, G_OPTION_ARG_NONE, &is_end, NULL, NULL },
    { "organisation", 0, 0, G_OPTION_ARG_STRING, &organisation, NULL, NULL },
    { "ods", 0, 0, G_OPTION_ARG_STRING, &ods, NULL, NULL },
    { NULL },
  };

  static const char *const governance[] = { "erase",         "redact", "retention",
                                            "after-restore", "tick",   NULL };

  if (argc > 1 && g_str_equal (argv[1], "demo-server"))
    return ctl_demo_server (argc - 1, argv + 1);
  if (argc > 1 && g_strv_contains (governance, argv[1]))
    return ctl_governance (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "import-people"))
    return ctl_import (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "import-units"))
    return ctl_import_units (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "import-rota"))
    return ctl_import_rota (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "import-training"))
    return ctl_import_training (argc - 1, argv + 1);
  if (argc > 1 && g_str_equal (argv[1], "import-bundle"))
    return ctl_import_bundle (argc - 1, argv + 1);
  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "create") && organisation != NULL && ods != NULL)
    return create (argv[2], organisation, ods);
  if (argc == 3 && g_str_equal (argv[1], "check"))
    return ctl_check (argv[2], pack, is_all);
  if (argc == 3 && g_str_equal (argv[1], "rebuild"))
    return rebuild (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "status"))
    return status (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "upgrade"))
    return upgrade (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "sync-logins"))
    return sync_logins (argv[2], with_tickets, out, ident);
  if (argc == 4 && g_str_equal (argv[1], "enrol") && out != NULL)
    return enrol (argv[2], argv[3], out);
  if (argc == 4 && g_str_equal (argv[1], "disable"))
    return disable (argv[2], argv[3]);
  if (argc == 4 && g_str_equal (argv[1], "revoke-tickets"))
    return revoke_tickets (argv[2], argv[3]);
  if (argc == 3 && g_str_equal (argv[1], "backup") && out != NULL)
    return backup (argv[2], out);
  if (argc == 4 && g_str_equal (argv[1], "publish"))
    return publish (argv[2], argv[3]);
  if (argc == 3 && g_str_equal (argv[1], "require"))
    return ctl_require (argv[2], NULL, NULL, NULL, NULL);
  if (argc == 6 && g_str_equal (argv[1], "require"))
    return ctl_require (argv[2], argv[3], argv[4], argv[5], pack);
  if (argc == 3 && g_str_equal (argv[1], "set"))
    return ctl_setting (argv[2], NULL, NULL);
  if (argc == 5 && g_str_equal (argv[1], "set"))
    return ctl_setting (argv[2], argv[3], argv[4]);
  if (argc == 3 && g_str_equal (argv[1], "grant"))
    return ctl_grant (argv[2], NULL, NULL, NULL, FALSE);
  if (argc == 5 && g_str_equal (argv[1], "grant"))
    return ctl_grant (argv[2], argv[3], argv[4], unit, is_end);
  return ctl_usage ();
}
