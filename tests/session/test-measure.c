/* test-measure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"
#include "session/way-baseline.h"
#include "session/way-measure.h"
#include "session/way-round.h"
#include "session/way-session-private.h"

#include <glib/gstdio.h>
#include <math.h>

#define SEED 11

static char *waymarkctl;

/* A session without windows on a synthetic trust, where the rule about rapid answers holds. */
typedef struct
{
  char *folder;
  char *uri;
  char *stores;
  WaySession *session;
  GAsyncResult *result; /* (owned) of the call waited for */
  char *learner;
} Fixture;

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static WaySession *
new_session (Fixture *fixture)
{
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WaySession *session = way_session_new (pack, "en-GB", fixture->stores, &error);

  g_assert_no_error (error);
  return session;
}

static void
add_draft (GPtrArray *drafts, const char *kind, gconstpointer body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = way_kind_write (way_kind_find (kind), body, &error);

  g_assert_no_error (error);
  g_ptr_array_add (drafts, way_event_new (kind, way_kind_get_version (way_kind_find (kind)), json));
}

static void
administer (Fixture *fixture, GPtrArray *drafts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

  g_assert_no_error (error);
  way_store_append_as (trust, NULL, drafts, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

static void
set (Fixture *fixture, const char *key, const char *value)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  add_draft (drafts, "setting", &(WaySettingBody){ .key = (char *) key, .value = (char *) value });
  administer (fixture, drafts);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;

  fixture->folder = g_dir_make_tmp ("way-measure-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->stores = g_build_filename (fixture->folder, "stores", NULL);
  fixture->session = new_session (fixture);
  trust = way_store_create_trust (fixture->uri, "Test", "ZZ9", TRUE, &error);
  g_assert_no_error (error);
  way_demo_run (trust, way_session_get_pack (fixture->session), 60, SEED, g_get_real_time (),
                &error);
  g_assert_no_error (error);
  fixture->learner = way_db_dup_text (
      way_store_get_db (trust),
      "SELECT p.username FROM person p WHERE NOT EXISTS "
      "(SELECT 1 FROM attempt a WHERE a.person = p.person) AND NOT EXISTS "
      "(SELECT 1 FROM role o WHERE o.person = p.person) ORDER BY p.username LIMIT 1",
      &error);
  g_assert_no_error (error);
  way_store_close (trust);
  set (fixture, WAY_SETTING_RAPID, "0.1");
}

static void
settle (Fixture *fixture)
{
  gboolean is_syncing = FALSE;

  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_object_get (fixture->session, "is-syncing", &is_syncing, NULL);
      if (is_syncing)
        g_main_context_iteration (NULL, TRUE);
    }
  while (is_syncing || g_main_context_pending (NULL));
}

static void
drop (gpointer object)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  while (object != NULL && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_assert_null (object);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  settle (fixture);
  drop (fixture->session);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
  g_free (fixture->stores);
  g_free (fixture->learner);
}

static void
got_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&fixture->result);
}

