/* test-pulse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "record/way-pathway.h"
#include "session/way-initiatives.h"

/* A question or two of the lead, dot, to some of the staff, and what is told of the answers. */

static WayRow *
load_pulse (SessionFixture *fixture)
{
  g_autoptr (GListModel) rows = NULL;

  way_session_load_pulse_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  return g_list_model_get_item (rows, 0);
}

/* Everybody is drawn here. Both questions are asked one after the other; a second pulse that opens
 * at the same time asks nobody who was asked; of fewer than eight nothing is told. */
static void
test_pulse (SessionFixture *fixture, gconstpointer data)
{
  const WayKind *kind = way_kind_find ("pulse");
  gint64 now = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *count = NULL;
  g_autofree char *pulse = NULL;

  session_fixture_sign_in (fixture, "dot");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
      WayPulseBody *body = way_kind_new (kind);
      g_autofree char *id = NULL;

      body->question = g_strdup (i == 0 ? "First?" : "Later?");
      body->question2 = g_strdup ("Second?");
      body->opens = now - (gint64) G_TIME_SPAN_HOUR * (2 - i);
      body->closes = now + G_TIME_SPAN_DAY;
      g_ptr_array_add (bodies, body);
      way_session_write_pulses_async (fixture->session, bodies, "w1", NULL, NULL,
                                      session_fixture_got_cb, fixture);
      id = session_fixture_wrote (fixture);
      if (i == 0)
        pulse = g_steal_pointer (&id);
      way_kind_free (kind, body);
    }
  session_fixture_sync_now (fixture);
  /* She is of no ward. */
  g_assert_null (load_pulse (fixture));
  session_fixture_leave (fixture);

  for (guint who = 0; who < 2; who++)
    {
      session_fixture_sign_in (fixture, who == 0 ? "ann" : "bob");
      session_fixture_sync_now (fixture);
      for (int q = 1; q <= 2; q++)
        {
          g_autoptr (WayRow) row = load_pulse (fixture);
          g_autofree char *id = NULL;

          g_assert_nonnull (row);
          g_assert_cmpstr (way_row_get_text (row, "pulse"), ==, pulse);
          g_assert_cmpint (way_row_get_int (row, "number"), ==, q);
          g_assert_cmpint (way_row_get_int (row, "of"), ==, 2);
          g_assert_cmpstr (way_row_get_text (row, "question"), ==, q == 1 ? "First?" : "Second?");
          /* Bob skips the second. */
          way_session_answer_pulse_async (fixture->session, pulse, q, who == 1 && q == 2 ? 0 : 5,
                                          NULL, session_fixture_got_cb, fixture);
          id = session_fixture_wrote (fixture);
        }
      g_assert_null (load_pulse (fixture));
      session_fixture_sync_now (fixture);
      session_fixture_leave (fixture);
    }
  count = session_fixture_ask_trust (fixture,
                                     "SELECT group_concat (question || ':' || value || ':' "
                                     "|| people || ':' || answered, ' ') FROM "
                                     "(SELECT * FROM pulse_count ORDER BY question, "
                                     "value)");
  g_assert_cmpstr (count, ==, "1:5:2:2 2:0:1:1 2:5:1:1");

  session_fixture_sign_in (fixture, "dot");
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GListModel) results = NULL;
      g_autoptr (WayRow) row = NULL;

      way_session_load_pulse_results_async (fixture->session, NULL, session_fixture_got_cb,
                                            fixture);
      results = session_fixture_listed (fixture);
      /* Two questions of two pulses, and three of a pathway. */
      g_assert_cmpuint (g_list_model_get_n_items (results), ==, 7);
      row = g_list_model_get_item (results, 0);
      g_assert_cmpstr (way_row_get_text (row, "question"), ==, "First?");
      if (round == 0)
        {
          g_assert_cmpint (way_row_get_int (row, "asked"), ==, 3);
          g_assert_cmpint (way_row_get_int (row, "answered"), ==, 0);
        }
      else
        {
          g_assert_cmpint (way_row_get_int (row, "asked"), ==, 10);
          g_assert_cmpint (way_row_get_int (row, "answered"), ==, 9);
          g_assert_cmpint (way_row_get_int (row, "high"), ==, 9);
          g_assert_cmpfloat (way_row_get_number (row, "low_share"), >, 0.6);
          g_assert_cmpfloat (way_row_get_number (row, "high_share"), ==, 1);
        }
      /* Seven more of the ward. */
      for (guint i = 0; round == 0 && i < 7; i++)
        {
          g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
          g_autofree char *person = g_strdup_printf ("x%u", i);
          g_autofree char *said = g_strdup_printf ("{'pulse':'%s','value':4,'question':1}", pulse);

          g_assert_no_error (error);
          session_fixture_add_person (trust, person, "nursing", "w1");
          session_fixture_add (trust, person, "pulse_answer", said);
          way_store_close (trust);
        }
    }
  session_fixture_leave (fixture);
}

