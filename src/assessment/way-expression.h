/* way-expression.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-random.h"
#include "content/way-item.h"

G_BEGIN_DECLS

/* What the expressions of response and template processing can see. */
typedef struct
{
  const WayItem *item;
  GHashTable *responses; /* char* → WayValue, in the form that is compared */
  GHashTable *outcomes;  /* char* → WayValue */
  GHashTable *templates; /* (nullable) char* → WayValue */
  WayRandom *random;     /* what is drawn depends on its seed alone */
} WayScope;

/* What a rule does to those after it. */
typedef enum
{
  WAY_RULE_FAILED,
  WAY_RULE_DONE,
  WAY_RULE_EXIT,  /* processing ends here, with what is set */
  WAY_RULE_AGAIN, /* what was drawn does not do: draw again */
} WayRuleResult;

/* Takes one rule that is no condition. */
typedef WayRuleResult (*WayRuleRunner) (WayScope *scope,
                                        const WayExpression *rule,
                                        GError **error,
                                        gpointer data);

/* One operator at work: what it was given and what it makes of it. A QTI NULL is NULL. */
typedef struct
{
  const WayScope *scope;
  const WayExpression *expression;
  GPtrArray *arguments; /* (owned) of nullable WayValue */
  WayValue *result;     /* (owned) (nullable) */
} WayCall;

typedef gboolean (*WayOperator) (WayCall *call, GError **error);

typedef struct
{
  const char *name;
  guint least; /* arguments */
  guint most;
  WayOperator run;
} WayOperatorEntry;

gboolean way_expression_evaluate (const WayScope *scope,
                                  const WayExpression *expression,
                                  WayValue **value,
                                  GError **error);
gboolean way_expression_fail (const WayExpression *expression,
                              int code,
                              GError **error,
                              const char *format,
                              ...) G_GNUC_PRINTF (4, 5);
WayValue *way_response_fold (const WayDeclaration *declaration, const WayValue *given);
WayValue *way_scope_find (const WayScope *scope, const char *id);
gboolean way_value_is_true (const WayValue *value);
WayValue *way_value_pick (const WayValue *value, guint n);
char *way_value_dup_case (const WayValue *value, gboolean is_case_sensitive);
const char *way_expression_get (const WayExpression *expression, const char *name);

WayValue *way_call_get (const WayCall *call, guint n);
gboolean way_call_has_null (const WayCall *call);
gboolean way_call_get_attribute_number (
    const WayCall *call, const char *name, double fallback, double *number, GError **error);
gboolean way_call_return_boolean (WayCall *call, gboolean is_true);
gboolean way_call_return_number (WayCall *call, double number, gboolean is_integer);
WayRuleResult way_rules_run (WayScope *scope,
                             const WayExpression *processing,
                             WayRuleRunner runner,
                             gpointer data,
                             GError **error);
WayValue *way_value_retype (const WayExpression *rule,
                            const WayDeclaration *declaration,
                            WayValue *value,
                            GError **error);
const WayOperatorEntry *way_chance_find (const char *name);
const WayOperatorEntry *way_lookup_find (const char *name);
const WayOperatorEntry *way_arithmetic_find (const char *name);

G_END_DECLS
