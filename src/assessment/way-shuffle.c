/* way-shuffle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-shuffle.h"

#include "assessment/way-random.h"

/**
 * way_interaction_shuffle:
 * @choices: (element-type WayChoice): choices in the order of the item
 * @is_shuffled: whether they may change places
 * @seed: the same seed gives the same order
 *
 * Returns: (transfer container) (element-type WayChoice): the order to show; those that
 *   are fixed keep their places
 */
GPtrArray *
way_interaction_shuffle (GPtrArray *choices, gboolean is_shuffled, guint64 seed)
{
  g_autoptr (GPtrArray) loose = g_ptr_array_new ();
  GPtrArray *order = g_ptr_array_new ();
  WayRandom random;
  guint next = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      WayChoice *choice = g_ptr_array_index (choices, i);

      if (!choice->is_fixed)
        g_ptr_array_add (loose, choice);
    }
  if (is_shuffled)
    {
      way_random_init (&random, seed, 0);
      way_random_shuffle (&random, loose);
    }
  for (guint i = 0; i < choices->len; i++)
    {
      WayChoice *choice = g_ptr_array_index (choices, i);

      g_ptr_array_add (order, choice->is_fixed ? choice : g_ptr_array_index (loose, next++));
    }

  return order;
}
