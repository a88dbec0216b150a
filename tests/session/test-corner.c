/* test-corner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-corner.h"
#include "session/way-help.h"
#include "session/way-term.h"

/* What the champions cat and dan ask each other, lea a lead reads, and ann has as a tip. */

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
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'dan','role':'champion','place':'w2','ended':0}");
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'lea','username':'lea','name':'Lea Lead','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "role_grant", "{'person':'lea','role':'lead','ended':0}");
  way_store_close (trust);
}

static void
come (SessionFixture *fixture, const char *username)
{
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
}

static char *
ask (SessionFixture *fixture, const char *text)
{
  way_corner_ask_async (fixture->session, "Printing", text, NULL, session_fixture_got_cb, fixture);
  return session_fixture_wrote (fixture);
}

static char *
answer (SessionFixture *fixture, const char *question, const char *text)
{
  way_corner_answer_async (fixture->session, question, text, NULL, session_fixture_got_cb, fixture);
  return session_fixture_wrote (fixture);
}

static GListModel *
load (SessionFixture *fixture)
{
  way_corner_load_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static GListModel *
load_tips (SessionFixture *fixture)
{
  way_corner_load_tips_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static void
say_worked (SessionFixture *fixture, const char *of)
{
  g_autoptr (GListModel) rows = load (fixture);
  g_autoptr (WayRow) row = session_fixture_find_row (rows, "answer", of);
  g_autofree char *id = NULL;

  way_corner_say_worked_async (fixture->session, row, NULL, session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
}

static char *
withdraw (SessionFixture *fixture, const char *id, const char *of)
{
  const char *const answers[] = { of, NULL };

  way_corner_withdraw_async (fixture->session, id, answers, NULL, session_fixture_got_cb, fixture);
  return session_fixture_wrote (fixture);
}

/* Asked, answered, said to have worked, taken back and said again, then withdrawn. */
static void
test_worked (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *question = NULL;
  g_autofree char *later = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *gone = NULL;

  come (fixture, "cat");
  g_assert_true (way_corner_may_ask (fixture->session));
  g_assert_false (way_corner_may_take_down (fixture->session));
  question = ask (fixture, "Labels come out blank");
  session_fixture_send_and_leave (fixture);

  come (fixture, "dan");
  later = ask (fixture, "Who has a spare headset?");
  answered = answer (fixture, question, "Turn the roll over");
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) first = g_list_model_get_item (rows, 0);
    g_autoptr (WayRow) second = g_list_model_get_item (rows, 1);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
    /* What nobody has answered comes first. */
    g_assert_cmpstr (way_row_get_text (first, "question"), ==, later);
    g_assert_cmpint (way_row_get_int (first, "is_mine"), ==, 1);
    g_assert_false (way_row_has (first, "answer"));
    g_assert_cmpstr (way_row_get_text (second, "name"), ==, "Cat Champion");
    g_assert_cmpstr (way_row_get_text (second, "topic"), ==, "Printing");
    g_assert_cmpint (way_row_get_int (second, "answer_is_mine"), ==, 1);
  }
  session_fixture_send_and_leave (fixture);

  come (fixture, "cat");
  say_worked (fixture, answered);
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) row = session_fixture_find_row (rows, "answer", answered);
    g_autofree char *id = NULL;

    g_assert_cmpstr (way_row_get_text (row, "answer_name"), ==, "Dan Elsewhere");
    g_assert_cmpint (way_row_get_int (row, "people"), ==, 1);
    way_session_retract_async (fixture->session, way_row_get_text (row, "worked"), NULL,
                               session_fixture_got_cb, fixture);
    id = session_fixture_wrote (fixture);
  }
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (WayRow) row = session_fixture_find_row (rows, "answer", answered);

    g_assert_cmpint (way_row_get_int (row, "people"), ==, 0);
    g_assert_false (way_row_has (row, "worked"));
  }
  say_worked (fixture, answered);
  session_fixture_send_and_leave (fixture);

  come (fixture, "ann");
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (GListModel) tips = load_tips (fixture);
    g_autoptr (WayRow) tip = g_list_model_get_item (tips, 0);

    g_assert_false (way_corner_may_ask (fixture->session));
    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
    g_assert_cmpuint (g_list_model_get_n_items (tips), ==, 1);
    g_assert_cmpstr (way_row_get_text (tip, "topic"), ==, "Printing");
    g_assert_cmpstr (way_row_get_text (tip, "text"), ==, "Turn the roll over");
    g_assert_cmpint (way_row_get_int (tip, "people"), ==, 1);
  }
  session_fixture_send_and_leave (fixture);

  come (fixture, "dan");
  gone = withdraw (fixture, answered, answered);
  session_fixture_send_and_leave (fixture);
  come (fixture, "ann");
  {
    g_autoptr (GListModel) tips = load_tips (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (tips), ==, 0);
  }
  session_fixture_send_and_leave (fixture);
}

