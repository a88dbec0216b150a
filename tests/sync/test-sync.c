/* test-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "switch-peer.h"
#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

static WayEvent *
draft_rating (int now)
{
  return fixture_draft ("self_rating", "{'capability':'find','now':%d,'need':3}", now);
}

static void
append (WayStore *store, WayEvent *draft)
{
  g_autofree char *id = fixture_append (store, NULL, draft);
}

#define OWN "SELECT count(*) FROM event WHERE author = 'ann' AND kind = 'self_rating'"

static void
test_there_and_back (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  WaySyncResult result;
  guint n_unsent;
  g_autofree char *last = NULL;

  append (device, draft_rating (1));
  append (device, draft_rating (2));
  g_assert_true (way_store_count_unsent (device, &n_unsent, NULL));
  g_assert_cmpuint (n_unsent, ==, 2);
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.pushed, ==, 2);
  g_assert_cmpuint (result.acked, ==, 2);
  g_assert_cmpuint (result.pulled, >, 0);
  g_assert_false (result.is_fork);
  g_assert_cmpint (result.at, >, 0);
  g_assert_true (way_store_count_unsent (device, &n_unsent, NULL));
  g_assert_cmpuint (n_unsent, ==, 0);
  fixture_assert_rows (fixture->trust, OWN, "2");
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE received = 0", "0");
  /* The catalogue and what the trust says of ann have come, and nobody else. */
  fixture_assert_rows (device, "SELECT person FROM person", "ann");
  fixture_assert_rows (device, "SELECT count(*) FROM unit", "3");
  fixture_assert_rows (device, "SELECT name FROM organisation", "St Elsewhere");
  fixture_assert_rows (device, "SELECT unit FROM membership", "w1");
  last = way_store_get_meta (device, "last_sync", NULL);
  g_assert_nonnull (last);
  fixture_assert_sound (device);
  fixture_assert_sound (fixture->trust);

  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.pushed, ==, 0);
  g_assert_cmpuint (result.pulled, ==, 0);
}

/* What a training lead says of a role reaches the tables that reports read, and other desktops;
 * nobody else can say it, and it can be withdrawn. */
static void
test_requirement (SyncFixture *fixture, gconstpointer data)
{
  static const char asked[] = "SELECT ident, level FROM catalogue WHERE part = 'requirement'";
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *id = NULL;

  append (lea, fixture_draft ("role_requirement", "{'role':'nursing','capability':'A','level':4}"));
  append (ann, fixture_draft ("role_requirement", "{'role':'nursing','capability':'B','level':1}"));
  sync_fixture_sync (fixture, lea, NULL);
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (fixture->trust, asked, "nursing A|4");
  fixture_assert_rows (
      ann, "SELECT level FROM catalogue WHERE part = 'requirement' AND capability = 'A'", "4");
  fixture_assert_sound (fixture->trust);

  id = fixture_ask (lea, "SELECT id FROM event WHERE kind = 'role_requirement'");
  append (lea, fixture_draft ("retraction", "{'target':'%s'}", id));
  sync_fixture_sync (fixture, lea, NULL);
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (fixture->trust, asked, "");
  fixture_assert_rows (
      ann, "SELECT count(*) FROM catalogue WHERE part = 'requirement' AND capability = 'A'", "0");
}

static void
test_many (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) second = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  for (guint i = 0; i < 999; i++)
    g_ptr_array_add (drafts, draft_rating (i % 4 + 1));
  g_assert_true (way_store_append (device, drafts, &error));
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.acked, ==, 999);
  second = sync_fixture_open (fixture, "second.store", "ann");
  sync_fixture_sync (fixture, second, &result);
  fixture_assert_rows (second, OWN, "999");
  fixture_assert_rows (second, "SELECT now FROM self_rating", "3");
}

