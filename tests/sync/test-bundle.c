/* test-bundle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sync/way-bundle-private.h"

#define SEED 46

/* Sending by file: out of the device, into the trust, and the receipt back. */

static char *
dup_path (SyncFixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
rate (WayStore *device, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = NULL;

      id = fixture_append (device, NULL,
                           fixture_draft ("self_rating", "{'capability':'c%u','now':%u,'need':3}",
                                          i % 3, i % 4 + 1));
    }
}

/* A store of ann's that has met the trust once, and then gone on without it. */
static WayStore *
open_offline (SyncFixture *fixture, const char *name, guint n_events)
{
  WayStore *device = sync_fixture_open (fixture, name, "ann");
  WaySyncResult result;

  sync_fixture_sync (fixture, device, &result);
  rate (device, n_events);
  return device;
}

static char *
write_bundle (SyncFixture *fixture, WayStore *device, const char *name, guint expected)
{
  g_autoptr (GError) error = NULL;
  char *path = dup_path (fixture, name);
  guint n_events;

  way_bundle_write (device, path, FALSE, &n_events, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_events, ==, expected);
  return path;
}

static WayBundleResult
import (SyncFixture *fixture, const char *path, const char *receipt)
{
  g_autoptr (GError) error = NULL;
  WayBundleResult result;

  way_bundle_import (fixture->uri, path, receipt, &result, &error);
  g_assert_no_error (error);
  return result;
}

static void
assert_refused (SyncFixture *fixture, const char *path, int code)
{
  g_autofree char *receipt = dup_path (fixture, "no-receipt");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  WayBundleResult result;

  before = fixture_ask (fixture->trust, "SELECT (SELECT count(*) FROM event),"
                                        " (SELECT count(*) FROM quarantine),"
                                        " (SELECT count(*) FROM stream)");
  g_assert_false (way_bundle_import (fixture->uri, path, receipt, &result, &error));
  g_assert_error (error, WAY_BUNDLE_ERROR, code);
  after = fixture_ask (fixture->trust, "SELECT (SELECT count(*) FROM event),"
                                       " (SELECT count(*) FROM quarantine),"
                                       " (SELECT count(*) FROM stream)");
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (receipt, G_FILE_TEST_EXISTS));
}

static guint
count_unsent (WayStore *device)
{
  guint n;

  g_assert_true (way_store_count_unsent (device, &n, NULL));
  return n;
}

/* More than goes in one push, twice, and the receipt twice. */
static void
test_there_and_back (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 450);
  g_autofree char *path = write_bundle (fixture, device, "ann.bundle", 450);
  g_autofree char *receipt = dup_path (fixture, "ann.receipt");
  g_autoptr (GError) error = NULL;
  WayBundleResult result;
  WaySyncResult synced;
  guint n_received;

  result = import (fixture, path, receipt);
  g_assert_cmpuint (result.events, ==, 450);
  g_assert_cmpuint (result.inserted, ==, 450);
  g_assert_cmpuint (result.duplicates, ==, 0);
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*), min(seq), max(seq) FROM event WHERE author = 'ann'",
                       "450|1|450");
  fixture_assert_sound (fixture->trust);
  g_assert_cmpuint (count_unsent (device), ==, 450);

  for (guint i = 0; i < 2; i++)
    {
      way_bundle_read_receipt (device, receipt, &n_received, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_received, ==, 450);
      g_assert_cmpuint (count_unsent (device), ==, 0);
    }
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE received > 0 AND author = 'ann'",
                       "450");

  result = import (fixture, path, NULL);
  g_assert_cmpuint (result.inserted, ==, 0);
  g_assert_cmpuint (result.duplicates, ==, 450);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE author = 'ann'", "450");

  /* The network comes back, and the trust is as it was left. */
  rate (device, 2);
  sync_fixture_sync (fixture, device, &synced);
  g_assert_cmpuint (synced.pushed, ==, 2);
  g_assert_cmpuint (synced.acked, ==, 2);
  g_assert_false (synced.is_fork);
  g_assert_false (synced.is_rewound);
}

