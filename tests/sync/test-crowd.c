/* test-crowd.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include <string.h>

#include "sync/way-postgresql-peer.h"

/* Many desks at once against one server: what commits late must reach whoever pulls
 * meanwhile, once, and tables that two pushes fold together must hold both. */

#define N_WRITERS 8
#define N_BATCHES 25
#define PER_BATCH 4

typedef struct
{
  SyncFixture *fixture;
  char *uri;
  const char *person;
  guint number;
  guint n_pushed;
} Writer;

static WayEvent *
place_event (GPtrArray *chain, const char *stream, guint number, WayEvent *draft)
{
  WayEvent *last = chain->len > 0 ? chain->pdata[chain->len - 1] : NULL;
  guint8 random[10] = { number, 0, 0, chain->len & 0xff, chain->len >> 8 };
  g_autofree char *id = NULL;

  draft->at = 1700000000000000 + chain->len * 1000;
  draft->zone = g_strdup ("Europe/London");
  id = way_uuid_new_v7 (draft->at, random);
  way_event_seal_into_stream (draft, stream, last != NULL ? last->seq + 1 : 1, id,
                              "00112233445566778899aabbccddeeff",
                              last != NULL ? last->chain : NULL);
  g_ptr_array_add (chain, draft);
  return draft;
}

static WayReceipt *
push_patiently (WayPeer *peer, GPtrArray *part)
{
  for (guint try = 0;; try++)
    {
      g_autoptr (GError) error = NULL;
      WayReceipt *receipt = way_peer_push (peer, part, &error);

      if (receipt != NULL)
        return receipt;
      /* Two that lock each other out: one is sent back, and comes again. */
      g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY);
      g_assert_cmpuint (try, <, 50);
      g_usleep (g_random_int_range (1000, 20000));
    }
}

static gpointer
write_cb (gpointer data)
{
  Writer *self = data;
  g_autofree char *stream = g_strdup_printf ("01234567-89ab-7cde-8f01-2345678900c%u", self->number);
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPeer) peer = way_peer_open (self->uri, &error);
  g_autoptr (WayWelcome) welcome = NULL;

  g_assert_no_error (error);
  welcome = way_peer_hello (peer, self->person, stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  for (guint batch = 0; batch < N_BATCHES; batch++)
    {
      g_autoptr (GPtrArray) part = g_ptr_array_new ();
      g_autoptr (WayReceipt) receipt = NULL;

      for (guint i = 0; i < PER_BATCH; i++)
        {
          WayEvent *event = i == 0
                                ? fixture_draft ("help_request", "{'page':'p','text':'%u'}", batch)
                                : fixture_draft ("step",
                                                 "{'module':'m%u-%u','version':1,'step':'s%u'}",
                                                 self->number, batch, i);

          if (i == 0)
            event->unit = g_strdup ("w1");
          g_ptr_array_add (part, place_event (chain, stream, self->number, event));
        }
      receipt = push_patiently (peer, part);
      g_assert_cmpuint (receipt->inserted, ==, PER_BATCH);
      self->n_pushed += receipt->inserted;
    }
  return NULL;
}

typedef struct
{
  char *uri;
  int has_ended; /* atomic: the writers have */
  GHashTable *seen;
  guint n_pages;
} Reader;

static gpointer
read_cb (gpointer data)
{
  Reader *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPeer) peer = way_peer_open (self->uri, &error);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autofree char *cursor = NULL;
  guint n_last = 0;

  g_assert_no_error (error);
  welcome = way_peer_hello (peer, "cat", "01234567-89ab-7cde-8f01-2345678900d0", 0, NULL,
                            g_get_real_time (), &error);
  g_assert_no_error (error);
  /* The round that is going on may have begun before the writers ended: one more. */
  while (n_last < 2)
    {
      gboolean has_ended = g_atomic_int_get (&self->has_ended) == 1;
      g_autoptr (WayPage) page = way_peer_pull (peer, "unit:w1", cursor, &error);

      g_assert_no_error (error);
      g_assert_false (page->is_reset);
      for (guint i = 0; i < page->events->len; i++)
        {
          const WayEvent *event = page->events->pdata[i];

          g_assert_true (g_hash_table_add (self->seen, g_strdup (event->id)));
        }
      self->n_pages++;
      g_free (cursor);
      cursor = g_steal_pointer (&page->cursor);
      n_last += has_ended && !page->has_more ? 1 : 0;
    }
  return NULL;
}

/* Small pages have more seams, between which others commit. */
static void
make_pages_small (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  way_db_exec (way_store_get_db (fixture->trust),
               "DO $$ DECLARE text text"
               " := pg_get_functiondef (CAST('api.pull_v1 (text, text, text)' AS regprocedure));"
               " BEGIN ASSERT strpos (text, 'page CONSTANT integer := 200') > 0;"
               " EXECUTE replace (text, 'page CONSTANT integer := 200',"
               " 'page CONSTANT integer := 5'); END $$",
               &error);
  g_assert_no_error (error);
}

