/* test-inspect.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "careful.h"
#include "fixture.h"
#include "practice/way-practice-inspect.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

#define PLACE(id, rest)                                                                            \
  "<place id='" id "' " rest "><content><p>It is a thing.</p></content></place>"

/* A picture with three spots, and a page with one. */
static const char small[] =
    "<desk xmlns='" NS "' id='i' app='inspect' version='1' minutes='1'><title>I</title>"
    "<task><p>Do it.</p></task><draw group='bad' n='1'/><records>"
    "<scene id='room' width='100' height='50'><content>"
    "<img src='media/room.svg' alt='A room.'/></content>"
    "<reason id='see'>Seen</reason><reason id='hear'>Heard</reason></scene>"
    "<scene id='page'><content><p>I am <span "
    "class='place-word'>hear</span>.</p></content></scene>" PLACE (
        "cup", "scene='room' label='The cup' is='right' shape='rect' coords='0,0,10,10'")
        PLACE ("lamp-off",
               "scene='room' spot='lamp' label='The lamp' is='wrong' why='see hear' "
               "group='bad' shape='circle' coords='50,25,5'")
            PLACE ("lamp-on",
                   "scene='room' spot='lamp' label='The lamp' is='right' shape='circle' "
                   "coords='50,25,5'")
                PLACE ("door-open",
                       "scene='room' spot='door' label='The door' is='wrong' why='see' "
                       "group='bad' shape='rect' coords='80,0,100,50'")
                    PLACE ("door-shut",
                           "scene='room' spot='door' label='The door' is='right' shape='rect' "
                           "coords='80,0,100,50'")
                        PLACE ("word",
                               "scene='page' label='The third word' is='wrong' why='' "
                               "group='fixed'") "</records><rules><rule id='r' each='bad fixed' "
                                                "points='1'><when><all>"
                                                "<final target='$' state='marked'/><tally "
                                                "field='is' value='right' state='marked' max='0'/>"
                                                "</all></when><held><p>Yes.</p></"
                                                "held><missed><p>No.</p></missed></rule>"
                                                "<rule id='why' each='bad' points='1'><when><final "
                                                "target='$' state='marked' value='$.why'/>"
                                                "</when><held><p>Yes.</p></held><missed><p>No.</"
                                                "p></missed></rule></rules></desk>";

static WayDesk *
read_desk (const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  WayDesk *desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);

  g_assert_no_error (error);

  return desk;
}

/* The variant that was drawn takes its spot; which one it was does not show in the order. */
static void
test_spots (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  gboolean was_lamp = FALSE;
  gboolean was_door = FALSE;

  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autofree char *draw = describe_draw (practice);

      was_lamp |= strcmp (draw, "room page cup lamp-off door-shut word ") == 0;
      was_door |= strcmp (draw, "room page cup lamp-on door-open word ") == 0;
      g_assert_true (g_str_has_prefix (draw, "room page cup lamp-o"));
    }
  g_assert_true (was_lamp && was_door);
}

static WayPractice *
new_with_lamp (WayDesk *desk)
{
  for (guint64 seed = 0;; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      if (way_practice_find_record (practice, "lamp-off") != NULL)
        return g_steal_pointer (&practice);
    }
}

