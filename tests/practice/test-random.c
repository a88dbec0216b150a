/* test-random.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

#include "fixture.h"

#define SEED G_GUINT64_CONSTANT (20260817)
#define N_ACTIONS 10000
#define N_EACH 250

/* What anybody could do, and what nobody can: words from the desk and from nowhere. */
typedef struct
{
  GPtrArray *actions; /* (owned) of const char* */
  GPtrArray *targets; /* (owned) of const char* */
  GPtrArray *values;  /* (owned) of const char* */
} Words;

static gboolean is_brief;

static void
words_clear (Words *words)
{
  g_ptr_array_unref (words->actions);
  g_ptr_array_unref (words->targets);
  g_ptr_array_unref (words->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static void
add_parts (Words *words, const WayDeskRecord *record)
{
  GHashTableIter iter;
  gpointer text;

  g_ptr_array_add (words->values, record->id);
  g_hash_table_iter_init (&iter, record->fields);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    g_ptr_array_add (words->values, text);
  for (guint i = 0; i < record->parts->len; i++)
    add_parts (words, g_ptr_array_index (record->parts, i));
}

static void
words_init (Words *words, WayDesk *desk)
{
  static const char *const nowhere[] = { NULL, "",     "plain", "name",  "dob",     "1",
                                         "7",  "9999", "$",     "½ ä\n", "a:b c%d", "finish" };

  words->actions = g_ptr_array_new ();
  words->targets = g_ptr_array_new ();
  words->values = g_ptr_array_new ();
  for (guint i = 0; desk->apps[i] != NULL; i++)
    for (const WayVerb *verb = way_practice_find_app (desk->apps[i])->verbs; verb->name != NULL;
         verb++)
      g_ptr_array_add (words->actions, (gpointer) verb->name);
  g_ptr_array_add (words->actions, (gpointer) "clock");
  g_ptr_array_add (words->actions, (gpointer) "help");
  g_ptr_array_add (words->actions, (gpointer) "dance");
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      g_ptr_array_add (words->targets, record->id);
      add_parts (words, record);
    }
  g_ptr_array_add (words->targets, NULL);
  g_ptr_array_add (words->targets, (gpointer) "nobody");
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_ptr_array_add (words->values, (gpointer) nowhere[i]);
}

/* A value that goes with a target is likelier to be one of its own. */
static const char *
choose_value (WayPractice *practice, const Words *words, const char *target, guint64 *random)
{
  const WayDeskRecord *record = way_practice_find_record (practice, target);
  guint64 kind = way_practice_random_below (random, 4);

  if (kind == 0)
    return NULL;
  if (kind >= 2 && record != NULL && record->parts->len > 0)
    {
      const WayDeskRecord *part =
          record->parts->pdata[way_practice_random_below (random, record->parts->len)];

      return part->id;
    }

  return words->values->pdata[way_practice_random_below (random, words->values->len)];
}

/* Mostly what is there, and now and then what was not drawn. */
static const char *
choose_target (WayPractice *practice, const Words *words, guint64 *random)
{
  GPtrArray *records = way_practice_get_records (practice);

  if (way_practice_random_below (random, 5) == 0)
    return words->targets->pdata[way_practice_random_below (random, words->targets->len)];

  return ((const WayDeskRecord *) records->pdata[way_practice_random_below (random, records->len)])
      ->id;
}

static void
do_one (WayPractice *practice, const Words *words, guint64 *random)
{
  guint n = way_practice_get_n_actions (practice);
  const char *action;
  const char *target;
  const char *value;
  gboolean can;
  gboolean is_done;

  action = words->actions->pdata[way_practice_random_below (random, words->actions->len)];
  target = choose_target (practice, words, random);
  value = choose_value (practice, words, target, random);
  can = way_practice_can (practice, action, target, value);
  is_done = way_practice_do (practice, action, target, value);
  g_assert_true (can == is_done);
  g_assert_cmpuint (way_practice_get_n_actions (practice), ==, n + (is_done ? 1 : 0));
}

static void
assert_in_bounds (WayPractice *practice, int most)
{
  int points;
  int out_of;

  way_practice_get_score (practice, &points, &out_of);
  g_assert_cmpint (points, >=, 0);
  g_assert_cmpint (points, <=, out_of);
  g_assert_cmpint (out_of, ==, most);
}

/* The same state, record by record, and the same judgement. */
static void
assert_same (WayPractice *one, WayPractice *other)
{
  GPtrArray *records = way_practice_get_records (one);
  g_autoptr (GArray) outcomes = way_practice_judge (one);
  g_autoptr (GArray) again = way_practice_judge (other);

  g_assert_cmpuint (outcomes->len, ==, again->len);
  for (guint i = 0; i < outcomes->len; i++)
    g_assert_true (g_array_index (outcomes, WayRuleOutcome, i).is_held
                   == g_array_index (again, WayRuleOutcome, i).is_held);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      g_assert_cmpstr (way_practice_get_state (one, record->id), ==,
                       way_practice_get_state (other, record->id));
      g_assert_cmpstr (way_practice_get_state_value (one, record->id), ==,
                       way_practice_get_state_value (other, record->id));
      g_assert_true (way_practice_has_arrived (one, record)
                     == way_practice_has_arrived (other, record));
    }
  g_assert_true (way_practice_get_current (one) == way_practice_get_current (other));
  g_assert_cmpuint (way_practice_get_clock (one), ==, way_practice_get_clock (other));
}

