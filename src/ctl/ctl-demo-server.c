/* ctl-demo-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <glib-unix.h>

#include "ctl/way-demo.h"
#include "ctl/way-logins.h"
#include "db/way-trial-server.h"
#include "sync/way-postgresql-peer.h"

#define DATABASE "waymark"

/* Somebody of each role to try the trust as. */
static const struct
{
  const char *who;
  const char *sql;
} roles[] = {
  { "learner", "SELECT p.username FROM person AS p WHERE p.ended = 0 AND NOT EXISTS"
               " (SELECT 1 FROM role AS r WHERE r.person = p.person) ORDER BY p.username LIMIT 1" },
  { "champion", "SELECT p.username FROM person AS p JOIN role AS r ON r.person = p.person"
                " WHERE r.role = 'champion' AND p.ended = 0 ORDER BY p.username LIMIT 1" },
  { "lead", "SELECT p.username FROM person AS p JOIN role AS r ON r.person = p.person"
            " WHERE r.role = 'lead' AND p.ended = 0 ORDER BY p.username LIMIT 1" },
};

static gboolean
make_database (WayTrialServer *server, GError **error)
{
  g_autofree char *uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server),
                                                   "postgres");
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, error);

  return db != NULL && way_db_exec (db, "CREATE DATABASE " DATABASE " TEMPLATE template0", error);
}

static WayStore *
fill (const char *uri, const char *pack_path, guint n_people, guint64 seed, GError **error)
{
  g_autoptr (WayPack) pack = way_pack_open (pack_path, NULL, error);
  g_autoptr (WayStore) trust = NULL;

  if (pack == NULL)
    return NULL;
  trust = way_store_create_trust (uri, "Fernhill Practice Trust", "ZZ9", TRUE, error);
  if (trust == NULL || !way_postgresql_install (trust, error)
      || !way_demo_run (trust, pack, n_people, seed, g_get_real_time (), error))
    return NULL;
  return g_steal_pointer (&trust);
}

static const WayLogin *
find_login (GPtrArray *logins, const char *username)
{
  for (guint i = 0; i < logins->len; i++)
    if (g_strcmp0 (((WayLogin *) logins->pdata[i])->username, username) == 0)
      return logins->pdata[i];
  return NULL;
}

/* The logins that are nobody's: one for what people leave on a shared computer, one for what
 * they say without their name. */
static gboolean
introduce_couriers (WayTrialServer *server, WayStore *trust, GError **error)
{
  static const struct
  {
    const char *login;
    const char *role;
    const char *what;
  } couriers[] = {
    { "w_shared_computer", "waymark_kiosk", "shared computers" },
    { "w_without_name", "waymark_drop", "without a name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (couriers); i++)
    {
      g_autofree char *password = g_uuid_string_random ();
      g_autofree char *sql = NULL;
      g_autofree char *uri = way_trial_server_dup_uri (server, couriers[i].login, DATABASE);

      sql = g_strdup_printf ("RESET ROLE; CREATE ROLE %s LOGIN PASSWORD '%s' IN ROLE %s;"
                             " SET ROLE waymark_owner",
                             couriers[i].login, password, couriers[i].role);
      if (!way_db_exec (way_store_get_db (trust), sql, error)
          || !way_trial_server_add_password (server, couriers[i].login, password, error))
        return FALSE;
      g_print ("%-16s %s\n", couriers[i].what, uri);
    }
  g_print ("\nSay something without your name: gsettings set io.github.waymark_skills.Waymark"
           " drop-uri ADDRESS\n");
  return TRUE;
}

static gboolean
introduce (WayTrialServer *server, WayStore *trust, const char *admin_uri, GError **error)
{
  g_autoptr (GPtrArray) logins = NULL;
  guint n_closed, n_opened;

  logins = way_logins_sync (trust, TRUE, &n_closed, &n_opened, error);
  if (logins == NULL)
    return FALSE;
  g_print ("A throw-away trust of made-up people is running. It ends, and is gone, with Ctrl+C.\n"
           "\nadministrator  %s\ncertificate    %s\npasswords      %s\n",
           admin_uri, way_trial_server_get_ca_file (server),
           way_trial_server_get_passfile (server));
  if (!introduce_couriers (server, trust, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *username = way_db_dup_text (way_store_get_db (trust), roles[i].sql, error);
      g_autofree char *uri = NULL;
      const WayLogin *login;

      if (error != NULL && *error != NULL)
        return FALSE;
      login = username != NULL ? find_login (logins, username) : NULL;
      if (login == NULL)
        continue;
      if (!way_trial_server_add_password (server, login->login, login->password, error))
        return FALSE;
      uri = way_trial_server_dup_uri (server, login->login, DATABASE);
      g_print ("\n%s: %s, login %s, password %s\n  waymark --trust '%s' --user %s\n", roles[i].who,
               username, login->login, login->password, uri, username);
    }
  g_print ("\nready\n");
  return TRUE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/**
 * ctl_demo_server:
 *
 * A whole trust on this machine for as long as the program runs: a PostgreSQL of the
 * installed packages, with TLS, made-up people and their logins.
 */
int
ctl_demo_server (int argc, char **argv)
{
  g_autofree char *pack_path = NULL;
  int n_people = 80;
  gint64 seed = 1;
  const GOptionEntry entries[] = {
    { "people", 0, 0, G_OPTION_ARG_INT, &n_people, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (WayTrialServer) server = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autofree char *uri = NULL;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc > 1 || n_people < 1 || n_people > 5000)
    return ctl_usage ();
  if (pack_path == NULL)
    pack_path = ctl_dup_pack_path ();
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGHUP, quit_cb, loop);

  server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  if (server == NULL || !make_database (server, &error))
    return ctl_fail (error);
  uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), DATABASE);
  trust = fill (uri, pack_path, n_people, seed, &error);
  if (trust == NULL || !introduce (server, trust, uri, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_main_loop_run (loop);
  return CTL_DONE;
}
