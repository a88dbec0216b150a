/* test-drop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-drop.h"

/* Messages without a name: that they arrive, that what is answered comes back, and that
 * nobody finds out whose they are. */

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* The trust's clockwork, some days after the box was emptied last. */
static void
tick (SyncFixture *fixture, gint64 days)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *then = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - days * DAY);
  guint n;

  way_store_set_meta (fixture->trust, "dropped", then, &error);
  g_assert_no_error (error);
  if (sync_fixture_is_postgresql ())
    {
      way_db_exec (way_store_get_db (fixture->trust), "SELECT * FROM api.tick ()", &error);
    }
  else
    {
      way_drop_move (fixture->trust, g_get_real_time (), &n, &error);
      g_assert_no_error (error);
      way_drop_tell_answers (fixture->trust, &n, &error);
    }
  g_assert_no_error (error);
}

static char *
put (WayStore *device, const char *text, const char *unit)
{
  g_autoptr (GError) error = NULL;
  char *hash = way_drop_put (device, "worry", text, "today", unit, &error);

  g_assert_no_error (error);
  return hash;
}

/* Sends all that waits, as if a day had gone. */
static guint
send_all (SyncFixture *fixture, WayStore *device)
{
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_drop");
  g_autoptr (GError) error = NULL;

  for (guint n = 0;; n++)
    {
      g_autoptr (WayDrop) drop = way_drop_find_due (device, g_get_real_time () + DAY, NULL, &error);

      g_assert_no_error (error);
      if (drop == NULL)
        return n;
      way_drop_send (uri, drop, &error);
      g_assert_no_error (error);
      way_drop_mark_sent (device, drop->hash, &error);
      g_assert_no_error (error);
    }
}

/* It lies in the person's own store under a name that says nothing, and goes later. */
static void
test_waits (SyncFixture *fixture, gconstpointer data)
{
  WayStore *device = sync_fixture_open (fixture, "ann", "ann");
  gint64 now = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = put (device, "The log-in is slow", "w1");
  g_autofree char *second = put (device, "And it stops", NULL);
  g_autoptr (WayDrop) early = NULL;
  g_autoptr (WayDrop) late = NULL;
  WaySyncResult result;
  gint64 next;
  gboolean is_taken;
  guint n;

  g_assert_cmpuint (strlen (hash), ==, 64);
  g_assert_cmpstr (hash, !=, second);
  early = way_drop_find_due (device, now + DAY / 24 - 1, &next, &error);
  g_assert_null (early);
  g_assert_no_error (error);
  g_assert_cmpint (next, >=, now + DAY / 24);
  g_assert_cmpint (next, <=, g_get_real_time () + DAY);
  late = way_drop_find_due (device, now + DAY + 60 * G_USEC_PER_SEC, &next, &error);
  g_assert_nonnull (late);
  g_assert_null (strstr (late->body, "token"));
  /* The Monday of this week. */
  g_assert_cmpint (late->week % 7, ==, 4);
  g_assert_cmpint (late->week, <=, now / DAY);
  g_assert_cmpint (late->week, >, now / DAY - 7);
  /* It is no event: sync does not see it. */
  g_assert_true (way_store_count_unsent (device, &n, &error));
  g_assert_cmpuint (n, ==, 0);
  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.pushed, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM drop_box", "0");

  g_assert_true (way_drop_take_back (device, hash, &is_taken, &error));
  g_assert_true (is_taken);
  g_assert_cmpuint (send_all (fixture, device), ==, 1);
  g_assert_true (way_drop_take_back (device, second, &is_taken, &error));
  g_assert_false (is_taken);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM drop_box", "1");
  g_assert_finalize_object (device);
}

