/* test-corner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "store/way-erasure.h"
#include "store/way-lease.h"

#include <string.h>

/* What champions ask each other, on desks and with logins: cat is champion of w1, dan becomes one
 * of w2, lea is lead of all, mia a manager, ann a learner. */

#define STREAM "01234567-89ab-7cde-8f01-23456789abcd"
#define QUESTIONS                                                                                  \
  "SELECT coalesce (text, '–'), coalesce (because, '–'), answers FROM corner ORDER BY at, "    \
  "question"
#define ANSWERS                                                                                     \
  "SELECT name, coalesce (text, '–'), coalesce (because, '–') FROM corner_answer ORDER BY at, " \
  "answer"
#define TIPS "SELECT topic, text, people FROM tip ORDER BY at, answer"
#define LOG "SELECT count(*) FROM event WHERE kind IN ('corner_question', 'corner_action')"

static void
grant (SyncFixture *fixture, const char *person, const char *role, gboolean is_ended)
{
  g_autofree char *id = NULL;

  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("role_grant",
                                      "{'person':'%s','role':'%s','place':'w2','ended':%d}", person,
                                      role, is_ended));
}

static void
meet (SyncFixture *fixture, WayStore *device)
{
  WaySyncResult result;

  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.refused, ==, 0);
}

static char *
ask_all (WayStore *device, const char *topic, const char *text, const char *by)
{
  return fixture_append (device, NULL,
                         fixture_draft ("corner_question", "{'topic':'%s','text':'%s','by':'%s'}",
                                        topic, text, by));
}

static char *
answer (
    WayStore *device, const char *author, const char *question, const char *text, const char *by)
{
  return fixture_append (
      device, author,
      fixture_draft ("corner_action", "{'question':'%s','action':'answered','text':'%s','by':'%s'}",
                     question, text, by));
}

static char *
say_worked (WayStore *device, const char *of, const char *text)
{
  return fixture_append (
      device, NULL,
      fixture_draft ("tip", "{'answer':'%s','state':'worked','topic':'Printing','text':'%s'}", of,
                     text));
}

static void
take_down (WayStore *device, const char *question, const char *of, const char *because)
{
  g_autofree char *part = of != NULL ? g_strdup_printf ("'answer':'%s',", of) : g_strdup ("");
  g_autofree char *id = NULL;
  g_autofree char *tip = NULL;

  id = fixture_append (device, NULL,
                       fixture_draft ("corner_action",
                                      "{'question':'%s','action':'taken-down',%s'text':'%s'}",
                                      question, part, because));
  if (of != NULL)
    tip = fixture_append (device, NULL,
                          fixture_draft ("tip", "{'answer':'%s','state':'taken-down'}", of));
}

