/* way-logins.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-logins.h"

#include <sys/random.h>

/* Names of roles can be listed by whoever can sign in, so a login's name says nothing of
 * whose it is. The table `login` does, which nobody reads but the trust. */

static void
login_free (gpointer data)
{
  WayLogin *self = data;

  g_free (self->username);
  g_free (self->login);
  g_free (self->password);
  g_free (self);
}

/* Letters and digits that are not taken for one another. */
static char *
make_word (const char *prefix, guint length)
{
  static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
  GString *word = g_string_new (prefix);

  while (length > 0)
    {
      guint8 byte;

      if (getrandom (&byte, 1, 0) != 1)
        continue;
      g_string_append_c (word, letters[byte % (sizeof letters - 1)]);
      length--;
    }
  return g_string_free (word, FALSE);
}

/* Pairs of texts: a person or a login, and what goes with it. */
static GPtrArray *
ask_pairs (WayDb *db, const char *sql, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&pairs);
      g_ptr_array_add (pairs, g_strdup (way_statement_get_text (statement, 0)));
      g_ptr_array_add (pairs, g_strdup (way_statement_get_text (statement, 1)));
    }
}

/* Roles are for whoever signed in to make, not for the trust's owner. */
static gboolean
run_as_oneself (WayDb *db, const char *sql, GError **error)
{
  g_autofree char *whole = g_strconcat ("RESET ROLE; ", sql, "; SET ROLE waymark_owner", NULL);

  return way_db_exec (db, whole, error);
}

static gboolean
run_with (WayDb *db, const char *sql, const char *first, const char *second, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, first);
  way_statement_bind_text (statement, 2, second);
  return way_statement_run (statement, error);
}

static gboolean
make_login (WayDb *db, const char *person, WayLogin *login, gboolean with_password, GError **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *verifier = NULL;

  login->login = make_word ("w_", 12);
  if (with_password)
    {
      login->password = make_word ("", 20);
      verifier = way_db_encrypt_password (db, login->login, login->password, error);
      if (verifier == NULL)
        return FALSE;
    }
  /* Both are of our own making, from letters and digits. */
  sql = g_strdup_printf ("CREATE ROLE %s LOGIN CONNECTION LIMIT 5 %s%s%s;"
                         "GRANT waymark_user TO %s",
                         login->login, verifier != NULL ? "PASSWORD '" : "",
                         verifier != NULL ? verifier : "", verifier != NULL ? "'" : "",
                         login->login);
  return run_as_oneself (db, sql, error)
         && run_with (db, "INSERT INTO main.login (login, person) VALUES ($1, $2)", login->login,
                      person, error);
}

/* 1: closed by somebody, and stays so; 2: its person has left, and may come back. */
static gboolean
close_login (WayDb *db, const char *login, const char *how, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("ALTER ROLE %s NOLOGIN;"
                                          "SELECT pg_terminate_backend (pid) FROM pg_stat_activity"
                                          " WHERE usename = '%s'",
                                          login, login);

  return run_as_oneself (db, sql, error)
         && run_with (db, "UPDATE main.login SET disabled = CAST($2 AS integer) WHERE login = $1",
                      login, how, error);
}

static gboolean
open_login (WayDb *db, const char *login, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("ALTER ROLE %s LOGIN", login);

  return run_as_oneself (db, sql, error)
         && run_with (db, "UPDATE main.login SET disabled = 0 WHERE login = $1", login, NULL,
                      error);
}

static gboolean
check_trust (WayStore *trust, GError **error)
{
  if (way_db_is_postgresql (way_store_get_db (trust)))
    return TRUE;
  g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                       "A trust in a file has no logins: whoever can open the file is in");
  return FALSE;
}

/* What looks like a login of ours: it goes into SQL as it is. */
static gboolean
is_login (const char *name)
{
  return g_regex_match_simple ("^[a-z][a-z0-9_]{1,40}$", name, 0, 0);
}