static void
test_crowd (SyncFixture *fixture, gconstpointer data)
{
  /* Two people on one ward, four desks each: they fold the same keys. */
  static const char *const people[] = { "ann", "bob", "ann", "bob", "ann", "bob", "ann", "bob" };
  Writer writers[N_WRITERS] = { 0 };
  GThread *threads[N_WRITERS];
  GThread *reading;
  Reader reader = { 0 };
  g_autofree char *sql = NULL;
  g_autofree char *expected = NULL;
  guint n_pushed = 0;
  g_autoptr (GPtrArray) lines = NULL;

  make_pages_small (fixture);
  reader.uri = sync_fixture_dup_login_uri (fixture, "cat");
  reader.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < N_WRITERS; i++)
    {
      writers[i].person = people[i];
      writers[i].number = i;
      writers[i].uri = sync_fixture_dup_login_uri (fixture, people[i]);
    }
  reading = g_thread_new ("reader", read_cb, &reader);
  for (guint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_cb, &writers[i]);
  for (guint i = 0; i < N_WRITERS; i++)
    {
      g_thread_join (threads[i]);
      n_pushed += writers[i].n_pushed;
      g_free (writers[i].uri);
    }
  g_atomic_int_set (&reader.has_ended, 1);
  g_thread_join (reading);
  g_test_message ("%u events, %u pages", n_pushed, reader.n_pages);
  g_assert_cmpuint (n_pushed, ==, N_WRITERS * N_BATCHES * PER_BATCH);
  g_assert_cmpuint (reader.n_pages, >=, n_pushed / 5);

  /* The people of the ward are there too: eight rows that the trust itself wrote. */
  sql = g_strdup ("SELECT count(*) FROM event WHERE kind IN ('step', 'help_request')");
  expected = g_strdup_printf ("%u", n_pushed);
  fixture_assert_rows (fixture->trust, sql, expected);
  {
    g_autofree char *there =
        fixture_ask (fixture->trust, "SELECT id FROM event WHERE kind IN ('step', 'help_request')");
    g_auto (GStrv) ids = g_strsplit (there, "\n", -1);

    for (guint i = 0; ids[i] != NULL; i++)
      g_assert_true (g_hash_table_contains (reader.seen, ids[i]));
  }
  /* Folded together by many, they hold what the log gives. */
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM help", "200");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM progress", "200");
  fixture_assert_sound (fixture->trust);
  g_hash_table_unref (reader.seen);
  g_free (reader.uri);
}

/* 34: a transaction that stays open elsewhere holds nobody up, and what it writes comes
 * when it commits, though others have committed since. */
static void
test_late_commit (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *cat_uri = sync_fixture_dup_login_uri (fixture, "cat");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPeer) cat = way_peer_open (cat_uri, &error);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayPage) first = NULL;
  g_autoptr (WayPage) second = NULL;
  g_autoptr (WayPage) third = NULL;
  g_autoptr (WayPage) fourth = NULL;
  g_autoptr (WayStore) slow = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  welcome = way_peer_hello (cat, "cat", "01234567-89ab-7cde-8f01-2345678900d1", 0, NULL,
                            g_get_real_time (), &error);
  first = way_peer_pull (cat, "catalogue", NULL, &error);
  g_assert_no_error (error);

  /* It has its place in the order already, and is not there yet. */
  g_assert_true (way_db_begin (way_store_get_db (slow), &error));
  g_assert_true (
      way_db_exec (way_store_get_db (slow),
                   "INSERT INTO event (stream, seq, id, kind, ver, at, zone, salt, body, digest,"
                   " chain, received, effective) SELECT '01234567-89ab-7cde-8f01-2345678900e1', 1,"
                   " '01234567-89ab-7cde-8f01-2345678900e2', 'notice', 1, 1, 'UTC', '',"
                   " '{\"title\":\"late\",\"text\":\"late\"}', repeat ('0', 64), repeat ('0', 64),"
                   " 2, 1",
                   &error));
  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("notice", "{'title':'early','text':'early'}"));
  second = way_peer_pull (cat, "catalogue", first->cursor, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->events->len, ==, 1);
  g_assert_cmpstr (((WayEvent *) second->events->pdata[0])->id, ==, id);
  g_assert_true (way_db_commit (way_store_get_db (slow), &error));
  third = way_peer_pull (cat, "catalogue", second->cursor, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (third->events->len, ==, 1);
  g_assert_nonnull (strstr (((WayEvent *) third->events->pdata[0])->body, "late"));
  fourth = way_peer_pull (cat, "catalogue", third->cursor, &error);
  g_assert_cmpuint (fourth->events->len, ==, 0);
  way_store_close (slow);
}