/* Without a receipt the network does what it would have done. */
static void
test_network_first (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 5);
  g_autofree char *path = write_bundle (fixture, device, "ann.bundle", 5);
  g_autofree char *receipt = dup_path (fixture, "ann.receipt");
  g_autoptr (GError) error = NULL;
  WayBundleResult result;
  WaySyncResult synced;
  guint n_received;

  rate (device, 1);
  sync_fixture_sync (fixture, device, &synced);
  g_assert_cmpuint (synced.acked, ==, 6);
  result = import (fixture, path, receipt);
  g_assert_cmpuint (result.duplicates, ==, 5);
  way_bundle_read_receipt (device, receipt, &n_received, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_unsent (device), ==, 0);
}

/* Every way of being cut, and many of being damaged. */
static void
test_not_whole (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 4);
  g_autofree char *path = write_bundle (fixture, device, "ann.bundle", 4);
  g_autofree char *bad = dup_path (fixture, "bad.bundle");
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  gsize length;

  g_test_message ("Seed %d", SEED);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < 40; i++)
    {
      gsize cut = g_rand_int_range (rand, 17, (int) length);

      g_assert_true (g_file_set_contents (bad, bytes, cut, NULL));
      assert_refused (fixture, bad, WAY_BUNDLE_ERROR_CUT);
    }
  for (guint i = 0; i < 60; i++)
    {
      /* Within what the digest covers, behind the first line. */
      gsize at = g_rand_int_range (rand, 17, (int) length - 143);
      g_autofree char *changed = g_memdup2 (bytes, length);

      changed[at] ^= (char) (1 << g_rand_int_range (rand, 0, 7));
      g_assert_true (g_file_set_contents (bad, changed, length, NULL));
      assert_refused (fixture, bad, WAY_BUNDLE_ERROR_DAMAGED);
    }
  g_assert_true (g_file_set_contents (bad, "answers,score\n1,2\n", -1, NULL));
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_OTHER);
  g_assert_true (g_file_set_contents (bad, "waymark-bundle 2\nnew\n", -1, NULL));
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_NEWER);
  {
    g_autofree char *large = g_strnfill (WAY_BUNDLE_MOST + 1, 'x');

    g_assert_true (g_file_set_contents (bad, large, -1, NULL));
    assert_refused (fixture, bad, WAY_BUNDLE_ERROR_SIZE);
  }
  /* None of it spoilt anything for the one that is whole. */
  g_assert_cmpuint (import (fixture, path, NULL).inserted, ==, 4);
}

/* What stands before digest and seal, with @from replaced, sealed with @key. */
static void
forge (const char *path, const char *to, const char *from, const char *by, const char *key)
{
  g_autofree char *bytes = NULL;
  g_autofree char *sealed = NULL;
  g_autoptr (GString) text = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  *(strstr (bytes, "\ndigest ") + 1) = '\0';
  text = g_string_new (bytes);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (text, from, by, 1), ==, 1);
  sealed = way_bundle_seal (g_steal_pointer (&text), key);
  g_assert_true (g_file_set_contents (to, sealed, -1, NULL));
}

static void
test_forged (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 3);
  g_autofree char *path = write_bundle (fixture, device, "ann.bundle", 3);
  g_autofree char *bad = dup_path (fixture, "bad.bundle");
  g_autofree char *key = way_store_get_meta (device, "bundle_key", NULL);

  g_assert_nonnull (key);
  forge (path, bad, NULL, NULL, "0123456789abcdef0123456789abcdef");
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_FORGED);
  /* ann's key signs for nobody else. */
  forge (path, bad, "person YW5u\n", "person Ym9i\n", key);
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_FORGED);
  /* Well signed, and not as Waymark writes it. */
  forge (path, bad, "count 3\n", "count 2\n", key);
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_DAMAGED);
  forge (path, bad, "count 3\n", "count -3\n", key);
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_DAMAGED);
  forge (path, bad, "first 1\n", "first 0\n", key);
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_DAMAGED);
  forge (path, bad, "first 1\n", "first 2\n", key);
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_GAP);
  /* A key opens nobody else's stream. */
  {
    g_autoptr (WayStore) other = sync_fixture_open (fixture, "bob.db", "bob");
    g_autofree char *stream = g_strdup (way_store_get_stream (other));
    WaySyncResult result;

    rate (other, 1);
    sync_fixture_sync (fixture, other, &result);
    forge (path, bad, way_store_get_stream (device), stream, key);
    assert_refused (fixture, bad, WAY_BUNDLE_ERROR_STREAM);
  }
  g_assert_cmpuint (import (fixture, path, NULL).inserted, ==, 3);
}

/* What cannot be read blocks nothing, what is not allowed counts for nothing, and the receipt
 * says which. */
