/* test-wire.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"
#include "way-proxy.h"

#include "sync/way-postgresql-peer.h"

#include <string.h>

/* Desks that reach the trust over a line that misbehaves. Whatever it does: what was saved
 * arrives once, and nobody waits for ever. The numbers are those of the list of faults. All
 * tests use one trust; each brings desks of its own. */

static SyncFixture trust;
static WayProxy *proxy;
static guint n_devices;
static guint n_saved; /* by ann, in all tests */

static const WayProxyRules good_line = { 0 };

typedef struct
{
  WayStore *store;
  char *uri; /* by way of the proxy */
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("ann-%u.store", ++n_devices);
  g_autofree char *direct = sync_fixture_dup_login_uri (&trust, "ann");
  g_autofree char *by_proxy = way_proxy_dup_uri (proxy, direct);

  desk->store = sync_fixture_open (&trust, name, "ann");
  /* So that a silent line is found out within a test. */
  desk->uri = g_strconcat (by_proxy, "&connect_timeout=2&tcp_user_timeout=1500", NULL);
  way_proxy_set_rules (proxy, &good_line);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  way_proxy_set_rules (proxy, &good_line);
  way_store_close (desk->store);
  g_assert_finalize_object (desk->store);
  g_free (desk->uri);
}

static void
save (Desk *desk, guint n)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (drafts, fixture_draft ("step", "{'module':'m%u','version':1,'step':'s%u'}",
                                            n_devices, n_saved + i));
  way_store_append (desk->store, drafts, &error);
  g_assert_no_error (error);
  n_saved += n;
}

static gboolean
sync_by (Desk *desk, const char *uri, WaySyncResult *result, GError **error)
{
  g_autoptr (WayPeer) peer = way_postgresql_peer_new (uri, error);

  *result = (WaySyncResult){ 0 };
  return peer != NULL && way_sync_run (desk->store, peer, NULL, result, error);
}

static void
assert_arrived (Desk *desk)
{
  g_autofree char *expected = g_strdup_printf ("%u|%u", n_saved, n_saved);
  guint n_unsent;

  fixture_assert_rows (trust.trust,
                       "SELECT count(*), count(DISTINCT id) FROM main.event"
                       " WHERE author = 'ann' AND kind = 'step'",
                       expected);
  g_assert_true (way_store_count_unsent (desk->store, &n_unsent, NULL));
  g_assert_cmpuint (n_unsent, ==, 0);
}

static void
sync_well (Desk *desk, WaySyncResult *result)
{
  g_autoptr (GError) error = NULL;
  WaySyncResult unwanted;

  way_proxy_set_rules (proxy, &good_line);
  sync_by (desk, desk->uri, result != NULL ? result : &unwanted, &error);
  g_assert_no_error (error);
  assert_arrived (desk);
}

