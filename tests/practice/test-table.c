/* test-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables and the charts drawn from them: what can be done, what a file gets wrong, and
 * what the desks of the pack score. */

#include <string.h>

#include "careful.h"
#include "fixture.h"
#include "practice/way-practice-table.h"

static const char small[] =
    "<?xml version='1.0'?><desk xmlns='https://waymark-skills.github.io/ns/desk/1' id='small'"
    " app='table' version='1' minutes='1'><title>Small</title><task><p>Read.</p></task>"
    "<records><table id='t' title='Falls' chart='bars' label='ward' value='falls' from='40'"
    " to='60'>"
    "<column id='ward' label='Ward'/><column id='falls' label='Falls' kind='number' unit='n'/>"
    "<row id='oak' ward='Oak' falls='48'/><row id='ash' ward='Ash' falls='52'/>"
    "<row id='elm' ward='Elm'/><row id='fir' ward='Fir' falls='9'/>"
    "<question id='two' ask='pick' n='2' answer='oak+ash' text='Which two?'/>"
    "<question id='one' ask='pick' answer='elm' text='Which is missing?'/>"
    "<question id='axis' ask='judge' answer='forty' text='What of the axis?'>"
    "<option id='zero' text='It starts at 0'/><option id='forty' text='It starts at 40'/>"
    "</question><question id='n' ask='number' answer='4.5 5' text='How many?'/></table></records>"
    "<rules><rule id='two' points='2'><when><right target='t' question='two'/></when>"
    "<held><p>a</p></held><missed><p>b</p></missed></rule>"
    "<rule id='rest' points='1'><when><all><right target='t' question='one'/>"
    "<right target='t' question='axis'/><right target='t' question='n'/></all></when>"
    "<held><p>a</p></held><missed><p>b</p></missed></rule></rules></desk>";

static WayDesk *
read_desk (const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  WayDesk *desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);

  g_assert_no_error (error);

  return desk;
}

static void
assert_rows (WayPractice *practice, const char *expected)
{
  g_autoptr (GPtrArray)
      rows = way_practice_dup_rows (practice, way_practice_find_record (practice, "t"));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s ", ((WayDeskRecord *) rows->pdata[i])->id);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_sort (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  assert_rows (practice, "oak ash elm fir ");
  assert_done (practice, "sort", "t", "falls");
  assert_rows (practice, "fir oak ash elm "); /* as numbers, what is missing last */
  g_assert_false (way_practice_can (practice, "sort", "t", "falls"));
  assert_done (practice, "sort", "t", "falls down");
  assert_rows (practice, "ash oak fir elm ");
  assert_done (practice, "sort", NULL, "ward");
  assert_rows (practice, "ash elm fir oak ");
  g_assert_false (way_practice_can (practice, "sort", "t", "nothing"));
  g_assert_false (way_practice_can (practice, "sort", "t", "ward up"));
  g_assert_false (way_practice_can (practice, "sort", "t", NULL));
}

static void
test_answer (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *table = way_practice_find_record (practice, "t");

  g_assert_false (way_practice_can (practice, "pick", "t", "axis=oak"));
  g_assert_false (way_practice_can (practice, "pick", "t", "two=pine"));
  g_assert_false (way_practice_can (practice, "unpick", "t", "two=oak"));
  g_assert_false (way_practice_can (practice, "undo", "t", "two"));
  g_assert_false (way_practice_can (practice, "judge", "t", "axis=ten"));
  g_assert_false (way_practice_can (practice, "answer", "t", "n=many"));
  g_assert_false (way_practice_can (practice, "answer", "t", "n="));
  g_assert_false (way_practice_can (practice, "take", "t", NULL));

  /* In whichever order they are picked; no third. */
  assert_done (practice, "pick", "t", "two=ash");
  assert_score (practice, 0, 3);
  assert_done (practice, "pick", "t", "two=oak");
  g_assert_cmpstr (way_practice_get_reply (practice, table, "two"), ==, "oak+ash");
  assert_score (practice, 2, 3);
  g_assert_false (way_practice_can (practice, "pick", "t", "two=fir"));
  assert_done (practice, "unpick", "t", "two=oak");
  assert_done (practice, "pick", "t", "two=fir");
  assert_score (practice, 0, 3);
  assert_done (practice, "undo", "t", "two");
  assert_done (practice, "undo", "t", "two");
  assert_score (practice, 2, 3);

  /* One takes the place of another. */
  assert_done (practice, "pick", "t", "one=fir");
  assert_done (practice, "pick", "t", "one=elm");
  g_assert_cmpstr (way_practice_get_reply (practice, table, "one"), ==, "elm");
  assert_done (practice, "judge", "t", "axis=zero");
  assert_done (practice, "judge", "t", "axis=forty");
  g_assert_null (way_practice_get_state (practice, "t"));
  assert_done (practice, "answer", "t", "n= 4,50 ");
  g_assert_cmpstr (way_practice_get_reply (practice, table, "n"), ==, "4.5");
  g_assert_cmpstr (way_practice_get_state (practice, "t"), ==, "answered");
  assert_score (practice, 3, 3);
  assert_done (practice, "unpick", "t", "one=elm");
  g_assert_null (way_practice_get_state (practice, "t"));
  g_assert_null (way_practice_get_reply (practice, table, "one"));
  assert_score (practice, 2, 3);
}

