/* test-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "import-fixture.h"

#include "db/way-trial-server.h"

#include <glib/gstdio.h>
#include <string.h>

/* Lists of staff as personnel systems write them, against a made-up trust in a file; the
 * last test does the same on PostgreSQL. */

static void
check_three (Fixture *self)
{
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM person WHERE ended = 0", "3");
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM person WHERE name = 'Grace Okafor'", "2");
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM membership", "4");
  assert_asked (self,
                "SELECT unit FROM membership AS m JOIN person AS p ON p.person = m.person"
                " WHERE p.employee = '103' AND m.is_primary = 1",
                "a");
  assert_asked (
      self,
      "SELECT CAST(count(*) AS text) FROM role AS r JOIN person AS p ON p.person = r.person"
      " WHERE r.role = 'manager' AND p.employee = '103'",
      "2");
  assert_asked (self, "SELECT CAST(started AS text) FROM person WHERE employee = '102'",
                "1612137600000000");
}

static void
test_first (Fixture *self, gconstpointer data)
{
  g_autofree char *again = NULL;

  import (self, THREE);
  check_three (self);
  /* The same again changes nothing. */
  again = run (self, 0, "trust", "import-people", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (again, "written: 0"));
}

/* The job role of a person, as the file has it; and what a trust asks of it. */
static void
test_job (Fixture *self, gconstpointer data)
{
  g_autofree char *again = NULL;
  g_autofree char *told = NULL;
  g_autofree char *listed = NULL;
  g_autofree char *back = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *unknown = NULL;
  const char *sql = "SELECT e.body ->> 'job' FROM live e WHERE e.kind = 'person' "
                    "ORDER BY e.effective DESC, e.id DESC LIMIT 1";

  write_file (self,
              "Employee Number,Name,Username,Staff Group,Position Title,Unit Code\n"
              "1,Ann Ward,ann,Nursing and Midwifery Registered,Staff Nurse,A\n",
              -1);
  g_free (run (self, 0, "trust", "import-people", self->uri, self->file, NULL));
  assert_asked (self, sql, "Staff Nurse");
  again = run (self, 0, "trust", "import-people", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (again, "written: 0"));
  write_file (self,
              "Employee Number,Name,Username,Staff Group,Position Title,Unit Code\n"
              "1,Ann Ward,ann,Nursing and Midwifery Registered,Ward Manager,A\n",
              -1);
  g_free (run (self, 0, "trust", "import-people", self->uri, self->file, NULL));
  assert_asked (self, sql, "Ward Manager");

  told = run (self, 0, "trust", "require", self->uri, "Ward Manager", "C", "2", NULL);
  g_assert_cmpstr (told, ==, "ward-manager asks for level 2 in C\n");
  g_free (run (self, 0, "trust", "require", self->uri, "nursing", "A", "4", NULL));
  g_free (run (self, 0, "trust", "require", self->uri, "nursing", "A", "3", NULL));
  listed = run (self, 0, "trust", "require", self->uri, NULL);
  g_assert_cmpstr (listed, ==, "role,capability,level\nnursing,A,3\nward-manager,C,2\n");
  back = run (self, 0, "trust", "require", self->uri, "nursing", "A", "default", NULL);
  g_assert_cmpstr (back, ==, "nursing asks for what the pack says in A\n");
  g_free (run (self, 0, "trust", "require", self->uri, "ward-manager", "C", "default", NULL));
  empty = run (self, 0, "trust", "require", self->uri, NULL);
  g_assert_cmpstr (empty, ==, "role,capability,level\n");

  unknown = run (self, 1, "trust", "require", self->uri, "wizard", "A", "3", NULL);
  g_assert_nonnull (strstr (unknown, "no staff group or job role “wizard”"));
  g_free (run (self, 1, "trust", "require", self->uri, "nursing", "Z", "3", NULL));
  g_free (run (self, 1, "trust", "require", self->uri, "nursing", "A", "5", NULL));
  g_free (run (self, 2, "trust", "require", self->uri, "nursing", NULL));
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  g_autofree char *preview = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *done = NULL;
  g_autofree char *back = NULL;
  g_autofree char *person = NULL;
  g_autofree char *events = NULL;

  import (self, THREE);
  person = ask (self, "SELECT person FROM person WHERE employee = '102'");
  events = ask (self, "SELECT CAST(count(*) AS text) FROM event");

  /* 101 marries and moves, 102 is gone, 104 is new. */
  write_file (self,
              HEAD "\n101,Grace,Adeyemi,grace.okafor,nursing,B,yes,103,Active,2020-01-31\n"
                   "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,03-MAR-2019\n"
                   "103,Mia,Chen,mia.chen,nursing,B,no,,Active,03-MAR-2019\n"
                   "104,Dev,Nair,dev.nair,medical,B,yes,,Active,2026-01-05\n",
              -1);
  preview = run (self, 0, "trust", "import-people", self->uri, self->file, "--dry-run", NULL);
  g_assert_nonnull (strstr (preview, "joiners: 1\n  104  Dev Nair  B"));
  g_assert_nonnull (strstr (preview, "movers: 1\n  101"));
  g_assert_nonnull (strstr (preview, "leavers: 1\n  102  Grace Okafor"));
  g_assert_nonnull (strstr (preview, "changed names: 1\n  101  Grace Okafor → Grace Adeyemi"));
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM event", events);

  /* One of three is more than one in twenty. */
  refused = run (self, 1, "trust", "import-people", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (refused, "--ending 1"));
  wrong = run (self, 1, "trust", "import-people", self->uri, self->file, "--ending", "2", NULL);
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM event", events);
  done = run (self, 0, "trust", "import-people", self->uri, self->file, "--ending", "1", NULL);
  assert_asked (self, "SELECT CAST(ended AS text) FROM person WHERE employee = '102'", "1");
  assert_asked (self,
                "SELECT unit FROM membership AS m JOIN person AS p ON p.person = m.person"
                " WHERE p.employee = '101'",
                "b");
  assert_asked (self, "SELECT name FROM person WHERE employee = '101'", "Grace Adeyemi");

  /* Taken back, all is as it was. */
  back = run (self, 0, "trust", "import-people", self->uri, "--undo", NULL);
  check_three (self);
  g_free (back);
  back = run (self, 1, "trust", "import-people", self->uri, "--undo", NULL);
  g_free (done);
  done = run (self, 0, "trust", "check", self->uri, NULL);

  /* Whoever leaves and comes back is the same person. */
  g_free (done);
  done = run (self, 0, "trust", "import-people", self->uri, self->file, "--ending", "1", NULL);
  import (self, THREE "104,Dev,Nair,dev.nair,medical,B,yes,,Active,2026-01-05\n");
  assert_asked (self, "SELECT person FROM person WHERE employee = '102' AND ended = 0", person);
}

