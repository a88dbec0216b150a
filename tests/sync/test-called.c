/* test-called.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "store/way-erasure.h"
#include "store/way-lease.h"
#include "sync/way-champion.h"

/* Help from a place that is not one's own: ann works on w1, whose champion is cat; dan is a
 * champion of w2, bob of nothing. */

#define STREAM "01234567-89ab-7cde-8f01-23456789abcd"
#define HELP                                                                                          \
  "SELECT text, coalesce (name, '–'), state, coalesce (taken_by, '–') FROM help ORDER BY asked, " \
  "request"
#define LOG                                                                                        \
  "SELECT count(*) FROM event WHERE kind IN ('help_request', 'help_action') AND author <> 'dan'"

static void
make_champion (SyncFixture *fixture, const char *person, gboolean is_ended)
{
  g_autofree char *id = NULL;

  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("role_grant",
                                      "{'person':'%s','role':'champion','place':'w2','ended':%d}",
                                      person, is_ended));
}

static void
meet (SyncFixture *fixture, WayStore *device)
{
  WaySyncResult result;

  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.refused, ==, 0);
}

static char *
ask_for (WayStore *device, const char *author, const char *text, const char *called)
{
  WayEvent *draft = fixture_draft ("help_request",
                                   "{'page':'today','text':'%s','called':'%s','by':'Ann'}", text,
                                   called);

  draft->unit = g_strdup ("w1");
  return fixture_append (device, author, draft);
}

static char *
act (WayStore *device, const char *author, const char *request, const char *action)
{
  WayEvent *draft = fixture_draft ("help_action", "{'request':'%s','action':'%s','by':'Dan'}",
                                   request, action);

  draft->subject = g_strdup ("ann");
  draft->unit = g_strdup ("w1");
  return fixture_append (device, author, draft);
}

/* Asked, taken, answered, fixed: on the desks of who asks, of the ward's champion and of the one
 * who is called; and on no other. */
static void
test_answered (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autofree char *request = NULL;
  g_autofree char *other = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *fixed = NULL;
  g_autofree char *tried = NULL;
  WaySyncResult result;

  make_champion (fixture, "dan", FALSE);
  meet (fixture, dan);
  request = ask_for (ann, NULL, "Labels", "bob dan");
  other = ask_for (ann, NULL, "Mine", "bob");
  meet (fixture, ann);
  meet (fixture, dan);
  meet (fixture, bob);
  meet (fixture, cat);
  fixture_assert_rows (dan, HELP, "Labels|Ann|open|–");
  fixture_assert_rows (cat, HELP, "Labels|Ann|open|–\nMine|Ann|open|–");
  /* He is named and no champion. */
  fixture_assert_rows (bob, HELP, "");
  fixture_assert_rows (bob, LOG, "0");
  /* Of her he learns nothing else. */
  fixture_assert_rows (dan, "SELECT count(*) FROM person WHERE person = 'ann'", "0");

  taken = act (dan, NULL, request, "taken");
  meet (fixture, dan);
  meet (fixture, ann);
  meet (fixture, cat);
  fixture_assert_rows (ann, HELP, "Labels|Ann|taken|dan\nMine|Ann|open|–");
  fixture_assert_rows (cat, HELP, "Labels|Ann|taken|dan\nMine|Ann|open|–");
  /* The ward's own answers, and she says that it is fixed: he learns both. */
  answered = act (cat, NULL, request, "answered");
  meet (fixture, cat);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "Labels|Ann|answered|cat");
  meet (fixture, ann);
  fixed = fixture_append (ann, NULL,
                          fixture_draft ("help_action", "{'request':'%s','action':'fixed'}",
                                         request));
  meet (fixture, ann);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "Labels|Ann|closed|cat");

  /* One that does not name him, and one that names who is no champion. */
  tried = act (dan, NULL, other, "taken");
  g_free (taken);
  taken = act (bob, NULL, other, "taken");
  sync_fixture_sync (fixture, dan, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  sync_fixture_sync (fixture, bob, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  fixture_assert_rows (fixture->trust, HELP, "Labels|Ann|closed|cat\nMine|Ann|open|–");
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM event WHERE kind = 'help_action' AND allowed = 0",
                       "2");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (dan);
}

