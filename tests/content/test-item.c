/* test-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"

#include <math.h>
#include <string.h>

/* One question on a few lines, so that problems have lines to name: the declarations on 3
 * and 4, the body on 5, the processing on 6. */
#define ITEM(declaration, body, processing)                                                        \
  "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0'\n"                     \
  " identifier='Q' title='T' xml:lang='en-GB'>\n" declaration "\n" SCORE "\n<qti-item-body>" body  \
  "</qti-item-body>\n" processing "</qti-assessment-item>"
#define SCORE "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'/>"
#define RESPONSE(cardinality, type, correct)                                                       \
  "<qti-response-declaration identifier='RESPONSE' cardinality='" cardinality "' base-type='" type \
  "'><qti-correct-response>" correct "</qti-correct-response></qti-response-declaration>"
#define VALUE(text) "<qti-value>" text "</qti-value>"
#define CHOICE(id) "<qti-simple-choice identifier='" id "'>" id "</qti-simple-choice>"
#define CHOICES(attributes)                                                                        \
  "<qti-choice-interaction response-identifier='RESPONSE' " attributes ">" CHOICE ("a")            \
      CHOICE ("b") "</qti-choice-interaction>"
#define TEMPLATE(name)                                                                             \
  "<qti-response-processing "                                                                      \
  "template='https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/" name ".xml'/>"
#define RULES(text) "<qti-response-processing>" text "</qti-response-processing>"
#define SET(value) "<qti-set-outcome-value identifier='SCORE'>" value "</qti-set-outcome-value>"
#define SINGLE RESPONSE ("single", "identifier", VALUE ("a"))

static WayItem *
read_item (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return way_item_new_from_bytes (bytes, "q.xml", error);
}

static WayItem *
load_item (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  WayItem *item;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  item = read_item (text, &error);
  g_assert_no_error (error);

  return item;
}

static void
test_item_choice (void)
{
  g_autoptr (WayItem) item = load_item ("baseline/A01.xml");
  const WayInteraction *interaction;
  const WayChoice *choice;
  const WayNode *node;
  const WayDeclaration *response;
  g_autofree char *prompt = NULL;

  g_assert_cmpstr (item->id, ==, "A01");
  g_assert_cmpstr (item->title, ==, "Reply");
  g_assert_cmpstr (item->language, ==, "en-GB");

  response = way_item_find_response (item, "RESPONSE");
  g_assert_nonnull (response);
  g_assert_cmpint (response->base_type, ==, WAY_BASE_IDENTIFIER);
  g_assert_cmpint (response->cardinality, ==, WAY_CARDINALITY_SINGLE);
  g_assert_cmpstr (way_value_get_text (response->correct), ==, "b");
  g_assert_null (way_item_find_response (item, "SCORE"));
  g_assert_cmpstr (way_value_get_text (way_item_find_outcome (item, "SCORE")->initial), ==, "0");

  g_assert_cmpuint (item->body->children->len, ==, 2);
  node = g_ptr_array_index (item->body->children, 1);
  g_assert_cmpint (node->type, ==, WAY_NODE_INTERACTION);
  g_assert_cmpuint (item->interactions->len, ==, 1);
  interaction = g_ptr_array_index (item->interactions, 0);
  g_assert_true (interaction == node->interaction);
  g_assert_true (interaction->is_shuffled);
  g_assert_cmpuint (interaction->max_choices, ==, 1);
  g_assert_cmpuint (interaction->choices->len, ==, 3);
  choice = g_ptr_array_index (interaction->choices, 2);
  g_assert_cmpstr (choice->id, ==, "c");
  g_assert_true (choice->is_fixed);
  prompt = way_node_dup_text (interaction->prompt);
  g_assert_cmpstr (prompt, ==, "What do you do?");
}