static gboolean
sync_all (WayDb *db,
          gboolean with_passwords,
          GPtrArray *made,
          guint *n_closed,
          guint *n_opened,
          GError **error)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) back = NULL;

  missing = ask_pairs (db,
                       "SELECT p.person, p.username FROM person AS p"
                       " WHERE coalesce (p.ended, 0) = 0 AND p.username IS NOT NULL"
                       " AND NOT EXISTS (SELECT 1 FROM main.login AS l WHERE l.person = p.person)"
                       " ORDER BY p.username",
                       error);
  left = ask_pairs (db,
                    "SELECT l.login, l.person FROM main.login AS l"
                    " LEFT JOIN person AS p ON p.person = l.person"
                    " WHERE l.disabled = 0 AND coalesce (p.ended, 1) <> 0"
                    /* A desktop of whoever was erased is to be told so when it comes back. */
                    " AND NOT EXISTS (SELECT 1 FROM main.erased AS x WHERE x.target = l.person"
                    " AND x.at > main.now_us () - 31557600000000) ORDER BY l.login",
                    error != NULL && *error != NULL ? NULL : error);
  back = ask_pairs (db,
                    "SELECT l.login, l.person FROM main.login AS l"
                    " JOIN person AS p ON p.person = l.person"
                    " WHERE l.disabled = 2 AND coalesce (p.ended, 0) = 0 ORDER BY l.login",
                    error != NULL && *error != NULL ? NULL : error);
  if (missing == NULL || left == NULL || back == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i += 2)
    {
      WayLogin *login = g_new0 (WayLogin, 1);

      login->username = g_strdup (missing->pdata[i + 1]);
      g_ptr_array_add (made, login);
      if (!make_login (db, missing->pdata[i], login, with_passwords, error))
        return FALSE;
    }
  for (guint i = 0; i < left->len; i += 2, (*n_closed)++)
    if (!is_login (left->pdata[i]) || !close_login (db, left->pdata[i], "2", error))
      return FALSE;
  for (guint i = 0; i < back->len; i += 2, (*n_opened)++)
    if (!is_login (back->pdata[i]) || !open_login (db, back->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* way_logins_sync:
 * @with_passwords: whether the new ones get a made-up password; otherwise people come with
 *   a ticket or a certificate
 * @n_closed: (out): logins of people who have left
 * @n_opened: (out): logins of people who have come back
 *
 * Brings the logins to what the trust says of its people. All or nothing. Returns: (element-type
 * WayLogin): the new ones. */
GPtrArray *
way_logins_sync (
    WayStore *trust, gboolean with_passwords, guint *n_closed, guint *n_opened, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (login_free);

  *n_closed = 0;
  *n_opened = 0;
  if (!check_trust (trust, error) || !way_db_begin (db, error))
    return NULL;
  if (!sync_all (db, with_passwords, made, n_closed, n_opened, error))
    {
      way_db_rollback (db);
      way_db_exec (db, "SET ROLE waymark_owner", NULL);
      return NULL;
    }
  return way_db_commit (db, error) ? g_steal_pointer (&made) : NULL;
}

/* way_logins_write_map:
 * @n_lines: (out): how many people come so
 *
 * Which name of a domain is which login, as pg_ident.conf has it: a list of staff may say the
 * names, and logins' own names say nothing of whose they are.
 *
 * Returns: (transfer full) (nullable): the lines of that file; NULL with @error set */
char *
way_logins_write_map (WayStore *trust, guint *n_lines, GError **error)
{
  g_autoptr (GPtrArray) pairs = NULL;
  GString *map;

  *n_lines = 0;
  if (!check_trust (trust, error))
    return NULL;
  pairs = ask_pairs (way_store_get_db (trust),
                     "SELECT n.principal, l.login FROM main.login AS l JOIN (SELECT e.person,"
                     " e.body ->> 'principal' AS principal, row_number () OVER"
                     " (PARTITION BY e.person ORDER BY e.effective DESC, e.id DESC) AS age"
                     " FROM live AS e WHERE e.kind = 'person') AS n ON n.person = l.person"
                     " WHERE n.age = 1 AND n.principal IS NOT NULL AND l.disabled = 0"
                     " ORDER BY n.principal, l.login",
                     error);
  if (pairs == NULL)
    return NULL;
  map = g_string_new ("# MAPNAME  SYSTEM-USERNAME  PG-USERNAME\n");
  for (guint i = 0; i < pairs->len; i += 2)
    /* Nobody who writes events writes lines into the server's files. */
    if (is_login (pairs->pdata[i + 1])
        && g_regex_match_simple ("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", pairs->pdata[i], 0, 0))
      {
        g_string_append_printf (map, "waymark  \"%s\"  %s\n", (const char *) pairs->pdata[i],
                                (const char *) pairs->pdata[i + 1]);
        (*n_lines)++;
      }
  return g_string_free (map, FALSE);
}

/* way_logins_disable:
 *
 * Closes a person's logins at once, and ends what they have open. */
gboolean
way_logins_disable (WayStore *trust, const char *username, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autoptr (GPtrArray) logins = NULL;
  gboolean is_known = FALSE;

  if (!check_trust (trust, error))
    return FALSE;
  logins = ask_pairs (db,
                      "SELECT l.login, p.username FROM main.login AS l"
                      " JOIN person AS p ON p.person = l.person ORDER BY l.login",
                      error);
  if (logins == NULL)
    return FALSE;
  for (guint i = 0; i < logins->len; i += 2)
    if (g_str_equal (logins->pdata[i + 1], username) && is_login (logins->pdata[i]))
      {
        is_known = TRUE;
        /* Nor do shared computers send on what was left there. */
        if (!run_with (db,
                       "UPDATE main.ticket SET revoked = main.now_us ()"
                       " WHERE revoked = 0 AND person = (SELECT l.person FROM main.login AS l"
                       " WHERE l.login = $1)",
                       logins->pdata[i], NULL, error)
            || !close_login (db, logins->pdata[i], "1", error))
          return FALSE;
      }
  if (!is_known)
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON,
                 "Nobody with the username “%s” has a login", username);
  return is_known;
}
