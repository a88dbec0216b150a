/* test-readers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "store/way-log.h"
#include "sync/way-authority.h"

#include <string.h>

/* Who reads what: each kind of what people say to each other and to the trust, and each table that
 * can be asked, beside each role, on the login of each. A kind or a table without a row fails. */

/* ann asked and said it all; bob works beside her; cat is champion there, dan elsewhere; mia is
 * manager there; lea is training lead, des of the design office, gov of governance; eve is nobody.
 */
static const char *const LOGINS[] = {
  "ann", "bob", "cat", "dan", "mia", "lea", "des", "gov", "eve"
};

/* The letters of those who read it, a . for who does not. */
#define EVERYBODY "abcdmlsg."

typedef struct
{
  const char *kind;
  const char *author;  /* (nullable): the trust */
  const char *subject; /* (nullable) */
  const char *unit;    /* (nullable) */
  const char *body;
  const char *readers;
} KindRow;

static const KindRow KINDS[] = {
  { "help_request", "ann", NULL, "w1", "{'page':'today','text':'x'}", "a.c......" },
  /* A champion of another place whom it names. */
  { "help_request", "ann", NULL, "w1", "{'page':'today','text':'x','called':'dan'}", "a.cd....." },
  { "help_action", "cat", "ann", "w1", "{'request':'r','action':'taken'}", "a.c......" },
  { "help_declined", "ann", NULL, "w1", "{'module':'F1'}", "a.c......" },
  { "help_given", "cat", "ann", "w1", "{'topic':'F1','people':1,'minutes':2}", "a.c......" },
  { "on_call", "cat", NULL, "w1", "{'name':'Cat','ended':0}", EVERYBODY },
  { "feedback", "ann", NULL, NULL, "{'type':'idea','text':'x','page':'today'}", "a........" },
  { "feedback_action", "lea", "ann", NULL, "{'feedback':'f','action':'heard'}", "a....l..." },
  { "feedback_action", "des", "ann", NULL, "{'feedback':'f','action':'heard'}", "a.....s.." },
  { "published", "des", NULL, NULL, "{'type':'idea','said':'s','state':'open'}", EVERYBODY },
  { "drop_answer", NULL, NULL, NULL, "{'token':'t','source':'s','action':'heard'}", EVERYBODY },
  { "vote", "ann", NULL, NULL, "{'feedback':'f','value':1}", "a........" },
  { "trial", "lea", NULL, NULL, "{'feedback':'f','text':'aim'}", EVERYBODY },
  { "champion_term", "lea", "ann", "w1", "{'state':'nominated'}", "a....l..." },
  { "rota", NULL, "ann", "w1", "{'week':'2026-03-23','shifts':'mon-early'}", "a........" },
  { "session", "cat", NULL, "w1", "{'title':'t','starts':1,'minutes':30}", EVERYBODY },
  { "attendance", "ann", NULL, "w1", "{'session':'s','state':'coming'}", "a.c......" },
  { "thanks", "ann", "cat", NULL, "{'text':'t'}", "a.c......" },
  { "initiative", "lea", NULL, NULL, "{'title':'t','state':'proposed'}", EVERYBODY },
  { "pulse", "lea", NULL, "w1", "{'question':'q','closes':9000000000000000}", EVERYBODY },
  { "pulse_answer", "ann", NULL, NULL, "{'pulse':'p','value':4,'question':1}", "a........" },
  { "notice", "cat", NULL, "w1", "{'title':'t','text':'t'}", EVERYBODY },
  { "evidence_file", "cat", "ann", NULL,
    "{'evidence':'e','name':'f','type':'text/plain','n':1,'of':1,'data':'eA=='}", "a.c......" },
  { "evidence_answer", "ann", "cat", NULL, "{'evidence':'e','answer':'agreed'}", "a.c......" },
  { "corner_question", "cat", NULL, NULL, "{'topic':'t','text':'x'}", "..cd.l..." },
  { "corner_action", "dan", NULL, NULL, "{'question':'q','action':'answered','text':'x'}",
    "..cd.l..." },
  { "tip", "cat", NULL, NULL, "{'answer':'a','state':'worked','text':'x'}", EVERYBODY },
};