static void
test_check (void)
{
  static const struct
  {
    const char *old;
    const char *new;
    const char *text;
  } cases[] = {
    { "falls='48'", "falls='many'", "*oak*number*" },
    { "falls='48'", "fall='48'", "*oak*no column*" },
    { "answer='oak+ash'", "answer='ash+oak'", "*two*nobody*" },
    { "answer='oak+ash'", "answer='oak'", "*two*nobody*" },
    { "answer='elm'", "", "*one*no*answer*" },
    { "answer='forty'", "answer='ten'", "*axis*nobody*" },
    { "answer='4.5 5'", "answer='five'", "*nobody*" },
    { "ask='judge'", "ask='guess'", "*axis*neither*" },
    { "chart='bars'", "chart='cake'", "*kind*" },
    { "chart='bars'", "chart='bands'", "*mark*" },
    { "value='falls'", "value='ward'", "*value*" },
    { "from='40'", "from='70'", "*axis*" },
    { "<column id='ward' label='Ward'/>", "<column id='ward'/>", "*label*" },
    { "<row id='ash'", "<row id='oak'", "*another part*" },
    { "question='two'", "question='three'", "*no table asks*three*" },
  };
  g_autoptr (WayDesk) right = read_desk (small);
  g_autoptr (GError) none = NULL;

  way_practice_check_desk (right, &none);
  g_assert_no_error (none);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) xml = g_string_new (small);
      g_autoptr (WayDesk) desk = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (xml, cases[i].old, cases[i].new, 1), ==, 1);
      desk = read_desk (xml->str);
      g_assert_false (way_practice_check_desk (desk, &error));
      if (!g_pattern_match_simple (cases[i].text, error->message))
        g_error ("%s → %s: %s", cases[i].old, cases[i].new, error->message);
    }
}

/* --- The desks of the pack ---------------------------------------------------------- */

static WayPractice *
draw_with (WayDesk *desk, const char *record)
{
  for (guint64 seed = 0; seed < 200; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      if (way_practice_find_record (practice, record) != NULL)
        return g_steal_pointer (&practice);
    }
  g_error ("“%s” is never drawn", record);
}

typedef struct
{
  const char *table;
  const char *what; /* action and value, after all was answered as it should be */
  int lost;
} Mistake;

static void
assert_desk (const char *name, const Mistake *mistakes, guint n, int full)
{
  g_autoptr (WayDesk) desk = load_desk (name);

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *table = g_ptr_array_index (desk->records, i);
      g_autoptr (WayPractice) practice = draw_with (desk, table->id);

      assert_score (practice, 0, full);
      answer_all (practice, table);
      assert_score (practice, full, full);
      assert_done (practice, "finish", NULL, NULL);
      assert_score (practice, full, full);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayPractice) practice = draw_with (desk, mistakes[i].table);
      g_auto (GStrv) words = g_strsplit (mistakes[i].what, " ", 2);
      int points;

      answer_all (practice, way_practice_find_record (practice, mistakes[i].table));
      assert_done (practice, words[0], mistakes[i].table, words[1]);
      way_practice_get_score (practice, &points, NULL);
      if (points != full - mistakes[i].lost)
        g_error ("%s: %s scores %d of %d", mistakes[i].table, mistakes[i].what, points, full);
    }
}