static void
test_cancel (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  append (device, draft_rating (1));
  g_cancellable_cancel (cancellable);
  g_assert_false (way_sync_run (device, fixture->peer, cancellable, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.acked, ==, 1);
}

/* Two desktops of one person: both have everything, in one order. */
static void
test_two_desktops (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) first = sync_fixture_open (fixture, "first.store", "ann");
  g_autoptr (WayStore) second = sync_fixture_open (fixture, "second.store", "ann");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  static const char *const order = "SELECT id FROM event WHERE kind = 'self_rating'"
                                   " ORDER BY effective, id";

  for (int i = 0; i < 3; i++)
    {
      append (first, draft_rating (i + 1));
      append (second, draft_rating (4 - i));
    }
  sync_fixture_sync (fixture, first, NULL);
  sync_fixture_sync (fixture, second, NULL);
  sync_fixture_sync (fixture, first, NULL);
  one = fixture_ask (first, order);
  two = fixture_ask (second, order);
  three = fixture_ask (fixture->trust, order);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, ==, three);
  fixture_assert_rows (first, OWN, "6");
  fixture_assert_rows (first, "SELECT now FROM self_rating", "2");
  fixture_assert_rows (second, "SELECT now FROM self_rating", "2");
  fixture_assert_rows (fixture->trust, "SELECT now FROM self_rating WHERE person = 'ann'", "2");
}

/* One sitting gone on with on another desktop, and ended on both: the end that came
 * first counts, everywhere. */
static void
test_sitting_ended_twice (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) first = sync_fixture_open (fixture, "first.store", "ann");
  g_autoptr (WayStore) second = sync_fixture_open (fixture, "second.store", "ann");
  static const char *const levels = "SELECT mean FROM level WHERE person = 'ann'";
  static const char *const ends = "SELECT how, stands FROM attempt WHERE person = 'ann'"
                                  " ORDER BY ended";
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  one = fixture_append (first, NULL, fixture_attempt ("baseline", NULL, NULL));
  sync_fixture_sync (fixture, first, NULL);
  sync_fixture_sync (fixture, second, NULL);
  two = fixture_append (second, NULL, fixture_attempt ("baseline", NULL, one));
  append (second, fixture_estimate (two, "find", 0.5));
  append (second, fixture_end (two, "baseline", "decided", NULL, FALSE));
  /* Not knowing of that, the first goes on too. */
  append (first, fixture_estimate (one, "find", -0.5));
  append (first, fixture_end (one, "baseline", "decided", NULL, FALSE));
  fixture_assert_rows (first, levels, "-0.5");
  fixture_assert_rows (second, levels, "0.5");
  sync_fixture_sync (fixture, first, NULL);
  sync_fixture_sync (fixture, second, NULL);
  sync_fixture_sync (fixture, first, NULL);
  fixture_assert_rows (first, levels, "0.5");
  fixture_assert_rows (second, levels, "0.5");
  fixture_assert_rows (fixture->trust, levels, "0.5");
  fixture_assert_rows (fixture->trust, ends, "decided|1\nsuperseded|0");
  fixture_assert_rows (first, ends, "decided|1\nsuperseded|0");
}

/* The file is copied to another PC with something in the outbox, and both go on. */
static void
test_clone (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) clone = NULL;
  g_autofree char *from = g_build_filename (fixture->folder, "ann.store", NULL);
  g_autofree char *to = g_build_filename (fixture->folder, "copy.store", NULL);
  WaySyncResult result;

  append (device, draft_rating (1));
  sync_fixture_sync (fixture, device, NULL);
  append (device, draft_rating (2));
  way_store_close (device);
  g_clear_object (&device);
  fixture_copy_file (from, to);
  device = sync_fixture_open (fixture, "ann.store", "ann");
  clone = sync_fixture_open (fixture, "copy.store", "ann");
  append (device, draft_rating (3));
  append (clone, draft_rating (4));
  sync_fixture_sync (fixture, clone, &result);
  g_assert_cmpuint (result.pushed, ==, 2);
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.duplicates, ==, 1);
  g_assert_cmpuint (result.quarantined, ==, 0);
  g_assert_false (result.is_fork);
  fixture_assert_rows (fixture->trust, OWN, "4");
  sync_fixture_sync (fixture, clone, NULL);
  fixture_assert_rows (clone, OWN, "4");
  fixture_assert_rows (device, OWN, "4");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (device);
  fixture_assert_sound (clone);
}

