/* test-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "careful.h"
#include "fixture.h"
#include "practice/way-practice-talk.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

/* Two ways to the end: past a flag, and without it. */
static const char small[] =
    "<desk xmlns='" NS "' id='t' app='talk' version='1' minutes='1'><title>T</title>"
    "<task><p>Do it.</p></task><records>"
    "<talk id='a' group='all' person='Ann'>"
    "<turn id='hello'><content><p>Hello.</p></content>"
    "<reply id='ask' to='name' sets='asked'>Who are you?</reply>"
    "<reply id='tell' to='bye-glad bye-cold' sets='told'>All is well.</reply></turn>"
    "<turn id='name'><content><p>Ann.</p></content>"
    "<reply id='tell-ann' to='bye-glad bye-cold' sets='told'>All is well, Ann.</reply>"
    "<reply id='hush' to='bye-cold' unless='told'>I say nothing.</reply>"
    "<reply id='again' to='hello-again' if='asked' unless='twice' sets='twice'>Pardon?</reply>"
    "</turn>"
    "<turn id='hello-again'><content><p>I said: Ann.</p></content>"
    "<reply id='so' to='name'>So you did.</reply></turn>"
    "<turn id='bye-glad' if='asked'><content><p>Thank you.</p></content></turn>"
    "<turn id='bye-cold'><content><p>Bye.</p></content></turn></talk>"
    "<talk id='b' group='all' person='Ben'><turn id='hi'><content><p>Hi.</p></content>"
    "<reply id='hi-ben' to='bye' sets='asked told'>Hi, Ben.</reply></turn>"
    "<turn id='bye'><content><p>Bye.</p></content></turn></talk>"
    "</records><rules><rule id='r' each='all' points='2'><when><all>"
    "<final target='$' state='ended'/><flag target='$' name='asked'/>"
    "<flag target='$' name='told'/></all></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>";

static WayDesk *
read_desk (const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  WayDesk *desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);

  g_assert_no_error (error);

  return desk;
}

static const char *
get_turn (WayPractice *practice, const char *talk)
{
  return way_practice_get_turn (practice, way_practice_find_record (practice, talk))->id;
}