static void
run (WayDesk *desk, const Words *words, guint n, guint64 seed)
{
  g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
  g_autoptr (WayPractice) middle = NULL;
  g_autoptr (WayPractice) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *trace = NULL;
  g_autofree char *half = NULL;
  guint64 random = seed;
  int most;

  way_practice_get_score (practice, NULL, &most);
  for (guint i = 0; i < n; i++)
    {
      do_one (practice, words, &random);
      if (i == n / 2)
        half = way_practice_dup_trace (practice);
      if (i % 1000 == 0)
        assert_in_bounds (practice, most);
    }
  /* Put down in the middle and picked up: the rest comes to the same. */
  middle = way_practice_new_from_trace (desk, half, &error);
  g_assert_no_error (error);
  for (guint i = way_practice_get_n_actions (middle); i < way_practice_get_n_actions (practice);
       i++)
    {
      const char *action;
      const char *target;
      const char *value;

      way_practice_get_action (practice, i, &action, &target, &value);
      assert_done (middle, action, target, value);
    }
  assert_same (practice, middle);

  /* It is no use if nothing of it could be done; three prompts leave less to do than ten
   * messages. */
  if (n == N_ACTIONS)
    g_assert_cmpuint (way_practice_get_n_actions (practice), >,
                      MIN (30, 4 * way_practice_get_records (practice)->len));
  assert_done (practice, "finish", NULL, NULL);
  assert_in_bounds (practice, most);
  trace = way_practice_dup_trace (practice);
  again = way_practice_new_from_trace (desk, trace, &error);
  g_assert_no_error (error);
  assert_same (practice, again);
  g_assert_true (way_practice_is_finished (again));
}

static void
test_desk (gconstpointer name)
{
  g_autoptr (WayDesk) desk = load_desk (name);
  g_auto (Words) words = { NULL };

  words_init (&words, desk);
  /* One long day, and many short ones with other draws: fewer with --brief. */
  run (desk, &words, N_ACTIONS, SEED);
  for (guint64 i = 1; i <= N_ACTIONS / N_EACH / (is_brief ? 10 : 1); i++)
    run (desk, &words, N_EACH, SEED + i);
}

/* What is not a run of this desk is said, and nothing is made of it. */
static void
test_wrong_traces (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "*not what was done*" },
    { "desk/1", "*not what was done*" },
    { "desk/2 1 1", "*not what was done*" },
    { "desk/1 1 x", "*not what was done*" },
    { "desk/1 1 -1", "*not what was done*" },
    { "desk/1 99 1", "*version 99*" },
    { "desk/1 2 1 dance", "*“dance” cannot*" },
    { "desk/1 2 1 open:nobody", "*“open:nobody” cannot*" },
    { "desk/1 2 1 finish finish", "*“finish” cannot*" },
    { "desk/1 2 1 ", "*“” cannot*" },
    { "desk/1 2 1 help:%", "*“help:%” cannot*" },
    { "desk/1 2 1 help:a:b:c", "*cannot*" },
  };
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].text);
      g_autofree char *mark = g_strdup_printf ("desk/1 %d 1", desk->version);
      g_autoptr (GError) error = NULL;

      g_string_replace (text, "desk/1 2 1", mark, 1);
      g_assert_null (way_practice_new_from_trace (desk, text->str, &error));
      g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_TRACE);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("“%s” is not “%s”", error->message, cases[i].message);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  is_brief = argc > 1 && g_str_equal (argv[1], "--brief");
  g_test_init (&argc, &argv, NULL);

  folder = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", "desks", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >=, 3);
  g_test_message ("seed %" G_GUINT64_FORMAT, SEED);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/random/", names->pdata[i], NULL);

      g_test_add_data_func (path, names->pdata[i], test_desk);
    }
  g_test_add_func ("/random/wrong-traces", test_wrong_traces);

  return g_test_run ();
}
