/* test-ticket.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-ticket.h"

#include <glib/gstdio.h>

/* What people leave on a shared computer goes to the trust by a ticket: to one stream, and
 * without reading anything. */

#define OTHER "01234567-89ab-7cde-8f01-23456789abcd"

static void
answer (WayStore *device, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = fixture_append (device, NULL,
                                            fixture_draft ("step",
                                                           "{'module':'F1','version':1,"
                                                           "'step':'s%u'}",
                                                           i));
    }
}

/* Ann signs in on a shared computer while there is a network, and leaves with two answers
 * unsent. */
static WayStore *
leave (SyncFixture *fixture)
{
  WayStore *device = sync_fixture_open (fixture, "ann", "ann");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  answer (device, 1);
  sync_fixture_sync (fixture, device, &result);
  way_ticket_renew (device, fixture->peer, &error);
  g_assert_no_error (error);
  answer (device, 2);
  return device;
}

static char *
dup_ticket (SyncFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "ann.ticket", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, " ", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  return g_strdup (parts[1]);
}

static void
test_left_behind (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
  WayStore *device = leave (fixture);
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  way_ticket_push (device, uri, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.pushed, ==, 2);
  g_assert_cmpuint (result.acked, ==, 2);
  g_assert_cmpuint (result.pulled, ==, 0);
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*), min (author), max (author), min (allowed) FROM event"
                       " WHERE kind = 'step'",
                       "3|ann|ann|1");
  fixture_assert_rows (fixture->trust, "SELECT steps FROM progress WHERE person = 'ann'", "2");
  /* Again: nothing is left. */
  g_assert_true (way_ticket_push (device, uri, NULL, &result, &error));
  g_assert_cmpuint (result.pushed, ==, 0);

  /* Ann comes back: what went by ticket counts once, and she is told when it was received. */
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.duplicates, ==, 2);
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE kind = 'step' AND received > 0",
                       "3");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'step'", "3");
  fixture_assert_sound (fixture->trust);
  g_assert_finalize_object (device);
}

/* While hers holds no other is asked for, and what is kept is for her account alone. */
static void
test_kept (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "ann.ticket", NULL);
  WayStore *device = leave (fixture);
  g_autofree char *first = dup_ticket (fixture);
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  GStatBuf about;

  sync_fixture_sync (fixture, device, &result);
  g_assert_true (way_ticket_renew (device, fixture->peer, &error));
  second = dup_ticket (fixture);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  /* The trust does not have it: only what it becomes with a salt. */
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM ticket", "1");
  {
    g_autofree char *plain = g_compute_checksum_for_string (G_CHECKSUM_SHA256, first, -1);
    g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM ticket WHERE hash = '%s'"
                                            " OR salt = '%s' OR hash = '%s'",
                                            first, first, plain);

    fixture_assert_rows (fixture->trust, sql, "0");
  }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (way_ticket_push (device, fixture->uri, NULL, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_TICKET);
  g_assert_finalize_object (device);
}

