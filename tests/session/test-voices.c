/* test-voices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "../report/pdf-read.h"
#include "session-fixture.h"

#include "session/way-initiatives.h"
#include "session/way-voices.h"
#include <string.h>

/* What people said, from a lead's sorting to what everybody reads. Ann says something, Bob says the
 * same, Dot is a lead. */

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  session_fixture_set_up_lead (fixture, data);
  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (trust, "ann", "feedback",
                       "{'type':'idea','text':'Shorter log-in','page':'today'}");
  session_fixture_add (trust, "bob", "feedback",
                       "{'type':'problem','text':'The log-in is long','page':'today'}");
  way_store_close (trust);
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
  g_assert_cmpuint (sorted->len, ==, 2);
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
  session_fixture_leave (fixture);
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

static void
assert_test_told (SessionFixture *fixture, const char *result)
{
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autofree char *id = NULL;

  way_session_load_tests_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  if (result == NULL)
    {
      g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 0);
      return;
    }
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (way_row_get_text (row, "aim"), ==, "Whether badges are quicker");
  g_assert_cmpstr (way_row_get_text (row, "result"), ==, result);
  way_session_put_away_async (fixture->session, way_row_get_text (row, "key"), NULL,
                              session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
}

static void
try (SessionFixture *fixture, char *id, const char *result)
{
  const WayTrialBody test = { .feedback = id,
                              .text = (char *) "Whether badges are quicker",
                              .measure = (char *) "Seconds to log in",
                              .result = (char *) result };
  g_autofree char *trial = NULL;

  way_session_try_async (fixture->session, &test, NULL, session_fixture_got_cb, fixture);
  trial = session_fixture_wrote (fixture);
}

/* Whoever supports something is told on Today that its test has begun, and once more what came of
 * it, until they put that away; nobody else is. */
static void
test_test (SessionFixture *fixture, gconstpointer data)
{
  const WayKind *kind = way_kind_find ("published");
  WayPublishedBody *body = way_kind_new (kind);
  g_autofree char *id = NULL;
  g_autofree char *vote = NULL;

  body->type = g_strdup ("idea");
  body->said = g_strdup ("Logging in takes long.");
  body->state = g_strdup ("open");
  session_fixture_sign_in (fixture, "dot");
  way_session_publish_voice_async (fixture->session, body, NULL, NULL, session_fixture_got_cb,
                                   fixture);
  id = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);
  way_kind_free (kind, body);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  way_session_support_async (fixture->session, id, TRUE, NULL, session_fixture_got_cb, fixture);
  vote = session_fixture_wrote (fixture);
  assert_test_told (fixture, NULL);
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);
  for (guint round = 0; round < 2; round++)
    {
      const char *result = round == 0 ? NULL : "They are, by half a minute.";

      session_fixture_sign_in (fixture, "dot");
      session_fixture_sync_now (fixture);
      try (fixture, id, result);
      session_fixture_sync_now (fixture);
      assert_test_told (fixture, NULL);
      session_fixture_leave (fixture);
      session_fixture_sign_in (fixture, "ann");
      session_fixture_sync_now (fixture);
      assert_test_told (fixture, result != NULL ? result : "");
      assert_test_told (fixture, NULL);
      session_fixture_sync_now (fixture);
      session_fixture_leave (fixture);
    }
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
  session_fixture_leave (fixture);

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
  session_fixture_leave (fixture);

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
  session_fixture_leave (fixture);
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
  session_fixture_leave (fixture);
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
  session_fixture_leave (fixture);
  session_fixture_sign_in (fixture, "bob");
  session_fixture_sync_now (fixture);
  way_session_load_setting_async (fixture->session, WAY_SETTING_INCIDENT_ROUTE, NULL,
                                  session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (way_row_get_text (row, "value"), ==, "Incident form on the intranet, ext. 4000");
  session_fixture_leave (fixture);
}

