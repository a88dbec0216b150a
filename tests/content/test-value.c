/* test-value.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-value.h"

#include <math.h>

typedef struct
{
  WayBaseType base_type;
  WayCardinality cardinality;
  const char *a;
  const char *b;
  gboolean is_equal;
} Pair;

/* Values are written as lines, "|" standing for the separator. */
static WayValue *
make (WayBaseType base_type, WayCardinality cardinality, const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "|", '\x1f');

  return way_value_new_from_line (base_type, cardinality, line);
}

static void
test_value_equal (void)
{
  static const Pair pairs[] = {
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, "a", "a", TRUE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, "a", "A", FALSE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, "", "", TRUE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, "a", "", FALSE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_MULTIPLE, "a|b", "b|a", TRUE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_MULTIPLE, "a|a|b", "a|b|b", FALSE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_MULTIPLE, "a|b", "a|b|c", FALSE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_ORDERED, "a|b", "a|b", TRUE },
    { WAY_BASE_IDENTIFIER, WAY_CARDINALITY_ORDERED, "a|b", "b|a", FALSE },
    { WAY_BASE_DIRECTED_PAIR, WAY_CARDINALITY_SINGLE, "a b", "a  b", TRUE },
    { WAY_BASE_DIRECTED_PAIR, WAY_CARDINALITY_SINGLE, "a b", "b a", FALSE },
    { WAY_BASE_PAIR, WAY_CARDINALITY_SINGLE, "a b", "b a", TRUE },
    { WAY_BASE_PAIR, WAY_CARDINALITY_MULTIPLE, "a b|c d", "d c|a b", TRUE },
    { WAY_BASE_FLOAT, WAY_CARDINALITY_SINGLE, "1.50", "1.5", TRUE },
    { WAY_BASE_FLOAT, WAY_CARDINALITY_SINGLE, "1,5", "1.5", FALSE },
    { WAY_BASE_INTEGER, WAY_CARDINALITY_SINGLE, " 08", "8", TRUE },
    { WAY_BASE_BOOLEAN, WAY_CARDINALITY_SINGLE, "true", "1", TRUE },
    { WAY_BASE_BOOLEAN, WAY_CARDINALITY_SINGLE, "true", "false", FALSE },
    { WAY_BASE_STRING, WAY_CARDINALITY_SINGLE, "1.0", "1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (WayValue) a = make (pairs[i].base_type, pairs[i].cardinality, pairs[i].a);
      g_autoptr (WayValue) b = make (pairs[i].base_type, pairs[i].cardinality, pairs[i].b);

      g_test_message ("%s and %s", pairs[i].a, pairs[i].b);
      g_assert_cmpint (way_value_equal (a, b), ==, pairs[i].is_equal);
      g_assert_cmpint (way_value_equal (b, a), ==, pairs[i].is_equal);
    }
}

static void
test_value_equal_types (void)
{
  g_autoptr (WayValue) whole = way_value_new_text (WAY_BASE_INTEGER, "2");
  g_autoptr (WayValue) number = way_value_new_float (2);
  g_autoptr (WayValue) text = way_value_new_text (WAY_BASE_STRING, "2");
  g_autoptr (WayValue) several = make (WAY_BASE_STRING, WAY_CARDINALITY_MULTIPLE, "2");

  g_assert_true (way_value_equal (whole, number));
  g_assert_false (way_value_equal (whole, text));
  g_assert_false (way_value_equal (text, several));
  g_assert_false (way_value_equal (text, NULL));
}

static void
test_value_line (void)
{
  const char *const texts[] = { "one two", "",
                                "a\x1f"
                                "b",
                                "Łódź", NULL };
  g_autoptr (WayValue) value = way_value_new (WAY_BASE_STRING, WAY_CARDINALITY_ORDERED, texts);
  g_autofree char *line = way_value_to_line (value);
  g_autoptr (WayValue)
      again = way_value_new_from_line (WAY_BASE_STRING, WAY_CARDINALITY_ORDERED, line);
  g_autofree char *line_again = way_value_to_line (again);
  g_autofree char *empty = way_value_to_line (NULL);

  g_assert_cmpstr (line, ==,
                   "one two\x1f"
                   "a b\x1fŁódź");
  g_assert_cmpuint (again->texts->len, ==, 3);
  g_assert_true (way_value_equal (value, again));
  g_assert_cmpstr (line_again, ==, line);
  g_assert_cmpstr (empty, ==, "");
}

