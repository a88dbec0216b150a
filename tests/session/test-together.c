/* test-together.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-measure.h"
#include "session/way-quality.h"
#include "store/way-log.h"

#include <math.h>
#include <string.h>

/* What a trust learns of many people's results together, and of nobody alone. */

#define SEED 11

static void
set_up (SessionFixture *fixture, gconstpointer data)
{
  session_fixture_set_up_demo (fixture, 60, SEED);
}

/* An analyst learns of how many people answers are as unusual, and of nobody whose. */
static void
test_share (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *measured = session_fixture_ask_trust (
      fixture, "SELECT count(*) FROM (SELECT person FROM live WHERE kind = 'response' "
               "AND body ->> 'attempt' IN (SELECT attempt FROM attempt WHERE type IN "
               "('baseline', 'closer', 'recheck')) GROUP BY person HAVING count(*) >= 6) AS m");
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *sql = g_strdup_printf ("SELECT person FROM person WHERE username = '%s'",
                                          fixture->learner);
  g_autofree char *person = session_fixture_ask_trust (fixture, sql);
  WayQualityFit fit = { 0 };

  session_fixture_add_draft (drafts, "role_grant",
                             &(WayRoleGrantBody){ .person = person, .role = (char *) "analyst" });
  session_fixture_administer (fixture, drafts);
  session_fixture_sign_in (fixture, fixture->learner);
  way_session_load_quality_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  rows = way_session_load_quality_finish (fixture->session, result, &fit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (rows), >, 0);
  g_test_message ("%u of %u (%s measured)", fit.n_odd, fit.n_people, measured);
  g_assert_cmpuint (fit.n_people, >, 20);
  g_assert_cmpuint (fit.n_people, <=, g_ascii_strtoull (measured, NULL, 10));
  /* The model draws the answers of made-up people: chance alone makes one of a hundred. */
  g_assert_cmpuint (fit.n_odd, <=, 4);
}

/* Whether @person works in @unit or below; "" is the whole trust. */
static gboolean
is_of (const WayRow *person, const char *unit)
{
  return *unit == '\0' || strstr (way_row_get_text ((WayRow *) person, "path"), unit) != NULL;
}

