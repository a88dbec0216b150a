/* test-extract.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-extract.h"

/* What an analyst gets: answers under pseudonyms that mean nothing the next time, and nothing
 * else about anybody. */

#define N_PEOPLE 120
#define WEEKS 21 /* days ago, when they answered */

static void
make_analyst (SyncFixture *fixture)
{
  g_autofree char *id =
      fixture_append (fixture->trust, NULL,
                      fixture_draft ("role_grant", "{'person':'mia','role':'analyst','ended':0}"));
}

/* Each a moment after the one before. */
static WayEvent *
ago (int days, WayEvent *draft)
{
  static gint64 n_before;

  draft->at = draft->received = g_get_real_time () - days * G_TIME_SPAN_DAY + ++n_before;
  return draft;
}

/* Answers of many, written as the trust has them: the author is what counts. */
static void
write_answers (SyncFixture *fixture)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *person = g_strdup_printf ("x%03u", i);
      g_autoptr (GPtrArray)
          first = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (GError) error = NULL;
      const char *attempt;

      g_ptr_array_add (first, ago (WEEKS, fixture_attempt ("baseline", NULL, NULL)));
      way_store_append_as (fixture->trust, person, first, &error);
      g_assert_no_error (error);
      attempt = ((WayEvent *) first->pdata[0])->id;
      g_ptr_array_add (rest, fixture_draft ("response",
                                            "{'attempt':'%s','item':'i1','ordinal':1,'answer':'A',"
                                            "'score':%u,'ms':%u,'dont_know':0,'counted':1}",
                                            attempt, i % 2, i == 0 ? 100 : 20000));
      g_ptr_array_add (rest, fixture_draft ("response",
                                            "{'attempt':'%s','item':'i2','ordinal':2,'answer':'B',"
                                            "'score':%u,'ms':9000,'dont_know':0,'counted':1}",
                                            attempt, i % 4));
      /* A second answer to the same question says less than the first. */
      g_ptr_array_add (rest, fixture_draft ("response",
                                            "{'attempt':'%s','item':'i1','ordinal':3,'answer':'C',"
                                            "'score':0,'ms':9000,'dont_know':0,'counted':1}",
                                            attempt));
      g_ptr_array_add (rest, fixture_draft ("about_me", "{'key':'age_band','value':'%s'}",
                                            i < 110 ? "under-40" : "over-40"));
      g_ptr_array_add (rest, fixture_draft ("about_me", "{'key':'eal','value':'no'}"));
      for (guint j = 0; j < rest->len; j++)
        ago (WEEKS, rest->pdata[j]);
      way_store_append_as (fixture->trust, person, rest, &error);
      g_assert_no_error (error);
    }
  /* Of their staff groups the trust knows, one has a hundred. */
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *known = fixture_append (
          fixture->trust, NULL,
          ago (WEEKS, fixture_draft ("person",
                                     "{'person':'x%03u','username':'x%03u','name':'X %u',"
                                     "'staff_group':'%s','ended':0}",
                                     i, i, i, i < 105 ? "nursing" : "estates")));
    }
  /* A check of a module is no sitting. */
  {
    g_autoptr (GPtrArray) check = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
    g_autofree char *attempt = NULL;
    g_autoptr (GError) error = NULL;

    attempt = fixture_append (fixture->trust, "x000", fixture_attempt ("check", "F1", NULL));
    g_ptr_array_add (check, fixture_draft ("response",
                                           "{'attempt':'%s','item':'M1','ordinal':1,'answer':'A',"
                                           "'score':1,'ms':900,'dont_know':0,'counted':1}",
                                           attempt));
    way_store_append_as (fixture->trust, "x000", check, &error);
    g_assert_no_error (error);
  }
}

static WayExtract *
extract (SyncFixture *fixture, const char *person, GError **error)
{
  g_autofree char *uri = sync_fixture_is_postgresql ()
                             ? sync_fixture_dup_login_uri (fixture, person)
                             : NULL;
  g_autoptr (WayStore) trust = NULL;

  if (uri == NULL)
    return way_extract_run (fixture->trust, person, error);
  trust = way_store_open_trust (uri, FALSE, error);
  g_assert_nonnull (trust);
  return way_extract_run (trust, person, error);
}