/* Of two of three wards nurses are asked, and nobody else. */
static void
test_pulse_places (SessionFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *person;
    const char *group;
    const char *ward;
    gboolean is_asked;
  } cases[] = {
    { "n1", "nursing", "w1", TRUE },  { "n2", "nursing", "w2", TRUE },
    { "n3", "nursing", "w3", FALSE }, { "m1", "medical", "w1", FALSE },
    { "m2", "medical", "w3", FALSE },
  };
  const WayKind *kind = way_kind_find ("pulse");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  g_autoptr (GListModel) results = NULL;
  g_autoptr (WayRow) result = NULL;
  g_autofree char *id = NULL;
  WayPulseBody *body = way_kind_new (kind);

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "place", "{'place':'w2','code':'w2','name':'2','type':'ward'}");
  session_fixture_add (trust, NULL, "place", "{'place':'w3','code':'w3','name':'3','type':'ward'}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    session_fixture_add_person (trust, cases[i].person, cases[i].group, cases[i].ward);
  way_store_close (trust);

  session_fixture_sign_in (fixture, "dot");
  body->question = g_strdup ("Well?");
  body->opens = g_get_real_time () - (gint64) G_TIME_SPAN_HOUR;
  body->closes = g_get_real_time () + G_TIME_SPAN_DAY;
  g_ptr_array_add (bodies, body);
  way_session_write_pulses_async (fixture->session, bodies, "w1 w2", "nursing", NULL,
                                  session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  way_kind_free (kind, body);
  session_fixture_sync_now (fixture);
  way_session_load_pulse_results_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  results = session_fixture_listed (fixture);
  result = g_list_model_get_item (results, 0);
  /* Ann, Bob and Cat are nurses of the first ward. */
  g_assert_cmpint (way_row_get_int (result, "asked"), ==, 5);
  session_fixture_leave (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayRow) row = NULL;

      session_fixture_sign_in (fixture, cases[i].person);
      session_fixture_sync_now (fixture);
      row = load_pulse (fixture);
      if ((row != NULL) != cases[i].is_asked)
        g_error ("%s is asked: %d", cases[i].person, row != NULL);
      session_fixture_leave (fixture);
    }
}

/* Six weeks after the last module of the pathway, for two weeks: whether it has saved time, whether
 * a skill was passed on, whether it was used with patients. */
static void
test_pathway (SessionFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *person;
    int days; /* since the last module, the longest first */
    gboolean is_asked;
  } cases[] = { { "p1", 57, FALSE }, { "p2", 43, TRUE }, { "p3", 41, FALSE } };
  WayPack *pack = way_session_get_pack (fixture->session);
  GPtrArray *modules = way_pathway_list_modules (pack, "nursing");
  gint64 now = g_get_real_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

      session_fixture_add_person (trust, cases[i].person, "nursing", NULL);
      for (guint m = 0; m < modules->len; m++)
        {
          g_autofree char *done = g_strdup_printf ("{\"outcome\":\"\",\"type\":\"paper\","
                                                   "\"module\":\"%s\"}",
                                                   (char *) g_ptr_array_index (modules, m));
          WayEvent *draft = way_event_new ("evidence", 1, done);

          draft->subject = g_strdup (cases[i].person);
          draft->at = draft->received = now - cases[i].days * G_TIME_SPAN_DAY + m;
          g_ptr_array_add (drafts, draft);
        }
      way_store_append_as (trust, "cat", drafts, &error);
      g_assert_no_error (error);
    }
  way_store_close (trust);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = 0;

      session_fixture_sign_in (fixture, cases[i].person);
      session_fixture_sync_now (fixture);
      for (;;)
        {
          g_autoptr (WayRow) row = load_pulse (fixture);
          g_autofree char *id = NULL;

          if (row == NULL)
            break;
          g_assert_cmpstr (way_row_get_text (row, "pulse"), ==, WAY_PULSE_PATHWAY);
          g_assert_cmpint (way_row_get_int (row, "number"), ==, ++n);
          g_assert_cmpint (way_row_get_int (row, "of"), ==, 3);
          way_session_answer_pulse_async (fixture->session, WAY_PULSE_PATHWAY, (int) n, 4, NULL,
                                          session_fixture_got_cb, fixture);
          id = session_fixture_wrote (fixture);
        }
      g_assert_cmpuint (n, ==, cases[i].is_asked ? 3 : 0);
      session_fixture_leave (fixture);
    }
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up_lead, test,                       \
              session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/pulse/everybody", test_pulse);
  ADD ("/session/pulse/places", test_pulse_places);
  ADD ("/session/pulse/pathway", test_pathway);
  return g_test_run ();
}