/* "PERSON BARRIER" of all that held by what the trust had when this week began. */
static void
read_said (WayDb *db, GHashTable *said)
{
  gint64 today = g_get_real_time () / G_TIME_SPAN_DAY;
  g_autofree char *monday = g_strdup_printf ("%" G_GINT64_FORMAT,
                                             (today - (today + 3) % 7) * G_TIME_SPAN_DAY);
  const char *values[] = { monday, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows =
      way_row_query (db,
                     "SELECT author, body ->> 'barrier' AS barrier, body ->> 'value' AS value "
                     "FROM live WHERE kind = 'barrier' AND received < CAST($1 AS bigint) "
                     "ORDER BY effective, id",
                     values, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      g_autofree char *key = g_strdup_printf ("%s %s", way_row_get_text (row, "author"),
                                              way_row_get_text (row, "barrier"));

      if (way_row_get_int (row, "value") == 1)
        g_hash_table_add (said, g_steal_pointer (&key));
      else
        g_hash_table_remove (said, key);
    }
}

/* What gets in the way, in numbers that tell of nobody: whatever people say, a count and what
 * is left when it is taken from the staff of its place are eight or more, and counts that are
 * told give no more than steps of eight. */
static void
test_barriers (SessionFixture *fixture, gconstpointer data)
{
  static const char *const named[] = { "time", "computer", "sign-in", "slow", "help", "use" };
  static const guint shares[] = { 3, 13, 30, 50, 80, 98 }; /* in 100 */
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GListStore) people = NULL;
  g_autoptr (GListModel) counts = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  guint n_of_units = 0;

  g_assert_no_error (error);
  people = way_row_query (way_store_get_db (trust),
                          "SELECT p.person, u.path FROM person p JOIN membership m "
                          "ON m.person = p.person AND m.is_primary = 1 "
                          "JOIN unit u ON u.unit = m.unit WHERE p.ended = 0",
                          NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (people)); i++)
    {
      g_autoptr (WayRow) person = g_list_model_get_item (G_LIST_MODEL (people), i);
      const char *id = way_row_get_text (person, "person");
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

      for (guint k = 0; k < G_N_ELEMENTS (named); k++)
        {
          WayEvent *draft;

          session_fixture_add_draft (
              drafts, "barrier",
              &(WayBarrierBody){ .barrier = (char *) named[k],
                                 .value = (guint) g_rand_int_range (random, 0, 100) < shares[k] });
          draft = drafts->pdata[drafts->len - 1];
          draft->at = draft->received = g_get_real_time () - 8 * G_TIME_SPAN_DAY;
        }
      /* And today everybody says something: that waits for the next week. */
      session_fixture_add_draft (drafts, "barrier",
                                 &(WayBarrierBody){ .barrier = (char *) "access", .value = 1 });
      way_store_append_as (trust, id, drafts, &error);
      g_assert_no_error (error);
    }
  read_said (way_store_get_db (trust), said);
  way_store_close (trust);

  session_fixture_sign_in (fixture, fixture->lead);
  way_session_load_barrier_counts_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  counts = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (counts), >, 2);
  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (WayRow) count = g_list_model_get_item (counts, i);
      const char *unit = way_row_get_text (count, "unit");
      gint64 told = way_row_get_int (count, "people");
      gint64 n = 0;
      gint64 others = 0;

      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (people)); k++)
        {
          g_autoptr (WayRow) person = g_list_model_get_item (G_LIST_MODEL (people), k);
          g_autofree char *key = g_strdup_printf ("%s %s", way_row_get_text (person, "person"),
                                                  way_row_get_text (count, "barrier"));

          if (!is_of (person, unit))
            continue;
          if (g_hash_table_contains (said, key))
            n++;
          else
            others++;
        }
      n_of_units += *unit != '\0';
      g_test_message ("%s %s: %d told, %d of %d", way_row_get_text (count, "barrier"),
                      way_row_get_text (count, "name"), (int) told, (int) n, (int) (n + others));
      g_assert_cmpint (n, >=, 8);
      g_assert_cmpint (others, >=, 8);
      g_assert_cmpint (told, ==, n / 8 * 8);
    }
  g_assert_cmpuint (n_of_units, >, 0);
}

/* The gains of all who were measured twice or more, worked out from the rows one by one. */
static guint
add_gains (GListModel *rows, double *sum, double *squares)
{
  g_autoptr (GHashTable) first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      double mean = way_row_get_number (row, "mean");
      char *what = g_strdup_printf ("%s %s", way_row_get_text (row, "person"),
                                    way_row_get_text (row, "capability"));

      if (g_hash_table_contains (first, what))
        g_hash_table_replace (last, what, g_memdup2 (&mean, sizeof mean));
      else
        g_hash_table_insert (first, what, g_memdup2 (&mean, sizeof mean));
    }
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      char *person = g_strndup (key, strcspn (key, " "));
      const double *then = g_hash_table_lookup (first, key);
      double gains[2] = { 0, 0 }; /* sum, and of how many */
      const double *known = g_hash_table_lookup (people, person);

      if (known != NULL)
        memcpy (gains, known, sizeof gains);
      gains[0] += *(double *) value - *then;
      gains[1]++;
      g_hash_table_replace (people, person, g_memdup2 (gains, sizeof gains));
    }
  *sum = *squares = 0;
  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const double *gains = value;
      double gain = gains[0] / gains[1];

      n++;
      *sum += gain;
      *squares += gain * gain;
    }
  return n;
}

/* How many people were measured twice, and the sums over what they gained. */
static guint
ask_gains (WayStore *trust, double *sum, double *squares)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore)
      all = way_row_query (way_store_get_db (trust),
                           "SELECT l.person, l.capability, l.mean FROM level_history l "
                           "JOIN person p ON p.person = l.person AND p.ended = 0 "
                           "ORDER BY l.person, l.capability, l.at, l.attempt",
                           NULL, &error);

  g_assert_no_error (error);
  return add_gains (G_LIST_MODEL (all), sum, squares);
}

