/* way-chance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-expression.h"

#include <math.h>

#include "assessment/way-scoring.h"

/* One of the values of a container. */
static gboolean
run_random (WayCall *call, GError **error)
{
  WayValue *value = way_call_get (call, 0);

  if (value == NULL)
    return TRUE;
  if (value->cardinality == WAY_CARDINALITY_RECORD)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "cannot choose from a record");

  call->result = way_value_pick (value, way_random_range (call->scope->random, value->texts->len));

  return TRUE;
}

static gboolean
get_range (WayCall *call, double *least, double *most, GError **error)
{
  if (!way_call_get_attribute_number (call, "min", 0, least, error)
      || !way_call_get_attribute_number (call, "max", 0, most, error))
    return FALSE;
  if (way_expression_get (call->expression, "max") == NULL || *most < *least)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs max, not below min");

  return TRUE;
}

static gboolean
run_random_integer (WayCall *call, GError **error)
{
  double least;
  double most;
  double step;
  double n;

  if (!get_range (call, &least, &most, error)
      || !way_call_get_attribute_number (call, "step", 1, &step, error))
    return FALSE;
  if (!(step >= 1) || step != floor (step) || least != floor (least) || most != floor (most))
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs whole numbers, and a step of at least 1");
  n = floor ((most - least) / step) + 1;
  if (n > G_MAXINT32)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "has too many numbers to choose from");

  return way_call_return_number (call,
                                 least + step * way_random_range (call->scope->random, (guint) n),
                                 TRUE);
}

static gboolean
run_random_float (WayCall *call, GError **error)
{
  double least;
  double most;

  if (!get_range (call, &least, &most, error))
    return FALSE;

  return way_call_return_number (call,
                                 least + (most - least) * way_random_uniform (call->scope->random),
                                 FALSE);
}

static const WayOperatorEntry operators[] = {
  { "random", 1, 1, run_random },
  { "random-float", 0, 0, run_random_float },
  { "random-integer", 0, 0, run_random_integer },
};

/* private: the operator that draws of this name, or NULL */
const WayOperatorEntry *
way_chance_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      return &operators[i];

  return NULL;
}
