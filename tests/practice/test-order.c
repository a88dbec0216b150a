/* test-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fixture.h"
#include "practice/way-practice-order.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

static const char *const small_board =
    "<desk xmlns='" NS "' id='s' app='order' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><draw group='more' n='1'/><records>"
    "<board id='board' title='Plan'><slot id='now' title='Now' room='3'/>"
    "<slot id='soon' title='Soon'/><slot id='not' title='Not' out='1'/></board>"
    "<card id='a' group='all' title='A' right='now'/>"
    "<card id='b' group='all' title='B' right='now'/>"
    "<card id='c' group='all' title='C' right='soon'/>"
    "<card id='d' group='all' title='D' right='not'/>"
    "<card id='e' group='more' title='E'/><card id='f' group='more' title='F'/>"
    "</records><rules><rule id='r' EACH points='1'><when>TEST</when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>";

static WayDesk *
read_desk (const char *each, const char *test)
{
  g_autoptr (GString) xml = g_string_new (small_board);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;

  g_string_replace (xml, "EACH", each, 1);
  g_string_replace (xml, "TEST", test, 1);
  bytes = g_bytes_new (xml->str, xml->len);
  desk = way_desk_new_from_bytes (bytes, "desks/order.xml", &error);
  g_assert_no_error (error);

  return desk;
}

static WayPractice *
new_practice (const char *each, const char *test)
{
  g_autoptr (WayDesk) desk = read_desk (each, test);
  g_autoptr (GError) error = NULL;

  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);

  return way_practice_new (desk, 1);
}

static void
assert_placed (WayPractice *practice, const char *slot, const char *wanted)
{
  g_auto (GStrv) cards = way_practice_dup_placed (practice, slot);
  g_autofree char *text = g_strjoinv (" ", cards);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_verbs (void)
{
  g_autoptr (WayPractice) practice = new_practice ("", "<did action='place'/>");
  g_auto (GStrv) tray = way_practice_dup_tray (practice);
  guint position;

  g_assert_cmpuint (g_strv_length (tray), ==, 5);
  g_assert_false (way_practice_can (practice, "submit", "board", NULL));
  g_assert_false (way_practice_can (practice, "undo", "board", NULL));
  g_assert_false (way_practice_can (practice, "move", "a", "1"));
  g_assert_false (way_practice_can (practice, "remove", "a", NULL));
  g_assert_false (way_practice_can (practice, "place", "a", NULL));
  g_assert_false (way_practice_can (practice, "place", "a", "later"));
  g_assert_false (way_practice_can (practice, "place", "a", "now 0"));
  g_assert_false (way_practice_can (practice, "place", "a", "now 1 2"));
  g_assert_false (way_practice_can (practice, "place", "board", "now"));
  assert_done (practice, "place", "a", "now");
  g_assert_false (way_practice_can (practice, "place", "a", "now"));
  assert_done (practice, "place", "b", "now");
  assert_done (practice, "place", "c", "now 1");
  assert_placed (practice, "now", "c a b");
  g_assert_false (way_practice_can (practice, "place", "d", "now"));
  assert_done (practice, "move", "c", "3");
  assert_placed (practice, "now", "a b c");
  g_assert_false (way_practice_can (practice, "move", "c", "3"));
  g_assert_false (way_practice_can (practice, "move", "c", "4"));
  assert_done (practice, "place", "a", "now");
  assert_placed (practice, "now", "b c a");
  assert_done (practice, "place", "b", "soon");
  assert_done (practice, "place", "d", "soon 1");
  assert_placed (practice, "now", "c a");
  assert_placed (practice, "soon", "d b");
  g_assert_cmpstr (way_practice_get_slot (practice, "b", &position), ==, "soon");
  g_assert_cmpuint (position, ==, 2);
  g_assert_cmpstr (way_practice_get_state (practice, "b"), ==, "placed");
  g_assert_cmpstr (way_practice_get_state_value (practice, "b"), ==, "soon");
  assert_done (practice, "remove", "b", NULL);
  g_assert_null (way_practice_get_slot (practice, "b", NULL));
  g_assert_null (way_practice_get_state (practice, "b"));
}

static void
test_undo (void)
{
  g_autoptr (WayPractice) practice = new_practice ("", "<did action='place'/>");

  assert_done (practice, "place", "a", "now");
  assert_done (practice, "place", "b", "soon");
  assert_done (practice, "place", "a", "soon");
  assert_done (practice, "move", "a", "1");
  assert_done (practice, "submit", "board", NULL);
  g_assert_false (way_practice_can (practice, "place", "a", "now"));
  g_assert_false (way_practice_can (practice, "move", "a", "2"));
  g_assert_false (way_practice_can (practice, "remove", "a", NULL));
  g_assert_false (way_practice_can (practice, "submit", "board", NULL));
  assert_done (practice, "undo", "board", NULL);
  assert_placed (practice, "soon", "a b");
  assert_done (practice, "undo", "board", NULL);
  assert_placed (practice, "soon", "b a");
  assert_done (practice, "undo", "board", NULL);
  assert_placed (practice, "now", "a");
  g_assert_cmpstr (way_practice_get_state_value (practice, "a"), ==, "now");
  assert_done (practice, "undo", "board", NULL);
  assert_done (practice, "undo", "board", NULL);
  g_assert_null (way_practice_get_state (practice, "a"));
  g_assert_false (way_practice_can (practice, "undo", "board", NULL));
}

/* Each test over one board: b a in now, c in soon, d in not. */
static void
test_rules (void)
{
  static const struct
  {
    const char *test;
    gboolean is_held;
  } cases[] = {
    { "<placed target='b' before='a'/>", TRUE },
    { "<placed target='a' before='b'/>", FALSE },
    { "<placed target='b' before='a c d e f'/>", TRUE },
    { "<placed target='b a' before='c'/>", TRUE },
    { "<placed target='c' before='a'/>", FALSE },
    { "<placed target='c' before='d'/>", TRUE },
    { "<placed target='d' before='a'/>", FALSE },
    { "<placed target='a b' slot='now'/>", TRUE },
    { "<placed target='a b' slot='soon'/>", FALSE },
    { "<placed target='a b c' slot='now soon'/>", TRUE },
    { "<placed target='b' max='1'/>", TRUE },
    { "<placed target='a' max='1'/>", FALSE },
    { "<placed target='a' min='2'/>", TRUE },
    { "<placed target='e f'/>", FALSE },
    { "<placed slot='now'/>", FALSE },
    { "<final target='d' state='placed' value='not'/>", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayPractice) practice = new_practice ("", cases[i].test);
      g_autoptr (GArray) outcomes = NULL;

      assert_done (practice, "place", "a", "now");
      assert_done (practice, "place", "b", "now 1");
      assert_done (practice, "place", "c", "soon");
      assert_done (practice, "place", "d", "not");
      outcomes = way_practice_judge (practice);
      if (g_array_index (outcomes, WayRuleOutcome, 0).is_held != cases[i].is_held)
        g_error ("%s: should %s", cases[i].test, cases[i].is_held ? "hold" : "not hold");
    }
}