/* Of issues before these, with tests of their own beside the attacks. */
static const char *const OTHER_KINDS[] = {
  "attempt",    "selection",  "response",         "attempt_end",     "estimate",     "self_rating",
  "confidence", "barrier",    "about_me",         "preference",      "step",         "note",
  "reflection", "shift_done", "action",           "rule_outcome",    "evidence",     "certificate",
  "assignment", "exemption",  "assignment_end",   "reminder",        "organisation", "place",
  "person",     "membership", "role_requirement", "role_grant",      "setting",      "pack_release",
  "local_note", "access",     "item_parameter",   "erasure_request", "erasure",      "retraction",
  NULL
};

static const struct
{
  const char *what;
  const char *readers;
} TABLES[] = {
  { "organisation", EVERYBODY },
  { "setting", EVERYBODY },
  { "unit", EVERYBODY },
  { "catalogue", EVERYBODY },
  { "support", EVERYBODY },
  { "initiative", EVERYBODY },
  { "initiative_step", EVERYBODY },
  { "meta", "abcdmlsge" },
  { "person WHERE person = 'ann'", "a.c.mls.." },
  { "person WHERE person = 'bob'", ".bc.ml..." },
  { "person WHERE person = 'lea'", ".....ls.." },
  { "membership WHERE person = 'ann'", "a.c.ml..." },
  { "role WHERE person = 'cat'", "..c..l..." },
  { "role WHERE person = 'lea'", ".....ls.." },
  { "champion", "a....l..." },
  { "rota", "a....l..." },
  { "help WHERE called IS NULL", "a.c..l..." },
  { "help WHERE called = 'dan'", "a.cd.l..." },
  { "help_given", "a.c..l..." },
  { "feedback", "a....ls.." },
  { "corner", "..cd.l..." },
  { "corner_answer", "..cd.l..." },
  { "tip", EVERYBODY },
  { "pulse_count WHERE pulse = 'nine'", ".....ls.." },
  { "pulse_count WHERE pulse = 'seven'", "........." },
  /* How people do: nothing for the design office and for governance. */
  { "level", "a....l..." },
  { "level_history", "a....l..." },
  { "progress", "a.c.ml..." },
  { "evidence", "a...ml..." },
  { "attempt", "a.c......" },
  { "self_rating", "a........" },
  { "shared", "a........" },
  { "event WHERE kind = 'note'", "a........" },
};

static WayDb *dbs[G_N_ELEMENTS (LOGINS)];

/* The letters of the logins to whom a question has an answer. */
static char *
list_readers (const char *from)
{
  static const char LETTERS[] = "abcdmlsge";
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM api.%s", from);
  GString *readers = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (LOGINS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *n = way_db_dup_text (dbs[i], sql, &error);

      g_assert_no_error (error);
      g_string_append_c (readers, g_str_equal (n, "0") ? '.' : LETTERS[i]);
    }
  return g_string_free (readers, FALSE);
}

static void
assert_readers (const char *what, const char *from, const char *expected)
{
  g_autofree char *readers = list_readers (from);

  if (!g_str_equal (readers, expected))
    {
      g_test_message ("%s is read by %s, not by %s", what, readers, expected);
      g_test_fail ();
    }
}

static void
add_person (SyncFixture *fixture, const char *person, const char *role, const char *place)
{
  g_autofree char *id = NULL;
  g_autofree char *grant = NULL;

  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("person",
                                      "{'person':'%s','username':'%s','name':'%s',"
                                      "'staff_group':'nursing','ended':0}",
                                      person, person, person));
  grant = fixture_append (
      fixture->trust, NULL,
      place != NULL
          ? fixture_draft ("role_grant", "{'person':'%s','role':'%s','place':'%s','ended':0}",
                           person, role, place)
          : fixture_draft ("role_grant", "{'person':'%s','role':'%s','ended':0}", person, role));
  sync_fixture_add_login (fixture, person);
}

