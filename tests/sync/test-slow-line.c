/* test-slow-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"
#include "way-proxy.h"

#include "sync/way-postgresql-peer.h"

/* Lines that are slow and good: they take their time, and it ends well. All at once, since
 * most of it is waiting. */

static SyncFixture trust;

typedef struct
{
  const char *person;
  guint round_trip_ms;
  guint bytes_per_second;
  guint n_events;
  WayProxy *proxy;
  char *uri;
  WayStore *store;
  /* What came of it. */
  gint64 took[2]; /* µs: with events, with nothing new */
  gint64 n_up;
  gint64 n_down;
  GError *error;
} Desk;

static gpointer
sync_cb (gpointer data)
{
  Desk *desk = data;

  for (guint i = 0; i < G_N_ELEMENTS (desk->took) && desk->error == NULL; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (WayPeer) peer = way_postgresql_peer_new (desk->uri, &desk->error);
      WaySyncResult result;

      if (peer != NULL)
        way_sync_run (desk->store, peer, NULL, &result, &desk->error);
      desk->took[i] = g_get_monotonic_time () - begin;
      if (i > 0)
        continue;
      desk->n_up = way_proxy_get_up (desk->proxy);
      desk->n_down = way_proxy_get_down (desk->proxy);
    }
  return NULL;
}

static void
begin (Desk *desk)
{
  const WayProxyRules rules = { .delay_ms = desk->round_trip_ms / 2,
                                .bytes_per_second = desk->bytes_per_second };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *name = g_strconcat (desk->person, ".store", NULL);
  g_autofree char *direct = sync_fixture_dup_login_uri (&trust, desk->person);
  g_autoptr (GError) error = NULL;

  desk->proxy = way_proxy_new (way_trial_server_get_port (sync_fixture_get_server ()), &error);
  g_assert_no_error (error);
  way_proxy_set_rules (desk->proxy, &rules);
  desk->uri = way_proxy_dup_uri (desk->proxy, direct);
  desk->store = sync_fixture_open (&trust, name, desk->person);
  for (guint i = 0; i < desk->n_events; i++)
    g_ptr_array_add (drafts, fixture_draft ("step", "{'module':'m','version':1,'step':'s%u'}", i));
  g_assert_true (way_store_append (desk->store, drafts, &error));
}

static void
finish (Desk *desk)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*), count(DISTINCT id) FROM main.event"
                                          " WHERE author = '%s' AND kind = 'step'",
                                          desk->person);
  g_autofree char *expected = g_strdup_printf ("%u|%u", desk->n_events, desk->n_events);

  g_assert_no_error (desk->error);
  fixture_assert_rows (trust.trust, sql, expected);
  way_proxy_free (desk->proxy);
  way_store_close (desk->store);
  g_object_unref (desk->store);
  g_free (desk->uri);
}

/* 40 ms: a home; 300 ms: a ship; 2,000 ms: a line that only just is one. */
static void
test_latency (void)
{
  Desk desks[] = { { .person = "ann", .round_trip_ms = 40, .n_events = 50 },
                   { .person = "bob", .round_trip_ms = 300, .n_events = 50 },
                   { .person = "dan", .round_trip_ms = 2000, .n_events = 50 } };
  GThread *threads[G_N_ELEMENTS (desks)];

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    begin (&desks[i]);
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    threads[i] = g_thread_new ("desk", sync_cb, &desks[i]);
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_thread_join (threads[i]);
      g_test_message ("%u ms there and back: %u events in %.1f s, nothing new in %.1f s: %.1f "
                      "times there and back",
                      desks[i].round_trip_ms, desks[i].n_events, desks[i].took[0] / 1e6,
                      desks[i].took[1] / 1e6, desks[i].took[1] / 1e3 / desks[i].round_trip_ms);
      finish (&desks[i]);
    }
}

/* 64 kbit/s. */
static void
test_bandwidth (void)
{
  Desk desk = { .person = "cat", .bytes_per_second = 8000, .n_events = 60 };

  begin (&desk);
  sync_cb (&desk);
  g_test_message ("%u events in %.1f s: %" G_GINT64_FORMAT " bytes up, %" G_GINT64_FORMAT
                  " down, with the handshake",
                  desk.n_events, desk.took[0] / 1e6, desk.n_up, desk.n_down);
  finish (&desk);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  sync_fixture_set_up (&trust, NULL);
  g_test_add_func ("/sync/slow-line/21-latency", test_latency);
  g_test_add_func ("/sync/slow-line/22-bandwidth", test_bandwidth);
  status = g_test_run ();
  sync_fixture_tear_down (&trust, NULL);
  return status;
}