/* A ward of eight hides whoever writes; one of four does not. */
static void
test_unit (SyncFixture *fixture, gconstpointer data)
{
  WayStore *device = sync_fixture_open (fixture, "ann", "ann");
  g_autofree char *small = put (device, "of four", "w1");
  g_autofree char *large = NULL;
  g_autofree char *shrunk = NULL;
  g_autofree char *ended = NULL;
  const char *in_log = "SELECT coalesce (unit, 'none'), count(*) FROM event"
                       " WHERE kind = 'feedback' GROUP BY coalesce (unit, 'none') ORDER BY 1";

  g_assert_cmpuint (send_all (fixture, device), ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT count(unit), count(*) FROM drop_box", "0|1");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *person =
          fixture_append (fixture->trust, NULL,
                          fixture_draft ("person",
                                         "{'person':'x%u','username':'x%u','name':'x',"
                                         "'staff_group':'nursing','ended':0}",
                                         i, i));
      g_autofree char *membership = fixture_append (
          fixture->trust, NULL,
          fixture_draft ("membership", "{'person':'x%u','place':'w1','is_primary':1,'ended':0}",
                         i));
    }
  large = put (device, "of eight", "w1");
  g_assert_cmpuint (send_all (fixture, device), ==, 1);
  fixture_assert_rows (fixture->trust,
                       "SELECT coalesce (unit, 'none'), count(*) FROM drop_box"
                       " GROUP BY coalesce (unit, 'none') ORDER BY 1",
                       "none|1\nw1|1");
  tick (fixture, 2);
  fixture_assert_rows (fixture->trust, in_log, "none|1\nw1|1");

  /* Nor does one of eight that has shrunk by the time the box is emptied. */
  shrunk = put (device, "of eight once", "w1");
  g_assert_cmpuint (send_all (fixture, device), ==, 1);
  fixture_assert_rows (fixture->trust, "SELECT unit FROM drop_box", "w1");
  ended = fixture_append (fixture->trust, NULL,
                          fixture_draft ("membership",
                                         "{'person':'x0','place':'w1','is_primary':1,'ended':1}"));
  tick (fixture, 2);
  fixture_assert_rows (fixture->trust, in_log, "none|2\nw1|1");
  g_assert_finalize_object (device);
}

/* From a device whose clock is wrong, or that was away for long, a message arrives like any other:
 * its week is then that of its coming, so that nobody is known by such a clock. */
static void
test_clock (SyncFixture *fixture, gconstpointer data)
{
  /* 1970, even before its first Monday, and 2065. */
  static const gint64 weeks[] = { -3, 4, 35004 };
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_drop");
  WayStore *device = sync_fixture_open (fixture, "ann", "ann");
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      g_autofree char *hash = put (device, "The clock is wrong here", NULL);
      g_autoptr (WayDrop)
          drop = way_drop_find_due (device, g_get_real_time () + 2 * DAY, NULL, &error);

      g_assert_no_error (error);
      drop->week = weeks[i];
      way_drop_send (uri, drop, &error);
      g_assert_no_error (error);
      way_drop_mark_sent (device, drop->hash, &error);
      g_assert_no_error (error);
    }
  expected = g_strdup_printf ("3|%" G_GINT64_FORMAT,
                              g_get_real_time () / DAY - (g_get_real_time () / DAY + 3) % 7);
  fixture_assert_rows (fixture->trust, "SELECT count(*), min (week) FROM drop_box", expected);
  fixture_assert_rows (fixture->trust, "SELECT count(DISTINCT week) FROM drop_box", "1");
  g_assert_finalize_object (device);
}

/* Few wait for a day, five go at once; sent twice they count once, also after they moved. */
static void
test_moves (SyncFixture *fixture, gconstpointer data)
{
  static const char *const who[] = { "ann", "bob", "dan", "cat", "mia" };
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_drop");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDrop) again = NULL;
  g_autofree char *week =
      g_strdup_printf ("5|0|0|%" G_GINT64_FORMAT,
                       (g_get_real_time () / DAY - (g_get_real_time () / DAY + 3) % 7) * DAY);

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      WayStore *device = sync_fixture_open (fixture, who[i], who[i]);
      g_autofree char *hash = put (device, who[i], NULL);

      if (i == 0)
        again = way_drop_find_due (device, g_get_real_time () + DAY, NULL, &error);
      g_assert_cmpuint (send_all (fixture, device), ==, 1);
      tick (fixture, 0);
      if (i < 4)
        fixture_assert_rows (fixture->trust, "SELECT count(*) FROM feedback", "0");
      g_assert_finalize_object (device);
    }
  way_drop_send (uri, again, &error);
  g_assert_no_error (error);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM drop_box", "0");
  /* Nobody's, of the trust's own stream, of the week alone. */
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*), count(author), count(subject), min (at) FROM event"
                       " WHERE kind = 'feedback'",
                       week);
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM event AS e JOIN stream AS s ON s.stream = e.stream"
                       " WHERE e.kind = 'feedback' AND (s.person IS NOT NULL"
                       " OR e.login IS NOT NULL OR e.unit IS NOT NULL)",
                       "0");
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*), count(person), min (state), max (state) FROM feedback",
                       "5|0|new|new");
  fixture_assert_sound (fixture->trust);

  /* One alone goes when a day is over. */
  {
    WayStore *device = sync_fixture_open (fixture, "ann", "ann");
    g_autofree char *hash = put (device, "alone", NULL);

    g_assert_cmpuint (send_all (fixture, device), ==, 1);
    tick (fixture, 0);
    fixture_assert_rows (fixture->trust, "SELECT count(*) FROM feedback", "5");
    tick (fixture, 2);
    fixture_assert_rows (fixture->trust, "SELECT count(*) FROM feedback", "6");
    g_assert_finalize_object (device);
  }
}

