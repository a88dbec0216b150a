/* way-lookup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-expression.h"

#include <math.h>

#include "assessment/way-scoring.h"

static const WayDeclaration *
find_declaration (const WayCall *call, gboolean only_responses, GError **error)
{
  const char *id = way_expression_get (call->expression, "identifier");
  const WayDeclaration *declaration = NULL;

  if (id != NULL)
    declaration = way_item_find_response (call->scope->item, id);
  if (id != NULL && declaration == NULL && !only_responses)
    declaration = way_item_find_outcome (call->scope->item, id);
  if (id != NULL && declaration == NULL && !only_responses)
    declaration = way_item_find_template (call->scope->item, id);
  if (declaration == NULL)
    way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                         "names “%s”, which the item does not declare", id != NULL ? id : "");

  return declaration;
}

static WayValue *
ref_value (WayValue *value)
{
  return value != NULL ? way_value_ref (value) : NULL;
}

static gboolean
run_variable (WayCall *call, GError **error)
{
  static const char *const builtin[] = { "completionStatus", "duration", "numAttempts", NULL };
  const char *id = way_expression_get (call->expression, "identifier");
  WayValue *value = NULL;

  if (id != NULL)
    value = way_scope_find (call->scope, id);
  if (value == NULL && !(id != NULL && g_strv_contains (builtin, id))
      && find_declaration (call, FALSE, error) == NULL)
    return FALSE;

  call->result = ref_value (value);

  return TRUE;
}

static gboolean
run_correct (WayCall *call, GError **error)
{
  const WayDeclaration *declaration = find_declaration (call, TRUE, error);

  if (declaration == NULL)
    return FALSE;
  if (!way_value_is_null (declaration->correct))
    call->result = way_response_fold (declaration, declaration->correct);

  return TRUE;
}

static gboolean
run_default (WayCall *call, GError **error)
{
  const WayDeclaration *declaration = find_declaration (call, FALSE, error);

  if (declaration == NULL)
    return FALSE;
  call->result = ref_value (declaration->initial);

  return TRUE;
}

static gboolean
run_base_value (WayCall *call, GError **error)
{
  call->result = ref_value (call->expression->value);

  return TRUE;
}

/* Case matters where the entry says so, and only in text that people type. */
static gboolean
entry_fits (const WayDeclaration *declaration, const WayMapEntry *entry, const WayValue *one)
{
  g_autoptr (WayValue) raw = way_value_new_text (declaration->base_type, entry->key);
  g_autoptr (WayValue) folded = way_response_fold (declaration, raw);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (way_value_is_null (folded))
    return FALSE;
  if (declaration->base_type != WAY_BASE_STRING)
    {
      g_autoptr (WayValue) key = way_value_pick (folded, 0);

      return way_value_equal (key, one);
    }

  a = way_value_dup_case (folded, entry->is_case_sensitive);
  b = way_value_dup_case (one, entry->is_case_sensitive);

  return g_str_equal (a, b);
}

static double
map_one (const WayDeclaration *declaration, const WayValue *one)
{
  for (guint i = 0; i < declaration->mapping->len; i++)
    {
      const WayMapEntry *entry = declaration->mapping->pdata[i];

      if (entry_fits (declaration, entry, one))
        return entry->value;
    }

  return declaration->map_default;
}

static gboolean
run_map_response (WayCall *call, GError **error)
{
  const WayDeclaration *declaration = find_declaration (call, TRUE, error);
  const WayValue *value;
  double sum = 0;

  if (declaration == NULL)
    return FALSE;
  if (declaration->mapping == NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "reads “%s”, which has no mapping", declaration->id);

  value = g_hash_table_lookup (call->scope->responses, declaration->id);
  for (guint i = 0; !way_value_is_null (value) && i < value->texts->len; i++)
    {
      g_autoptr (WayValue) one = way_value_pick (value, i);
      gboolean is_again = FALSE;

      /* A value that is given twice counts once. */
      for (guint j = 0; j < i && !is_again; j++)
        {
          g_autoptr (WayValue) earlier = way_value_pick (value, j);

          is_again = way_value_equal (earlier, one);
        }
      if (!is_again)
        sum += map_one (declaration, one);
    }

  return way_call_return_number (call, CLAMP (sum, declaration->map_lower, declaration->map_upper),
                                 FALSE);
}

/* What the first area that holds a point is worth; an area counts once. */
static gboolean
run_map_response_point (WayCall *call, GError **error)
{
  const WayDeclaration *declaration = find_declaration (call, TRUE, error);
  g_autofree gboolean *is_taken = NULL;
  const WayValue *value;
  double sum = 0;

  if (declaration == NULL)
    return FALSE;
  if (declaration->areas == NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "reads “%s”, which has no area mapping", declaration->id);

  is_taken = g_new0 (gboolean, declaration->areas->len + 1);
  value = g_hash_table_lookup (call->scope->responses, declaration->id);
  for (guint i = 0; !way_value_is_null (value) && i < value->texts->len; i++)
    {
      gboolean is_inside = FALSE;
      double x;
      double y;

      if (!way_point_parse (value->texts->pdata[i], &x, &y))
        continue;
      for (guint j = 0; j < declaration->areas->len && !is_inside; j++)
        {
          const WayAreaEntry *entry = declaration->areas->pdata[j];

          is_inside = way_shape_holds (entry->shape, x, y);
          if (is_inside && !is_taken[j])
            sum += entry->value;
          is_taken[j] = is_taken[j] || is_inside;
        }
      if (!is_inside)
        sum += declaration->area_default;
    }

  return way_call_return_number (call,
                                 CLAMP (sum, declaration->area_lower, declaration->area_upper),
                                 FALSE);
}

/* Whether a point, or one of several, is in a shape. */
static gboolean
run_inside (WayCall *call, GError **error)
{
  const char *type = way_expression_get (call->expression, "shape");
  const char *coords = way_expression_get (call->expression, "coords");
  g_autoptr (WayShape) shape = way_shape_new (type != NULL ? type : "", coords, 0, 0);
  const WayValue *value = way_call_get (call, 0);
  gboolean is_inside = FALSE;

  if (shape == NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "has no shape that can be read");
  if (value == NULL)
    return TRUE;
  if (value->base_type != WAY_BASE_POINT)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs a point, and has something else");

  for (guint i = 0; i < value->texts->len; i++)
    {
      double x;
      double y;

      if (way_point_parse (value->texts->pdata[i], &x, &y))
        is_inside = is_inside || way_shape_holds (shape, x, y);
    }

  return way_call_return_boolean (call, is_inside);
}

static gboolean
run_field_value (WayCall *call, GError **error)
{
  const char *field = way_expression_get (call->expression, "field-identifier");
  const WayValue *value = way_call_get (call, 0);

  if (field == NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "names no field");
  if (value != NULL && value->cardinality != WAY_CARDINALITY_RECORD)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs a record, and has something else");

  call->result = way_value_get_field (value, field);

  return TRUE;
}

static const WayOperatorEntry operators[] = {
  { "base-value", 0, 0, run_base_value },
  { "correct", 0, 0, run_correct },
  { "default", 0, 0, run_default },
  { "field-value", 1, 1, run_field_value },
  { "inside", 1, 1, run_inside },
  { "map-response", 0, 0, run_map_response },
  { "map-response-point", 0, 0, run_map_response_point },
  { "variable", 0, 0, run_variable },
};

/* private: the expression that looks a value up by this name, or NULL */
const WayOperatorEntry *
way_lookup_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      return &operators[i];

  return NULL;
}