static void
test_value_null (void)
{
  g_autoptr (WayValue) none = way_value_new (WAY_BASE_STRING, WAY_CARDINALITY_MULTIPLE, NULL);
  g_autoptr (WayValue) empty = way_value_new_text (WAY_BASE_STRING, "");
  g_autoptr (WayValue) missing = way_value_new_text (WAY_BASE_STRING, NULL);
  g_autoptr (WayValue) infinite = way_value_new_float (INFINITY);

  g_assert_true (way_value_is_null (NULL));
  g_assert_true (way_value_is_null (none));
  g_assert_true (way_value_is_null (empty));
  g_assert_true (way_value_is_null (missing));
  g_assert_true (way_value_is_null (infinite));
  g_assert_null (way_value_get_text (empty));
  g_assert_false (way_value_get_number (empty, NULL));
}

static void
test_value_number (void)
{
  static const struct
  {
    const char *text;
    gboolean is_number;
    double number;
  } cases[] = {
    { "12", TRUE, 12 },    { "-0.5", TRUE, -0.5 }, { " 3 ", TRUE, 3 },   { "1e3", TRUE, 1000 },
    { "12 kg", FALSE, 0 }, { "1,5", FALSE, 0 },    { "0x10", FALSE, 0 }, { "nan", FALSE, 0 },
    { "inf", FALSE, 0 },   { "1e999", FALSE, 0 },  { "", FALSE, 0 },     { ".", FALSE, 0 },
    { "1 2", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayValue) value = way_value_new_text (WAY_BASE_FLOAT, cases[i].text);
      double number = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (way_value_get_number (value, &number), ==, cases[i].is_number);
      g_assert_cmpfloat (number, ==, cases[i].number);
    }
}

static void
test_value_float (void)
{
  static const struct
  {
    double number;
    const char *text;
  } cases[] = {
    { 0.1, "0.1" },    { 1, "1" }, { -2.5, "-2.5" }, { 1.0 / 3, "0.3333333333333333" },
    { 1e21, "1e+21" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayValue) value = way_value_new_float (cases[i].number);
      double number;

      g_assert_cmpstr (way_value_get_text (value), ==, cases[i].text);
      g_assert_true (way_value_get_number (value, &number));
      g_assert_cmpfloat (number, ==, cases[i].number);
    }
}

static void
test_value_accepts (void)
{
  g_assert_true (way_value_accepts (WAY_BASE_IDENTIFIER, "A-1.b_2"));
  g_assert_false (way_value_accepts (WAY_BASE_IDENTIFIER, "1A"));
  g_assert_false (way_value_accepts (WAY_BASE_IDENTIFIER, "a b"));
  g_assert_false (way_value_accepts (WAY_BASE_IDENTIFIER, ""));
  g_assert_true (way_value_accepts (WAY_BASE_INTEGER, "-3"));
  g_assert_false (way_value_accepts (WAY_BASE_INTEGER, "3.0"));
  g_assert_true (way_value_accepts (WAY_BASE_DIRECTED_PAIR, "a b"));
  g_assert_false (way_value_accepts (WAY_BASE_DIRECTED_PAIR, "a b c"));
  g_assert_true (way_value_accepts (WAY_BASE_POINT, "10 20"));
  g_assert_false (way_value_accepts (WAY_BASE_POINT, "10 x"));
  g_assert_false (way_value_accepts (WAY_BASE_BOOLEAN, "yes"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/content/value/equal", test_value_equal);
  g_test_add_func ("/content/value/equal-types", test_value_equal_types);
  g_test_add_func ("/content/value/line", test_value_line);
  g_test_add_func ("/content/value/null", test_value_null);
  g_test_add_func ("/content/value/number", test_value_number);
  g_test_add_func ("/content/value/float", test_value_float);
  g_test_add_func ("/content/value/accepts", test_value_accepts);

  return g_test_run ();
}
