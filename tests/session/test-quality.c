/* test-quality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include <math.h>
#include <string.h>

#include "assessment/way-bank.h"
#include "session/way-quality.h"
#include "session/way-sitting-log.h"

/* What an analyst does with answers of people whose places are known: measures, publishes, and
 * sees what moves after that. */

#define SEED 11
#define N_PEOPLE 120
#define NEW_ITEM "A07"   /* rides along in this pack */
#define NEW_TRUTH 1.0    /* its author says otherwise */
#define MOVED_ITEM "A05" /* gets harder for those who come later */
#define MOVED_BY 2.2

/* The pack with one question more that is new. */
static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("waymark-quality-XXXXXX", NULL);
  g_autofree char *content = g_build_filename (folder, "content", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", NULL);
  const char *const copy[] = { "cp", "-r", from, content, NULL };
  g_autofree char *path = g_build_filename (content, "core", "pack.xml", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) xml = NULL;

  g_spawn_sync (NULL, (char **) copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  xml = g_string_new (text);
  g_assert_cmpuint (g_string_replace (xml, "id=\"" NEW_ITEM "\"", "id=\"" NEW_ITEM "\" new=\"1\"",
                                      0),
                    ==, 1);
  g_file_set_contents (path, xml->str, -1, &error);
  g_assert_no_error (error);
  g_setenv ("WAYMARK_DATADIR", folder, TRUE);
  session_fixture_set_up (fixture, data);
  {
    g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

    g_assert_no_error (error);
    session_fixture_add (trust, NULL, "role_grant", "{'person':'ann','role':'analyst','ended':0}");
    way_store_close (trust);
  }
}

static void
tear_down (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strdup (g_getenv ("WAYMARK_DATADIR"));

  session_fixture_tear_down (fixture, data);
  session_fixture_remove_folder (folder);
}

/* Scored right or wrong, of the first two capabilities. */
static gboolean
is_asked (const WayBankItem *item)
{
  return item->capability < 2 && item->curve.n_steps == 0;
}

static double
get_truth (const WayBankItem *item, double moved_by)
{
  if (g_str_equal (item->id, NEW_ITEM))
    return NEW_TRUTH;
  return item->curve.parameters.b + (g_str_equal (item->id, MOVED_ITEM) ? moved_by : 0);
}

/* Answers of people to all questions that are right or wrong, drawn by what is true of both. */
static void
answer_all (SessionFixture *fixture, guint first, double moved_by)
{
  WayPack *pack = way_session_get_pack (fixture->session);
  char *none[] = { NULL };
  const WaySittingPlan plan = { .depth = WAY_DEPTH_CLOSER, .seed = 1, .recent = none };
  const WayKind *response = way_kind_find ("response");
  const WayKind *attempt = way_kind_find ("attempt");
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED + first);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autoptr (WayBank) bank = way_bank_new_from_pack (pack, &error);
  WayAttemptBody *body;
  g_autofree char *begun = NULL;

  g_assert_no_error (error);
  body = way_sitting_log_make_attempt (&plan, bank, pack, NULL);
  begun = way_kind_write (attempt, body, &error);
  g_assert_no_error (error);
  way_kind_free (attempt, body);
  for (guint v = 0; v < N_PEOPLE; v++)
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autofree char *person = g_strdup_printf ("x%04u", first + v);
      g_autoptr (GPtrArray)
          sitting = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      WayEvent *begins = way_event_new ("attempt", way_kind_get_version (attempt), begun);
      /* The group is not at the middle of the scale. */
      double theta = .4 + 1.8 * (2.0 * v / (N_PEOPLE - 1) - 1);
      guint ordinal = 0;

      g_ptr_array_add (sitting, begins);
      way_store_append_as (trust, person, sitting, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < bank->items->len; i++)
        {
          const WayBankItem *item = bank->items->pdata[i];
          WayParameters p = item->curve.parameters;
          WayResponseBody answer = { .attempt = begins->id,
                                     .ordinal = ++ordinal,
                                     .item = item->id,
                                     .answer = (char *) "",
                                     .ms = 20000,
                                     .counted = !item->is_new };
          g_autofree char *json = NULL;

          if (!is_asked (item))
            continue;
          p.b = get_truth (item, moved_by);
          answer.score = g_rand_double (random) < way_irt_probability (&p, theta);
          json = way_kind_write (response, &answer, &error);
          g_assert_no_error (error);
          g_ptr_array_add (drafts,
                           way_event_new ("response", way_kind_get_version (response), json));
        }
      way_store_append_as (trust, person, drafts, &error);
      g_assert_no_error (error);
    }
  way_store_close (trust);
}

