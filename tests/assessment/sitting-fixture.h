/* sitting-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>
#include <string.h>

#include "assessment/way-random.h"
#include "assessment/way-simulation.h"
#include "assessment/way-sitting.h"

/* What the tests of sittings share. */

static const double cuts[] = { -1, 0, 1 };

static inline WaySittingPlan
make_plan (WayDepth depth, guint64 seed)
{
  WaySittingPlan plan = { .depth = depth, .seed = seed, .prior_sd = 1 };

  for (guint d = 0; d < WAY_MAX_CAPABILITIES; d++)
    plan.required[d] = 2;

  return plan;
}

static inline const WayBankItem *
get_item (WayBank *bank, const char *id)
{
  int index = way_bank_find (bank, id);

  g_assert_cmpint (index, >=, 0);

  return bank->items->pdata[index];
}

/* Answers as a person with this place on every scale would, from a seed. */
static inline gboolean
would_be_right (WayBank *bank, const char *id, double theta, guint64 seed)
{
  WayRandom random;

  way_random_init (&random, seed, g_str_hash (id));

  return way_random_uniform (&random)
         < way_irt_probability (&get_item (bank, id)->curve.parameters, theta);
}

/* Walks a sitting to its end; every id asked is added to @asked. */
static inline WayStop
walk (WayBank *bank, WaySitting *sitting, double theta, guint64 seed, GPtrArray *asked)
{
  WaySelection selection;

  while (way_sitting_choose (sitting, &selection))
    {
      g_ptr_array_add (asked, (gpointer) selection.item);
      g_assert_true (way_sitting_answer (sitting, selection.item,
                                         would_be_right (bank, selection.item, theta, seed), TRUE));
    }

  return way_sitting_get_stop (sitting);
}
