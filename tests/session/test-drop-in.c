/* test-drop-in.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-drop-in.h"

#include <string.h>

/* Drop-in sessions between the champion cat of the ward of ann and bob, and dan of another. */

#define HOUR ((gint64) 60 * 60 * G_USEC_PER_SEC)

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  session_fixture_set_up (fixture, data);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "place",
                       "{'place':'w2','code':'w2','name':'Other Ward','type':'ward'}");
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'dan','username':'dan','name':'Dan Elsewhere','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'dan','place':'w2','is_primary':1,'ended':0}");
  way_store_close (trust);
}

static void
come (SessionFixture *fixture, const char *username)
{
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
}

static char *
plan (
    SessionFixture *fixture, const char *title, gint64 starts, gboolean is_for_all, const char *of)
{
  const WayDropInPlan what = { .title = title,
                               .place = "Day room",
                               .text = "Bring, if you like; a \"form\".",
                               .starts = starts,
                               .minutes = 30,
                               .is_for_all = is_for_all,
                               .drop_in = of };

  g_assert_true (way_drop_in_may_plan (fixture->session));
  way_drop_in_plan_async (fixture->session, &what, NULL, session_fixture_got_cb, fixture);
  return session_fixture_wrote (fixture);
}

static GListModel *
load (SessionFixture *fixture)
{
  way_drop_in_load_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static void
answer (SessionFixture *fixture, const char *drop_in, gboolean is_coming)
{
  g_autofree char *id = NULL;

  way_drop_in_answer_async (fixture->session, drop_in, is_coming, NULL, session_fixture_got_cb,
                            fixture);
  id = session_fixture_wrote (fixture);
}

static void
set_came (SessionFixture *fixture, const char *drop_in, const char *person, gboolean came)
{
  g_autofree char *id = NULL;

  way_drop_in_set_came_async (fixture->session, drop_in, person, came, NULL, session_fixture_got_cb,
                              fixture);
  id = session_fixture_wrote (fixture);
}

static void
assert_counts (SessionFixture *fixture, const char *drop_in, int n_coming, int n_came)
{
  g_autoptr (GListModel) rows = load (fixture);
  g_autoptr (WayRow) row = session_fixture_find_row (rows, "drop_in", drop_in);

  g_assert_cmpint (way_row_get_int (row, "is_mine"), ==, 1);
  g_assert_cmpint (way_row_get_int (row, "n_coming"), ==, n_coming);
  g_assert_cmpint (way_row_get_int (row, "n_came"), ==, n_came);
}

/* Planned, seen by those it is for, said to come to, moved, held, and who came noted. */
static void
test_whole (SessionFixture *fixture, gconstpointer data)
{
  gint64 soon = g_get_real_time () + HOUR;
  g_autofree char *drop_in = NULL;
  g_autofree char *moved = NULL;

  come (fixture, "cat");
  drop_in = plan (fixture, "Ask me anything", soon, FALSE, NULL);
  session_fixture_send_and_leave (fixture);

  come (fixture, "dan");
  {
    g_autoptr (GListModel) rows = load (fixture);

    g_assert_false (way_drop_in_may_plan (fixture->session));
    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
  }
  session_fixture_send_and_leave (fixture);

  come (fixture, "ann");
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) row = session_fixture_find_row (rows, "drop_in", drop_in);
    g_autofree char *facts = way_drop_in_describe (row);

    g_assert_cmpstr (way_row_get_text (row, "title"), ==, "Ask me anything");
    g_assert_cmpint (way_row_get_int (row, "starts"), ==, soon);
    g_assert_nonnull (strstr (facts, "Day room"));
    g_assert_nonnull (strstr (facts, "with Cat Champion"));
    g_assert_nonnull (strstr (facts, "for Ward"));
    g_assert_false (way_row_has (row, "answer"));
  }
  answer (fixture, drop_in, TRUE);
  answer (fixture, drop_in, FALSE);
  answer (fixture, drop_in, TRUE);
  session_fixture_send_and_leave (fixture);

  come (fixture, "cat");
  assert_counts (fixture, drop_in, 1, 0);
  moved = plan (fixture, "Ask me anything", soon + HOUR, FALSE, drop_in);
  set_came (fixture, drop_in, "ann", TRUE);
  set_came (fixture, drop_in, "bob", TRUE);
  set_came (fixture, drop_in, "bob", FALSE);
  assert_counts (fixture, drop_in, 1, 1);
  way_drop_in_load_people_async (fixture->session, drop_in, NULL, session_fixture_got_cb, fixture);
  {
    g_autoptr (GListModel) people = session_fixture_listed (fixture);
    g_autoptr (WayRow) first = g_list_model_get_item (people, 0);
    g_autoptr (WayRow) second = g_list_model_get_item (people, 1);

    g_assert_cmpuint (g_list_model_get_n_items (people), ==, 2);
    g_assert_cmpstr (way_row_get_text (first, "person"), ==, "ann");
    g_assert_cmpstr (way_row_get_text (first, "answer"), ==, "coming");
    g_assert_cmpint (way_row_get_int (first, "came"), ==, 1);
    g_assert_cmpint (way_row_get_int (second, "came"), ==, 0);
  }
  session_fixture_send_and_leave (fixture);

  /* What was said holds for the time to which it was moved: it is still the same session. */
  come (fixture, "ann");
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) row = session_fixture_find_row (rows, "drop_in", drop_in);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
    g_assert_cmpint (way_row_get_int (row, "starts"), ==, soon + HOUR);
    g_assert_cmpstr (way_row_get_text (row, "answer"), ==, "coming");
  }
  session_fixture_send_and_leave (fixture);
}

