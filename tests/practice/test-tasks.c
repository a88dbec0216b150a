/* test-tasks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms and plans of the pack, and the desks of the baseline: what a careful colleague does
 * scores full, each mistake that people make costs what the rules say. */

#include <string.h>

#include "fixture.h"
#include "tasks.h"

static void
test_careful (void)
{
  for (guint i = 0; i < get_n_tasks (); i++)
    {
      const Task *task = get_task (i);
      g_autoptr (WayDesk) desk = load_desk (task->desk);

      for (guint64 seed = 0; seed < 50; seed++)
        {
          g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

          assert_score (practice, 0, task->full);
          do_task (practice, task, NULL);
          assert_score (practice, task->full, task->full);
        }
    }
}

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

static void
test_mistakes (void)
{
  for (guint i = 0; i < get_n_tasks (); i++)
    {
      const Task *task = get_task (i);
      g_autoptr (WayDesk) desk = load_desk (task->desk);

      for (const Mistake *mistake = task->mistakes; mistake->record != NULL; mistake++)
        {
          g_autoptr (WayPractice) practice = draw_with (desk, mistake->record);
          int points;

          do_task (practice, task, mistake);
          way_practice_get_score (practice, &points, NULL);
          if (points != task->full - mistake->lost)
            g_error ("%s: %s with %s instead of %s scores %d of %d and not %d less", task->desk,
                     mistake->record, mistake->instead, mistake->value, points, task->full,
                     mistake->lost);
        }
    }
}

/* People do not only slip once: whole ways through, each with its own score. */
static void
test_paths (void)
{
  for (guint i = 0; i < get_n_paths (); i++)
    {
      const Path *path = get_path (i);
      Task task = { path->desk, 0, path->steps, NULL };
      g_autoptr (WayDesk) desk = load_desk (path->desk);

      for (guint64 seed = 0; seed < 20; seed++)
        {
          g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
          int points;

          do_task (practice, &task, NULL);
          way_practice_get_score (practice, &points, NULL);
          if (points != path->points)
            g_error ("%s: path %u scores %d and not %d", path->desk, i, points, path->points);
        }
    }
}

/* Whoever only sits there, or only presses the button to send, gets nothing. */
static void
test_nothing (void)
{
  for (guint i = 0; i < get_n_tasks (); i++)
    {
      const Task *task = get_task (i);
      g_autoptr (WayDesk) desk = load_desk (task->desk);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 7);

      way_practice_do (practice, "finish", NULL, NULL);
      assert_score (practice, 0, task->full);
    }
}

static const char *
find_verbs (const char *app)
{
  static const char *const verbs[][2] = {
    { "files",
      "take search open look-version move rename restore mark-final make-folder pick undo" },
    { "share",
      "take look put put put take-out include exclude choose-subject choose-route send undo" },
    { "form", "take open set set set set clear submit undo" },
    { "inbox",
      "place place move remove submit undo open reply delete look-sender look-link report" },
    { "order", "place place move remove submit undo" },
    { "talk", "take say say say go-back end" },
    { "inspect", "look mark mark unmark" },
    { "finder", "take search open check ask choose stop undo" },
    { "signin", "add-word remove-word save choose enter-code approve deny report next" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i][0], app) == 0)
      return verbs[i][1];
  g_error ("no verbs for the app “%s”", app);
}

/* Short runs and many: a form that is sent for good leaves nothing to do. */
static void
test_random (void)
{
  for (guint i = 0; i < get_n_tasks (); i++)
    {
      const Task *task = get_task (i);
      g_autoptr (WayDesk) desk = load_desk (task->desk);
      const char *verbs = find_verbs (desk->apps[0]);
      guint done = 0;

      for (guint seed = 0; seed < 50; seed++)
        {
          g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

          done += act_at_random (practice, verbs, 500, 20261122 + seed);
        }
      g_assert_cmpuint (done, >=, 50);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tasks/careful", test_careful);
  g_test_add_func ("/tasks/mistakes", test_mistakes);
  g_test_add_func ("/tasks/paths", test_paths);
  g_test_add_func ("/tasks/nothing", test_nothing);
  g_test_add_func ("/tasks/random", test_random);

  return g_test_run ();
}
