/* test-erasure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "store/way-erasure.h"
#include "sync/way-bundle.h"

#include <glib/gstdio.h>
#include <string.h>

/* Somebody is erased, or one event is emptied, by two people: what is left in the trust, what
 * becomes of desktops that come back, and what an old backup brings. Lea and mia are
 * governance; cat is the champion of ann's ward. */

#define YEAR G_GINT64_CONSTANT (31557600000000)

static const WayErasureTarget ann = { "ann", NULL };

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
          fixture_draft ("role_grant", "{'person':'lea','role':'governance','ended':0}"));
  append (fixture->trust, NULL,
          fixture_draft ("role_grant", "{'person':'mia','role':'governance','ended':0}"));
}

static char *
dup_ledger (SyncFixture *fixture)
{
  return g_build_filename (fixture->folder, "ledger", NULL);
}

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

static WayErasure *
erase (SyncFixture *fixture, const WayErasureTarget *target)
{
  g_autofree char *ledger = dup_ledger (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = way_erasure_ask (fixture->trust, "lea", target, "asked by letter", &error);
  WayErasure *erasure;

  g_assert_no_error (error);
  erasure = way_erasure_confirm (fixture->trust, "mia", target, ledger, &error);
  g_assert_no_error (error);
  return erasure;
}

#define OF_ANN "FROM event WHERE (author = 'ann' OR subject = 'ann')"
#define WITH_CONTENT OF_ANN " AND salt <> ''"

/* A day of ann's, and what cat says of her. */
static void
fill (WayStore *device, WayStore *champion)
{
  append (device, NULL, fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
  append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'mine alone'}"));
  append (device, NULL, fixture_draft ("step", "{'module':'F1','version':1,'step':'why'}"));
  append (device, NULL,
          fixture_draft ("feedback", "{'type':'idea','text':'about Mr Patient','page':'today'}"));
  append (device, "bob", fixture_draft ("thanks", "{'text':'for yesterday'}"));
  append (champion, "ann",
          fixture_draft ("evidence", "{'type':'witnessed','outcome':'o','note':'she did it'}"));
  append (champion, "ann",
          fixture_draft ("evidence_file", "{'evidence':'e','name':'ward.txt','type':'text/plain',"
                                          "'n':1,'of':1,'data':'U2hl'}"));
}

static void
test_two_people (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayErasure) erasure = NULL;
  g_autoptr (GPtrArray) erasures = NULL;
  g_autofree char *ledger = dup_ledger (fixture);
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
  grant (fixture);
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
  append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'not sent'}"));
  append (second, NULL, fixture_draft ("note", "{'module':'F1','text':'from the other desk'}"));
  grant (fixture);
  erasure = erase (fixture, &ann);
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
  g_autofree char *ledger = dup_ledger (fixture);
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  guint n_erased = 0;

  grant (fixture);
  fill (device, champion);
  sync_fixture_sync (fixture, device, NULL);
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_back_up (fixture, "backup");
  way_erasure_free (erase (fixture, &ann));
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
  g_autofree char *ledger = dup_ledger (fixture);
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

/* One event, with somebody's illness in it: emptied in the trust and where it was written;
 * sent again it is acknowledged and stays empty. */
