/* test-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-computer.h"
#include "practice/way-practice-keys.h"
#include "practice/way-practice-settings.h"

#include <string.h>

#include "careful.h"
#include "fixture.h"

#define N_SEEDS 12

static void
test_walk_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d1-walk.xml");

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      assert_score (practice, 0, 14);
      begin_well (practice);
      assert_score (practice, 3, 14);
      answer_well (practice);
      assert_score (practice, 14, 14);
    }
}

/* Under another name, from open screens, past what stands open. */
static void
test_walk_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d1-walk.xml");

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      const WayDeskRecord *event;

      assert_done (practice, "read", get_computer (practice), NULL);
      assert_done (practice, "write", NULL, NULL);
      let_happen (practice);
      while ((event = way_practice_get_current (practice)) != NULL)
        {
          const char *option = find_option (event, TRUE);

          if (option == NULL)
            option = ((WayDeskRecord *) event->parts->pdata[0])->id;
          assert_done (practice, "choose", NULL, option);
          assert_done (practice, "next", NULL, NULL);
        }
      assert_score (practice, 0, 14);
    }
}

/* Looked first, and closed it after: the look is told, and the rest counts. */
static void
test_walk_read (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d1-walk.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);
  const WayDeskRecord *event;

  assert_done (practice, "read", get_computer (practice), NULL);
  begin_well (practice);
  assert_score (practice, 2, 14);
  while ((event = way_practice_get_current (practice)) != NULL)
    {
      const char *right = way_desk_get_field (event, "right");

      if (way_desk_get_field (event, "computer") != NULL)
        {
          assert_done (practice, "read", get_computer (practice), NULL);
          assert_done (practice, "sign-out", get_computer (practice), NULL);
        }
      else if (right == NULL)
        assert_done (practice, "sign-out", get_computer (practice), NULL);
      assert_done (practice, "choose", NULL, right != NULL ? right : find_option (event, TRUE));
      assert_done (practice, "next", NULL, NULL);
    }
  assert_score (practice, 12, 14);
}

/* What a computer lets do, in each state of its screen. */
static void
test_computer (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d1-walk.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 3);
  const WayDeskRecord *computer = way_practice_get_computer (practice);
  const char *user;

  g_assert_cmpint (way_practice_read_screen (practice, computer, &user), ==, WAY_SCREEN_OPEN);
  g_assert_cmpstr (user, ==, way_desk_get_field (computer, "user"));
  g_assert_false (way_practice_do (practice, "sign-in", computer->id, NULL));
  g_assert_false (way_practice_do (practice, "unlock", computer->id, NULL));
  g_assert_false (way_practice_do (practice, "lock", "hall-brown", NULL));

  /* Whose it is opens it again, and nobody else. */
  assert_done (practice, "lock", computer->id, NULL);
  g_assert_cmpint (way_practice_read_screen (practice, computer, &user), ==, WAY_SCREEN_LOCKED);
  g_assert_cmpstr (user, ==, way_desk_get_field (computer, "user"));
  g_assert_false (way_practice_do (practice, "unlock", computer->id, NULL));
  g_assert_false (way_practice_do (practice, "write", NULL, NULL));
  g_assert_false (way_practice_do (practice, "read", computer->id, NULL));
  assert_done (practice, "sign-out", computer->id, NULL);
  g_assert_cmpint (way_practice_read_screen (practice, computer, &user), ==, WAY_SCREEN_OUT);
  g_assert_null (user);
  assert_done (practice, "sign-in", computer->id, NULL);
  g_assert_false (way_practice_do (practice, "read", computer->id, NULL));
  assert_done (practice, "lock", computer->id, NULL);
  assert_done (practice, "unlock", computer->id, NULL);
  way_practice_read_screen (practice, computer, &user);
  g_assert_cmpstr (user, ==, "J. Lin");
}

/* Nobody acts at a computer that they have left; who comes back is signed in again. */
static void
test_away (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d1-walk.xml");

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      const WayDeskRecord *event;
      const WayDeskRecord *computer = way_practice_get_computer (practice);

      begin_well (practice);
      event = way_practice_get_current (practice);
      if (g_strcmp0 (event->group, "call") != 0)
        continue;
      assert_done (practice, "lock", computer->id, NULL);
      g_assert_false (way_practice_is_away (practice));
      assert_done (practice, "choose", NULL, find_option (event, TRUE));
      g_assert_cmpstr (way_practice_get_state (practice, event->id), ==, "locked");
      g_assert_true (way_practice_is_away (practice));
      g_assert_false (way_practice_do (practice, "unlock", computer->id, NULL));
      g_assert_false (way_practice_do (practice, "choose", event->id, find_option (event, TRUE)));
      assert_done (practice, "next", NULL, NULL);
      g_assert_cmpint (way_practice_read_screen (practice, computer, NULL), ==, WAY_SCREEN_OPEN);
    }
}

