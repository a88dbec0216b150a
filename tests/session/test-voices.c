/* test-voices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-voices.h"

/* What people said, from a lead's sorting to what everybody reads. Ann says something, Bob says the
 * same, Dot is a lead. */

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  session_fixture_set_up (fixture, data);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'dot','username':'dot','name':'Dot Lead','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'dot','role':'lead','place':'w1','ended':0}");
  session_fixture_add (trust, "ann", "feedback",
                       "{'type':'idea','text':'Shorter log-in','page':'today'}");
  session_fixture_add (trust, "bob", "feedback",
                       "{'type':'problem','text':'The log-in is long','page':'today'}");
  way_store_close (trust);
}

static void
leave (SessionFixture *fixture)
{
  session_fixture_sign_out (fixture);
  session_fixture_settle (fixture);
}

static GPtrArray *
load_feedback (SessionFixture *fixture)
{
  g_autoptr (GListModel) all = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  way_session_load_feedback_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  all = session_fixture_listed (fixture);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    g_ptr_array_add (rows, g_list_model_get_item (all, i));
  return rows;
}

/* Both are sorted by one deed, and it is taken back as one. */
static void
test_sorting (SessionFixture *fixture, gconstpointer data)
{
  const WayFeedbackActionBody body = { .action = (char *) "sorted",
                                       .theme = (char *) "Signing in",
                                       .owner = (char *) "dot",
                                       .due = (char *) "2026-12-24" };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (GListModel) owners = NULL;
  g_autoptr (WayRow) owner = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *left = NULL;

  session_fixture_sign_in (fixture, "dot");
  rows = load_feedback (fixture);
  g_assert_cmpuint (rows->len, ==, 2);
  way_session_load_owners_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  owners = session_fixture_listed (fixture);
  owner = session_fixture_find_row (owners, "id", "dot");
  g_assert_cmpstr (way_row_get_text (owner, "name"), ==, "Dot Lead");
  way_session_sort_feedback_async (fixture->session, rows, &body, NULL, session_fixture_got_cb,
                                   fixture);
  ids = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  sorted = load_feedback (fixture);
  for (guint i = 0; i < sorted->len; i++)
    {
      WayRow *row = g_ptr_array_index (sorted, i);

      g_assert_cmpstr (way_row_get_text (row, "theme"), ==, "Signing in");
      g_assert_cmpstr (way_row_get_text (row, "owner_name"), ==, "Dot Lead");
      g_assert_cmpstr (way_row_get_text (row, "due"), ==, "2026-12-24");
      g_assert_cmpstr (way_row_get_text (row, "state"), ==, "new");
    }
  way_session_retract_all_async (fixture->session, ids, NULL, session_fixture_got_cb, fixture);
  undone = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  left = session_fixture_ask_trust (fixture, "SELECT count(theme) FROM feedback");
  g_assert_cmpstr (left, ==, "0");
  leave (fixture);
}

static WayRow *
load_published (SessionFixture *fixture)
{
  g_autoptr (GListModel) rows = NULL;

  way_session_load_published_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  return g_list_model_get_item (rows, 0);
}

/* One is published for both; Ann supports it, and reads of its test and of what came of it. */
static void
test_publishing (SessionFixture *fixture, gconstpointer data)
{
  const WayKind *kind = way_kind_find ("published");
  WayPublishedBody *body = way_kind_new (kind);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (WayRow) open = NULL;
  g_autoptr (WayRow) supported = NULL;
  g_autoptr (WayRow) done = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *again = NULL;
  g_autofree char *vote = NULL;
  g_autofree char *trial = NULL;
  g_autofree char *id = NULL;

  body->type = g_strdup ("idea");
  body->said = g_strdup ("Logging in takes long.");
  body->state = g_strdup ("open");
  session_fixture_sign_in (fixture, "dot");
  rows = load_feedback (fixture);
  way_session_publish_voice_async (fixture->session, body, rows, NULL, session_fixture_got_cb,
                                   fixture);
  ids = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  leave (fixture);

  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  open = load_published (fixture);
  id = g_strdup (way_row_get_text (open, "id"));
  g_assert_true (g_str_has_prefix (ids, id));
  g_assert_cmpstr (way_row_get_text (open, "state"), ==, "open");
  g_assert_cmpint (way_row_get_int (open, "mine"), ==, 0);
  way_session_support_async (fixture->session, id, TRUE, NULL, session_fixture_got_cb, fixture);
  vote = session_fixture_wrote (fixture);
  supported = load_published (fixture);
  g_assert_cmpint (way_row_get_int (supported, "mine"), ==, 1);
  session_fixture_sync_now (fixture);
  leave (fixture);

  session_fixture_sign_in (fixture, "dot");
  after = load_feedback (fixture);
  for (guint i = 0; i < after->len; i++)
    {
      g_assert_cmpstr (way_row_get_text (g_ptr_array_index (after, i), "published"), ==, id);
      g_assert_cmpint (way_row_get_int (g_ptr_array_index (after, i), "supporters"), ==, 1);
    }
  {
    const WayTrialBody test = { .feedback = id,
                                .text = (char *) "Whether badges are quicker",
                                .measure = (char *) "Seconds to log in" };

    way_session_try_async (fixture->session, &test, NULL, session_fixture_got_cb, fixture);
    trial = session_fixture_wrote (fixture);
  }
  g_free (body->published);
  body->published = g_strdup (id);
  g_free (body->state);
  body->state = g_strdup ("done");
  body->did = g_strdup ("Badges open the computers of 3 wards.");
  body->measure = g_strdup ("Seconds to log in");
  body->before = 45;
  body->after = 6.5;
  way_session_publish_voice_async (fixture->session, body, NULL, NULL, session_fixture_got_cb,
                                   fixture);
  again = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  leave (fixture);
  way_kind_free (kind, body);

  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  done = load_published (fixture);
  g_assert_cmpstr (way_row_get_text (done, "id"), ==, id);
  g_assert_cmpstr (way_row_get_text (done, "state"), ==, "done");
  g_assert_cmpfloat (way_row_get_number (done, "before"), ==, 45);
  g_assert_cmpfloat (way_row_get_number (done, "after"), ==, 6.5);
  g_assert_cmpstr (way_row_get_text (done, "aim"), ==, "Whether badges are quicker");
  g_assert_cmpint (way_row_get_int (done, "mine"), ==, 1);
  leave (fixture);
}

/* The trust's own route for incidents, as a lead sets it and everybody reads it. */
static void
test_route (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) none = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autofree char *id = NULL;

  session_fixture_sign_in (fixture, "dot");
  way_session_load_setting_async (fixture->session, WAY_SETTING_INCIDENT_ROUTE, NULL,
                                  session_fixture_got_cb, fixture);
  none = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
  way_session_save_setting_async (fixture->session, WAY_SETTING_INCIDENT_ROUTE,
                                  "Incident form on the intranet, ext. 4000", NULL,
                                  session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  leave (fixture);
  session_fixture_sign_in (fixture, "bob");
  session_fixture_sync_now (fixture);
  way_session_load_setting_async (fixture->session, WAY_SETTING_INCIDENT_ROUTE, NULL,
                                  session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (way_row_get_text (row, "value"), ==, "Incident form on the intranet, ext. 4000");
  leave (fixture);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SessionFixture, NULL, set_up, test, session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/voices/sorting", test_sorting);
  ADD ("/session/voices/publishing", test_publishing);
  ADD ("/session/voices/route", test_route);
  return g_test_run ();
}