static void
set_up (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *grant = NULL;

  sync_fixture_set_up (fixture, data);
  add_person (fixture, "des", "design", NULL);
  add_person (fixture, "gov", "governance", NULL);
  grant = fixture_append (fixture->trust, NULL,
                          fixture_draft ("role_grant", "{'person':'dan','role':'champion',"
                                                       "'place':'w2','ended':0}"));
  for (guint i = 0; i < G_N_ELEMENTS (LOGINS); i++)
    {
      g_autofree char *uri = sync_fixture_dup_login_uri (fixture, LOGINS[i]);
      g_autoptr (GError) error = NULL;

      dbs[i] = way_db_open (uri, WAY_DB_READ_WRITE, &error);
      g_assert_no_error (error);
    }
}

static void
tear_down (SyncFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (LOGINS); i++)
    g_clear_pointer (&dbs[i], way_db_free);
  sync_fixture_tear_down (fixture, data);
}

static char *
append (SyncFixture *fixture, const KindRow *row)
{
  WayEvent *draft = fixture_draft (row->kind, "%s", row->body);

  draft->subject = g_strdup (row->subject);
  draft->unit = g_strdup (row->unit);
  return fixture_append (fixture->trust, row->author, draft);
}

static void
test_kinds (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const WayKind *const *kinds = way_kind_list (&n);

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autofree char *id = append (fixture, &KINDS[i]);
      g_autofree char *from = g_strdup_printf ("event WHERE id = '%s'", id);

      g_hash_table_add (known, (gpointer) KINDS[i].kind);
      assert_readers (KINDS[i].kind, from, KINDS[i].readers);
    }
  for (guint i = 0; i < n; i++)
    {
      const char *name = way_kind_get_name (kinds[i]);

      if (!g_hash_table_contains (known, name) && !g_strv_contains (OTHER_KINDS, name))
        g_error ("no row says who reads %s", name);
    }
}

/* What is not folded here of events stands in the tables by hand: this is about who reads it. */
static void
fill_tables (SyncFixture *fixture)
{
  static const char *const STATEMENTS[] = {
    "INSERT INTO setting (key, value) VALUES ('k', 'v')",
    "INSERT INTO catalogue (part, ident, pack) VALUES ('module', 'm', 'p')",
    "INSERT INTO level (person, capability, attempt, at, received) VALUES ('ann', 'A', 'x', 1, 1)",
    "INSERT INTO level_history (person, capability, attempt, at, received)"
    " VALUES ('ann', 'A', 'x', 1, 1)",
    "INSERT INTO progress (person, module, state, steps, practised, check_passed, shift_done,"
    " started, last) VALUES ('ann', 'm', 'done', 1, 1, 1, 0, 1, 1)",
    "INSERT INTO evidence (person, outcome, type, at, source) VALUES ('ann', 'o', 'check', 1, 's')",
    "INSERT INTO attempt (attempt, person, stands) VALUES ('x', 'ann', 1)",
    "INSERT INTO self_rating (person, capability, at) VALUES ('ann', 'A', 1)",
    "INSERT INTO shared (person, what, with_whom) VALUES ('ann', 'certificate', 'nobody')",
    "INSERT INTO corner_answer (answer, question, at) VALUES ('a', 'q', 1)",
    "INSERT INTO tip (answer, people, at) VALUES ('b', 1, 1)",
    "INSERT INTO pulse_count (pulse, question, value, people, answered)"
    " VALUES ('nine', 1, 4, 9, 9), ('seven', 1, 4, 7, 7)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autofree char *id = append (fixture, &KINDS[i]);
    }
  {
    g_autofree char *note = fixture_append (fixture->trust, "ann",
                                            fixture_draft ("note", "{'text':'x','module':'F1'}"));
  }
  for (guint i = 0; i < G_N_ELEMENTS (STATEMENTS); i++)
    {
      g_autoptr (GError) error = NULL;

      way_db_exec (way_store_get_db (fixture->trust), STATEMENTS[i], &error);
      g_assert_no_error (error);
    }
}