/* For everybody is for everybody; what was cancelled or is over is on nobody's list but, once
 * held, on that of who held it. Nobody changes what another holds. */
static void
test_ends (SessionFixture *fixture, gconstpointer data)
{
  gint64 now = g_get_real_time ();
  g_autofree char *open = NULL;
  g_autofree char *held = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *id = NULL;

  come (fixture, "cat");
  open = plan (fixture, "Open", now + 2 * HOUR, TRUE, NULL);
  held = plan (fixture, "Held", now - 2 * HOUR, TRUE, NULL);
  gone = plan (fixture, "Gone", now + 3 * HOUR, TRUE, NULL);
  way_drop_in_cancel_async (fixture->session, gone, NULL, session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) first = g_list_model_get_item (rows, 0);
    g_autoptr (WayRow) second = g_list_model_get_item (rows, 1);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
    g_assert_cmpstr (way_row_get_text (first, "title"), ==, "Open");
    g_assert_cmpint (way_row_get_int (second, "is_over"), ==, 1);
  }
  session_fixture_send_and_leave (fixture);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
    g_autofree char *body = g_strdup_printf ("{'title':'Taken over','starts':%" G_GINT64_FORMAT
                                             ",'minutes':30,'session':'%s'}",
                                             now + HOUR, open);

    g_assert_no_error (error);
    session_fixture_add (trust, NULL, "session", body);
    way_store_close (trust);
  }

  come (fixture, "dan");
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
    g_assert_cmpstr (way_row_get_text (row, "title"), ==, "Open");
    g_assert_cmpint (way_row_get_int (row, "starts"), ==, now + 2 * HOUR);
  }
  session_fixture_send_and_leave (fixture);
}

/* RFC 5545: what a calendar reads of it. */
static void
test_calendar (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *drop_in = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uid = NULL;

  come (fixture, "cat");
  /* 25 October 2037, 01:30 UTC: the hour that comes twice in London. */
  drop_in = plan (fixture, "Ask, or watch", (gint64) 2140047000 * G_USEC_PER_SEC, TRUE, NULL);
  rows = load (fixture);
  row = session_fixture_find_row (rows, "drop_in", drop_in);
  file = way_drop_in_make_calendar_file (row);
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  uid = g_strdup_printf ("UID:%s@waymark\r\n", drop_in);
  g_assert_true (g_str_has_prefix (text, "BEGIN:VCALENDAR\r\n"));
  g_assert_true (g_str_has_suffix (text, "END:VCALENDAR\r\n"));
  g_assert_nonnull (strstr (text, uid));
  g_assert_nonnull (strstr (text, "DTSTART:20371025T013000Z\r\n"));
  g_assert_nonnull (strstr (text, "DTEND:20371025T020000Z\r\n"));
  g_assert_nonnull (strstr (text, "SUMMARY:Ask\\, or watch\r\n"));
  g_assert_nonnull (strstr (text, "LOCATION:Day room\r\n"));
  g_assert_nonnull (strstr (text, "DESCRIPTION:Bring\\, if you like\\; a \"form\".\r\n"));
  session_fixture_send_and_leave (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/session/drop-in/whole", SessionFixture, NULL, set_up, test_whole,
              session_fixture_tear_down);
  g_test_add ("/session/drop-in/ends", SessionFixture, NULL, set_up, test_ends,
              session_fixture_tear_down);
  g_test_add ("/session/drop-in/calendar", SessionFixture, NULL, set_up, test_calendar,
              session_fixture_tear_down);
  return g_test_run ();
}