static void
test_marks (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = new_with_lamp (desk);

  g_assert_false (way_practice_can (practice, "mark", "lamp-on", NULL));
  g_assert_false (way_practice_can (practice, "mark", "room", NULL));
  g_assert_false (way_practice_can (practice, "mark", NULL, NULL));
  g_assert_false (way_practice_can (practice, "unmark", "lamp-off", NULL));
  g_assert_false (way_practice_can (practice, "say-why", "lamp-off", "see"));
  assert_done (practice, "look", "lamp-off", NULL);
  assert_done (practice, "mark", "lamp-off", NULL);
  g_assert_false (way_practice_can (practice, "mark", "lamp-off", NULL));
  g_assert_false (way_practice_can (practice, "say-why", "lamp-off", "smell"));
  g_assert_cmpuint (way_practice_count_marked (practice), ==, 1);
  assert_score (practice, 1, 3);
  assert_done (practice, "say-why", "lamp-off", "hear");
  assert_score (practice, 2, 3);
  assert_done (practice, "mark", "word", NULL);
  g_assert_false (way_practice_can (practice, "say-why", "word", "see"));
  assert_score (practice, 3, 3);
  assert_done (practice, "mark", "cup", NULL);
  assert_score (practice, 1, 3);
  assert_done (practice, "unmark", "cup", NULL);
  assert_score (practice, 3, 3);
  assert_done (practice, "unmark", "lamp-off", NULL);
  g_assert_null (way_practice_get_state (practice, "lamp-off"));
  assert_score (practice, 1, 3);
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
    { "coords='0,0,10,10'", "coords='0,45,10,55'", "*cup*outside*" },
    { "coords='0,0,10,10'", "coords='0,0,ten,10'", "*cup*where*" },
    { "shape='rect' coords='0,0,10,10'", "", "*cup*where*" },
    { "label='The cup'", "", "*cup*label*" },
    { "label='The cup'", "label='The lamp'", "*another*" },
    { "spot='lamp' label='The lamp' is='wrong'", "spot='lamp' label='The broken lamp' is='wrong'",
      "*gives it away*" },
    { "label='The cup' is='right'", "label='The cup' is='odd'", "*right or wrong*" },
    { "why='see hear'", "why='smell'", "*reason*" },
    { "scene='room' label='The cup'", "scene='attic' label='The cup'", "*no scene*" },
    { "place-word", "place-ward", "*place-ward*" },
    { "alt='A room.'", "alt=''", "*words*picture*" },
    { "<img src='media/room.svg' alt='A room.'/>", "<p>A room.</p>", "*no picture*" },
    { "spot='lamp' label='The lamp' is='wrong'", "spot='lamp' label='The lamp' is='right'",
      "*does not earn*" },
    { "value='right' state='marked' max='0'", "value='right' state='marked'",
      "*marking everything*" },
    { "<final target='$' state='marked'/><tally", "<tally", "*marking nothing*" },
    { "spot='door' label='The door' is='wrong' why='see'",
      "spot='lamp' label='The lamp' is='wrong' why='see'", NULL },
    { "<draw group='bad' n='1'/>", "<draw group='bad' n='2'/>", NULL },
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
      if (cases[i].text == NULL)
        {
          way_practice_check_desk (desk, &error);
          g_assert_no_error (error);
          continue;
        }
      g_assert_false (way_practice_check_desk (desk, &error));
      if (!g_pattern_match_simple (cases[i].text, error->message))
        g_error ("%s → %s: %s", cases[i].old, cases[i].new, error->message);
    }
}

/* Two that can be drawn at one spot. */
static void
test_check_clash (void)
{
  g_autoptr (GString) xml = g_string_new (small);
  g_autoptr (WayDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  g_string_replace (xml, "n='1'/>", "n='2'/>", 1);
  g_string_replace (xml, "spot='door' label='The door' is='wrong'",
                    "spot='lamp' label='The lamp' is='wrong'", 1);
  desk = read_desk (xml->str);
  g_assert_false (way_practice_check_desk (desk, &error));
  g_assert_true (g_pattern_match_simple ("*two places*one spot*", error->message));
}

/* --- The desks of the pack ---------------------------------------------------------- */

static const struct
{
  const char *name;
  guint n_wrong;
  guint n_false; /* so many false marks, and none counts */
  int out_of;
} desks[] = {
  { "b4-inspect.xml", 4, 2, 10 },
  { "c2-inspect.xml", 5, 3, 12 },
  { "f2-ward.xml", 5, 3, 12 },
};

/* Over many draws: each has as many wrong as the task says, a perfect path earns all,
 * nothing earns nothing, and false marks cost what the rules say. */
static void
test_desks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autoptr (WayDesk) desk = load_desk (desks[i].name);
      g_autoptr (GHashTable) draws = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint64 seed = 0; seed < 40; seed++)
        {
          g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
          int points;
          int out_of;

          g_hash_table_add (draws, describe_draw (practice));
          assert_score (practice, 0, desks[i].out_of);
          do_to (practice, "wrong", "look", G_MAXUINT);
          do_to (practice, "wrong", "mark", G_MAXUINT);
          g_assert_cmpuint (way_practice_count_marked (practice), ==, desks[i].n_wrong);
          say_why (practice);
          assert_score (practice, desks[i].out_of, desks[i].out_of);

          /* One false mark costs the two points for being fair, no more. */
          do_to (practice, "right", "mark", 1);
          assert_score (practice, desks[i].out_of - 2, desks[i].out_of);
          do_to (practice, "right", "unmark", 1);
          do_to (practice, "right", "mark", desks[i].n_false);
          way_practice_get_score (practice, &points, &out_of);
          g_assert_cmpint (points, ==, out_of - 2 - (int) desks[i].n_wrong);
        }
      g_assert_cmpuint (g_hash_table_size (draws), >, 20);
    }
}