static void
test_chart (void)
{
  static const Mistake mistakes[] = {
    { "nurse", "pick unsure=c", 1 },  /* the lowest, not the least sure */
    { "nurse", "unpick below=c", 1 }, /* one is overlooked */
    { "nurse", "pick first=c", 2 },   /* the widest gap, but safety comes first */
    { "nurse", "answer above=2", 1 }, /* counted wrong */
    { "porter", "pick unsure=f", 1 }, { "porter", "pick first=d", 2 },
    { "clerk", "pick first=f", 2 }, /* safe already */
    { "clerk", "pick first=c", 2 }, /* below as well, but less */
    { "clerk", "undo above", 1 },
  };
  g_autoptr (WayDesk) desk = load_desk ("b1-chart.xml");
  g_autoptr (WayPractice) practice = draw_with (desk, "nurse");

  answer_all (practice, way_practice_find_record (practice, "nurse"));
  g_assert_false (way_practice_can (practice, "answer", "nurse", "above=3.0"));
  assert_desk ("b1-chart.xml", mistakes, G_N_ELEMENTS (mistakes), 5);
}

static void
test_need (void)
{
  static const Mistake mistakes[] = {
    { "therapist", "judge now-together=everyday", 1 }, /* what is hoped for */
    { "therapist", "judge need-learning=everyday", 1 },
    { "therapist", "judge need-devices=start", 1 },
    { "housekeeper", "judge need-information=everyday", 1 },
    { "housekeeper", "judge need-making=everyday", 1 },
    { "housekeeper", "judge now-safe=confident", 1 },
  };

  assert_desk ("b1-need.xml", mistakes, G_N_ELEMENTS (mistakes), 6);
}

static void
test_random (gconstpointer name)
{
  static const char *const actions[] = { "pick",   "pick", "unpick", "judge", "judge",
                                         "answer", "undo", "sort",   "take" };
  g_autoptr (WayDesk) desk = load_desk (name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint64 seed = 0; seed < 10; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *trace = NULL;
      int points;
      int out_of;

      for (guint i = 0; i < 1000; i++)
        {
          const WayDeskRecord *table = g_ptr_array_index (
              desk->records, g_rand_int_range (rand, 0, (int) desk->records->len));
          const WayDeskRecord *part =
              g_ptr_array_index (table->parts, g_rand_int_range (rand, 0, (int) table->parts->len));
          const WayDeskRecord *other =
              g_ptr_array_index (table->parts, g_rand_int_range (rand, 0, (int) table->parts->len));
          const char *action = actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (actions))];
          g_autofree char *value = NULL;

          if (strcmp (action, "answer") == 0)
            value = g_strdup_printf ("%s=%d", part->id, g_rand_int_range (rand, -3, 9));
          else if (strcmp (action, "judge") == 0 && part->parts->len > 0)
            value = g_strdup_printf (
                "%s=%s", part->id,
                ((WayDeskRecord *)
                     part->parts->pdata[g_rand_int_range (rand, 0, (int) part->parts->len)])
                    ->id);
          else if (strcmp (action, "pick") == 0 || strcmp (action, "unpick") == 0)
            value = g_strdup_printf ("%s=%s", part->id, other->id);
          else if (strcmp (action, "take") != 0)
            value = g_strdup (part->id);
          way_practice_do (practice, action, g_rand_boolean (rand) ? table->id : NULL, value);
          if (i % 50 != 0)
            continue;
          way_practice_get_score (practice, &points, &out_of);
          g_assert_cmpint (points, >=, 0);
          g_assert_cmpint (points, <=, out_of);
        }
      g_assert_cmpuint (way_practice_get_n_actions (practice), >, 20);
      trace = way_practice_dup_trace (practice);
      again = way_practice_new_from_trace (desk, trace, &error);
      g_assert_no_error (error);
      way_practice_get_score (practice, &points, &out_of);
      assert_score (again, points, out_of);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/table/sort", test_sort);
  g_test_add_func ("/table/answer", test_answer);
  g_test_add_func ("/table/check", test_check);
  g_test_add_func ("/table/desk/chart", test_chart);
  g_test_add_func ("/table/desk/need", test_need);
  g_test_add_data_func ("/table/random/chart", "b1-chart.xml", test_random);
  g_test_add_data_func ("/table/random/need", "b1-need.xml", test_random);

  return g_test_run ();
}
