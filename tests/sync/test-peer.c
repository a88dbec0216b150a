/* test-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-authority.h"

#define STREAM "01234567-89ab-7cde-8f01-23456789abcd"
#define STREAM_TWO "01234567-89ab-7cde-8f01-23456789abce"

/* What a peer must do, whatever engine it stands on: only the fixture knows that this one
 * is SQLite. Events are made by hand here, without a device. */

static WayEvent *
place_event (GPtrArray *chain, const char *stream, WayEvent *draft)
{
  static guint8 random[10];
  WayEvent *last = chain->len > 0 ? chain->pdata[chain->len - 1] : NULL;
  g_autofree char *id = NULL;

  draft->at = draft->at != 0 ? draft->at : 1700000000000000 + chain->len * 1000;
  draft->zone = g_strdup ("Europe/London");
  for (guint i = 0; i < 10 && ++random[i] == 0; i++)
    ;
  id = way_uuid_new_v7 (draft->at, random);
  way_event_seal_into_stream (draft, stream, last != NULL ? last->seq + 1 : 1, id,
                              "00112233445566778899aabbccddeeff",
                              last != NULL ? last->chain : NULL);
  g_ptr_array_add (chain, draft);
  return draft;
}

static GPtrArray *
make_chain (const char *stream, guint n)
{
  GPtrArray *chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  for (guint i = 0; i < n; i++)
    place_event (chain, stream,
                 fixture_draft ("self_rating", "{'capability':'c%u','now':%u,'need':3}", i % 3,
                                i % 4 + 1));
  return chain;
}

static GPtrArray *
slice (GPtrArray *chain, guint first, guint last)
{
  GPtrArray *part = g_ptr_array_new ();

  for (guint i = first; i <= last; i++)
    g_ptr_array_add (part, chain->pdata[i - 1]);
  return part;
}

static void
greet (SyncFixture *fixture, const char *person, const char *stream)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayWelcome) welcome = NULL;

  welcome = way_peer_hello (fixture->peer, person, stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  g_assert_nonnull (welcome);
}

static WayReceipt *
give (SyncFixture *fixture, GPtrArray *chain, guint first, guint last)
{
  g_autoptr (GPtrArray) part = slice (chain, first, last);
  g_autoptr (GError) error = NULL;
  WayReceipt *receipt = way_peer_push (fixture->peer, part, &error);

  g_assert_no_error (error);
  return receipt;
}

static void
test_push (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 5);
  g_autoptr (WayReceipt) receipt = NULL;
  const WayEvent *stamp;

  greet (fixture, "ann", STREAM);
  receipt = give (fixture, chain, 1, 5);
  g_assert_cmpint (receipt->acked, ==, 5);
  g_assert_cmpuint (receipt->inserted, ==, 5);
  g_assert_cmpuint (receipt->stamps->len, ==, 5);
  stamp = receipt->stamps->pdata[4];
  g_assert_cmpstr (stamp->id, ==, ((WayEvent *) chain->pdata[4])->id);
  g_assert_cmpint (stamp->effective, ==, ((WayEvent *) chain->pdata[4])->at);
  g_assert_cmpint (stamp->received, >, stamp->effective);
  fixture_assert_rows (fixture->trust,
                       "SELECT capability, now FROM self_rating WHERE person = 'ann'"
                       " ORDER BY capability",
                       "c0|4\nc1|1\nc2|3");
  fixture_assert_rows (fixture->trust,
                       "SELECT DISTINCT author FROM event WHERE stream = '" STREAM "'", "ann");
  fixture_assert_sound (fixture->trust);
}

static void
test_gap (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 9);
  g_autoptr (WayReceipt) first = NULL;
  g_autoptr (WayReceipt) gap = NULL;
  g_autoptr (WayReceipt) filled = NULL;

  greet (fixture, "ann", STREAM);
  first = give (fixture, chain, 1, 3);
  gap = give (fixture, chain, 6, 9);
  g_assert_true (gap->is_gap);
  g_assert_cmpint (gap->acked, ==, 3);
  g_assert_cmpuint (gap->inserted, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE stream = '" STREAM "'",
                       "3");
  filled = give (fixture, chain, 4, 9);
  g_assert_cmpint (filled->acked, ==, 9);
  fixture_assert_sound (fixture->trust);
}