/* A lead takes a question down: why stands in its place, and what was a tip is none. */
static void
test_taken_down (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *question = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *down = NULL;

  come (fixture, "cat");
  question = ask (fixture, "Bed 4 cannot print");
  session_fixture_send_and_leave (fixture);
  come (fixture, "dan");
  answered = answer (fixture, question, "Neither can bed 5");
  session_fixture_send_and_leave (fixture);
  come (fixture, "cat");
  say_worked (fixture, answered);
  session_fixture_send_and_leave (fixture);

  come (fixture, "lea");
  g_assert_true (way_corner_may_take_down (fixture->session));
  {
    const char *const answers[] = { answered, NULL };
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (GListModel) tips = load_tips (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
    g_assert_cmpuint (g_list_model_get_n_items (tips), ==, 1);
    way_corner_take_down_async (fixture->session, question, NULL, answers, "It tells who is where",
                                NULL, session_fixture_got_cb, fixture);
    down = session_fixture_wrote (fixture);
  }
  session_fixture_send_and_leave (fixture);

  come (fixture, "dan");
  {
    g_autoptr (GListModel) rows = load (fixture);
    g_autoptr (GListModel) tips = load_tips (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
    g_assert_false (way_row_has (row, "text"));
    g_assert_false (way_row_has (row, "answer"));
    g_assert_cmpstr (way_row_get_text (row, "because"), ==, "It tells who is where");
    g_assert_cmpuint (g_list_model_get_n_items (tips), ==, 0);
  }
  session_fixture_send_and_leave (fixture);
}

/* Who asked withdraws the question: nothing of it is a tip any more, and a champion at another
 * desktop, who does not know yet, makes none of an answer that came late. */
static void
test_withdrawn (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *stores = g_steal_pointer (&fixture->stores);
  WaySession *first = fixture->session;
  WaySession *second;
  g_autofree char *question = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *late = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *tips = NULL;
  g_autofree char *said = NULL;

  fixture->stores = g_build_filename (fixture->folder, "other-desktop", NULL);
  second = session_fixture_new_session (fixture);
  come (fixture, "cat");
  question = ask (fixture, "Labels come out blank");
  session_fixture_settle (fixture);
  session_fixture_sync_now (fixture);
  fixture->session = second;
  come (fixture, "dan");
  answered = answer (fixture, question, "Turn the roll over");
  session_fixture_settle (fixture);
  session_fixture_sync_now (fixture);
  fixture->session = first;
  session_fixture_sync_now (fixture);
  say_worked (fixture, answered);
  late = answer (fixture, question, "It was the cable");
  session_fixture_settle (fixture);
  session_fixture_sync_now (fixture);
  fixture->session = second;
  session_fixture_sync_now (fixture);
  way_session_set_work_offline (second, TRUE);
  say_worked (fixture, late);
  session_fixture_settle (fixture);

  fixture->session = first;
  gone = withdraw (fixture, question, answered);
  session_fixture_send_and_leave (fixture);
  fixture->session = second;
  way_session_set_work_offline (second, FALSE);
  session_fixture_sync_now (fixture);
  session_fixture_sign_out (fixture);
  session_fixture_drop (second);
  fixture->session = first;
  g_free (fixture->stores);
  fixture->stores = g_steal_pointer (&stores);

  come (fixture, "ann");
  {
    g_autoptr (GListModel) rows = load_tips (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
  }
  session_fixture_send_and_leave (fixture);
  tips = session_fixture_ask_trust (fixture, "SELECT count(*) FROM tip");
  g_assert_cmpstr (tips, ==, "0");
  said = session_fixture_ask_trust (
      fixture, "SELECT group_concat (author || ' ' || allowed) FROM (SELECT author, allowed FROM "
               "event WHERE kind = 'tip' ORDER BY position)");
  g_assert_cmpstr (said, ==, "cat 1,cat 1,dan 0");
}

static GListModel *
load_my_help (SessionFixture *fixture)
{
  way_session_load_my_help_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static GListModel *
load_thanks (SessionFixture *fixture)
{
  way_term_load_thanks_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

/* Who was helped thanks once for each help: a request that was fixed, and help that was noted. */
static void
test_thanks (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *request = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *logged = NULL;
  g_autofree char *id = NULL;
  g_autofree char *second = NULL;

  come (fixture, "ann");
  session_fixture_ask_help (fixture, "Nothing prints");
  {
    g_autoptr (GListModel) rows = load_my_help (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    request = g_strdup (way_row_get_text (row, "id"));
    g_assert_false (way_row_has (row, "taken_by"));
  }
  session_fixture_send_and_leave (fixture);

  come (fixture, "cat");
  way_session_answer_help_async (fixture->session, request, "ann", "answered", "Turn it on", NULL,
                                 NULL, session_fixture_got_cb, fixture);
  answered = session_fixture_wrote (fixture);
  way_session_log_help_async (fixture->session, "ann", "Printing", NULL, 1, 5, NULL, 0, NULL, NULL,
                              session_fixture_got_cb, fixture);
  logged = session_fixture_wrote (fixture);
  session_fixture_send_and_leave (fixture);

  come (fixture, "ann");
  way_session_settle_help_async (fixture->session, request, TRUE, NULL, session_fixture_got_cb,
                                 fixture);
  id = session_fixture_wrote (fixture);
  {
    g_autoptr (GListModel) rows = load_my_help (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpstr (way_row_get_text (row, "taken_by"), ==, "cat");
    g_assert_cmpint (way_row_get_int (row, "thanked"), ==, 0);
  }
  g_free (id);
  way_term_thank_async (fixture->session, "cat", "You stayed late", request, NULL,
                        session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  {
    g_autoptr (GListModel) rows = load_my_help (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpint (way_row_get_int (row, "thanked"), ==, 1);
  }
  way_session_load_help_received_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  {
    g_autoptr (GListModel) rows = session_fixture_listed (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpstr (way_row_get_text (row, "id"), ==, logged);
    g_assert_cmpstr (way_row_get_text (row, "champion"), ==, "cat");
    g_assert_cmpint (way_row_get_int (row, "thanked"), ==, 0);
  }
  /* Without words. */
  way_term_thank_async (fixture->session, "cat", "", logged, NULL, session_fixture_got_cb, fixture);
  second = session_fixture_wrote (fixture);
  session_fixture_send_and_leave (fixture);

  come (fixture, "cat");
  {
    g_autoptr (GListModel) rows = load_thanks (fixture);
    g_autoptr (WayRow) newest = g_list_model_get_item (rows, 0);
    g_autoptr (WayRow) first = g_list_model_get_item (rows, 1);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
    g_assert_cmpint (way_row_get_int (newest, "n"), ==, 2);
    g_assert_cmpstr (way_row_get_text (newest, "text"), ==, "");
    g_assert_cmpstr (way_row_get_text (first, "text"), ==, "You stayed late");
  }
  session_fixture_send_and_leave (fixture);

  /* It is for cat alone. */
  come (fixture, "dan");
  {
    g_autoptr (GListModel) rows = load_thanks (fixture);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
  }
  session_fixture_send_and_leave (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/session/corner/worked", SessionFixture, NULL, set_up, test_worked,
              session_fixture_tear_down);
  g_test_add ("/session/corner/taken-down", SessionFixture, NULL, set_up, test_taken_down,
              session_fixture_tear_down);
  g_test_add ("/session/corner/withdrawn", SessionFixture, NULL, set_up, test_withdrawn,
              session_fixture_tear_down);
  g_test_add ("/session/corner/thanks", SessionFixture, NULL, set_up, test_thanks,
              session_fixture_tear_down);
  return g_test_run ();
}