/* The mean gain of those who were measured twice, and its standard error. */
static void
test_team (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) people = NULL;
  g_autoptr (GListModel) before = NULL;
  g_autoptr (GListModel) teams = NULL;
  g_autoptr (WayRow) whole = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  double sum;
  double squares;
  gint64 n_units;
  guint n;

  g_assert_no_error (error);
  people = way_row_query (way_store_get_db (trust),
                          "SELECT l.person, l.capability, l.mean, max (l.at) AS at "
                          "FROM level_history l JOIN person p ON p.person = l.person "
                          "AND p.ended = 0 GROUP BY l.person ORDER BY l.person LIMIT 12",
                          NULL, &error);
  g_assert_no_error (error);
  n = g_list_model_get_n_items (G_LIST_MODEL (people));
  g_assert_cmpuint (n, ==, 12);
  session_fixture_sign_in (fixture, fixture->lead);
  way_session_load_team_change_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  before = session_fixture_listed (fixture);
  /* The history may have given some a second result already. */
  g_assert_cmpint (g_list_model_get_n_items (before) > 0, ==,
                   ask_gains (trust, &sum, &squares) >= 8);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) person = g_list_model_get_item (G_LIST_MODEL (people), i);
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      double gain = .1 * i;
      WayEvent *attempt;

      session_fixture_add_draft (drafts, "attempt",
                                 &(WayAttemptBody){ .type = (char *) "recheck",
                                                    .pack = (char *) "core",
                                                    .pack_version = 1,
                                                    .parameters = (char *) "author-1",
                                                    .level = 2,
                                                    .try = 1,
                                                    .minutes = 0,
                                                    .language = (char *) "en",
                                                    .seed = (char *) "1" });
      attempt = drafts->pdata[0];
      attempt->id = way_log_new_id (g_get_real_time ());
      session_fixture_add_draft (drafts, "estimate",
                                 &(WayEstimateBody){
                                     .attempt = attempt->id,
                                     .capability = (char *) way_row_get_text (person, "capability"),
                                     .mean = way_row_get_number (person, "mean") + gain,
                                     .sd = .4,
                                     .p1 = .25,
                                     .p2 = .25,
                                     .p3 = .25,
                                     .p4 = .25,
                                     .items = 7,
                                     .required = 2,
                                     .p_required = .75,
                                     .standing = (char *) "not-sure",
                                     .parameters = (char *) "author-1" });
      session_fixture_add_draft (drafts, "attempt_end",
                                 &(WayAttemptEndBody){ .attempt = attempt->id,
                                                       .type = (char *) "recheck",
                                                       .how = (char *) "length",
                                                       .asked = 7 });
      way_store_append_as (trust, way_row_get_text (person, "person"), drafts, &error);
      g_assert_no_error (error);
    }
  n = ask_gains (trust, &sum, &squares);
  g_assert_cmpuint (n, >=, 12);

  way_session_load_team_change_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  teams = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (teams), >, 0);
  whole = g_list_model_get_item (teams, 0);
  g_assert_cmpstr (way_row_get_text (whole, "unit"), ==, "");
  g_assert_cmpint (way_row_get_int (whole, "people"), ==, n);
  g_assert_cmpfloat_with_epsilon (way_row_get_number (whole, "gain"), sum / n, 1e-9);
  g_assert_cmpfloat_with_epsilon (way_row_get_number (whole, "se"),
                                  sqrt ((squares - sum * sum / n) / (n - 1) / n), 1e-9);
  /* A place of fewer than eight says nothing, and there are such. */
  way_db_get_int (way_store_get_db (trust), "SELECT count(*) FROM unit", &n_units, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_list_model_get_n_items (teams), <, n_units);
  for (guint i = 0; i < g_list_model_get_n_items (teams); i++)
    {
      g_autoptr (WayRow) team = g_list_model_get_item (teams, i);

      g_assert_cmpint (way_row_get_int (team, "people"), >=, 8);
    }
  way_store_close (trust);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, SessionFixture, NULL, set_up, function, session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_message ("seed %d", SEED);
  ADD ("/session/together/share", test_share);
  ADD ("/session/together/barriers", test_barriers);
  ADD ("/session/together/team", test_team);

  return g_test_run ();
}