static void
test_duplicates (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 8);
  g_autoptr (WayReceipt) first = NULL;
  g_autoptr (WayReceipt) again = NULL;
  g_autoptr (WayReceipt) overlap = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  greet (fixture, "ann", STREAM);
  first = give (fixture, chain, 1, 5);
  before = fixture_ask (fixture->trust, "SELECT * FROM event ORDER BY position");
  again = give (fixture, chain, 1, 5);
  g_assert_cmpuint (again->duplicates, ==, 5);
  g_assert_cmpuint (again->inserted, ==, 0);
  g_assert_cmpint (again->acked, ==, 5);
  g_assert_cmpint (((WayEvent *) again->stamps->pdata[2])->received, ==,
                   ((WayEvent *) first->stamps->pdata[2])->received);
  after = fixture_ask (fixture->trust, "SELECT * FROM event ORDER BY position");
  g_assert_cmpstr (before, ==, after);
  overlap = give (fixture, chain, 3, 8);
  g_assert_cmpuint (overlap->duplicates, ==, 3);
  g_assert_cmpuint (overlap->inserted, ==, 3);
  fixture_assert_sound (fixture->trust);
}

static void
test_fork (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 5);
  g_autoptr (GPtrArray) other = make_chain (STREAM, 2);
  g_autoptr (WayReceipt) first = NULL;
  g_autoptr (WayReceipt) fork = NULL;

  greet (fixture, "ann", STREAM);
  first = give (fixture, chain, 1, 5);
  /* A device put back to its second event, which then went its own way. */
  g_ptr_array_set_size (other, 0);
  g_ptr_array_add (other, way_event_copy (chain->pdata[0]));
  g_ptr_array_add (other, way_event_copy (chain->pdata[1]));
  place_event (other, STREAM, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  fork = give (fixture, other, 2, 3);
  g_assert_true (fork->is_fork);
  g_assert_cmpint (fork->fork_seq, ==, 3);
  g_assert_cmpuint (fork->inserted, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'shift_done'", "0");
}

static void
test_same_id_elsewhere (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 3);
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayReceipt) first = NULL;
  g_autoptr (WayReceipt) second = NULL;
  g_autoptr (WayReceipt) third = NULL;
  WayEvent *event;

  greet (fixture, "ann", STREAM);
  first = give (fixture, chain, 1, 3);

  /* The same event under another stream of the same person is the same event. */
  event = way_event_copy (chain->pdata[2]);
  g_free (event->stream);
  event->stream = g_strdup (STREAM_TWO);
  event->seq = 1;
  g_free (event->chain);
  event->chain = way_event_compute_chain (event, NULL);
  g_ptr_array_add (moved, event);
  place_event (moved, STREAM_TWO, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  greet (fixture, "ann", STREAM_TWO);
  second = give (fixture, moved, 1, 2);
  g_assert_cmpuint (second->duplicates, ==, 1);
  g_assert_cmpuint (second->inserted, ==, 1);
  g_assert_cmpuint (second->quarantined, ==, 0);
  g_assert_cmpint (second->acked, ==, 2);
  fixture_assert_sound (fixture->trust);

  /* Somebody else's use of an id is not. */
  g_clear_pointer (&moved, g_ptr_array_unref);
  moved = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  event = way_event_copy (chain->pdata[2]);
  g_free (event->stream);
  event->stream = g_strdup ("01234567-89ab-7cde-8f01-23456789abcf");
  event->seq = 1;
  g_free (event->chain);
  event->chain = way_event_compute_chain (event, NULL);
  g_ptr_array_add (moved, event);
  greet (fixture, "bob", event->stream);
  third = give (fixture, moved, 1, 1);
  g_assert_cmpuint (third->quarantined, ==, 1);
  g_assert_cmpuint (third->duplicates, ==, 0);
  g_assert_cmpuint (third->stamps->len, ==, 0);
}

static void
test_poison (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (70000, 'x');
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 1);
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (WayReceipt) again = NULL;
  WayEvent *event;
  g_autofree char *expected = NULL;
  guint n_poison = 0;

