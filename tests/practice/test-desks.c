/* test-desks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "careful.h"
#include "fixture.h"

static void
test_draw_same_seed (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) one = way_practice_new (desk, 42);
  g_autoptr (WayPractice) two = way_practice_new (desk, 42);
  g_autofree char *first = describe_draw (one);
  g_autofree char *second = describe_draw (two);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (way_practice_get_seed (one), ==, 42);
  g_assert_true (way_practice_get_desk (one) == desk);
}

/* Every draw has four bad messages, each of its own kind, and over the seeds each
 * message of the pool turns up. */
static void
test_draw_counts (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) draws = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 seed = 0; seed < 200; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      GPtrArray *records = way_practice_get_records (practice);
      g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_cmpuint (records->len, ==, 10);
      for (guint i = 0; i < records->len; i++)
        {
          const WayDeskRecord *record = g_ptr_array_index (records, i);

          g_hash_table_add (seen, record->id);
          if (g_str_has_prefix (record->group, "bad"))
            g_hash_table_add (kinds, record->group);
          if (i > 0)
            g_assert_cmpstr (way_desk_get_field (record, "time"), <=,
                             way_desk_get_field (g_ptr_array_index (records, i - 1), "time"));
        }
      g_assert_cmpuint (g_hash_table_size (kinds), ==, 4);
      g_hash_table_add (draws, describe_draw (practice));
    }

  g_assert_cmpuint (g_hash_table_size (seen), ==, desk->records->len);
  g_assert_cmpuint (g_hash_table_size (draws), >, 190);
}

static gboolean
is_bad (const WayDeskRecord *record)
{
  return g_str_has_prefix (record->group, "bad");
}

static void
test_inbox_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) other = way_practice_new (desk, seed);

      sort_inbox (practice, FALSE);
      assert_done (practice, "finish", NULL, NULL);
      assert_score (practice, 17, 17);
      sort_inbox (other, TRUE);
      assert_done (other, "finish", NULL, NULL);
      assert_score (other, 17, 17);
    }
}

static void
test_inbox_untouched (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 3);

  assert_score (practice, 0, 17);
}

static gboolean
find_outcome (GArray *outcomes, const char *rule, const char *group)
{
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      if (strcmp (outcome->rule->id, rule) == 0
          && (group == NULL || g_strcmp0 (outcome->record->group, group) == 0))
        return outcome->is_held;
    }
  g_assert_not_reached ();
}

/* Opens every link and file, answers nothing, reports nothing: every rule about a false
 * message is missed and every rule about a real one held. */
static void
test_inbox_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 11);
  GPtrArray *records = way_practice_get_records (practice);
  g_autoptr (GArray) outcomes = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);
      const WayDeskRecord *link = find_part (record, "link");
      const WayDeskRecord *file = find_part (record, "attachment");

      assert_done (practice, "open", record->id, NULL);
      if (link != NULL)
        assert_done (practice, "follow-link", record->id, link->id);
      if (file != NULL)
        assert_done (practice, "open-attachment", record->id, file->id);
    }
  outcomes = way_practice_judge (practice);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      g_assert_true (outcome->is_held == !is_bad (outcome->record));
    }
  assert_score (practice, 6, 17);
}

/* Somebody who opens a false link and then reports it gets the credit for reporting. */
static void
test_inbox_late_report (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 5);
  GPtrArray *records = way_practice_get_records (practice);
  g_autoptr (GArray) outcomes = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->group, "bad-link") != 0)
        continue;
      assert_done (practice, "open", record->id, NULL);
      assert_done (practice, "follow-link", record->id, find_part (record, "link")->id);
      assert_done (practice, "report", record->id, NULL);
    }
  outcomes = way_practice_judge (practice);
  g_assert_true (find_outcome (outcomes, "reported", "bad-link"));
  g_assert_false (find_outcome (outcomes, "untouched", "bad-link"));
  g_assert_false (find_outcome (outcomes, "link", "bad-link"));
  g_assert_false (find_outcome (outcomes, "reported", "bad-file"));
  assert_score (practice, 1, 17);
}

static void
test_finder_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      find_patients (practice);
      assert_score (practice, 9, 9);
    }
}

