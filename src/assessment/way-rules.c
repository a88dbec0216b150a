/* way-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-expression.h"

#include "assessment/way-scoring.h"

#define DEEPEST 100

/* What runs the rules of response processing, and of template processing, alike. */
typedef struct
{
  WayScope *scope;
  WayRuleRunner run;
  gpointer data;
} Runner;

static WayRuleResult
run_rules (const Runner *self, GPtrArray *rules, guint first, guint depth, GError **error);

static gboolean
is_number_type (WayBaseType base_type)
{
  return base_type == WAY_BASE_INTEGER || base_type == WAY_BASE_FLOAT;
}

/* private: @value as the variable of @declaration holds it; NULL with an error when it cannot */
WayValue *
way_value_retype (const WayExpression *rule,
                  const WayDeclaration *declaration,
                  WayValue *value,
                  GError **error)
{
  g_autoptr (WayValue) retyped = NULL;

  if (value->cardinality != declaration->cardinality
      || (value->cardinality != WAY_CARDINALITY_RECORD && value->base_type != declaration->base_type
          && !(is_number_type (value->base_type) && is_number_type (declaration->base_type))))
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "sets “%s” to a value of another type", declaration->id);
      return NULL;
    }
  if (value->base_type == declaration->base_type || value->cardinality == WAY_CARDINALITY_RECORD)
    return way_value_ref (value);

  retyped = way_response_fold (declaration, value);
  if (retyped->texts->len != value->texts->len)
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "sets “%s”, a whole number, to something else", declaration->id);
      return NULL;
    }

  return g_steal_pointer (&retyped);
}

static WayRuleResult
run_condition (const Runner *self, const WayExpression *condition, guint depth, GError **error)
{
  for (guint i = 0; condition->children != NULL && i < condition->children->len; i++)
    {
      const WayExpression *branch = condition->children->pdata[i];
      g_autoptr (WayValue) value = NULL;

      if (g_str_has_suffix (branch->name, "-else"))
        return run_rules (self, branch->children, 0, depth + 1, error);

      if (!g_str_has_suffix (branch->name, "-if"))
        {
          way_expression_fail (branch, WAY_SCORING_ERROR_UNSUPPORTED, error, "is not supported");
          return WAY_RULE_FAILED;
        }
      if (branch->children == NULL || branch->children->len == 0)
        {
          way_expression_fail (branch, WAY_SCORING_ERROR_INVALID, error, "holds no condition");
          return WAY_RULE_FAILED;
        }
      if (!way_expression_evaluate (self->scope, branch->children->pdata[0], &value, error))
        return WAY_RULE_FAILED;
      if (!way_value_is_null (value) && value->base_type != WAY_BASE_BOOLEAN)
        {
          way_expression_fail (branch, WAY_SCORING_ERROR_INVALID, error,
                               "has a condition that is neither true nor false");
          return WAY_RULE_FAILED;
        }
      if (way_value_is_true (value))
        return run_rules (self, branch->children, 1, depth + 1, error);
    }

  return WAY_RULE_DONE;
}

static WayRuleResult
run_rules (const Runner *self, GPtrArray *rules, guint first, guint depth, GError **error)
{
  for (guint i = first; rules != NULL && i < rules->len; i++)
    {
      const WayExpression *rule = rules->pdata[i];
      WayRuleResult result;

      if (depth > DEEPEST)
        {
          way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error, "is nested too deeply");
          return WAY_RULE_FAILED;
        }

      if (g_str_has_suffix (rule->name, "-condition"))
        result = run_condition (self, rule, depth, error);
      else if (g_str_equal (rule->name, "response-processing-fragment"))
        result = run_rules (self, rule->children, 0, depth + 1, error);
      else
        result = self->run (self->scope, rule, error, self->data);

      if (result != WAY_RULE_DONE)
        return result;
    }

  return WAY_RULE_DONE;
}

/* private: runs the rules of response or template processing; @runner takes each that is no
 * condition */
WayRuleResult
way_rules_run (WayScope *scope,
               const WayExpression *processing,
               WayRuleRunner runner,
               gpointer data,
               GError **error)
{
  Runner self = { scope, runner, data };

  return run_rules (&self, processing->children, 0, 0, error);
}