/* What is answered comes to everybody; only who has the token knows that it is theirs. */
static void
test_answer (SyncFixture *fixture, gconstpointer data)
{
  WayStore *ann = sync_fixture_open (fixture, "ann", "ann");
  WayStore *bob = sync_fixture_open (fixture, "bob", "bob");
  WayStore *lea = sync_fixture_open (fixture, "lea", "lea");
  g_autofree char *hash = put (ann, "Too many passwords", NULL);
  g_autofree char *said = NULL;
  g_autofree char *action = NULL;
  g_autofree char *mine = g_strdup_printf ("SELECT e.body ->> 'decision', e.body ->> 'because'"
                                           " FROM live AS e JOIN meta AS m"
                                           " ON m.key = 'drop.' || (e.body ->> 'token')"
                                           " WHERE e.kind = 'drop_answer'");
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  g_assert_cmpuint (send_all (fixture, ann), ==, 1);
  tick (fixture, 2);
  said = fixture_ask (fixture->trust, "SELECT feedback FROM feedback");
  action = fixture_append (lea, NULL,
                           fixture_draft ("feedback_action",
                                          "{'feedback':'%s','action':'decided','decision':'yes',"
                                          "'because':'You are right'}",
                                          said));
  sync_fixture_sync (fixture, lea, &result);
  tick (fixture, 0);
  tick (fixture, 0);
  sync_fixture_sync (fixture, ann, &result);
  sync_fixture_sync (fixture, bob, &result);
  fixture_assert_rows (ann, mine, "yes|You are right");
  fixture_assert_rows (bob, mine, "");
  fixture_assert_rows (bob, "SELECT count(*) FROM live WHERE kind = 'drop_answer'", "1");
  /* The words that were written go to nobody's desk. */
  fixture_assert_rows (bob, "SELECT count(*) FROM event WHERE kind = 'feedback'", "0");

  /* Taken back by who answered, it goes from every desk. */
  fixture_retract (lea, action, NULL);
  sync_fixture_sync (fixture, lea, &result);
  tick (fixture, 0);
  sync_fixture_sync (fixture, ann, &result);
  fixture_assert_rows (ann, mine, "");
  fixture_assert_sound (fixture->trust);
  g_assert_finalize_object (lea);
  g_assert_finalize_object (bob);
  g_assert_finalize_object (ann);
}

