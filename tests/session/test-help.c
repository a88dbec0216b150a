/* test-help.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "record/way-desk-hours.h"
#include "session/way-help.h"

/* Asked on one computer, sent to the champion on another: three people of a trust in a file. */

static WayHelpReach *
load_reach (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WayHelpReach *reach;

  way_session_load_help_reach_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  reach = way_session_load_help_reach_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return reach;
}

static WayRow *
load_my_request (SessionFixture *fixture)
{
  g_autoptr (GListModel) rows = NULL;

  way_session_load_my_help_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  return g_list_model_get_item (rows, 0);
}

static WayRow *
load_asker (SessionFixture *fixture)
{
  g_autoptr (GListModel) rows = NULL;

  way_session_load_people_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  return session_fixture_find_row (rows, "name", "Ann Ward");
}

static void
act (SessionFixture *fixture, WayRow *row, const char *action, const char *text, const char *to)
{
  way_session_answer_help_async (fixture->session, way_row_get_text (row, "request"),
                                 way_row_get_text (row, "person"), action, text, to, NULL,
                                 session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  session_fixture_sync_now (fixture);
}

static void
add_settings (SessionFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "setting", "{'key':'service_desk_number','value':'2222'}");
  session_fixture_add (trust, NULL, "setting", "{'key':'service_desk_hours','value':'always'}");
  way_store_close (trust);
}

static void
go (SessionFixture *fixture, const char *username)
{
  session_fixture_sign_out (fixture);
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
}

static void
test_loop (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (WayHelpReach) nobody = NULL;
  g_autoptr (WayHelpReach) somebody = NULL;
  g_autoptr (WayRow) waiting = NULL;
  g_autoptr (WayRow) seen = NULL;
  g_autoptr (WayRow) taken = NULL;
  g_autoptr (WayRow) mine = NULL;
  g_autoptr (WayRow) answered = NULL;
  g_autoptr (WayRow) again = NULL;
  g_autoptr (WayRow) settled = NULL;
  g_autofree char *told = NULL;
  g_autofree char *once = NULL;

  add_settings (fixture);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  nobody = load_reach (fixture);
  g_assert_cmpuint (nobody->n_on_shift + nobody->n_maybe, ==, 0);
  g_assert_cmpstr (nobody->desk_number, ==, "2222");
  g_assert_true (nobody->is_desk_open);
  session_fixture_ask_help (fixture, "The printer asks for a code");
  waiting = load_my_request (fixture);
  g_assert_cmpstr (way_row_get_text (waiting, "route"), ==, "nobody");
  session_fixture_sync_now (fixture);

  /* That the champion can be asked is told by being there. */
  go (fixture, "cat");
  session_fixture_sync_now (fixture);
  told = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'on_call' "
                                             "AND author = 'cat' AND unit = 'w1' AND allowed = 1");
  g_assert_cmpstr (told, ==, "1");
  seen = load_asker (fixture);
  g_assert_cmpstr (way_row_get_text (seen, "route"), ==, "maybe");
  g_assert_cmpstr (way_row_get_text (seen, "route_person"), ==, "cat");
  act (fixture, seen, "taken", NULL, NULL);
  taken = load_asker (fixture);
  g_assert_cmpstr (way_row_get_text (taken, "request_state"), ==, "taken");
  g_assert_false (way_row_has (taken, "route"));

  /* Who has it, by name, and when. */
  go (fixture, "ann");
  somebody = load_reach (fixture);
  g_assert_cmpuint (somebody->n_maybe, ==, 1);
  mine = load_my_request (fixture);
  g_assert_cmpstr (way_row_get_text (mine, "state"), ==, "taken");
  g_assert_cmpstr (way_row_get_text (mine, "taken_name"), ==, "Cat Champion");
  g_assert_cmpint (way_row_get_int (mine, "taken"), >=, way_row_get_int (mine, "asked"));

  go (fixture, "cat");
  g_assert_false (way_row_has (taken, "did"));
  act (fixture, taken, "answered", "It is on the badge", NULL);
  {
    g_autoptr (WayRow) done = load_asker (fixture);

    g_assert_cmpstr (way_row_get_text (done, "did"), ==, "answered");
    g_assert_cmpint (way_row_get_int (done, "did_at"), >, 0);
    g_assert_false (way_row_has (done, "request"));
  }
  once = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'on_call'");
  g_assert_cmpstr (once, ==, "1");

  /* Not fixed: it is open again, from now on, and is sent out again. */
  go (fixture, "ann");
  answered = load_my_request (fixture);
  g_assert_cmpstr (way_row_get_text (answered, "state"), ==, "answered");
  way_session_settle_help_async (fixture->session, way_row_get_text (answered, "id"), FALSE, NULL,
                                 session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  again = load_my_request (fixture);
  g_assert_cmpstr (way_row_get_text (again, "state"), ==, "open");
  g_assert_cmpstr (way_row_get_text (again, "route"), ==, "maybe");
  g_assert_cmpint (way_row_get_int (again, "opened"), >, way_row_get_int (again, "answered"));
  way_session_settle_help_async (fixture->session, way_row_get_text (answered, "id"), TRUE, NULL,
                                 session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  settled = load_my_request (fixture);
  g_assert_cmpint (way_row_get_int (settled, "fixed"), ==, 1);
  session_fixture_sync_now (fixture);
  {
    g_autofree char *state = session_fixture_ask_trust (fixture, "SELECT state FROM help");

    g_assert_cmpstr (state, ==, "closed");
  }
}

/* A champion whose term has ended takes themselves off, and nobody else can put themselves on. */
static void
test_ended (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (WayHelpReach) before = NULL;
  g_autoptr (WayHelpReach) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  go (fixture, "ann");
  before = load_reach (fixture);
  g_assert_cmpuint (before->n_maybe, ==, 1);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'cat','role':'champion','place':'w1','ended':1}");
  way_store_close (trust);
  go (fixture, "cat");
  /* What is known of one's roles counts from the next sign-in on. */
  go (fixture, "cat");
  session_fixture_sync_now (fixture);
  go (fixture, "ann");
  after = load_reach (fixture);
  g_assert_cmpuint (after->n_maybe, ==, 0);
}