static void
check_answers (const WayExtract *extract, guint *n_rapid, guint *n_first)
{
  *n_rapid = 0;
  *n_first = 0;
  for (guint i = 0; i < extract->answers->len; i++)
    {
      const WayExtractAnswer *answer = extract->answers->pdata[i];

      *n_rapid += answer->is_rapid;
      *n_first += g_str_equal (answer->item, "i1");
      g_assert_true (g_str_equal (answer->item, "i1") || g_str_equal (answer->item, "i2"));
      g_assert_cmpint (answer->person[0], ==, 'P');
      g_assert_cmpstr (answer->language, ==, "en");
      g_assert_cmpfloat (answer->score, <=, g_str_equal (answer->item, "i1") ? 1 : 3);
    }
}

/* The pseudonym of the only one who answered too fast, and the order of items. */
static char *
describe (const WayExtract *extract, char **order)
{
  GString *items = g_string_new (NULL);
  char *fast = NULL;

  for (guint i = 0; i < extract->answers->len; i++)
    {
      const WayExtractAnswer *answer = extract->answers->pdata[i];

      g_string_append_printf (items, "%s%s ", answer->person, answer->item);
      if (answer->is_rapid)
        fast = g_strdup (answer->person);
    }
  *order = g_string_free (items, FALSE);
  return fast;
}

static void
test_extract (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (WayExtract) one = NULL;
  guint n_rapid, n_first;

  make_analyst (fixture);
  write_answers (fixture);
  one = extract (fixture, "mia", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->answers->len, ==, 2 * N_PEOPLE);
  check_answers (one, &n_rapid, &n_first);
  g_assert_cmpuint (n_rapid, ==, 1);
  g_assert_cmpuint (n_first, ==, N_PEOPLE);
  for (guint i = 0; i < one->answers->len; i++)
    g_hash_table_add (people, ((WayExtractAnswer *) one->answers->pdata[i])->person);
  g_assert_cmpuint (g_hash_table_size (people), ==, N_PEOPLE);
  /* Of two ages and two staff groups only those with a hundred, and the language that all have. */
  g_assert_cmpuint (one->groups->len, ==, 110 + N_PEOPLE + 105);
  for (guint i = 0; i < one->groups->len; i++)
    {
      const WayExtractGroup *group = one->groups->pdata[i];

      g_assert_cmpstr (group->answer, ==,
                       g_str_equal (group->question, "age_band")      ? "under-40"
                       : g_str_equal (group->question, "staff_group") ? "nursing"
                                                                      : "no");
      g_assert_true (g_hash_table_contains (people, group->person));
    }
  /* That it was read is written down, by who read it, and names nobody. */
  fixture_assert_rows (fixture->trust,
                       "SELECT author, count(subject), count(*), min (allowed) FROM event"
                       " WHERE kind = 'access' GROUP BY author",
                       "mia|0|1|1");
  fixture_assert_sound (fixture->trust);
}

/* The next time everybody has another number, and the rows another order. */
static void
test_fresh (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  make_analyst (fixture);
  write_answers (fixture);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayExtract) one = extract (fixture, "mia", &error);
      char *order;

      g_assert_no_error (error);
      g_hash_table_add (names, describe (one, &order));
      g_hash_table_add (orders, order);
    }
  g_assert_cmpuint (g_hash_table_size (orders), ==, 4);
  /* All four alike by chance: once in two million runs. */
  g_assert_cmpuint (g_hash_table_size (names), >, 1);
}

static void
test_others (SyncFixture *fixture, gconstpointer data)
{
  static const char *const who[] = { "ann", "cat", "lea", "mia" };

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (extract (fixture, who[i], &error));
      g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED);
    }
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'access'", "0");
}

