/* test-attacks-govern.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "store/way-erasure.h"

#include <string.h>

/* What somebody with a login of their own may try beyond their role, with any client at all.
 * Ann is a learner and bob too, on w1; dan is on w2; cat is champion and mia manager of w1,
 * lea lead of all; mia and dan are governance. */

static WayDb *
sign_in (SyncFixture *fixture, const char *who)
{
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, who);
  g_autoptr (GError) error = NULL;
  WayDb *db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

static void
append (WayStore *store, const char *subject, WayEvent *draft)
{
  g_autofree char *id = NULL;

  draft->subject = g_strdup (subject);
  id = fixture_append (store, NULL, draft);
}

static void
grant (SyncFixture *fixture)
{
  append (fixture->trust, NULL,
          fixture_draft ("role_grant", "{'person':'mia','role':'governance','ended':0}"));
  append (fixture->trust, NULL,
          fixture_draft ("role_grant", "{'person':'dan','role':'governance','ended':0}"));
}

static char *
ask (SyncFixture *fixture, const char *who, const char *sql)
{
  g_autoptr (WayDb) db = sign_in (fixture, who);
  g_autoptr (GError) error = NULL;
  char *text = way_db_dup_text (db, sql, &error);

  g_assert_no_error (error);
  return text;
}

#define assert_said(fixture, who, sql, expected)                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *said_ = ask (fixture, who, sql);                                              \
    g_assert_cmpstr (said_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
assert_denied (SyncFixture *fixture, const char *who, const char *sql)
{
  g_autoptr (WayDb) db = sign_in (fixture, who);
  g_autoptr (GError) error = NULL;

  if (way_db_exec (db, sql, &error))
    g_error ("%s was let do: %s", who, sql);
}

/* Erasing takes two, and both in the role. */
static void
test_erasing (SyncFixture *fixture, gconstpointer data)
{
  static const char *const inside[] = {
    "SELECT main.erase_now ('ann', 'person', NULL, NULL, 'x')",
    "SELECT main.confirm_erasure ('mia', 'ann', NULL)",
    "SELECT main.ask_erasure ('mia', 'ann', NULL, 'x')",
    "SELECT main.empty_events ('{}')",
    "SELECT main.sweep_erased ()",
    "SELECT main.retain (9000000000000000)",
    "SELECT main.append_own ('ann', NULL, NULL, 'erasure', 1, '{}')",
    "SELECT api.erasures ()",
    "INSERT INTO main.erased VALUES ('bob', 'person', 'x', 'x', 1)",
    "DELETE FROM main.erased",
    "UPDATE main.event SET body = NULL, salt = ''",
  };
  static const char *const others[] = { "ann", "cat", "lea", "eve" };
  g_autofree char *uri = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  WayErasureTarget target = { "ann", NULL };

  grant (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    {
      assert_denied (fixture, "ann", inside[i]);
      assert_denied (fixture, "mia", inside[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      assert_said (fixture, others[i], "SELECT refusal FROM api.erase_request ('ann', NULL, 'x')",
                   "governance");
      assert_said (fixture, others[i], "SELECT refusal FROM api.erase_confirm ('ann', NULL)",
                   "governance");
      assert_said (fixture, others[i], "SELECT count(*) FROM api.erasures_asked ()", "0");
      assert_said (fixture, others[i], "SELECT count(*) FROM api.accesses (0)", "0");
    }
  assert_said (fixture, "dan", "SELECT refusal FROM api.erase_confirm ('ann', NULL)", "none");
  assert_said (fixture, "mia", "SELECT refusal FROM api.erase_request ('ann', NULL, 'by letter')",
               NULL);
  assert_said (fixture, "mia", "SELECT refusal FROM api.erase_confirm ('ann', NULL)", "same");
  assert_said (fixture, "mia", "SELECT refusal FROM api.erase_request ('ann', NULL, 'again')",
               NULL);
  assert_said (fixture, "mia", "SELECT refusal FROM api.erase_confirm ('ann', NULL)", "same");
  assert_said (fixture, "dan", "SELECT refusal FROM api.erase_confirm ('bob', NULL)", "none");
  assert_said (fixture, "dan", "SELECT count(*) FROM api.erasures_asked ()", "2");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM erased", "0");

  /* The other does, by the command line's way. */
  uri = sync_fixture_dup_login_uri (fixture, "dan");
  trust = way_store_open_trust (uri, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (way_store_is_guest (trust));
  id = way_erasure_ask (trust, "lea", &target, "he asks too", &error);
  g_assert_no_error (error);
  erasure = way_erasure_confirm (trust, "lea", &target, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (erasure->target, ==, "ann");
  fixture_assert_rows (fixture->trust, "SELECT author FROM event WHERE kind = 'erasure'", "dan");
  /* Of the same login nothing is to be had any more. */
  assert_said (fixture, "ann",
               "SELECT (SELECT count(*) FROM api.event) + (SELECT count(*) FROM api.person)", "0");
  assert_said (fixture, "ann",
               "SELECT refusal FROM api.hello_v1 ('01234567-89ab-7cde-8f01-23456789abcd', '')",
               "erased");
  fixture_assert_sound (fixture->trust);
}

/* Pushes one event as somebody and says whether it was allowed; -1 where it was not taken. */
static int
push (SyncFixture *fixture, const char *who, const char *subject, const char *unit, WayEvent *draft)
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
  draft->subject = g_strdup (subject);
  draft->unit = g_strdup (unit);
  way_event_seal_into_stream (draft, stream, 1, id, "00112233445566778899aabbccddeeff", NULL);
  g_ptr_array_add (events, draft);
  welcome = way_peer_hello (fixture->peer, who, stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  receipt = way_peer_push (fixture->peer, events, &error);
  g_assert_no_error (error);
  return receipt->stamps->len == 1 ? ((WayEvent *) receipt->stamps->pdata[0])->allowed : -1;
}

/* Deeds outside of one's place. Each has a twin that is within it. */
static void
test_outside_scope (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *who;
    const char *subject;
    const char *unit;
    const char *kind;
    const char *body;
    int expected;
  } deeds[] = {
    { "witness", "cat", "ann", NULL, "evidence", "{'type':'witnessed','outcome':'o'}", 1 },
    { "witness-oneself", "cat", "cat", NULL, "evidence", "{'type':'witnessed','outcome':'o'}", 0 },
    { "witness-oneself-unnamed", "cat", NULL, "w1", "evidence",
      "{'type':'signed-off','outcome':'o'}", 0 },
    { "learner-witnesses", "ann", "bob", NULL, "evidence", "{'type':'witnessed','outcome':'o'}",
      0 },
    { "witness-elsewhere", "cat", "dan", NULL, "evidence", "{'type':'witnessed','outcome':'o'}",
      0 },
    { "witness-elsewhere-by-own-unit", "cat", "dan", "w1", "evidence",
      "{'type':'witnessed','outcome':'o'}", 0 },
    { "witness-nobody", "cat", "nobody", "w1", "evidence", "{'type':'witnessed','outcome':'o'}",
      0 },
    { "assign", "mia", "ann", NULL, "assignment", "{'what':'F1'}", 1 },
    { "assign-elsewhere", "mia", "dan", NULL, "assignment", "{'what':'F1'}", 0 },
    { "champion-assigns", "cat", "ann", NULL, "assignment", "{'what':'F1'}", 0 },
    { "learner-assigns", "ann", "bob", NULL, "assignment", "{'what':'F1'}", 0 },
    { "decide", "lea", "ann", NULL, "feedback_action",
      "{'feedback':'f','action':'decided','decision':'yes','because':'b'}", 1 },
    { "manager-decides", "mia", "ann", NULL, "feedback_action",
      "{'feedback':'f','action':'decided','decision':'yes','because':'b'}", 0 },
    { "champion-decides", "cat", "ann", NULL, "feedback_action",
      "{'feedback':'f','action':'decided','decision':'yes','because':'b'}", 0 },
    { "answer", "cat", "ann", "w1", "help_action", "{'request':'r','action':'answered'}", 1 },
    { "answer-elsewhere", "cat", "dan", "w2", "help_action", "{'request':'r','action':'answered'}",
      0 },
    { "learner-answers", "bob", "ann", "w1", "help_action", "{'request':'r','action':'answered'}",
      0 },
    { "on-call", "cat", NULL, "w1", "on_call", "{'name':'Cat','ended':0}", 1 },
    { "on-call-elsewhere", "cat", NULL, "w2", "on_call", "{'name':'Cat','ended':0}", 0 },
    { "learner-on-call", "ann", NULL, "w1", "on_call", "{'name':'Ann','ended':0}", 0 },
    { "no-more-on-call", "ann", NULL, "w1", "on_call", "{'name':'Ann','ended':1}", 1 },
    { "not-fixed", "ann", NULL, "w1", "help_action", "{'request':'r','action':'not-fixed'}", 1 },
    { "accept-own-term", "ann", NULL, NULL, "champion_term", "{'state':'accepted'}", 1 },
    { "accept-for-another", "ann", "bob", NULL, "champion_term", "{'state':'accepted'}", 0 },
    { "champion-accepts-for-another", "cat", "ann", NULL, "champion_term", "{'state':'accepted'}",
      0 },
    { "lead-accepts-for-another", "lea", "ann", "w1", "champion_term", "{'state':'accepted'}", 0 },
    { "lead-puts-forward-another", "lea", "ann", "w1", "champion_term", "{'state':'put-forward'}",
      0 },
    { "put-forward", "bob", "bob", "w1", "champion_term", "{'state':'put-forward'}", 1 },
    { "nominate-oneself", "bob", NULL, "w1", "champion_term", "{'state':'nominated'}", 0 },
    { "appoint-oneself", "bob", NULL, "w1", "champion_term", "{'state':'appointed'}", 0 },
    { "champion-trains-oneself", "cat", NULL, "w1", "champion_term", "{'state':'trained'}", 0 },
    { "make-oneself-active", "bob", "bob", "w1", "champion_term", "{'state':'active'}", 0 },
    { "manager-nominates", "mia", "ann", "w1", "champion_term", "{'state':'nominated'}", 1 },
    { "manager-nominates-elsewhere", "mia", "dan", "w2", "champion_term", "{'state':'nominated'}",
      0 },
    { "manager-appoints", "mia", "ann", "w1", "champion_term", "{'state':'appointed'}", 0 },
    { "champion-nominates", "cat", "ann", "w1", "champion_term", "{'state':'nominated'}", 0 },
    { "learner-ends-anothers", "bob", "ann", "w1", "champion_term", "{'state':'ended'}", 0 },
    { "learner-writes-a-rota", "bob", NULL, "w1", "rota",
      "{'week':'2026-03-23','shifts':'mon-early'}", 0 },
    { "champion-writes-a-rota", "cat", "ann", "w1", "rota",
      "{'week':'2026-03-23','shifts':'mon-early'}", 0 },
    { "learner-grants", "ann", "ann", NULL, "role_grant",
      "{'person':'ann','role':'governance','ended':0}", 0 },
    { "governance-grants", "dan", "dan", NULL, "role_grant",
      "{'person':'dan','role':'lead','ended':0}", 0 },
    { "governance-erases-alone", "dan", NULL, NULL, "erasure", "{'person':'ann','request':'r'}",
      0 },
    { "lead-writes-access", "lea", "ann", NULL, "access", "{'what':'person'}", 0 },
    { "manager-writes-access", "mia", "ann", NULL, "access", "{'what':'person'}", 0 },
    { "learner-writes-access", "ann", "bob", NULL, "access", "{'what':'person'}", 0 },
    { "champion-looks-offline", "cat", "ann", NULL, "access", "{'what':'person'}", 1 },
  };

  grant (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      int allowed = push (fixture, deeds[i].who, deeds[i].subject, deeds[i].unit,
                          fixture_draft (deeds[i].kind, "%s", deeds[i].body));

      if (allowed != deeds[i].expected)
        g_error ("%s: %d", deeds[i].name, allowed);
    }
  g_assert_cmpint (push (fixture, "lea", "ann", NULL,
                         fixture_estimate ("01234567-89ab-7cde-8f01-23456789abcd", "C", 2)),
                   ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM erased", "0");
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM role WHERE role IN ('lead', 'governance')", "3");
  /* Nobody has agreed to what was seen, and only who was seen can. */
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM evidence", "0");
  {
    g_autofree char *seen = fixture_ask (fixture->trust,
                                         "SELECT id FROM event WHERE kind = 'evidence' AND "
                                         "allowed = 1 AND subject = 'ann'");
    static const char *const others[] = { "cat", "bob", "mia", "lea" };

    for (guint i = 0; i < G_N_ELEMENTS (others); i++)
      push (fixture, others[i], i == 0 ? "ann" : "cat", NULL,
            fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", seen));
    fixture_assert_rows (fixture->trust, "SELECT count(*) FROM evidence", "0");
    push (fixture, "ann", "cat", NULL,
          fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", seen));
    fixture_assert_rows (fixture->trust, "SELECT person, type FROM evidence", "ann|witnessed");
    /* Nor does anybody else take it back. */
    push (fixture, "bob", "cat", NULL,
          fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'withdrawn'}", seen));
    push (fixture, "mia", "ann", NULL, fixture_draft ("retraction", "{'target':'%s'}", seen));
    fixture_assert_rows (fixture->trust, "SELECT person, type FROM evidence", "ann|witnessed");
  }
  fixture_assert_sound (fixture->trust);
}

/* A bob who was nominated, has accepted and was appointed: everybody sees that he can be asked
 * and when, as he says it himself; of the term he and the lead all, others nothing. */
static void
test_terms (SyncFixture *fixture, gconstpointer data)
{
  static const char *const here =
      "SELECT string_agg (body ->> 'name' || ' ' || unit || ' ' || (body ->> 'shifts'), ', ')"
      " FROM api.event WHERE kind = 'on_call'";
  static const char *const terms = "SELECT string_agg (person || ' ' || state || ' ' || minutes,"
                                   " ', ' ORDER BY person) FROM api.champion";
  static const char *const log = "SELECT count(*) FROM api.event WHERE kind = 'champion_term'";
  static const char *const rota = "SELECT string_agg (person || ' ' || shifts, ', ') FROM api.rota";
  g_autofree char *term = NULL;

  push (fixture, "mia", "bob", "w1",
        fixture_draft ("champion_term", "{'state':'nominated','text':'quiet and kind'}"));
  term = fixture_ask (fixture->trust, "SELECT term FROM champion");
  push (fixture, "bob", "bob", "w1",
        fixture_draft ("champion_term",
                       "{'state':'accepted','term':'%s','shifts':'mon-early','systems':'epr',"
                       "'minutes':45}",
                       term));
  /* Nobody says that they can be asked before they are a champion. */
  push (fixture, "bob", NULL, "w1",
        fixture_draft ("on_call", "{'name':'Bob','shifts':'mon-late','ended':0}"));
  assert_said (fixture, "ann", here, NULL);
  assert_said (fixture, "bob", "SELECT count(*) FROM api.role WHERE person = 'bob'", "0");
  push (fixture, "lea", "bob", "w1",
        fixture_draft ("champion_term", "{'state':'appointed','term':'%s'}", term));
  append (fixture->trust, "bob", ({
            WayEvent *draft = fixture_draft ("rota", "{'week':'2026-03-23','shifts':'mon-early'}");

            draft->unit = g_strdup ("w1");
            draft;
          }));

  push (fixture, "bob", NULL, "w1",
        fixture_draft ("on_call", "{'name':'Bob','shifts':'mon-early','ended':0}"));
  assert_said (fixture, "ann", here, "Bob w1 mon-early");
  assert_said (fixture, "cat", here, "Bob w1 mon-early");
  assert_said (fixture, "dan", here, "Bob w1 mon-early");
  assert_said (fixture, "lea", here, "Bob w1 mon-early");
  assert_said (fixture, "bob", "SELECT role || ' ' || unit FROM api.role", "champion w1");

  assert_said (fixture, "bob", terms, "bob active 45");
  assert_said (fixture, "lea", terms, "bob active 45");
  assert_said (fixture, "ann", terms, NULL);
  assert_said (fixture, "cat", terms, NULL);
  assert_said (fixture, "mia", terms, NULL);
  assert_said (fixture, "dan", terms, NULL);
  /* The words of it: whoever they are about, and whoever wrote them. */
  assert_said (fixture, "bob", log, "3");
  assert_said (fixture, "mia", log, "1");
  assert_said (fixture, "lea", log, "1");
  assert_said (fixture, "ann", log, "0");
  assert_said (fixture, "cat", log, "0");
  assert_said (fixture, "bob", rota, "bob mon-early");
  assert_said (fixture, "lea", rota, "bob mon-early");
  assert_said (fixture, "cat", rota, NULL);
  assert_said (fixture, "mia", rota, NULL);

  /* What he may read follows: bob sees ann's steps while he is champion, and then no more. */
  push (fixture, "ann", NULL, NULL,
        fixture_draft ("step", "{'module':'m','version':1,'step':'s'}"));
  assert_said (fixture, "bob", "SELECT count(*) FROM api.event WHERE kind = 'step'", "1");
  assert_denied (fixture, "bob", "SELECT main.end_terms ()");
  push (fixture, "lea", "bob", NULL,
        fixture_draft ("champion_term", "{'state':'active','term':'%s','until':1600000000000001}",
                       term));
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust), "SELECT end_terms ()", NULL));
  fixture_assert_rows (fixture->trust, "SELECT state FROM champion", "ended");
  fixture_assert_rows (fixture->trust, "SELECT end_terms ()", "0");
  assert_said (fixture, "bob", "SELECT count(*) FROM api.event WHERE kind = 'step'", "0");
  /* Nor does he say any more that he can be asked, only that he cannot. */
  g_assert_cmpint (push (fixture, "bob", NULL, "w1",
                         fixture_draft ("on_call", "{'name':'Bob','ended':0}")),
                   ==, 0);
  g_assert_cmpint (push (fixture, "bob", NULL, "w1",
                         fixture_draft ("on_call", "{'name':'Bob','ended':1}")),
                   ==, 1);
  fixture_assert_sound (fixture->trust);
}

/* A learner takes a baseline back, or somebody else's words: nothing happens. */
static void
test_withdrawing (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *attempt = fixture_append (device, NULL,
                                             fixture_attempt ("baseline", NULL, NULL));
  g_autofree char *estimate = fixture_append (device, NULL, fixture_estimate (attempt, "C", .5));
  g_autofree char *end = fixture_append (device, NULL,
                                         fixture_end (attempt, "baseline", "decided", NULL, FALSE));
  g_autofree char *rating = fixture_append (device, NULL,
                                            fixture_draft ("self_rating",
                                                           "{'capability':'C','now':1,'need':3}"));
  const char *targets[] = { attempt, estimate, end };

  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (fixture->trust, "SELECT person FROM level", "ann");
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    push (fixture, "ann", NULL, NULL, fixture_draft ("retraction", "{'target':'%s'}", targets[i]));
  fixture_assert_rows (fixture->trust, "SELECT person FROM level", "ann");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM retracted", "0");
  push (fixture, "bob", NULL, NULL, fixture_draft ("retraction", "{'target':'%s'}", rating));
  push (fixture, "lea", NULL, NULL, fixture_draft ("retraction", "{'target':'%s'}", rating));
  fixture_assert_rows (fixture->trust, "SELECT person FROM self_rating", "ann");
  push (fixture, "ann", NULL, NULL, fixture_draft ("retraction", "{'target':'%s'}", rating));
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM self_rating", "0");
  fixture_assert_sound (fixture->trust);
}

static void
withdraw (SyncFixture *fixture, const char *who, const char *what, const char *target)
{
  push (fixture, who, NULL, NULL,
        fixture_draft ("retraction", "{'target':'%s','reason':'%s'}", target, what));
}

/* Who reads a withdrawal: its author, and whoever may read what is withdrawn. Also asked of
 * the log itself, and not only with a scope. */
static void
test_reading_withdrawals (SyncFixture *fixture, gconstpointer data)
{
  static const char *const log = "SELECT string_agg (body ->> 'reason', ' ' ORDER BY"
                                 " body ->> 'reason' COLLATE \"C\") FROM api.event"
                                 " WHERE kind = 'retraction'";
  static const char *const scope = "SELECT string_agg (CAST(body AS json) ->> 'reason', ' ' ORDER"
                                   " BY CAST(body AS json) ->> 'reason' COLLATE \"C\")"
                                   " FROM api.pull_v1 ('01234567-89ab-7cde-8f01-23456789abcd',"
                                   " '%s', '') WHERE id IS NOT NULL AND kind = 'retraction'";
  g_autofree char *unit_scope = g_strdup_printf (scope, "unit:w1");
  g_autofree char *self_scope = g_strdup_printf (scope, "self");
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autofree char *step = NULL;
  g_autofree char *dans_step = NULL;
  g_autofree char *note = NULL;
  g_autofree char *strange = NULL;
  g_autofree char *rating = NULL;
  g_autofree char *thanks = NULL;
  g_autofree char *notice = NULL;
  WayEvent *draft;

  step = fixture_append (bob, NULL,
                         fixture_draft ("step", "{'module':'m','version':1,'step':'s'}"));
  note = fixture_append (bob, NULL, fixture_draft ("note", "{'module':'m','text':'mine'}"));
  rating = fixture_append (bob, NULL,
                           fixture_draft ("self_rating", "{'capability':'C','now':1,'need':3}"));
  draft = fixture_draft ("thanks", "{'text':'for all'}");
  draft->subject = g_strdup ("ann");
  thanks = fixture_append (bob, NULL, draft);
  /* A learner may not put up a notice: it is kept, and nobody reads it. */
  notice = fixture_append (bob, NULL, fixture_draft ("notice", "{'title':'t','text':'mine'}"));
  dans_step = fixture_append (dan, NULL,
                              fixture_draft ("step", "{'module':'m','version':1,'step':'s'}"));
  sync_fixture_sync (fixture, bob, NULL);
  sync_fixture_sync (fixture, dan, NULL);
  push (fixture, "bob", NULL, NULL, fixture_draft ("hologram", "{'shape':'cube'}"));
  strange = fixture_ask (fixture->trust, "SELECT id FROM event WHERE kind = 'hologram'");

  withdraw (fixture, "bob", "a-step", step);
  withdraw (fixture, "bob", "b-note", note);
  withdraw (fixture, "bob", "c-strange", strange);
  withdraw (fixture, "bob", "d-rating", rating);
  withdraw (fixture, "bob", "e-thanks", thanks);
  withdraw (fixture, "bob", "f-notice", notice);
  /* These do nothing; they are rows all the same. */
  withdraw (fixture, "bob", "g-of-another-ward", dans_step);
  withdraw (fixture, "dan", "h-from-another-ward", step);
  withdraw (fixture, "bob", "i-of-nothing", "00000000-0000-7000-8000-000000000000");

  assert_said (fixture, "cat", log, "a-step h-from-another-ward");
  assert_said (fixture, "cat", unit_scope, "a-step h-from-another-ward");
  assert_said (fixture, "ann", log, "e-thanks");
  assert_said (fixture, "ann", self_scope, "e-thanks");
  assert_said (fixture, "dan", log, "h-from-another-ward");
  assert_said (fixture, "lea", log, NULL);
  assert_said (fixture, "mia", log, NULL);
  assert_said (fixture, "bob", log,
               "a-step b-note c-strange d-rating e-thanks f-notice g-of-another-ward i-of-nothing");

  /* What is shared is withdrawn from those with whom it was shared, */
  push (fixture, "bob", NULL, NULL,
        fixture_draft ("preference", "{'key':'share_levels','value':'champion'}"));
  assert_said (fixture, "cat", log, "a-step d-rating h-from-another-ward");
  assert_said (fixture, "cat", unit_scope, "a-step d-rating h-from-another-ward");
  /* and from nobody who is champion no more. */
  append (fixture->trust, NULL,
          fixture_draft ("role_grant",
                         "{'person':'cat','role':'champion','place':'w1','ended':1}"));
  assert_said (fixture, "cat", log, NULL);
}

/* What a lead never reads, by any query of theirs: an answer, a kind that nobody listed,
 * measured and self-rated side by side, what is private. Governance reads no results. */
static void
test_reading (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *attempt = fixture_append (device, NULL,
                                             fixture_attempt ("baseline", NULL, NULL));
  static const char *const nothing[] = {
    "SELECT count(*) FROM api.event WHERE kind = 'response'",
    "SELECT count(*) FROM api.event WHERE kind = 'note'",
    "SELECT count(*) FROM api.event WHERE author = 'ann'",
    "SELECT count(*) FROM api.self_rating",
    "SELECT count(*) FROM api.level AS l JOIN api.self_rating AS s ON s.person = l.person",
    "SELECT count(*) FROM api.attempt",
  };

  grant (fixture);
  append (device, NULL,
          fixture_draft ("response",
                         "{'attempt':'%s','item':'i1','ordinal':1,'answer':'A','score':1,'ms':900,'"
                         "dont_know':0,'counted':1}",
                         attempt));
  append (device, NULL, fixture_estimate (attempt, "C", .5));
  append (device, NULL, fixture_end (attempt, "baseline", "decided", NULL, FALSE));
  append (device, NULL, fixture_draft ("self_rating", "{'capability':'C','now':1,'need':3}"));
  append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'mine alone'}"));
  sync_fixture_sync (fixture, device, NULL);
  assert_said (fixture, "lea", "SELECT count(*) FROM api.level", "1");
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      assert_said (fixture, "lea", nothing[i], "0");
      assert_said (fixture, "dan", nothing[i], "0");
      assert_said (fixture, "mia", nothing[i], "0");
    }
  assert_said (fixture, "dan",
               "SELECT (SELECT count(*) FROM api.level) + (SELECT count(*) FROM api.progress)"
               " + (SELECT count(*) FROM api.person WHERE person <> 'dan')",
               "0");
}

/* Whoever looks is written down by the trust, and whom it is about can see it. */
static void
test_access (SyncFixture *fixture, gconstpointer data)
{
  grant (fixture);
  assert_said (fixture, "lea", "SELECT refusal FROM api.look_v1 ('person', NULL, 'ann')", NULL);
  assert_said (fixture, "lea", "SELECT refusal FROM api.look_v1 ('report', 'competency', NULL)",
               NULL);
  /* In nobody else's name, of nobody, by nobody in particular. */
  assert_said (fixture, "ann", "SELECT refusal FROM api.look_v1 ('person', NULL, 'bob')", "person");
  assert_said (fixture, "eve", "SELECT refusal FROM api.look_v1 ('person', NULL, 'bob')", "person");
  assert_said (fixture, "lea", "SELECT refusal FROM api.look_v1 ('nonsense', NULL, 'ann')",
               "protocol");
  assert_said (fixture, "lea", "SELECT refusal FROM api.look_v1 ('person', NULL, 'nobody')",
               "protocol");
  fixture_assert_rows (fixture->trust,
                       "SELECT e.author, e.subject, e.body ->> 'what', s.person FROM event AS e"
                       " JOIN stream AS s ON s.stream = e.stream WHERE e.kind = 'access'"
                       " ORDER BY e.seq",
                       "lea|ann|person|-\nlea|-|report|-");
  assert_said (fixture, "ann", "SELECT name || ' ' || what FROM api.looked_at_me ()", "lea person");
  assert_said (fixture, "bob", "SELECT count(*) FROM api.looked_at_me ()", "0");
  assert_said (fixture, "dan", "SELECT count(*) FROM api.accesses (0)", "2");
  assert_denied (fixture, "lea", "SELECT main.append_own ('ann', 'ann', NULL, 'access', 1, '{}')");
  fixture_assert_sound (fixture->trust);
}

/* The clockwork ends a transaction that somebody leaves open, and whoever has left. */
static void
test_reaper (SyncFixture *fixture, gconstpointer data)
{
  WayDb *owner = way_store_get_db (fixture->trust);
  g_autoptr (WayDb) holder = sign_in (fixture, "ann");
  g_autoptr (WayDb) leaver = sign_in (fixture, "bob");
  g_autoptr (WayDb) other = sign_in (fixture, "cat");
  g_autoptr (GError) error = NULL;
  gint64 ended;
  gint64 n;

  g_assert_true (way_db_exec (holder, "BEGIN; SELECT count(*) FROM api.event", &error));
  g_assert_true (way_db_get_int (owner, "SELECT ended FROM api.tick ()", &ended, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ended, ==, 0);
  append (fixture->trust, NULL,
          fixture_draft ("setting", "{'key':'end_transaction_minutes','value':'0'}"));
  append (fixture->trust, NULL,
          fixture_draft ("person", "{'person':'bob','username':'bob','name':'bob',"
                                   "'staff_group':'nursing','ended':1}"));
  g_assert_true (way_db_get_int (owner, "SELECT ended FROM api.tick ()", &ended, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ended, ==, 2);
  g_assert_false (way_db_get_int (holder, "SELECT 1", &n, NULL));
  g_assert_false (way_db_get_int (leaver, "SELECT 1", &n, NULL));
  g_assert_true (way_db_get_int (other, "SELECT count(*) FROM api.person", &n, &error));
  g_assert_no_error (error);
  assert_denied (fixture, "mia", "SELECT main.end_idle ()");
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  ADD ("/sync/attack/erasing", test_erasing);
  ADD ("/sync/attack/outside-scope", test_outside_scope);
  ADD ("/sync/attack/terms", test_terms);
  ADD ("/sync/attack/withdrawing", test_withdrawing);
  ADD ("/sync/attack/reading", test_reading);
  ADD ("/sync/attack/reading-withdrawals", test_reading_withdrawals);
  ADD ("/sync/attack/access", test_access);
  ADD ("/sync/attack/26-36-reaper", test_reaper);
  return g_test_run ();
}