/* Taken back, erased, lent; and gone with the role. */
static void
test_gone (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *ledger = g_build_filename (fixture->folder, "ledger", NULL);
  g_autofree char *lead = NULL;
  g_autofree char *manager = NULL;
  g_autofree char *id = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;
  WayErasureTarget target = { NULL, NULL };
  WaySyncResult result;

  make_champion (fixture, "dan", FALSE);
  first = ask_for (ann, NULL, "One", "dan");
  second = ask_for (ann, NULL, "Two", "dan");
  third = ask_for (ann, NULL, "Three", "dan");
  meet (fixture, ann);
  meet (fixture, dan);
  fixture_assert_rows (dan, "SELECT count(*) FROM help", "3");

  fixture_retract (ann, first, "tap");
  meet (fixture, ann);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "Two|Ann|open|–\nThree|Ann|open|–");

  lead = fixture_append (fixture->trust, NULL,
                         fixture_draft ("role_grant",
                                        "{'person':'lea','role':'governance','ended':0}"));
  manager = fixture_append (fixture->trust, NULL,
                            fixture_draft ("role_grant",
                                           "{'person':'mia','role':'governance','ended':0}"));
  target.event = second;
  id = way_erasure_ask (fixture->trust, "lea", &target, "a name", &error);
  g_assert_no_error (error);
  erasure = way_erasure_confirm (fixture->trust, "mia", &target, ledger, &error);
  g_assert_no_error (error);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "Three|Ann|open|–");
  fixture_assert_rows (dan, LOG " AND kind = 'help_request' AND salt <> ''", "1");

  g_assert_true (way_lease_refuse (dan, TRUE, &error));
  g_assert_no_error (error);
  fixture_assert_rows (dan, LOG, "0");
  sync_fixture_sync (fixture, dan, &result);
  g_assert_cmpuint (result.withheld, >=, 2);
  fixture_assert_rows (dan, LOG, "0");
  g_assert_true (way_lease_refuse (dan, FALSE, &error));
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "Three|Ann|open|–");

  make_champion (fixture, "dan", TRUE);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "");
  fixture_assert_rows (dan, LOG, "0");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (dan);
}

/* The trust was put back and has the answer again before the request: whoever is called, and was
 * there between the two, has both. */
static void
test_answer_before_request (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *taken = NULL;

  make_champion (fixture, "dan", FALSE);
  first = ask_for (ann, NULL, "One", "dan");
  meet (fixture, ann);
  meet (fixture, dan);
  sync_fixture_back_up (fixture, "backup");
  second = ask_for (ann, NULL, "Two", "dan");
  meet (fixture, ann);
  meet (fixture, cat);
  taken = act (cat, NULL, second, "taken");
  meet (fixture, cat);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "One|Ann|open|–\nTwo|Ann|taken|cat");

  sync_fixture_restore (fixture, "backup");
  meet (fixture, cat);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "One|Ann|open|–");
  meet (fixture, ann);
  meet (fixture, dan);
  fixture_assert_rows (dan, HELP, "One|Ann|open|–\nTwo|Ann|taken|cat");
  fixture_assert_rows (dan, LOG, "3");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (dan);
}

static int
log_help (SyncFixture *fixture, WayStore *device, const char *person)
{
  WayEvent *draft = fixture_draft ("help_given", "{'topic':'Printing','people':1,'minutes':5}");
  g_autofree char *id = NULL;
  WaySyncResult result;

  draft->subject = g_strdup (person);
  draft->unit = g_strdup ("w2");
  id = fixture_append (device, NULL, draft);
  sync_fixture_sync (fixture, device, &result);
  return (int) result.refused;
}

/* Whom a champion helped away from their place they may name once they were called; nobody else
 * there. */