static void
test_tables (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *all = NULL;
  g_auto (GStrv) names = NULL;

  fill_tables (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (TABLES); i++)
    {
      g_hash_table_add (known, g_strndup (TABLES[i].what, strcspn (TABLES[i].what, " ")));
      assert_readers (TABLES[i].what, TABLES[i].what, TABLES[i].readers);
    }
  all = fixture_ask (fixture->trust, "SELECT table_name FROM information_schema.tables"
                                     " WHERE table_schema = 'api' ORDER BY table_name");
  names = g_strsplit (all, "\n", -1);
  g_assert_cmpuint (g_strv_length (names), >, 20);
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_hash_table_contains (known, names[i]))
      g_error ("no row says who reads the table %s", names[i]);
}

/* A member of the design office writes what a lead writes of these, and of nothing else. */
static void
test_design_writes (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *subject; /* (nullable) */
    const char *body;
    int expected;
  } DEEDS[] = {
    { "feedback_action", "ann", "{'feedback':'f','action':'heard'}", 1 },
    { "published", NULL, "{'type':'idea','said':'s','state':'open'}", 1 },
    { "trial", NULL, "{'feedback':'f','text':'aim'}", 1 },
    { "initiative", NULL, "{'title':'t','state':'proposed'}", 1 },
    { "pulse", NULL, "{'question':'q','closes':1}", 1 },
    { "setting", NULL, "{'key':'incident_route','value':'x'}", 0 },
    { "notice", NULL, "{'title':'t','text':'t'}", 0 },
    { "role_grant", NULL, "{'person':'des','role':'lead','ended':0}", 0 },
    { "champion_term", "ann", "{'state':'appointed'}", 0 },
    { "evidence", "ann", "{'outcome':'o','type':'witnessed'}", 0 },
    { "rota", "ann", "{'week':'2026-03-23','shifts':'mon-early'}", 0 },
    { "help_action", "ann", "{'request':'r','action':'taken'}", 0 },
  };

  WayDb *db = way_store_get_db (fixture->trust);

  for (guint i = 0; i < G_N_ELEMENTS (DEEDS); i++)
    {
      g_autoptr (WayEvent) event = fixture_draft (DEEDS[i].kind, "%s", DEEDS[i].body);
      g_autoptr (GError) error = NULL;
      WayStatement *statement;
      gboolean is_allowed, has_row;

      event->subject = g_strdup (DEEDS[i].subject);
      event->unit = g_strdup ("w1");
      /* Of a trust in a file, and of one on a server. */
      way_authority_judge (db, "des", event, &is_allowed, &error);
      g_assert_no_error (error);
      statement = way_db_prepare (db, "SELECT may_write ('des', $1, $2, 'w1', CAST($3 AS json))",
                                  &error);
      g_assert_no_error (error);
      way_statement_bind_text (statement, 1, event->kind);
      way_statement_bind_text (statement, 2, event->subject);
      way_statement_bind_text (statement, 3, event->body);
      way_statement_step (statement, &has_row, &error);
      g_assert_no_error (error);
      if (is_allowed != DEEDS[i].expected
          || way_statement_get_int (statement, 0) != DEEDS[i].expected)
        g_error ("des writes %s: %d, %d", DEEDS[i].kind, is_allowed,
                 (int) way_statement_get_int (statement, 0));
      way_statement_reset (statement);
    }
}

/* What somebody is told by a question on their login; "refused" where they may not ask it. */
static char *
ask_as (char letter, const char *sql)
{
  static const char LETTERS[] = "abcdmlsge";
  g_autoptr (GError) error = NULL;
  char *answer = way_db_dup_text (dbs[strchr (LETTERS, letter) - LETTERS], sql, &error);

  if (error == NULL)
    return answer;
  g_test_message ("%c: %s", letter, error->message);
  g_free (answer);
  return g_strdup ("refused");
}

static void
assert_told (char letter, const char *sql, const char *expected)
{
  g_autofree char *told = ask_as (letter, sql);

  if (g_strcmp0 (told, expected) != 0)
    g_error ("%c is told %s, not %s: %s", letter, told, expected, sql);
}