#define POISON(...) (n_poison++, event = place_event (chain, STREAM, __VA_ARGS__))
  POISON (fixture_draft ("shift_done", "{'module':"));
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':NaN}"));
  POISON (fixture_draft ("shift_done", "{'module':'\xff\xfe','version':1}"));
  POISON (fixture_draft ("shift_done", "{'module':'a\\u0000b','version':1}"));
  POISON (fixture_draft ("shift_done", "{'module':'F1','module':'F2','version':1}"));
  POISON (fixture_draft ("shift_done", "[[[[[[[[[[[[1]]]]]]]]]]]]"));
  POISON (fixture_draft ("shift_done", "{'module':'%s','version':1}", huge));
  POISON (fixture_draft ("shift_done", "{'module':'F1'}"));
  POISON (fixture_draft ("self_rating", "{'capability':'find','now':77,'need':3}"));
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  event->at = G_MAXINT64; /* the year 294247 */
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  event->digest[0] = event->digest[0] == '0' ? '1' : '0';
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  event->chain[0] = event->chain[0] == '0' ? '1' : '0';
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  g_free (event->id);
  event->id = g_strdup ("not an id; DROP TABLE event");
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  g_free (event->kind);
  event->kind = g_strdup ("sh\xffift");
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  g_clear_pointer (&event->salt, g_free);
  POISON (fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  event->subject = g_strdup ("\xc3\x28");
#undef POISON
  place_event (chain, STREAM, fixture_draft ("shift_done", "{'module':'C1','version':1}"));

  greet (fixture, "ann", STREAM);
  receipt = give (fixture, chain, 1, chain->len);
  g_assert_cmpuint (receipt->quarantined, ==, n_poison);
  g_assert_cmpuint (receipt->inserted, ==, 2);
  g_assert_cmpint (receipt->acked, ==, chain->len);
  expected = g_strdup_printf ("%u|%u|1", n_poison, n_poison);
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*), count(reason),"
                       " CASE WHEN min (length (reason)) > 5 THEN 1 ELSE 0 END FROM quarantine",
                       expected);
  fixture_assert_rows (fixture->trust, "SELECT module FROM progress WHERE person = 'ann'", "C1");
  fixture_assert_sound (fixture->trust);
  again = give (fixture, chain, 1, chain->len);
  g_assert_false (again->is_fork);
  g_assert_cmpuint (again->quarantined, ==, 0);
  g_assert_cmpuint (again->inserted, ==, 0);
}

/* Bodies that are nearly those that desktops write, each in a push of its own: what takes a push
 * as a whole must see what is wrong with it, and nothing beside it makes it look closer. Fields
 * that nobody knows may stand beside the others. */
static void
test_nearly_well (SyncFixture *fixture, gconstpointer data)
{
#define RESPONSE(ordinal, answer, score, ms, flags)                                                \
  "{'attempt':'a','ordinal':" ordinal ",'item':'i','answer':" answer ",'score':" score ",'ms':" ms \
  "," flags "}"
#define FLAGS "'dont_know':0,'counted':1"
#define SELECTION                                                                                  \
  "{'attempt':'a','ordinal':1,'item':'i','capability':'A','value':-0.02266078356794994,"           \
  "'information':1e-5,'pool':6,'rank':1,'reason':'information'"
  static const struct
  {
    const char *kind;
    const char *body;
    gboolean is_well;
  } bodies[] = {
    { "response", RESPONSE ("1", "'x'", "1", "900", FLAGS), TRUE },
    { "response", RESPONSE ("2147483647", "'x,'", "-0.5", "9223372036854775807", FLAGS), TRUE },
    { "response",
      RESPONSE (" 1 ", "'\\\"x\\\", \\\\'", "1E3", "900 ", "'dont_know' : 0,'counted':1 "), TRUE },
    { "response", RESPONSE ("0", "'%_{}:,'", "0.00000000000000000001", "0", FLAGS), TRUE },
    { "response", RESPONSE ("-1", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("2147483648", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1.5", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("true", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("null", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("[1]", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("{}", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("'1'", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("", "'x'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "7", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "1e400", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "99999999999999999999", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "'1'", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "-1", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "900", "'dont_know':true,'counted':1"), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "9223372036854775808", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "900", "'dont_know':2,'counted':1"), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "900", "'dont_know':0,'counted':01"), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "900", "'dont_know':0,'counted':1}"), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "900", "'dontXknow':0,'counted':1"), FALSE },
    { "response", RESPONSE ("1", "'x'", "1", "900", FLAGS ",'more':1"), TRUE },
    { "response", RESPONSE ("1", "'x', 'more':'y'", "1", "900", FLAGS), TRUE },
    { "response", RESPONSE ("1", "'x', 'item':'y'", "1", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1", "'x'", "1,'score':2", "900", FLAGS), FALSE },
    { "response", RESPONSE ("1,'ordinal':1", "'x'", "1", "900", "'counted':1"), FALSE },
    { "response",
      "{'attempt':'a','ordinal':{'x':1,'item':'i','answer':'x','score':1,'ms':9," FLAGS "}}",
      FALSE },
    { "selection", SELECTION "}", TRUE },
    { "selection", SELECTION ",'enemies':0,'recent':3,'exposed':2}", TRUE },
    { "selection", SELECTION ",'recent':3}", TRUE },
    { "selection", SELECTION ",'enemies':0,'recent':3,'exposed':-2}", FALSE },
    { "selection", SELECTION ",'enemies':0,'recent':3,'exposed':'2'}", FALSE },
    { "selection", SELECTION ",'enemies':0,'recent':3,'recent':2}", FALSE },
    { "selection", SELECTION ",'enemies':0,'recent':3,'exposed':2,'more':1}", TRUE },
  };
#undef SELECTION
#undef FLAGS
#undef RESPONSE
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 1);
  g_autoptr (WayReceipt) first = NULL;

  greet (fixture, "ann", STREAM);
  first = give (fixture, chain, 1, 1);
  g_assert_cmpuint (first->inserted, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (WayReceipt) receipt = NULL;

      g_test_message ("%s %s", bodies[i].kind, bodies[i].body);
      place_event (chain, STREAM, fixture_draft (bodies[i].kind, "%s", bodies[i].body));
      receipt = give (fixture, chain, chain->len, chain->len);
      g_assert_cmpuint (receipt->inserted, ==, bodies[i].is_well ? 1 : 0);
      g_assert_cmpuint (receipt->quarantined, ==, bodies[i].is_well ? 0 : 1);
    }
}

