/* test-voices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-drop.h"

#include <string.h>

/* What people say, support and answer, what is introduced and published: who may write it and who
 * reads it, with the logins of a server. Ann is a learner and bob too, on w1; dan is on w2; cat is
 * champion and mia manager of w1, lea lead of all; eve is nobody of the trust. */

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

static const char *const logins[] = { "ann", "bob", "dan", "cat", "mia", "lea", "eve" };

static WayDb *
sign_in (SyncFixture *fixture, const char *who)
{
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, who);
  g_autoptr (GError) error = NULL;
  WayDb *db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

static char *
append (SyncFixture *fixture, const char *author, const char *subject, WayEvent *draft)
{
  draft->subject = g_strdup (subject);
  return fixture_append (fixture->trust, author, draft);
}

#define SAY(author, subject, ...)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *id_ = append (fixture, author, subject, __VA_ARGS__);                         \
  }                                                                                                \
  G_STMT_END

/* How many of each of these a login reads, beside whether somebody of the trust asks at all. */
static void
assert_reads (SyncFixture *fixture, const char *what, const char *const expected[7])
{
  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autoptr (WayDb) db = sign_in (fixture, logins[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM api.%s", what);
      g_autofree char *n = way_db_dup_text (db, sql, &error);

      g_assert_no_error (error);
      if (g_strcmp0 (n, expected[i]) != 0)
        g_error ("%s reads %s of %s, not %s", logins[i], n, what, expected[i]);
    }
}

static void
test_reading (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *what;
    const char *expected[7]; /* as the logins */
  } cases[] = {
    /*                                       ann  bob  dan  cat  mia  lea  eve */
    { "feedback", { "1", "0", "0", "0", "0", "1", "0" } },
    { "support", { "1", "1", "1", "1", "1", "1", "0" } },
    { "initiative", { "1", "1", "1", "1", "1", "1", "0" } },
    { "initiative_step", { "1", "1", "1", "1", "1", "1", "0" } },
    /* The pulse that nine answered; not the one that seven did. */
    { "pulse_count WHERE question = 1", { "0", "0", "0", "0", "0", "1", "0" } },
    { "pulse_count WHERE question = 2", { "0", "0", "0", "0", "0", "0", "0" } },
    { "event WHERE kind = 'published'", { "1", "1", "1", "1", "1", "1", "0" } },
    { "event WHERE kind = 'trial'", { "1", "1", "1", "1", "1", "1", "0" } },
    { "event WHERE kind = 'initiative'", { "1", "1", "1", "1", "1", "1", "0" } },
    { "event WHERE kind = 'pulse'", { "1", "1", "1", "1", "1", "1", "0" } },
    { "event WHERE kind = 'notice'", { "1", "1", "1", "1", "1", "1", "0" } },
    /* One's own vote, one's own answers, and nobody else's. */
    { "event WHERE kind = 'vote'", { "1", "1", "0", "0", "0", "0", "0" } },
    { "event WHERE kind = 'pulse_answer'", { "2", "2", "2", "2", "2", "2", "0" } },
    /* Whose words they answer, and who wrote it. */
    { "event WHERE kind = 'feedback_action'", { "1", "0", "0", "0", "0", "1", "0" } },
    { "event WHERE kind = 'feedback'", { "1", "0", "0", "0", "0", "0", "0" } },
  };
  g_autofree char *said = NULL;
  g_autofree char *idea = NULL;
  g_autofree char *pulse = NULL;

  said = append (fixture, "ann", NULL,
                 fixture_draft ("feedback", "{'type':'idea','text':'x','page':'today'}"));
  SAY ("lea", "ann",
       fixture_draft ("feedback_action", "{'feedback':'%s','action':'sorted','theme':'t'}", said));
  idea = append (fixture, "lea", NULL,
                 fixture_draft ("published", "{'type':'idea','said':'s','state':'open'}"));
  SAY ("ann", NULL, fixture_draft ("vote", "{'feedback':'%s','value':1}", idea));
  SAY ("bob", NULL, fixture_draft ("vote", "{'feedback':'%s','value':1}", idea));
  SAY ("lea", NULL, fixture_draft ("trial", "{'feedback':'%s','text':'aim'}", idea));
  SAY ("lea", NULL, fixture_draft ("initiative", "{'title':'t','state':'proposed'}"));
  SAY ("cat", NULL, fixture_draft ("notice", "{'title':'t','text':'t'}"));
  pulse = append (fixture, "lea", NULL,
                  fixture_draft ("pulse", "{'question':'q','question2':'r',"
                                          "'closes':9000000000000000}"));
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *other = i < 6 ? g_strdup (logins[i]) : g_strdup_printf ("x%u", i);

      if (i >= 6)
        SAY (NULL, NULL,
             fixture_draft (
                 "person", "{'person':'%s','username':'%s','name':'x','staff_group':'n','ended':0}",
                 other, other));
      SAY (other, NULL,
           fixture_draft ("pulse_answer", "{'pulse':'%s','value':4,'question':1}", pulse));
      /* Two of them skip the other question. */
      SAY (other, NULL,
           fixture_draft ("pulse_answer", "{'pulse':'%s','value':%d,'question':2}", pulse,
                          i < 2 ? 0 : 3));
    }
  fixture_assert_rows (fixture->trust,
                       "SELECT question, value, people, answered FROM pulse_count ORDER BY 1, 2",
                       "1|4|9|9\n2|0|2|7\n2|3|7|7");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reads (fixture, cases[i].what, cases[i].expected);
  fixture_assert_sound (fixture->trust);
}