static void
test_redact (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *id = NULL;
  g_autoptr (WayEvent) event = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  WayErasureTarget target = { NULL, NULL };

  grant (fixture);
  append (device, NULL, fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
  id = fixture_append (
      device, NULL,
      fixture_draft ("feedback", "{'type':'idea','text':'Mr Patient, ward 3','page':'today'}"));
  sync_fixture_sync (fixture, device, NULL);
  g_assert_true (way_log_find (device, id, &event, &error));
  fixture_assert_rows (fixture->trust, "SELECT text FROM feedback", "Mr Patient, ward 3");

  target.event = id;
  erasure = erase (fixture, &target);
  g_assert_cmpint (erasure->n_events, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT text FROM feedback", "-");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM self_rating", "1");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE salt = ''", "1");
  fixture_assert_sound (fixture->trust);

  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (device, "SELECT text FROM feedback", "-");
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE salt = ''", "1");
  fixture_assert_sound (device);

  welcome = way_peer_hello (fixture->peer, "ann", event->stream, 0, NULL, g_get_real_time (),
                            &error);
  g_assert_no_error (error);
  g_ptr_array_add (events, event);
  receipt = way_peer_push (fixture->peer, events, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt->acked, >=, event->seq);
  g_assert_cmpuint (receipt->inserted, ==, 0);
  g_assert_cmpuint (receipt->quarantined, ==, 0);
  g_assert_false (receipt->is_fork);
  fixture_assert_rows (fixture->trust, "SELECT text FROM feedback", "-");
}

/* The trust is put back to before two events came that were emptied since: one desk has only its
 * place, the other has not heard. Both send their streams again, and neither brings it back. */
static void
test_redacted_again (SyncFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "ann.store", "second.store" };
  g_autofree char *ledger = dup_ledger (fixture);
  g_autoptr (GError) error = NULL;
  WayStore *devices[G_N_ELEMENTS (names)];
  guint n_erased;

  grant (fixture);
  sync_fixture_back_up (fixture, "backup");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = NULL;
      WayErasureTarget target = { NULL, NULL };

      devices[i] = sync_fixture_open (fixture, names[i], "ann");
      id = fixture_append (devices[i], NULL,
                           fixture_draft ("feedback",
                                          "{'type':'idea','text':'Mr Patient','page':'today'}"));
      append (devices[i], NULL,
              fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
      sync_fixture_sync (fixture, devices[i], NULL);
      target.event = id;
      way_erasure_free (erase (fixture, &target));
      if (i == 0)
        sync_fixture_sync (fixture, devices[i], NULL);
    }
  fixture_assert_rows (devices[0], "SELECT count(*) FROM event WHERE salt = ''", "1");
  fixture_assert_rows (devices[1],
                       "SELECT count(*) FROM event WHERE kind = 'feedback' AND salt <> ''", "1");

  sync_fixture_restore (fixture, "backup");
  way_erasure_replay (fixture->trust, ledger, &n_erased, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_erased, ==, 2);
  way_store_note_restore (fixture->trust, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      WaySyncResult result;

      sync_fixture_sync (fixture, devices[i], &result);
      g_assert_true (result.is_rewound);
      g_assert_cmpuint (result.quarantined, ==, 0);
      fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "0");
      fixture_assert_rows (devices[i], "SELECT text FROM feedback WHERE text <> '-'", "");
    }
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*), min (allowed) FROM event WHERE kind = 'feedback'"
                       " AND salt = '' AND author = 'ann'",
                       "2|1");
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM event WHERE kind = 'feedback' AND salt <> ''", "0");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'self_rating'",
                       "2");
  fixture_assert_sound (fixture->trust);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      sync_fixture_sync (fixture, devices[i], NULL);
      fixture_assert_rows (devices[i], "SELECT count(*) FROM event WHERE salt = ''", "2");
      fixture_assert_sound (devices[i]);
      g_object_unref (devices[i]);
    }
}

#define RATED "SELECT count(*) FROM self_rating"
#define EMPTY_RETRACTION "SELECT count(*) FROM event WHERE kind = 'retraction' AND salt = ''"