static void
test_settings_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d2-settings.xml");

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      const WayDeskRecord *goal;

      assert_score (practice, 0, 15);
      while ((goal = way_practice_get_current (practice)) != NULL)
        {
          set_needed (practice, goal);
          assert_done (practice, "keep", NULL, NULL);
          g_assert_cmpstr (way_practice_get_state (practice, goal->id), ==, "met");
        }
      assert_score (practice, 15, 15);
    }
}

/* Everything at once helps, and costs what it costs; nothing that helps earns nothing. */
static void
test_settings_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d2-settings.xml");
  static const char *const all[][2] = {
    { "text", "text-large" },  { "zoom", "zoom-150" },         { "contrast", "contrast-high" },
    { "style", "style-dark" }, { "pointer", "pointer-large" }, { "button", "button-right" },
    { "sticky", "sticky-on" }
  };

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) wrong = way_practice_new (desk, seed);
      const WayDeskRecord *goal;

      while (way_practice_get_current (practice) != NULL)
        {
          for (guint i = 0; i < G_N_ELEMENTS (all); i++)
            assert_done (practice, "set", all[i][0], all[i][1]);
          assert_done (practice, "keep", NULL, NULL);
        }
      assert_score (practice, 10, 15);

      while ((goal = way_practice_get_current (wrong)) != NULL)
        {
          gboolean is_zoom = strstr (way_desk_get_field (goal, "needs"), "zoom:") != NULL;

          assert_done (wrong, "set", is_zoom ? "text" : "zoom",
                       is_zoom ? "text-large" : "zoom-200");
          assert_done (wrong, "keep", NULL, NULL);
          g_assert_cmpstr (way_practice_get_state (wrong, goal->id), ==, "unmet");
        }
      assert_score (wrong, 0, 15);
    }
}

/* Undo goes back one step, and the next person finds all as it was. */
static void
test_settings_undo (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d2-settings.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 5);
  const WayDeskRecord *text = way_practice_find_record (practice, "text");
  const WayDeskRecord *goal = way_practice_get_current (practice);

  g_assert_false (way_practice_do (practice, "keep", goal->id, NULL));
  g_assert_false (way_practice_do (practice, "set", "text", "text-normal"));
  g_assert_false (way_practice_do (practice, "set", "text", "zoom-150"));
  assert_done (practice, "set", "text", "text-large");
  assert_done (practice, "set", "text", "text-larger");
  assert_done (practice, "undo", "text", NULL);
  g_assert_cmpstr (way_practice_get_setting (practice, text), ==, "text-large");
  assert_done (practice, "undo", "text", NULL);
  g_assert_cmpstr (way_practice_get_setting (practice, text), ==, "text-normal");
  g_assert_false (way_practice_do (practice, "undo", "text", NULL));
  assert_done (practice, "set", "text", "text-large");
  assert_done (practice, "keep", NULL, NULL);
  g_assert_true (way_practice_get_current (practice) != goal);
  g_assert_cmpstr (way_practice_get_setting (practice, text), ==, "text-normal");
  g_assert_cmpstr (way_desk_get_field (way_practice_get_setting_value (practice, text), "label"),
                   ==, "Normal");
}

static void
test_keys (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d2-keys.xml");

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) pointer = way_practice_new (desk, seed);
      g_autoptr (WayPractice) deleted = way_practice_new (desk, seed);

      assert_score (practice, 0, 13);
      do_steps (practice, "key");
      assert_score (practice, 13, 13);
      /* The pointer does it too, and says so. */
      do_steps (pointer, "press");
      assert_score (pointer, 7, 13);
      assert_done (deleted, "key", "delete", NULL);
      do_steps (deleted, "key");
      assert_score (deleted, 12, 13);
    }
}

