/* way-arithmetic.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-expression.h"

#include <math.h>
#include <string.h>

#include "assessment/way-scoring.h"

#define ANY G_MAXUINT

/* All numbers of all arguments in one row. */
typedef struct
{
  GArray *numbers; /* (owned) of double */
  gboolean is_integer;
  gboolean is_null;
} Row;

static void
row_clear (Row *row)
{
  g_clear_pointer (&row->numbers, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static gboolean
get_row (const WayCall *call, Row *row, GError **error)
{
  row->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  row->is_integer = TRUE;
  row->is_null = FALSE;

  for (guint i = 0; i < call->arguments->len; i++)
    {
      const WayValue *value = way_call_get (call, i);

      if (value == NULL)
        {
          row->is_null = TRUE;
          continue;
        }
      if (value->base_type != WAY_BASE_INTEGER && value->base_type != WAY_BASE_FLOAT
          && value->base_type != WAY_BASE_DURATION)
        return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                    "needs numbers, and has something else");
      row->is_integer = row->is_integer && value->base_type == WAY_BASE_INTEGER;
      for (guint j = 0; j < value->texts->len; j++)
        {
          g_autoptr (WayValue) one = way_value_new_text (value->base_type, value->texts->pdata[j]);
          double number;

          if (way_value_get_number (one, &number))
            g_array_append_val (row->numbers, number);
          else
            row->is_null = TRUE;
        }
    }
  if (row->numbers->len == 0)
    row->is_null = TRUE;

  return TRUE;
}

/* One number from each of one or two arguments. */
static gboolean
get_single (const WayCall *call, Row *row, GError **error)
{
  if (!get_row (call, row, error))
    return FALSE;
  if (!row->is_null && row->numbers->len != call->arguments->len)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs single numbers, and has several");

  return TRUE;
}

static double
at (const Row *row, guint n)
{
  return g_array_index (row->numbers, double, n);
}

static gboolean
run_sum (WayCall *call, GError **error)
{
  g_auto (Row) row = { 0 };
  double sum = 0;

  if (!get_row (call, &row, error))
    return FALSE;
  for (guint i = 0; i < row.numbers->len; i++)
    sum += at (&row, i);

  return row.is_null || way_call_return_number (call, sum, row.is_integer);
}

static gboolean
run_product (WayCall *call, GError **error)
{
  g_auto (Row) row = { 0 };
  double product = 1;

  if (!get_row (call, &row, error))
    return FALSE;
  for (guint i = 0; i < row.numbers->len; i++)
    product *= at (&row, i);

  return row.is_null || way_call_return_number (call, product, row.is_integer);
}

static gboolean
run_extreme (WayCall *call, double sign, GError **error)
{
  g_auto (Row) row = { 0 };
  double most = -HUGE_VAL;

  if (!get_row (call, &row, error))
    return FALSE;
  for (guint i = 0; i < row.numbers->len; i++)
    most = MAX (most, sign * at (&row, i));

  return row.is_null || way_call_return_number (call, sign * most, row.is_integer);
}

static gboolean
run_max (WayCall *call, GError **error)
{
  return run_extreme (call, 1, error);
}

static gboolean
run_min (WayCall *call, GError **error)
{
  return run_extreme (call, -1, error);
}

static double
find_gcd (double a, double b)
{
  a = fabs (a);
  b = fabs (b);
  while (b > 0)
    {
      double rest = fmod (a, b);

      a = b;
      b = rest;
    }

  return a;
}

static gboolean
run_gcd (WayCall *call, GError **error)
{
  g_auto (Row) row = { 0 };
  double gcd = 0;

  if (!get_row (call, &row, error))
    return FALSE;
  for (guint i = 0; i < row.numbers->len; i++)
    gcd = find_gcd (gcd, at (&row, i));

  return row.is_null || way_call_return_number (call, gcd, TRUE);
}

static gboolean
run_lcm (WayCall *call, GError **error)
{
  g_auto (Row) row = { 0 };
  double lcm = 1;

  if (!get_row (call, &row, error))
    return FALSE;
  for (guint i = 0; i < row.numbers->len; i++)
    {
      double gcd = find_gcd (lcm, at (&row, i));

      lcm = gcd > 0 ? fabs (lcm / gcd * at (&row, i)) : 0;
    }

  return row.is_null || way_call_return_number (call, lcm, TRUE);
}

static gboolean
run_pair (WayCall *call, GError **error)
{
  const char *name = call->expression->name;
  g_auto (Row) row = { 0 };
  double x;
  double y;

  if (!get_single (call, &row, error))
    return FALSE;
  if (row.is_null)
    return TRUE;

  x = at (&row, 0);
  y = at (&row, 1);
  if (g_str_equal (name, "subtract"))
    return way_call_return_number (call, x - y, row.is_integer);
  if (g_str_equal (name, "power"))
    return way_call_return_number (call, pow (x, y), FALSE);
  if (y == 0)
    return TRUE; /* dividing by nothing is NULL */
  if (g_str_equal (name, "divide"))
    return way_call_return_number (call, x / y, FALSE);
  if (g_str_equal (name, "integer-divide"))
    return way_call_return_number (call, floor (x / y), TRUE);

  g_assert (g_str_equal (name, "integer-modulus"));

  return way_call_return_number (call, x - y * floor (x / y), TRUE);
}

static gboolean
run_compare (WayCall *call, GError **error)
{
  const char *name = call->expression->name;
  g_auto (Row) row = { 0 };
  double difference;

  if (!get_single (call, &row, error))
    return FALSE;
  if (row.is_null)
    return TRUE;

  difference = at (&row, 0) - at (&row, 1);
  if (g_str_has_suffix (name, "lte"))
    return way_call_return_boolean (call, difference <= 0);
  if (g_str_has_suffix (name, "lt"))
    return way_call_return_boolean (call, difference < 0);
  if (g_str_has_suffix (name, "gte"))
    return way_call_return_boolean (call, difference >= 0);

  return way_call_return_boolean (call, difference > 0);
}

static double
round_to (double x, const char *mode, double figures)
{
  double scale;

  if (x == 0)
    return 0;
  if (g_str_equal (mode, "decimalPlaces"))
    scale = pow (10, figures);
  else
    scale = pow (10, figures - 1 - floor (log10 (fabs (x))));

  return floor (x * scale + .5) / scale;
}

static gboolean
get_rounding (WayCall *call, const char **mode, double *figures, GError **error)
{
  *mode = way_expression_get (call->expression, "rounding-mode");
  if (*mode == NULL)
    *mode = "significantFigures";
  if (!g_str_equal (*mode, "significantFigures") && !g_str_equal (*mode, "decimalPlaces"))
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "rounds to “%s”, which is not known", *mode);
  if (!way_call_get_attribute_number (call, "figures", 3, figures, error))
    return FALSE;
  if (*figures < (g_str_equal (*mode, "decimalPlaces") ? 0 : 1) || *figures > 15)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "rounds to %g figures", *figures);

  return TRUE;
}