#define MANAGERS                                                                                   \
  "SELECT coalesce (group_concat (who, ' '), '') FROM (SELECT p.employee || r.unit AS who"         \
  " FROM role AS r JOIN person AS p ON p.person = r.person WHERE r.role = 'manager' ORDER BY 1)"

/* Who manages a ward changes with the list; what was given by hand is not the list's. */
static void
test_managers (Fixture *self, gconstpointer data)
{
  g_autofree char *out = NULL;
  g_autofree char *person = NULL;

  import (self, "101,Grace,Okafor,grace.okafor,nursing,A,yes,103,Active,\n"
                "102,Sam,Lee,sam.lee,nursing,B,yes,103,Active,\n"
                "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,\n");
  assert_asked (self, MANAGERS, "103a 103b");
  person = ask (self, "SELECT person FROM person WHERE employee = '102'");
  {
    g_autofree char *body = g_strdup_printf (
        "{\"person\":\"%s\",\"role\":\"manager\",\"place\":\"a\",\"ended\":0}", person);

    append (self, "role_grant", (const char *const[]){ body }, 1);
  }
  assert_asked (self, MANAGERS, "102a 103a 103b");

  /* Ward A is 101's now, and 103 keeps ward B. */
  import (self, "101,Grace,Okafor,grace.okafor,nursing,A,yes,,Active,\n"
                "102,Sam,Lee,sam.lee,nursing,B,yes,103,Active,\n"
                "103,Mia,Chen,mia.chen,nursing,A,yes,101,Active,\n");
  assert_asked (self, MANAGERS, "101a 102a 103b");
  /* A list that names none says nothing of them. */
  import (self, "101,Grace,Okafor,grace.okafor,nursing,A,yes,,Active,\n"
                "102,Sam,Lee,sam.lee,nursing,B,yes,,Active,\n"
                "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,\n");
  assert_asked (self, MANAGERS, "101a 102a 103b");
  /* Taken back with the rest of the list that changed it. */
  import (self, "101,Grace,Okafor,grace.okafor,nursing,A,yes,,Active,\n"
                "102,Sam,Lee,sam.lee,nursing,B,yes,101,Active,\n"
                "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,\n");
  assert_asked (self, MANAGERS, "101b 102a");
  out = run (self, 0, "trust", "import-people", self->uri, "--undo", NULL);
  assert_asked (self, MANAGERS, "101a 102a 103b");
}

