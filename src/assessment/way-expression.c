/* way-expression.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-expression.h"

#include <math.h>
#include <string.h>

#include "assessment/way-scoring.h"

#define ANY G_MAXUINT
#define DEEPEST 100

static void
clear_value (gpointer data)
{
  if (data != NULL)
    way_value_unref (data);
}

/* private: an attribute, or NULL */
const char *
way_expression_get (const WayExpression *expression, const char *name)
{
  return expression->attributes != NULL ? g_hash_table_lookup (expression->attributes, name) : NULL;
}

static gboolean
get_flag (const WayExpression *expression, const char *name, gboolean fallback)
{
  const char *text = way_expression_get (expression, name);

  if (text == NULL)
    return fallback;

  return g_str_equal (text, "true") || g_str_equal (text, "1");
}

/* private: says what is wrong with @expression, and where; always returns FALSE */
gboolean
way_expression_fail (
    const WayExpression *expression, int code, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, WAY_SCORING_ERROR, code, "line %d: <qti-%s> %s", expression->line,
               expression->name, reason);

  return FALSE;
}

/* private: whether a single boolean is true */
gboolean
way_value_is_true (const WayValue *value)
{
  const char *text = way_value_get_text (value);

  return text != NULL && (g_str_equal (text, "true") || g_str_equal (text, "1"));
}

/* private: an argument, NULL for the NULL value */
WayValue *
way_call_get (const WayCall *call, guint n)
{
  WayValue *value = call->arguments->pdata[n];

  return way_value_is_null (value) ? NULL : value;
}

/* private: whether any argument is the NULL value, which most operators pass on */
gboolean
way_call_has_null (const WayCall *call)
{
  for (guint i = 0; i < call->arguments->len; i++)
    if (way_call_get (call, i) == NULL)
      return TRUE;

  return FALSE;
}

/* private: what a variable of any kind holds, or NULL */
WayValue *
way_scope_find (const WayScope *scope, const char *id)
{
  WayValue *value = g_hash_table_lookup (scope->outcomes, id);

  if (value == NULL)
    value = g_hash_table_lookup (scope->responses, id);
  if (value == NULL && scope->templates != NULL)
    value = g_hash_table_lookup (scope->templates, id);

  return value;
}

/* private: an attribute that is a number, or the name of a variable that holds one */
gboolean
way_call_get_attribute_number (
    const WayCall *call, const char *name, double fallback, double *number, GError **error)
{
  const char *text = way_expression_get (call->expression, name);
  g_autoptr (WayValue) value = NULL;
  g_autofree char *id = NULL;
  WayValue *variable;

  if (text == NULL)
    {
      *number = fallback;
      return TRUE;
    }

  value = way_value_new_text (WAY_BASE_FLOAT, text);
  if (way_value_get_number (value, number))
    return TRUE;

  id = g_strdup (text);
  g_strstrip (g_strdelimit (id, "{}", ' '));
  variable = way_scope_find (call->scope, id);
  if (way_value_get_number (variable, number))
    return TRUE;

  return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                              "has %s=\"%s\", which is not a number", name, text);
}

/* private: always returns TRUE */
gboolean
way_call_return_boolean (WayCall *call, gboolean is_true)
{
  call->result = way_value_new_text (WAY_BASE_BOOLEAN, is_true ? "true" : "false");

  return TRUE;
}

/* private: always returns TRUE; what is not a finite number is NULL */
gboolean
way_call_return_number (WayCall *call, double number, gboolean is_integer)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE * 8];

  if (!isfinite (number))
    return TRUE;

  if (is_integer && fabs (number) < 1e18)
    {
      /* Adding zero makes a negative zero a plain one. */
      g_ascii_formatd (text, sizeof text, "%.0f", number + 0.0);
      call->result = way_value_new_text (WAY_BASE_INTEGER, text);
      return TRUE;
    }

  call->result = way_value_new_float (number);

  return TRUE;
}

static gboolean
require_boolean (const WayCall *call, guint n, GError **error)
{
  const WayValue *value = way_call_get (call, n);

  if (value == NULL
      || (value->base_type == WAY_BASE_BOOLEAN && value->cardinality == WAY_CARDINALITY_SINGLE))
    return TRUE;

  return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                              "needs true or false, and has something else");
}

static gboolean
is_number_type (const WayValue *value)
{
  return value->base_type == WAY_BASE_INTEGER || value->base_type == WAY_BASE_FLOAT;
}

/* Two values that can be compared have one base type, numbers of both kinds alike. */
static gboolean
require_same_type (const WayCall *call, const WayValue *a, const WayValue *b, GError **error)
{
  if (a->base_type == b->base_type || (is_number_type (a) && is_number_type (b)))
    return TRUE;

  return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                              "compares values of different types");
}