/* Pushes one event as somebody and says whether it was allowed. */
static int
push (SyncFixture *fixture, const char *who, const char *unit, WayEvent *draft)
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
  draft->unit = g_strdup (unit);
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
  static const char *const writers[] = { "ann", "cat", "mia", "lea" };
  static const struct
  {
    const char *kind;
    const char *body;
    const char *unit; /* (nullable) */
    int expected[4];  /* as the writers */
  } deeds[] = {
    { "published", "{'type':'idea','said':'s','state':'open'}", NULL, { 0, 0, 0, 1 } },
    { "trial", "{'feedback':'f','text':'aim'}", NULL, { 0, 0, 0, 1 } },
    { "initiative", "{'title':'t','state':'proposed'}", NULL, { 0, 0, 0, 1 } },
    { "pulse", "{'question':'q','closes':1}", NULL, { 0, 0, 0, 1 } },
    { "feedback_action", "{'feedback':'f','action':'sorted','theme':'t'}", NULL, { 0, 0, 0, 1 } },
    { "feedback_action", "{'feedback':'f','action':'joined','joined':'g'}", NULL, { 0, 0, 0, 1 } },
    { "drop_answer", "{'token':'x','source':'x','action':'joined'}", NULL, { 0, 0, 0, 0 } },
    { "notice", "{'title':'t','text':'t'}", "w1", { 0, 1, 0, 1 } },
    { "notice", "{'title':'t','text':'t'}", "w2", { 0, 0, 0, 1 } },
    { "vote", "{'feedback':'f','value':1}", NULL, { 1, 1, 1, 1 } },
    { "pulse_answer", "{'pulse':'p','value':1}", NULL, { 1, 1, 1, 1 } },
  };

  for (guint d = 0; d < G_N_ELEMENTS (deeds); d++)
    for (guint w = 0; w < G_N_ELEMENTS (writers); w++)
      {
        int allowed = push (fixture, writers[w], deeds[d].unit,
                            fixture_draft (deeds[d].kind, "%s", deeds[d].body));

        if (allowed != deeds[d].expected[w])
          g_error ("%s of %s at %s: %d", deeds[d].kind, writers[w],
                   deeds[d].unit != NULL ? deeds[d].unit : "the trust", allowed);
      }
  fixture_assert_sound (fixture->trust);
}

static void
tick (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *then = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - 2 * DAY);

  way_store_set_meta (fixture->trust, "dropped", then, &error);
  g_assert_no_error (error);
  way_db_exec (way_store_get_db (fixture->trust), "SELECT * FROM api.tick ()", &error);
  g_assert_no_error (error);
}

/* Every row that a login can read anywhere, as text. */
static char *
read_all (WayDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *list = NULL;
  g_auto (GStrv) names = NULL;
  GString *all = g_string_new (NULL);

  list = way_db_dup_text (db,
                          "SELECT string_agg (table_name, ' ' ORDER BY table_name)"
                          " FROM information_schema.tables WHERE table_schema = 'api'",
                          &error);
  g_assert_no_error (error);
  names = g_strsplit (list, " ", -1);
  g_assert_cmpuint (g_strv_length (names), >, 20);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *sql = NULL;
      g_autofree char *rows = NULL;

      sql = g_strdup_printf ("SELECT string_agg (CAST(row_to_json (x) AS text), E'\\n')"
                             " FROM api.%s AS x",
                             names[i]);
      rows = way_db_dup_text (db, sql, &error);
      g_assert_no_error (error);
      if (rows != NULL)
        g_string_append_printf (all, "%s\n", rows);
    }
  return g_string_free (all, FALSE);
}