/* Looks well, and yet the tables cannot hold it: it alone is set aside. */
static void
test_unfoldable (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 3);
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  place_event (chain, STREAM, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  place_event (chain, STREAM, fixture_draft ("shift_done", "{'module':'C1','version':1}"));
  g_assert_true (
      way_db_exec (way_store_get_db (fixture->trust),
                   sync_fixture_is_postgresql ()
                       ? "ALTER TABLE progress ADD CHECK (module <> 'F1')"
                       : "CREATE TRIGGER no_f1 BEFORE INSERT ON progress WHEN new.module = 'F1'"
                         " BEGIN SELECT raise (ABORT, 'no room for F1'); END",
                   &error));
  greet (fixture, "ann", STREAM);
  receipt = give (fixture, chain, 1, 5);
  g_assert_cmpint (receipt->acked, ==, 5);
  g_assert_cmpuint (receipt->inserted, ==, 4);
  g_assert_cmpuint (receipt->quarantined, ==, 1);
  g_assert_cmpuint (receipt->stamps->len, ==, 4);
  fixture_assert_rows (fixture->trust, "SELECT seq FROM quarantine", "4");
  fixture_assert_rows (fixture->trust, "SELECT module FROM progress WHERE person = 'ann'", "C1");
}

static void
test_unknown_is_kept (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 1);
  g_autoptr (WayReceipt) receipt = NULL;
  WayEvent *newer;

  place_event (chain, STREAM, fixture_draft ("hologram", "{'shape':'cube','edges':12}"));
  newer = fixture_draft ("shift_done", "{'module':'F1','version':1,'mood':'calm'}");
  newer->ver = 7;
  place_event (chain, STREAM, newer);
  newer = fixture_draft ("attempt_end", "{'how':'by telepathy'}");
  newer->ver = 7;
  place_event (chain, STREAM, newer);
  greet (fixture, "ann", STREAM);
  receipt = give (fixture, chain, 1, 4);
  g_assert_cmpuint (receipt->inserted, ==, 4);
  g_assert_cmpuint (receipt->quarantined, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT body FROM event WHERE kind = 'hologram'",
                       "{\"shape\":\"cube\",\"edges\":12}");
  fixture_assert_sound (fixture->trust);
}