static gboolean
run_round_to (WayCall *call, GError **error)
{
  g_auto (Row) row = { 0 };
  const char *mode;
  double figures;

  if (!get_rounding (call, &mode, &figures, error) || !get_single (call, &row, error))
    return FALSE;

  return row.is_null
         || way_call_return_number (call, round_to (at (&row, 0), mode, figures), FALSE);
}

static gboolean
run_equal_rounded (WayCall *call, GError **error)
{
  g_auto (Row) row = { 0 };
  const char *mode;
  double figures;

  if (!get_rounding (call, &mode, &figures, error) || !get_single (call, &row, error))
    return FALSE;

  return row.is_null
         || way_call_return_boolean (call, round_to (at (&row, 0), mode, figures)
                                               == round_to (at (&row, 1), mode, figures));
}

static gboolean
get_bound (const WayCall *call, const char *name)
{
  const char *text = way_expression_get (call->expression, name);

  return text == NULL || g_str_equal (text, "true") || g_str_equal (text, "1");
}

/* "t0" or "t0 t1": how far the second number may be below and above the first. */
static gboolean
get_tolerance (WayCall *call, double *below, double *above, GError **error)
{
  const char *text = way_expression_get (call->expression, "tolerance");
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " \t\r\n", -1);
  double found[2];
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (WayValue) value = way_value_new_text (WAY_BASE_FLOAT, words[i]);

      if (way_value_is_null (value))
        continue;
      if (n == 2)
        {
          n = 0;
          break;
        }
      if (!way_value_get_number (value, &found[n]))
        {
          g_autofree char *id = g_strstrip (g_strdelimit (g_strdup (words[i]), "{}", ' '));

          if (!way_value_get_number (way_scope_find (call->scope, id), &found[n]))
            {
              n = 0;
              break;
            }
        }
      n++;
    }
  if (n == 0)
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "needs a tolerance of one or two numbers");

  *below = found[0];
  *above = found[n - 1];

  return TRUE;
}

