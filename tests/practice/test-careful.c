/* test-careful.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* No desk of the core pack is forgotten: each has a careful way through that is worth all of
 * it, and to do nothing is worth nothing. */

#include "careful.h"
#include "fixture.h"

#define N_SEEDS 25

static void
test_desk (gconstpointer name)
{
  g_autoptr (WayDesk) desk = load_desk (name);
  int full = get_full_score (desk->id);

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) nothing = way_practice_new (desk, seed);

      assert_score (practice, 0, full);
      work_carefully (practice);
      g_assert_true (way_practice_is_finished (practice));
      assert_score (practice, full, full);
      assert_done (nothing, "finish", NULL, NULL);
      assert_score (nothing, 0, full);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", "desks", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >=, 50);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_strconcat ("/careful/", names->pdata[i], NULL);

      g_test_add_data_func (path, names->pdata[i], test_desk);
    }

  return g_test_run ();
}