static void
test_wrong (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *rows;
    const char *says;
  } cases[] = {
    { "105,A,B,a.b,nursing,A,yes,,Active,2020-01-31\nTotal,1,,,,,,,,\n",
      "line 3: this is a total" },
    { "105,A,B,a.b,nursing,A,yes,,Active,2020-01-31\nGrand total: 1\n", "line 3: this is a total" },
    { "105,A,B,a.b,nursing,Z,yes,,Active,2020-01-31\n",
      "line 2: there is no unit with the code “Z”" },
    { "105,A,B,a.b,nursing,A,yes,,Active,31.1.2020\n", "line 2: “31.1.2020” is not a date" },
    { "105,A,B,a.b,nursing,A,yes,,Active,2020-02-30\n", "is not a date" },
    { ",A,B,a.b,nursing,A,yes,,Active,2020-01-31\n", "line 2: no employee number" },
    { "105,A,B,a.b,nursing,A,yes,,Active,2020-01-31\n105,A,C,a.b,nursing,B,no,,Active,\n",
      "line 3: employee 105 is “A C” here and “A B” in line 2" },
    { "105,A,B,a.b,nursing,A,yes,,Active,\n105,A,B,a.b,nursing,B,yes,,Active,\n",
      "line 2: employee 105 has 2 primary assignments" },
    { "105,A,B,a.b,nursing,A,yes,,Active,\n105,A,B,a.b,nursing,A,no,,Active,\n",
      "line 3: employee 105 has the unit A twice" },
    { "105,A,B,a.b,nursing,A,yes,,Active,\n106,C,D,a.b,nursing,A,yes,,Active,\n",
      "line 3: the username a.b" },
    { "105,A,B,,nursing,A,yes,,Active,\n", "line 2: A B is new and has no username" },
    { "105,A,B,a.b,nursing,A,yes,999,Active,\n", "line 2: nobody has the manager’s" },
    { "105,A,B,a.b,nursing,A,perhaps,,Active,\n", "line 2: “perhaps” says neither" },
    { "105,A,B,a.b,nursing,A,yes,,Act", NULL }, /* no start date is no fault */
    { "105,A,B,a.b,nursi", "line 2: 5 columns where the first line has 10" },
    { "105,\"A,B,a.b,nursing,A,yes,,Active,\n", "line 2: a quotation mark that is not closed" },
    { "", "there is nobody" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (HEAD "\n", cases[i].rows, NULL);
      g_autofree char *out = NULL;

      if (cases[i].says == NULL)
        continue;
      write_file (self, text, -1);
      out = run (self, 1, "trust", "import-people", self->uri, self->file, NULL);
      if (strstr (out, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", out, cases[i].says);
    }
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM event", "4");
}

/* Half a file would end half the trust. */
static void
test_partial (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autofree char *half = NULL;
  g_autofree char *refused = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (rows, "%u,P%u,Q,p%u.q,nursing,%s,yes,,Active,2020-01-31\n", 200 + i, i,
                            i, i < 59 ? "A" : "B");
  import (self, rows->str);
  /* One in sixty may go; but then ward B has nobody. */
  half = g_strndup (rows->str, strstr (rows->str, "259,") - rows->str);
  {
    g_autofree char *text = g_strconcat (HEAD "\n", half, NULL);

    write_file (self, text, -1);
  }
  refused = run (self, 1, "trust", "import-people", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (refused, "units left empty: 1\n  B"));
  g_clear_pointer (&half, g_free);
  g_clear_pointer (&refused, g_free);
  half = g_strndup (rows->str, strstr (rows->str, "230,") - rows->str);
  {
    g_autofree char *text = g_strconcat (HEAD "\n", half, NULL);

    write_file (self, text, -1);
  }
  refused = run (self, 1, "trust", "import-people", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (refused, "--ending 30"));
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM person WHERE ended = 0", "60");
}

static void
test_encodings (Fixture *self, gconstpointer data)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252" };
  static const char *const text =
      "\xef\xbb\xbf" HEAD "\r\n"
      "301;Siobhán;Ó Brien;s.obrien;nursing;A;yes;;Active;2020-01-31\r\n";

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = NULL;
      g_autofree char *semicolons = g_strdelimit (g_strdup (text), ",", ';');
      gsize length;
      /* Windows has no byte order mark in its old pages. */
      g_autofree char *bytes = g_convert (i == 3 ? semicolons + 3 : semicolons, -1, encodings[i],
                                          "UTF-8", NULL, &length, &error);

      g_assert_no_error (error);
      write_file (self, bytes, (gssize) length);
      out = run (self, 0, "trust", "import-people", self->uri, self->file, NULL);
      assert_asked (self, "SELECT name FROM person WHERE employee = '301'", "Siobhán Ó Brien");
      if (i > 0)
        g_assert_nonnull (strstr (out, "written: 0"));
    }
}

