/* test-scoring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "scoring-fixture.h"

#define MATCH_CORRECT                                                                              \
  "<qti-response-processing "                                                                      \
  "template='https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml'/>"
#define MAP_RESPONSE                                                                               \
  "<qti-response-processing "                                                                      \
  "template='https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml'/>"
#define GAPS(response)                                                                             \
  "<qti-order-interaction response-identifier='" response "'><qti-prompt>Put</qti-prompt>"         \
  "<qti-simple-choice identifier='a'>A</qti-simple-choice>"                                        \
  "<qti-simple-choice identifier='b'>B</qti-simple-choice>"                                        \
  "<qti-simple-choice identifier='c'>C</qti-simple-choice></qti-order-interaction>"
#define MATCHES(response)                                                                          \
  "<qti-match-interaction response-identifier='" response "' max-associations='0'>"                \
  "<qti-prompt>Place</qti-prompt><qti-simple-match-set>"                                           \
  "<qti-simple-associable-choice identifier='x' match-max='1'>X</qti-simple-associable-choice>"    \
  "<qti-simple-associable-choice identifier='y' match-max='1'>Y</qti-simple-associable-choice>"    \
  "</qti-simple-match-set><qti-simple-match-set>"                                                  \
  "<qti-simple-associable-choice identifier='p' match-max='0'>P</qti-simple-associable-choice>"    \
  "<qti-simple-associable-choice identifier='q' match-max='0'>Q</qti-simple-associable-choice>"    \
  "</qti-simple-match-set></qti-match-interaction>"

/* The two templates over each kind of response. */
static void
test_templates (void)
{
  static const struct
  {
    const char *declaration;
    const char *body;
    const char *processing;
    const char *type;
    WayBaseType base_type;
    WayCardinality cardinality;
    struct
    {
      const char *line;
      double score;
    } cases[8];
  } rows[] = {
    { DECLARE ("RESPONSE", "single", "identifier", CORRECT (VALUE ("b"))),
      CHOICES ("RESPONSE", "1"),
      MATCH_CORRECT,
      "choice",
      WAY_BASE_IDENTIFIER,
      WAY_CARDINALITY_SINGLE,
      { { "b", 1 }, { "a", 0 }, { "", 0 } } },
    { DECLARE ("RESPONSE", "multiple", "identifier", CORRECT (VALUE ("a") VALUE ("c"))),
      CHOICES ("RESPONSE", "0"),
      MATCH_CORRECT,
      "several",
      WAY_BASE_IDENTIFIER,
      WAY_CARDINALITY_MULTIPLE,
      { { "a|c", 1 }, { "c|a", 1 }, { "a", 0 }, { "a|b|c", 0 }, { "", 0 } } },
    { DECLARE ("RESPONSE", "ordered", "identifier", CORRECT (VALUE ("b") VALUE ("a") VALUE ("c"))),
      GAPS ("RESPONSE"),
      MATCH_CORRECT,
      "order",
      WAY_BASE_IDENTIFIER,
      WAY_CARDINALITY_ORDERED,
      { { "b|a|c", 1 }, { "a|b|c", 0 }, { "b|a", 0 } } },
    { DECLARE ("RESPONSE", "multiple", "directedPair", CORRECT (VALUE ("x p") VALUE ("y q"))),
      MATCHES ("RESPONSE"),
      MATCH_CORRECT,
      "match",
      WAY_BASE_DIRECTED_PAIR,
      WAY_CARDINALITY_MULTIPLE,
      { { "x p|y q", 1 }, { "y q|x p", 1 }, { "x q|y p", 0 }, { "x p", 0 } } },
    { DECLARE ("RESPONSE", "single", "string", CORRECT (VALUE ("night shift"))),
      ENTRY ("RESPONSE"),
      MATCH_CORRECT,
      "text",
      WAY_BASE_STRING,
      WAY_CARDINALITY_SINGLE,
      { { "night shift", 1 },
        { "  night \t shift ", 1 },
        { "Night shift", 0 },
        { "nightshift", 0 } } },
    { DECLARE ("RESPONSE", "single", "string",
               "<qti-mapping default-value='0'>"
               "<qti-map-entry map-key='phishing' mapped-value='1' case-sensitive='false'/>"
               "<qti-map-entry map-key='fishing' mapped-value='0.5' case-sensitive='false'/>"
               "<qti-map-entry map-key='NHS' mapped-value='1' case-sensitive='true'/>"
               "</qti-mapping>"),
      ENTRY ("RESPONSE"),
      MAP_RESPONSE,
      "mapped text",
      WAY_BASE_STRING,
      WAY_CARDINALITY_SINGLE,
      { { " Phishing", 1 },
        { "FISHING", .5 },
        { "nhs", 0 },
        { "NHS", 1 },
        { "spam", 0 },
        { "", 0 } } },
    { DECLARE ("RESPONSE", "single", "float", CORRECT (VALUE ("1200"))),
      ENTRY ("RESPONSE"),
      MATCH_CORRECT,
      "number",
      WAY_BASE_FLOAT,
      WAY_CARDINALITY_SINGLE,
      { { "1200", 1 },
        { "1,200", 1 },
        { " 1200.0 ", 1 },
        { "12,00", 0 },
        { "1201", 0 },
        { "many", 0 } } },
    { DECLARE ("RESPONSE", "single", "integer", CORRECT (VALUE ("5"))),
      ENTRY ("RESPONSE"),
      MATCH_CORRECT,
      "whole number",
      WAY_BASE_INTEGER,
      WAY_CARDINALITY_SINGLE,
      { { "5", 1 }, { "+5", 1 }, { "5.0", 1 }, { "5.5", 0 }, { "five", 0 } } },
    { DECLARE ("RESPONSE", "multiple", "identifier",
               "<qti-mapping default-value='-0.5' lower-bound='0' upper-bound='1'>"
               "<qti-map-entry map-key='a' mapped-value='0.5'/>"
               "<qti-map-entry map-key='c' mapped-value='0.75'/></qti-mapping>"),
      CHOICES ("RESPONSE", "0"),
      MAP_RESPONSE,
      "bounds",
      WAY_BASE_IDENTIFIER,
      WAY_CARDINALITY_MULTIPLE,
      { { "a", .5 }, { "a|c", 1 }, { "a|b", 0 }, { "c|b", .25 }, { "b", 0 }, { "", 0 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *declarations = g_strconcat (rows[i].declaration, OUTCOME ("SCORE", "float"),
                                                   NULL);
      g_autoptr (WayItem) item = make_item (declarations, rows[i].body, rows[i].processing);

      for (guint j = 0; j < G_N_ELEMENTS (rows[i].cases) && rows[i].cases[j].line != NULL; j++)
        {
          g_autoptr (GHashTable) responses = way_responses_new ();
          g_autoptr (GError) error = NULL;
          g_autoptr (WayScore) score = NULL;

          if (rows[i].cases[j].line[0] != '\0')
            put (responses, "RESPONSE", rows[i].base_type, rows[i].cardinality,
                 rows[i].cases[j].line);
          score = way_scoring_run (item, responses, &error);
          g_assert_no_error (error);
          if (fabs (score->score - rows[i].cases[j].score) > 1e-12)
            g_test_message ("%s: %s", rows[i].type, rows[i].cases[j].line);
          g_assert_cmpfloat_with_epsilon (score->score, rows[i].cases[j].score, 1e-12);
          g_assert_cmpint (score->is_correct, ==, rows[i].cases[j].score >= 1);
        }
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (WayScore) score = way_scoring_run (item, NULL, &error);

        g_assert_no_error (error);
        g_assert_cmpfloat (score->score, ==, 0);
      }
    }
}

#define IF(condition, rules) "<qti-response-if>" condition rules "</qti-response-if>"
#define ELSE_IF(condition, rules) "<qti-response-else-if>" condition rules "</qti-response-else-if>"
#define ELSE(rules) "<qti-response-else>" rules "</qti-response-else>"
#define CONDITION(branches) "<qti-response-condition>" branches "</qti-response-condition>"
#define SET(id, type, text)                                                                        \
  "<qti-set-outcome-value identifier='" id "'><qti-base-value base-type='" type "'>" text          \
  "</qti-base-value></qti-set-outcome-value>"
#define IS(text)                                                                                   \
  "<qti-match><qti-variable identifier='RESPONSE'/><qti-base-value base-type='identifier'>" text   \
  "</qti-base-value></qti-match>"
#define FEEDBACK(id, show)                                                                         \
  "<qti-modal-feedback outcome-identifier='FEEDBACK' identifier='" id "' show-hide='" show         \
  "'><qti-content-body><p>" id "</p></qti-content-body></qti-modal-feedback>"

static WayItem *
make_rules_item (const char *rules)
{
  g_autofree char *rest = g_strdup_printf (
      "<qti-response-processing>%s</qti-response-processing>" FEEDBACK ("right", "show")
          FEEDBACK ("wrong", "show") FEEDBACK ("right", "hide"),
      rules);

  return make_item (DECLARE ("RESPONSE", "single", "identifier", CORRECT (VALUE ("b")))
                        OUTCOME ("SCORE", "float") OUTCOME ("COUNT", "integer")
                            OUTCOME ("FEEDBACK", "identifier"),
                    CHOICES ("RESPONSE", "1"), rest);
}

static WayScore *
answer (WayItem *item, const char *choice)
{
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (GError) error = NULL;
  WayScore *score;

  put (responses, "RESPONSE", WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, choice);
  score = way_scoring_run (item, responses, &error);
  g_assert_no_error (error);

  return score;
}

static void
test_branches (void)
{
  g_autoptr (WayItem) item = make_rules_item (CONDITION (
      IF (IS ("a"), SET ("SCORE", "float", "0.25"))
          ELSE_IF (IS ("b"), SET ("SCORE", "float", "1")
                                 CONDITION (IF (IS ("b"), SET ("FEEDBACK", "identifier", "right"))))
              ELSE (SET ("FEEDBACK", "identifier", "wrong"))) SET ("COUNT", "integer", "3"));
  static const struct
  {
    const char *choice;
    double score;
    const char *feedback;
  } rows[] = { { "a", .25, NULL }, { "b", 1, "right" }, { "c", 0, "wrong" }, { "", 0, "wrong" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WayScore) score = answer (item, rows[i].choice);
      double count;

      g_assert_cmpfloat (score->score, ==, rows[i].score);
      g_assert_cmpstr (way_value_get_text (g_hash_table_lookup (score->outcomes, "FEEDBACK")), ==,
                       rows[i].feedback);
      g_assert_true (way_value_get_number (g_hash_table_lookup (score->outcomes, "COUNT"), &count));
      g_assert_cmpfloat (count, ==, 3);
    }
}

/* What a hidden feedback says shows while its outcome does not hold its name. */
static void
test_feedbacks (void)
{
  g_autoptr (WayItem)
      item = make_rules_item (CONDITION (IF (IS ("b"), SET ("FEEDBACK", "identifier", "right"))
                                             ELSE (SET ("FEEDBACK", "identifier", "wrong"))));
  g_autoptr (WayScore) right = answer (item, "b");
  g_autoptr (WayScore) wrong = answer (item, "c");
  g_autoptr (GPtrArray) at_right = way_score_list_feedbacks (right, item);
  g_autoptr (GPtrArray) at_wrong = way_score_list_feedbacks (wrong, item);

  g_assert_cmpuint (at_right->len, ==, 1);
  g_assert_true (at_right->pdata[0] == item->feedbacks->pdata[0]);
  g_assert_cmpuint (at_wrong->len, ==, 2);
  g_assert_true (at_wrong->pdata[0] == item->feedbacks->pdata[1]);
  g_assert_true (at_wrong->pdata[1] == item->feedbacks->pdata[2]);
}

static void
test_exit (void)
{
  g_autoptr (WayItem) item = make_rules_item (
      CONDITION (IF (IS ("a"), SET ("SCORE", "float",
                                    "0.5") "<qti-exit-response/>" SET ("SCORE", "float", "0.75")))
          SET ("SCORE", "float", "1"));
  g_autoptr (WayScore) a = answer (item, "a");
  g_autoptr (WayScore) b = answer (item, "b");

  g_assert_cmpfloat (a->score, ==, .5);
  g_assert_cmpfloat (b->score, ==, 1);
}

/* A whole number may become a float and a float that is whole an integer; nothing else
 * changes type. */
static void
test_set_types (void)
{
  static const struct
  {
    const char *rules;
    const char *message;
  } rows[] = {
    { SET ("SCORE", "integer", "1"), NULL },
    { SET ("COUNT", "float", "2.0"), NULL },
    { SET ("COUNT", "float", "2.5"), "sets “COUNT”, a whole number, to something else" },
    { SET ("SCORE", "identifier", "a"), "sets “SCORE” to a value of another type" },
    { "<qti-set-outcome-value identifier='SCORE'><qti-null/></qti-set-outcome-value>", NULL },
    { CONDITION (IF ("<qti-variable identifier='RESPONSE'/>", SET ("SCORE", "float", "1"))),
      "has a condition that is neither true nor false" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WayItem) item = make_rules_item (rows[i].rules);
      g_autoptr (GHashTable) responses = way_responses_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (WayScore) score = NULL;

      put (responses, "RESPONSE", WAY_BASE_IDENTIFIER, WAY_CARDINALITY_SINGLE, "a");
      score = way_scoring_run (item, responses, &error);
      if (rows[i].message == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, WAY_SCORING_ERROR, WAY_SCORING_ERROR_INVALID);
      g_assert_null (score);
      g_assert_true (g_str_has_prefix (error->message, "test.xml: line "));
      g_assert_nonnull (strstr (error->message, rows[i].message));
    }
}

/* Rules that only a tree can hold, since the reader refuses them. */
static void
test_unknown_rule (void)
{
  static const char *const rules[] = {
    "(response-processing (set-template-value identifier=SCORE int:1))",
    "(response-processing (response-condition (response-if bool:true (print))))",
    "(response-processing (response-condition (when bool:true)))",
  };
  g_autoptr (WayItem) item = make_rules_item (SET ("SCORE", "float", "1"));
  WayExpression *kept = item->processing;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (WayExpression) processing = parse (rules[i]);
      g_autoptr (GError) error = NULL;

      item->processing = processing;
      g_assert_null (way_scoring_run (item, NULL, &error));
      g_assert_error (error, WAY_SCORING_ERROR, WAY_SCORING_ERROR_UNSUPPORTED);
    }
  item->processing = kept;
}

static void
test_correct (void)
{
  g_autoptr (WayItem) item = make_lookup_item ();
  g_autoptr (WayItem)
      open = make_item (DECLARE ("RESPONSE", "single", "string", "") OUTCOME ("SCORE", "float"),
                        ENTRY ("RESPONSE"), "");
  g_autoptr (GHashTable) correct = way_scoring_dup_correct (item);
  g_autofree char *many = describe (g_hash_table_lookup (correct, "MANY"));

  g_assert_cmpuint (g_hash_table_size (correct), ==, 6);
  g_assert_cmpstr (way_value_get_text (g_hash_table_lookup (correct, "ONE")), ==, "b");
  g_assert_cmpstr (way_value_get_text (g_hash_table_lookup (correct, "WORD")), ==,
                   "blood  pressure");
  g_assert_cmpstr (many, ==, "multiple a c");
  g_assert_null (way_scoring_dup_correct (open));
}

/* What is right scores as right, for every item that is shipped. */
static void
test_pack (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = way_pack_open (path, "en-GB", &error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GPtrArray *baseline;
  GPtrArray *modules;
  guint n_right = 0;

  g_assert_no_error (error);
  baseline = way_pack_get_baseline (pack);
  modules = way_pack_get_modules (pack);
  for (guint i = 0; i < baseline->len; i++)
    g_ptr_array_add (ids, ((WayBaselineItem *) baseline->pdata[i])->id);
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = modules->pdata[i];

      for (guint j = 0; j < module->check->len; j++)
        g_ptr_array_add (ids, ((WayCheckItem *) module->check->pdata[j])->id);
    }

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WayItem) item = way_pack_load_item (pack, ids->pdata[i], &error);
      g_autoptr (GHashTable) correct = NULL;
      g_autoptr (GHashTable) again = NULL;
      g_autoptr (WayScore) right = NULL;
      g_autoptr (WayScore) none = NULL;
      g_autofree char *line = NULL;

      g_assert_no_error (error);
      correct = way_scoring_dup_correct (item);
      /* What is right at a practice desk its own tests work through. */
      if (way_item_get_desk (item) != NULL)
        {
          g_assert_null (correct);
          continue;
        }
      g_assert_nonnull (correct);
      line = way_responses_to_line (item, correct);
      again = way_responses_new_from_line (item, line);
      right = way_scoring_run (item, again, &error);
      g_assert_no_error (error);
      if (!right->is_correct)
        g_test_message ("%s: the right answer scores %g", item->id, right->score);
      g_assert_true (right->is_correct);
      n_right++;
      none = way_scoring_run (item, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (none->score, <, 1);
      if (item->feedbacks->len > 0)
        {
          g_autoptr (GPtrArray) said = way_score_list_feedbacks (right, item);

          g_assert_cmpuint (said->len, >, 0);
        }
    }
  g_assert_cmpuint (n_right, >, 100);
}