static void
test_owner (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 2);
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *person = NULL;

  greet (fixture, "ann", STREAM);
  receipt = give (fixture, chain, 1, 2);
  welcome = way_peer_hello (fixture->peer, "bob", STREAM, 0, NULL, g_get_real_time (), &error);
  g_assert_null (welcome);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM);
  g_clear_error (&error);
  /* Nor may anybody write what the trust itself writes. */
  welcome = way_peer_hello (fixture->peer, "bob", way_store_get_stream (fixture->trust), 0, NULL,
                            g_get_real_time (), &error);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM);
  g_clear_error (&error);
  welcome = way_peer_hello (fixture->peer, "eve", STREAM_TWO, 0, NULL, g_get_real_time (), &error);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  g_clear_error (&error);

  person = way_peer_sign_in (fixture->peer, "ann", "desk 4", &error);
  g_assert_cmpstr (person, ==, "ann");
  g_assert_null (way_peer_sign_in (fixture->peer, "eve", NULL, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
}

static void
test_clock (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (GError) error = NULL;
  gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  gint64 now = g_get_real_time ();
  gint64 previous = 0;

  /* A clock two hours slow; one event a day ahead of it; one back in 1970. */
  for (guint i = 0; i < 3; i++)
    {
      WayEvent *draft = fixture_draft ("shift_done", "{'module':'F1','version':1}");

      draft->at = i == 0 ? now - 3 * hour : i == 1 ? now + 24 * hour : 5;
      place_event (chain, STREAM, draft);
    }
  welcome = way_peer_hello (fixture->peer, "ann", STREAM, 0, NULL, now - 2 * hour, &error);
  g_assert_no_error (error);
  receipt = give (fixture, chain, 1, 3);
  g_assert_cmpuint (receipt->inserted, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const WayEvent *stamp = receipt->stamps->pdata[i];

      g_assert_cmpint (stamp->effective, <=, stamp->received);
      g_assert_cmpint (stamp->effective, >=, previous);
      previous = stamp->effective;
    }
  /* Three hours ago by a clock two hours slow is one hour ago. */
  g_assert_cmpint (ABS (((WayEvent *) receipt->stamps->pdata[0])->effective - (now - hour)), <,
                   60 * G_USEC_PER_SEC);
}

typedef struct
{
  const char *author;
  const char *kind;
  const char *subject;
  const char *unit;
  const char *body;
  gboolean is_allowed;
} Right;

static const Right rights[] = {
  { "ann", "note", NULL, NULL, "{'module':'F1','text':'x'}", TRUE },
  { "ann", "note", "bob", NULL, "{'module':'F1','text':'x'}", FALSE },
  { "ann", "self_rating", "ann", NULL, "{'capability':'find','now':1,'need':2}", TRUE },
  { "ann", "self_rating", "bob", NULL, "{'capability':'find','now':1,'need':2}", FALSE },
  { "lea", "self_rating", "bob", NULL, "{'capability':'find','now':1,'need':2}", FALSE },
  { "ann", "evidence", NULL, NULL, "{'outcome':'o','type':'used'}", TRUE },
  { "ann", "evidence", NULL, NULL, "{'outcome':'o','type':'witnessed'}", FALSE },
  { "cat", "evidence", "cat", NULL, "{'outcome':'o','type':'witnessed'}", FALSE },
  { "cat", "evidence", "ann", NULL, "{'outcome':'o','type':'witnessed'}", TRUE },
  { "cat", "evidence", "dan", "w1", "{'outcome':'o','type':'witnessed'}", FALSE },
  { "mia", "evidence", "bob", NULL, "{'outcome':'o','type':'signed-off'}", TRUE },
  { "bob", "evidence", "ann", NULL, "{'outcome':'o','type':'signed-off'}", FALSE },
  { "ann", "evidence_answer", "cat", NULL, "{'evidence':'e','answer':'agreed'}", TRUE },
  { "cat", "help_given", "ann", "w1", "{'topic':'t','people':1,'minutes':5}", TRUE },
  { "cat", "help_given", NULL, "w2", "{'topic':'t','people':1,'minutes':5}", FALSE },
  { "ann", "help_given", NULL, "w1", "{'topic':'t','people':1,'minutes':5}", FALSE },
  { "ann", "help_declined", NULL, NULL, "{'module':'F1'}", TRUE },
  { "cat", "help_declined", "ann", NULL, "{'module':'F1'}", FALSE },
  { "lea", "feedback_action", "ann", NULL, "{'feedback':'f','action':'heard'}", TRUE },
  { "cat", "feedback_action", "ann", NULL, "{'feedback':'f','action':'heard'}", FALSE },
  { "ann", "thanks", "cat", NULL, "{'text':'x'}", TRUE },
  { "cat", "notice", NULL, "w1", "{'title':'x','text':'y'}", TRUE },
  { "cat", "notice", NULL, "w2", "{'title':'x','text':'y'}", FALSE },
  { "mia", "assignment", "ann", NULL, "{'what':'x'}", TRUE },
  { "mia", "assignment", "dan", NULL, "{'what':'x'}", FALSE },
  { "lea", "assignment", "dan", NULL, "{'what':'x'}", TRUE },
  { "ann", "role_grant", "ann", NULL, "{'person':'ann','role':'lead','ended':0}", FALSE },
  { "lea", "role_grant", "ann", NULL, "{'person':'ann','role':'author','ended':0}", TRUE },
  { "ann", "setting", NULL, NULL, "{'key':'share_levels','value':'champion'}", FALSE },
  { "ann", "erasure", NULL, NULL, "{'person':'bob','request':'r'}", FALSE },
};

static void
test_rights (SyncFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      const Right *right = &rights[i];
      g_autoptr (WayEvent) event = fixture_draft (right->kind, "%s", right->body);
      g_autoptr (GError) error = NULL;
      gboolean is_allowed;

      event->id = g_strdup ("x");
      event->subject = g_strdup (right->subject);
      event->unit = g_strdup (right->unit);
      g_assert_true (way_authority_judge (way_store_get_db (fixture->trust), right->author, event,
                                          &is_allowed, &error));
      g_assert_no_error (error);
      if (is_allowed != right->is_allowed)
        g_error ("%s writes %s about %s in %s: %d", right->author, right->kind, right->subject,
                 right->unit, is_allowed);
    }
}