static void
test_logged (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autofree char *request = NULL;

  make_champion (fixture, "dan", FALSE);
  meet (fixture, dan);
  g_assert_cmpint (log_help (fixture, dan, "ann"), ==, 1);
  request = ask_for (ann, NULL, "Labels", "bob dan");
  meet (fixture, ann);
  meet (fixture, dan);
  g_assert_cmpint (log_help (fixture, dan, "ann"), ==, 0);
  g_assert_cmpint (log_help (fixture, dan, "bob"), ==, 1);
  /* Bob is called too, and is no champion. */
  g_assert_cmpint (log_help (fixture, bob, "ann"), ==, 1);
  meet (fixture, ann);
  fixture_assert_rows (ann, "SELECT champion, person FROM help_given", "dan|ann");
  fixture_assert_rows (fixture->trust, "SELECT champion, person FROM help_given", "dan|ann");
  fixture_assert_sound (fixture->trust);
}

#define CARDS                                                                                      \
  "SELECT c.person, c.unit, c.ended FROM (SELECT e.person, e.unit, e.body ->> 'ended' AS ended,"   \
  " row_number () OVER (PARTITION BY e.person, e.unit ORDER BY e.effective DESC, e.id DESC) AS"    \
  " age FROM live AS e WHERE e.kind = 'on_call') AS c WHERE c.age = 1 ORDER BY c.person"

static void
say_on_call (WayStore *device, const char *about, const char *unit)
{
  WayEvent *draft = fixture_draft ("on_call", "{'name':'Dan','shifts':'mon-early','ended':0}");

  draft->subject = g_strdup (about);
  draft->unit = g_strdup (unit);
  g_free (fixture_append (device, NULL, draft));
}

static char *
say_term (WayStore *device, const char *state, const char *term)
{
  g_autofree char *which = term != NULL ? g_strdup_printf (",'term':'%s'", term) : g_strdup ("");
  WayEvent *draft = fixture_draft ("champion_term", "{'state':'%s'%s}", state, which);

  draft->subject = g_strdup ("dan");
  draft->unit = g_strdup ("w2");
  return fixture_append (device, NULL, draft);
}

static void
end_calls (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n_ended;

  if (sync_fixture_is_postgresql ())
    way_db_exec (way_store_get_db (fixture->trust), "SELECT end_calls (NULL)", &error);
  else
    way_champion_end_calls (fixture->trust, &n_ended, &error);
  g_assert_no_error (error);
}

/* Whose term ends is asked no more, whether or not they come back to say so. */
static void
test_ended (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *term = say_term (dan, "put-forward", NULL);
  g_autofree char *events = NULL;
  g_autofree char *again = NULL;
  g_autofree char *role = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  meet (fixture, dan);
  g_free (say_term (lea, "appointed", term));
  meet (fixture, lea);
  say_on_call (dan, NULL, "w2");
  meet (fixture, dan);
  say_on_call (cat, NULL, "w1");
  meet (fixture, cat);
  meet (fixture, ann);
  fixture_assert_rows (ann, CARDS, "cat|w1|0\ndan|w2|0");

  /* He does not meet the trust again. */
  g_free (say_term (lea, "paused", term));
  meet (fixture, lea);
  meet (fixture, ann);
  fixture_assert_rows (ann, CARDS, "cat|w1|0\ndan|w2|1");
  g_free (say_term (lea, "active", term));
  meet (fixture, lea);
  say_on_call (dan, NULL, "w2");
  meet (fixture, dan);
  meet (fixture, ann);
  fixture_assert_rows (ann, CARDS, "cat|w1|0\ndan|w2|0");
  g_free (say_term (lea, "ended", term));
  meet (fixture, lea);
  meet (fixture, ann);
  fixture_assert_rows (ann, CARDS, "cat|w1|0\ndan|w2|1");

  /* What was granted and is taken back the clockwork finds, once; also where the trust's clock was
   * put back since the card came. */
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust),
                              "UPDATE event SET effective = effective + 3600000000,"
                              " received = received + 3600000000"
                              " WHERE kind = 'on_call' AND person = 'cat'",
                              &error));
  g_assert_no_error (error);
  role = fixture_append (fixture->trust, NULL,
                         fixture_draft ("role_grant", "{'person':'cat','role':'champion',"
                                                      "'place':'w1','ended':1}"));
  end_calls (fixture);
  meet (fixture, ann);
  fixture_assert_rows (ann, CARDS, "cat|w1|1\ndan|w2|1");
  events = fixture_ask (fixture->trust, "SELECT count(*) FROM event");
  end_calls (fixture);
  again = fixture_ask (fixture->trust, "SELECT count(*) FROM event");
  g_assert_cmpstr (events, ==, again);
  /* Nobody says it of another. */
  say_on_call (lea, "dan", "w2");
  sync_fixture_sync (fixture, lea, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (ann);
}