/* A rule for each card asks where that card should lie; untouched, none holds. */
static void
test_each (void)
{
  g_autoptr (WayPractice)
      practice = new_practice ("each='all'", "<placed target='$' slot='$.right'/>");

  assert_score (practice, 0, 4);
  assert_done (practice, "place", "a", "now");
  assert_done (practice, "place", "b", "soon");
  assert_done (practice, "place", "d", "not");
  assert_score (practice, 2, 4);
}

static void
test_check (void)
{
  static const char *const wrong[] = {
    "<placed target='a' slot='later'/>",
    "<placed target='nobody'/>",
    "<placed target='a' before='nobody'/>",
    "<placed target='a' after='b'/>",
    "<did action='set'/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (WayDesk) desk = read_desk ("", wrong[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (way_practice_check_desk (desk, &error));
      g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE);
    }
}

static void
test_random (void)
{
  g_autoptr (WayPractice)
      practice = new_practice ("each='all'", "<placed target='$' slot='$.right'/>");

  g_assert_cmpuint (act_at_random (practice, "place move remove submit undo set", 10000, 20261122),
                    >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/order/verbs", test_verbs);
  g_test_add_func ("/order/undo", test_undo);
  g_test_add_func ("/order/rules", test_rules);
  g_test_add_func ("/order/each", test_each);
  g_test_add_func ("/order/check", test_check);
  g_test_add_func ("/order/random", test_random);

  return g_test_run ();
}
