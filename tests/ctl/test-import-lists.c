/* test-import-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "import-fixture.h"

#include <string.h>

/* The lists beside the one of staff: units, which come first, rotas, and what was learnt
 * elsewhere. */

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

static char *
import_rota (Fixture *self, int expected, const char *text, gboolean is_dry)
{
  write_file (self, text, -1);
  return is_dry ? run (self, expected, "trust", "import-rota", self->uri, self->file, "--dry-run",
                       NULL)
                : run (self, expected, "trust", "import-rota", self->uri, self->file, NULL);
}

#define ROTA                                                                                       \
  "SELECT group_concat (x, ', ') FROM (SELECT p.employee || ' ' || r.unit || ' ' || r.week || ' '" \
  " || r.shifts AS x FROM rota AS r JOIN person AS p ON p.person = r.person ORDER BY 1) AS y"

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
  assert_asked (self, ROTA, NULL);
  done = import_rota (self, 0, first, FALSE);
  g_assert_nonnull (strstr (done, "written: 3"));
  /* The night of the Sunday is of that Sunday's week, and whoever has no unit named is at home. */
#define FIRST                                                                                      \
  "101 a 2026-03-23 mon-early mon-late sun-night, 103 a 2026-03-30 mon-early, "                    \
  "103 b 2026-03-23 tue-night"
  assert_asked (self, ROTA, FIRST);
  again = import_rota (self, 0, first, FALSE);
  g_assert_nonnull (strstr (again, "written: 0"));

  /* A unit's week is what the newest file says of it; other units and weeks stay. */
  changed = import_rota (self, 0, "login;unit;date;start time\ngrace.okafor2;B;2026-03-28;06:45\n",
                         FALSE);
  g_assert_nonnull (strstr (changed, "new: 1"));
  g_assert_nonnull (strstr (changed, "not there any more: 1"));
  assert_asked (self, ROTA,
                "101 a 2026-03-23 mon-early mon-late sun-night, 102 b 2026-03-23 sat-early, "
                "103 a 2026-03-30 mon-early");
  back = run (self, 0, "trust", "import-rota", self->uri, "--undo", NULL);
  g_assert_nonnull (strstr (back, "taken back: 2"));
  assert_asked (self, ROTA, FIRST);
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
  assert_asked (self, ROTA, FIRST);
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
  append (self, "pack_release", releases, G_N_ELEMENTS (releases));
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
  import_use (argv[1]);
  ADD ("/import/units", test_units);
  ADD ("/import/rota", test_rota);
  ADD ("/import/training", test_training);
  return g_test_run ();
}