/* Puts an older state into the very same file, as a restored machine does. */
static void
put_back (const char *path, const char *older)
{
  g_autofree char *bytes = NULL;
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  gsize length;
  FILE *file;

  g_assert_true (g_file_get_contents (older, &bytes, &length, NULL));
  g_unlink (wal);
  g_unlink (shm);
  file = fopen (path, "r+");
  g_assert_nonnull (file);
  g_assert_cmpint (ftruncate (fileno (file), 0), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_device_put_back (SyncFixture *fixture, gconstpointer data)
{
  gboolean has_news = GPOINTER_TO_INT (data);
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *path = g_build_filename (fixture->folder, "ann.store", NULL);
  g_autofree char *older = g_build_filename (fixture->folder, "older.store", NULL);
  g_autofree char *stream = g_strdup (way_store_get_stream (device));
  WaySyncResult result;

  append (device, draft_rating (1));
  sync_fixture_sync (fixture, device, NULL);
  way_store_close (device);
  g_clear_object (&device);
  fixture_copy_file (path, older);
  device = sync_fixture_open (fixture, "ann.store", "ann");
  append (device, draft_rating (2));
  append (device, draft_rating (3));
  sync_fixture_sync (fixture, device, NULL);
  way_store_close (device);
  g_clear_object (&device);

  put_back (path, older);
  device = sync_fixture_open (fixture, "ann.store", "ann");
  g_assert_cmpstr (way_store_get_stream (device), ==, stream);
  if (has_news)
    append (device, draft_rating (4));
  sync_fixture_sync (fixture, device, &result);
  g_assert_true (result.is_fork);
  g_assert_cmpstr (way_store_get_stream (device), !=, stream);
  /* What the restore had lost comes back, what was new is there, each once. */
  fixture_assert_rows (fixture->trust, OWN, has_news ? "4" : "3");
  fixture_assert_rows (device, OWN, has_news ? "4" : "3");
  fixture_assert_rows (device, "SELECT now FROM self_rating", has_news ? "4" : "3");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "0");
  fixture_assert_sound (device);
  fixture_assert_sound (fixture->trust);
  append (device, draft_rating (1));
  sync_fixture_sync (fixture, device, &result);
  g_assert_false (result.is_fork);
}

static void
test_trust_put_back (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) first = sync_fixture_open (fixture, "first.store", "ann");
  g_autoptr (WayStore) second = sync_fixture_open (fixture, "second.store", "ann");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  WaySyncResult result;
  static const char *const rows = "SELECT id, received, effective FROM event"
                                  " WHERE kind = 'self_rating' ORDER BY id";

  append (first, draft_rating (1));
  sync_fixture_sync (fixture, first, NULL);
  sync_fixture_back_up (fixture, "backup.db");
  append (first, draft_rating (2));
  append (second, draft_rating (3));
  sync_fixture_sync (fixture, first, NULL);
  sync_fixture_sync (fixture, second, NULL);
  sync_fixture_sync (fixture, first, NULL);
  before = fixture_ask (fixture->trust, rows);

  if (GPOINTER_TO_INT (data))
    {
      /* The clients know an epoch that the backup does not. */
      g_assert_true (way_store_set_meta (first, "epoch", "7-00000000", NULL));
      g_assert_true (way_store_set_meta (second, "epoch", "7-00000000", NULL));
    }
  sync_fixture_restore (fixture, "backup.db");
  fixture_assert_rows (fixture->trust, OWN, "1");
  sync_fixture_sync (fixture, first, &result);
  g_assert_true (result.is_rewound);
  g_assert_false (result.is_fork);
  sync_fixture_sync (fixture, second, &result);
  g_assert_true (result.is_rewound);
  sync_fixture_sync (fixture, first, &result);
  g_assert_false (result.is_rewound);
  after = fixture_ask (fixture->trust, rows);
  /* History is what it was, to the microsecond. */
  g_assert_cmpstr (before, ==, after);
  fixture_assert_rows (first, OWN, "3");
  fixture_assert_rows (second, OWN, "3");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (first);
}

static void
cancel_cb (const char *domain, GLogLevelFlags level, const char *text, gpointer user_data)
{
  g_assert_nonnull (strstr (text, "came for a place that another event has"));
  g_cancellable_cancel (user_data);
}