/* An analyst's login beyond the extract, and the extract with chance that was set. */
static void
test_attacks (SyncFixture *fixture, gconstpointer data)
{
  static const char *const nothing[] = {
    "SELECT count(*) FROM api.event WHERE kind IN ('response', 'attempt', 'about_me')",
    "SELECT count(*) FROM api.attempt",
    "SELECT count(*) FROM api.level",
    "SELECT count(*) FROM api.self_rating WHERE person <> 'dan'",
    "SELECT count(*) FROM api.calibration_v1 () WHERE person IN (SELECT person FROM api.person)",
    "SELECT count(*) FROM api.calibration_v1 () WHERE person !~ '^P[0-9]+$'",
  };
  g_autofree char *uri = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autoptr (GError) error = NULL;

  /* Dan is no manager and no champion, so what he sees is the analyst's. */
  g_autofree char *id =
      fixture_append (fixture->trust, NULL,
                      fixture_draft ("role_grant", "{'person':'dan','role':'analyst','ended':0}"));

  write_answers (fixture);
  uri = sync_fixture_dup_login_uri (fixture, "dan");
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  /* What is undone would leave nothing written down: so that must stand before. */
  g_assert_false (way_db_exec (db, "SELECT * FROM api.calibration_v1 ()", NULL));
  g_assert_true (way_db_exec (db, "BEGIN; SELECT api.calibration_access_v1 ()", NULL));
  g_assert_false (way_db_exec (db, "SELECT * FROM api.calibration_v1 ()", NULL));
  g_assert_true (way_db_exec (db, "ROLLBACK", NULL));
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'access'", "0");
  g_assert_true (way_db_exec (db, "SELECT api.calibration_access_v1 ()", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      gint64 n;

      g_assert_true (way_db_get_int (db, nothing[i], &n, &error));
      if (n != 0)
        g_error ("%s: %d", nothing[i], (int) n);
    }
  g_assert_false (
      way_db_exec (db, "SELECT main.append_own ('ann', NULL, NULL, 'notice', 0, '{}')", NULL));
  for (guint i = 0; i < 2; i++)
    {
      char **text = i == 0 ? &first : &second;
      GString *people = g_string_new (NULL);

      g_assert_true (way_db_exec (db, "SELECT setseed (.5)", &error));
      {
        WayStatement *statement = way_db_prepare (db, "SELECT person FROM api.calibration_v1 ()",
                                                  &error);
        gboolean has_row = TRUE;

        g_assert_no_error (error);
        while (way_statement_step (statement, &has_row, &error) && has_row)
          g_string_append_printf (people, "%s ", way_statement_get_text (statement, 0));
        g_assert_no_error (error);
      }
      *text = g_string_free (people, FALSE);
    }
  g_assert_cmpstr (first, !=, second);
}

/* Of @n people from the @first on, an answer to a question that nobody else was asked. */
static void
answer_new (SyncFixture *fixture, guint first, guint n, int days)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *person = g_strdup_printf ("n%03u", i);
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (GPtrArray)
          begun = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (begun, ago (days, fixture_attempt ("baseline", NULL, NULL)));
      way_store_append_as (fixture->trust, person, begun, &error);
      g_assert_no_error (error);
      g_ptr_array_add (drafts,
                       ago (days,
                            fixture_draft ("response",
                                           "{'attempt':'%s','item':'i9','ordinal':1,'answer':'A',"
                                           "'score':1,'ms':9000,'dont_know':0,'counted':1}",
                                           ((WayEvent *) begun->pdata[0])->id)));
      way_store_append_as (fixture->trust, person, drafts, &error);
      g_assert_no_error (error);
    }
}

static void
assert_new (SyncFixture *fixture, guint n_answers, guint n_groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayExtract) one = extract (fixture, "mia", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (one->answers->len, ==, 2 * N_PEOPLE + n_answers);
  g_assert_cmpuint (one->groups->len, ==, n_groups);
}

/* Whoever answers alone is not in an extract until seven others have, and the week is over: two
 * extracts differ by nobody, or by eight. */