/* Forging a role is kept and has no effect. */
static void
test_not_allowed_counts_for_nothing (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = make_chain (STREAM, 1);
  g_autoptr (WayReceipt) receipt = NULL;
  WayEvent *forged;

  forged = fixture_draft ("role_grant", "{'person':'ann','role':'lead','ended':0}");
  forged->subject = g_strdup ("ann");
  place_event (chain, STREAM, forged);
  greet (fixture, "ann", STREAM);
  receipt = give (fixture, chain, 1, 2);
  g_assert_cmpuint (receipt->inserted, ==, 2);
  g_assert_cmpuint (receipt->refused, ==, 1);
  g_assert_cmpint (((WayEvent *) receipt->stamps->pdata[1])->allowed, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM role WHERE person = 'ann'", "0");
}

static void
test_scopes (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayPage) page = NULL;
  g_autoptr (GError) error = NULL;

  greet (fixture, "ann", STREAM);
  page = way_peer_pull (fixture->peer, "unit:w1", NULL, &error);
  g_assert_null (page);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE);
  g_clear_error (&error);
  greet (fixture, "cat", STREAM);
  page = way_peer_pull (fixture->peer, "unit:w2", NULL, &error);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE);
  g_clear_error (&error);
  page = way_peer_pull (fixture->peer, "unit:w1", NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&page, way_page_free);
  greet (fixture, "lea", STREAM);
  page = way_peer_pull (fixture->peer, "unit:d", NULL, &error);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE);
}

static void
test_strange_cursors (SyncFixture *fixture, gconstpointer data)
{
  static const char *const cursors[] = { "pg:1-x:5",        "lite:",       "lite:1-nobody:5",
                                         "lite:1-nobody:x", "\xff\xfe:::", "lite:1:2:3:4" };

  greet (fixture, "ann", STREAM);
  for (guint i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayPage) page = way_peer_pull (fixture->peer, "catalogue", cursors[i], &error);

      g_assert_no_error (error);
      g_assert_true (page->is_reset);
      g_assert_cmpuint (page->events->len, ==, 0);
    }
}

static void
test_doors (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPeer) peer = way_peer_open (fixture->uri, &error);

  g_assert_no_error (error);
  g_assert_true (WAY_IS_PEER (peer));
  g_clear_object (&peer);
  peer = way_peer_open ("postgresql://trust.example/waymark", &error);
  g_assert_null (peer);
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)
  ADD ("/sync/peer/push", test_push);
  ADD ("/sync/peer/gap", test_gap);
  ADD ("/sync/peer/duplicates", test_duplicates);
  ADD ("/sync/peer/fork", test_fork);
  ADD ("/sync/peer/same-id-elsewhere", test_same_id_elsewhere);
  ADD ("/sync/peer/poison", test_poison);
  ADD ("/sync/peer/nearly-well", test_nearly_well);
  ADD ("/sync/peer/unfoldable", test_unfoldable);
  ADD ("/sync/peer/unknown-is-kept", test_unknown_is_kept);
  ADD ("/sync/peer/owner", test_owner);
  ADD ("/sync/peer/clock", test_clock);
  ADD ("/sync/peer/rights", test_rights);
  ADD ("/sync/peer/not-allowed", test_not_allowed_counts_for_nothing);
  ADD ("/sync/peer/scopes", test_scopes);
  ADD ("/sync/peer/strange-cursors", test_strange_cursors);
  ADD ("/sync/peer/doors", test_doors);
#undef ADD
  return g_test_run ();
}