static gboolean
run_equal (WayCall *call, GError **error)
{
  const char *mode = way_expression_get (call->expression, "tolerance-mode");
  g_auto (Row) row = { 0 };
  double x;
  double y;
  double below = 0;
  double above = 0;
  double slack;

  if (!get_single (call, &row, error))
    return FALSE;
  if (mode != NULL && !g_str_equal (mode, "exact") && !g_str_equal (mode, "absolute")
      && !g_str_equal (mode, "relative"))
    return way_expression_fail (call->expression, WAY_SCORING_ERROR_INVALID, error,
                                "has tolerance-mode=\"%s\", which is not known", mode);
  if (row.is_null)
    return TRUE;

  x = at (&row, 0);
  y = at (&row, 1);
  if (mode == NULL || g_str_equal (mode, "exact"))
    return way_call_return_boolean (call, x == y);

  if (!get_tolerance (call, &below, &above, error))
    return FALSE;
  if (g_str_equal (mode, "relative"))
    {
      below *= fabs (x) / 100;
      above *= fabs (x) / 100;
    }

  /* .7 + .1 is a little less than .8 to a computer, and not to anybody else. */
  slack = 1e-12 * MAX (1, fabs (x));
  below += get_bound (call, "include-lower-bound") ? slack : -slack;
  above += get_bound (call, "include-upper-bound") ? slack : -slack;

  return way_call_return_boolean (call, y >= x - below && y <= x + above);
}

static gboolean
run_one (WayCall *call, GError **error)
{
  const char *name = call->expression->name;
  g_auto (Row) row = { 0 };
  double x;

  if (!get_single (call, &row, error))
    return FALSE;
  if (row.is_null)
    return TRUE;

  x = at (&row, 0);
  if (g_str_equal (name, "round"))
    return way_call_return_number (call, floor (x + .5), TRUE);
  if (g_str_equal (name, "truncate"))
    return way_call_return_number (call, trunc (x), TRUE);

  g_assert (g_str_equal (name, "integer-to-float"));

  return way_call_return_number (call, x, FALSE);
}

static gboolean
run_stats (WayCall *call, GError **error)
{
  const char *name = way_expression_get (call->expression, "name");
  g_auto (Row) row = { 0 };
  double mean = 0;
  double squares = 0;
  guint n;

  if (!get_row (call, &row, error))
    return FALSE;
  n = row.numbers->len;
  for (guint i = 0; i < n; i++)
    mean += at (&row, i) / n;
  for (guint i = 0; i < n; i++)
    squares += (at (&row, i) - mean) * (at (&row, i) - mean);

  if (g_strcmp0 (name, "mean") == 0)
    return row.is_null || way_call_return_number (call, mean, FALSE);
  if (g_strcmp0 (name, "popVariance") == 0)
    return row.is_null || way_call_return_number (call, squares / n, FALSE);
  if (g_strcmp0 (name, "popSD") == 0)
    return row.is_null || way_call_return_number (call, sqrt (squares / n), FALSE);
  if (g_strcmp0 (name, "sampleVariance") == 0)
    return row.is_null || n < 2 || way_call_return_number (call, squares / (n - 1), FALSE);
  if (g_strcmp0 (name, "sampleSD") == 0)
    return row.is_null || n < 2 || way_call_return_number (call, sqrt (squares / (n - 1)), FALSE);

  return way_expression_fail (call->expression, WAY_SCORING_ERROR_UNSUPPORTED, error,
                              "with name=\"%s\" is not supported", name != NULL ? name : "");
}

static gboolean
run_constant (WayCall *call, GError **error)
{
  const char *name = way_expression_get (call->expression, "name");

  if (g_strcmp0 (name, "pi") == 0)
    return way_call_return_number (call, G_PI, FALSE);
  if (g_strcmp0 (name, "e") == 0)
    return way_call_return_number (call, G_E, FALSE);

  return way_expression_fail (call->expression, WAY_SCORING_ERROR_UNSUPPORTED, error,
                              "with name=\"%s\" is not supported", name != NULL ? name : "");
}

static double
get_sign (double x)
{
  return (x > 0) - (x < 0);
}

static double
to_degrees (double x)
{
  return x * 180 / G_PI;
}

static double
to_radians (double x)
{
  return x * G_PI / 180;
}

static double
secant (double x)
{
  return 1 / cos (x);
}

static double
cosecant (double x)
{
  return 1 / sin (x);
}

static double
cotangent (double x)
{
  return 1 / tan (x);
}

static double
arc_secant (double x)
{
  return acos (1 / x);
}