/* With any client at all. */
static void
test_logins (SyncFixture *fixture, gconstpointer data)
{
  static const char *const logins[] = { "ann", "bob", "mia", "cat", "lea", "dan", "eve" };
  static const struct
  {
    const char *sql;
    const char *now[7]; /* dan is a champion */
    const char *then[7];
  } cases[] = {
    /*                                          ann  bob  mia  cat  lea  dan  eve */
    { "SELECT count(*) FROM api.help",
      { "2", "0", "0", "2", "2", "1", "0" },
      { "2", "0", "0", "2", "2", "0", "0" } },
    { "SELECT count(*) FROM api.event WHERE kind = 'help_request'",
      { "3", "0", "0", "3", "0", "2", "0" },
      { "3", "0", "0", "3", "0", "0", "0" } },
    { "SELECT count(*) FROM api.event WHERE kind = 'help_action'",
      { "2", "0", "0", "2", "0", "1", "0" },
      { "2", "0", "0", "2", "0", "0", "0" } },
    { "SELECT count(*) FROM api.event WHERE kind = 'retraction'",
      { "1", "0", "0", "1", "0", "1", "0" },
      { "1", "0", "0", "1", "0", "0", "0" } },
    { "SELECT count(*) FROM api.pull_v1 ('" STREAM "', 'unit:*', '') WHERE id IS NOT NULL",
      { "0", "0", "0", "0", "0", "3", "0" },
      { "0", "0", "0", "0", "0", "0", "0" } },
    { "SELECT count(*) FROM api.hello_v1 ('" STREAM "', '') WHERE scope = 'unit:*'",
      { "0", "0", "0", "0", "0", "1", "0" },
      { "0", "0", "0", "0", "0", "0", "0" } },
    /* Of who asks he reads no more than before. */
    { "SELECT count(*) FROM api.person WHERE person = 'ann'",
      { "1", "0", "1", "1", "1", "0", "0" },
      { "1", "0", "1", "1", "1", "0", "0" } },
  };
  g_autofree char *request = NULL;
  g_autofree char *other = NULL;
  g_autofree char *back = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *heard = NULL;

  make_champion (fixture, "dan", FALSE);
  request = ask_for (fixture->trust, "ann", "Labels", "bob dan");
  other = ask_for (fixture->trust, "ann", "Mine", "bob");
  back = ask_for (fixture->trust, "ann", "Not so", "dan");
  taken = act (fixture->trust, "cat", request, "taken");
  heard = act (fixture->trust, "cat", other, "taken");
  {
    g_autofree char *id = fixture_append (fixture->trust, "ann",
                                          fixture_draft ("retraction", "{'target':'%s'}", back));
  }
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
        {
          g_autofree char *uri = sync_fixture_dup_login_uri (fixture, logins[l]);
          g_autoptr (GError) error = NULL;
          g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

          g_assert_no_error (error);
          for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
            {
              g_autofree char *n = way_db_dup_text (db, cases[i].sql, &error);
              const char *expected = pass == 0 ? cases[i].now[l] : cases[i].then[l];

              g_assert_no_error (error);
              if (g_strcmp0 (n, expected) != 0)
                g_error ("%s has %s of %s, not %s", logins[l], n, cases[i].sql, expected);
            }
        }
      make_champion (fixture, "dan", TRUE);
    }
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/called/answered", test_answered);
  ADD ("/sync/called/gone", test_gone);
  ADD ("/sync/called/logged", test_logged);
  ADD ("/sync/called/ended", test_ended);
  ADD ("/sync/called/32-answer-before-request", test_answer_before_request);
  if (sync_fixture_is_postgresql ())
    ADD ("/sync/called/logins", test_logins);
  return g_test_run ();
}