/* The design office is told counts of what it does not read: what people need help with, who is
 * ready, and whom pulses ask. Of fewer than eight nothing, and nobody else is told by these. */
static void
test_counts (SyncFixture *fixture, gconstpointer data)
{
  static const char themes[] =
      "SELECT coalesce (sum (logged), 0) FROM api.help_themes_v1 () WHERE month IS NULL";
  static const char ready[] =
      "SELECT count(*) FROM api.readiness_v1 ('w9', '', 'F1', '2026-03-23') WHERE what = 'a'";
  static const char done[] =
      "SELECT count(*) FROM api.readiness_v1 ('w9', '', 'F1', '2026-03-23') WHERE what = 'done'"
      " AND value = 'F1'";
  static const char elsewhere[] =
      "SELECT count(*) FROM api.readiness_v1 ('w9', '', 'F1', '2026-03-23') WHERE value = 'D2'";
  static const char roster[] = "SELECT count(*) > 7 FROM api.roster_v1 ()";
  g_autofree char *place = fixture_append (
      fixture->trust, NULL,
      fixture_draft ("place", "{'place':'w9','code':'W9','name':'W9','type':'ward'}"));
  g_autofree char *before = NULL;

  for (guint i = 1; i <= 8; i++)
    {
      g_autofree char *person = g_strdup_printf ("p%u", i);
      g_autofree char *module = NULL;
      g_autofree char *other = NULL;
      g_autofree char *person_id = NULL;
      g_autofree char *member_id = NULL;
      WayEvent *given = fixture_draft ("help_given", "{'topic':'Email','people':1,'minutes':5}");
      g_autofree char *given_id = NULL;

      /* Seven by now. */
      if (i == 8)
        {
          assert_told ('s', themes, "0");
          assert_told ('s', ready, "0");
          assert_told ('s', done, "0");
        }
      given->unit = g_strdup ("w1");
      given_id = fixture_append (fixture->trust, "cat", given);
      person_id = fixture_append (fixture->trust, NULL,
                                  fixture_draft ("person",
                                                 "{'person':'%s','username':'%s','name':'%s',"
                                                 "'staff_group':'nursing','ended':0}",
                                                 person, person, person));
      member_id = fixture_append (
          fixture->trust, NULL,
          fixture_draft ("membership", "{'person':'%s','place':'w9','is_primary':1,'ended':0}",
                         person));
      module = g_strdup_printf ("INSERT INTO progress (person, module, state, steps, practised,"
                                " check_passed, shift_done, started, last)"
                                " VALUES ('%s', 'F1', 'done', 1, 1, 1, 0, 1, 1),"
                                " ('%s', 'D2', 'done', 1, 1, 1, 0, 1, 1)",
                                person, person);
      way_db_exec (way_store_get_db (fixture->trust), module, NULL);
    }
  assert_told ('s', themes, "8");
  assert_told ('s', ready, "8");
  assert_told ('s', done, "8");
  assert_told ('s', elsewhere, "0");
  assert_told ('s', "SELECT count(*) FROM api.help_given", "0");
  assert_told ('s', "SELECT count(*) FROM api.progress", "0");
  assert_told ('s', "SELECT count(*) FROM api.membership", "0");
  /* Leads read the tables themselves; nobody else is told. */
  assert_told ('l', themes, "0");
  assert_told ('l', ready, "8");
  for (const char *letter = "abcdmge"; *letter != '\0'; letter++)
    {
      g_autofree char *told = ask_as (*letter, themes);

      g_assert_cmpstr (told, ==, "0");
      assert_told (*letter, ready, "refused");
      assert_told (*letter, roster, "refused");
    }
  before = ask_as ('s', roster);
  g_assert_cmpstr (before, ==, "t");
}

#define ADD(path, test) g_test_add (path, SyncFixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  ADD ("/sync/readers/kinds", test_kinds);
  ADD ("/sync/readers/tables", test_tables);
  ADD ("/sync/readers/counts", test_counts);
  ADD ("/sync/readers/design-writes", test_design_writes);
  return g_test_run ();
}