static double
arc_cosecant (double x)
{
  return asin (1 / x);
}

static double
arc_cotangent (double x)
{
  return x == 0 ? G_PI / 2 : atan (1 / x);
}

static double
hyperbolic_secant (double x)
{
  return 1 / cosh (x);
}

static double
hyperbolic_cosecant (double x)
{
  return 1 / sinh (x);
}

static double
hyperbolic_cotangent (double x)
{
  return 1 / tanh (x);
}

static gboolean
run_function (WayCall *call, GError **error)
{
  static const struct
  {
    const char *name;
    double (*run) (double x);
    gboolean is_integer; /* always, or as its argument */
    gboolean is_like_argument;
  } functions[] = {
    { "abs", fabs, FALSE, TRUE },
    { "acos", acos, FALSE, FALSE },
    { "acot", arc_cotangent, FALSE, FALSE },
    { "acsc", arc_cosecant, FALSE, FALSE },
    { "asec", arc_secant, FALSE, FALSE },
    { "asin", asin, FALSE, FALSE },
    { "atan", atan, FALSE, FALSE },
    { "ceil", ceil, TRUE, FALSE },
    { "cos", cos, FALSE, FALSE },
    { "cosh", cosh, FALSE, FALSE },
    { "cot", cotangent, FALSE, FALSE },
    { "coth", hyperbolic_cotangent, FALSE, FALSE },
    { "csc", cosecant, FALSE, FALSE },
    { "csch", hyperbolic_cosecant, FALSE, FALSE },
    { "exp", exp, FALSE, FALSE },
    { "floor", floor, TRUE, FALSE },
    { "ln", log, FALSE, FALSE },
    { "log", log10, FALSE, FALSE },
    { "sec", secant, FALSE, FALSE },
    { "sech", hyperbolic_secant, FALSE, FALSE },
    { "signum", get_sign, TRUE, FALSE },
    { "sin", sin, FALSE, FALSE },
    { "sinh", sinh, FALSE, FALSE },
    { "tan", tan, FALSE, FALSE },
    { "tanh", tanh, FALSE, FALSE },
    { "toDegrees", to_degrees, FALSE, FALSE },
    { "toRadians", to_radians, FALSE, FALSE },
  };
  const char *name = way_expression_get (call->expression, "name");
  g_auto (Row) row = { 0 };

  if (!get_single (call, &row, error))
    return FALSE;

  if (g_strcmp0 (name, "atan2") == 0 && call->arguments->len == 2)
    return row.is_null || way_call_return_number (call, atan2 (at (&row, 0), at (&row, 1)), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_strcmp0 (name, functions[i].name) == 0 && call->arguments->len == 1)
      return row.is_null
             || way_call_return_number (call, functions[i].run (at (&row, 0)),
                                        functions[i].is_integer
                                            || (functions[i].is_like_argument && row.is_integer));

  return way_expression_fail (call->expression, WAY_SCORING_ERROR_UNSUPPORTED, error,
                              "with name=\"%s\" is not supported", name != NULL ? name : "");
}

static const WayOperatorEntry operators[] = {
  { "divide", 2, 2, run_pair },
  { "duration-gte", 2, 2, run_compare },
  { "duration-lt", 2, 2, run_compare },
  { "equal", 2, 2, run_equal },
  { "equal-rounded", 2, 2, run_equal_rounded },
  { "gcd", 1, ANY, run_gcd },
  { "gt", 2, 2, run_compare },
  { "gte", 2, 2, run_compare },
  { "integer-divide", 2, 2, run_pair },
  { "integer-modulus", 2, 2, run_pair },
  { "integer-to-float", 1, 1, run_one },
  { "lcm", 1, ANY, run_lcm },
  { "lt", 2, 2, run_compare },
  { "lte", 2, 2, run_compare },
  { "math-constant", 0, 0, run_constant },
  { "math-operator", 1, 2, run_function },
  { "max", 1, ANY, run_max },
  { "min", 1, ANY, run_min },
  { "power", 2, 2, run_pair },
  { "product", 1, ANY, run_product },
  { "round", 1, 1, run_one },
  { "round-to", 1, 1, run_round_to },
  { "stats-operator", 1, 1, run_stats },
  { "subtract", 2, 2, run_pair },
  { "sum", 1, ANY, run_sum },
  { "truncate", 1, 1, run_one },
};

/* private: the operator over numbers of this name, or NULL */
const WayOperatorEntry *
way_arithmetic_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (operators[i].name, name))
      return &operators[i];

  return NULL;
}
