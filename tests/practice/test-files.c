/* test-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-files.h"

#include <string.h>

#include "fixture.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

static const char small[] =
    "<desk xmlns='" NS "' id='s' app='files' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<job id='j' group='all' title='The plan' file='plan'/>"
    "<folder id='home' name='Home'/><folder id='old' in='home' name='Old'/>"
    "<file id='plan' in='home' name='plan.txt' changed='1 May'>"
    "<version id='v2' changed='2 May'><content><p>Two.</p></content></version>"
    "<version id='v1' changed='1 May'><content><p>One.</p></content></version></file>"
    "<file id='copy' in='old' name='Plan (1).txt'/></records>"
    "<rules><rule id='p' each='all' points='1'><when>"
    "<final target='$' state='picked' value='$.file'/></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule>"
    "<rule id='f' points='4'><when><all>"
    "<filed target='plan' in='made' folder-has='2026' has='ward plan' lacks='final copy'"
    " version='v1' final='yes'/><filed target='copy' in='bin'/></all></when>"
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

static void
assert_folders (WayPractice *practice, const char *expected)
{
  g_autoptr (GPtrArray) folders = way_practice_dup_folders (practice);
  g_autofree char *text = NULL;

  g_ptr_array_add (folders, NULL);
  text = g_strjoinv (" ", (char **) folders->pdata);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_move (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *plan = way_practice_find_record (practice, "plan");

  assert_folders (practice, "home old bin");
  g_assert_false (way_practice_can (practice, "move", "plan", "home"));
  g_assert_false (way_practice_can (practice, "move", "plan", "made-1"));
  g_assert_false (way_practice_can (practice, "move", "plan", "plan"));
  g_assert_false (way_practice_can (practice, "move", "old", "bin"));
  assert_done (practice, "make-folder", "home", "2026");
  g_assert_false (way_practice_can (practice, "make-folder", "home", "2026"));
  g_assert_false (way_practice_can (practice, "make-folder", "home", "OLD"));
  g_assert_false (way_practice_can (practice, "make-folder", "home", " "));
  g_assert_false (way_practice_can (practice, "make-folder", "home", "a/b"));
  assert_done (practice, "make-folder", "old", "2026");
  assert_folders (practice, "home old made-2 made-1 bin");
  g_assert_cmpstr (way_practice_get_folder_parent (practice, "made-2"), ==, "old");
  assert_done (practice, "move", "plan", "made-1");
  g_assert_cmpstr (way_practice_get_folder (practice, plan), ==, "made-1");
  g_assert_cmpstr (way_practice_get_last_filed (practice)->id, ==, "plan");
  g_assert_false (way_practice_can (practice, "undo", "old", NULL));
  assert_done (practice, "undo", "plan", NULL);
  g_assert_cmpstr (way_practice_get_folder (practice, plan), ==, "home");
  assert_done (practice, "undo", "old", NULL);
  assert_done (practice, "undo", "home", NULL);
  assert_folders (practice, "home old bin");
  g_assert_null (way_practice_get_last_filed (practice));
}

/* No two files of a name in one folder, whether renamed or moved. */
static void
test_rename (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *copy = way_practice_find_record (practice, "copy");

  g_assert_false (way_practice_can (practice, "rename", "copy", "Plan (1).txt"));
  g_assert_false (way_practice_can (practice, "rename", "copy", ""));
  g_assert_false (way_practice_can (practice, "rename", "copy", " plan.txt"));
  g_assert_false (way_practice_can (practice, "rename", "copy", "\xff"));
  assert_done (practice, "rename", "copy", "PLAN.txt");
  g_assert_cmpstr (way_practice_get_file_name (practice, copy), ==, "PLAN.txt");
  g_assert_false (way_practice_can (practice, "move", "copy", "home"));
  assert_done (practice, "undo", "copy", NULL);
  assert_done (practice, "move", "copy", "home");
  g_assert_false (way_practice_can (practice, "rename", "copy", "Plan.TXT"));
}