/* private: one text of a value as a value of its own */
WayValue *
way_value_pick (const WayValue *value, guint n)
{
  return way_value_new_text (value->base_type, value->texts->pdata[n]);
}

static gboolean
holds (const WayValue *container, const WayValue *single)
{
  for (guint i = 0; i < container->texts->len; i++)
    {
      g_autoptr (WayValue) one = way_value_pick (container, i);

      if (way_value_equal (one, single))
        return TRUE;
    }

  return FALSE;
}

static gboolean
run_match (WayCall *call, GError **error)
{
  WayValue *a = way_call_get (call, 0);
  WayValue *b = way_call_get (call, 1);

  if (a == NULL || b == NULL)
    return TRUE;
  if (!require_same_type (call, a, b, error))
    return FALSE;
  if (a->cardinality != b->cardinality)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "compares values of different cardinality");

  return way_call_return_boolean (call, way_value_equal (a, b));
}

/* false if one is false, true if all are true, otherwise NULL; and the mirror of that. */
static gboolean
run_junction (WayCall *call, gboolean decisive, GError **error)
{
  gboolean has_null = FALSE;

  for (guint i = 0; i < call->arguments->len; i++)
    {
      WayValue *value = way_call_get (call, i);

      if (!require_boolean (call, i, error))
        return FALSE;
      if (value == NULL)
        has_null = TRUE;
      else if (way_value_is_true (value) == decisive)
        return way_call_return_boolean (call, decisive);
    }

  return has_null || way_call_return_boolean (call, !decisive);
}

static gboolean
run_and (WayCall *call, GError **error)
{
  return run_junction (call, FALSE, error);
}

static gboolean
run_or (WayCall *call, GError **error)
{
  return run_junction (call, TRUE, error);
}

static gboolean
run_not (WayCall *call, GError **error)
{
  if (!require_boolean (call, 0, error))
    return FALSE;
  if (way_call_has_null (call))
    return TRUE;

  return way_call_return_boolean (call, !way_value_is_true (way_call_get (call, 0)));
}

static gboolean
run_any_n (WayCall *call, GError **error)
{
  double least;
  double most;
  guint n_true = 0;
  guint n_null = 0;

  if (!way_call_get_attribute_number (call, "min", 0, &least, error)
      || !way_call_get_attribute_number (call, "max", call->arguments->len, &most, error))
    return FALSE;

  for (guint i = 0; i < call->arguments->len; i++)
    {
      WayValue *value = way_call_get (call, i);

      if (!require_boolean (call, i, error))
        return FALSE;
      n_null += value == NULL;
      n_true += value != NULL && way_value_is_true (value);
    }

  if (n_true > most || n_true + n_null < least)
    return way_call_return_boolean (call, FALSE);
  if (n_true >= least && n_true + n_null <= most)
    return way_call_return_boolean (call, TRUE);

  return TRUE;
}

static gboolean
run_is_null (WayCall *call, GError **error)
{
  return way_call_return_boolean (call, way_call_get (call, 0) == NULL);
}

static gboolean
run_null (WayCall *call, GError **error)
{
  return TRUE;
}

/* multiple, ordered: one container of everything given; what is NULL is left out. */
static gboolean
gather (WayCall *call, WayCardinality cardinality, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  WayBaseType type = WAY_BASE_IDENTIFIER;

  for (guint i = 0; i < call->arguments->len; i++)
    {
      WayValue *value = way_call_get (call, i);

      if (value == NULL)
        continue;
      if (texts->len > 0 && value->base_type != type)
        return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                    "puts values of different types together");
      type = value->base_type;
      for (guint j = 0; j < value->texts->len; j++)
        g_ptr_array_add (texts, value->texts->pdata[j]);
    }
  if (texts->len == 0)
    return TRUE;

  g_ptr_array_add (texts, NULL);
  call->result = way_value_new (type, cardinality, (const char *const *) texts->pdata);

  return TRUE;
}

static gboolean
run_multiple (WayCall *call, GError **error)
{
  return gather (call, WAY_CARDINALITY_MULTIPLE, error);
}

static gboolean
run_ordered (WayCall *call, GError **error)
{
  return gather (call, WAY_CARDINALITY_ORDERED, error);
}

static gboolean
run_repeat (WayCall *call, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  double times;
  guint n = call->arguments->len;

  if (!way_call_get_attribute_number (call, "number-repeats", 1, &times, error))
    return FALSE;
  if (!(times >= 1))
    return TRUE;
  if (times * n > 10000)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "repeats too often");

  all = g_ptr_array_new_with_free_func (clear_value);
  for (guint i = 0; i < (guint) times * n; i++)
    {
      WayValue *value = call->arguments->pdata[i % n];

      g_ptr_array_add (all, value != NULL ? way_value_ref (value) : NULL);
    }
  g_ptr_array_unref (call->arguments);
  call->arguments = g_steal_pointer (&all);

  return gather (call, WAY_CARDINALITY_ORDERED, error);
}