/* What the trust takes in of others about somebody. */
static void
take_in (SessionFixture *fixture,
         const char *kind,
         const char *person,
         const char *unit,
         const char *body)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autoptr (GString) text = g_string_new (body);
  WayEvent *draft;

  g_assert_no_error (error);
  g_string_replace (text, "'", "\"", 0);
  draft = way_event_new (kind, 1, text->str);
  draft->subject = g_strdup (person);
  draft->unit = g_strdup (unit);
  g_ptr_array_add (drafts, draft);
  way_store_append_as (trust, NULL, drafts, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

static GListModel *
load_readiness (SessionFixture *fixture)
{
  way_session_load_readiness_async (fixture->session, "w1", "", "F1", "classroom", "2027-03-03",
                                    NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static void
assert_ready (
    SessionFixture *fixture, const char *part, int passed, int people, int unknown, int away)
{
  g_autoptr (GListModel) rows = load_readiness (fixture);
  g_autoptr (WayRow) row = session_fixture_find_row (rows, "module", part);

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  g_assert_cmpint (way_row_get_int (row, "passed"), ==, passed);
  g_assert_cmpint (way_row_get_int (row, "people"), ==, people);
  g_assert_cmpint (way_row_get_int (row, "unknown"), ==, unknown);
  g_assert_cmpint (way_row_get_int (row, "away"), ==, away);
  g_assert_cmpint (way_row_get_int (row, "touched"), ==, 3);
}

/* Each part apart, of those who work in the week of the day; without a rota, of everybody. */
static void
test_ready (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *said = NULL;
  g_autoptr (GListModel) rows = NULL;

  session_fixture_sign_in (fixture, "dot");
  assert_ready (fixture, "classroom", 0, 3, 3, 0);
  take_in (fixture, "evidence", "ann", NULL,
           "{'outcome':'','module':'classroom','type':'elsewhere','note':'List'}");
  assert_ready (fixture, "classroom", 1, 3, 3, 0);
  assert_ready (fixture, "", 0, 3, 3, 0);
  /* Another week says nothing. That of the day says who of the ward is there. */
  take_in (fixture, "rota", "ann", "w1", "{'week':'2027-03-08','shifts':'mon-early'}");
  assert_ready (fixture, "classroom", 1, 3, 3, 0);
  take_in (fixture, "rota", "ann", "w1", "{'week':'2027-03-01','shifts':'mon-early'}");
  assert_ready (fixture, "classroom", 1, 1, 0, 2);
  assert_ready (fixture, "F1", 0, 1, 0, 2);
  take_in (fixture, "evidence", "ann", NULL,
           "{'outcome':'','module':'F1','type':'elsewhere','note':'List'}");
  assert_ready (fixture, "F1", 1, 1, 0, 2);
  assert_ready (fixture, "", 1, 1, 0, 2);
  rows = load_readiness (fixture);
  said = way_initiative_describe_base (rows);
  g_assert_nonnull (strstr (said, "the 1 person who"));
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);
}

/* From a template to going live: each step has a name and a because, and the device has it all. */
static void
test_initiative (SessionFixture *fixture, gconstpointer data)
{
  static const char *const states[] = { "assessed", "agreed", "under-way", "live" };
  const WayKind *kind = way_kind_find ("initiative");
  g_autofree char *old = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GListModel) all = NULL;
  g_autoptr (GListModel) steps = NULL;
  g_autoptr (GListModel) readiness = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (WayRow) everybody = NULL;
  g_autoptr (WayDocument) sheet = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_sign_in (fixture, "dot");
  for (guint i = 0; i < 2; i++)
    {
      WayInitiativeBody *body = way_kind_new (kind);

      body->title = g_strdup (i == 0 ? "The old one" : "The new one");
      body->state = g_strdup ("proposed");
      body->template = g_strdup (old);
      body->why = g_strdup ("It was asked for");
      body->go_live = g_strdup (i == 0 ? "2026-05-01" : "2027-03-01");
      body->units = g_strdup ("w1");
      body->modules = g_strdup ("F1");
      way_session_write_initiative_async (fixture->session, body, NULL, session_fixture_got_cb,
                                          fixture);
      if (i == 0)
        old = session_fixture_wrote (fixture);
      else
        id = session_fixture_wrote (fixture);
      way_kind_free (kind, body);
    }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      WayInitiativeBody *body = way_kind_new (kind);
      g_autofree char *step = NULL;

      body->initiative = g_strdup (id);
      body->title = g_strdup ("The new one");
      body->state = g_strdup (states[i]);
      body->who = g_strdup ("The board");
      body->because = g_strdup_printf ("Reason %u", i);
      way_session_write_initiative_async (fixture->session, body, NULL, session_fixture_got_cb,
                                          fixture);
      step = session_fixture_wrote (fixture);
      way_kind_free (kind, body);
    }
  way_session_load_initiatives_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  all = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (all), ==, 2);
  row = session_fixture_find_row (all, "initiative", id);
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "live");
  g_assert_cmpstr (way_row_get_text (row, "template"), ==, old);
  g_assert_cmpstr (way_row_get_text (row, "go_live"), ==, "2027-03-01");
  way_session_load_initiative_steps_async (fixture->session, id, NULL, session_fixture_got_cb,
                                           fixture);
  steps = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 5);
  way_session_load_readiness_async (fixture->session, "w1", "", "F1", "classroom", "2027-03-03",
                                    NULL, session_fixture_got_cb, fixture);
  readiness = session_fixture_listed (fixture);
  everybody = session_fixture_find_row (readiness, "module", "");
  g_assert_cmpint (way_row_get_int (everybody, "people"), ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GListModel) of = NULL;
      g_autoptr (WayRow) them = NULL;

      way_session_load_readiness_async (fixture->session, "w1", i == 0 ? "nursing" : "medical",
                                        "F1", "", "", NULL, session_fixture_got_cb, fixture);
      of = session_fixture_listed (fixture);
      them = session_fixture_find_row (of, "module", "");
      g_assert_cmpint (way_row_get_int (them, "people"), ==, i == 0 ? 3 : 0);
    }
  sheet = way_initiative_make_sheet (fixture->session, row, readiness);
  pdf = way_document_make_pdf (sheet, NULL, NULL, &error);
  g_assert_no_error (error);
  words = pdf_read_words (pdf);
  assert_has (words, "Are we ready? The new one");
  assert_has (words, "It goes live on 1 March 2027.");
  assert_has (words, "It was asked for");
  assert_has (words, "As the trust’s database had it on ");
  assert_has (words, "Part Done People");
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);
}