static void
test_conversation (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *question = ask_all (cat, "Printing", "Labels come out blank", "Cat");
  g_autofree char *second = ask_all (cat, "Other", "Asked twice", "Cat");
  g_autofree char *answered = NULL;
  g_autofree char *worked = NULL;
  g_autofree char *again = NULL;
  g_autofree char *hers = NULL;

  meet (fixture, cat);
  /* Before he is a champion nothing reaches him, and then all that was. */
  meet (fixture, dan);
  fixture_assert_rows (dan, QUESTIONS, "");
  fixture_assert_rows (dan, LOG, "0");
  grant (fixture, "dan", "champion", FALSE);
  meet (fixture, dan);
  fixture_assert_rows (dan, QUESTIONS, "Labels come out blank|–|0\nAsked twice|–|0");
  answered = answer (dan, NULL, question, "Turn the roll over", "Dan");
  meet (fixture, dan);
  meet (fixture, cat);
  fixture_assert_rows (cat, ANSWERS, "Dan|Turn the roll over|–");
  fixture_assert_rows (cat, TIPS, "");

  /* It worked: said once by each, and never by who answered. */
  worked = say_worked (cat, answered, "Turn the roll over");
  again = say_worked (cat, answered, "Turn the roll over");
  meet (fixture, cat);
  meet (fixture, ann);
  meet (fixture, lea);
  fixture_assert_rows (fixture->trust, TIPS, "Printing|Turn the roll over|1");
  fixture_assert_rows (ann, TIPS, "Printing|Turn the roll over|1");
  fixture_assert_rows (ann, LOG, "0");
  fixture_assert_rows (ann, QUESTIONS, "");
  fixture_assert_rows (ann, ANSWERS, "");
  fixture_assert_rows (ann, "SELECT count(*) FROM tip", "1");
  fixture_assert_rows (lea, QUESTIONS, "Labels come out blank|–|1\nAsked twice|–|0");
  fixture_assert_rows (lea, ANSWERS, "Dan|Turn the roll over|–");

  /* Both taken back: it is no tip any more. */
  fixture_retract (cat, worked, "tap");
  fixture_retract (cat, again, "tap");
  meet (fixture, cat);
  meet (fixture, ann);
  fixture_assert_rows (ann, TIPS, "");
  g_free (worked);
  worked = say_worked (cat, answered, "Turn the roll over");
  meet (fixture, cat);
  meet (fixture, ann);
  fixture_assert_rows (ann, TIPS, "Printing|Turn the roll over|1");

  /* A lead takes down, and says why; one's own is withdrawn. */
  take_down (lea, question, answered, "The rolls have changed");
  fixture_retract (cat, second, "tap");
  hers = ask_all (cat, "Other", "Names on it", "Cat");
  meet (fixture, cat);
  meet (fixture, lea);
  take_down (lea, hers, NULL, "It names somebody");
  meet (fixture, lea);
  meet (fixture, dan);
  meet (fixture, ann);
  meet (fixture, cat);
  fixture_assert_rows (dan, QUESTIONS, "Labels come out blank|–|0\n–|It names somebody|0");
  fixture_assert_rows (dan, ANSWERS, "Dan|–|The rolls have changed");
  fixture_assert_rows (ann, TIPS, "");
  fixture_assert_rows (cat, QUESTIONS, "Labels come out blank|–|0\n–|It names somebody|0");
  fixture_assert_rows (fixture->trust, QUESTIONS,
                       "Labels come out blank|–|0\n–|It names somebody|0");

  /* Whoever is no champion any more keeps what is theirs, and nothing else. */
  grant (fixture, "dan", "champion", TRUE);
  meet (fixture, dan);
  fixture_assert_rows (dan, QUESTIONS, "");
  fixture_assert_rows (dan, LOG " AND author <> 'dan'", "0");
  fixture_assert_rows (dan, LOG, "1");
  fixture_assert_rows (dan, "SELECT count(*) FROM scope WHERE scope = 'champions'", "0");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (dan);
  fixture_assert_sound (cat);
}

/* What was erased goes from every desk that has the scope. */
static void
test_erased (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *question = ask_all (cat, "Printing", "Names on it", "Cat");
  g_autofree char *ledger = g_build_filename (fixture->folder, "ledger", NULL);
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *other = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;
  WayErasureTarget target = { NULL, question };

  meet (fixture, cat);
  meet (fixture, lea);
  fixture_assert_rows (lea, QUESTIONS, "Names on it|–|0");
  first = fixture_append (fixture->trust, NULL,
                          fixture_draft ("role_grant",
                                         "{'person':'lea','role':'governance','ended':0}"));
  other = fixture_append (fixture->trust, NULL,
                          fixture_draft ("role_grant",
                                         "{'person':'mia','role':'governance','ended':0}"));
  id = way_erasure_ask (fixture->trust, "lea", &target, "a name", &error);
  g_assert_no_error (error);
  erasure = way_erasure_confirm (fixture->trust, "mia", &target, ledger, &error);
  g_assert_no_error (error);
  meet (fixture, lea);
  meet (fixture, cat);
  fixture_assert_rows (lea, "SELECT count(*) FROM corner WHERE text IS NOT NULL", "0");
  fixture_assert_rows (cat, "SELECT count(*) FROM corner WHERE text IS NOT NULL", "0");
  fixture_assert_rows (lea, LOG " AND salt <> ''", "0");
  fixture_assert_sound (fixture->trust);
}