static void
test_line (void)
{
  g_autoptr (WayItem) item = make_lookup_item ();
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (GHashTable) read = NULL;
  g_autoptr (GHashTable) none = NULL;
  g_autofree char *line = NULL;
  g_autofree char *again = NULL;
  g_autofree char *empty = NULL;

  put (responses, "MANY", WAY_BASE_IDENTIFIER, WAY_CARDINALITY_MULTIPLE, "c|a");
  put (responses, "WORD", WAY_BASE_STRING, WAY_CARDINALITY_SINGLE, "a=b \x1e\x1f c");
  put (responses, "STRANGER", WAY_BASE_STRING, WAY_CARDINALITY_SINGLE, "x");
  line = way_responses_to_line (item, responses);
  g_assert_cmpstr (line, ==,
                   "ONE=\x1eMANY=c\x1f"
                   "a\x1eWORD=a=b    c\x1eNUMBER=\x1eWHOLE=\x1e"
                   "EMPTY=");

  read = way_responses_new_from_line (item, line);
  g_assert_cmpuint (g_hash_table_size (read), ==, 2);
  g_assert_true (way_value_equal (g_hash_table_lookup (read, "MANY"),
                                  g_hash_table_lookup (responses, "MANY")));
  g_assert_cmpstr (way_value_get_text (g_hash_table_lookup (read, "WORD")), ==, "a=b    c");
  again = way_responses_to_line (item, read);
  g_assert_cmpstr (again, ==, line);

  empty = way_responses_to_line (item, NULL);
  g_assert_cmpstr (empty, ==,
                   "ONE=\x1eMANY=\x1eWORD=\x1eNUMBER=\x1eWHOLE=\x1e"
                   "EMPTY=");
  none = way_responses_new_from_line (item, "GONE=x\x1e\x1eONE\x1e=");
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/scoring/templates", test_templates);
  g_test_add_func ("/assessment/scoring/branches", test_branches);
  g_test_add_func ("/assessment/scoring/feedbacks", test_feedbacks);
  g_test_add_func ("/assessment/scoring/exit", test_exit);
  g_test_add_func ("/assessment/scoring/set-types", test_set_types);
  g_test_add_func ("/assessment/scoring/unknown-rule", test_unknown_rule);
  g_test_add_func ("/assessment/scoring/correct", test_correct);
  g_test_add_func ("/assessment/scoring/line", test_line);
  g_test_add_func ("/assessment/scoring/pack", test_pack);

  return g_test_run ();
}