static WayTrialServer *server;

static void
set_up_postgresql (Fixture *self, gconstpointer data)
{
  g_autofree char *admin_uri = NULL;
  g_autoptr (WayDb) admin = NULL;
  g_autoptr (GError) error = NULL;

  server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);
  admin_uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "postgres");
  admin = way_db_open (admin_uri, WAY_DB_READ_WRITE, &error);
  way_db_exec (admin, "CREATE DATABASE trust TEMPLATE template0", &error);
  g_assert_no_error (error);
  self->uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "trust");
  set_up (self, data);
}

static void
tear_down_postgresql (Fixture *self, gconstpointer data)
{
  tear_down (self, data);
  g_clear_pointer (&server, way_trial_server_free);
}

#define PRINCIPAL_ROWS                                                                             \
  "101,Grace,Okafor,grace.okafor,nursing,A,yes,103,Active,2020-01-31,\n"                           \
  "102,Grace,Okafor,grace.okafor2,acs,B,,103,Active,01/02/2021,\n"                                 \
  "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,03-MAR-2019,\n"                                     \
  "103,Mia,Chen,mia.chen,nursing,B,no,,Active,03-MAR-2019,\n"

/* Everybody gets a login; whoever leaves loses it, and whoever comes back has it again. */
static void
test_logins (Fixture *self, gconstpointer data)
{
  g_autofree char *passwords = g_build_filename (self->folder, "passwords.csv", NULL);
  g_autofree char *out = NULL;
  g_autofree char *text = NULL;
  g_autofree char *login = NULL;
  g_autofree char *uri = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  test_changes (self, data);
  out = run (self, 1, "trust", "sync-logins", self->uri, NULL);
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "sync-logins", self->uri, "--out", passwords, NULL);
  g_assert_nonnull (strstr (out, "made: 4\nclosed: 0"));
  g_assert_cmpint (g_stat (passwords, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (passwords, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_true (g_str_has_prefix (lines[1], "dev.nair,w_"));
  words = g_strsplit (lines[1], ",", -1);
  way_trial_server_add_password (server, words[1], words[2], &error);
  uri = way_trial_server_dup_uri (server, words[1], "trust");
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  login = way_db_dup_text (db, "SELECT username FROM api.who ()", &error);
  g_assert_cmpstr (login, ==, "dev.nair");

  g_clear_pointer (&out, g_free);
  write_file (self, HEAD "\n" THREE, -1);
  out = run (self, 0, "trust", "import-people", self->uri, self->file, "--ending", "1", NULL);
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "sync-logins", self->uri, "--tickets", NULL);
  g_assert_nonnull (strstr (out, "made: 0\nclosed: 1"));
  g_assert_false (way_db_exec (db, "SELECT 1", NULL));
  g_clear_pointer (&db, way_db_free);
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED);
  g_clear_error (&error);

  import (self, THREE "104,Dev,Nair,dev.nair,medical,B,yes,,Active,2026-01-05\n");
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "sync-logins", self->uri, "--tickets", NULL);
  g_assert_nonnull (strstr (out, "opened again: 1"));
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);

  /* Somebody of a domain: the server's map says which login is theirs. */
  {
    g_autofree char *map = g_build_filename (self->folder, "pg_ident.conf", NULL);
    g_autofree char *lines_of_map = NULL;
    g_autofree char *role = NULL;
    g_autofree char *wanted = NULL;
    g_autofree char *wrong = NULL;

    write_file (self,
                HEAD
                ",Principal\n" PRINCIPAL_ROWS
                "104,Dev,Nair,dev.nair,medical,B,yes,,Active,2026-01-05,dnair@EXAMPLE.NHS.UK\n",
                -1);
    g_clear_pointer (&out, g_free);
    out = run (self, 0, "trust", "import-people", self->uri, self->file, NULL);
    g_clear_pointer (&out, g_free);
    out = run (self, 0, "trust", "sync-logins", self->uri, "--tickets", "--ident", map, NULL);
    g_assert_nonnull (strstr (out, "mapped: 1"));
    role = ask (self, "SELECT l.login FROM main.login AS l JOIN person AS p ON p.person = l.person"
                      " WHERE p.employee = '104'");
    wanted = g_strdup_printf ("\nwaymark  \"dnair\"  %s\n", role);
    g_assert_true (g_file_get_contents (map, &lines_of_map, NULL, NULL));
    g_assert_nonnull (strstr (lines_of_map, wanted));
    write_file (self,
                HEAD ",Principal\n" PRINCIPAL_ROWS
                     "104,Dev,Nair,dev.nair,medical,B,yes,,Active,2026-01-05,\"x\ny\"\n",
                -1);
    wrong = run (self, 1, "trust", "import-people", self->uri, self->file, NULL);
    g_assert_nonnull (strstr (wrong, "line 6: “x\ny” is not a name of a domain"));
  }

  /* Closed by somebody, it stays closed. */
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "disable", self->uri, "dev.nair", NULL);
  g_assert_false (way_db_exec (db, "SELECT 1", NULL));
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "sync-logins", self->uri, "--tickets", NULL);
  g_assert_nonnull (strstr (out, "made: 0\nclosed: 0\nopened again: 0"));
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "tick", self->uri, NULL);
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "upgrade", self->uri, NULL);
  g_clear_pointer (&out, g_free);
  out = run (self, 0, "trust", "check", self->uri, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  import_use (argv[1]);
  ADD ("/import/first", test_first);
  ADD ("/import/changes", test_changes);
  ADD ("/import/job", test_job);
  ADD ("/import/managers", test_managers);
  ADD ("/import/wrong", test_wrong);
  ADD ("/import/partial", test_partial);
  ADD ("/import/encodings", test_encodings);
  g_test_add ("/import/postgresql-logins", Fixture, NULL, set_up_postgresql, test_logins,
              tear_down_postgresql);
  return g_test_run ();
}