static void
test_judged (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 1);
  g_autofree char *path = NULL;
  g_autofree char *receipt = dup_path (fixture, "ann.receipt");
  g_autoptr (GError) error = NULL;
  WayEvent *draft;
  WayBundleResult result;
  g_autofree char *id = NULL;
  guint n_received;

  draft = fixture_draft ("evidence", "{'type':'witnessed','outcome':'o'}");
  draft->subject = g_strdup ("ann");
  id = fixture_append (device, NULL, draft);
  rate (device, 1);
  /* The disk has changed a bit. */
  g_assert_true (way_db_exec (way_store_get_db (device),
                              "UPDATE event SET digest = CASE substr (digest, 1, 1) WHEN '0'"
                              " THEN '1' ELSE '0' END || substr (digest, 2) WHERE seq = 3",
                              NULL));
  path = write_bundle (fixture, device, "ann.bundle", 3);
  result = import (fixture, path, receipt);
  g_assert_cmpuint (result.inserted, ==, 2);
  g_assert_cmpuint (result.quarantined, ==, 1);
  g_assert_cmpuint (result.refused, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT seq FROM quarantine", "3");
  fixture_assert_rows (fixture->trust, "SELECT seq, allowed FROM event WHERE author = 'ann'",
                       "1|1\n2|0");
  way_bundle_read_receipt (device, receipt, &n_received, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_received, ==, 2);
  g_assert_cmpuint (count_unsent (device), ==, 0);
  fixture_assert_rows (device, "SELECT seq, substr (reason, 1, 7) FROM apart", "3|digest:");
  fixture_assert_rows (device, "SELECT seq, allowed FROM event WHERE author = 'ann' AND seq < 3",
                       "1|1\n2|0");
}

static void
test_refusals (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) unmet = sync_fixture_open (fixture, "unmet.db", "ann");
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 3);
  g_autofree char *path = NULL;
  g_autofree char *late = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  guint n_events;

  rate (unmet, 1);
  path = dup_path (fixture, "unmet.bundle");
  g_assert_false (way_bundle_write (unmet, path, FALSE, &n_events, &error));
  g_assert_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_free (path);

  path = write_bundle (fixture, device, "ann.bundle", 3);
  sync_fixture_sync (fixture, device, &result);
  g_assert_false (way_bundle_write (device, path, FALSE, &n_events, &error));
  g_assert_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_NOTHING);
  g_clear_error (&error);
  g_assert_true (way_bundle_write (device, path, TRUE, &n_events, &error));
  g_assert_cmpuint (n_events, ==, 3);
  g_assert_cmpuint (import (fixture, path, NULL).duplicates, ==, 3);

  /* Whoever has left sends nothing more. */
  rate (device, 1);
  late = write_bundle (fixture, device, "late.bundle", 1);
  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("person", "{'person':'ann','username':'ann','name':'ann',"
                                                "'staff_group':'nursing','ended':1}"));
  assert_refused (fixture, late, WAY_BUNDLE_ERROR_PERSON);
}

/* The file of a store that was copied before it sent more. */
static void
test_fork (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 3);
  g_autofree char *path = write_bundle (fixture, device, "ann.bundle", 3);
  g_autofree char *bad = dup_path (fixture, "bad.bundle");
  g_autofree char *key = way_store_get_meta (device, "bundle_key", NULL);
  g_autofree char *bytes = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *swapped = NULL;

  g_assert_cmpuint (import (fixture, path, NULL).inserted, ==, 3);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  lines = g_strsplit (bytes, "\n", -1);
  swapped = g_steal_pointer (&lines[7]);
  lines[7] = lines[8];
  lines[8] = g_steal_pointer (&swapped);
  {
    g_autofree char *text = g_strjoinv ("\n", lines);

    g_assert_true (g_file_set_contents (bad, text, -1, NULL));
  }
  forge (bad, bad, NULL, NULL, key);
  assert_refused (fixture, bad, WAY_BUNDLE_ERROR_FORK);
}

static void
assert_receipt_refused (WayStore *device, const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  guint before = count_unsent (device);
  guint n_received;

  g_assert_false (way_bundle_read_receipt (device, path, &n_received, &error));
  g_assert_error (error, WAY_BUNDLE_ERROR, code);
  g_assert_cmpuint (count_unsent (device), ==, before);
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE received > 0 AND author = 'ann'",
                       "0");
}