static void
assert_fails (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  g_assert_false (sync_by (desk, desk->uri, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
}

/* A few events over a line that ends after k bytes, for many k: from the first of the
 * handshake to the last of the answer. */
static void
cut_at_each (Desk *desk, gboolean is_up, WayProxyEnd how, guint n_samples)
{
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  gint64 n_bytes;
  gint64 step;
  guint n_cut = 0, n_taken = 0, n_rounds = 0;

  save (desk, 3);
  sync_well (desk, NULL);
  save (desk, 3);
  sync_well (desk, NULL);
  n_bytes = is_up ? way_proxy_get_up (proxy) : way_proxy_get_down (proxy);
  step = g_test_slow () ? 1 : n_bytes / n_samples;
  for (gint64 k = 1 + g_test_rand_int_range (0, (gint32) step); k < n_bytes; k += step)
    {
      WayProxyRules rules = { .how = how };

      if (is_up)
        rules.up = k;
      else
        rules.down = k;
      save (desk, 3);
      way_proxy_set_rules (proxy, &rules);
      n_rounds++;
      if (!sync_by (desk, desk->uri, &result, &error))
        {
          g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
          g_clear_error (&error);
          n_cut++;
        }
      way_proxy_set_rules (proxy, &good_line);
      sync_well (desk, &result);
      /* The trust had it, and could not say so. */
      n_taken += result.duplicates > 0;
    }
  g_test_message ("%u of %" G_GINT64_FORMAT " places: %u cut, %u after the trust had taken it",
                  n_rounds, n_bytes, n_cut, n_taken);
  g_assert_cmpuint (n_cut, >, n_rounds * 3 / 4);
  if (!is_up)
    g_assert_cmpuint (n_taken, >, 0);
  fixture_assert_sound (desk->store);
}

static void
test_cut_up (Desk *desk, gconstpointer data)
{
  cut_at_each (desk, TRUE, WAY_PROXY_CLOSE, 20);
}

static void
test_cut_down (Desk *desk, gconstpointer data)
{
  cut_at_each (desk, FALSE, WAY_PROXY_CLOSE, 20);
}

static void
test_reset (Desk *desk, gconstpointer data)
{
  cut_at_each (desk, TRUE, WAY_PROXY_RESET, 6);
  cut_at_each (desk, FALSE, WAY_PROXY_RESET, 6);
}

/* The line falls silent, and nobody says so: the patience of the address ends it. */
static void
fall_silent (Desk *desk, gint64 up, gint64 down)
{
  const WayProxyRules rules = { .up = up, .down = down, .how = WAY_PROXY_SILENT };
  gint64 begin = g_get_monotonic_time ();

  save (desk, 3);
  way_proxy_set_rules (proxy, &rules);
  assert_fails (desk);
  g_test_message ("Silent after %" G_GINT64_FORMAT " up, %" G_GINT64_FORMAT
                  " down: given up after %.1f s",
                  up, down, (g_get_monotonic_time () - begin) / 1e6);
  sync_well (desk, NULL);
}

static void
test_black_hole (Desk *desk, gconstpointer data)
{
  gint64 n_down;

  for (guint i = 0; i < 2; i++)
    {
      save (desk, 3);
      sync_well (desk, NULL);
    }
  n_down = way_proxy_get_down (proxy);
  fall_silent (desk, 1, 0);              /* at the first word */
  fall_silent (desk, 0, 1500);           /* in the handshake */
  fall_silent (desk, 0, n_down * 4 / 5); /* in the answer */
}

/* Established long ago, and forgotten by something between: the next thing that is said
 * gets no answer. */
static void
test_half_open (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPeer) peer = NULL;
  WaySyncResult result;
  WayProxyRules rules = { .how = WAY_PROXY_SILENT };
  gint64 begin;

  save (desk, 3);
  sync_well (desk, NULL);
  rules.up = way_proxy_get_up (proxy);
  way_proxy_set_rules (proxy, &rules);
  peer = way_postgresql_peer_new (desk->uri, &error);
  g_assert_no_error (error);
  way_sync_run (desk->store, peer, NULL, &result, &error);
  g_clear_error (&error);
  save (desk, 3);
  begin = g_get_monotonic_time ();
  g_assert_false (way_sync_run (desk->store, peer, NULL, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
  g_test_message ("Given up after %.1f s", (g_get_monotonic_time () - begin) / 1e6);
  g_clear_error (&error);
  sync_well (desk, NULL);

  /* Nobody takes what is sent: more than the system keeps for us is on its way. */
  save (desk, 1500);
  rules.up = 6000;
  way_proxy_set_rules (proxy, &rules);
  begin = g_get_monotonic_time ();
  assert_fails (desk);
  g_test_message ("Nobody reads: given up after %.1f s", (g_get_monotonic_time () - begin) / 1e6);
  sync_well (desk, NULL);
}

/* The trust cannot be reached for a while, again and again, while answers are saved. */
static void
test_partition (Desk *desk, gconstpointer data)
{
  static const WayProxyRules down = { .is_down = TRUE };

  for (guint i = 0; i < 6; i++)
    {
      way_proxy_set_rules (proxy, &down);
      for (guint j = 0; j < 3; j++)
        {
          save (desk, 2);
          assert_fails (desk);
        }
      sync_well (desk, NULL);
    }
}

/* A name that is not known, and one that leads to somebody else. */
static void
test_names (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *unknown =
      g_strdup_printf ("postgresql://p_ann@trust.invalid:5432/%s?connect_timeout=2", trust.path);
  g_autofree char *place = g_strdup_printf ("@localhost:%u/", way_proxy_get_port (proxy));
  GString *other = g_string_new (desk->uri);
  g_autofree char *other_uri = NULL;
  WaySyncResult result;

  save (desk, 2);
  g_assert_false (sync_by (desk, unknown, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
  g_clear_error (&error);

  /* The very server, by a name that its certificate does not have: nothing was told it. */
  g_string_replace (other, "@localhost:", "@localhost.localdomain:", 1);
  other_uri = g_string_free (other, FALSE);
  g_assert_nonnull (strstr (desk->uri, place));
  g_assert_false (sync_by (desk, other_uri, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
  sync_well (desk, NULL);
}

/* Somebody else answers: a page to sign in to a network, a server that would rather speak in
 * the clear, one with a certificate of its own. What the environment says does not help
 * them, and no password reaches them. */
static void
test_captive_portal (Desk *desk, gconstpointer data)
{
  static const char *const answers[] = {
    "HTTP/1.1 302 Found\r\nLocation: http://portal.invalid/\r\nContent-Length: 0\r\n\r\n",
    "<html><body>Sign in to the hospital's guest network</body></html>",
    "N",                     /* no encryption here */
    "S",                     /* and then nothing */
    "E\0\0\0\030SFATAL\0\0", /* an error, before anything was said */
    "\026\003\001\0\001x",   /* something like TLS */
  };
  static const char *const environment[] = { "PGSSLMODE", "PGCHANNELBINDING", "PGGSSENCMODE" };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayTrialServer) impostor = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_autoptr (WayProxy) to_impostor = NULL;
  g_autofree char *log_path = NULL;
  g_autofree char *log = NULL;
  g_autofree char *by_impostor = NULL;
  GString *uri = g_string_new (desk->uri);
  g_autofree char *port = g_strdup_printf (":%u/", way_proxy_get_port (proxy));
  g_autofree char *other_port = NULL;
  WaySyncResult result;

  g_assert_no_error (error);
  save (desk, 3);
  for (guint i = 0; i < G_N_ELEMENTS (environment); i++)
    g_setenv (environment[i], i == 0 ? "prefer" : "disable", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const WayProxyRules rules = { .answer = answers[i] };

      way_proxy_set_rules (proxy, &rules);
      assert_fails (desk);
    }
  to_impostor = way_proxy_new (way_trial_server_get_port (impostor), &error);
  g_assert_no_error (error);
  other_port = g_strdup_printf (":%u/", way_proxy_get_port (to_impostor));
  g_string_replace (uri, port, other_port, 1);
  by_impostor = g_string_free (uri, FALSE);
  g_assert_false (sync_by (desk, by_impostor, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
  g_test_message ("%s", error->message);
  g_clear_error (&error);
  /* It was called, and never learnt who did. */
  g_assert_cmpuint (way_proxy_get_n_connections (to_impostor), >, 0);
  log_path = g_build_filename (way_trial_server_get_folder (impostor), "log", NULL);
  g_assert_true (g_file_get_contents (log_path, &log, NULL, NULL));
  g_assert_null (strstr (log, "p_ann"));
  for (guint i = 0; i < G_N_ELEMENTS (environment); i++)
    g_unsetenv (environment[i]);
  sync_well (desk, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  sync_fixture_set_up (&trust, NULL);
  proxy = way_proxy_new (way_trial_server_get_port (sync_fixture_get_server ()), &error);
  g_assert_no_error (error);

#define ADD(path, func) g_test_add (path, Desk, NULL, set_up, func, tear_down)
  ADD ("/sync/wire/17-cut-up", test_cut_up);
  ADD ("/sync/wire/18-cut-down", test_cut_down);
  ADD ("/sync/wire/19-reset", test_reset);
  ADD ("/sync/wire/19-black-hole", test_black_hole);
  ADD ("/sync/wire/20-half-open", test_half_open);
  ADD ("/sync/wire/23-partition", test_partition);
  ADD ("/sync/wire/24-names", test_names);
  ADD ("/sync/wire/25-captive-portal", test_captive_portal);
#undef ADD
  status = g_test_run ();
  way_proxy_free (proxy);
  sync_fixture_tear_down (&trust, NULL);
  return status;
}