/* Takes the first record with the right last name and never compares. */
static void
test_finder_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 2);
  g_autoptr (GArray) outcomes = NULL;
  const WayDeskRecord *request;

  while ((request = way_practice_get_current (practice)) != NULL)
    {
      const char *patient = way_desk_get_field (request, "patient");

      patient = patient != NULL ? patient : "evans-1";
      assert_done (practice, "open", patient, NULL);
      assert_done (practice, "choose", request->id, patient);
    }
  outcomes = way_practice_judge (practice);
  g_assert_true (find_outcome (outcomes, "right-record", "near"));
  g_assert_true (find_outcome (outcomes, "right-twin", "twin"));
  g_assert_false (find_outcome (outcomes, "two-identifiers", "near"));
  g_assert_false (find_outcome (outcomes, "what-tells", "twin"));
  g_assert_false (find_outcome (outcomes, "stopped", "stop"));
  assert_score (practice, 3, 9);
}

static void
test_finder_states (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 9);
  const WayDeskRecord *twin = NULL;
  GPtrArray *records = way_practice_get_records (practice);
  const char *patient;

  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (((WayDeskRecord *) records->pdata[i])->group, "twin") == 0)
      twin = records->pdata[i];
  g_assert_nonnull (twin);
  patient = way_desk_get_field (twin, "patient");

  assert_done (practice, "take", twin->id, NULL);
  g_assert_true (way_practice_get_current (practice) == twin);
  assert_done (practice, "search", NULL, "ali");
  g_assert_false (way_practice_can (practice, "check", patient, "nhs"));
  g_assert_false (way_practice_can (practice, "choose", twin->id, patient));
  assert_done (practice, "open", patient, NULL);
  g_assert_false (way_practice_can (practice, "check", patient, "nhs"));
  assert_done (practice, "ask", twin->id, "nhs");
  g_assert_false (way_practice_can (practice, "ask", twin->id, "nhs"));
  assert_done (practice, "check", patient, "nhs");
  g_assert_false (way_practice_can (practice, "ask", twin->id, "favourite colour"));
  assert_done (practice, "open", "ali-1", NULL);
  g_assert_false (way_practice_can (practice, "check", patient, "nhs"));
  assert_done (practice, "choose", twin->id, "ali-1");
  g_assert_cmpstr (way_practice_get_state (practice, twin->id), ==, "chosen");
  g_assert_cmpstr (way_practice_get_state_value (practice, twin->id), ==, "ali-1");
  g_assert_true (way_practice_get_current (practice) != twin);
  assert_done (practice, "undo", twin->id, NULL);
  g_assert_true (way_practice_get_current (practice) == twin);
  assert_done (practice, "stop", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, twin->id), ==, "stopped");
}

/* Every invented NHS number lies in the range that is never issued and has its right
 * check digit; every request's patient exists; the twins do share what they should. */
static void
test_finder_patients (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  guint patients = 0;
  guint requests = 0;

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);
      const char *number = way_desk_get_field (record, "nhs");
      const char *patient = way_desk_get_field (record, "patient");
      int sum = 0;
      int place = 0;

      patients += strcmp (record->type, "patient") == 0;
      requests += strcmp (record->type, "request") == 0;
      if (patient != NULL)
        g_assert_nonnull (way_practice_find_record (practice, patient));
      if (number == NULL)
        continue;
      g_assert_true (g_str_has_prefix (number, "999 "));
      g_assert_true (g_hash_table_add (numbers, (char *) number));
      for (const char *digit = number; *digit != '\0'; digit++)
        if (g_ascii_isdigit (*digit))
          sum += (*digit - '0') * (10 - place++);
      g_assert_cmpint (place, ==, 10);
      g_assert_cmpint (sum % 11, ==, 0);
    }
  g_assert_cmpuint (patients, >=, 24);
  g_assert_cmpuint (requests, >=, 6);
}

static void
test_signin_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d3-signin.xml");

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      g_assert_cmpuint (way_practice_get_records (practice)->len, ==, 10);
      sign_in_carefully (practice);
      assert_score (practice, 15, 15);
    }
}