/* The meeting is cut once something was left out, before there is room for it. */
static void
cut_before_room (SyncFixture *fixture, WayStore *device)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  guint handler = g_log_set_handler ("waymark-sync", G_LOG_LEVEL_MESSAGE, cancel_cb, cancellable);

  g_assert_false (way_sync_run (device, fixture->peer, cancellable, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_log_remove_handler ("waymark-sync", handler);
}

/* Trust and desk are put back, and the desk writes other events into the places of those that
 * it lost. Another desk has the old ones still, and the trust has them by then from a third
 * one's stream: so they are nobody's to send there, and yet in the way. */
static void
test_place_taken (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) writer = sync_fixture_open (fixture, "writer.store", "ann");
  g_autoptr (WayStore) second = sync_fixture_open (fixture, "second.store", "ann");
  g_autoptr (WayStore) third = sync_fixture_open (fixture, "third.store", "ann");
  g_autofree char *path = g_build_filename (fixture->folder, "writer.store", NULL);
  g_autofree char *older = g_build_filename (fixture->folder, "older.store", NULL);
  WayStore *all[3];
  WaySyncResult result;

  append (writer, draft_rating (1));
  sync_fixture_sync (fixture, writer, NULL);
  way_store_close (writer);
  g_clear_object (&writer);
  fixture_copy_file (path, older);
  sync_fixture_back_up (fixture, "backup.db");
  writer = sync_fixture_open (fixture, "writer.store", "ann");
  append (writer, draft_rating (2));
  append (writer, draft_rating (3));
  sync_fixture_sync (fixture, writer, NULL);
  sync_fixture_sync (fixture, second, NULL);
  sync_fixture_sync (fixture, third, NULL);
  way_store_close (writer);
  g_clear_object (&writer);

  put_back (path, older);
  sync_fixture_restore (fixture, "backup.db");
  writer = sync_fixture_open (fixture, "writer.store", "ann");
  append (writer, draft_rating (4));
  append (writer, draft_rating (1));
  sync_fixture_sync (fixture, writer, &result);
  g_assert_false (result.is_fork);
  fixture_assert_rows (fixture->trust, OWN, "3");
  /* It finds its copies in the way, and that the trust has not got them. */
  if (GPOINTER_TO_INT (data))
    cut_before_room (fixture, second);
  sync_fixture_sync (fixture, second, NULL);
  fixture_assert_rows (fixture->trust, OWN, "5");
  fixture_assert_rows (second, OWN, "5");
  /* It finds its copies in the way, and that the trust has them elsewhere. */
  sync_fixture_sync (fixture, third, NULL);
  fixture_assert_rows (third, OWN, "5");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM quarantine", "0");
  all[0] = writer;
  all[1] = second;
  all[2] = third;
  for (guint i = 0; i < 2 * G_N_ELEMENTS (all); i++)
    {
      sync_fixture_sync (fixture, all[i % 3], &result);
      g_assert_false (result.is_rewound || result.is_fork);
      fixture_assert_rows (all[i % 3], OWN, "5");
      fixture_assert_sound (all[i % 3]);
    }
  g_assert_cmpuint (result.pushed + result.pulled, ==, 0);
  fixture_assert_rows (fixture->trust, OWN, "5");
  fixture_assert_sound (fixture->trust);
}

