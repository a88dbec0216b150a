/* test-redaction.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "erasure-fixture.h"
#include "sync/way-bundle.h"

/* One event is emptied, by two people: what goes with it, what becomes of desktops that have it,
 * and what an old backup brings. */

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

  erasure_grant (fixture);
  erasure_append (device, NULL,
                  fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
  id = fixture_append (
      device, NULL,
      fixture_draft ("feedback", "{'type':'idea','text':'Mr Patient, ward 3','page':'today'}"));
  sync_fixture_sync (fixture, device, NULL);
  g_assert_true (way_log_find (device, id, &event, &error));
  fixture_assert_rows (fixture->trust, "SELECT text FROM feedback", "Mr Patient, ward 3");

  target.event = id;
  erasure = erasure_erase (fixture, &target);
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
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autoptr (GError) error = NULL;
  WayStore *devices[G_N_ELEMENTS (names)];
  guint n_erased;

  erasure_grant (fixture);
  sync_fixture_back_up (fixture, "backup");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = NULL;
      WayErasureTarget target = { NULL, NULL };

      devices[i] = sync_fixture_open (fixture, names[i], "ann");
      id = fixture_append (devices[i], NULL,
                           fixture_draft ("feedback",
                                          "{'type':'idea','text':'Mr Patient','page':'today'}"));
      erasure_append (devices[i], NULL,
                      fixture_draft ("self_rating", "{'capability':'find','now':1,'need':3}"));
      sync_fixture_sync (fixture, devices[i], NULL);
      target.event = id;
      way_erasure_free (erasure_erase (fixture, &target));
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
  erasure_append (device, NULL,
                  fixture_draft ("retraction", "{'target':'%s','reason':'Mr Patient'}", rating));
  fixture_assert_rows (device, RATED, "0");
  sync_fixture_sync (fixture, device, NULL);
  retractions = way_store_list_events (device, "retraction", &error);
  g_assert_no_error (error);
  target.event = ((WayEvent *) retractions->pdata[0])->id;
  way_erasure_free (erasure_erase (fixture, &target));
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
  way_erasure_free (erasure_erase (fixture, &target));
}

/* What a withdrawal says is emptied, and not what it does: here, where it was written, and on a
 * device that has never had more of it. */
static void
test_redacted_retraction (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) later = NULL;

  erasure_grant (fixture);
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

  erasure_grant (fixture);
  erasure_append (fixture->trust, NULL,
                  fixture_draft ("role_grant",
                                 "{'person':'dan','role':'champion','place':'d','ended':0}"));
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
  way_erasure_free (erasure_erase (fixture, &target));
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
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  guint n;

  erasure_grant (fixture);
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
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  WayErasureTarget target = { NULL, NULL };
  guint n_erased;

  erasure_grant (fixture);
  sync_fixture_sync (fixture, other, NULL);
  sync_fixture_back_up (fixture, "backup");
  /* What is before it cannot be read, so that nobody else has the whole stream. */
  erasure_append (writer, NULL, fixture_draft ("note", "{'module':'F1','text':'mine'}"));
  way_db_exec (way_store_get_db (writer), "UPDATE event SET digest = printf ('%064d', 7)", &error);
  g_assert_no_error (error);
  id = fixture_append (writer, NULL,
                       fixture_draft ("feedback",
                                      "{'type':'idea','text':'Mr Patient','page':'today'}"));
  sync_fixture_sync (fixture, writer, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "1");
  target.event = id;
  way_erasure_free (erasure_erase (fixture, &target));
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

  erasure_append (device, NULL, fixture_draft ("note", "{'module':'F1','text':'mine'}"));
  way_db_exec (way_store_get_db (device), "UPDATE event SET salt = '', body = ''", &error);
  g_assert_no_error (error);
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.quarantined, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'note'", "0");
}
/* With evidence that is emptied by itself goes its file, on the desk of who wrote it too. */
static void
test_redacted_file (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *id = erasure_attach (champion, "ann");
  g_autofree char *kept = erasure_attach (champion, "ann");
  WayErasureTarget target = { NULL, id };

  erasure_grant (fixture);
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (device, "SELECT count(*) " ERASURE_PIECES, "4");
  way_erasure_free (erasure_erase (fixture, &target));
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) " ERASURE_PIECES, "2");
  fixture_assert_rows (device, "SELECT count(*) " ERASURE_PIECES, "2");
  fixture_assert_rows (champion, "SELECT count(*) " ERASURE_PIECES, "2");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (device);
  fixture_assert_sound (champion);
}

/* The trust is put back to before the evidence came: what went with it comes again, empty, as what
 * it belongs to does. */
static void
test_redacted_file_and_lost (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *ledger = erasure_dup_ledger (fixture);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  WayErasureTarget target = { NULL, NULL };
  guint n_erased;

  erasure_grant (fixture);
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_back_up (fixture, "backup");
  id = erasure_attach (champion, "ann");
  sync_fixture_sync (fixture, champion, NULL);
  target.event = id;
  way_erasure_free (erasure_erase (fixture, &target));
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (champion, "SELECT count(*) " ERASURE_PIECES, "0");

  sync_fixture_restore (fixture, "backup");
  way_erasure_replay (fixture->trust, ledger, &n_erased, &error);
  g_assert_no_error (error);
  way_store_note_restore (fixture->trust, &error);
  g_assert_no_error (error);
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "0");
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM event WHERE kind = 'evidence_file' AND salt = ''",
                       "2");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (champion);
}

#define ADD_WITH(path, data, test)                                                                 \
  g_test_add (path, SyncFixture, GINT_TO_POINTER (data), sync_fixture_set_up, test,                \
              sync_fixture_tear_down)
#define ADD(path, test) ADD_WITH (path, 0, test)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/erasure/redact", test_redact);
  ADD ("/sync/erasure/redacted-again", test_redacted_again);
  ADD ("/sync/erasure/redacted-and-lost", test_redacted_and_lost);
  ADD ("/sync/erasure/redacted-retraction", test_redacted_retraction);
  ADD ("/sync/erasure/redacted-retraction-elsewhere", test_redacted_retraction_elsewhere);
  ADD_WITH ("/sync/erasure/redacted-retraction-again", 0, test_redacted_retraction_again);
  ADD_WITH ("/sync/erasure/redacted-retraction-bundle", 1, test_redacted_retraction_again);
  ADD_WITH ("/sync/erasure/redacted-retraction-other", 2, test_redacted_retraction_again);
  ADD ("/sync/erasure/empty-is-refused", test_empty_is_refused);
  ADD ("/sync/erasure/redacted-file", test_redacted_file);
  ADD ("/sync/erasure/redacted-file-and-lost", test_redacted_file_and_lost);
  return g_test_run ();
}