static void
assert_said (WayPractice *practice, const char *talk, const char *expected)
{
  g_auto (GStrv) said = way_practice_dup_said (practice, way_practice_find_record (practice, talk));
  g_autofree char *text = g_strjoinv (" ", said);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_say (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  g_assert_cmpstr (get_turn (practice, "a"), ==, "hello");
  g_assert_false (way_practice_can (practice, "say", "a", "hush"));
  g_assert_false (way_practice_can (practice, "say", "a", NULL));
  g_assert_false (way_practice_can (practice, "say", "b", "hi-ben"));
  g_assert_false (way_practice_can (practice, "go-back", "a", NULL));
  assert_done (practice, "say", "a", "ask");
  g_assert_cmpstr (get_turn (practice, "a"), ==, "name");
  assert_done (practice, "say", "a", "again");
  assert_done (practice, "say", "a", "so");
  g_assert_false (way_practice_can (practice, "say", "a", "again"));
  assert_done (practice, "say", NULL, "tell-ann");
  g_assert_cmpstr (get_turn (practice, "a"), ==, "bye-glad");
  g_assert_cmpstr (way_practice_get_state (practice, "a"), ==, "ended");
  g_assert_cmpstr (way_practice_get_state_value (practice, "a"), ==, "bye-glad");
  assert_said (practice, "a", "ask again so tell-ann");
  g_assert_false (way_practice_can (practice, "say", "a", "tell-ann"));
  assert_done (practice, "end", "a", NULL);
  g_assert_cmpstr (way_practice_get_current_in (practice, "talk")->id, ==, "b");
  assert_done (practice, "say", "b", "hi-ben");
  assert_score (practice, 4, 4);
  assert_done (practice, "end", NULL, NULL);
  g_assert_null (way_practice_get_current_in (practice, "talk"));
}

/* What was taken back is gone from the talk, its flags with it, and stays in the log. */
static void
test_go_back (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *talk = way_practice_find_record (practice, "a");

  assert_done (practice, "say", "a", "tell");
  g_assert_cmpstr (get_turn (practice, "a"), ==, "bye-cold");
  g_assert_cmpstr (way_practice_get_flags (practice, talk), ==, "told");
  assert_done (practice, "go-back", "a", NULL);
  g_assert_null (way_practice_get_state (practice, "a"));
  g_assert_cmpstr (way_practice_get_flags (practice, talk), ==, "");
  assert_said (practice, "a", "");
  g_assert_false (way_practice_can (practice, "go-back", "a", NULL));
  assert_done (practice, "say", "a", "ask");
  assert_done (practice, "say", "a", "hush");
  assert_score (practice, 0, 4);
  assert_done (practice, "go-back", "a", NULL);
  assert_done (practice, "say", "a", "tell-ann");
  g_assert_cmpstr (way_practice_get_flags (practice, talk), ==, "asked told");
  assert_said (practice, "a", "ask tell-ann");
  assert_score (practice, 2, 4);
  g_assert_true (way_practice_was_done (practice, "say", "a", "tell"));
  g_assert_true (way_practice_was_done (practice, "go-back", "a", NULL));
}

/* Broken off, a talk earns nothing and can be taken up where it stood. */
static void
test_end_early (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  assert_done (practice, "say", "a", "ask");
  assert_done (practice, "end", "a", NULL);
  g_assert_cmpstr (way_practice_get_state (practice, "a"), ==, "left");
  g_assert_false (way_practice_can (practice, "say", "a", "tell-ann"));
  g_assert_false (way_practice_can (practice, "take", "b", NULL));
  assert_score (practice, 0, 4);
  assert_done (practice, "take", "a", NULL);
  g_assert_null (way_practice_get_state (practice, "a"));
  g_assert_false (way_practice_can (practice, "take", "a", NULL));
  assert_done (practice, "say", "a", "tell-ann");
  assert_score (practice, 2, 4);
  assert_done (practice, "take", "b", NULL);
  assert_done (practice, "say", "b", "hi-ben");
  assert_score (practice, 4, 4);
}

/* What nobody who reads the file sees: found by walking through it. */
static void
test_check (void)
{
  static const struct
  {
    const char *old;
    const char *new;
    const char *text;
  } cases[] = {
    { "to='name' sets='asked'", "to='nowhere' sets='asked'", "*ask*no turn*" },
    { "<reply id='so' to='name'>So you did.</reply>",
      "<reply id='so' to='name' if='never'>So you did.</reply>", "*hello-again*nothing*said*" },
    { " unless='twice' sets='twice'", "", "*again and again*" },
    { "to='bye-glad bye-cold' sets='told'>All is well, Ann", "to='bye-cold'>All is well, Ann",
      "*bye-glad*never*" },
    { "if='asked' unless='twice'", "if='never' unless='twice'", "*again*never*" },
    { "<turn id='bye-cold'>", "<turn id='bye-cold' if='told'>", "*hush*no turn*" },
    { "person='Ann'", "", "*person*" },
    { "<flag target='$' name='told'/>", "<flag target='$' name='told'/><did action='go-back'/>",
      "*no way*rules*" },
    { "<reply id='so' to='name'>So you did.</reply>", "<reply id='so' to='name'/>", "*words*" },
    { "<reply id='hi-ben'", "<reply id='hush'", "*hush*another talk*" },
    { "<turn id='name'><content><p>Ann.</p></content>", "<turn id='name'>", "*says nothing*" },
    { "<flag target='$' name='told'/>", "<not><flag target='$' name='tolt'/></not>", "*tolt*" },
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

typedef struct
{
  const char *talk;
  const char *replies; /* "<" takes the last one back */
  int points;
} Path;

/* Each path by itself, with the draw that has its talk. */
static void
assert_paths (const char *name, const Path *paths, guint n, int out_of)
{
  g_autoptr (WayDesk) desk = load_desk (name);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayPractice) practice = NULL;
      int got;
      int all;

      for (guint64 seed = 0; practice == NULL; seed++)
        {
          practice = way_practice_new (desk, seed);
          if (way_practice_find_record (practice, paths[i].talk) == NULL)
            g_clear_object (&practice);
        }
      assert_score (practice, 0, out_of);
      say_all (practice, paths[i].talk, paths[i].replies);
      way_practice_get_score (practice, &got, &all);
      if (got != paths[i].points)
        g_error ("%s, %s: %d points, not %d", paths[i].talk, paths[i].replies, got,
                 paths[i].points);
    }
}

static void
test_confidential (void)
{
  static const Path paths[] = {
    { "daughter", "d-password d-enough", 3 },
    { "daughter", "d-nothing d-yet d-enough", 2 },      /* cold at first */
    { "daughter", "d-tells d-late d-enough", 0 },       /* told before asking */
    { "daughter", "d-tells < d-password d-enough", 3 }, /* taken back */
    { "daughter", "d-password d-all", 0 },              /* far too much */
    { "daughter", "d-password d-refuse", 2 },           /* safe, and no help */
    { "daughter", "d-bed d-broken", 0 },
    { "daughter", "d-password", 0 }, /* not brought to an end */
    { "son", "s-cannot s-same s-number", 3 },
    { "son", "s-cannot s-shout s-number", 2 },
    { "son", "s-here s-own s-same s-number", 0 }, /* “he is here” cannot be unsaid */
    { "son", "s-not s-neither s-number", 0 },     /* nor can “he is not” */
    { "son", "s-cannot s-give-in", 0 },
    { "son", "s-who s-still", 0 },
    { "neighbour", "k-office k-only k-ask", 4 },
    { "neighbour", "k-name k-wait k-ask", 3 }, /* in the corridor */
    { "neighbour", "k-know k-family", 2 },
    { "neighbour", "k-office k-once k-says", 1 }, /* looked, but not in the corridor */
    { "neighbour", "k-office k-own k-nobody", 1 },
    { "neighbour", "k-office k-only k-not-mine", 3 },
  };

  assert_paths ("f2-talk.xml", paths, G_N_ELEMENTS (paths), 7);
}

static void
test_coach (void)
{
  static const Path paths[] = {
    { "grace", "g-you g-one g-show g-sign", 5 },
    { "grace", "g-me g-sorry g-one g-show g-sign", 3 }, /* took the mouse */
    { "grace", "g-all g-slow g-show g-sign", 4 },       /* too much at once */
    { "grace", "g-you g-point g-show g-sign", 4 },      /* told which button */
    { "grace", "g-you g-one g-clear g-leave", 3 },      /* “Is it clear?” */
    { "grace", "g-you g-one g-rest", 1 },               /* did the rest */
    { "grace", "g-you g-one g-show g-home", 4 },        /* “Ring me at home” */
    { "grace", "g-young g-on", 0 },
    { "tomasz", "t-hear t-sound t-test t-desk", 5 },
    { "tomasz", "t-give t-back t-test t-desk", 3 },
    { "tomasz", "t-paper t-must", 0 },
    { "tomasz", "t-hear t-look t-stop", 2 },
    { "tomasz", "t-hear t-sound t-okay", 3 },
  };

  assert_paths ("b4-talk.xml", paths, G_N_ELEMENTS (paths), 5);
}

/* Whatever is pressed, nothing breaks and nobody gets more than there is. What was
 * accepted, done again, is worth the same. */
static void
test_random (gconstpointer name)
{
  static const char *const actions[] = { "say", "say", "say", "say", "go-back", "end", "take" };
  g_autoptr (WayDesk) desk = load_desk (name);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *talk = g_ptr_array_index (desk->records, i);

      for (guint j = 0; j < talk->parts->len; j++)
        for (guint k = 0; k < ((WayDeskRecord *) talk->parts->pdata[j])->parts->len; k++)
          g_ptr_array_add (
              values,
              ((WayDeskRecord *) ((WayDeskRecord *) talk->parts->pdata[j])->parts->pdata[k])->id);
    }

  for (guint64 seed = 0; seed < 10; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) again = way_practice_new (desk, seed);
      int points;
      int out_of;

      for (guint i = 0; i < 1000; i++)
        {
          const WayDeskRecord *talk = g_ptr_array_index (
              desk->records, g_rand_int_range (rand, 0, (int) desk->records->len));
          const char *action = actions[g_rand_int_range (rand, 0, G_N_ELEMENTS (actions))];
          const char *value = g_ptr_array_index (values,
                                                 g_rand_int_range (rand, 0, (int) values->len));

          way_practice_do (practice, action, g_rand_boolean (rand) ? talk->id : NULL,
                           strcmp (action, "say") == 0 ? value : NULL);
          if (i % 50 != 0)
            continue;
          way_practice_get_score (practice, &points, &out_of);
          g_assert_cmpint (points, >=, 0);
          g_assert_cmpint (points, <=, out_of);
        }
      g_assert_cmpuint (way_practice_get_n_actions (practice), >, 20);
      for (guint i = 0; i < way_practice_get_n_actions (practice); i++)
        {
          const char *action, *target, *value;

          way_practice_get_action (practice, i, &action, &target, &value);
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

  g_test_add_func ("/talk/say", test_say);
  g_test_add_func ("/talk/go-back", test_go_back);
  g_test_add_func ("/talk/end-early", test_end_early);
  g_test_add_func ("/talk/check", test_check);
  g_test_add_func ("/talk/desk/f2", test_confidential);
  g_test_add_func ("/talk/desk/b4", test_coach);
  g_test_add_data_func ("/talk/random/f2", "f2-talk.xml", test_random);
  g_test_add_data_func ("/talk/random/b4", "b4-talk.xml", test_random);

  return g_test_run ();
}
