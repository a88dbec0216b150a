/* test-erasure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "erasure-fixture.h"

#include <string.h>

/* Somebody is erased, or one event is emptied, by two people: what is left in the trust, what
 * becomes of desktops that come back, and what an old backup brings. Lea and mia are
 * governance; cat is the champion of ann's ward. */

#define YEAR G_GINT64_CONSTANT (31557600000000)

static const WayErasureTarget ann = { "ann", NULL };

static void
assert_refused (WayStore *trust, const char *by, gboolean is_confirming, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (WayErasure) erasure = NULL;

  if (is_confirming)
    erasure = way_erasure_confirm (trust, by, &ann, NULL, &error);
  else
    id = way_erasure_ask (trust, by, &ann, "asked by letter", &error);
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_null (id);
  g_assert_null (erasure);
}

#define OF_ANN "FROM event WHERE (author = 'ann' OR subject = 'ann')"
#define WITH_CONTENT OF_ANN " AND salt <> ''"

/* A day of ann's, and what cat says of her. */
static void
fill (WayStore *device, WayStore *champion)
{
  erasure_append (device, NULL,
                  fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
  erasure_append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'mine alone'}"));
  erasure_append (device, NULL, fixture_draft ("step", "{'module':'F1','version':1,'step':'why'}"));
  erasure_append (device, NULL,
                  fixture_draft ("feedback",
                                 "{'type':'idea','text':'about Mr Patient','page':'today'}"));
  erasure_append (device, "bob", fixture_draft ("thanks", "{'text':'for yesterday'}"));
  erasure_append (champion, "ann",
                  fixture_draft ("evidence",
                                 "{'type':'witnessed','outcome':'o','note':'she did it'}"));
  erasure_append (champion, "ann",
                  fixture_draft ("evidence_file",
                                 "{'evidence':'e','name':'ward.txt','type':'text/plain',"
                                 "'n':1,'of':1,'data':'U2hl'}"));
}

static void
test_two_people (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayErasure) erasure = NULL;
  g_autoptr (GPtrArray) erasures = NULL;
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autofree char *line = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  static const char *const skeleton =
      "SELECT stream, seq, id, author, subject, kind, at, digest, chain FROM event"
      " WHERE kind NOT IN ('erasure_request', 'erasure') ORDER BY stream, seq";

  fill (device, champion);
  sync_fixture_sync (fixture, device, NULL);
  sync_fixture_sync (fixture, champion, NULL);
  assert_refused (fixture->trust, "lea", FALSE, "governance");
  erasure_grant (fixture);
  assert_refused (fixture->trust, "ann", FALSE, "governance");
  assert_refused (fixture->trust, NULL, FALSE, "governance");
  assert_refused (fixture->trust, "mia", TRUE, "Nobody has asked");
  id = way_erasure_ask (fixture->trust, "lea", &ann, "asked by letter", &error);
  g_assert_no_error (error);
  assert_refused (fixture->trust, "lea", TRUE, "two people");
  assert_refused (fixture->trust, "cat", TRUE, "governance");
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "9");
  before = fixture_ask (fixture->trust, skeleton);

  erasure = way_erasure_confirm (fixture->trust, "mia", &ann, ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (erasure->target, ==, "ann");
  g_assert_cmpint (erasure->n_events, ==, 9);
  after = fixture_ask (fixture->trust, skeleton);
  g_assert_cmpstr (before, ==, after);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM person WHERE person = 'ann'", "0");
  fixture_assert_rows (fixture->trust,
                       "SELECT (SELECT count(*) FROM membership WHERE person = 'ann')"
                       " + (SELECT count(*) FROM self_rating WHERE person = 'ann')"
                       " + (SELECT count(*) FROM evidence WHERE person = 'ann')"
                       " + (SELECT count(*) FROM progress WHERE person = 'ann')",
                       "0");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM person", "5");
  fixture_assert_rows (fixture->trust, "SELECT author FROM event WHERE kind = 'erasure'", "mia");
  fixture_assert_sound (fixture->trust);

  g_assert_true (g_file_get_contents (ledger, &line, NULL, NULL));
  g_assert_true (g_str_has_prefix (line, "erased 1 "));
  g_assert_nonnull (strstr (line, " person ann "));
  g_assert_nonnull (strstr (line, erasure->id));
  /* Nobody is found by that name again, and nothing is done twice. */
  assert_refused (fixture->trust, "mia", TRUE, "nothing here");
  erasures = way_erasure_list (fixture->trust, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (erasures->len, ==, 1);
  g_assert_true (way_erasure_update_ledger (erasures, ledger, &error));
  g_clear_pointer (&after, g_free);
  g_assert_true (g_file_get_contents (ledger, &after, NULL, NULL));
  g_assert_cmpstr (line, ==, after);
}

static void
assert_is_gone (SyncFixture *fixture, const char *name)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->folder, "/", name, endings[i], NULL);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
assert_told (SyncFixture *fixture, WayStore *device)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (way_sync_run (device, fixture->peer, NULL, NULL, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED);
  g_assert_nonnull (strstr (error->message, "has been deleted"));
  g_assert_null (way_store_get_db (device));
}