static void
test_mistakes (void)
{
  g_autoptr (WayDesk) ward = load_desk ("f2-ward.xml");
  g_autoptr (WayDesk) record = load_desk ("c2-inspect.xml");
  g_autoptr (WayPractice) all = way_practice_new (ward, 1);
  g_autoptr (WayPractice) two = way_practice_new (ward, 1);
  g_autoptr (WayPractice) guessed = way_practice_new (record, 1);

  /* Marks everything there is. */
  do_to (all, "wrong", "mark", G_MAXUINT);
  do_to (all, "right", "mark", G_MAXUINT);
  assert_score (all, 0, 12);
  /* Finds two of five, and does not say why. */
  do_to (two, "wrong", "mark", 2);
  assert_score (two, 2, 12);
  /* Marks without asking the patient. */
  do_to (guessed, "wrong", "mark", G_MAXUINT);
  assert_score (guessed, 7, 12);
}

static void
test_random (void)
{
  static const char *const actions[] = { "look", "mark", "mark", "unmark", "say-why" };
  static const char *const reasons[] = { "see", "hear", "take", "act", "much", "small", "check" };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autoptr (WayDesk) desk = load_desk (desks[i].name);
      g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

      for (guint64 seed = 0; seed < 10; seed++)
        {
          g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

          for (guint j = 0; j < 1000; j++)
            {
              const WayDeskRecord *record = g_ptr_array_index (
                  desk->records, g_rand_int_range (rand, 0, (int) desk->records->len));
              const char *action = actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (actions))];
              const char *reason = reasons[g_rand_int_range (rand, 0, G_N_ELEMENTS (reasons))];
              int points;
              int out_of;

              way_practice_do (practice, action, record->id,
                               strcmp (action, "say-why") == 0 ? reason : NULL);
              if (j % 50 != 0)
                continue;
              way_practice_get_score (practice, &points, &out_of);
              g_assert_cmpint (points, >=, 0);
              g_assert_cmpint (points, <=, out_of);
            }
          g_assert_cmpuint (way_practice_get_n_actions (practice), >, 100);
        }
    }
}

/* The NHS numbers of the record are invented, and the wrong one fails its check digit. */
static void
test_numbers (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c2-inspect.xml");
  guint n = 0;

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (desk->records, i);
      const char *number = way_desk_get_field (place, "shows");
      int sum = 0;
      int digits = 0;

      if (g_strcmp0 (way_desk_get_field (place, "spot"), "nhs") != 0)
        continue;
      n++;
      g_assert_true (g_str_has_prefix (number, "999 "));
      for (const char *digit = number; *digit != '\0'; digit++)
        if (g_ascii_isdigit (*digit))
          sum += (*digit - '0') * (10 - digits++);
      g_assert_cmpint (digits, ==, 10);
      g_assert_true ((sum % 11 == 0) == (strcmp (way_desk_get_field (place, "is"), "right") == 0));
    }
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/inspect/spots", test_spots);
  g_test_add_func ("/inspect/marks", test_marks);
  g_test_add_func ("/inspect/check", test_check);
  g_test_add_func ("/inspect/check-clash", test_check_clash);
  g_test_add_func ("/inspect/desks", test_desks);
  g_test_add_func ("/inspect/mistakes", test_mistakes);
  g_test_add_func ("/inspect/random", test_random);
  g_test_add_func ("/inspect/numbers", test_numbers);

  return g_test_run ();
}