/* Rates oneself and withdraws that, with a reason that is emptied since. */
static void
withdraw_and_redact (SyncFixture *fixture, WayStore *device)
{
  g_autoptr (GPtrArray) retractions = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rating = NULL;
  WayErasureTarget target = { NULL, NULL };

  rating = fixture_append (device, NULL,
                           fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
  fixture_assert_rows (device, RATED, "1");
  append (device, NULL,
          fixture_draft ("retraction", "{'target':'%s','reason':'Mr Patient'}", rating));
  fixture_assert_rows (device, RATED, "0");
  sync_fixture_sync (fixture, device, NULL);
  retractions = way_store_list_events (device, "retraction", &error);
  g_assert_no_error (error);
  target.event = ((WayEvent *) retractions->pdata[0])->id;
  way_erasure_free (erase (fixture, &target));
  fixture_assert_rows (fixture->trust, EMPTY_RETRACTION, "1");
  fixture_assert_rows (fixture->trust, RATED, "0");
}

/* One that never withdrew anything: what it names is no event. */
static void
redact_nonsense (SyncFixture *fixture, WayStore *device)
{
  g_autofree char *id = fixture_append (device, NULL,
                                        fixture_draft ("help_action",
                                                       "{'request':'r','action':'taken'}"));
  WayErasureTarget target = { NULL, id };

  sync_fixture_sync (fixture, device, NULL);
  way_erasure_free (erase (fixture, &target));
}

/* What a withdrawal says is emptied, and not what it does: here, where it was written, and on a
 * device that has never had more of it. */
static void
test_redacted_retraction (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) later = NULL;

  grant (fixture);
  withdraw_and_redact (fixture, device);
  redact_nonsense (fixture, device);
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (device, EMPTY_RETRACTION, "1");
  fixture_assert_rows (device, RATED, "0");
  fixture_assert_sound (device);

  later = sync_fixture_open (fixture, "later.store", "ann");
  sync_fixture_sync (fixture, later, NULL);
  fixture_assert_rows (later, "SELECT count(*) FROM event WHERE kind = 'self_rating'", "1");
  fixture_assert_rows (later, EMPTY_RETRACTION, "1");
  fixture_assert_rows (later, "SELECT count(*) FROM event WHERE salt = ''", "2");
  fixture_assert_rows (later, RATED, "0");
  fixture_assert_sound (later);
  fixture_assert_sound (fixture->trust);
}

/* Whoever has a withdrawal because they could see what it withdraws loses what it said. Ann has
 * one of cat's, of what cat said of her; so has the champion of the whole division. */
static void
test_redacted_retraction_elsewhere (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) division = sync_fixture_open (fixture, "dan.store", "dan");
  WayStore *const readers[] = { device, division };
  g_autoptr (WayEvent)
      given = fixture_draft ("help_given", "{'topic':'F1','people':1,'minutes':2}");
  g_autofree char *id = NULL;
  g_autofree char *retraction = NULL;
  WayErasureTarget target = { NULL, NULL };

  grant (fixture);
  append (fixture->trust, NULL,
          fixture_draft ("role_grant", "{'person':'dan','role':'champion','place':'d','ended':0}"));
  given->subject = g_strdup ("ann");
  id = fixture_append (champion, NULL, g_steal_pointer (&given));
  sync_fixture_sync (fixture, champion, NULL);
  retraction = fixture_append (champion, NULL,
                               fixture_draft ("retraction", "{'target':'%s','reason':'Mr Patient'}",
                                              id));
  sync_fixture_sync (fixture, champion, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      sync_fixture_sync (fixture, readers[i], NULL);
      fixture_assert_rows (readers[i],
                           "SELECT count(*) FROM event WHERE kind = 'retraction' AND salt <> ''",
                           "1");
    }
  target.event = retraction;
  way_erasure_free (erase (fixture, &target));
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      sync_fixture_sync (fixture, readers[i], NULL);
      fixture_assert_rows (readers[i],
                           "SELECT count(*) FROM event WHERE kind = 'retraction'"
                           " AND salt <> ''",
                           "0");
      fixture_assert_rows (readers[i], EMPTY_RETRACTION, "1");
    }
}

/* The trust is put back to before, and hears it again from a device that has only its place: by
 * sync, or by a bundle; of the stream that wrote it, or of another of that person. */
