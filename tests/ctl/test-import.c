/* test-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-trial-server.h"
#include "store/way-store.h"

#include <glib/gstdio.h>
#include <string.h>

/* Lists of staff as personnel systems write them, against a made-up trust in a file; the
 * last test does the same on PostgreSQL. */

#define HEAD                                                                                       \
  "Employee Number,First Name,Last Name,Username,Staff Group,Unit "                                \
  "Code,Primary,Manager,Status,Start Date"

static char *program;

typedef struct
{
  char *folder;
  char *uri;
  char *file;
} Fixture;

static char *
run (Fixture *self, int expected, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list words;
  char *out = NULL;

  g_ptr_array_add (arguments, program);
  va_start (words, expected);
  for (char *word = va_arg (words, char *); word != NULL; word = va_arg (words, char *))
    g_ptr_array_add (arguments, word);
  va_end (words);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != expected)
    g_error ("exit %d instead of %d: %s", g_subprocess_get_exit_status (process), expected, out);
  return out;
}

static char *
ask (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (self->uri, TRUE, &error);
  char *text;

  g_assert_no_error (error);
  text = way_db_dup_text (way_store_get_db (trust), sql, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return text;
}

#define assert_asked(self, sql, expected)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *asked_ = ask (self, sql);                                                     \
    g_assert_cmpstr (asked_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
write_file (Fixture *self, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->file, text, length, &error);
  g_assert_no_error (error);
}

/* A small trust: one division with wards A and B, and nobody. */
static void
make_places (Fixture *self)
{
  static const char *const places[] = {
    "{\"place\":\"d\",\"code\":\"D\",\"name\":\"Division\",\"type\":\"division\"}",
    "{\"place\":\"a\",\"code\":\"A\",\"name\":\"Ward A\",\"type\":\"ward\",\"parent\":\"d\"}",
    "{\"place\":\"b\",\"code\":\"B\",\"name\":\"Ward B\",\"type\":\"ward\",\"parent\":\"d\"}",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (self->uri, FALSE, &error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_ptr_array_add (drafts, way_event_new ("place", 1, places[i]));
  way_store_append_as (trust, NULL, drafts, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-import-XXXXXX", &error);
  g_assert_no_error (error);
  if (self->uri == NULL)
    self->uri = g_strdup_printf ("sqlite:%s/trust.db", self->folder);
  self->file = g_build_filename (self->folder, "staff.csv", NULL);
  out = run (self, 0, "trust", "create", self->uri, "--organisation", "X", "--ods", "XYZ", NULL);
  make_places (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->folder);
  g_free (self->uri);
  g_free (self->file);
}

static void
import (Fixture *self, const char *rows)
{
  g_autofree char *text = g_strconcat (HEAD "\n", rows, NULL);
  g_autofree char *out = NULL;

  write_file (self, text, -1);
  out = run (self, 0, "trust", "import-people", self->uri, self->file, NULL);
}

/* Two people of one name are two people; one person with two assignments is one. */
#define THREE                                                                                      \
  "101,Grace,Okafor,grace.okafor,nursing,A,yes,103,Active,2020-01-31\n"                            \
  "102,Grace,Okafor,grace.okafor2,acs,B,,103,Active,01/02/2021\n"                                  \
  "103,Mia,Chen,mia.chen,nursing,A,yes,,Active,03-MAR-2019\n"                                      \
  "103,Mia,Chen,mia.chen,nursing,B,no,,Active,03-MAR-2019\n"

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

#define UNITS                                                                                       \
  "SELECT u.code || ' ' || u.name || ' ' || u.type || ' ' || coalesce (p.code, '–') FROM unit AS" \
  " u LEFT JOIN unit AS p ON p.unit = u.parent ORDER BY u.code"

static char *
import_units (Fixture *self, int status, const char *text)
{
  write_file (self, text, -1);
  return run (self, status, "trust", "import-units", self->uri, self->file, NULL);
}

/* The first thing that a trust needs: without units nobody can be imported. */
static void
test_units (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *words;
  } wrong[] = {
    { "Code,Name\n", "line 1: there is no unit in this file" },
    { "Code,Name\n,Ward\nC,\n", "line 3: no name" },
    { "Code,Name,Type\nC,Ward C,castle\n", "line 2: “castle” is no type" },
    { "Code,Name\nC,Ward C\nC,Ward C\n", "line 3: “C” is in line 2 too" },
    { "Code,Name,Parent\nC,Ward C,Q\n", "line 2: there is no unit with the code “Q”" },
    { "Code,Name,Parent\nD,Division,B\n", "line 2: “D” would be below itself" },
    { "Code,Name,Parent\nC,Ward C,E\nE,Ward E,C\n", "line 2: “C” would be below itself" },
  };
  g_autofree char *events = ask (self, "SELECT CAST(count(*) AS text) FROM event");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *said = import_units (self, 1, wrong[i].text);

      g_assert_nonnull (strstr (said, wrong[i].words));
    }
  g_free (run (self, 1, "trust", "import-units", self->uri, "--undo", NULL));
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM event", events);

  write_file (self, "Code,Unit Name,Unit Type,Parent\nE,East,,\nF,Ward F,Inpatient ward,E\n", -1);
  g_free (run (self, 0, "trust", "import-units", self->uri, self->file, "--dry-run", NULL));
  assert_asked (self, "SELECT CAST(count(*) AS text) FROM event", events);
  g_free (run (self, 0, "trust", "import-units", self->uri, self->file, NULL));
  assert_asked (self, UNITS " LIMIT 1 OFFSET 3", "E East division –");
  {
    g_autofree char *again = run (self, 0, "trust", "import-units", self->uri, self->file, NULL);
    g_autofree char *moved = import_units (self, 0, "Code,Name,Parent\nF,Ward Six,D\n");

    g_assert_nonnull (strstr (again, "as it was: 2\nwritten: 0"));
    g_assert_nonnull (strstr (moved, "changed names: 1\n  F  Ward F → Ward Six\nmoved: 1\n"));
  }
  assert_asked (self, UNITS " LIMIT 1 OFFSET 4", "F Ward Six ward D");
  import (self, "101,Grace,Okafor,grace.okafor,nursing,F,yes,,Active,2020-01-31\n");
  /* Its name and place can be taken back, and the unit itself not while somebody is in it. */
  g_free (run (self, 0, "trust", "import-units", self->uri, "--undo", NULL));
  assert_asked (self, UNITS " LIMIT 1 OFFSET 4", "F Ward F ward E");
  g_free (import_units (self, 0, "Code,Name\nG,Ward G\n"));
  import (self, "101,Grace,Okafor,grace.okafor,nursing,F,yes,,Active,2020-01-31\n"
                "102,Mia,Chen,mia.chen,nursing,G,yes,,Active,2020-01-31\n");
  {
    g_autofree char *peopled = run (self, 1, "trust", "import-units", self->uri, "--undo", NULL);

    g_assert_nonnull (strstr (peopled, "People are in 1 of the units"));
  }
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
    g_autoptr (GError) error = NULL;
    g_autoptr (WayStore) trust = way_store_open_trust (self->uri, FALSE, &error);
    g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

    g_ptr_array_add (drafts, way_event_new ("role_grant", 1, body));
    way_store_append_as (trust, NULL, drafts, &error);
    g_assert_no_error (error);
    way_store_close (trust);
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

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

static char *
import_rota (Fixture *self, int expected, const char *text, gboolean is_dry)
{
  write_file (self, text, -1);
  return is_dry ? run (self, expected, "trust", "import-rota", self->uri, self->file, "--dry-run",
                       NULL)
                : run (self, expected, "trust", "import-rota", self->uri, self->file, NULL);
}

#define ROTA                                                                                       \
  "SELECT string_agg (x, ', ') FROM (SELECT p.employee || ' ' || r.unit || ' ' || r.week || ' '"   \
  " || r.shifts AS x FROM rota AS r JOIN person AS p ON p.person = r.person ORDER BY 1) AS y"

static void
assert_rota (Fixture *self, const char *expected)
{
  g_autofree char *sql = g_strdup (ROTA);

  if (g_str_has_prefix (self->uri, "sqlite:"))
    {
      g_free (sql);
      sql = g_strdup (
          "SELECT group_concat (x, ', ') FROM (SELECT p.employee || ' ' || r.unit || ' '"
          " || r.week || ' ' || r.shifts AS x FROM rota AS r JOIN person AS p"
          " ON p.person = r.person ORDER BY 1) AS y");
    }
  assert_asked (self, sql, expected);
}

static void
test_rota (Fixture *self, gconstpointer data)
{
  static const char first[] = "Staff Number,Ward,Date,Shift\n"
                              "101,A,2026-03-23,Long Day\n"
                              "101,A,29/03/2026,N\n"
                              "103,B,2026-03-24,21:15\n"
                              "103,B,2026-03-25,Off\n"
                              "mia.chen,,2026-03-30,E\n"
                              "Total: 5,,,\n";
  g_autofree char *dry = NULL;
  g_autofree char *done = NULL;
  g_autofree char *again = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *back = NULL;
  g_autofree char *none = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *bare = NULL;

  import (self, THREE);
  dry = import_rota (self, 0, first, TRUE);
  g_assert_nonnull (strstr (dry, "new: 3"));
  assert_rota (self, NULL);
  done = import_rota (self, 0, first, FALSE);
  g_assert_nonnull (strstr (done, "written: 3"));
  /* The night of the Sunday is of that Sunday's week, and whoever has no unit named is at home. */
#define FIRST                                                                                      \
  "101 a 2026-03-23 mon-early mon-late sun-night, 103 a 2026-03-30 mon-early, "                    \
  "103 b 2026-03-23 tue-night"
  assert_rota (self, FIRST);
  again = import_rota (self, 0, first, FALSE);
  g_assert_nonnull (strstr (again, "written: 0"));

  /* A unit's week is what the newest file says of it; other units and weeks stay. */
  changed = import_rota (self, 0, "login;unit;date;start time\ngrace.okafor2;B;2026-03-28;06:45\n",
                         FALSE);
  g_assert_nonnull (strstr (changed, "new: 1"));
  g_assert_nonnull (strstr (changed, "not there any more: 1"));
  assert_rota (self, "101 a 2026-03-23 mon-early mon-late sun-night, 102 b 2026-03-23 sat-early, "
                     "103 a 2026-03-30 mon-early");
  back = run (self, 0, "trust", "import-rota", self->uri, "--undo", NULL);
  g_assert_nonnull (strstr (back, "taken back: 2"));
  assert_rota (self, FIRST);
  none = run (self, 1, "trust", "import-rota", self->uri, "--undo", NULL);

  /* What is wrong is said by its line, and nothing is changed. */
  wrong = import_rota (self, 1,
                       "employee,unit,date,shift\n101,A,2026-02-30,early\n999,A,2026-03-23,early\n",
                       FALSE);
  g_assert_nonnull (strstr (wrong, "line 2: “2026-02-30” is no date"));
  g_free (wrong);
  wrong = import_rota (self, 1,
                       "employee,unit,date,shift\n101,A,2026-03-23,dawn\n101,A,2026-03-23\n",
                       FALSE);
  g_assert_nonnull (strstr (wrong, "line 2: “dawn” is no shift"));
  g_assert_nonnull (strstr (wrong, "line 3: 3 columns where the first line has 4"));
  g_free (wrong);
  wrong = import_rota (self, 1,
                       "employee,unit,date,shift\n999,A,2026-03-23,e\n101,Z,2026-03-23,e\n", FALSE);
  g_assert_nonnull (strstr (wrong, "line 2: “999” is no employee number"));
  g_assert_nonnull (strstr (wrong, "line 3: “Z” is no code of a unit"));
  bare = import_rota (self, 1, "employee,unit,shift\n101,A,e\n", FALSE);
  g_assert_nonnull (strstr (bare, "line 1: there is no column with the date"));
  assert_rota (self, FIRST);
}

/* Badges that were scanned in a classroom, and a file that says more of each. */
static void
test_training (Fixture *self, gconstpointer data)
{
  static const char *const releases[] = {
    "{\"part\":\"pack\",\"pack\":\"core\",\"version\":1,\"ident\":\"core\",\"name\":\"Core\"}",
    "{\"part\":\"module\",\"pack\":\"core\",\"version\":1,\"ident\":\"F1\",\"name\":\"Phish\"}",
  };
  const char *sql = "SELECT count(*) || ' ' || min (module) || ' ' || max (type) FROM evidence";
  g_autofree char *dry = NULL;
  g_autofree char *done = NULL;
  g_autofree char *again = NULL;
  g_autofree char *more = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *back = NULL;

  import (self, THREE);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (WayStore) trust = way_store_open_trust (self->uri, FALSE, &error);
    g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

    for (guint i = 0; i < G_N_ELEMENTS (releases); i++)
      g_ptr_array_add (drafts, way_event_new ("pack_release", 1, releases[i]));
    way_store_append_as (trust, NULL, drafts, &error);
    g_assert_no_error (error);
    way_store_close (trust);
  }
  write_file (self, "Badge\n101\n103\n101\n", -1);
#define TAUGHT "--module", "F1", "--source", "Induction", "--date", "2026-03-02"
  dry = run (self, 0, "trust", "import-training", self->uri, self->file, TAUGHT, "--dry-run", NULL);
  g_assert_nonnull (strstr (dry, "new: 2"));
  done = run (self, 0, "trust", "import-training", self->uri, self->file, TAUGHT, NULL);
  g_assert_nonnull (strstr (done, "written: 2"));
  g_assert_nonnull (strstr (done, "as it was: 1"));
  assert_asked (self, sql, "2 F1 elsewhere");
  assert_asked (self, "SELECT max (e.body ->> 'note') FROM live AS e WHERE e.kind = 'evidence'",
                "Induction, 2026-03-02");
  again = run (self, 0, "trust", "import-training", self->uri, self->file, TAUGHT, NULL);
  g_assert_nonnull (strstr (again, "written: 0"));
  bare = run (self, 1, "trust", "import-training", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (bare, "line 2: no module"));

  write_file (self, "employee,course,date,provider\n102,F1,2026-01-05,College\n", -1);
  more = run (self, 0, "trust", "import-training", self->uri, self->file, NULL);
  assert_asked (self, sql, "3 F1 elsewhere");
  write_file (self, "employee,course,date,provider\n102,Z9,2026-01-05,College\n", -1);
  wrong = run (self, 1, "trust", "import-training", self->uri, self->file, NULL);
  g_assert_nonnull (strstr (wrong, "line 2: “Z9” is no module"));
  back = run (self, 0, "trust", "import-training", self->uri, "--undo", NULL);
  assert_asked (self, sql, "2 F1 elsewhere");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  ADD ("/import/units", test_units);
  ADD ("/import/first", test_first);
  ADD ("/import/changes", test_changes);
  ADD ("/import/job", test_job);
  ADD ("/import/managers", test_managers);
  ADD ("/import/wrong", test_wrong);
  ADD ("/import/partial", test_partial);
  ADD ("/import/encodings", test_encodings);
  ADD ("/import/rota", test_rota);
  ADD ("/import/training", test_training);
  g_test_add ("/import/postgresql-logins", Fixture, NULL, set_up_postgresql, test_logins,
              tear_down_postgresql);
  return g_test_run ();
}
