/* test-measure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-measure.h"
#include "session/way-round.h"

#include <math.h>

#define SEED 11

static char *waymarkctl;

static void
set (SessionFixture *fixture, const char *key, const char *value)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  session_fixture_add_draft (drafts, "setting",
                             &(WaySettingBody){ .key = (char *) key, .value = (char *) value });
  session_fixture_administer (fixture, drafts);
}

/* A synthetic trust where the rule about rapid answers holds. */
static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_set_up_demo (fixture, 60, SEED);
  set (fixture, WAY_SETTING_RAPID, "0.1");
}

/* To the end; returns how many questions it took. */
static guint
walk (SessionFixture *fixture, WayBaseline *baseline, guint every)
{
  guint n = 0;

  for (; !way_baseline_is_finished (baseline); n++)
    session_fixture_answer (fixture, baseline, n % every != 0, 12000);
  return n;
}

static GListModel *
load_results (SessionFixture *fixture)
{
  way_session_load_results_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

/* Too many answers too fast: the result is kept, counts nowhere, and another is offered.
 * Nobody with assistive technology is ever too fast. */
static void
test_rapid (SessionFixture *fixture, gconstpointer data)
{
  WayBaseline *baseline;
  guint n = 0;

  session_fixture_sign_in (fixture, fixture->learner);
  session_fixture_sync_now (fixture);
  baseline = session_fixture_open_baseline (fixture);
  for (; !way_baseline_is_finished (baseline); n++)
    session_fixture_answer (fixture, baseline, n % 3 != 0, n % 4 == 1 ? 200 : 12000);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  {
    g_autoptr (GListModel) results = load_results (fixture);
    g_autoptr (GListModel) offers = NULL;
    g_autoptr (GListModel) findings = NULL;
    g_autoptr (WayRow) row = g_list_model_get_item (results, 0);
    g_autoptr (WayRow) offer = NULL;

    g_assert_cmpuint (g_list_model_get_n_items (results), ==, 1);
    g_assert_cmpint (way_row_get_int (row, "reported"), ==, 0);
    g_assert_cmpint (way_row_get_int (row, "rapid"), ==, (n + 2) / 4);
    g_assert_cmpfloat_with_epsilon (way_row_get_number (row, "effort"),
                                    1 - (double) ((n + 2) / 4) / n, 1e-12);
    way_session_load_findings_async (fixture->session, NULL, session_fixture_got_cb, fixture);
    findings = session_fixture_listed (fixture);
    g_assert_cmpuint (g_list_model_get_n_items (findings), ==, 0);
    way_session_load_offers_async (fixture->session, NULL, session_fixture_got_cb, fixture);
    offers = session_fixture_listed (fixture);
    offer = g_list_model_get_item (offers, 0);
    g_assert_cmpstr (way_row_get_text (offer, "what"), ==, "baseline");
    g_assert_cmpstr (way_row_get_text (offer, "why"), ==, "effort");
    session_fixture_assert_replays (fixture, waymarkctl, way_row_get_text (row, "attempt"));
  }

  way_session_save_about_me_async (fixture->session, "assistive", "yes", NULL,
                                   session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  baseline = session_fixture_open_baseline (fixture);
  for (n = 0; !way_baseline_is_finished (baseline); n++)
    session_fixture_answer (fixture, baseline, n % 3 != 0, 200);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  {
    g_autoptr (GListModel) results = load_results (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (results, 0);

    g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);
    g_assert_cmpint (way_row_get_int (row, "reported"), ==, 1);
    g_assert_cmpint (way_row_get_int (row, "rapid"), ==, 0);
    session_fixture_assert_replays (fixture, waymarkctl, way_row_get_text (row, "attempt"));
  }
}

/* A re-check asks six to eight questions of one capability, starts from what was found, and
 * the change is told with its uncertainty. The earlier result stays. */
static void
test_recheck (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (GListModel) findings = NULL;
  g_autoptr (GAsyncResult) early = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (WayRow) other = NULL;
  g_autoptr (WayRow) sitting = NULL;
  WayBaseline *baseline;
  const WayCapability *first;
  double change;
  double sd;
  guint n;

  session_fixture_sign_in (fixture, fixture->learner);
  first = way_pack_get_capabilities (way_session_get_pack (fixture->session))->pdata[0];
  way_session_open_recheck_async (fixture->session, first->id, NULL, session_fixture_got_cb,
                                  fixture);
  early = session_fixture_wait (fixture);
  g_assert_null (way_session_open_baseline_finish (fixture->session, early, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED);

  baseline = session_fixture_open_baseline (fixture);
  walk (fixture, baseline, 2);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  way_session_open_recheck_async (fixture->session, first->id, NULL, session_fixture_got_cb,
                                  fixture);
  baseline = session_fixture_opened (fixture);
  for (n = 0; !way_baseline_is_finished (baseline); n++)
    {
      g_assert_cmpstr (way_baseline_get_capability_name (baseline), ==, first->short_name);
      session_fixture_answer (fixture, baseline, TRUE, 12000);
      if (n == 2)
        {
          /* Left and opened again, it goes on. */
          session_fixture_drop (baseline);
          way_session_open_recheck_async (fixture->session, first->id, NULL, session_fixture_got_cb,
                                          fixture);
          baseline = session_fixture_opened (fixture);
          g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, 4);
        }
    }
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  g_assert_cmpuint (n, >=, 6);
  g_assert_cmpuint (n, <=, 8);

  results = load_results (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);
  sitting = g_list_model_get_item (results, 0);
  g_assert_cmpstr (way_row_get_text (sitting, "type"), ==, "recheck");
  g_assert_cmpstr (way_row_get_text (sitting, "capability"), ==, first->id);
  session_fixture_assert_replays (fixture, waymarkctl, way_row_get_text (sitting, "attempt"));

  way_session_load_findings_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  findings = session_fixture_listed (fixture);
  row = session_fixture_find_row (findings, "capability", first->id);
  other = g_list_model_get_item (findings, 1);
  g_assert_true (way_row_has (row, "before_at"));
  g_assert_false (way_row_has (other, "before_at"));
  change = way_row_get_number (row, "mean") - way_row_get_number (row, "before_mean");
  sd = hypot (way_row_get_number (row, "sd"), way_row_get_number (row, "before_sd"));
  g_assert_cmpfloat (change, >, 0);
  g_assert_cmpfloat_with_epsilon (way_row_get_number (row, "change"), change, 1e-12);
  g_assert_cmpfloat_with_epsilon (way_row_get_number (row, "change_sd"), sd, 1e-12);
  g_assert_cmpfloat_with_epsilon (way_row_get_number (row, "z"), change / sd, 1e-12);
  g_assert_cmpint (way_row_get_int (row, "reliable"), ==, change / sd >= 1.6448536);
}

static char *
query (SessionFixture *fixture, const char *sql, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore)
      store = way_store_open_device_read_only (fixture->session->store_path, &error);
  const char *values[] = { value, NULL };
  g_autoptr (GListStore) rows = NULL;
  g_autoptr (WayRow) row = NULL;
  char *text;

  g_assert_no_error (error);
  rows = way_row_query (way_store_get_db (store), sql, values, &error);
  g_assert_no_error (error);
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  text = g_strdup (row != NULL ? way_row_get_nth (row, 0) : NULL);
  way_store_close (store);
  return text;
}

/* Whether the answers hang together is asked of the log, and yes or no is a sitting. */
static void
test_yes_no (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRow) row = NULL;
  WayBaseline *baseline;
  gboolean is_flagged;
  double p;
  guint n;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_open_yes_no_async (fixture->session, "B", 2, NULL, session_fixture_got_cb, fixture);
  baseline = session_fixture_opened (fixture);
  for (n = 0; !way_baseline_is_finished (baseline); n++)
    session_fixture_answer (fixture, baseline, FALSE, 12000);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  g_assert_cmpuint (n, >=, 5);
  results = load_results (fixture);
  row = g_list_model_get_item (results, 0);
  g_assert_cmpstr (way_row_get_text (row, "type"), ==, "yes-no");
  g_assert_cmpint (way_row_get_int (row, "level"), ==, 2);
  {
    g_autofree char *standing = query (fixture,
                                       "SELECT body->>'standing' FROM live "
                                       "WHERE kind = 'estimate' "
                                       "AND body->>'attempt' = CAST($1 AS text)",
                                       way_row_get_text (row, "attempt"));

    /* A bank with few items leaves it open, and that is said. */
    g_assert_cmpstr (standing, ==,
                     g_str_equal (way_row_get_text (row, "how"), "decided") ? "not-yet"
                                                                            : "not-sure");
  }
  session_fixture_assert_replays (fixture, waymarkctl, way_row_get_text (row, "attempt"));

  way_session_check_fit_async (fixture->session, way_row_get_text (row, "attempt"), NULL,
                               session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_session_check_fit_finish (fixture->session, result, &p, &is_flagged, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (p, >, .01);
  g_assert_false (is_flagged);
}

/* Openers, which nearly everybody knows, wrong and all that is harder right: that is said to
 * the person alone, and nothing of it is written down. */
static void
test_pattern (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  WayBaseline *baseline;
  gboolean is_flagged;
  double p;

  session_fixture_sign_in (fixture, fixture->learner);
  way_session_open_baseline_async (fixture->session, WAY_DEPTH_CLOSER, NULL, session_fixture_got_cb,
                                   fixture);
  baseline = session_fixture_opened (fixture);
  for (guint n = 0; !way_baseline_is_finished (baseline); n++)
    session_fixture_answer (fixture, baseline, n >= 7, 12000);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  results = load_results (fixture);
  row = g_list_model_get_item (results, 0);
  before = query (fixture, "SELECT count(*) FROM live WHERE kind <> CAST($1 AS text)", "");
  way_session_check_fit_async (fixture->session, way_row_get_text (row, "attempt"), NULL,
                               session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_true (way_session_check_fit_finish (fixture->session, result, &p, &is_flagged, &error));
  g_assert_no_error (error);
  g_test_message ("p %.4f", p);
  g_assert_cmpfloat (p, <, .01);
  g_assert_true (is_flagged);
  after = query (fixture, "SELECT count(*) FROM live WHERE kind <> CAST($1 AS text)", "");
  g_assert_cmpstr (after, ==, before);
}

static void
publish (SessionFixture *fixture, const char *version, double shift)
{
  GPtrArray *items = way_pack_get_baseline (way_session_get_pack (fixture->session));
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  for (guint i = 0; i < items->len; i++)
    {
      const WayBaselineItem *item = items->pdata[i];

      session_fixture_add_draft (drafts, "item_parameter",
                                 &(WayItemParameterBody){
                                     .pack = (char *) way_pack_get_id (
                                         way_session_get_pack (fixture->session)),
                                     .item = item->id,
                                     .version = (char *) version,
                                     .a = 1.3,
                                     .b = item->level - 2.5 + shift,
                                     .d = 1,
                                     .sd = .2,
                                     .of = items->len,
                                     .seconds = 30,
                                     .exposure = i % 10 == 0 ? .9 : .05 });
    }
  session_fixture_administer (fixture, drafts);
}

/* A sitting takes the newest published parameters and keeps their version; what was found
 * by older ones comes out again with those, for ever. */
static void
test_versions (SessionFixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "author-", "calibrated-1", "calibrated-2" };
  g_autoptr (GListModel) results = NULL;

  session_fixture_sign_in (fixture, fixture->learner);
  for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
    {
      WayBaseline *baseline;

      if (k > 0)
        publish (fixture, wanted[k], .1 * k);
      session_fixture_sync_now (fixture);
      baseline = session_fixture_open_baseline (fixture);
      walk (fixture, baseline, 3);
      session_fixture_settle (fixture);
      session_fixture_drop (baseline);
    }
  results = load_results (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, G_N_ELEMENTS (wanted));
  for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (results, G_N_ELEMENTS (wanted) - 1 - k);
      const char *attempt = way_row_get_text (row, "attempt");
      g_autofree char *exposed = query (fixture,
                                        "SELECT body->>'exposed' FROM live "
                                        "WHERE id = CAST($1 AS text)",
                                        attempt);
      g_autofree char *left_out = query (
          fixture,
          "SELECT sum (CAST(body->>'exposed' AS integer)) FROM live WHERE kind = 'selection' "
          "AND body->>'attempt' = CAST($1 AS text)",
          attempt);
      g_autofree char *provisional = query (
          fixture,
          "SELECT max (CAST(body->>'provisional' AS integer)) FROM live WHERE kind = 'estimate' "
          "AND body->>'attempt' = CAST($1 AS text)",
          attempt);

      g_assert_true (g_str_has_prefix (way_row_get_text (row, "parameters"), wanted[k]));
      /* From the first sitting on: by the shares of the pack, until exposure is published. */
      g_assert_true (exposed != NULL && *exposed != '\0');
      g_assert_cmpint (atoi (left_out), >, 0);
      g_assert_cmpstr (provisional, ==, k > 0 ? "0" : "1");
      session_fixture_assert_replays (fixture, waymarkctl, attempt);
    }
}

/* Gone on with at two desktops that do not know of each other: all answers are kept, the end
 * with the smaller (time, id) counts, the other is superseded, and both come out again. */
static void
test_two_desktops (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *first_stores = g_steal_pointer (&fixture->stores);
  WaySession *first;
  WayBaseline *here;
  WayBaseline *there;
  guint n = 4;

  session_fixture_sign_in (fixture, fixture->learner);
  here = session_fixture_open_baseline (fixture);
  for (guint i = 0; i < n; i++)
    session_fixture_answer (fixture, here, i % 2 == 0, 12000);
  session_fixture_sync_now (fixture);
  way_session_set_work_offline (fixture->session, TRUE);
  session_fixture_settle (fixture);

  first = fixture->session;
  fixture->stores = g_build_filename (fixture->folder, "second", NULL);
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, fixture->learner);
  there = session_fixture_open_baseline (fixture);
  g_assert_cmpuint (way_baseline_get_ordinal (there), ==, n + 1);
  way_session_set_work_offline (fixture->session, TRUE);
  walk (fixture, there, 3);
  session_fixture_settle (fixture);
  session_fixture_drop (there);
  {
    WaySession *second = fixture->session;

    fixture->session = first;
    walk (fixture, here, 2);
    session_fixture_settle (fixture);
    session_fixture_drop (here);
    way_session_set_work_offline (first, FALSE);
    session_fixture_sync_now (fixture);
    fixture->session = second;
  }
  way_session_set_work_offline (fixture->session, FALSE);
  session_fixture_sync_now (fixture);
  session_fixture_sync_now (fixture);
  {
    g_autoptr (GListModel) results = load_results (fixture);
    guint n_superseded = 0;

    g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);
    for (guint i = 0; i < 2; i++)
      {
        g_autoptr (WayRow) row = g_list_model_get_item (results, i);
        gboolean is_superseded = way_row_get_int (row, "superseded") != 0;

        n_superseded += is_superseded;
        /* The newest first: what ended first counts. */
        g_assert_cmpint (is_superseded, ==, i == 0);
        session_fixture_assert_replays (fixture, waymarkctl, way_row_get_text (row, "attempt"));
      }
    g_assert_cmpuint (n_superseded, ==, 1);
  }
  session_fixture_settle (fixture);
  session_fixture_drop (fixture->session);
  fixture->session = first;
  g_free (fixture->stores);
  fixture->stores = g_steal_pointer (&first_stores);
}