/* Whoever answered is erased: so are their words where another said that they worked. */
static void
test_erased_author (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *question = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *own = NULL;
  g_autofree char *worked = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *late = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  WayErasureTarget target = { "dan", NULL };

  grant (fixture, "dan", "champion", FALSE);
  grant (fixture, "lea", "governance", FALSE);
  grant (fixture, "mia", "governance", FALSE);
  question = ask_all (cat, "Printing", "Labels come out blank", "Cat");
  own = answer (cat, NULL, question, "Clean it", "Cat");
  meet (fixture, cat);
  meet (fixture, dan);
  answered = answer (dan, NULL, question, "Turn the roll over", "Dan");
  kept = say_worked (dan, own, "Clean it");
  meet (fixture, dan);
  meet (fixture, cat);
  worked = say_worked (cat, answered, "Turn the roll over");
  meet (fixture, cat);
  meet (fixture, ann);
  fixture_assert_rows (ann, TIPS, "Printing|Clean it|1\nPrinting|Turn the roll over|1");
  id = way_erasure_ask (fixture->trust, "lea", &target, "asked by letter", &error);
  g_assert_no_error (error);
  erasure = way_erasure_confirm (fixture->trust, "mia", &target, NULL, &error);
  g_assert_no_error (error);
  fixture_assert_rows (fixture->trust, TIPS, "");
  /* From a desk that did not know; the next tick finds it. */
  late = say_worked (cat, answered, "Turn the roll over");
  meet (fixture, cat);
  way_erasure_sweep (fixture->trust, &error);
  g_assert_no_error (error);
  meet (fixture, cat);
  meet (fixture, ann);
  fixture_assert_rows (fixture->trust, TIPS, "");
  fixture_assert_rows (ann, TIPS, "");
  fixture_assert_rows (cat, TIPS, "");
  fixture_assert_rows (cat, "SELECT count(*) FROM event WHERE kind = 'tip' AND salt <> ''", "0");
  fixture_assert_rows (cat, "SELECT count(*) FROM corner_answer WHERE text = 'Turn the roll over'",
                       "0");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (cat);
  fixture_assert_sound (ann);
}

/* Lent as a unit's people are: for a time, and not to a computer that people share. */
static void
test_lent (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *question = ask_all (cat, "Printing", "Labels come out blank", "Cat");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  meet (fixture, cat);
  meet (fixture, lea);
  fixture_assert_rows (lea, LOG, "1");
  g_assert_true (way_lease_refuse (lea, TRUE, &error));
  g_assert_no_error (error);
  fixture_assert_rows (lea, LOG, "0");
  sync_fixture_sync (fixture, lea, &result);
  g_assert_cmpuint (result.withheld, ==, 1);
  fixture_assert_rows (lea, LOG, "0");
  g_assert_true (way_lease_refuse (lea, FALSE, &error));
  meet (fixture, lea);
  fixture_assert_rows (lea, LOG, "1");
}

static WayDb *
sign_in (SyncFixture *fixture, const char *who)
{
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, who);
  g_autoptr (GError) error = NULL;
  WayDb *db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

static const char *const logins[] = { "ann", "bob", "mia", "cat", "lea", "dan", "eve" };

static void
assert_reads (WayDb *db, const char *who, const char *sql, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *n = way_db_dup_text (db, sql, &error);

  g_assert_no_error (error);
  if (g_strcmp0 (n, expected) != 0)
    g_error ("%s has %s of %s, not %s", who, n, sql, expected);
}

