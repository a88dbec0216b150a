/* test-qti.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-template.h"
#include "adaptive-fixture.h"
#include "scoring-fixture.h"

/* Items as others write them: QTI 3 with what packs do not use, QTI 2, templates, and
 * pictures to answer in. */

#define ITEM3(inside)                                                                              \
  "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='T' "       \
  "title='T' adaptive='false' time-dependent='false' xml:lang='en'>" inside                        \
  "</qti-assessment-item>"
#define ITEM2(version, inside)                                                                     \
  "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v" version "' "                      \
  "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' identifier='T' title='T' "                \
  "adaptive='false' timeDependent='false'>" inside "</assessmentItem>"
#define SCORE "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'/>"
#define TEMPLATE(name)                                                                             \
  "<qti-response-processing template='https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/" name  \
  "'/>"
#define SET(expression)                                                                            \
  "<qti-response-processing><qti-set-outcome-value identifier='SCORE'>" expression                 \
  "</qti-set-outcome-value></qti-response-processing>"
#define POINTS                                                                                     \
  "<qti-area-mapping default-value='-1' lower-bound='-2' upper-bound='3'>"                         \
  "<qti-area-map-entry shape='circle' coords='10,10,5' mapped-value='2'/>"                         \
  "<qti-area-map-entry shape='rect' coords='8,8,40,20' mapped-value='1'/></qti-area-mapping>"
#define PICTURE "<object data='map.png' width='100' height='50' type='image/png'>A map</object>"

static WayItem *
read_outside (const char *text, GPtrArray *notes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  WayItem *item = way_item_new_from_outside (bytes, "q.xml", notes, &error);

  g_assert_no_error (error);

  return item;
}

static double
score (const WayItem *item, const char *line)
{
  g_autoptr (GHashTable) responses = NULL;
  g_autofree char *whole = g_strdup_printf ("RESPONSE=%s", line);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) result = NULL;

  g_strdelimit (whole, "|", '\x1f');
  responses = way_responses_new_from_line (item, whole);
  result = way_scoring_run (item, responses, &error);
  g_assert_no_error (error);

  return result->score;
}