/* 33: a dump that is read into another cluster counts its transactions anew. */
static void
test_after_restore (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, "ann");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPeer) ann = way_peer_open (uri, &error);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayWelcome) again = NULL;
  g_autoptr (WayPage) page = NULL;
  g_autoptr (WayPage) strange = NULL;
  g_autoptr (WayPage) anew = NULL;

  welcome = way_peer_hello (ann, "ann", "01234567-89ab-7cde-8f01-2345678900d2", 0, NULL,
                            g_get_real_time (), &error);
  page = way_peer_pull (ann, "catalogue", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->events->len, >, 2);
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust),
                              "UPDATE event SET xid = CAST('99999999' AS xid8)", &error));
  g_assert_true (way_store_note_restore (fixture->trust, &error));
  again = way_peer_hello (ann, "ann", "01234567-89ab-7cde-8f01-2345678900d2", 0, welcome->epoch,
                          g_get_real_time (), &error);
  g_assert_no_error (error);
  g_assert_false (again->is_epoch_known);
  strange = way_peer_pull (ann, "catalogue", page->cursor, &error);
  g_assert_true (strange->is_reset);
  anew = way_peer_pull (ann, "catalogue", NULL, &error);
  g_assert_cmpuint (anew->events->len, ==, page->events->len);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

/* As whoever runs the server, who is more than the trust's owner. */
static void
administer (SyncFixture *fixture, const char *sql)
{
  g_autofree char *all = g_strdup_printf ("RESET ROLE; %s; SET ROLE waymark_owner", sql);
  g_autoptr (GError) error = NULL;

  way_db_exec (way_store_get_db (fixture->trust), all, &error);
  g_assert_no_error (error);
}

static gboolean
sync_ann (SyncFixture *fixture, WayStore *device, WaySyncResult *result, GError **error)
{
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, "ann");
  g_autoptr (WayPeer) peer = way_peer_open (uri, error);

  return peer != NULL && way_sync_run (device, peer, NULL, result, error);
}

/* A trust that can only be read gives what it has and takes nothing; later it takes all. */
static void
test_read_only (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *id = NULL;
  g_autofree char *closed = NULL;
  g_autofree char *open = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  closed = g_strdup_printf ("ALTER DATABASE %s SET default_transaction_read_only = on",
                            fixture->path);
  open = g_strdup_printf ("ALTER DATABASE %s RESET default_transaction_read_only", fixture->path);
  id = fixture_append (device, NULL, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  administer (fixture, closed);
  g_assert_true (sync_ann (fixture, device, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.acked, ==, 0);
  g_assert_cmpuint (result.pulled, >, 0);
  administer (fixture, open);
  g_assert_true (sync_ann (fixture, device, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.acked, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT module FROM progress WHERE person = 'ann'", "F1");
}

/* What a pooler between transactions does to a session: what was set is not there any more.
 * Nothing is lost by it, and it is said what is wrong. */
static void
test_pooler (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  id = fixture_append (device, NULL, fixture_draft ("shift_done", "{'module':'F1','version':1}"));
  administer (fixture,
              "ALTER FUNCTION api.hello_v1 (text, text) SET SCHEMA main;"
              "CREATE FUNCTION api.hello_v1 (stream text, epoch text)"
              " RETURNS TABLE (refusal text, person text, server_time bigint, epoch_now text,"
              " is_epoch_known integer, last_seq bigint, batch integer, scope text,"
              " generation bigint, is_read_only integer, retry_after bigint)"
              " LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
              " PERFORM set_config ('waymark.session', 'of somebody else', false);"
              " RETURN QUERY SELECT * FROM main.hello_v1 ($1, $2); END $$;"
              "GRANT EXECUTE ON FUNCTION api.hello_v1 (text, text) TO waymark_user");
  g_assert_false (sync_ann (fixture, device, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "pooler"));
  g_clear_error (&error);
  administer (fixture, "DROP FUNCTION api.hello_v1 (text, text);"
                       "ALTER FUNCTION main.hello_v1 (text, text) SET SCHEMA api");
  g_assert_true (sync_ann (fixture, device, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.acked, ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'shift_done'", "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  ADD ("/sync/crowd/all-at-once", test_crowd);
  ADD ("/sync/crowd/34-late-commit", test_late_commit);
  ADD ("/sync/crowd/33-dump-and-restore", test_after_restore);
  ADD ("/sync/crowd/31-read-only", test_read_only);
  ADD ("/sync/crowd/44-pooler", test_pooler);
  return g_test_run ();
}