static void
test_item_gap (void)
{
  g_autoptr (WayItem) item = load_item ("baseline/F01.xml");
  const WayInteraction *interaction = g_ptr_array_index (item->interactions, 0);
  const WayDeclaration *response = way_item_find_response (item, "RESPONSE");
  const WayMapEntry *entry = g_ptr_array_index (response->mapping, 1);
  const WayChoice *gap = g_ptr_array_index (interaction->targets, 1);
  const WayNode *paragraph = g_ptr_array_index (interaction->content->children, 0);
  const WayNode *node = g_ptr_array_index (paragraph->children, 1);
  g_autofree char *text = way_node_dup_text (interaction->content);

  g_assert_cmpint (interaction->type, ==, WAY_INTERACTION_GAP_MATCH);
  g_assert_cmpuint (interaction->choices->len, ==, 2);
  g_assert_cmpuint (interaction->max_choices, ==, 0);
  g_assert_cmpstr (gap->id, ==, "g2");
  g_assert_cmpuint (gap->match_max, ==, 1);
  g_assert_cmpint (node->type, ==, WAY_NODE_GAP);
  g_assert_cmpstr (node->name, ==, "g1");
  g_assert_cmpstr (text, ==, "First … the screen, then … it.");

  g_assert_cmpuint (response->mapping->len, ==, 2);
  g_assert_cmpstr (entry->key, ==, "y g2");
  g_assert_cmpfloat (entry->value, ==, 0.5);
  g_assert_cmpfloat (response->map_lower, ==, 0);
  g_assert_cmpfloat (response->map_upper, ==, 1);
}

/* The names of the rules in document order, nested in brackets. */
static void
describe (const WayExpression *expression, GString *text)
{
  const char *identifier = g_hash_table_lookup (expression->attributes, "identifier");

  g_string_append (text, expression->name);
  if (identifier != NULL)
    g_string_append_printf (text, " %s", identifier);
  if (expression->value != NULL)
    g_string_append_printf (text, " %s", way_value_get_text (expression->value));
  if (expression->children->len == 0)
    return;

  g_string_append_c (text, '(');
  for (guint i = 0; i < expression->children->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      describe (g_ptr_array_index (expression->children, i), text);
    }
  g_string_append_c (text, ')');
}

static void
test_item_rules (void)
{
  g_autoptr (WayItem) item = load_item ("modules/M1/items/M1-q1.xml");
  g_autoptr (GString) text = g_string_new (NULL);
  const WayFeedback *feedback = g_ptr_array_index (item->feedbacks, 1);
  g_autofree char *said = way_node_dup_text (feedback->content);

  describe (item->processing, text);
  g_assert_cmpstr (text->str, ==,
                   "response-processing(response-condition("
                   "response-if(match(variable RESPONSE, correct RESPONSE), "
                   "set-outcome-value SCORE(base-value 1), "
                   "set-outcome-value FEEDBACK(base-value right)), "
                   "response-else(set-outcome-value FEEDBACK(base-value wrong))))");
  g_assert_cmpint (item->processing->line, ==, 18);
  g_assert_cmpint (((WayInteraction *) g_ptr_array_index (item->interactions, 0))->type, ==,
                   WAY_INTERACTION_ORDER);
  g_assert_cmpuint (item->feedbacks->len, ==, 2);
  g_assert_cmpstr (feedback->outcome, ==, "FEEDBACK");
  g_assert_cmpstr (feedback->id, ==, "wrong");
  g_assert_true (feedback->is_shown);
  g_assert_cmpstr (said, ==, "Look first.");
}