/* Each interaction by its answer; numbers worked out by hand. */
static void
test_interactions (void)
{
  static const struct
  {
    const char *item;
    WayInteractionType type;
    struct
    {
      const char *line;
      double score;
    } cases[6];
  } rows[] = {
    { ITEM3 (
          DECLARE ("RESPONSE", "multiple", "pair", CORRECT (VALUE ("a b") VALUE ("c d"))) SCORE
          "<qti-item-body><qti-associate-interaction response-identifier='RESPONSE' "
          "max-associations='2'><qti-simple-associable-choice identifier='a' match-max='1'>A"
          "</qti-simple-associable-choice><qti-simple-associable-choice identifier='b'>B"
          "</qti-simple-associable-choice><qti-simple-associable-choice identifier='c'>C"
          "</qti-simple-associable-choice><qti-simple-associable-choice identifier='d'>D"
          "</qti-simple-associable-choice></qti-associate-interaction></qti-item-body>" TEMPLATE (
              "match_correct")),
      WAY_INTERACTION_ASSOCIATE,
      { { "b a|c d", 1 }, { "d c|a b", 1 }, { "a c|b d", 0 }, { "a b", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "multiple", "identifier", CORRECT (VALUE ("w1"))) SCORE
             "<qti-item-body><qti-hottext-interaction response-identifier='RESPONSE' "
             "max-choices='0'><p>Take <qti-hottext identifier='w1'>one</qti-hottext> or "
             "<qti-hottext identifier='w2'>two</qti-hottext>.</p></qti-hottext-interaction>"
             "</qti-item-body>" TEMPLATE ("match_correct.xml")),
      WAY_INTERACTION_HOTTEXT,
      { { "w1", 1 }, { "w2", 0 }, { "w1|w2", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "single", "identifier", CORRECT (VALUE ("h2"))) SCORE
             "<qti-item-body><qti-hotspot-interaction response-identifier='RESPONSE' "
             "max-choices='1'>" PICTURE "<qti-hotspot-choice identifier='h1' shape='circle' "
             "coords='10,10,4' hotspot-label='Left'/><qti-hotspot-choice identifier='h2' "
             "shape='rect' "
             "coords='50%,0,100%,100%'/></qti-hotspot-interaction></qti-item-body>" TEMPLATE (
                 "match_correct")),
      WAY_INTERACTION_HOTSPOT,
      { { "h2", 1 }, { "h1", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "ordered", "identifier", CORRECT (VALUE ("b") VALUE ("a"))) SCORE
             "<qti-item-body><qti-graphic-order-interaction response-identifier='RESPONSE'>" PICTURE
             "<qti-hotspot-choice identifier='a' shape='circle' coords='10,10,4'/>"
             "<qti-hotspot-choice identifier='b' shape='ellipse' coords='30,10,4,8'/>"
             "</qti-graphic-order-interaction></qti-item-body>" TEMPLATE ("match_correct")),
      WAY_INTERACTION_GRAPHIC_ORDER,
      { { "b|a", 1 }, { "a|b", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "multiple", "pair",
                      "<qti-mapping default-value='0'><qti-map-entry map-key='a b' "
                      "mapped-value='2'/></qti-mapping>") SCORE
             "<qti-item-body><qti-graphic-associate-interaction response-identifier='RESPONSE' "
             "max-associations='3'>" PICTURE "<qti-associable-hotspot identifier='a' match-max='1' "
             "shape='circle' coords='10,10,4'/><qti-associable-hotspot identifier='b' "
             "match-max='1' shape='poly' coords='0,0,10,0,0,10'/>"
             "</qti-graphic-associate-interaction></qti-item-body>" TEMPLATE ("map_response")),
      WAY_INTERACTION_GRAPHIC_ASSOCIATE,
      { { "b a", 2 }, { "", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "multiple", "directedPair",
                      "<qti-mapping default-value='-1' lower-bound='0'><qti-map-entry map-key="
                      "'g t' mapped-value='1'/></qti-mapping>") SCORE
             "<qti-item-body><qti-graphic-gap-match-interaction "
             "response-identifier='RESPONSE'>" PICTURE
             "<qti-gap-img identifier='g' match-max='1'><object data='g.png' "
             "type='image/png'>A gap</object></qti-gap-img><qti-associable-hotspot identifier='t' "
             "match-max='1' "
             "shape='default'/></qti-graphic-gap-match-interaction></qti-item-body>" TEMPLATE (
                 "map_response")),
      WAY_INTERACTION_GRAPHIC_GAP_MATCH,
      { { "g t", 1 }, { "t g", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "multiple", "point", POINTS) SCORE
             "<qti-item-body><qti-select-point-interaction response-identifier='RESPONSE' "
             "max-choices='3'>" PICTURE
             "</qti-select-point-interaction></qti-item-body>" TEMPLATE ("map_response_point")),
      WAY_INTERACTION_SELECT_POINT,
      { { "10 12", 2 },
        { "30 19|10 10", 3 },
        { "10 10|11 11", 2 },
        { "90 90|91 91|92 92", -2 },
        { "39 20|90 90", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "single", "point", CORRECT (VALUE ("10 10"))) SCORE
             "<qti-item-body><qti-position-object-stage>" PICTURE
             "<qti-position-object-interaction response-identifier='RESPONSE' max-choices='1'>"
             "<object data='pin.png' type='image/png'/></qti-position-object-interaction>"
             "</qti-position-object-stage></qti-item-body><qti-response-processing>"
             "<qti-response-condition><qti-response-if><qti-inside shape='circle' "
             "coords='10,10,5'><qti-variable identifier='RESPONSE'/></qti-inside>"
             "<qti-set-outcome-value identifier='SCORE'><qti-base-value base-type='float'>1"
             "</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition>"
             "</qti-response-processing>"),
      WAY_INTERACTION_POSITION_OBJECT,
      { { "13 14", 1 }, { "14 14", 0 }, { "", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "single", "integer", CORRECT (VALUE ("16"))) SCORE
             "<qti-item-body><qti-slider-interaction response-identifier='RESPONSE' "
             "lower-bound='0' upper-bound='100' step='2'/></qti-item-body>" TEMPLATE (
                 "match_correct")),
      WAY_INTERACTION_SLIDER,
      { { "16", 1 }, { "18", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "single", "boolean", "") SCORE
             "<qti-item-body><p><qti-end-attempt-interaction response-identifier='RESPONSE' "
             "title='Show a hint'/></p></qti-item-body><qti-response-processing>"
             "<qti-response-condition><qti-response-if><qti-variable identifier='RESPONSE'/>"
             "<qti-set-outcome-value identifier='SCORE'><qti-base-value base-type='float'>-1"
             "</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition>"
             "</qti-response-processing>"),
      WAY_INTERACTION_END_ATTEMPT,
      { { "true", -1 }, { "false", 0 } } },
    { ITEM3 (DECLARE ("RESPONSE", "single", "integer", "") SCORE
             "<qti-item-body><qti-media-interaction response-identifier='RESPONSE' "
             "autostart='false' min-plays='1'><object data='a.ogg' type='audio/ogg'>A call</object>"
             "</qti-media-interaction></qti-item-body>" SET (
                 "<qti-product><qti-variable identifier='RESPONSE'/><qti-base-value "
                 "base-type='float'>0.5</qti-base-value></qti-product>")),
      WAY_INTERACTION_MEDIA,
      { { "2", 1 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (WayItem) item = read_outside (rows[i].item, notes);
      const WayInteraction *interaction;
      gboolean is_named = FALSE;

      g_assert_cmpuint (item->interactions->len, ==, 1);
      interaction = g_ptr_array_index (item->interactions, 0);
      g_assert_cmpint (interaction->type, ==, rows[i].type);
      for (guint j = 0; j < G_N_ELEMENTS (rows[i].cases) && rows[i].cases[j].line != NULL; j++)
        {
          g_test_message ("%s: %s", way_interaction_get_name (interaction), rows[i].cases[j].line);
          g_assert_cmpfloat (score (item, rows[i].cases[j].line), ==, rows[i].cases[j].score);
        }
      for (guint j = 0; j < notes->len; j++)
        is_named = is_named || strstr (notes->pdata[j], "cannot be shown yet") != NULL;
      g_assert_true (is_named == !way_interaction_is_shown (interaction));
    }
}

/* The same question in each version, with HTML that packs do not use. */
static void
test_versions (void)
{
  static const char *const items[] = {
    ITEM2 ("2p1",
           "<responseDeclaration identifier='RESPONSE' cardinality='single' "
           "baseType='identifier'><correctResponse><value>b</value></correctResponse>"
           "</responseDeclaration><outcomeDeclaration identifier='SCORE' cardinality='single' "
           "baseType='float'/><itemBody><h1>Title</h1><p style='color:red'>x<sup>2</sup> and "
           "<b>bold</b></p><choiceInteraction responseIdentifier='RESPONSE' maxChoices='1' "
           "shuffle='true'><prompt>Which?</prompt><simpleChoice identifier='a'>A</simpleChoice>"
           "<simpleChoice identifier='b'>B</simpleChoice></choiceInteraction></itemBody>"
           "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p1/"
           "rptemplates/match_correct'/><modalFeedback outcomeIdentifier='SCORE' identifier='F' "
           "showHide='show'>Well</modalFeedback>"),
    ITEM2 ("2p2",
           "<responseDeclaration identifier='RESPONSE' cardinality='single' "
           "baseType='identifier'><correctResponse><value>b</value></correctResponse>"
           "</responseDeclaration><outcomeDeclaration identifier='SCORE' cardinality='single' "
           "baseType='float'/><stylesheet href='a.css' type='text/css'/><itemBody>"
           "<rubricBlock view='scorer'><p>For markers</p></rubricBlock><choiceInteraction "
           "responseIdentifier='RESPONSE' maxChoices='1'><simpleChoice identifier='a'>A"
           "<feedbackInline outcomeIdentifier='SCORE' identifier='x'>No</feedbackInline>"
           "</simpleChoice><simpleChoice identifier='b'>B</simpleChoice></choiceInteraction>"
           "</itemBody><responseProcessing><responseCondition><responseIf><match><variable "
           "identifier='RESPONSE'/><correct identifier='RESPONSE'/></match><setOutcomeValue "
           "identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue>"
           "</responseIf><responseElseIf><isNull><variable identifier='RESPONSE'/></isNull>"
           "<exitResponse/></responseElseIf><responseElse><setOutcomeValue identifier='SCORE'>"
           "<baseValue baseType='float'>0</baseValue></setOutcomeValue></responseElse>"
           "</responseCondition></responseProcessing>"),
    ITEM3 (DECLARE ("RESPONSE", "single", "identifier", CORRECT (VALUE ("b"))) SCORE
           "<qti-stylesheet href='a.css' type='text/css'/><qti-item-body><section><m:math "
           "xmlns:m='http://www.w3.org/1998/Math/MathML'><m:mi>x</m:mi></m:math><p><a "
           "href='http://example.org/'>there</a></p>" CHOICES (
               "RESPONSE", "1") "</section></qti-item-body>" TEMPLATE ("match_correct")),
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (WayItem) item = read_outside (items[i], notes);

      g_assert_cmpuint (item->interactions->len, ==, 1);
      g_assert_cmpfloat (score (item, "b"), ==, 1);
      g_assert_cmpfloat (score (item, "a"), ==, 0);
      g_assert_cmpfloat (score (item, ""), ==, 0);
      for (guint j = 0; j < notes->len; j++)
        g_test_message ("%s", (char *) notes->pdata[j]);
      /* What was taken out is named, each once: style and raised text, the sheet and the
       * words for markers, the sheet, the formula, and the link with where it led. */
      g_assert_cmpuint (notes->len, ==, i == 0 ? 2 : i == 1 ? 2 : 4);
    }
}

#define DIGGING                                                                                    \
  ITEM3 (DECLARE ("RESPONSE", "single", "integer", "") SCORE                                       \
         "<qti-template-declaration identifier='MEN' cardinality='single' "                        \
         "base-type='integer'/><qti-template-declaration identifier='HOURS' "                      \
         "cardinality='single' base-type='float'/><qti-template-declaration "                      \
         "identifier='WHO' cardinality='single' base-type='identifier'/>"                          \
         "<qti-template-processing><qti-set-template-value identifier='MEN'>"                      \
         "<qti-random-integer min='2' max='20' step='2'/></qti-set-template-value>"                \
         "<qti-template-constraint><qti-gt><qti-variable identifier='MEN'/>"                       \
         "<qti-base-value base-type='integer'>9</qti-base-value></qti-gt>"                         \
         "</qti-template-constraint><qti-set-template-value identifier='HOURS'>"                   \
         "<qti-random-float min='0' max='{MEN}'/></qti-set-template-value>"                        \
         "<qti-set-template-value identifier='WHO'><qti-random><qti-multiple>"                     \
         "<qti-base-value base-type='identifier'>nurse</qti-base-value>"                           \
         "<qti-base-value base-type='identifier'>porter</qti-base-value></qti-multiple>"           \
         "</qti-random></qti-set-template-value><qti-template-condition><qti-template-if>"         \
         "<qti-match><qti-variable identifier='WHO'/><qti-base-value "                             \
         "base-type='identifier'>nurse</qti-base-value></qti-match><qti-set-correct-response "     \
         "identifier='RESPONSE'><qti-variable identifier='MEN'/></qti-set-correct-response>"       \
         "</qti-template-if><qti-template-else><qti-set-correct-response "                         \
         "identifier='RESPONSE'><qti-sum><qti-variable identifier='MEN'/><qti-base-value "         \
         "base-type='integer'>1</qti-base-value></qti-sum></qti-set-correct-response>"             \
         "</qti-template-else></qti-template-condition></qti-template-processing>"                 \
         "<qti-item-body><p><qti-template-inline template-identifier='WHO' "                       \
         "identifier='nurse'>A nurse</qti-template-inline><qti-template-inline "                   \
         "template-identifier='WHO' identifier='nurse' show-hide='hide'>A porter"                  \
         "</qti-template-inline> sees <qti-printed-variable identifier='MEN' "                     \
         "format='%03i'/> people, <qti-printed-variable identifier='HOURS' "                       \
         "format='%.1f'/> hours: <qti-text-entry-interaction "                                     \
         "response-identifier='RESPONSE'/></p></qti-item-body>" TEMPLATE ("match_correct"))

static void
test_templates (void)
{
  g_autoptr (WayItem) item = read_outside (DIGGING, NULL);
  guint n_nurses = 0;
  guint n_kinds = 0;
  guint n_seen[21] = { 0 };

  for (guint64 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) first = way_template_run (item, seed, &error);
      g_autoptr (WayItem) again = way_template_run (item, seed, &error);
      g_autofree char *text = NULL;
      g_autofree char *same = NULL;
      g_autofree char *right = NULL;
      g_autofree char *printed = NULL;
      gboolean is_nurse;
      double men;

      g_assert_no_error (error);
      text = way_node_dup_text (first->body);
      same = way_node_dup_text (again->body);
      g_assert_cmpstr (text, ==, same);

      g_assert_true (way_value_get_number (g_hash_table_lookup (first->values, "MEN"), &men));
      g_assert_cmpfloat (men, >, 9);
      g_assert_cmpfloat (men, <=, 20);
      g_assert_cmpfloat (fmod (men, 2), ==, 0);
      n_seen[(guint) men]++;

      is_nurse = g_str_has_prefix (text, "A nurse");
      g_assert_true (is_nurse || g_str_has_prefix (text, "A porter"));
      n_nurses += is_nurse;
      printed = g_strdup_printf (" sees %03d people, ", (int) men);
      g_assert_nonnull (strstr (text, printed));

      right = g_strdup_printf ("%d", (int) men + !is_nurse);
      g_assert_cmpfloat (score (first, right), ==, 1);
      g_assert_cmpfloat (score (first, "1"), ==, 0);
    }

  for (guint i = 0; i < G_N_ELEMENTS (n_seen); i++)
    n_kinds += n_seen[i] > 0;
  g_assert_cmpuint (n_kinds, ==, 6);
  g_assert_cmpuint (n_nurses, >, 15);
  g_assert_cmpuint (n_nurses, <, 45);
}

/* Tables of outcomes, records, what an item has without declaring it. */
static void
test_rules (void)
{
  g_autoptr (WayItem) table = read_outside (
      ITEM3 (DECLARE (
          "RESPONSE", "single", "float",
          "") "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'>"
              "<qti-interpolation-table default-value='0'><qti-interpolation-table-entry "
              "source-value='20' target-value='2'/><qti-interpolation-table-entry "
              "source-value='10' include-boundary='false' target-value='1'/>"
              "</qti-interpolation-table></qti-outcome-declaration><qti-item-body><p>"
              "<qti-text-entry-interaction response-identifier='RESPONSE'/></p></qti-item-body>"
              "<qti-response-processing><qti-lookup-outcome-value identifier='SCORE'><qti-variable "
              "identifier='RESPONSE'/></qti-lookup-outcome-value></qti-response-processing>"),
      NULL);
  g_autoptr (WayItem) record = read_outside (
      ITEM3 ("<qti-response-declaration identifier='RESPONSE' cardinality='record'/>" SCORE
             "<qti-item-body><p><qti-text-entry-interaction response-identifier='RESPONSE'/></p>"
             "</qti-item-body>" SET (
                 "<qti-sum><qti-field-value field-identifier='floatValue'><qti-variable "
                 "identifier='RESPONSE'/></qti-field-value><qti-variable "
                 "identifier='numAttempts'/></qti-sum>")),
      NULL);
  g_autofree char *field = way_value_dup_field ("floatValue", WAY_BASE_FLOAT, "2.5");

  g_assert_cmpfloat (score (table, "25"), ==, 2);
  g_assert_cmpfloat (score (table, "20"), ==, 2);
  g_assert_cmpfloat (score (table, "10.5"), ==, 1);
  g_assert_cmpfloat (score (table, "10"), ==, 0);
  g_assert_cmpfloat (score (record, field), ==, 3.5);
}

/* What cannot be scored is refused with its line; nothing is dropped in silence. */
static void
test_refused (void)
{
  static const struct
  {
    const char *item;
    const char *problem;
  } cases[] = {
    { "<manifest/>", "q.xml:1: <manifest> is not a question of QTI 2 or 3" },
    { ITEM3 (DECLARE ("RESPONSE", "single", "file", "") SCORE "<qti-item-body/>"),
      "q.xml:1: base-type=\"file\" is not supported" },
    { ITEM3 (SCORE "<qti-item-body/>" SET ("<qti-custom-operator/>")),
      "q.xml:1: <qti-custom-operator> is not supported" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].item, strlen (cases[i].item));
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = way_item_new_from_outside (bytes, "q.xml", NULL, &error);

      g_assert_null (item);
      g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].problem);
    }
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *type;
    const char *coords;
    double x;
    double y;
    gboolean is_inside;
  } cases[] = {
    { "rect", "10,20,30,40", 10, 20, TRUE },       { "rect", "10,20,30,40", 9.9, 20, FALSE },
    { "circle", "10,10,5", 13, 14, TRUE },         { "circle", "10,10,5", 13, 14.1, FALSE },
    { "ellipse", "10,10,8,2", 18, 10, TRUE },      { "ellipse", "10,10,8,2", 10, 13, FALSE },
    { "poly", "0,0,10,0,10,10,0,10", 5, 5, TRUE }, { "poly", "0,0,10,0,0,10", 9, 9, FALSE },
    { "poly", "0,0,10,0,0,10", 5, 5, TRUE },       { "default", "", 1e9, -1, TRUE },
    { "rect", "10%,0,20%,100%", 15, 10, TRUE },    { "rect", "10%,0,20%,100%", 25, 10, FALSE },
  };
  static const char *const wrong[][2] = { { "rect", "1,2,3" },   { "circle", "1,2" },
                                          { "poly", "1,2,3,4" }, { "poly", "1,2,3,4,5,6,7" },
                                          { "star", "1,2,3" },   { "circle", "1,2,nan" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayShape) shape = way_shape_new (cases[i].type, cases[i].coords, 100, 50);

      g_assert_nonnull (shape);
      g_assert_true (way_shape_holds (shape, cases[i].x, cases[i].y) == cases[i].is_inside);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (way_shape_new (wrong[i][0], wrong[i][1], 100, 50));
}

