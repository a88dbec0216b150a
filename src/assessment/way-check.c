/* way-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-check.h"

#include "assessment/way-random.h"

#define LEAST_ASKED 5

/* The questions of one outcome that are not drawn yet, in the order they would be. */
typedef struct
{
  const char *outcome;
  GPtrArray *fresh;    /* (owned) of WayCheckItem, borrowed */
  GPtrArray *repeated; /* (owned) of WayCheckItem, borrowed: were asked in the last try */
  guint n_drawn;
} Shelf;

static void
shelf_free (Shelf *self)
{
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->repeated);
  g_free (self);
}

static Shelf *
find_shelf (GPtrArray *shelves, const char *outcome)
{
  Shelf *shelf;

  for (guint i = 0; i < shelves->len; i++)
    {
      shelf = shelves->pdata[i];
      if (g_strcmp0 (shelf->outcome, outcome) == 0)
        return shelf;
    }

  shelf = g_new0 (Shelf, 1);
  shelf->outcome = outcome;
  shelf->fresh = g_ptr_array_new ();
  shelf->repeated = g_ptr_array_new ();
  g_ptr_array_add (shelves, shelf);

  return shelf;
}

/* The shelf with the fewest drawn that may give one: a question that was not in the last
 * try, or another one while the limit is not reached. An outcome with none drawn gives
 * one in any case, since a check that leaves an outcome out says nothing about it. */
static Shelf *
next_shelf (GPtrArray *shelves, gboolean may_repeat)
{
  Shelf *best = NULL;

  for (guint i = 0; i < shelves->len; i++)
    {
      Shelf *shelf = shelves->pdata[i];
      gboolean has_one = shelf->fresh->len > 0
                         || (shelf->repeated->len > 0 && (may_repeat || shelf->n_drawn == 0));

      if (has_one && (best == NULL || shelf->n_drawn < best->n_drawn))
        best = shelf;
    }

  return best;
}

/**
 * way_check_draw_from:
 * @items: (element-type WayCheckItem): the questions to draw from
 * @n_wanted: how many its author asks for
 * @seed: what the order and the choice are drawn from; in the attempt's event
 * @previous: (nullable) (array zero-terminated=1): ids of the questions of the last try
 *
 * Draws the questions of one try: at least five where there are as many, all outcomes as
 * evenly as can be, and of the last try's questions no more than half where the check
 * has enough others.
 *
 * Returns: (transfer container) (element-type WayCheckItem): the questions in the order
 *   they are asked; they belong to whom those of @items do
 */
GPtrArray *
way_check_draw_from (GPtrArray *items, int n_wanted, guint64 seed, const char *const *previous)
{
  g_autoptr (GPtrArray) shelves = NULL;
  g_autoptr (GPtrArray) drawn = NULL;
  WayRandom random;
  guint limit;
  guint wanted;
  guint n_repeated = 0;

  g_return_val_if_fail (items != NULL, NULL);

  shelves = g_ptr_array_new_with_free_func ((GDestroyNotify) shelf_free);
  drawn = g_ptr_array_new ();
  way_random_init (&random, seed, 0);
  limit = previous != NULL ? g_strv_length ((char **) previous) / 2 : 0;
  wanted = MIN ((guint) MAX (n_wanted, LEAST_ASKED), items->len);

  for (guint i = 0; i < items->len; i++)
    {
      WayCheckItem *item = items->pdata[i];
      Shelf *shelf = find_shelf (shelves, item->outcome);
      gboolean is_repeated = previous != NULL && g_strv_contains (previous, item->id);

      g_ptr_array_add (is_repeated ? shelf->repeated : shelf->fresh, item);
    }
  for (guint i = 0; i < shelves->len; i++)
    {
      Shelf *shelf = shelves->pdata[i];

      way_random_shuffle (&random, shelf->fresh);
      way_random_shuffle (&random, shelf->repeated);
    }
  way_random_shuffle (&random, shelves);

  while (drawn->len < wanted)
    {
      Shelf *shelf = next_shelf (shelves, n_repeated < limit);
      GPtrArray *from;

      /* Too few others: the rule about repeating gives way. */
      if (shelf == NULL)
        shelf = next_shelf (shelves, TRUE);
      g_assert (shelf != NULL);

      from = shelf->fresh->len > 0 ? shelf->fresh : shelf->repeated;
      if (from == shelf->repeated)
        n_repeated++;
      g_ptr_array_add (drawn, g_ptr_array_steal_index (from, from->len - 1));
      shelf->n_drawn++;
    }
  way_random_shuffle (&random, drawn);

  return g_steal_pointer (&drawn);
}

/**
 * way_check_draw:
 * @module: the module whose check it is
 * @seed: as way_check_draw_from()
 * @previous: (nullable) (array zero-terminated=1): the same
 *
 * Draws the questions of one try from all of the check's.
 *
 * Returns: (transfer container) (element-type WayCheckItem): the questions in the order
 *   they are asked; they belong to @module
 */
GPtrArray *
way_check_draw (const WayModule *module, guint64 seed, const char *const *previous)
{
  g_return_val_if_fail (module != NULL, NULL);

  return way_check_draw_from (module->check, module->draw, seed, previous);
}

/**
 * way_check_is_passed:
 * @n_right: answered rightly
 * @n_asked: asked
 * @pass_mark: the share that is needed, such as .8
 *
 * One slip never fails a check, however few questions it had; fewer than five say too
 * little to pass at all.
 *
 * Returns: whether the check is passed
 */
gboolean
way_check_is_passed (guint n_right, guint n_asked, double pass_mark)
{
  g_return_val_if_fail (n_right <= n_asked, FALSE);

  if (n_asked < LEAST_ASKED)
    return FALSE;

  /* A whole number of right answers, compared with room for .8 × 5 not being quite 4. */
  return n_right + 1e-9 >= pass_mark * n_asked || n_asked - n_right <= 1;
}
