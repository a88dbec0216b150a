/* test-chart-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The small record to find the way in: what can be done where, and what the desks of the
 * pack score. */

#include <string.h>

#include "careful.h"
#include "fixture.h"
#include "practice/way-practice-record.h"

/* Nothing is done but on the screen that shows, of the record that is open. */
static void
test_screens (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d7-record.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);
  const WayDeskRecord *mary = way_practice_find_record (practice, "mary");

  g_assert_null (way_practice_get_open_chart (practice));
  g_assert_false (way_practice_can (practice, "go", "mary", "jobs"));
  assert_done (practice, "open", "mary", NULL);
  g_assert_true (way_practice_get_open_chart (practice) == mary);
  g_assert_false (way_practice_can (practice, "open", "idris", NULL));
  g_assert_false (way_practice_can (practice, "check", "idris", "dob"));
  g_assert_false (way_practice_can (practice, "check", "mary", "shoe"));
  assert_done (practice, "check", "mary", "dob");
  g_assert_false (way_practice_can (practice, "complete", "mary", "weigh"));
  assert_done (practice, "go", "mary", "jobs");
  g_assert_false (way_practice_can (practice, "go", "mary", "jobs"));
  assert_done (practice, "complete", "mary", "weigh");
  g_assert_cmpstr (way_practice_get_part_state (practice, mary, "weigh"), ==, "completed");
  assert_done (practice, "undo", "mary", "weigh");
  g_assert_null (way_practice_get_part_state (practice, mary, "weigh"));

  /* Read first; what was signed or acknowledged stands. */
  assert_done (practice, "go", "mary", "orders");
  g_assert_false (way_practice_can (practice, "sign", "mary", "xray"));
  assert_done (practice, "look", "mary", "xray");
  assert_done (practice, "sign", "mary", "xray");
  g_assert_false (way_practice_can (practice, "undo", "mary", "xray"));
  assert_done (practice, "look", "mary", "diet");
  g_assert_false (way_practice_can (practice, "sign", "mary", "diet"));
  assert_done (practice, "go", "mary", "results");
  g_assert_false (way_practice_can (practice, "acknowledge", "mary", "crp"));
  assert_done (practice, "look", "mary", "crp");
  assert_done (practice, "acknowledge", "mary", "crp");
  g_assert_false (way_practice_can (practice, "acknowledge", "mary", "crp"));
  assert_done (practice, "close", "mary", NULL);
  g_assert_null (way_practice_get_open_chart (practice));
  g_assert_null (way_practice_get_screen (practice));
}

/* As a careful colleague does it, but for what is told to be done otherwise. */
typedef struct
{
  const char *errand;
  const char *what; /* "near", "unchecked", "unread", "answer", "early", "old", "open" */
  int lost;
} Mistake;

static void
assert_desk (const char *name, const Mistake *mistakes, guint n, int full)
{
  g_autoptr (WayDesk) desk = load_desk (name);

  for (guint64 seed = 0; seed < 30; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      assert_score (practice, 0, full);
      do_errands (practice, NULL, NULL);
      assert_score (practice, full, full);
      assert_done (practice, "finish", NULL, NULL);
      assert_score (practice, full, full);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayPractice) practice = NULL;
      int points;

      for (guint64 seed = 0; practice == NULL && seed < 200; seed++)
        {
          practice = way_practice_new (desk, seed);
          if (way_practice_find_record (practice, mistakes[i].errand) == NULL)
            g_clear_object (&practice);
        }
      g_assert_nonnull (practice);
      do_errands (practice, mistakes[i].errand, mistakes[i].what);
      way_practice_get_score (practice, &points, NULL);
      if (points != full - mistakes[i].lost)
        g_error ("%s, %s: %d of %d", mistakes[i].errand, mistakes[i].what, points, full);
    }
}

static void
test_hunt (void)
{
  static const Mistake mistakes[] = {
    { "allergy", "answer", 1 }, { "potassium", "answer", 1 }, /* that of yesterday */
    { "newest", "unread", 1 },                                /* guessed */
    { "weight", "near", 3 },                                  /* ticked for Mrs Clark */
    { "weight", "open", 2 },                                  /* not brought to an end */
    { "breathing", "near", 3 },
  };

  assert_desk ("d7-record.xml", mistakes, G_N_ELEMENTS (mistakes), 9);
}

static void
test_result (void)
{
  static const Mistake mistakes[] = {
    { "low", "near", 4 },       /* the near name: nothing is left of it */
    { "low", "unchecked", 1 },  /* by the name alone */
    { "platelets", "old", 4 },  /* that of last week */
    { "platelets", "open", 2 }, /* not said to be done */
    { "then", "answer", 1 },    /* nobody hears of it */
  };

  assert_desk ("d7-result.xml", mistakes, G_N_ELEMENTS (mistakes), 5);
}

static void
test_random (gconstpointer name)
{
  static const char verbs[] =
      "take answer done open close check go look acknowledge sign complete undo";
  g_autoptr (WayDesk) desk = load_desk (name);
  g_auto (GStrv) words = g_strsplit (verbs, " ", -1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  static const char *const others[] = { "jobs", "orders", "results", "letters", "dob", "address" };

  for (guint64 seed = 0; seed < 10; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      int points;
      int out_of;

      for (guint i = 0; i < 4000; i++)
        {
          const WayDeskRecord *record = g_ptr_array_index (
              desk->records, g_rand_int_range (rand, 0, (int) desk->records->len));
          const char *verb = words[g_rand_int_range (rand, 0, (int) g_strv_length (words))];
          const char *value = NULL;

          if (g_rand_boolean (rand))
            value = others[g_rand_int_range (rand, 0, G_N_ELEMENTS (others))];
          else if (record->parts->len > 0 && g_rand_boolean (rand))
            value = ((WayDeskRecord *)
                         record->parts->pdata[g_rand_int_range (rand, 0, (int) record->parts->len)])
                        ->id;
          way_practice_do (practice, verb, g_rand_boolean (rand) ? record->id : NULL, value);
          if (i % 50 != 0)
            continue;
          way_practice_get_score (practice, &points, &out_of);
          g_assert_cmpint (points, >=, 0);
          g_assert_cmpint (points, <=, out_of);
        }
      g_assert_cmpuint (way_practice_get_n_actions (practice), >, 20);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-record/screens", test_screens);
  g_test_add_func ("/chart-record/desk/hunt", test_hunt);
  g_test_add_func ("/chart-record/desk/result", test_result);
  g_test_add_data_func ("/chart-record/random/hunt", "d7-record.xml", test_random);
  g_test_add_data_func ("/chart-record/random/result", "d7-result.xml", test_random);

  return g_test_run ();
}