/* Two minutes to stay sharp: what is wrong comes again sooner, and no level is touched. */
static void
test_round (SessionFixture *fixture, gconstpointer data)
{
  const WayModule *module;
  gint64 due[2];

  session_fixture_sign_in (fixture, fixture->learner);
  module = way_pack_get_modules (way_session_get_pack (fixture->session))->pdata[0];
  for (guint k = 0; k < 2; k++)
    {
      const WayOutcome *skill = module->outcomes->pdata[k];
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      WayPaper *round;
      guint n;

      way_session_open_round_async (fixture->session, module->id, skill->id, NULL,
                                    session_fixture_got_cb, fixture);
      result = session_fixture_wait (fixture);
      round = way_session_open_round_finish (fixture->session, result, &error);
      g_assert_no_error (error);
      g_clear_object (&result);
      n = way_paper_get_n_questions (round);
      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, <=, 3);
      while (way_paper_get_question (round) != NULL)
        {
          g_autoptr (GHashTable)
              responses = k == 0 ? way_scoring_dup_correct (way_paper_get_question (round))
                                 : way_responses_new ();
          g_autoptr (GAsyncResult) saved = NULL;
          WayScore *score;

          way_paper_answer_async (round, responses, 4000, NULL, session_fixture_got_cb, fixture);
          saved = session_fixture_wait (fixture);
          score = way_paper_answer_finish (round, saved, &error);
          g_assert_no_error (error);
          g_assert_cmpint (score->is_correct, ==, k == 0);
          way_score_free (score);
          way_paper_next_question (round);
        }
      g_assert_true (way_paper_is_finished (round));
      g_assert_cmpuint (way_paper_get_n_right (round), ==, k == 0 ? n : 0);
      due[k] = way_paper_get_next_due (round);
      g_assert_cmpint (due[k], >, g_get_real_time ());
      session_fixture_settle (fixture);
      session_fixture_drop (round);
    }
  g_assert_cmpint (due[1], <, due[0]);
  {
    g_autoptr (GListModel) now = NULL;
    g_autoptr (GListModel) all = NULL;
    g_autoptr (GListModel) results = load_results (fixture);
    g_autoptr (WayRow) row = NULL;
    g_autofree char *progress = query (fixture,
                                       "SELECT count(*) FROM progress "
                                       "WHERE person <> CAST($1 AS text)",
                                       "");

    way_session_load_refreshers_async (fixture->session, FALSE, NULL, session_fixture_got_cb,
                                       fixture);
    now = session_fixture_listed (fixture);
    g_assert_cmpuint (g_list_model_get_n_items (now), ==, 0);
    way_session_load_refreshers_async (fixture->session, TRUE, NULL, session_fixture_got_cb,
                                       fixture);
    all = session_fixture_listed (fixture);
    g_assert_cmpuint (g_list_model_get_n_items (all), ==, 2);
    row = g_list_model_get_item (all, 0);
    g_assert_cmpstr (way_row_get_text (row, "skill"), ==,
                     ((const WayOutcome *) module->outcomes->pdata[1])->id);
    g_assert_cmpint (way_row_get_int (row, "due"), ==, due[1]);
    g_assert_cmpint (way_row_get_int (row, "minutes"), ==, 2);
    g_assert_cmpuint (g_list_model_get_n_items (results), ==, 0);
    g_assert_cmpstr (progress, ==, "0");
  }
}

