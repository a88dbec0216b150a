/* way-expression.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-item.h"

G_BEGIN_DECLS

/* What the expressions of response processing can see. */
typedef struct
{
  const WayItem *item;
  GHashTable *responses; /* char* → WayValue, in the form that is compared */
  GHashTable *outcomes;  /* char* → WayValue */
} WayScope;

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
const WayOperatorEntry *way_lookup_find (const char *name);
const WayOperatorEntry *way_arithmetic_find (const char *name);

G_END_DECLS