static gboolean
has_word (const char *text, const char *word)
{
  g_autofree char *pattern = g_strdup_printf ("\\b%s\\b", word);

  return g_regex_match_simple (pattern, text, 0, 0);
}

/* Ann's message without a name is sorted, joined to bob's, decided and published. Whoever she is
 * and wherever somebody looks: no row has both her and anything of it. */
static void
test_nothing_ties (SyncFixture *fixture, gconstpointer data)
{
  WayStore *ann = sync_fixture_open (fixture, "ann", "ann");
  WayStore *lea = sync_fixture_open (fixture, "lea", "lea");
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_drop");
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *named = NULL;
  g_autofree char *said = NULL;
  g_autofree char *idea = NULL;
  g_autoptr (WayDrop) drop = NULL;
  WaySyncResult result;
  guint n_seen = 0;

  SAY (NULL, NULL, fixture_draft ("role_grant", "{'person':'dan','role':'governance','ended':0}"));
  SAY (NULL, NULL, fixture_draft ("role_grant", "{'person':'mia','role':'analyst','ended':0}"));
  named = append (fixture, "bob", NULL,
                  fixture_draft ("feedback", "{'type':'worry','text':'bob too','page':'today'}"));
  hash = way_drop_put (ann, "worry", "words of somebody", "today", "w1", &error);
  g_assert_no_error (error);
  drop = way_drop_find_due (ann, g_get_real_time () + DAY, NULL, &error);
  g_assert_no_error (error);
  way_drop_send (uri, drop, &error);
  g_assert_no_error (error);
  tick (fixture);
  said = fixture_ask (fixture->trust, "SELECT feedback FROM feedback WHERE person IS NULL");
  idea = append (fixture, "lea", NULL,
                 fixture_draft ("published", "{'type':'worry','said':'A worry','state':'open'}"));
  {
    const char *const deeds[] = {
      "'action':'heard'",
      "'action':'sorted','theme':'t','owner':'lea','due':'2026-12-01'",
      "'action':'decided','decision':'no','because':'It is not ours'",
      "'action':'replied','text':'Thank you'",
    };

    for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
      {
        g_autofree char *id = fixture_append (
            lea, NULL, fixture_draft ("feedback_action", "{'feedback':'%s',%s}", said, deeds[i]));
      }
    {
      g_autofree char *joined = fixture_append (
          lea, NULL,
          fixture_draft ("feedback_action", "{'feedback':'%s','action':'joined','joined':'%s'}",
                         said, named));
      g_autofree char *published = fixture_append (
          lea, NULL,
          fixture_draft ("feedback_action",
                         "{'feedback':'%s','action':'published','published':'%s'}", said, idea));
    }
  }
  sync_fixture_sync (fixture, lea, &result);
  tick (fixture);
  /* She supports what is published, by name. */
  {
    g_autofree char *vote = fixture_append (ann, NULL,
                                            fixture_draft ("vote", "{'feedback':'%s','value':1}",
                                                           idea));
  }
  sync_fixture_sync (fixture, ann, &result);

  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      g_autoptr (WayDb) db = sign_in (fixture, logins[l]);
      g_autofree char *all = read_all (db);
      g_auto (GStrv) rows = g_strsplit (all, "\n", -1);

      for (guint i = 0; rows[i] != NULL; i++)
        {
          if (strstr (rows[i], hash) == NULL && strstr (rows[i], said) == NULL
              && strstr (rows[i], "words of somebody") == NULL)
            continue;
          n_seen++;
          if (has_word (rows[i], "ann"))
            g_error ("%s reads: %s", logins[l], rows[i]);
        }
    }
  /* It is a test only if something of it is there to be read. */
  g_assert_cmpuint (n_seen, >, 7);
  /* The answers came, the sorting stays with those who sort; she knows that they are hers. */
  fixture_assert_rows (ann,
                       "SELECT e.body ->> 'action' FROM live AS e JOIN meta AS m"
                       " ON m.key = 'drop.' || (e.body ->> 'token')"
                       " WHERE e.kind = 'drop_answer' ORDER BY 1",
                       "decided\nheard\njoined\nreplied");
  fixture_assert_sound (fixture->trust);
  g_assert_finalize_object (lea);
  g_assert_finalize_object (ann);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  ADD ("/sync/voices/reading", test_reading);
  ADD ("/sync/voices/writing", test_writing);
  ADD ("/sync/voices/nothing-ties", test_nothing_ties);
  return g_test_run ();
}