/* Nobody says in the trust's name what was answered. */
static void
test_forged_answer (SyncFixture *fixture, gconstpointer data)
{
  WayStore *ann = sync_fixture_open (fixture, "ann", "ann");
  WayStore *lea = sync_fixture_open (fixture, "lea", "lea");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  WaySyncResult result;

  one = fixture_append (ann, NULL,
                        fixture_draft ("drop_answer",
                                       "{'token':'x','source':'x','action':'heard'}"));
  two = fixture_append (lea, NULL,
                        fixture_draft ("drop_answer",
                                       "{'token':'x','source':'x','action':'heard'}"));
  sync_fixture_sync (fixture, ann, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  sync_fixture_sync (fixture, lea, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  fixture_assert_rows (ann, "SELECT count(*) FROM event WHERE kind = 'drop_answer'", "1");
  g_assert_finalize_object (lea);
  g_assert_finalize_object (ann);
}

/* Everything in the database that somebody could lay beside a message, asked by whoever
 * administers it: nothing there says who wrote it, or which came when. */
static void
test_nothing_ties (SyncFixture *fixture, gconstpointer data)
{
  static const char *const who[] = { "ann", "bob", "dan", "cat" };
  g_autofree char *sequence = NULL;
  g_autoptr (GString) sent = g_string_new (NULL);
  guint n_as_sent = 0;

  for (guint round = 0; round < 4; round++)
    {
      g_autofree char *lying = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (who); i++)
        {
          WayStore *device = sync_fixture_open (fixture, who[i], who[i]);
          g_autofree char *text = g_strdup_printf ("message %u", round * 4 + i);
          g_autofree char *hash = put (device, text, NULL);

          g_string_append_printf (sent, "%s%s", sent->len > 0 ? "\n" : "", hash);
          /* The same person's own work goes the usual way just before and after. */
          {
            g_autofree char *id = fixture_append (
                device, NULL, fixture_draft ("step", "{'module':'F1','version':1,'step':'s'}"));
            WaySyncResult result;

            sync_fixture_sync (fixture, device, &result);
          }
          g_assert_cmpuint (send_all (fixture, device), ==, 1);
          g_assert_finalize_object (device);
        }
      /* One transaction has written all that lie there, whenever they came. */
      fixture_assert_rows (fixture->trust,
                           "SELECT count(DISTINCT CAST(xmin AS text)) FROM drop_box", "1");
      lying = fixture_ask (fixture->trust, "SELECT token FROM drop_box ORDER BY ctid");
      n_as_sent += g_str_equal (lying, sent->str);
    }
  g_assert_cmpuint (n_as_sent, <=, 1);
  /* No column for a time, a login, a place on the network or a number in order. */
  fixture_assert_rows (fixture->trust,
                       "SELECT string_agg (column_name, ' ' ORDER BY ordinal_position)"
                       " FROM information_schema.columns"
                       " WHERE table_schema = 'main' AND table_name = 'drop_box'",
                       "token week body unit");
  /* Nor is anybody's login, stream or machine beside the one that the boxes came by. */
  tick (fixture, 2);
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM event AS e WHERE e.kind = 'feedback'"
                       " AND (e.author IS NOT NULL OR e.login IS NOT NULL OR e.subject IS NOT NULL"
                       " OR e.unit IS NOT NULL OR e.at % 86400000000 <> 0)",
                       "0");
  /* Which moved in which order is chance again, and by one transaction. */
  fixture_assert_rows (fixture->trust,
                       "SELECT count(DISTINCT xid), count(*) FROM event WHERE kind = 'feedback'",
                       "1|16");
  sequence = fixture_ask (fixture->trust,
                          "SELECT body ->> 'token' FROM event WHERE kind = 'feedback'"
                          " ORDER BY position");
  g_assert_cmpstr (sequence, !=, sent->str);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM stream WHERE person IS NULL", "1");
}