static void
test_by_the_week (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  guint n_groups = 110 + N_PEOPLE + 105;

  make_analyst (fixture);
  write_answers (fixture);
  assert_new (fixture, 0, n_groups);
  answer_new (fixture, 0, 1, 14);
  assert_new (fixture, 0, n_groups);
  answer_new (fixture, 1, 6, 14);
  assert_new (fixture, 0, n_groups);
  /* They need not have come in the same week. */
  answer_new (fixture, 7, 1, 7);
  assert_new (fixture, 8, n_groups);
  answer_new (fixture, 8, 9, 0);
  assert_new (fixture, 8, n_groups);
  /* Nor does it show at once what somebody says of themselves, or the trust of them. */
  g_ptr_array_add (drafts, fixture_draft ("about_me", "{'key':'eal','value':'yes'}"));
  way_store_append_as (fixture->trust, "x000", drafts, &error);
  g_assert_no_error (error);
  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("person", "{'person':'x001','username':'x001','name':'X 1',"
                                                "'staff_group':'estates','ended':0}"));
  assert_new (fixture, 8, n_groups);
}

/* Of @n people from the @first on that one barrier holds or not, as the trust had it @days ago. */
static void
say (SyncFixture *fixture, guint first, guint n, const char *barrier, int value, int days)
{
  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *person = g_strdup_printf ("x%03u", i);
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (GError) error = NULL;
      WayEvent *draft = fixture_draft ("barrier", "{'barrier':'%s','value':%d}", barrier, value);

      draft->at = draft->received = g_get_real_time () - days * G_TIME_SPAN_DAY;
      g_ptr_array_add (drafts, draft);
      way_store_append_as (fixture->trust, person, drafts, &error);
      g_assert_no_error (error);
    }
}

/* What gets in the way comes as counts alone, to leads alone, and never of fewer than eight. */
static void
test_barriers (SyncFixture *fixture, gconstpointer data)
{
  static const char *const who[] = { "ann", "cat", "mia" };
  g_autofree char *uri = NULL;
  g_autoptr (WayStore) lead = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *person = g_strdup_printf ("x%03u", i);
      g_autofree char *id = NULL;
      g_autofree char *membership = NULL;

      id = fixture_append (fixture->trust, NULL,
                           fixture_draft ("person",
                                          "{'person':'%s','username':'%s','name':'%s',"
                                          "'staff_group':'nursing','ended':0}",
                                          person, person, person));
      membership = fixture_append (
          fixture->trust, NULL,
          fixture_draft ("membership", "{'person':'%s','place':'w1','is_primary':1,'ended':0}",
                         person));
    }
  say (fixture, 0, 9, "time", 1, 20);    /* told in steps of eight */
  say (fixture, 0, 7, "slow", 1, 20);    /* too few */
  say (fixture, 0, 8, "sign-in", 1, 20); /* and one of them not any more */
  say (fixture, 3, 1, "sign-in", 0, 15);
  say (fixture, 0, 8, "help", 1, 20); /* eight more came today: not before next week */
  say (fixture, 8, 8, "help", 1, 0);
  say (fixture, 0, 24, "use", 1, 20); /* too few do not say it */
  uri = sync_fixture_dup_login_uri (fixture, "lea");
  lead = way_store_open_trust (uri, TRUE, &error);
  g_assert_no_error (error);
  fixture_assert_rows (lead, "SELECT barrier, name, people FROM api.barriers_v1 ()",
                       "help||8\nhelp|d|8\ntime||8\ntime|d|8");
  fixture_assert_rows (lead, "SELECT count(*) FROM api.event WHERE kind = 'barrier'", "0");
  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      g_autofree char *other = sync_fixture_dup_login_uri (fixture, who[i]);
      g_autoptr (WayDb) db = way_db_open (other, WAY_DB_READ_WRITE, &error);

      g_assert_no_error (error);
      g_assert_false (way_db_exec (db, "SELECT * FROM api.barriers_v1 ()", &error));
      g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED);
      g_clear_error (&error);
    }
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sync/extract/" name, SyncFixture, NULL, sync_fixture_set_up, test,                 \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("extract", test_extract);
  ADD ("fresh", test_fresh);
  ADD ("others", test_others);
  if (sync_fixture_is_postgresql ())
    {
      ADD ("attacks", test_attacks);
      ADD ("barriers", test_barriers);
      ADD ("37-by-the-week", test_by_the_week);
    }
  return g_test_run ();
}