static GListModel *
load (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *rows;
  WayQualityFit fit = { 0 };

  way_session_load_quality_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  rows = way_session_load_quality_finish (fixture->session, result, &fit, &error);
  g_assert_no_error (error);
  return rows;
}

static double
get_number (GListModel *rows, const char *item, const char *column)
{
  g_autoptr (WayRow) row = session_fixture_find_row (rows, "item", item);

  return way_row_get_number (row, column);
}

/* Measured ones stand near what is true of them, a new one is placed by them, what is in force is
 * watched against the answers that come after, and answers never count twice. */
static void
test_calibrate (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) before = NULL;
  g_autoptr (GListModel) measured = NULL;
  g_autoptr (GListModel) again = NULL;
  g_autoptr (GListModel) published = NULL;
  g_autoptr (GListModel) later = NULL;
  double shift;

  answer_all (fixture, 0, 0);
  session_fixture_sign_in (fixture, "ann");
  before = load (fixture);
  g_assert_cmpfloat (get_number (before, NEW_ITEM, "new"), ==, 1);
  g_assert_cmpfloat (get_number (before, NEW_ITEM, "n"), ==, N_PEOPLE);
  g_assert_cmpfloat (get_number (before, "A05", "measured"), ==, 0);
  g_assert_true (isnan (get_number (before, "A05", "now_b")));

  {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    way_session_calibrate_async (fixture->session, NULL, cancellable, session_fixture_got_cb,
                                 fixture);
    g_cancellable_cancel (cancellable);
    result = session_fixture_wait (fixture);
    g_assert_null (way_session_list_finish (fixture->session, result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
  way_session_calibrate_async (fixture->session, NULL, NULL, session_fixture_got_cb, fixture);
  measured = session_fixture_listed (fixture);
  g_assert_cmpfloat (get_number (measured, NEW_ITEM, "new"), ==, 1);
  g_assert_cmpfloat (get_number (measured, NEW_ITEM, "kept"), ==, 0);
  g_assert_cmpfloat (get_number (measured, NEW_ITEM, "drift"), ==, 0);
  g_assert_cmpfloat (get_number (measured, "A05", "new"), ==, 0);
  /* Where the scale lies is the authors' to say; against its anchors the new one is where it is,
   * not where its author thought. */
  shift = get_number (measured, "A05", "b") - get_number (measured, "A05", "old_b");
  g_test_message ("new %.3f (%.3f), anchors moved by %.3f", get_number (measured, NEW_ITEM, "b"),
                  get_number (measured, NEW_ITEM, "sd"), shift);
  g_assert_cmpfloat (fabs (get_number (measured, NEW_ITEM, "b") - shift - NEW_TRUTH), <, .6);
  g_assert_cmpfloat (get_number (measured, NEW_ITEM, "sd"), <, .4);

  way_session_publish_async (fixture->session, measured, "first", NULL, session_fixture_got_cb,
                             fixture);
  g_free (session_fixture_wrote (fixture));
  session_fixture_sync_now (fixture);
  published = load (fixture);
  g_assert_cmpfloat (get_number (published, NEW_ITEM, "new"), ==, 0);
  g_assert_cmpfloat (get_number (published, NEW_ITEM, "measured"), ==, 1);
  g_assert_cmpfloat (get_number (published, "A05", "measured"), ==, 1);
  /* The same answers say the same again, as surely. */
  way_session_calibrate_async (fixture->session, NULL, NULL, session_fixture_got_cb, fixture);
  again = session_fixture_listed (fixture);
  g_assert_cmpfloat_with_epsilon (get_number (again, "A05", "sd"),
                                  get_number (measured, "A05", "sd"), .01);
  g_assert_cmpfloat_with_epsilon (get_number (published, "A05", "now_b"),
                                  get_number (measured, "A05", "b"), .05);
  for (guint i = 0; i < g_list_model_get_n_items (published); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (published, i);

      if (!g_str_equal (way_row_get_text (row, "item"), NEW_ITEM))
        g_assert_cmpint (way_row_get_int (row, "drift"), ==, 0);
    }

  answer_all (fixture, 1000, MOVED_BY);
  answer_all (fixture, 2000, MOVED_BY);
  later = load (fixture);
  g_test_message ("moved from %.3f to %.3f", get_number (later, MOVED_ITEM, "b"),
                  get_number (later, MOVED_ITEM, "now_b"));
  g_assert_cmpfloat (get_number (later, MOVED_ITEM, "drift"), ==, 1);
  g_assert_cmpfloat (get_number (later, "A06", "drift"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/quality/calibrate", SessionFixture, NULL, set_up, test_calibrate,
              tear_down);

  return g_test_run ();
}