/* 45: the desktop was away. It is told at the next contact, and keeps nothing; what others
 * have of her goes at theirs, also what they have written. */
static void
test_offline (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) second = sync_fixture_open (fixture, "second.store", "ann");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) friend = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayErasure) erasure = NULL;
  g_autofree char *n_events = NULL;

  fill (device, champion);
  sync_fixture_sync (fixture, device, NULL);
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, friend, NULL);
  fixture_assert_rows (friend, "SELECT count(*) " WITH_CONTENT, "1");
  fixture_assert_rows (champion,
                       "SELECT count(*) " WITH_CONTENT
                       " AND kind IN ('step', 'evidence', 'person')",
                       "3");
  /* What was answered while away was never sent, and what another desk has neither. */
  erasure_append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'not sent'}"));
  erasure_append (second, NULL,
                  fixture_draft ("note", "{'module':'F1','text':'from the other desk'}"));
  erasure_grant (fixture);
  erasure = erasure_erase (fixture, &ann);
  n_events = fixture_ask (fixture->trust, "SELECT count(*) FROM event");

  assert_told (fixture, device);
  assert_is_gone (fixture, "ann.store");
  assert_told (fixture, second);
  assert_is_gone (fixture, "second.store");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event", n_events);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");

  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, friend, NULL);
  fixture_assert_rows (champion, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_rows (champion, "SELECT count(*) FROM person WHERE person = 'ann'", "0");
  fixture_assert_rows (friend, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_sound (champion);
  fixture_assert_sound (friend);
  fixture_assert_sound (fixture->trust);
}

/* 45: a backup from before the erasure is put back. The ledger erases again. */
static void
test_restored (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  guint n_erased = 0;

  erasure_grant (fixture);
  fill (device, champion);
  sync_fixture_sync (fixture, device, NULL);
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_back_up (fixture, "backup");
  way_erasure_free (erasure_erase (fixture, &ann));
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  sync_fixture_sync (fixture, champion, NULL);

  sync_fixture_restore (fixture, "backup");
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "9");
  /* The machine stopped in the middle of another line, which was then not carried out. */
  g_assert_true (g_file_get_contents (ledger, &text, NULL, NULL));
  cut = g_strconcat (text, "erased 1 17000", NULL);
  g_assert_true (g_file_set_contents (ledger, cut, -1, NULL));
  way_erasure_replay (fixture->trust, ledger, &n_erased, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_erased, ==, 1);
  way_store_note_restore (fixture->trust, &error);
  g_assert_no_error (error);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'erasure'", "1");

  assert_told (fixture, device);
  assert_is_gone (fixture, "ann.store");
  /* The champion's desk sends again what the trust has lost, and nothing of ann. */
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_rows (champion, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_sound (fixture->trust);
  /* Again is once. */
  g_assert_true (way_erasure_replay (fixture->trust, ledger, &n_erased, &error));
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'erasure'", "1");
}

static void
test_damaged_ledger (SyncFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "erased 1 5 person ann 01234567-89ab-7cde-8f01-23456789abcd asked\nnonsense\n",
    "erased 1 5 person ann 01234567-89ab-7cde-8f01-23456789abcd asked\n"
    "erased 1 x person bob 01234567-89ab-7cde-8f01-23456789abcd asked\n",
    "erased 2 5 person ann 01234567-89ab-7cde-8f01-23456789abcd asked\n",
  };
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  guint n_erased;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (ledger, texts[i], -1, NULL));
      g_assert_false (way_erasure_replay (fixture->trust, ledger, &n_erased, &error));
      g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG);
      g_assert_nonnull (strstr (error->message, i == 2 ? ":1:" : ":2:"));
    }
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM erased", "0");
}