/* Of many that were asked for the three newest hold. */
static void
test_newest_hold (SyncFixture *fixture, gconstpointer data)
{
  WayStore *device = leave (fixture);
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  for (guint i = 0; i < 5; i++)
    {
      gint64 expires;
      g_autofree char *ticket = way_peer_issue_ticket (fixture->peer, &expires, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (ticket), ==, 64);
      g_assert_cmpint (expires, >, g_get_real_time () + G_TIME_SPAN_DAY * 29);
    }
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM ticket", "3");
  g_assert_false (way_ticket_push (device, uri, NULL, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_TICKET);
  g_assert_finalize_object (device);
}

static void
assert_refused (SyncFixture *fixture, WayStore *device)
{
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  g_assert_false (way_ticket_push (device, uri, NULL, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_TICKET);
  g_assert_cmpuint (result.acked, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'step'", "1");
}

static void
test_expired (SyncFixture *fixture, gconstpointer data)
{
  WayStore *device = leave (fixture);
  g_autoptr (GError) error = NULL;

  way_db_exec (way_store_get_db (fixture->trust), "UPDATE ticket SET expires = 1000000", &error);
  g_assert_no_error (error);
  assert_refused (fixture, device);
  g_assert_finalize_object (device);
}

static void
test_revoked (SyncFixture *fixture, gconstpointer data)
{
  WayStore *device = leave (fixture);
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_false (way_ticket_revoke (fixture->trust, "nobody", &n, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON);
  g_clear_error (&error);
  g_assert_true (way_ticket_revoke (fixture->trust, "bob", &n, &error));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (way_ticket_revoke (fixture->trust, "ann", &n, &error));
  g_assert_cmpuint (n, ==, 1);
  assert_refused (fixture, device);
  /* Asked again it is refused again. */
  assert_refused (fixture, device);
  g_assert_finalize_object (device);
}

/* The store was copied to another computer that has sent something else meanwhile. */
static void
test_fork (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
  WayStore *device = leave (fixture);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  g_assert_true (way_ticket_push (device, uri, NULL, &result, &error));
  sql = g_strdup_printf ("UPDATE event SET digest = '%064d' WHERE stream = '%s' AND seq = 2", 7,
                         way_store_get_stream (device));
  way_db_exec (way_store_get_db (fixture->trust), sql, &error);
  g_assert_no_error (error);
  way_store_set_meta (device, "ticket_acked", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (way_ticket_push (device, uri, NULL, &result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM);
  g_assert_true (result.is_fork);
  g_assert_finalize_object (device);
}

/* What the login of a shared computer may try with any client at all. */
static void
test_attacks (SyncFixture *fixture, gconstpointer data)
{
  static const char *const refused[] = {
    "SELECT * FROM api.person",
    "SELECT * FROM api.event",
    "SELECT * FROM api.setting",
    "SELECT * FROM api.meta",
    "SELECT * FROM main.ticket",
    "SELECT * FROM main.event",
    "SELECT * FROM main.stream",
    "SELECT * FROM api.who ()",
    "SELECT * FROM api.hello_v1 ('" OTHER "', '')",
    "SELECT * FROM api.pull_v1 ('" OTHER "', 'self', '')",
    "SELECT * FROM api.ticket_v1 ('" OTHER "')",
    "SELECT api.revoke_tickets_v1 (NULL)",
    "SELECT api.drop_v1 ('', '', 0, '')",
    "SELECT * FROM api.calibration_v1 ()",
    "SELECT * FROM api.pack_chunk_v1 ('', 1)",
    "SELECT api.tick ()",
    "SELECT main.bearer_of ('x', '" OTHER "')",
    "SELECT main.push_for ('ann', 'x', '" OTHER "', 'x', 1, 0, '{}', '{}', '{}', '{}', '{}', '{}',"
    " '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "INSERT INTO main.ticket (stream) VALUES ('x')",
    "SET ROLE waymark_courier",
    "SET ROLE waymark_user",
    "CREATE TEMP TABLE ticket (stream text)",
  };
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
  g_autofree char *ann_uri = sync_fixture_dup_login_uri (fixture, "ann");
  g_autofree char *bob_uri = sync_fixture_dup_login_uri (fixture, "bob");
  WayStore *device = leave (fixture);
  g_autofree char *ticket = dup_ticket (fixture);
  g_autofree char *other = NULL;
  g_autofree char *own = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) kiosk = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_autoptr (WayDb) ann = NULL;
  g_autoptr (WayDb) bob = NULL;
  g_autofree char *answer_for_own = NULL;
  g_autofree char *answer_for_other = NULL;
  g_autofree char *taken = NULL;
  gint64 n;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) why = NULL;

      if (way_db_exec (kiosk, refused[i], &why))
        g_error ("not refused: %s", refused[i]);
      g_assert_null (strstr (why->message, ticket));
    }
  /* Ann's ticket for a stream of bob's, and for one that there is not. */
  bob = way_db_open (bob_uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (way_db_get_int (bob,
                                 "SELECT count(*) FROM api.ticket_v1 ('" OTHER "')"
                                 " WHERE ticket IS NOT NULL",
                                 &n, &error));
  g_assert_cmpint (n, ==, 1);
#define PUSH(ticket, stream)                                                                       \
  g_strdup_printf ("SELECT coalesce (refusal, 'taken at ' || acked) FROM api.push_ticket_v1 ("     \
                   "'%s', '%s', 'x', 1, 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',"        \
                   " '{}', '{}', '{}', '{}', '{}')",                                               \
                   ticket, stream)
  other = PUSH (ticket, OTHER);
  answer_for_other = way_db_dup_text (kiosk, other, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer_for_other, ==, "ticket");
  own = PUSH (ticket, way_store_get_stream (device));
  answer_for_own = way_db_dup_text (kiosk, own, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer_for_own, ==, "taken at 1");
  /* Nobody else's stream gets a ticket of ann's making. */
  ann = way_db_open (ann_uri, WAY_DB_READ_WRITE, &error);
  taken = way_db_dup_text (ann, "SELECT refusal FROM api.ticket_v1 ('" OTHER "')", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (taken, ==, "stream");
  /* Nor does bob take back what is hers. */
  g_assert_true (way_db_get_int (bob, "SELECT api.revoke_tickets_v1 (NULL)", &n, &error));
  g_assert_cmpint (n, ==, 1);
  g_assert_true (way_db_get_int (ann, "SELECT api.revoke_tickets_v1 (NULL)", &n, &error));
  g_assert_cmpint (n, ==, 1);
  g_free (answer_for_own);
  answer_for_own = way_db_dup_text (kiosk, own, &error);
  g_assert_cmpstr (answer_for_own, ==, "ticket");
  /* And a person's login does not push by ticket. */
  g_assert_false (way_db_exec (ann, own, NULL));
  g_assert_finalize_object (device);
}

/* Events that carry somebody else's name are the bearer's: the author is not sent. An id of
 * somebody else's is set aside, and tells nothing of whose it is. */
static void
test_in_nobody_elses_name (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
  WayStore *device = leave (fixture);
  g_autofree char *witness = NULL;
  g_autofree char *grant = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  witness = fixture_append (device, NULL,
                            fixture_draft ("evidence", "{'type':'witnessed','outcome':'o'}"));
  grant = fixture_append (device, NULL,
                          fixture_draft ("role_grant", "{'person':'ann','role':'lead','ended':0}"));
  g_assert_true (way_ticket_push (device, uri, NULL, &result, &error));
  g_assert_cmpuint (result.refused, ==, 2);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM role WHERE person = 'ann'", "0");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM evidence", "0");
  g_assert_finalize_object (device);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sync/ticket/" name, SyncFixture, NULL, sync_fixture_set_up, test,                  \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("left-behind", test_left_behind);
  ADD ("kept", test_kept);
  ADD ("newest-hold", test_newest_hold);
  ADD ("expired", test_expired);
  ADD ("revoked", test_revoked);
  ADD ("fork", test_fork);
  ADD ("in-nobody-elses-name", test_in_nobody_elses_name);
  if (sync_fixture_is_postgresql ())
    ADD ("attacks", test_attacks);
  return g_test_run ();
}