/* With any client at all: views, pull, and what the schema keeps to itself. */
static void
test_logins (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *now[7]; /* dan is a champion */
    const char *then[7];
  } cases[] = {
    /*                                                   ann  bob  mia  cat  lea  dan  eve */
    { "SELECT count(*) FROM api.corner",
      { "0", "0", "0", "1", "1", "1", "0" },
      { "0", "0", "0", "1", "1", "0", "0" } },
    { "SELECT count(*) FROM api.corner_answer",
      { "0", "0", "0", "1", "1", "1", "0" },
      { "0", "0", "0", "1", "1", "0", "0" } },
    { "SELECT count(*) FROM api.tip",
      { "1", "1", "1", "1", "1", "1", "0" },
      { "1", "1", "1", "1", "1", "1", "0" } },
    { "SELECT count(*) FROM api.event WHERE kind = 'corner_question'",
      { "0", "0", "0", "1", "1", "1", "0" },
      { "0", "0", "0", "1", "1", "0", "0" } },
    /* His own answer stays his. */
    { "SELECT count(*) FROM api.event WHERE kind = 'corner_action'",
      { "0", "0", "0", "2", "2", "2", "0" },
      { "0", "0", "0", "2", "2", "1", "0" } },
    { "SELECT count(*) FROM api.event WHERE kind = 'retraction'",
      { "0", "0", "0", "1", "1", "1", "0" },
      { "0", "0", "0", "1", "1", "0", "0" } },
    { "SELECT count(*) FROM api.pull_v1 ('" STREAM "', 'champions', '') WHERE id IS NOT NULL",
      { "0", "0", "0", "3", "3", "3", "0" },
      { "0", "0", "0", "3", "3", "0", "0" } },
    { "SELECT count(*) FROM api.hello_v1 ('" STREAM "', '') WHERE scope = 'champions'",
      { "0", "0", "0", "1", "1", "1", "0" },
      { "0", "0", "0", "1", "1", "0", "0" } },
    { "SELECT count(*) FROM api.pull_v1 ('" STREAM "', 'catalogue', '')"
      " WHERE kind IN ('corner_question', 'corner_action')",
      { "0", "0", "0", "0", "0", "0", "0" },
      { "0", "0", "0", "0", "0", "0", "0" } },
  };
  static const char *const kept[] = {
    "SELECT * FROM main.corner",        "SELECT * FROM main.corner_answer",
    "SELECT main.kind_of ('x')",        "INSERT INTO main.role VALUES ('ann', 'champion', '')",
    "UPDATE api.corner SET text = 'x'", "DELETE FROM api.tip",
    "SET ROLE waymark_reader",
  };
  g_autofree char *question = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *mistake = NULL;
  g_autofree char *worked = NULL;
  WayDb *dbs[G_N_ELEMENTS (logins)];

  grant (fixture, "dan", "champion", FALSE);
  question = fixture_append (fixture->trust, "cat",
                             fixture_draft ("corner_question",
                                            "{'topic':'Printing','text':'Labels?','by':'Cat'}"));
  answered = fixture_append (
      fixture->trust, "dan",
      fixture_draft ("corner_action", "{'question':'%s','action':'answered','text':'Turn it'}",
                     question));
  mistake = fixture_append (fixture->trust, "cat",
                            fixture_draft ("corner_action",
                                           "{'question':'%s','action':'answered','text':'No'}",
                                           question));
  worked = fixture_append (
      fixture->trust, "cat",
      fixture_draft ("tip", "{'answer':'%s','state':'worked','topic':'Printing','text':'Turn it'}",
                     answered));
  {
    g_autofree char *taken_back = fixture_append (fixture->trust, "cat",
                                                  fixture_draft ("retraction", "{'target':'%s'}",
                                                                 mistake));
  }
  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      dbs[l] = sign_in (fixture, logins[l]);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        assert_reads (dbs[l], logins[l], cases[i].sql, cases[i].now[l]);
    }
  grant (fixture, "dan", "champion", TRUE);
  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        assert_reads (dbs[l], logins[l], cases[i].sql, cases[i].then[l]);
      for (guint k = 0; k < G_N_ELEMENTS (kept); k++)
        {
          g_autoptr (GError) error = NULL;

          if (way_db_exec (dbs[l], kept[k], &error))
            g_error ("%s was let do: %s", logins[l], kept[k]);
        }
      way_db_free (dbs[l]);
    }
  fixture_assert_sound (fixture->trust);
}