/* What every login may try. */
static void
test_attacks (SyncFixture *fixture, gconstpointer data)
{
  static const char *const logins[] = { "ann", "bob", "cat", "mia", "lea", "eve" };
  static const char *const refused[] = {
    "SELECT * FROM main.drop_box",
    "SELECT ctid, xmin FROM main.drop_box",
    "SELECT api.drop_v1 ('', '', 0, '')",
    "SELECT main.was_dropped ('x')",
    "SELECT main.move_drops ()",
    "SELECT main.tell_answers ()",
    "SELECT main.append_own (NULL, NULL, NULL, 'notice', 0, '{}')",
    "SET ROLE waymark_drop",
    "SET ROLE waymark_courier",
  };
  static const char *const dropper_refused[] = {
    "SELECT * FROM main.drop_box",
    "DELETE FROM main.drop_box",
    "SELECT * FROM api.person",
    "SELECT * FROM api.event",
    "SELECT * FROM api.feedback",
    "SELECT * FROM api.who ()",
    "SELECT * FROM api.hello_v1 ('01234567-89ab-7cde-8f01-23456789abcd', '')",
    "SELECT * FROM api.push_ticket_v1 ('x', 'x', 'x', 1, 0, '{}', '{}', '{}', '{}', '{}', '{}',"
    " '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT api.tick ()",
    "SET ROLE waymark_courier",
    "CREATE TEMP TABLE drop_box (x text)",
  };
  static const char *const nonsense[] = {
    "NULL, NULL, NULL, NULL",
    "'x', '{}', 20000, NULL",
    "repeat ('a', 64), 'not json', %W, NULL",
    "repeat ('a', 64), '[]', %W, NULL",
    "repeat ('a', 64), '{\"type\":\"worry\",\"text\":\"x\"}', %W, NULL",
    "repeat ('a', 64), '{\"type\":\"rant\",\"text\":\"x\",\"page\":\"p\"}', %W, NULL",
    "repeat ('a', 64), '{\"type\":\"worry\",\"text\":\"x\",\"page\":\"p\",\"author\":\"bob\"}', "
    "%W, NULL",
    "repeat ('a', 64), '{\"type\":\"worry\",\"text\":\"x\",\"page\":\"p\",\"token\":\"b\"}', %W, "
    "NULL",
    "repeat ('a', 64), '{\"type\":\"worry\",\"text\":\"x\",\"page\":\"p\"}', %W + 1, NULL",
    "repeat ('a', 64), '{\"type\":\"worry\",\"text\":\"' || repeat ('x', 20000) || '\","
    "\"page\":\"p\"}', %W, NULL",
  };
  g_autofree char *uri = sync_fixture_dup_role_uri (fixture, "waymark_drop");
  g_autoptr (GError) error = NULL;
  WayStore *device = sync_fixture_open (fixture, "ann", "ann");
  g_autofree char *hash = put (device, "secret words", NULL);
  g_autofree char *week = g_strdup_printf ("%" G_GINT64_FORMAT,
                                           g_get_real_time () / DAY
                                               - (g_get_real_time () / DAY + 3) % 7);
  g_autoptr (WayDb) dropper = NULL;

  g_assert_cmpuint (send_all (fixture, device), ==, 1);
  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      g_autofree char *login_uri = sync_fixture_dup_login_uri (fixture, logins[l]);
      g_autoptr (WayDb) db = way_db_open (login_uri, WAY_DB_READ_WRITE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
        if (way_db_exec (db, refused[i], NULL))
          g_error ("%s: not refused: %s", logins[l], refused[i]);
    }
  dropper = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (dropper_refused); i++)
    if (way_db_exec (dropper, dropper_refused[i], NULL))
      g_error ("not refused: %s", dropper_refused[i]);
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      GString *call = g_string_new ("SELECT api.drop_v1 (");
      g_autofree char *said = NULL;

      g_string_append_printf (call, "%s)", nonsense[i]);
      g_string_replace (call, "%W", week, 0);
      said = way_db_dup_text (dropper, call->str, &error);
      g_assert_no_error (error);
      if (g_strcmp0 (said, "protocol") != 0)
        g_error ("%s: %s", call->str, said);
      g_string_free (call, TRUE);
    }
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM drop_box", "1");

  /* Moved, the lead reads it as nobody's; everybody else nothing. */
  tick (fixture, 2);
  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      g_autofree char *login_uri = sync_fixture_dup_login_uri (fixture, logins[l]);
      g_autoptr (WayDb) db = way_db_open (login_uri, WAY_DB_READ_WRITE, &error);
      gboolean is_lead = g_str_equal (logins[l], "lea");
      gint64 n;

      g_assert_true (way_db_get_int (db,
                                     "SELECT count(*) FROM api.feedback WHERE text = 'secret words'"
                                     " AND person IS NULL",
                                     &n, &error));
      g_assert_cmpint (n, ==, is_lead);
      g_assert_true (way_db_get_int (db, "SELECT count(*) FROM api.event WHERE kind = 'feedback'",
                                     &n, &error));
      g_assert_cmpint (n, ==, 0);
    }
  g_assert_finalize_object (device);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sync/drop/" name, SyncFixture, NULL, sync_fixture_set_up, test,                    \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("waits", test_waits);
  ADD ("unit", test_unit);
  ADD ("15-clock", test_clock);
  ADD ("moves", test_moves);
  ADD ("answer", test_answer);
  ADD ("forged-answer", test_forged_answer);
  if (sync_fixture_is_postgresql ())
    {
      ADD ("nothing-ties", test_nothing_ties);
      ADD ("attacks", test_attacks);
    }
  return g_test_run ();
}