static void
test_redacted_retraction_again (SyncFixture *fixture, gconstpointer data)
{
  gboolean is_bundle = GPOINTER_TO_INT (data) == 1;
  gboolean is_other = GPOINTER_TO_INT (data) == 2;
  g_autoptr (WayStore) writer = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) other = sync_fixture_open (fixture, "other.store", "ann");
  WayStore *sender = is_other ? other : writer;
  g_autofree char *ledger = dup_ledger (fixture);
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  guint n;

  grant (fixture);
  sync_fixture_sync (fixture, writer,
                     NULL); /* from then on the trust has what bundles are sealed with */
  sync_fixture_back_up (fixture, "backup");
  withdraw_and_redact (fixture, writer);
  redact_nonsense (fixture, writer);
  sync_fixture_sync (fixture, sender, NULL);
  sync_fixture_restore (fixture, "backup");
  way_erasure_replay (fixture->trust, ledger, &n, &error);
  g_assert_no_error (error);
  way_store_note_restore (fixture->trust, &error);
  g_assert_no_error (error);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'retraction'", "0");

  if (is_bundle)
    {
      g_autofree char *path = g_build_filename (fixture->folder, "ann.bundle", NULL);
      WayBundleResult brought;

      way_bundle_write (writer, path, TRUE, &n, &error);
      g_assert_no_error (error);
      way_bundle_import (fixture->uri, path, NULL, &brought, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (brought.quarantined, ==, 0);
    }
  else
    {
      sync_fixture_sync (fixture, sender, NULL);
      sync_fixture_sync (fixture, sender, &result);
      g_assert_cmpuint (result.pushed, ==, 0);
      fixture_assert_rows (sender, RATED, "0");
      fixture_assert_sound (sender);
    }
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "0");
  fixture_assert_rows (fixture->trust, EMPTY_RETRACTION, "1");
  fixture_assert_rows (fixture->trust, RATED, "0");
  fixture_assert_sound (fixture->trust);
}

/* The trust is put back to before an event came that was emptied since, and the store that wrote it
 * is gone: its place on another desk is nobody's, and goes. */
static void
test_redacted_and_lost (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) writer = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) other = sync_fixture_open (fixture, "other.store", "ann");
  g_autofree char *ledger = dup_ledger (fixture);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  WayErasureTarget target = { NULL, NULL };
  guint n_erased;

  grant (fixture);
  sync_fixture_sync (fixture, other, NULL);
  sync_fixture_back_up (fixture, "backup");
  /* What is before it cannot be read, so that nobody else has the whole stream. */
  append (writer, NULL, fixture_draft ("note", "{'module':'F1','text':'mine'}"));
  way_db_exec (way_store_get_db (writer), "UPDATE event SET digest = printf ('%064d', 7)", &error);
  g_assert_no_error (error);
  id = fixture_append (writer, NULL,
                       fixture_draft ("feedback",
                                      "{'type':'idea','text':'Mr Patient','page':'today'}"));
  sync_fixture_sync (fixture, writer, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "1");
  target.event = id;
  way_erasure_free (erase (fixture, &target));
  sync_fixture_sync (fixture, other, NULL);
  fixture_assert_rows (other, "SELECT count(*) FROM event WHERE kind = 'feedback'", "1");

  sync_fixture_restore (fixture, "backup");
  way_erasure_replay (fixture->trust, ledger, &n_erased, &error);
  g_assert_no_error (error);
  way_store_note_restore (fixture->trust, &error);
  g_assert_no_error (error);
  sync_fixture_sync (fixture, other, NULL);
  fixture_assert_rows (other, "SELECT count(*) FROM event WHERE kind = 'feedback'", "0");
  fixture_assert_sound (other);
  /* Should the store that wrote it come back after all, its place is there again. */
  sync_fixture_sync (fixture, writer, NULL);
  sync_fixture_sync (fixture, other, NULL);
  fixture_assert_rows (other, "SELECT count(*) FROM event WHERE kind = 'feedback' AND salt = ''",
                       "1");
  fixture_assert_sound (other);
  fixture_assert_sound (fixture->trust);
}

/* An empty event is for what was erased alone: nobody leaves places empty else. */
static void
test_empty_is_refused (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'mine'}"));
  way_db_exec (way_store_get_db (device), "UPDATE event SET salt = '', body = ''", &error);
  g_assert_no_error (error);
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.quarantined, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'note'", "0");
}

/* What a champion sends of her later, from a desk that did not know, comes empty; what came
 * between is emptied by the next tick. */