/* Pushes one event as somebody and says whether it was allowed. */
static int
push (SyncFixture *fixture, const char *who, WayEvent *draft)
{
  static guint8 random[10];
  g_autofree char *stream = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  random[0]++;
  stream = way_uuid_new_v7 (1600000000000000, random);
  id = way_uuid_new_v7 (1700000000000000, random);
  draft->at = 1700000000000000;
  draft->zone = g_strdup ("Europe/London");
  way_event_seal_into_stream (draft, stream, 1, id, "00112233445566778899aabbccddeeff", NULL);
  g_ptr_array_add (events, draft);
  welcome = way_peer_hello (fixture->peer, who, stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  receipt = way_peer_push (fixture->peer, events, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->stamps->len, ==, 1);
  return ((WayEvent *) receipt->stamps->pdata[0])->allowed;
}

static void
test_writing (SyncFixture *fixture, gconstpointer data)
{
  static const char *const writers[] = { "ann", "mia", "lea", "cat", "dan" };
  static const struct
  {
    const char *kind;
    const char *body; /* @: of an answer of dan's; #: to a question of cat's; ~: to one withdrawn */
    int expected[5];  /* as the writers */
  } deeds[] = {
    { "corner_question", "{'topic':'t','text':'x'}", { 0, 0, 0, 1, 1 } },
    { "corner_action", "{'question':'q','action':'answered','text':'x'}", { 0, 0, 0, 1, 1 } },
    { "corner_action", "{'question':'q','action':'taken-down','text':'x'}", { 0, 0, 1, 0, 0 } },
    { "tip", "{'answer':'@','state':'worked','text':'x'}", { 0, 0, 0, 1, 0 } },
    { "tip", "{'answer':'@','state':'taken-down'}", { 0, 0, 1, 0, 1 } },
    { "tip", "{'answer':'no','state':'taken-down'}", { 0, 0, 1, 0, 0 } },
    { "tip", "{'answer':'#','state':'worked','text':'x'}", { 0, 0, 0, 1, 0 } },
    { "tip", "{'answer':'#','state':'taken-down'}", { 0, 0, 1, 1, 1 } },
    { "tip", "{'answer':'~','state':'worked','text':'x'}", { 0, 0, 0, 0, 0 } },
    { "tip", "{'answer':'~','state':'taken-down'}", { 0, 0, 1, 1, 1 } },
  };
  static const char places[] = "@#~";
  char *ids[3];

  grant (fixture, "dan", "champion", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *question = i == 0 ? g_strdup ("q") : NULL;

      if (question == NULL)
        question = fixture_append (fixture->trust, "cat",
                                   fixture_draft ("corner_question", "{'topic':'t','text':'x'}"));
      ids[i] = answer (fixture->trust, "dan", question, "x", "Dan");
      if (i == 2)
        g_free (fixture_append (fixture->trust, "cat",
                                fixture_draft ("retraction", "{'target':'%s'}", question)));
    }
  for (guint d = 0; d < G_N_ELEMENTS (deeds); d++)
    for (guint w = 0; w < G_N_ELEMENTS (writers); w++)
      {
        g_autoptr (GString) text = g_string_new (deeds[d].body);
        int allowed;

        for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
          {
            const char place[] = { places[i], '\0' };

            g_string_replace (text, place, ids[i], 0);
          }
        allowed = push (fixture, writers[w], fixture_draft (deeds[d].kind, "%s", text->str));
        if (allowed != deeds[d].expected[w])
          g_error ("%s of %s: %d", text->str, writers[w], allowed);
      }
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
  fixture_assert_sound (fixture->trust);
}

/* Whatever their client sends, and in whatever order: nobody makes a tip of their own answer. */
static void
test_own_tip (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    const char *body; /* @: of the answer */
    int expected;
  } deeds[] = {
    { "tip", "{'answer':'@','state':'worked','text':'x'}", 0 },
    { "corner_action", "{'question':'q','action':'answered','text':'x'}", 1 },
    { "tip", "{'answer':'@','state':'worked','text':'x'}", 0 },
    { "tip", "{'answer':'@','state':'taken-down'}", 1 },
    { "corner_question", "{'topic':'t','text':'x'}", 1 },
  };
  static const char stream[] = "017489c2-8400-7000-8000-0000000000aa";
  static const char answer[] = "018bcfe5-6800-7000-8000-000000000001";
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  const char *chain = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_auto (GStrv) parts = g_strsplit (deeds[i].body, "@", -1);
      g_autofree char *body = g_strjoinv (answer, parts);
      g_autofree char *id = g_strdup_printf ("018bcfe5-6800-7000-8000-00000000000%u", i);
      WayEvent *draft = fixture_draft (deeds[i].kind, "%s", body);

      draft->at = 1700000000000000;
      draft->zone = g_strdup ("Europe/London");
      way_event_seal_into_stream (draft, stream, i + 1, id, "00112233445566778899aabbccddeeff",
                                  chain);
      chain = draft->chain;
      g_ptr_array_add (events, draft);
    }
  welcome = way_peer_hello (fixture->peer, "cat", stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  receipt = way_peer_push (fixture->peer, events, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->inserted, ==, G_N_ELEMENTS (deeds));
  g_assert_cmpuint (receipt->quarantined, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      const WayEvent *stamp = receipt->stamps->pdata[i];

      if (stamp->allowed != deeds[i].expected)
        g_error ("%u, %s: %d", i, deeds[i].body, stamp->allowed);
    }
  fixture_assert_rows (fixture->trust, TIPS, "");
  fixture_assert_sound (fixture->trust);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)
  ADD ("/sync/corner/conversation", test_conversation);
  ADD ("/sync/corner/erased", test_erased);
  ADD ("/sync/corner/erased-author", test_erased_author);
  ADD ("/sync/corner/lent", test_lent);
  ADD ("/sync/corner/writing", test_writing);
  ADD ("/sync/corner/own-tip", test_own_tip);
  if (sync_fixture_is_postgresql ())
    ADD ("/sync/corner/logins", test_logins);

  return g_test_run ();
}