/* Takes the first weak word, the first option that is wrong, and says yes to everything. */
static void
test_signin_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d3-signin.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 4);
  g_autoptr (GArray) outcomes = NULL;
  const WayDeskRecord *step;

  while ((step = way_practice_get_current (practice)) != NULL)
    {
      const char *right = way_desk_get_field (step, "right");

      if (strcmp (step->type, "prompt") == 0)
        assert_done (practice, "approve", step->id, NULL);
      for (guint i = 0; i < step->parts->len; i++)
        {
          const WayDeskRecord *part = g_ptr_array_index (step->parts, i);

          if (way_desk_get_field (part, "weak") != NULL)
            assert_done (practice, "add-word", step->id, part->id);
          else if (strcmp (step->type, "factor") == 0 && way_desk_get_field (part, "code") == NULL)
            assert_done (practice, "choose", step->id, part->id);
          else if (right != NULL && strstr (right, part->id) == NULL)
            assert_done (practice, "choose", step->id, part->id);
        }
      if (strcmp (step->type, "passphrase") == 0)
        assert_done (practice, "save", step->id, NULL);
      assert_done (practice, "next", NULL, NULL);
    }
  outcomes = way_practice_judge (practice);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      g_assert_true (outcome->is_held == (strcmp (outcome->record->group, "asked") == 0));
    }
  assert_score (practice, 2, 15);
}

static void
test_signin_passphrase (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d3-signin.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 4);
  const WayDeskRecord *step = way_practice_get_current (practice);
  const char *strong[4] = { NULL };
  const char *weak = NULL;
  guint n = 0;

  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *word = g_ptr_array_index (step->parts, i);

      if (way_desk_get_field (word, "weak") != NULL)
        weak = word->id;
      else if (n < 4)
        strong[n++] = word->id;
    }
  g_assert_false (way_practice_can (practice, "save", NULL, NULL));
  g_assert_false (way_practice_can (practice, "next", NULL, NULL));
  assert_done (practice, "add-word", NULL, strong[0]);
  assert_done (practice, "add-word", NULL, strong[1]);
  g_assert_false (way_practice_can (practice, "add-word", NULL, strong[1]));
  assert_done (practice, "save", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, step->id), ==, "short");
  assert_done (practice, "add-word", NULL, weak);
  assert_done (practice, "save", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, step->id), ==, "guessable");
  assert_done (practice, "remove-word", NULL, weak);
  g_assert_false (way_practice_can (practice, "remove-word", NULL, weak));
  assert_done (practice, "add-word", NULL, strong[2]);
  assert_done (practice, "save", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, step->id), ==, "strong");
  assert_done (practice, "next", NULL, NULL);
  g_assert_true (way_practice_get_current (practice) != step);
  g_assert_false (way_practice_can (practice, "add-word", step->id, weak));
}

/* The log keeps seed and actions: doing them again gives the same judgement. */
static void
test_replay (void)
{
  static const char *const names[] = { "f1-inbox.xml", "c1-finder.xml", "d3-signin.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WayDesk) desk = load_desk (names[i]);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 99);
      g_autoptr (WayPractice) again = way_practice_new (desk, 99);
      int points;
      int out_of;

      if (i == 0)
        sort_inbox (practice, TRUE);
      if (i == 0)
        assert_done (practice, "finish", NULL, NULL);
      else if (i == 2)
        sign_in_carefully (practice);
      else
        assert_done (practice, "stop", NULL, NULL);

      for (guint j = 0; j < way_practice_get_n_actions (practice); j++)
        {
          const char *action;
          const char *target;
          const char *value;

          way_practice_get_action (practice, j, &action, &target, &value);
          assert_done (again, action, target, value);
        }
      way_practice_get_score (practice, &points, &out_of);
      assert_score (again, points, out_of);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desk/draw/same-seed", test_draw_same_seed);
  g_test_add_func ("/desk/draw/counts", test_draw_counts);
  g_test_add_func ("/desk/inbox/careful", test_inbox_careful);
  g_test_add_func ("/desk/inbox/untouched", test_inbox_untouched);
  g_test_add_func ("/desk/inbox/careless", test_inbox_careless);
  g_test_add_func ("/desk/inbox/late-report", test_inbox_late_report);
  g_test_add_func ("/desk/finder/careful", test_finder_careful);
  g_test_add_func ("/desk/finder/careless", test_finder_careless);
  g_test_add_func ("/desk/finder/states", test_finder_states);
  g_test_add_func ("/desk/finder/patients", test_finder_patients);
  g_test_add_func ("/desk/signin/careful", test_signin_careful);
  g_test_add_func ("/desk/signin/careless", test_signin_careless);
  g_test_add_func ("/desk/signin/passphrase", test_signin_passphrase);
  g_test_add_func ("/desk/replay", test_replay);

  return g_test_run ();
}