/* The line goes after what was sent and before anything comes back. */
static void
cut_in_pull (SyncFixture *fixture, WayStore *device)
{
  g_autoptr (WayPeer) peer = sync_fixture_is_postgresql () ? g_object_ref (fixture->peer)
                                                           : switch_peer_new_over (fixture->peer);
  g_autoptr (GError) error = NULL;

  switch_peer_cut (SWITCH_PEER (peer), TRUE);
  g_assert_false (way_sync_run (device, peer, NULL, NULL, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
  switch_peer_cut (SWITCH_PEER (peer), FALSE);
}

/* The trust was put back, and what somebody had written there, in a stream of many, is at one of
 * their desks only by now. Its next meeting is cut once its own events are sent; since then the
 * trust knows all that it is told of. */
static void
test_put_back_and_cut (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *written = NULL;
  WaySyncResult result;

  append (ann, draft_rating (1));
  sync_fixture_sync (fixture, ann, NULL);
  sync_fixture_back_up (fixture, "backup.db");
  written = fixture_append (fixture->trust, "ann", draft_rating (2));
  append (ann, draft_rating (4));
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (ann, OWN, "3");

  sync_fixture_restore (fixture, "backup.db");
  append (ann, draft_rating (3));
  cut_in_pull (fixture, ann);
  cut_in_pull (fixture, ann);
  sync_fixture_sync (fixture, ann, &result);
  fixture_assert_rows (ann, OWN, "4");
  fixture_assert_rows (fixture->trust, OWN, "4");
  g_assert_true (result.is_rewound);
  sync_fixture_sync (fixture, ann, &result);
  g_assert_false (result.is_rewound);
  g_assert_cmpuint (result.pushed + result.pulled, ==, 0);
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (ann);
}

static WayEvent *
about (WayEvent *draft, const char *subject, const char *unit)
{
  draft->subject = g_strdup (subject);
  draft->unit = g_strdup (unit);
  return draft;
}

/* Who sees what, by the table in the design. */
static void
test_champion_sees (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *sitting = NULL;
  g_autofree char *check = NULL;
  g_autofree char *move = NULL;
  static const char *const kinds = "SELECT DISTINCT kind FROM event WHERE author = 'ann'"
                                   " ORDER BY kind";

  append (ann, fixture_draft ("step", "{'module':'F1','version':1,'step':'why'}"));
  append (ann, fixture_draft ("note", "{'module':'F1','text':'mine'}"));
  append (ann, fixture_draft ("reflection", "{'text':'mine'}"));
  append (ann, fixture_draft ("barrier", "{'barrier':'time','value':1}"));
  append (ann, fixture_draft ("about_me", "{'key':'age','value':'50'}"));
  append (ann, draft_rating (2));
  sitting = fixture_append (ann, NULL, fixture_attempt ("baseline", NULL, NULL));
  append (ann, fixture_draft ("response",
                              "{'attempt':'%s','ordinal':1,'item':'i','answer':'x',"
                              "'score':1,'ms':900,'dont_know':0,'counted':1}",
                              sitting));
  append (ann, fixture_estimate (sitting, "find", 0.5));
  append (ann, fixture_end (sitting, "baseline", "decided", NULL, FALSE));
  check = fixture_append (ann, NULL, fixture_attempt ("check", "F1", NULL));
  append (ann, fixture_end (check, "check", "finished", "F1", TRUE));
  append (dan, fixture_draft ("step", "{'module':'F1','version':1,'step':'why'}"));
  sync_fixture_sync (fixture, ann, NULL);
  sync_fixture_sync (fixture, dan, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, kinds, "attempt_end\nstep");
  fixture_assert_rows (cat, "SELECT count(*) FROM event WHERE author = 'dan'", "0");
  fixture_assert_rows (cat, "SELECT person FROM person ORDER BY 1", "ann\nbob\ncat\nmia");
  fixture_assert_rows (cat, "SELECT module, state FROM progress WHERE person = 'ann'",
                       "F1|checked");

  /* She shares, and no longer. */
  append (ann, fixture_draft ("preference", "{'key':'share_levels','value':'champion'}"));
  sync_fixture_sync (fixture, ann, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, kinds, "attempt_end\nestimate\nself_rating\nstep");
  fixture_assert_rows (cat, "SELECT mean FROM level WHERE person = 'ann'", "0.5");
  append (ann, fixture_draft ("preference", "{'key':'share_levels','value':'nobody'}"));
  sync_fixture_sync (fixture, ann, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, kinds, "attempt_end\nstep");
  fixture_assert_rows (cat, "SELECT count(*) FROM level", "0");

  /* She goes to another ward, he comes. */
  move = fixture_append (fixture->trust, NULL,
                         fixture_draft ("membership",
                                        "{'person':'ann','place':'w1','is_primary':1,'ended':1}"));
  g_clear_pointer (&move, g_free);
  move = fixture_append (fixture->trust, NULL,
                         fixture_draft ("membership",
                                        "{'person':'dan','place':'w1','is_primary':1,'ended':0}"));
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, "SELECT count(*) FROM event WHERE author = 'ann' OR subject = 'ann'",
                       "0");
  fixture_assert_rows (cat, "SELECT module FROM progress WHERE person = 'dan'", "F1");
  fixture_assert_sound (cat);

  /* The role ends, and with it the view. */
  g_clear_pointer (&move, g_free);
  move = fixture_append (
      fixture->trust, NULL,
      fixture_draft ("role_grant", "{'person':'cat','role':'champion','place':'w1','ended':1}"));
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, "SELECT person FROM person ORDER BY 1", "cat");
  fixture_assert_rows (cat, "SELECT count(*) FROM event WHERE author = 'dan'", "0");
  fixture_assert_rows (cat, "SELECT scope FROM scope ORDER BY scope", "catalogue\nself");
}