static gboolean
run_container_size (WayCall *call, GError **error)
{
  WayValue *value = way_call_get (call, 0);

  return way_call_return_number (call, value != NULL ? value->texts->len : 0, TRUE);
}

static gboolean
run_index (WayCall *call, GError **error)
{
  WayValue *value = way_call_get (call, 0);
  double n;

  if (!way_call_get_attribute_number (call, "n", 0, &n, error))
    return FALSE;
  if (n < 1 || n != floor (n))
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs n, counted from 1");
  if (value == NULL || n > value->texts->len)
    return TRUE;

  call->result = way_value_pick (value, (guint) n - 1);

  return TRUE;
}

static gboolean
run_member (WayCall *call, GError **error)
{
  WayValue *single = way_call_get (call, 0);
  WayValue *container = way_call_get (call, 1);

  if (single == NULL || container == NULL)
    return TRUE;
  if (!require_same_type (call, single, container, error))
    return FALSE;

  return way_call_return_boolean (call, holds (container, single));
}

static gboolean
run_delete (WayCall *call, GError **error)
{
  WayValue *single = way_call_get (call, 0);
  WayValue *container = way_call_get (call, 1);
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  if (single == NULL || container == NULL)
    return TRUE;
  if (!require_same_type (call, single, container, error))
    return FALSE;

  for (guint i = 0; i < container->texts->len; i++)
    {
      g_autoptr (WayValue) one = way_value_pick (container, i);

      if (!way_value_equal (one, single))
        g_ptr_array_add (left, container->texts->pdata[i]);
    }
  if (left->len == 0)
    return TRUE;

  g_ptr_array_add (left, NULL);
  call->result = way_value_new (container->base_type, container->cardinality,
                                (const char *const *) left->pdata);

  return TRUE;
}

/* Ordered: the second stands in the first as it is, without a break. */
static gboolean
contains_run (const WayValue *whole, const WayValue *part)
{
  for (guint start = 0; start + part->texts->len <= whole->texts->len; start++)
    {
      guint i;

      for (i = 0; i < part->texts->len; i++)
        {
          g_autoptr (WayValue) a = way_value_pick (whole, start + i);
          g_autoptr (WayValue) b = way_value_pick (part, i);

          if (!way_value_equal (a, b))
            break;
        }
      if (i == part->texts->len)
        return TRUE;
    }

  return FALSE;
}

/* Multiple: each value of the second is in the first as often. */
static gboolean
contains_bag (const WayValue *whole, const WayValue *part)
{
  g_autofree gboolean *is_taken = g_new0 (gboolean, whole->texts->len);

  for (guint i = 0; i < part->texts->len; i++)
    {
      g_autoptr (WayValue) wanted = way_value_pick (part, i);
      guint j;

      for (j = 0; j < whole->texts->len; j++)
        {
          g_autoptr (WayValue) one = way_value_pick (whole, j);

          if (!is_taken[j] && way_value_equal (one, wanted))
            break;
        }
      if (j == whole->texts->len)
        return FALSE;
      is_taken[j] = TRUE;
    }

  return TRUE;
}

static gboolean
run_contains (WayCall *call, GError **error)
{
  WayValue *whole = way_call_get (call, 0);
  WayValue *part = way_call_get (call, 1);

  if (whole == NULL || part == NULL)
    return TRUE;
  if (!require_same_type (call, whole, part, error))
    return FALSE;

  return way_call_return_boolean (call, whole->cardinality == WAY_CARDINALITY_ORDERED
                                            ? contains_run (whole, part)
                                            : contains_bag (whole, part));
}

/* private: the first text, without its case where that does not matter */
char *
way_value_dup_case (const WayValue *value, gboolean is_case_sensitive)
{
  const char *text = way_value_get_text (value);

  return is_case_sensitive ? g_strdup (text) : g_utf8_casefold (text, -1);
}

static gboolean
run_string_match (WayCall *call, GError **error)
{
  gboolean is_case_sensitive = get_flag (call->expression, "case-sensitive", TRUE);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (way_call_has_null (call))
    return TRUE;

  a = way_value_dup_case (way_call_get (call, 0), is_case_sensitive);
  b = way_value_dup_case (way_call_get (call, 1), is_case_sensitive);
  if (get_flag (call->expression, "substring", FALSE))
    return way_call_return_boolean (call, strstr (a, b) != NULL);

  return way_call_return_boolean (call, g_str_equal (a, b));
}