/* Another control than the one in hand is used, and the step stays. */
static void
test_keys_wrong (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d2-keys.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 2);
  const WayDeskRecord *step = way_practice_get_current (practice);
  const WayDeskRecord *urgent = way_practice_find_record (practice, "urgent");

  g_assert_false (way_practice_do (practice, "key", "news", NULL));
  g_assert_false (way_practice_do (practice, "key", "ward", NULL));
  g_assert_false (way_practice_do (practice, "key", "ward", "nowhere"));
  assert_done (practice, "key", "send", NULL);
  g_assert_true (way_practice_get_current (practice) == step);
  g_assert_false (way_practice_is_on (practice, urgent));
  for (guint i = 0; i < 3; i++)
    {
      if (way_practice_get_current (practice) != step)
        break;
      g_assert_cmpint (i, <, 2);
      if (g_strcmp0 (way_desk_get_field (step, "control"), "ward") != 0)
        break;
      assert_done (practice, "key", "ward",
                   i == 0 && strcmp (way_desk_get_field (step, "value"), "oak") != 0
                       ? "oak"
                       : way_desk_get_field (step, "value"));
    }
  assert_done (practice, "press", "urgent", NULL);
  g_assert_true (way_practice_is_on (practice, urgent));
  assert_done (practice, "press", "urgent", NULL);
  g_assert_false (way_practice_is_on (practice, urgent));
}

#define NS "https://waymark-skills.github.io/ns/desk/1"

/* What cannot work is found before anybody practises on it. */
static void
test_checks (void)
{
  static const struct
  {
    const char *app;
    const char *records;
    const char *message;
  } cases[] = {
    { "computer", "<computer id='c' title='C'/>", "*who “you” are*" },
    { "computer", "<computer id='c' you='A'/><work id='w'/>", "*names its “computer”*" },
    { "computer", "<computer id='c' you='A'/><work id='w' computer='d'/>", "*no computer “d”*" },
    { "computer", "<computer id='c' you='A'/><event id='w'><option id='o' label='O'/></event>",
      "*two options*" },
    { "settings", "<setting id='s' start='b'><value id='a' label='A'/></setting>", "*not “b”*" },
    { "settings", "<goal id='g'/>", "*what it “needs”*" },
    { "settings", "<goal id='g' needs='s:a'/>", "*no setting and value*" },
    { "settings",
      "<setting id='s' start='a'><value id='a' label='A'/></setting><goal id='g' needs='s:b'/>",
      "*no value “b”*" },
    { "settings",
      "<setting id='s' start='a'><value id='a' label='A'/></setting><goal id='g' needs='s:a'/>",
      "*before anything is done*" },
    { "keys", "<control id='c' kind='knob'/>", "*“knob”*" },
    { "keys", "<step id='s' control='c'/>", "*a “control” that is here*" },
    { "keys", "<control id='c' kind='button'/><step id='s' control='c' value='v'/>",
      "*one “value” of a choice*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "<desk xmlns='" NS "' id='x' app='%s' version='1' minutes='1'><title>X</title>"
          "<task><p>T</p></task><records>%s</records><rules><rule id='r' points='1'>"
          "<when><did action='help'/></when><held/><missed/></rule></rules></desk>",
          cases[i].app, cases[i].records);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (WayDesk) desk = way_desk_new_from_bytes (bytes, "desks/x.xml", &error);

      g_assert_no_error (error);
      g_assert_false (way_practice_check_desk (desk, &error));
      if (error == NULL || !g_pattern_match_simple (cases[i].message, error->message))
        g_error ("“%s” is not “%s”", error != NULL ? error->message : "", cases[i].message);
    }
}

/* The end of a shift, sorted. */
static void
test_end (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d1-end.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 4);

  assert_score (practice, 0, 11);
  leave_shift (practice);
  assert_score (practice, 11, 11);
  /* Signed out before anything was saved. */
  assert_done (practice, "undo", "leave", NULL);
  assert_done (practice, "move", "save", "3");
  assert_done (practice, "submit", "leave", NULL);
  assert_score (practice, 10, 11);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/walk/careful", test_walk_careful);
  g_test_add_func ("/settings/walk/careless", test_walk_careless);
  g_test_add_func ("/settings/walk/read", test_walk_read);
  g_test_add_func ("/settings/walk/computer", test_computer);
  g_test_add_func ("/settings/walk/away", test_away);
  g_test_add_func ("/settings/goals/careful", test_settings_careful);
  g_test_add_func ("/settings/goals/careless", test_settings_careless);
  g_test_add_func ("/settings/goals/undo", test_settings_undo);
  g_test_add_func ("/settings/keys/steps", test_keys);
  g_test_add_func ("/settings/keys/wrong", test_keys_wrong);
  g_test_add_func ("/settings/end", test_end);
  g_test_add_func ("/settings/checks", test_checks);

  return g_test_run ();
}