static void
test_item_templates (void)
{
  static const struct
  {
    const char *item;
    const char *rules;
  } cases[] = {
    { ITEM (SINGLE, CHOICES (""), TEMPLATE ("match_correct")),
      "response-processing(response-condition("
      "response-if(match(variable RESPONSE, correct RESPONSE), set-outcome-value SCORE("
      "base-value 1)), response-else(set-outcome-value SCORE(base-value 0))))" },
    { ITEM ("<qti-response-declaration identifier='RESPONSE' cardinality='single' "
            "base-type='identifier'><qti-mapping><qti-map-entry map-key='a' mapped-value='1'/>"
            "</qti-mapping></qti-response-declaration>",
            CHOICES (""), TEMPLATE ("map_response")),
      "response-processing(response-condition("
      "response-if(is-null(variable RESPONSE), set-outcome-value SCORE(base-value 0)), "
      "response-else(set-outcome-value SCORE(map-response RESPONSE))))" },
    { ITEM (
          SINGLE
          "<qti-outcome-declaration identifier='MAXSCORE' cardinality='single' base-type='float'/>"
          "<qti-outcome-declaration identifier='FEEDBACKBASIC' cardinality='single' "
          "base-type='identifier'/>",
          CHOICES (""), TEMPLATE ("CC2_match_basic")),
      "response-processing(response-condition("
      "response-if(match(variable RESPONSE, correct RESPONSE), "
      "set-outcome-value SCORE(variable MAXSCORE), "
      "set-outcome-value FEEDBACKBASIC(base-value correct)), "
      "response-else(set-outcome-value FEEDBACKBASIC(base-value incorrect))))" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = read_item (cases[i].item, &error);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_no_error (error);
      describe (item->processing, text);
      g_assert_cmpstr (text->str, ==, cases[i].rules);
      g_assert_cmpint (item->processing->line, ==, 6);
    }
}

static void
test_item_kinds (void)
{
  static const struct
  {
    const char *item;
    WayInteractionType type;
    WayBaseType base_type;
  } cases[] = {
    { ITEM (RESPONSE ("multiple", "identifier", VALUE ("a") VALUE ("b")),
            CHOICES ("max-choices='0'"), TEMPLATE ("match_correct")),
      WAY_INTERACTION_CHOICE, WAY_BASE_IDENTIFIER },
    { ITEM (RESPONSE ("multiple", "directedPair", VALUE ("a x")),
            "<qti-match-interaction response-identifier='RESPONSE' max-associations='0'>"
            "<qti-simple-match-set><qti-simple-associable-choice identifier='a' match-max='1'>A"
            "</qti-simple-associable-choice></qti-simple-match-set>"
            "<qti-simple-match-set><qti-simple-associable-choice identifier='x' match-max='0'>X"
            "</qti-simple-associable-choice></qti-simple-match-set></qti-match-interaction>",
            TEMPLATE ("match_correct")),
      WAY_INTERACTION_MATCH, WAY_BASE_DIRECTED_PAIR },
    { ITEM (SINGLE,
            "<p>Press <qti-inline-choice-interaction response-identifier='RESPONSE'>"
            "<qti-inline-choice identifier='a'>Tab</qti-inline-choice>"
            "</qti-inline-choice-interaction> now.</p>",
            TEMPLATE ("match_correct")),
      WAY_INTERACTION_INLINE_CHOICE, WAY_BASE_IDENTIFIER },
    { ITEM (RESPONSE ("single", "string", VALUE ("phish")),
            "<p>It is a <qti-text-entry-interaction response-identifier='RESPONSE' "
            "expected-length='8'/>.</p>",
            TEMPLATE ("match_correct")),
      WAY_INTERACTION_TEXT_ENTRY, WAY_BASE_STRING },
    { ITEM (RESPONSE ("single", "integer", VALUE ("12")),
            "<p><qti-text-entry-interaction response-identifier='RESPONSE'/></p>",
            TEMPLATE ("match_correct")),
      WAY_INTERACTION_TEXT_ENTRY, WAY_BASE_INTEGER },
    { ITEM ("<qti-response-declaration identifier='RESPONSE' cardinality='single' "
            "base-type='string'/>",
            "<qti-extended-text-interaction response-identifier='RESPONSE'>"
            "<qti-prompt>Why?</qti-prompt></qti-extended-text-interaction>",
            ""),
      WAY_INTERACTION_EXTENDED_TEXT, WAY_BASE_STRING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = read_item (cases[i].item, &error);
      const WayInteraction *interaction;

      g_assert_no_error (error);
      g_assert_cmpuint (item->interactions->len, ==, 1);
      interaction = g_ptr_array_index (item->interactions, 0);
      g_assert_cmpint (interaction->type, ==, cases[i].type);
      g_assert_cmpint (way_item_find_response (item, interaction->response)->base_type, ==,
                       cases[i].base_type);
    }
}

/* Nodes by letter, text in quotes. */
static void
sketch (const WayNode *node, GString *text)
{
  static const char letters[] = "FTPHLISETBMARCXPGI";

  if (node->type == WAY_NODE_TEXT)
    {
      g_string_append_printf (text, "'%s'", node->text);
      return;
    }
  g_string_append_c (text, letters[node->type]);
  if (node->children->len == 0)
    return;
  g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    sketch (g_ptr_array_index (node->children, i), text);
  g_string_append_c (text, ')');
}

static void
test_item_flow (void)
{
  static const struct
  {
    const char *flow;
    const char *sketch;
  } cases[] = {
    { "<p>\n  One <em> two </em>\n three<br/> four\n</p>", "F(P('One 'E('two ')'three'B'four'))" },
    { "<div class='note'> text <p>a<!-- b -->c</p> </div>", "F(X('text'P('ac')))" },
    { "<ul>\n<li>x <strong>y</strong></li>\n</ul>", "F(L(I('x 'S('y'))))" },
    { "<table><thead><tr><th scope='col'>h</th></tr></thead><tbody><tr><td>d</td></tr></tbody>"
      "</table>",
      "F(A(R(C('h'))R(C('d'))))" },
    { "<p>Pay &lt; 5 &amp; <![CDATA[<b>]]></p>", "F(P('Pay < 5 & <b>'))" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (
          "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='Q'"
          " title='T'>" SINGLE SCORE "<qti-item-body>" CHOICES (
              "") "</qti-item-body>"
                  "<qti-modal-feedback outcome-identifier='SCORE' identifier='f' show-hide='show'>"
                  "<qti-content-body>",
          cases[i].flow, "</qti-content-body></qti-modal-feedback></qti-assessment-item>", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = read_item (xml, &error);
      g_autoptr (GString) text = g_string_new (NULL);
      const WayFeedback *feedback;

      g_assert_no_error (error);
      feedback = g_ptr_array_index (item->feedbacks, 0);
      sketch (feedback->content, text);
      g_assert_cmpstr (text->str, ==, cases[i].sketch);
    }
}

static void
test_item_faults (void)
{
  static const struct
  {
    const char *item;
    const char *problem;
  } cases[] = {
    { "", "q.xml:1: " },
    { "<item/>", "q.xml:1: the file must begin with <qti-assessment-item" },
    { "<a>\n<b>\n</a>", "q.xml:3: Opening and ending tag mismatch: b line 2 and a" },
    { "<!DOCTYPE a [\n<!ENTITY x 'y'>\n]>\n<a>&x;</a>", "q.xml:2: entity “x” is not allowed" },
    { "<!DOCTYPE a [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>\n]>\n<a>&x;</a>",
      "q.xml:2: external entity “x” is not allowed" },
    { "\n<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'>\n<a/>",
      "q.xml:2: an external document type is not read" },
    { "<!DOCTYPE a [\n<!ATTLIST a b CDATA 'c'>\n]>\n<a/>",
      "q.xml:2: a document type that declares attributes is not allowed" },
    { ITEM (RESPONSE ("single", "identifier", VALUE ("z")), CHOICES (""),
            TEMPLATE ("match_correct")),
      "q.xml:3: “z” is not one of the choices" },
    { ITEM (RESPONSE ("single", "identifier", VALUE ("a") VALUE ("b")), CHOICES (""),
            TEMPLATE ("match_correct")),
      "q.xml:3: “RESPONSE” is single and cannot hold 2 values" },
    { ITEM (RESPONSE ("single", "integer", VALUE ("twelve")),
            "<p><qti-text-entry-interaction response-identifier='RESPONSE'/></p>",
            TEMPLATE ("match_correct")),
      "q.xml:3: “twelve” is not a value of type integer" },
    { ITEM (RESPONSE ("single", "colour", VALUE ("a")), CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:3: base-type=\"colour\" is not supported" },
    { ITEM (SINGLE SINGLE, CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:2: “RESPONSE” is declared twice" },
    { ITEM ("", CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:5: response “RESPONSE” is not declared" },
    { ITEM (SINGLE, "<p>Nothing</p>", TEMPLATE ("match_correct")),
      "q.xml:2: the item asks nothing" },
    { ITEM (SINGLE, CHOICES ("") CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:5: response “RESPONSE” is asked for twice" },
    { ITEM (SINGLE, CHOICES ("max-choices='0'"), TEMPLATE ("match_correct")),
      "q.xml:5: more than one answer is allowed, but response “RESPONSE” is single" },
    { ITEM (SINGLE, CHOICES ("max-choices='many'"), TEMPLATE ("match_correct")),
      "q.xml:5: max-choices=\"many\" must be a whole number" },
    { ITEM (RESPONSE ("ordered", "identifier", VALUE ("a")), CHOICES (""),
            TEMPLATE ("match_correct")),
      "q.xml:5: <qti-choice-interaction> cannot be answered with the type" },
    { ITEM (RESPONSE ("ordered", "identifier", VALUE ("a")),
            "<qti-order-interaction response-identifier='RESPONSE'>" CHOICE ("a")
                CHOICE ("b") "</qti-order-interaction>",
            TEMPLATE ("match_correct")),
      "q.xml:3: the correct order has 1 of the 2 choices" },
    { ITEM (RESPONSE ("multiple", "directedPair", VALUE ("x g9")),
            "<qti-gap-match-interaction response-identifier='RESPONSE'>"
            "<qti-gap-text identifier='x' match-max='1'>x</qti-gap-text>"
            "<p><qti-gap identifier='g1'/></p></qti-gap-match-interaction>",
            TEMPLATE ("match_correct")),
      "q.xml:3: “g9” is not a place for a choice" },
    { ITEM (SINGLE, "<qti-hotspot-interaction response-identifier='RESPONSE'/>",
            TEMPLATE ("match_correct")),
      "q.xml:5: <qti-hotspot-interaction> has no picture" },
    { ITEM (RESPONSE ("multiple", "point", VALUE ("1 2")),
            "<qti-select-point-interaction response-identifier='RESPONSE' max-choices='0'>"
            "<object data='a.png'>A map</object></qti-select-point-interaction>",
            TEMPLATE ("map_response_point")),
      "q.xml:5: <qti-select-point-interaction> is scored, but cannot be shown yet" },
    { ITEM (SINGLE, "<p>" CHOICES ("") "</p>", TEMPLATE ("match_correct")),
      "q.xml:5: <qti-choice-interaction> is not allowed in <p>" },
    { ITEM (SINGLE, "<script>alert()</script>" CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:5: <script> is not supported" },
    { ITEM (SINGLE, "<p onclick='x'>a</p>" CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:5: the attribute “onclick” of <p> is not supported" },
    { ITEM (SINGLE, "<p><ul><li>a</li></ul></p>" CHOICES (""), TEMPLATE ("match_correct")),
      "q.xml:5: <ul> is not allowed in <p>" },
    { ITEM (SINGLE, "<p><img src='../../etc/passwd' alt=''/></p>" CHOICES (""),
            TEMPLATE ("match_correct")),
      "q.xml:5: “../../etc/passwd” is not a path inside the pack" },
    { ITEM (SINGLE, "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'/>" CHOICES (""),
            TEMPLATE ("match_correct")),
      "q.xml:5: <math> is not supported" },
    { ITEM (SINGLE, CHOICES (""), TEMPLATE ("map_response_point")),
      "q.xml:6: response “RESPONSE” has no area mapping" },
    { ITEM (SINGLE, CHOICES (""), TEMPLATE ("map_colour")),
      "q.xml:6: the response processing template “map_colour” is not supported" },
    { ITEM (SINGLE, CHOICES (""), TEMPLATE ("map_response")),
      "q.xml:6: response “RESPONSE” has no mapping" },
    { ITEM (SINGLE, CHOICES (""), RULES (SET ("<qti-custom-operator definition='x'/>"))),
      "q.xml:6: <qti-custom-operator> is not supported" },
    { ITEM (SINGLE, CHOICES (""), RULES (SET ("<qti-variable identifier='OTHER'/>"))),
      "q.xml:6: variable “OTHER” is not declared" },
    { ITEM (SINGLE, CHOICES (""), RULES (SET ("<qti-not><qti-null/><qti-null/></qti-not>"))),
      "q.xml:6: <qti-not> holds 2 parts and needs at most 1" },
    { ITEM (SINGLE, CHOICES (""),
            RULES ("<qti-response-condition><qti-response-else/></qti-response-condition>")),
      "q.xml:6: <qti-response-else> is not allowed here" },
    { ITEM (SINGLE, CHOICES (""),
            RULES (SET ("<qti-base-value base-type='float'>one</qti-base-value>"))),
      "q.xml:6: “one” is not a value of type float" },
    { ITEM (SINGLE, CHOICES (""),
            "<qti-template-processing><qti-set-template-value identifier='N'><qti-null/>"
            "</qti-set-template-value></qti-template-processing>"),
      "q.xml:6: template variable “N” is not declared" },
    { ITEM (SINGLE, CHOICES (""),
            "<qti-template-processing><qti-set-outcome-value identifier='SCORE'><qti-null/>"
            "</qti-set-outcome-value></qti-template-processing>"),
      "q.xml:6: <qti-set-outcome-value> is not allowed here" },
    { ITEM (SINGLE, CHOICES (""),
            "<qti-modal-feedback outcome-identifier='F' identifier='x'><qti-content-body/>"
            "</qti-modal-feedback>"),
      "q.xml:6: outcome “F” is not declared" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = read_item (cases[i].item, &error);

      g_assert_null (item);
      g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, cases[i].problem));
    }
}

static void
test_item_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) item = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "<a>\n");
  for (guint i = 0; i < 100; i++)
    g_string_append (text, "</a>");
  item = read_item (text->str, &error);

  g_assert_null (item);
  g_assert_cmpstr (error->message, ==, "q.xml:65: elements are nested too deeply");
}

/* Whatever is cut off or changed, the answer is an item or an error, never a crash. */
static void
test_item_damaged (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", "modules",
                                                 "M1", "items", "M1-q1.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GError) read_error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &read_error);
  g_assert_no_error (read_error);

  for (gsize cut = 0; cut < length - 1; cut += 7)
    {
      g_autofree char *part = g_strndup (text, cut);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = read_item (part, &error);

      g_assert_null (item);
      g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
    }

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *copy = g_strndup (text, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = NULL;

      for (guint j = 0; j < 3; j++)
        copy[g_rand_int_range (random, 0, (int) length)] = (char) g_rand_int_range (random, 1, 256);
      item = read_item (copy, &error);
      g_assert_true ((item == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_true (g_str_has_prefix (error->message, "q.xml:"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/content/item/choice", test_item_choice);
  g_test_add_func ("/content/item/gap", test_item_gap);
  g_test_add_func ("/content/item/rules", test_item_rules);
  g_test_add_func ("/content/item/templates", test_item_templates);
  g_test_add_func ("/content/item/kinds", test_item_kinds);
  g_test_add_func ("/content/item/flow", test_item_flow);
  g_test_add_func ("/content/item/faults", test_item_faults);
  g_test_add_func ("/content/item/depth", test_item_depth);
  g_test_add_func ("/content/item/damaged", test_item_damaged);

  return g_test_run ();
}