static gboolean
run_substring (WayCall *call, GError **error)
{
  gboolean is_case_sensitive = get_flag (call->expression, "case-sensitive", TRUE);
  g_autofree char *part = NULL;
  g_autofree char *whole = NULL;

  if (way_call_has_null (call))
    return TRUE;

  part = way_value_dup_case (way_call_get (call, 0), is_case_sensitive);
  whole = way_value_dup_case (way_call_get (call, 1), is_case_sensitive);

  return way_call_return_boolean (call, strstr (whole, part) != NULL);
}

static gboolean
run_pattern_match (WayCall *call, GError **error)
{
  const char *pattern = way_expression_get (call->expression, "pattern");
  g_autofree char *anchored = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_match;

  if (pattern == NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "has no pattern");
  if (way_call_has_null (call))
    return TRUE;

  /* The whole of the text, as XML Schema has it. */
  anchored = g_strdup_printf ("\\A(?:%s)\\z", pattern);
  regex = g_regex_new (anchored, 0, 0, &local_error);
  if (regex == NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "has a pattern that cannot be read: %s", local_error->message);

  is_match = g_regex_match_full (regex, way_value_get_text (way_call_get (call, 0)), -1, 0, 0, NULL,
                                 &local_error);
  if (local_error != NULL)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "has a pattern that takes too long: %s", local_error->message);

  return way_call_return_boolean (call, is_match);
}

static const WayOperatorEntry operators[] = {
  { "and", 1, ANY, run_and },
  { "any-n", 1, ANY, run_any_n },
  { "contains", 2, 2, run_contains },
  { "container-size", 1, 1, run_container_size },
  { "delete", 2, 2, run_delete },
  { "index", 1, 1, run_index },
  { "is-null", 1, 1, run_is_null },
  { "match", 2, 2, run_match },
  { "member", 2, 2, run_member },
  { "multiple", 0, ANY, run_multiple },
  { "not", 1, 1, run_not },
  { "null", 0, 0, run_null },
  { "or", 1, ANY, run_or },
  { "ordered", 0, ANY, run_ordered },
  { "pattern-match", 1, 1, run_pattern_match },
  { "repeat", 1, ANY, run_repeat },
  { "string-match", 2, 2, run_string_match },
  { "substring", 2, 2, run_substring },
};

static const WayOperatorEntry *
find_in_others (const char *name)
{
  const WayOperatorEntry *entry = way_lookup_find (name);

  if (entry == NULL)
    entry = way_chance_find (name);

  return entry != NULL ? entry : way_arithmetic_find (name);
}

static const WayOperatorEntry *
find_operator (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      return &operators[i];

  return find_in_others (name);
}

static gboolean
evaluate (const WayScope *scope,
          const WayExpression *expression,
          guint depth,
          WayValue **value,
          GError **error)
{
  const WayOperatorEntry *entry = find_operator (expression->name);
  g_autoptr (GPtrArray) arguments = NULL;
  WayCall call = { scope, expression, NULL, NULL };
  guint n = expression->children != NULL ? expression->children->len : 0;
  gboolean is_done;

  if (entry == NULL)
    return way_expression_fail (expression, WAY_SCORING_ERROR_UNSUPPORTED, error,
                                "is not supported");
  if (depth > DEEPEST)
    return way_expression_fail (expression, WAY_SCORING_ERROR_INVALID, error,
                                "is nested too deeply");
  if (n < entry->least || n > entry->most)
    return way_expression_fail (expression, WAY_SCORING_ERROR_INVALID, error,
                                "has %u expressions inside, which is not what it needs", n);

  arguments = g_ptr_array_new_with_free_func (clear_value);
  for (guint i = 0; i < n; i++)
    {
      WayValue *argument = NULL;

      if (!evaluate (scope, expression->children->pdata[i], depth + 1, &argument, error))
        return FALSE;
      g_ptr_array_add (arguments, argument);
    }

  call.arguments = g_steal_pointer (&arguments);
  is_done = entry->run (&call, error);
  g_ptr_array_unref (call.arguments);
  if (!is_done)
    {
      g_clear_pointer (&call.result, way_value_unref);
      return FALSE;
    }

  *value = call.result;

  return TRUE;
}

/**
 * way_expression_evaluate:
 * @scope: the item, and what its variables hold
 * @expression: what to evaluate
 * @value: (out) (nullable) (transfer full): the result; %NULL is QTI's NULL
 * @error: %WAY_SCORING_ERROR_UNSUPPORTED where this version does not know an element,
 *   %WAY_SCORING_ERROR_INVALID where the expression makes no sense
 *
 * Returns: whether there is a result
 */
gboolean
way_expression_evaluate (const WayScope *scope,
                         const WayExpression *expression,
                         WayValue **value,
                         GError **error)
{
  g_return_val_if_fail (scope != NULL && expression != NULL && value != NULL, FALSE);

  *value = NULL;

  return evaluate (scope, expression, 0, value, error);
}