/* Only what the trust has said is called received. */
static void
test_receipts (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 3);
  g_autoptr (WayStore) other = open_offline (fixture, "ann-two.db", 3);
  g_autofree char *path = write_bundle (fixture, device, "ann.bundle", 3);
  g_autofree char *receipt = dup_path (fixture, "ann.receipt");
  g_autofree char *bad = dup_path (fixture, "bad.receipt");
  g_autofree char *bytes = NULL;
  gsize length;

  import (fixture, path, receipt);
  assert_receipt_refused (other, receipt, WAY_BUNDLE_ERROR_STREAM);
  assert_receipt_refused (device, path, WAY_BUNDLE_ERROR_OTHER);
  forge (receipt, bad, NULL, NULL, "0123456789abcdef0123456789abcdef");
  assert_receipt_refused (device, bad, WAY_BUNDLE_ERROR_FORGED);
  g_assert_true (g_file_get_contents (receipt, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (bad, bytes, length - 10, NULL));
  assert_receipt_refused (device, bad, WAY_BUNDLE_ERROR_CUT);
  bytes[100] ^= 1;
  g_assert_true (g_file_set_contents (bad, bytes, length, NULL));
  assert_receipt_refused (device, bad, WAY_BUNDLE_ERROR_DAMAGED);
}

/* The store is put back into its very file, to before the bundle, and goes on: the receipt of what
 * it was says nothing of what it is now, and nothing is lost. */
static void
test_receipt_of_before (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = open_offline (fixture, "ann.db", 2);
  g_autofree char *store = dup_path (fixture, "ann.db");
  g_autofree char *receipt = dup_path (fixture, "ann.receipt");
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  WaySyncResult result;
  gsize length;
  FILE *file;

  way_store_close (device);
  g_clear_object (&device);
  g_assert_true (g_file_get_contents (store, &bytes, &length, NULL));
  device = sync_fixture_open (fixture, "ann.db", "ann");
  rate (device, 1);
  path = write_bundle (fixture, device, "ann.bundle", 3);
  g_assert_cmpuint (import (fixture, path, receipt).inserted, ==, 3);
  way_store_close (device);
  g_clear_object (&device);

  file = fopen (store, "r+");
  g_assert_nonnull (file);
  g_assert_cmpint (ftruncate (fileno (file), 0), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
  device = sync_fixture_open (fixture, "ann.db", "ann");
  rate (device, 2);
  assert_receipt_refused (device, receipt, WAY_BUNDLE_ERROR_STREAM);
  sync_fixture_sync (fixture, device, &result);
  g_assert_true (result.is_fork);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'self_rating'",
                       "5");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "0");
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE kind = 'self_rating'", "5");
  fixture_assert_sound (device);
}

/* By the network too the device is told which and why, even when the first answer was lost. */
static void
test_told_why (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.db", "ann");
  WaySyncResult result;

  rate (device, 3);
  g_assert_true (way_db_exec (way_store_get_db (device),
                              "UPDATE event SET chain = CASE substr (chain, 1, 1) WHEN '0' THEN '1'"
                              " ELSE '0' END || substr (chain, 2) WHERE seq = 3",
                              NULL));
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.quarantined, ==, 1);
  fixture_assert_rows (device, "SELECT seq, substr (reason, 1, 6) FROM apart", "3|chain:");
  g_assert_true (way_db_exec (way_store_get_db (device),
                              "DELETE FROM apart; UPDATE meta SET value = '0' WHERE key = 'acked'",
                              NULL));
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.quarantined, ==, 0);
  g_assert_cmpuint (result.duplicates, ==, 3);
  fixture_assert_rows (device, "SELECT seq, substr (reason, 1, 6) FROM apart", "3|chain:");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)
  ADD ("/sync/bundle/there-and-back", test_there_and_back);
  ADD ("/sync/bundle/network-first", test_network_first);
  ADD ("/sync/bundle/not-whole", test_not_whole);
  ADD ("/sync/bundle/forged", test_forged);
  ADD ("/sync/bundle/judged", test_judged);
  ADD ("/sync/bundle/refusals", test_refusals);
  ADD ("/sync/bundle/fork", test_fork);
  ADD ("/sync/bundle/receipts", test_receipts);
  ADD ("/sync/bundle/receipt-of-before", test_receipt_of_before);
  ADD ("/sync/bundle/told-why", test_told_why);
#undef ADD
  return g_test_run ();
}