/* What gets in the way and About me: known answers only, taken back, and no row of it goes
 * to anybody. */
static void
test_about (SessionFixture *fixture, gconstpointer data)
{
  static const char *const chosen[] = { "time", "help", NULL };
  static const char *const wrong[] = { "time", "no such", NULL };
  g_autoptr (GListModel) said = NULL;
  g_autofree char *all = NULL;
  g_autofree char *apply = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) unknown = NULL;
  g_autoptr (WayRow) row = NULL;
  guint n_barriers;

  way_barrier_list (&n_barriers);
  session_fixture_sign_in (fixture, fixture->learner);
  way_session_save_barriers_async (fixture->session, wrong, NULL, session_fixture_got_cb, fixture);
  refused = session_fixture_wait (fixture);
  g_assert_false (way_session_write_finish (fixture->session, refused, NULL, NULL));
  way_session_save_barriers_async (fixture->session, chosen, NULL, session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  all = query (fixture, "SELECT count(*) FROM live WHERE kind = CAST($1 AS text)", "barrier");
  g_assert_cmpint (g_ascii_strtoll (all, NULL, 10), ==, n_barriers);
  apply = query (fixture,
                 "SELECT count(*) FROM live WHERE kind = CAST($1 AS text) "
                 "AND body ->> 'value' = 1 AND body ->> 'barrier' IN ('time', 'help')",
                 "barrier");
  g_assert_cmpstr (apply, ==, "2");

  way_session_save_about_me_async (fixture->session, "age", "seventeen", NULL,
                                   session_fixture_got_cb, fixture);
  unknown = session_fixture_wait (fixture);
  g_assert_false (way_session_write_finish (fixture->session, unknown, NULL, NULL));
  way_session_save_about_me_async (fixture->session, "age", "45-59", NULL, session_fixture_got_cb,
                                   fixture);
  g_free (session_fixture_wrote (fixture));
  way_session_save_about_me_async (fixture->session, "english", "yes", NULL, session_fixture_got_cb,
                                   fixture);
  g_free (session_fixture_wrote (fixture));
  way_session_save_about_me_async (fixture->session, "english", "", NULL, session_fixture_got_cb,
                                   fixture);
  g_free (session_fixture_wrote (fixture));
  way_session_load_about_me_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  said = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (said), ==, 1);
  row = g_list_model_get_item (said, 0);
  g_assert_cmpstr (way_row_get_text (row, "key"), ==, "age");
  g_assert_cmpstr (way_row_get_text (row, "value"), ==, "45-59");
}