static void
sign_in (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_sign_in_async (fixture->session, fixture->uri, fixture->learner, NULL, got_cb,
                             fixture);
  result = wait (fixture);
  way_session_sign_in_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static void
sync_now (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_session_sync_async (fixture->session, NULL, got_cb, fixture);
  result = wait (fixture);
  way_session_sync_finish (fixture->session, result, &error);
  g_assert_no_error (error);
}

static GListModel *
listed (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = wait (fixture);
  g_autoptr (GError) error = NULL;
  GListModel *rows = way_session_list_finish (fixture->session, result, &error);

  g_assert_no_error (error);
  return rows;
}

static void
wrote (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = wait (fixture);
  g_autoptr (GError) error = NULL;

  way_session_write_finish (fixture->session, result, NULL, &error);
  g_assert_no_error (error);
}

static WayBaseline *
opened (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = wait (fixture);
  g_autoptr (GError) error = NULL;
  WayBaseline *baseline = way_session_open_baseline_finish (fixture->session, result, &error);

  g_assert_no_error (error);
  return baseline;
}

static WayBaseline *
open_baseline (Fixture *fixture)
{
  way_session_open_baseline_async (fixture->session, WAY_DEPTH_SHORT, NULL, got_cb, fixture);
  return opened (fixture);
}

static void
answer (Fixture *fixture, WayBaseline *baseline, gboolean is_right, gint64 ms)
{
  g_autoptr (GHashTable)
      responses = is_right ? way_scoring_dup_correct (way_baseline_get_item (baseline)) : NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  way_baseline_answer_async (baseline, responses, ms, NULL, got_cb, fixture);
  result = wait (fixture);
  way_baseline_answer_finish (baseline, result, &error);
  g_assert_no_error (error);
}

/* To the end; returns how many questions it took. */
static guint
walk (Fixture *fixture, WayBaseline *baseline, guint every)
{
  guint n = 0;

  for (; !way_baseline_is_finished (baseline); n++)
    answer (fixture, baseline, n % every != 0, 9000);
  return n;
}

static GListModel *
load_results (Fixture *fixture)
{
  way_session_load_results_async (fixture->session, NULL, got_cb, fixture);
  return listed (fixture);
}

static WayRow *
find_row (GListModel *rows, const char *column, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (g_str_equal (way_row_get_text (row, column), text))
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* Every choice and result of a sitting comes out again to the last digit. */
static void
assert_replays (Fixture *fixture, const char *attempt)
{
  g_autofree char *said = NULL;
  g_autofree char *complained = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { waymarkctl,  "irt",   "replay", "--store", fixture->session->store_path,
                         "--attempt", attempt, NULL };
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, &complained,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s\n%s", said, complained);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (said, "different,0"));
}

/* Too many answers too fast: the result is kept, counts nowhere, and another is offered.
 * Nobody with assistive technology is ever too fast. */
static void
test_rapid (Fixture *fixture, gconstpointer data)
{
  WayBaseline *baseline;
  guint n = 0;

  sign_in (fixture);
  sync_now (fixture);
  baseline = open_baseline (fixture);
  for (; !way_baseline_is_finished (baseline); n++)
    answer (fixture, baseline, n % 3 != 0, n % 4 == 1 ? 200 : 9000);
  settle (fixture);
  drop (baseline);
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
    way_session_load_findings_async (fixture->session, NULL, got_cb, fixture);
    findings = listed (fixture);
    g_assert_cmpuint (g_list_model_get_n_items (findings), ==, 0);
    way_session_load_offers_async (fixture->session, NULL, got_cb, fixture);
    offers = listed (fixture);
    offer = g_list_model_get_item (offers, 0);
    g_assert_cmpstr (way_row_get_text (offer, "what"), ==, "baseline");
    g_assert_cmpstr (way_row_get_text (offer, "why"), ==, "effort");
    assert_replays (fixture, way_row_get_text (row, "attempt"));
  }

  way_session_save_about_me_async (fixture->session, "assistive", "yes", NULL, got_cb, fixture);
  wrote (fixture);
  baseline = open_baseline (fixture);
  for (n = 0; !way_baseline_is_finished (baseline); n++)
    answer (fixture, baseline, n % 3 != 0, 200);
  settle (fixture);
  drop (baseline);
  {
    g_autoptr (GListModel) results = load_results (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (results, 0);

    g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);
    g_assert_cmpint (way_row_get_int (row, "reported"), ==, 1);
    g_assert_cmpint (way_row_get_int (row, "rapid"), ==, 0);
    assert_replays (fixture, way_row_get_text (row, "attempt"));
  }
}

/* A re-check asks six to eight questions of one capability, starts from what was found, and
 * the change is told with its uncertainty. The earlier result stays. */
static void
test_recheck (Fixture *fixture, gconstpointer data)
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

  sign_in (fixture);
  first = way_pack_get_capabilities (way_session_get_pack (fixture->session))->pdata[0];
  way_session_open_recheck_async (fixture->session, first->id, NULL, got_cb, fixture);
  early = wait (fixture);
  g_assert_null (way_session_open_baseline_finish (fixture->session, early, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED);

  baseline = open_baseline (fixture);
  walk (fixture, baseline, 2);
  settle (fixture);
  drop (baseline);
  way_session_open_recheck_async (fixture->session, first->id, NULL, got_cb, fixture);
  baseline = opened (fixture);
  g_assert_cmpint (way_baseline_get_depth (baseline), ==, WAY_DEPTH_RECHECK);
  for (n = 0; !way_baseline_is_finished (baseline); n++)
    {
      g_assert_cmpstr (way_baseline_get_capability_name (baseline), ==, first->short_name);
      answer (fixture, baseline, TRUE, 9000);
      if (n == 2)
        {
          /* Left and opened again, it goes on. */
          drop (baseline);
          way_session_open_recheck_async (fixture->session, first->id, NULL, got_cb, fixture);
          baseline = opened (fixture);
          g_assert_cmpuint (way_baseline_get_ordinal (baseline), ==, 4);
        }
    }
  settle (fixture);
  drop (baseline);
  g_assert_cmpuint (n, >=, 6);
  g_assert_cmpuint (n, <=, 8);

  results = load_results (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);
  sitting = g_list_model_get_item (results, 0);
  g_assert_cmpstr (way_row_get_text (sitting, "type"), ==, "recheck");
  g_assert_cmpstr (way_row_get_text (sitting, "capability"), ==, first->id);
  assert_replays (fixture, way_row_get_text (sitting, "attempt"));

  way_session_load_findings_async (fixture->session, NULL, got_cb, fixture);
  findings = listed (fixture);
  row = find_row (findings, "capability", first->id);
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
query (Fixture *fixture, const char *sql, const char *value)
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
test_yes_no (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRow) row = NULL;
  WayBaseline *baseline;
  gboolean is_flagged;
  double p;
  guint n;

  sign_in (fixture);
  way_session_open_yes_no_async (fixture->session, "B", 2, NULL, got_cb, fixture);
  baseline = opened (fixture);
  for (n = 0; !way_baseline_is_finished (baseline); n++)
    answer (fixture, baseline, FALSE, 9000);
  settle (fixture);
  drop (baseline);
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
  assert_replays (fixture, way_row_get_text (row, "attempt"));

  way_session_check_fit_async (fixture->session, way_row_get_text (row, "attempt"), NULL, got_cb,
                               fixture);
  result = wait (fixture);
  g_assert_true (way_session_check_fit_finish (fixture->session, result, &p, &is_flagged, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (p, >, .01);
  g_assert_false (is_flagged);
}

static void
publish (Fixture *fixture, const char *version, double shift)
{
  GPtrArray *items = way_pack_get_baseline (way_session_get_pack (fixture->session));
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  for (guint i = 0; i < items->len; i++)
    {
      const WayBaselineItem *item = items->pdata[i];

      add_draft (drafts, "item_parameter",
                 &(WayItemParameterBody){
                     .pack = (char *) way_pack_get_id (way_session_get_pack (fixture->session)),
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
  administer (fixture, drafts);
}

/* A sitting takes the newest published parameters and keeps their version; what was found
 * by older ones comes out again with those, for ever. */
static void
test_versions (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "author-", "calibrated-1", "calibrated-2" };
  g_autoptr (GListModel) results = NULL;

  sign_in (fixture);
  for (guint k = 0; k < G_N_ELEMENTS (wanted); k++)
    {
      WayBaseline *baseline;

      if (k > 0)
        publish (fixture, wanted[k], .1 * k);
      sync_now (fixture);
      baseline = open_baseline (fixture);
      walk (fixture, baseline, 3);
      settle (fixture);
      drop (baseline);
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
      g_assert_cmpint (exposed != NULL && *exposed != '\0', ==, k > 0);
      g_assert_cmpint (atoi (left_out) > 0, ==, k > 0);
      g_assert_cmpstr (provisional, ==, k > 0 ? "0" : "1");
      assert_replays (fixture, attempt);
    }
}

/* Gone on with at two desktops that do not know of each other: all answers are kept, the end
 * with the smaller (time, id) counts, the other is superseded, and both come out again. */
static void
test_two_desktops (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first_stores = g_steal_pointer (&fixture->stores);
  WaySession *first;
  WayBaseline *here;
  WayBaseline *there;
  guint n = 4;

  sign_in (fixture);
  here = open_baseline (fixture);
  for (guint i = 0; i < n; i++)
    answer (fixture, here, i % 2 == 0, 9000);
  sync_now (fixture);
  way_session_set_work_offline (fixture->session, TRUE);
  settle (fixture);

  first = fixture->session;
  fixture->stores = g_build_filename (fixture->folder, "second", NULL);
  fixture->session = new_session (fixture);
  sign_in (fixture);
  there = open_baseline (fixture);
  g_assert_cmpuint (way_baseline_get_ordinal (there), ==, n + 1);
  way_session_set_work_offline (fixture->session, TRUE);
  walk (fixture, there, 3);
  settle (fixture);
  drop (there);
  {
    WaySession *second = fixture->session;

    fixture->session = first;
    walk (fixture, here, 2);
    settle (fixture);
    drop (here);
    way_session_set_work_offline (first, FALSE);
    sync_now (fixture);
    fixture->session = second;
  }
  way_session_set_work_offline (fixture->session, FALSE);
  sync_now (fixture);
  sync_now (fixture);
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
        assert_replays (fixture, way_row_get_text (row, "attempt"));
      }
    g_assert_cmpuint (n_superseded, ==, 1);
  }
  settle (fixture);
  drop (fixture->session);
  fixture->session = first;
  g_free (fixture->stores);
  fixture->stores = g_steal_pointer (&first_stores);
}

/* Two minutes to stay sharp: what is wrong comes again sooner, and no level is touched. */
static void
test_round (Fixture *fixture, gconstpointer data)
{
  const WayModule *module;
  gint64 due[2];

  sign_in (fixture);
  module = way_pack_get_modules (way_session_get_pack (fixture->session))->pdata[0];
  for (guint k = 0; k < 2; k++)
    {
      const WayOutcome *skill = module->outcomes->pdata[k];
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      WayPaper *round;
      guint n;

      way_session_open_round_async (fixture->session, module->id, skill->id, NULL, got_cb, fixture);
      result = wait (fixture);
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

          way_paper_answer_async (round, responses, 4000, NULL, got_cb, fixture);
          saved = wait (fixture);
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
      settle (fixture);
      drop (round);
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

    way_session_load_refreshers_async (fixture->session, FALSE, NULL, got_cb, fixture);
    now = listed (fixture);
    g_assert_cmpuint (g_list_model_get_n_items (now), ==, 0);
    way_session_load_refreshers_async (fixture->session, TRUE, NULL, got_cb, fixture);
    all = listed (fixture);
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
test_about (Fixture *fixture, gconstpointer data)
{
  static const char *const chosen[] = { "time", "help", NULL };
  static const char *const wrong[] = { "time", "no such", NULL };
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GListModel) said = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) unknown = NULL;
  g_autoptr (WayRow) row = NULL;
  guint n;
  guint n_barriers;

  way_barrier_list (&n_barriers);
  sign_in (fixture);
  way_session_save_barriers_async (fixture->session, wrong, NULL, got_cb, fixture);
  refused = wait (fixture);
  g_assert_false (way_session_write_finish (fixture->session, refused, NULL, NULL));
  way_session_save_barriers_async (fixture->session, chosen, NULL, got_cb, fixture);
  wrote (fixture);
  way_session_load_barriers_async (fixture->session, NULL, got_cb, fixture);
  rows = listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n_barriers);
  n = 0;
  for (guint i = 0; i < n_barriers; i++)
    {
      g_autoptr (WayRow) barrier = g_list_model_get_item (rows, i);

      n += way_row_get_int (barrier, "value");
    }
  g_assert_cmpuint (n, ==, 2);

  way_session_save_about_me_async (fixture->session, "age", "seventeen", NULL, got_cb, fixture);
  unknown = wait (fixture);
  g_assert_false (way_session_write_finish (fixture->session, unknown, NULL, NULL));
  way_session_save_about_me_async (fixture->session, "age", "45-59", NULL, got_cb, fixture);
  wrote (fixture);
  way_session_save_about_me_async (fixture->session, "english", "yes", NULL, got_cb, fixture);
  wrote (fixture);
  way_session_save_about_me_async (fixture->session, "english", "", NULL, got_cb, fixture);
  wrote (fixture);
  way_session_load_about_me_async (fixture->session, NULL, got_cb, fixture);
  said = listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (said), ==, 1);
  row = g_list_model_get_item (said, 0);
  g_assert_cmpstr (way_row_get_text (row, "key"), ==, "age");
  g_assert_cmpstr (way_row_get_text (row, "value"), ==, "45-59");
}

/* A time limit ends a sitting by the time on the questions; what the trust sets besides goes
 * into the attempt, so that it comes out again after the setting has changed. */
static void
test_policy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) results = NULL;
  g_autoptr (WayRow) row = NULL;
  WayBaseline *baseline;
  guint n = 0;

  set (fixture, WAY_SETTING_MINUTES, "1");
  set (fixture, WAY_SETTING_RHO, "0.7");
  set (fixture, WAY_SETTING_CUTS, "-0.9 0.1 1.2");
  sign_in (fixture);
  sync_now (fixture);
  baseline = open_baseline (fixture);
  g_assert_cmpint (way_baseline_get_limit_ms (baseline), ==, 60000);
  for (; !way_baseline_is_finished (baseline); n++)
    answer (fixture, baseline, n % 2 == 0, 16000);
  settle (fixture);
  drop (baseline);
  g_assert_cmpuint (n, ==, 4);
  set (fixture, WAY_SETTING_MINUTES, "0");
  set (fixture, WAY_SETTING_RHO, "0.5");
  set (fixture, WAY_SETTING_CUTS, "-1 0 1");
  sync_now (fixture);
  results = load_results (fixture);
  row = g_list_model_get_item (results, 0);
  g_assert_cmpstr (way_row_get_text (row, "how"), ==, "time");
  assert_replays (fixture, way_row_get_text (row, "attempt"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

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
  ADD ("/session/measure/versions", test_versions);
  ADD ("/session/measure/two-desktops", test_two_desktops);
  ADD ("/session/measure/round", test_round);
  ADD ("/session/measure/about", test_about);
  ADD ("/session/measure/policy", test_policy);

  return g_test_run ();
}