static GListModel *
load_systems (SessionFixture *fixture)
{
  way_help_load_systems_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

/* What champions know can be said of a question, and the next time it stands first. */
static void
test_systems (SessionFixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "pharmacy", "record" };
  g_autoptr (GListModel) none = NULL;
  g_autoptr (GListModel) systems = NULL;
  g_autoptr (GListModel) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autofree char *id = NULL;
  g_autofree char *told = NULL;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  none = load_systems (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (trust, "cat", "on_call",
                       "{'name':'Cat Champion','systems':'record pharmacy','ended':0}");
  session_fixture_add (trust, "bob", "on_call", "{'name':'Bob','systems':'record','ended':0}");
  way_store_close (trust);
  session_fixture_sync_now (fixture);
  systems = load_systems (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (systems), ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (systems, i);

      g_assert_cmpstr (way_row_get_text (row, "system"), ==, words[i]);
      g_assert_cmpint (way_row_get_int (row, "last"), ==, 0);
    }
  way_session_ask_help_async (fixture->session, "today", NULL, NULL, "It says no", "Email",
                              "record", FALSE, NULL, session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  again = load_systems (fixture);
  {
    g_autoptr (WayRow) row = g_list_model_get_item (again, 1);

    g_assert_cmpint (way_row_get_int (row, "last"), ==, 1);
  }
  session_fixture_sync_now (fixture);
  told = session_fixture_ask_trust (fixture, "SELECT system FROM help");
  g_assert_cmpstr (told, ==, "record");
}

/* Dan is a champion of another ward, at any hour. */
static void
add_dan (SessionFixture *fixture)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GString) shifts = g_string_new (NULL);
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  WayEvent *draft;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_string_append_printf (shifts, "%s%s-early %s-late %s-night", i > 0 ? " " : "", days[i],
                            days[i], days[i]);
  session_fixture_add (trust, NULL, "place",
                       "{'place':'w2','code':'w2','name':'Clinic','type':'ward'}");
  session_fixture_add (trust, NULL, "person",
                       "{'person':'dan','username':'dan','name':'Dan Other',"
                       "'staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'dan','place':'w2','is_primary':1,'ended':0}");
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'dan','role':'champion','place':'w2','ended':0}");
  body = g_strdup_printf ("{\"name\":\"Dan Other\",\"shifts\":\"%s\",\"ended\":0}", shifts->str);
  draft = way_event_new ("on_call", 1, body);
  draft->unit = g_strdup ("w2");
  g_ptr_array_add (drafts, draft);
  way_store_append_as (trust, "dan", drafts, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

/* Nobody of the ward is on shift: a champion of another is asked, sees who asks and what, and
 * nothing else; and answers. What the ward's own may do first nobody else is told of. */
static void
test_elsewhere (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (WayHelpReach) reach = NULL;
  g_autoptr (WayRow) waiting = NULL;
  g_autoptr (WayRow) seen = NULL;
  g_autoptr (WayRow) mine = NULL;
  g_autoptr (WayRow) gone = NULL;
  g_autofree char *people = NULL;

  add_settings (fixture);
  add_dan (fixture);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  reach = load_reach (fixture);
  g_assert_cmpuint (reach->n_on_shift + reach->n_maybe, ==, 0);
  g_assert_true (reach->is_elsewhere);
  session_fixture_ask_help (fixture, "The printer asks for a code");
  waiting = load_my_request (fixture);
  g_assert_cmpstr (way_row_get_text (waiting, "route"), ==, "asked");
  g_assert_cmpstr (way_row_get_text (waiting, "route_name"), ==, "Dan Other");
  session_fixture_sync_now (fixture);

  go (fixture, "dan");
  session_fixture_sync_now (fixture);
  seen = load_asker (fixture);
  g_assert_nonnull (seen);
  g_assert_cmpint (way_row_get_int (seen, "is_elsewhere"), ==, 1);
  g_assert_cmpstr (way_row_get_text (seen, "asked"), ==, "The printer asks for a code");
  g_assert_cmpstr (way_row_get_text (seen, "unit_name"), ==, "Ward");
  g_assert_cmpstr (way_row_get_text (seen, "route_person"), ==, "dan");
  g_assert_false (way_row_has (seen, "staff_group"));
  act (fixture, seen, "taken", NULL, NULL);
  act (fixture, seen, "answered", "It is on the badge", NULL);
  gone = load_asker (fixture);
  g_assert_null (gone);

  go (fixture, "ann");
  mine = load_my_request (fixture);
  g_assert_cmpstr (way_row_get_text (mine, "state"), ==, "answered");
  g_assert_cmpstr (way_row_get_text (mine, "taken_name"), ==, "Dan Other");
  people = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'access'");
  g_assert_cmpstr (people, ==, "0");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/help/loop", SessionFixture, NULL, session_fixture_set_up, test_loop,
              session_fixture_tear_down);
  g_test_add ("/session/help/systems", SessionFixture, NULL, session_fixture_set_up, test_systems,
              session_fixture_tear_down);
  g_test_add ("/session/help/ended", SessionFixture, NULL, session_fixture_set_up, test_ended,
              session_fixture_tear_down);
  g_test_add ("/session/help/elsewhere", SessionFixture, NULL, session_fixture_set_up,
              test_elsewhere, session_fixture_tear_down);
  return g_test_run ();
}