static void
say_about_me (SessionFixture *fixture, const char *key, const char *value)
{
  way_session_save_about_me_async (fixture->session, key, value, NULL, session_fixture_got_cb,
                                   fixture);
  g_free (session_fixture_wrote (fixture));
}

/* How long a sitting may take that begins now. */
static guint
get_minutes (SessionFixture *fixture)
{
  WaySkills *skills = session_fixture_load_skills (fixture);
  guint minutes = skills->minutes;

  way_skills_free (skills);
  return minutes;
}

/* A time limit ends a sitting by the time on the questions; what the trust sets besides goes
 * into the attempt, so that it comes out again after the setting has changed. */
static void
test_policy (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (WayRow) row = NULL;
  WayBaseline *baseline;
  guint n = 0;

  set (fixture, WAY_SETTING_MINUTES, "1");
  set (fixture, WAY_SETTING_RHO, "0.7");
  set (fixture, WAY_SETTING_CUTS, "-0.9 0.1 1.2");
  session_fixture_sign_in (fixture, fixture->learner);
  session_fixture_sync_now (fixture);
  /* It is said before; and there is none for those who need longer. */
  g_assert_cmpuint (get_minutes (fixture), ==, 1);
  say_about_me (fixture, "extra_time", "yes");
  g_assert_cmpuint (get_minutes (fixture), ==, 0);
  say_about_me (fixture, "extra_time", "");
  g_assert_cmpuint (get_minutes (fixture), ==, 1);
  baseline = session_fixture_open_baseline (fixture);
  g_assert_cmpint (way_baseline_get_limit_ms (baseline), ==, 60000);
  for (; !way_baseline_is_finished (baseline); n++)
    {
      g_assert_cmpint (way_baseline_get_spent_ms (baseline), ==, n * 16000);
      g_assert_cmpint (way_baseline_get_stop (baseline), ==, WAY_STOP_NONE);
      session_fixture_answer (fixture, baseline, n % 2 == 0, 16000);
    }
  g_assert_cmpint (way_baseline_get_stop (baseline), ==, WAY_STOP_TIME);
  session_fixture_settle (fixture);
  session_fixture_drop (baseline);
  g_assert_cmpuint (n, ==, 4);
  set (fixture, WAY_SETTING_MINUTES, "0");
  set (fixture, WAY_SETTING_RHO, "0.5");
  set (fixture, WAY_SETTING_CUTS, "-1 0 1");
  session_fixture_sync_now (fixture);
  results = load_results (fixture);
  row = g_list_model_get_item (results, 0);
  g_assert_cmpstr (way_row_get_text (row, "how"), ==, "time");
  session_fixture_assert_replays (fixture, waymarkctl, way_row_get_text (row, "attempt"));
}

#define ADD(path, function)                                                                        \
  g_test_add (path, SessionFixture, NULL, set_up, function, session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc < 2)
    {
      g_printerr ("Usage: %s WAYMARKCTL\n", argv[0]);
      return 2;
    }
  waymarkctl = argv[1];

  ADD ("/session/measure/rapid", test_rapid);
  ADD ("/session/measure/recheck", test_recheck);
  ADD ("/session/measure/yes-no", test_yes_no);
  ADD ("/session/measure/pattern", test_pattern);
  ADD ("/session/measure/versions", test_versions);
  ADD ("/session/measure/two-desktops", test_two_desktops);
  ADD ("/session/measure/round", test_round);
  ADD ("/session/measure/about", test_about);
  ADD ("/session/measure/policy", test_policy);

  return g_test_run ();
}