static void
test_help_comes_back (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *request = NULL;
  g_autofree char *given = NULL;
  g_autoptr (GError) error = NULL;

  request = fixture_append (
      ann, NULL,
      about (fixture_draft ("help_request", "{'page':'today','text':'Stuck'}"), NULL, "w1"));
  sync_fixture_sync (fixture, ann, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, "SELECT person, state, text FROM help", "ann|open|Stuck");
  append (cat, about (fixture_draft ("help_action", "{'request':'%s','action':'taken'}", request),
                      "ann", "w1"));
  append (cat,
          about (fixture_draft ("help_action",
                                "{'request':'%s','action':'answered','text':'Press F6'}", request),
                 "ann", "w1"));
  given = fixture_append (
      cat, NULL,
      about (fixture_draft ("help_given", "{'topic':'keys','people':1,'minutes':2}"), "ann", "w1"));
  sync_fixture_sync (fixture, cat, NULL);
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (ann, "SELECT state, taken_by, answer FROM help", "answered|cat|Press F6");
  append (ann, fixture_draft ("help_action", "{'request':'%s','action':'fixed'}", request));
  sync_fixture_sync (fixture, ann, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (cat, "SELECT state FROM help", "closed");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM help_given", "1");
  fixture_retract (cat, given, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM help_given", "0");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (cat);
}

static void
test_feedback_comes_back (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *said = NULL;

  said = fixture_append (ann, NULL,
                         fixture_draft ("feedback", "{'type':'idea','text':'X','page':'today'}"));
  sync_fixture_sync (fixture, ann, NULL);
  append (lea, about (fixture_draft ("feedback_action",
                                     "{'feedback':'%s','action':'decided','decision':'yes',"
                                     "'because':'It helps'}",
                                     said),
                      "ann", NULL));
  append (lea,
          about (fixture_draft ("feedback_action",
                                "{'feedback':'%s','action':'replied','text':'Thank you'}", said),
                 "ann", NULL));
  sync_fixture_sync (fixture, lea, NULL);
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (ann, "SELECT state, decision, because, reply FROM feedback",
                       "decided|yes|It helps|Thank you");
  fixture_assert_rows (fixture->trust, "SELECT state FROM feedback", "decided");
  /* A lead asks the trust: nothing about others is on their device. */
  fixture_assert_rows (lea, "SELECT count(*) FROM event WHERE author = 'ann'", "0");
  fixture_assert_rows (lea, "SELECT person FROM person", "lea");
}

/* What is withdrawn of what was said about somebody is withdrawn on their device too, and does
 * not come to one that lacks it. */
static void
test_withdrawn_about_somebody (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) late = NULL;
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *said = NULL;
  g_autofree char *decided = NULL;

  said = fixture_append (ann, NULL,
                         fixture_draft ("feedback", "{'type':'idea','text':'X','page':'today'}"));
  sync_fixture_sync (fixture, ann, NULL);
  decided = fixture_append (lea, NULL,
                            about (fixture_draft ("feedback_action",
                                                  "{'feedback':'%s','action':'decided',"
                                                  "'decision':'no','because':'A slip'}",
                                                  said),
                                   "ann", NULL));
  sync_fixture_sync (fixture, lea, NULL);
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (ann, "SELECT state, because FROM feedback", "decided|A slip");

  append (lea, fixture_draft ("retraction", "{'target':'%s'}", decided));
  sync_fixture_sync (fixture, lea, NULL);
  sync_fixture_sync (fixture, ann, NULL);
  fixture_assert_rows (fixture->trust, "SELECT state FROM feedback", "new");
  fixture_assert_rows (fixture->trust, "SELECT subject FROM event WHERE kind = 'retraction'",
                       "ann");
  fixture_assert_rows (ann, "SELECT state FROM feedback", "new");

  late = sync_fixture_open (fixture, "late.store", "ann");
  sync_fixture_sync (fixture, late, NULL);
  fixture_assert_rows (late, "SELECT state FROM feedback", "new");
  fixture_assert_rows (late, "SELECT count(*) FROM event WHERE kind = 'feedback_action'", "0");
}

/* A withdrawal that reaches the trust, and another device, before what it withdraws. */
static void
test_withdrawn_before_it_came (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) first = sync_fixture_open (fixture, "first.store", "ann");
  g_autoptr (WayStore) second = sync_fixture_open (fixture, "second.store", "ann");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (GError) error = NULL;
  g_autofree char *request = NULL;

  request = fixture_append (
      first, NULL,
      about (fixture_draft ("help_request", "{'page':'today','text':'Stuck'}"), NULL, "w1"));
  fixture_retract (second, request, NULL);
  sync_fixture_sync (fixture, second, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  sync_fixture_sync (fixture, first, NULL);
  sync_fixture_sync (fixture, cat, NULL);
  sync_fixture_sync (fixture, second, NULL);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM help", "0");
  fixture_assert_rows (first, "SELECT count(*) FROM help", "0");
  fixture_assert_rows (second, "SELECT count(*) FROM help", "0");
  fixture_assert_rows (cat, "SELECT count(*) FROM help", "0");
  fixture_assert_sound (fixture->trust);
}

/* What a trust sends is looked at too. */
static void
test_damage_from_trust (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("notice", "{'title':'Good','text':'Good'}"));
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust),
                              sync_fixture_is_postgresql ()
                                  ? "UPDATE event SET body = '{\"title\":\"b\"}'"
                                    " WHERE kind = 'notice'"
                                  : "UPDATE event SET body = '{\"title\":' WHERE kind = 'notice'",
                              &error));
  device = sync_fixture_open (fixture, "ann.store", "ann");
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE kind = 'notice'", "0");
  fixture_assert_rows (device, "SELECT count(*) FROM unit", "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func, data)                                                                      \
  g_test_add (path, SyncFixture, GINT_TO_POINTER (data), sync_fixture_set_up, func,                \
              sync_fixture_tear_down)
  ADD ("/sync/run/there-and-back", test_there_and_back, 0);
  ADD ("/sync/run/requirement", test_requirement, 0);
  ADD ("/sync/run/many", test_many, 0);
  ADD ("/sync/run/cancel", test_cancel, 0);
  ADD ("/sync/run/two-desktops", test_two_desktops, 0);
  ADD ("/sync/run/sitting-ended-twice", test_sitting_ended_twice, 0);
  ADD ("/sync/run/clone", test_clone, 0);
  ADD ("/sync/run/device-put-back", test_device_put_back, 0);
  ADD ("/sync/run/device-put-back-with-news", test_device_put_back, 1);
  ADD ("/sync/run/trust-put-back", test_trust_put_back, 0);
  /* On PostgreSQL nobody can invent an epoch. */
  if (!sync_fixture_is_postgresql ())
    ADD ("/sync/run/trust-of-another-epoch", test_trust_put_back, 1);
  ADD ("/sync/run/place-taken", test_place_taken, 0);
  ADD ("/sync/run/place-taken-and-cut", test_place_taken, 1);
  ADD ("/sync/run/put-back-and-cut", test_put_back_and_cut, 0);
  ADD ("/sync/run/champion-sees", test_champion_sees, 0);
  ADD ("/sync/run/help-comes-back", test_help_comes_back, 0);
  ADD ("/sync/run/feedback-comes-back", test_feedback_comes_back, 0);
  ADD ("/sync/run/withdrawn-about-somebody", test_withdrawn_about_somebody, 0);
  ADD ("/sync/run/withdrawn-before-it-came", test_withdrawn_before_it_came, 0);
  ADD ("/sync/run/damage-from-trust", test_damage_from_trust, 0);
#undef ADD
  return g_test_run ();
}