/* What a champion sends of her later, from a desk that did not know, comes empty; what came
 * between is emptied by the next tick. */
static void
test_late (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (GError) error = NULL;

  erasure_grant (fixture);
  sync_fixture_sync (fixture, champion, NULL);
  way_erasure_free (erasure_erase (fixture, &ann));
  erasure_append (champion, "ann",
                  fixture_draft ("help_given", "{'topic':'F1','people':1,'minutes':2}"));
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  erasure_append (fixture->trust, "ann",
                  fixture_draft ("help_given", "{'topic':'F1','people':1,'minutes':2}"));
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "1");
  way_erasure_sweep (fixture->trust, &error);
  g_assert_no_error (error);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (champion, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_sound (fixture->trust);
}

static void
leave (SyncFixture *fixture, const char *person, gint64 years)
{
  WayEvent *draft = fixture_draft (
      "person", "{'person':'%s','username':'%s','name':'%s','staff_group':'nursing','ended':1}",
      person, person, person);
  gint64 at = g_get_real_time () - years * YEAR - 1;

  /* A trust of invented people may write what was long ago. */
  draft->at = at;
  draft->received = at;
  erasure_append (fixture->trust, NULL, draft);
}

static void
test_retention (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const joined[] = { "old", "new" };

  for (guint i = 0; i < G_N_ELEMENTS (joined); i++)
    {
      WayEvent *draft = fixture_draft ("person",
                                       "{'person':'%s','username':'%s','name':'%s',"
                                       "'staff_group':'nursing','ended':0}",
                                       joined[i], joined[i], joined[i]);

      draft->at = draft->received = g_get_real_time () - 20 * YEAR;
      erasure_append (fixture->trust, NULL, draft);
    }
  leave (fixture, "old", 6);
  leave (fixture, "new", 3);
  for (guint i = 0; i < G_N_ELEMENTS (joined); i++)
    g_free (erasure_attach (fixture->trust, joined[i]));
  fixture_assert_rows (fixture->trust, "SELECT count(*) " ERASURE_PIECES, "4");
  way_erasure_retain (fixture->trust, TRUE, ledger, people, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (people->pdata[0], ==, "old");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM person WHERE person = 'old'", "1");
  g_ptr_array_set_size (people, 0);
  way_erasure_retain (fixture->trust, FALSE, ledger, people, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM person WHERE person = 'old'", "0");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM person WHERE person = 'new'", "1");
  fixture_assert_rows (fixture->trust, "SELECT DISTINCT subject " ERASURE_PIECES, "new");
  fixture_assert_rows (fixture->trust, "SELECT reason FROM erased WHERE target = 'old'",
                       "retention");
  g_assert_true (g_file_get_contents (ledger, &line, NULL, NULL));
  g_assert_nonnull (strstr (line, " person old "));
  /* The trust keeps things for two years now. */
  erasure_append (fixture->trust, NULL,
                  fixture_draft ("setting", "{'key':'retention_years','value':'2'}"));
  g_ptr_array_set_size (people, 0);
  way_erasure_retain (fixture->trust, FALSE, ledger, people, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM erased", "2");
  fixture_assert_sound (fixture->trust);
}

/* 40: a trust that takes only what newer programs say says so, and nothing is lost here. */
static void
test_too_old (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  erasure_append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'kept'}"));
  g_assert_true (way_store_set_meta (fixture->trust, "proto_min", "2", &error));
  g_assert_false (way_sync_run (device, fixture->peer, NULL, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "too old"));
  fixture_assert_rows (device, "SELECT count(*) FROM event", "1");
  g_assert_true (way_store_set_meta (fixture->trust, "proto_min", "1", NULL));
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.acked, ==, 1);
}

#define ADD_WITH(path, data, test)                                                                 \
  g_test_add (path, SyncFixture, GINT_TO_POINTER (data), sync_fixture_set_up, test,                \
              sync_fixture_tear_down)
#define ADD(path, test) ADD_WITH (path, 0, test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/erasure/two-people", test_two_people);
  ADD ("/sync/erasure/45-desktop-offline", test_offline);
  ADD ("/sync/erasure/45-restored-backup", test_restored);
  ADD ("/sync/erasure/45-damaged-ledger", test_damaged_ledger);
  ADD ("/sync/erasure/late", test_late);
  ADD ("/sync/erasure/retention", test_retention);
  ADD ("/sync/erasure/40-too-old", test_too_old);
  return g_test_run ();
}