static guint
count_notices (SessionFixture *fixture, char **id)
{
  g_autoptr (GListModel) rows = NULL;

  way_session_load_notices_async (fixture->session, TRUE, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  if (id != NULL && g_list_model_get_n_items (rows) > 0)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

      *id = g_strdup (way_row_get_text (row, "id"));
    }
  return g_list_model_get_n_items (rows);
}

/* A champion's notice reaches their ward from its day until it is over, or put away. */
static void
test_notice (SessionFixture *fixture, gconstpointer data)
{
  const WayKind *kind = way_kind_find ("notice");
  gint64 now = g_get_real_time ();
  g_autofree char *id = NULL;
  g_autofree char *away = NULL;
  g_autoptr (GListModel) places = NULL;
  static const struct
  {
    gint64 starts; /* hours from now */
    gint64 until;
  } times[] = { { -1, 1 }, { 1, 2 }, { -2, -1 } };

  session_fixture_sign_in (fixture, "cat");
  way_session_load_audiences_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  places = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (places), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      WayNoticeBody *body = way_kind_new (kind);
      g_autofree char *posted = NULL;

      body->title = g_strdup ("New desk");
      body->text = g_strdup ("It is in bay 2.");
      body->starts = now + times[i].starts * G_TIME_SPAN_HOUR;
      body->until = now + times[i].until * G_TIME_SPAN_HOUR;
      way_session_post_notice_async (fixture->session, body, "w1", NULL, session_fixture_got_cb,
                                     fixture);
      posted = session_fixture_wrote (fixture);
      way_kind_free (kind, body);
    }
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);
  session_fixture_sign_in (fixture, "dot");
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (count_notices (fixture, NULL), ==, 0);
  session_fixture_leave (fixture);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (count_notices (fixture, &id), ==, 1);
  way_session_put_away_async (fixture->session, id, NULL, session_fixture_got_cb, fixture);
  away = session_fixture_wrote (fixture);
  g_assert_cmpuint (count_notices (fixture, NULL), ==, 0);
  session_fixture_sync_now (fixture);
  session_fixture_leave (fixture);

  /* On another computer of hers it is put away too, and for nobody else. */
  session_fixture_drop_session (fixture);
  {
    g_autofree char *stores = g_build_filename (fixture->folder, "elsewhere", NULL);

    g_free (fixture->stores);
    fixture->stores = g_steal_pointer (&stores);
  }
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (count_notices (fixture, NULL), ==, 0);
  session_fixture_leave (fixture);
  session_fixture_sign_in (fixture, "bob");
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (count_notices (fixture, NULL), ==, 1);
  session_fixture_leave (fixture);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SessionFixture, NULL, set_up, test, session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/voices/sorting", test_sorting);
  ADD ("/session/voices/publishing", test_publishing);
  ADD ("/session/voices/test", test_test);
  ADD ("/session/voices/route", test_route);
  ADD ("/session/voices/initiative", test_initiative);
  ADD ("/session/voices/ready", test_ready);
  ADD ("/session/voices/notice", test_notice);
  return g_test_run ();
}
