/* test-expression.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "scoring-fixture.h"

static char *
evaluate (WayItem *item, GHashTable *responses, const char *text)
{
  g_autoptr (WayExpression) expression = parse (text);
  g_autoptr (GHashTable) outcomes = way_responses_new ();
  g_autoptr (WayValue) value = NULL;
  g_autoptr (GError) error = NULL;
  WayScope scope = { item, responses, outcomes };

  put (outcomes, "SCORE", WAY_BASE_FLOAT, WAY_CARDINALITY_SINGLE, "0.25");
  if (!way_expression_evaluate (&scope, expression, &value, &error))
    return g_strdup_printf ("error %s", error->message);

  return describe (value);
}

static void
test_expressions (void)
{
  static const struct
  {
    const char *text;
    const char *result;
  } rows[] = {
    /* looking up */
    { "int:3", "3" },
    { "(null)", "NULL" },
    { "(variable identifier=ONE)", "b" },
    { "(variable identifier=EMPTY)", "NULL" },
    { "(variable identifier=SCORE)", "float 0.25" },
    { "(default identifier=SCORE)", "float 0.5" },
    { "(default identifier=ONE)", "NULL" },
    { "(correct identifier=ONE)", "b" },
    { "(correct identifier=MANY)", "multiple a c" },
    { "(correct identifier=WORD)", "NULL" },
    { "(variable identifier=duration)", "NULL" },
    { "(map-response identifier=MANY)", "float 0.25" },
    /* true, false and NULL */
    { "(and bool:true bool:true)", "true" },
    { "(and bool:true bool:false)", "false" },
    { "(and bool:true (null))", "NULL" },
    { "(and bool:false (null))", "false" },
    { "(and (null) bool:false)", "false" },
    { "(or bool:false bool:true)", "true" },
    { "(or bool:false bool:false)", "false" },
    { "(or (null) bool:true)", "true" },
    { "(or (null) bool:false)", "NULL" },
    { "(not bool:true)", "false" },
    { "(not (null))", "NULL" },
    { "(is-null (null))", "true" },
    { "(is-null (variable identifier=EMPTY))", "true" },
    { "(is-null (multiple))", "true" },
    { "(is-null int:0)", "false" },
    { "(any-n min=1 max=2 bool:true bool:false bool:false)", "true" },
    { "(any-n min=2 max=2 bool:true bool:false bool:false)", "false" },
    { "(any-n min=0 max=1 bool:true bool:true bool:false)", "false" },
    { "(any-n min=1 max=2 bool:true (null) bool:false)", "true" },
    { "(any-n min=2 max=2 bool:true (null) bool:false)", "NULL" },
    { "(any-n min=0 max=1 bool:true (null) bool:false)", "NULL" },
    { "(any-n min=3 max=3 bool:true (null) bool:false)", "false" },
    /* comparing */
    { "(match id:a id:a)", "true" },
    { "(match id:a id:A)", "false" },
    { "(match id:a (null))", "NULL" },
    { "(match (null) (null))", "NULL" },
    { "(match int:5 float:5.0)", "true" },
    { "(match (multiple id:a id:b) (multiple id:b id:a))", "true" },
    { "(match (multiple id:a id:a) (multiple id:a))", "false" },
    { "(match (multiple id:a id:a id:b) (multiple id:a id:b id:b))", "false" },
    { "(match (ordered id:a id:b) (ordered id:b id:a))", "false" },
    { "(match (ordered id:a id:b) (ordered id:a id:b))", "true" },
    { "(match pair:a_b pair:b_a)", "true" },
    { "(match dpair:a_b dpair:b_a)", "false" },
    { "(equal int:2 float:2)", "true" },
    { "(equal tolerance-mode=exact float:2 float:2.1)", "false" },
    { "(equal tolerance-mode=absolute tolerance=0.1 float:0.7 float:0.8)", "true" },
    { "(equal tolerance-mode=absolute tolerance=0.1 float:0.7 float:0.81)", "false" },
    { "(equal tolerance-mode=absolute tolerance=0.1 float:0.7 float:0.6)", "true" },
    { "(equal tolerance-mode=absolute tolerance=0.1 include-upper-bound=false float:0.7 "
      "float:0.8)",
      "false" },
    { "(equal tolerance-mode=absolute tolerance=0.1 include-lower-bound=false float:0.7 "
      "float:0.6)",
      "false" },
    { "(equal tolerance-mode=absolute tolerance=1_2 float:5 float:7)", "true" },
    { "(equal tolerance-mode=absolute tolerance=1_2 float:5 float:3.5)", "false" },
    { "(equal tolerance-mode=absolute tolerance=SCORE float:5 float:5.25)", "true" },
    { "(equal tolerance-mode=relative tolerance=10 float:200 float:181)", "true" },
    { "(equal tolerance-mode=relative tolerance=10 float:200 float:179)", "false" },
    { "(equal tolerance-mode=relative tolerance=10 float:-200 float:-219)", "true" },
    { "(equal tolerance-mode=absolute tolerance=1 float:5 (null))", "NULL" },
    { "(equal-rounded rounding-mode=decimalPlaces figures=1 float:1.24 float:1.19)", "true" },
    { "(equal-rounded rounding-mode=decimalPlaces figures=1 float:1.24 float:1.26)", "false" },
    { "(equal-rounded rounding-mode=significantFigures figures=2 float:1234 float:1150)", "true" },
    { "(lt int:1 int:2)", "true" },
    { "(lt int:2 int:2)", "false" },
    { "(lte int:2 int:2)", "true" },
    { "(gt int:2 int:2)", "false" },
    { "(gte int:2 int:2)", "true" },
    { "(gt float:2.5 int:2)", "true" },
    { "(gte (null) int:2)", "NULL" },
    { "(duration-lt time:3 time:4)", "true" },
    { "(duration-gte time:3 time:4)", "false" },
    /* numbers */
    { "(sum int:1 int:2 int:3)", "6" },
    { "(sum int:1 float:2.5)", "float 3.5" },
    { "(sum (multiple int:1 int:2) int:4)", "7" },
    { "(sum int:1 (null))", "NULL" },
    { "(product int:2 int:3)", "6" },
    { "(product float:0.5 int:3)", "float 1.5" },
    { "(subtract int:2 int:5)", "-3" },
    { "(divide int:1 int:4)", "float 0.25" },
    { "(divide int:1 int:0)", "NULL" },
    { "(power int:2 int:10)", "float 1024" },
    { "(power int:-1 float:0.5)", "NULL" },
    { "(integer-divide int:-7 int:2)", "-4" },
    { "(integer-modulus int:-7 int:2)", "1" },
    { "(integer-modulus int:7 int:0)", "NULL" },
    { "(truncate float:6.8)", "6" },
    { "(truncate float:-6.8)", "-6" },
    { "(round float:6.5)", "7" },
    { "(round float:6.49)", "6" },
    { "(round float:-6.5)", "-6" },
    { "(round float:-6.51)", "-7" },
    { "(round-to rounding-mode=significantFigures figures=3 float:1239451)", "float 1240000" },
    { "(round-to rounding-mode=decimalPlaces figures=2 float:59.346)", "float 59.35" },
    { "(integer-to-float int:3)", "float 3" },
    { "(max int:3 int:9 int:5)", "9" },
    { "(max int:3 float:9.5)", "float 9.5" },
    { "(min (multiple int:3 int:9) int:2)", "2" },
    { "(min int:3 (null))", "NULL" },
    { "(gcd int:12 int:18 int:27)", "3" },
    { "(gcd int:0 int:0)", "0" },
    { "(lcm int:4 int:6)", "12" },
    { "(lcm int:4 int:0)", "0" },
    { "(stats-operator name=mean (multiple int:2 int:4 int:9))", "float 5" },
    { "(stats-operator name=popVariance (multiple int:2 int:4 int:9))", "float 8.666666666666666" },
    { "(stats-operator name=sampleVariance (multiple int:2 int:4 int:9))", "float 13" },
    { "(stats-operator name=sampleSD (multiple int:1))", "NULL" },
    { "(math-operator name=abs int:-3)", "3" },
    { "(math-operator name=ln float:-1)", "NULL" },
    { "(math-operator name=log float:1000)", "float 3" },
    { "(math-operator name=floor float:-1.5)", "-2" },
    { "(math-operator name=atan2 int:0 int:1)", "float 0" },
    { "(round (math-constant name=pi))", "3" },
    /* containers */
    { "(multiple id:a (null) id:b)", "multiple a b" },
    { "(multiple (multiple id:a id:b) id:a)", "multiple a b a" },
    { "(ordered int:2 int:1)", "ordered 2 1" },
    { "(ordered (null))", "NULL" },
    { "(repeat number-repeats=2 id:a id:b)", "ordered a b a b" },
    { "(container-size (multiple id:a id:a))", "2" },
    { "(container-size (null))", "0" },
    { "(index n=2 (ordered id:a id:b))", "b" },
    { "(index n=3 (ordered id:a id:b))", "NULL" },
    { "(member id:a (multiple id:b id:a))", "true" },
    { "(member id:z (multiple id:b id:a))", "false" },
    { "(member (null) (multiple id:b id:a))", "NULL" },
    { "(member int:2 (ordered float:1 float:2))", "true" },
    { "(delete id:a (multiple id:a id:b id:a))", "multiple b" },
    { "(delete id:a (multiple id:a))", "NULL" },
    { "(contains (multiple id:a id:b id:c) (multiple id:c id:a))", "true" },
    { "(contains (multiple id:a id:b id:c) (multiple id:b id:b))", "false" },
    { "(contains (multiple id:a id:b id:b id:c) (multiple id:b id:b))", "true" },
    { "(contains (ordered id:a id:b id:c) (ordered id:c id:a))", "false" },
    { "(contains (ordered id:a id:b id:c) (ordered id:b id:c))", "true" },
    { "(contains (ordered id:a id:b id:c) (ordered id:a id:c))", "false" },
    { "(contains (null) (multiple id:b id:b))", "NULL" },
    /* text */
    { "(string-match str:Ward str:ward)", "false" },
    { "(string-match case-sensitive=false str:Ward str:WARD)", "true" },
    { "(string-match case-sensitive=false str:\303\211va str:\303\251va)", "true" },
    { "(string-match case-sensitive=true substring=true str:Ward_12 str:12)", "true" },
    { "(string-match str:a (null))", "NULL" },
    { "(substring case-sensitive=true str:12 str:Ward_12)", "true" },
    { "(substring case-sensitive=true str:ward str:Ward_12)", "false" },
    { "(substring case-sensitive=false str:ward str:Ward_12)", "true" },
    { "(pattern-match pattern=[0-9]{3} str:123)", "true" },
    { "(pattern-match pattern=[0-9]{3} str:1234)", "false" },
    { "(pattern-match pattern=a|ab str:ab)", "true" },
    { "(pattern-match pattern=a (null))", "NULL" },
    /* what makes no sense */
    { "(custom-operator int:1)", "error line 7: <qti-custom-operator> is not supported" },
    { "(map-response-point identifier=ONE)",
      "error line 7: <qti-map-response-point> reads “ONE”, which has no area mapping" },
    { "(random-integer min=5 max=2)",
      "error line 7: <qti-random-integer> needs max, not below min" },
    { "(math-operator name=gamma int:1)",
      "error line 7: <qti-math-operator> with name=\"gamma\" is not supported" },
    { "(variable identifier=NOBODY)",
      "error line 7: <qti-variable> names “NOBODY”, which the item does not declare" },
    { "(map-response identifier=ONE)",
      "error line 7: <qti-map-response> reads “ONE”, which has no mapping" },
    { "(match id:a int:1)", "error line 7: <qti-match> compares values of different types" },
    { "(match (multiple id:a) id:a)",
      "error line 7: <qti-match> compares values of different cardinality" },
    { "(and int:1)", "error line 7: <qti-and> needs true or false, and has something else" },
    { "(sum id:a)", "error line 7: <qti-sum> needs numbers, and has something else" },
    { "(lt (multiple int:1 int:2) int:3)",
      "error line 7: <qti-lt> needs single numbers, and has several" },
    { "(not bool:true bool:true)",
      "error line 7: <qti-not> has 2 expressions inside, which is not what it needs" },
    { "(index n=0 (ordered id:a))", "error line 7: <qti-index> needs n, counted from 1" },
    { "(equal tolerance-mode=absolute int:1 int:1)",
      "error line 7: <qti-equal> needs a tolerance of one or two numbers" },
    { "(multiple id:a int:1)",
      "error line 7: <qti-multiple> puts values of different types together" },
    { "(repeat number-repeats=99999 id:a)", "error line 7: <qti-repeat> repeats too often" },
  };
  g_autoptr (WayItem) item = make_lookup_item ();
  g_autoptr (GHashTable) responses = way_responses_new ();

  put (responses, "ONE", WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, "b");
  put (responses, "MANY", WAY_BASE_IDENTIFIER, WAY_CARDINALITY_MULTIPLE, "a|b|b|a");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *result = evaluate (item, responses, rows[i].text);

      if (!g_str_equal (result, rows[i].result))
        g_test_message ("in %s", rows[i].text);
      g_assert_cmpstr (result, ==, rows[i].result);
    }
}

static void
test_deep (void)
{
  g_autoptr (WayItem) item = make_lookup_item ();
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *result = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "(not ");
  g_string_append (text, "bool:true");
  for (guint i = 0; i < 200; i++)
    g_string_append (text, ")");
  result = evaluate (item, responses, text->str);
  g_assert_cmpstr (result, ==, "error line 7: <qti-not> is nested too deeply");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/expression/table", test_expressions);
  g_test_add_func ("/assessment/expression/deep", test_deep);

  return g_test_run ();
}