static void
test_late (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (GError) error = NULL;

  grant (fixture);
  sync_fixture_sync (fixture, champion, NULL);
  way_erasure_free (erase (fixture, &ann));
  append (champion, "ann", fixture_draft ("help_given", "{'topic':'F1','people':1,'minutes':2}"));
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  append (fixture->trust, "ann",
          fixture_draft ("help_given", "{'topic':'F1','people':1,'minutes':2}"));
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "1");
  way_erasure_sweep (fixture->trust, &error);
  g_assert_no_error (error);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " WITH_CONTENT, "0");
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (champion, "SELECT count(*) " WITH_CONTENT, "0");
  fixture_assert_sound (fixture->trust);
}

#define PIECES "FROM event WHERE kind = 'evidence_file' AND salt <> ''"

/* What somebody was seen to do, with a file in two pieces; its id. */
static char *
attach (WayStore *store, const char *person)
{
  WayEvent *seen = fixture_draft ("evidence", "{'type':'witnessed','outcome':'o','note':'did it'}");
  char *id;

  seen->subject = g_strdup (person);
  id = fixture_append (store, NULL, seen);
  for (int n = 1; n <= 2; n++)
    append (store, person,
            fixture_draft ("evidence_file",
                           "{'evidence':'%s','name':'ward.txt','type':'text/plain',"
                           "'n':%d,'of':2,'data':'U2hl'}",
                           id, n));
  return id;
}

/* With evidence that is emptied by itself goes its file, on the desk of who wrote it too. */
static void
test_redacted_file (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *id = attach (champion, "ann");
  g_autofree char *kept = attach (champion, "ann");
  WayErasureTarget target = { NULL, id };

  grant (fixture);
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (device, "SELECT count(*) " PIECES, "4");
  way_erasure_free (erase (fixture, &target));
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " PIECES, "2");
  fixture_assert_rows (device, "SELECT count(*) " PIECES, "2");
  fixture_assert_rows (champion, "SELECT count(*) " PIECES, "2");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (device);
  fixture_assert_sound (champion);
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
  append (fixture->trust, NULL, draft);
}

static void
test_retention (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *ledger = dup_ledger (fixture);
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
      append (fixture->trust, NULL, draft);
    }
  leave (fixture, "old", 6);
  leave (fixture, "new", 3);
  for (guint i = 0; i < G_N_ELEMENTS (joined); i++)
    g_free (attach (fixture->trust, joined[i]));
  fixture_assert_rows (fixture->trust, "SELECT count(*) " PIECES, "4");
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
  fixture_assert_rows (fixture->trust, "SELECT DISTINCT subject " PIECES, "new");
  fixture_assert_rows (fixture->trust, "SELECT reason FROM erased WHERE target = 'old'",
                       "retention");
  g_assert_true (g_file_get_contents (ledger, &line, NULL, NULL));
  g_assert_nonnull (strstr (line, " person old "));
  /* The trust keeps things for two years now. */
  append (fixture->trust, NULL, fixture_draft ("setting", "{'key':'retention_years','value':'2'}"));
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

  append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'kept'}"));
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
  ADD ("/sync/erasure/redact", test_redact);
  ADD ("/sync/erasure/redacted-again", test_redacted_again);
  ADD ("/sync/erasure/redacted-and-lost", test_redacted_and_lost);
  ADD ("/sync/erasure/redacted-retraction", test_redacted_retraction);
  ADD ("/sync/erasure/redacted-retraction-elsewhere", test_redacted_retraction_elsewhere);
  ADD_WITH ("/sync/erasure/redacted-retraction-again", 0, test_redacted_retraction_again);
  ADD_WITH ("/sync/erasure/redacted-retraction-bundle", 1, test_redacted_retraction_again);
  ADD_WITH ("/sync/erasure/redacted-retraction-other", 2, test_redacted_retraction_again);
  ADD ("/sync/erasure/empty-is-refused", test_empty_is_refused);
  ADD ("/sync/erasure/late", test_late);
  ADD ("/sync/erasure/redacted-file", test_redacted_file);
  ADD ("/sync/erasure/retention", test_retention);
  ADD ("/sync/erasure/40-too-old", test_too_old);
  return g_test_run ();
}