static void
test_versions (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *plan = way_practice_find_record (practice, "plan");

  g_assert_cmpstr (way_practice_get_version (practice, plan)->id, ==, "v2");
  g_assert_false (way_practice_can (practice, "restore", "plan", "v2"));
  g_assert_false (way_practice_can (practice, "restore", "copy", "v1"));
  assert_done (practice, "look-version", "plan", "v1");
  g_assert_cmpstr (way_practice_get_version (practice, plan)->id, ==, "v2");
  assert_done (practice, "restore", "plan", "v1");
  g_assert_cmpstr (way_practice_get_version (practice, plan)->id, ==, "v1");
  assert_done (practice, "mark-final", "plan", NULL);
  g_assert_true (way_practice_is_final (practice, plan));
  g_assert_false (way_practice_can (practice, "mark-final", "plan", NULL));
  assert_done (practice, "undo", "plan", NULL);
  g_assert_false (way_practice_is_final (practice, plan));
}

static void
test_pick (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  g_assert_false (way_practice_can (practice, "pick", "j", "plan")); /* not looked into */
  assert_done (practice, "open", "copy", NULL);
  assert_done (practice, "pick", "j", "copy");
  assert_score (practice, 0, 5);
  g_assert_null (way_practice_get_current_in (practice, "files"));
  assert_done (practice, "undo", "j", NULL);
  g_assert_cmpstr (way_practice_get_current_in (practice, "files")->id, ==, "j");
  g_assert_false (way_practice_can (practice, "search", "home", ""));
  assert_done (practice, "search", "home", "plan");
  assert_done (practice, "open", "plan", NULL);
  assert_done (practice, "pick", NULL, "plan");
  assert_score (practice, 1, 5);
}

/* All of it scores; each step left out does not. */
static void
test_rules (void)
{
  static const char *const steps[][3] = {
    { "rename", "plan", "Ward Plan.txt" },
    { "restore", "plan", "v1" },
    { "mark-final", "plan", NULL },
    { "move", "plan", "made-1" },
    { "move", "copy", "bin" },
  };

  for (guint left = 0; left <= G_N_ELEMENTS (steps); left++)
    {
      g_autoptr (WayDesk) desk = read_desk (small);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

      assert_done (practice, "make-folder", "home", "Plans 2026");
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        if (i != left)
          assert_done (practice, steps[i][0], steps[i][1], steps[i][2]);
      assert_score (practice, left == G_N_ELEMENTS (steps) ? 4 : 0, 5);
      if (left < G_N_ELEMENTS (steps))
        continue;
      assert_done (practice, "rename", "plan", "Ward plan, copy.txt");
      assert_score (practice, 0, 5); /* a word that must not be in it */
    }
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
    { "in='old' name='Plan", "in='gone' name='Plan", "*no folder*" },
    { "name='Home'/>", "name='Home' in='old'/>", "*itself*" },
    { " title='The plan'", "", "*title*" },
    { "name='plan.txt'", "name='a/b'", "*name*" },
    { "id='old' in='home'", "id='bin' in='home'", "*bin*" },
    { "in='made'", "in='nowhere'", "*nowhere*" },
    { "version='v1'", "version='v9'", "*v9*" },
    { "final='yes'", "final='perhaps'", "*final*" },
    { "id='v1' changed='1 May'", "id='v1'", "*version*" },
    { "in='old' name='Plan (1).txt'", "in='home' name='plan.txt'", "*twice*" },
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

/* 10,000 clumsy actions: nothing breaks, nobody gets more than there is. */
static void
test_random (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  guint done = 0;

  for (guint seed = 0; seed < 20; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      done += act_at_random (practice,
                             "take search open look-version move rename restore mark-final "
                             "make-folder pick undo",
                             500, 20261122 + seed);
    }
  g_assert_cmpuint (done, >, 300);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/files/move", test_move);
  g_test_add_func ("/files/rename", test_rename);
  g_test_add_func ("/files/versions", test_versions);
  g_test_add_func ("/files/pick", test_pick);
  g_test_add_func ("/files/rules", test_rules);
  g_test_add_func ("/files/check", test_check);
  g_test_add_func ("/files/random", test_random);

  return g_test_run ();
}