/* One attempt after the other: outcomes are kept, attempts counted, until it is complete. What is
 * not adaptive begins anew each time. */
static void
test_adaptive (void)
{
  static const struct
  {
    const char *line;
    const char *said;
    double score;
    gboolean is_complete;
  } attempts[] = {
    { "RESPONSE=a", "again", 0, FALSE },
    { "RESPONSE=a\x1eHINT=true", "hint", 0, FALSE },
    { "RESPONSE=", "again", 0, FALSE },
    { "RESPONSE=b\x1eHINT=false", "right", .25, TRUE },
  };
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayItem) item = read_outside (ADAPTIVE, notes);
  g_autoptr (WayScore) before = NULL;

  g_assert_cmpuint (notes->len, ==, 0);
  g_assert_true (item->is_adaptive);
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autoptr (GHashTable) responses = way_responses_new_from_line (item, attempts[i].line);
      g_autoptr (GPtrArray) shown = NULL;
      g_autoptr (GError) error = NULL;
      WayScore *score = way_scoring_run_again (item, responses, before, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (score->n_attempts, ==, i + 1);
      g_assert_cmpstr (way_value_get_text (g_hash_table_lookup (score->outcomes, "SAID")), ==,
                       attempts[i].said);
      g_assert_cmpfloat_with_epsilon (score->score, attempts[i].score, 1e-12);
      g_assert_true (score->is_complete == attempts[i].is_complete);
      shown = way_score_list_feedbacks (score, item);
      g_assert_cmpuint (shown->len, ==, i < 3 ? 1 : 0);
      g_clear_pointer (&before, way_score_free);
      before = way_score_copy (score);
      way_score_free (score);
    }

  {
    g_autoptr (GHashTable) nothing = way_responses_new ();
    g_autoptr (WayScore) kept = way_scoring_run_again (item, nothing, before, NULL);
    g_autoptr (WayScore) anew = NULL;

    g_assert_cmpfloat (kept->score, ==, .25);
    item->is_adaptive = FALSE;
    anew = way_scoring_run_again (item, nothing, before, NULL);
    g_assert_cmpfloat (anew->score, ==, 0);
    g_assert_true (anew->is_complete);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assessment/qti/interactions", test_interactions);
  g_test_add_func ("/assessment/qti/versions", test_versions);
  g_test_add_func ("/assessment/qti/templates", test_templates);
  g_test_add_func ("/assessment/qti/rules", test_rules);
  g_test_add_func ("/assessment/qti/refused", test_refused);
  g_test_add_func ("/assessment/qti/shapes", test_shapes);
  g_test_add_func ("/assessment/qti/adaptive", test_adaptive);

  return g_test_run ();
}
