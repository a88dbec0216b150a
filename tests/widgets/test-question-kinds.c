/* test-question-kinds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each kind of question, answered as a person would. */

#include "question-fixture.h"

#include "assessment/way-scoring.h"

#define CHOICES                                                                                    \
  "<qti-prompt>Which one?</qti-prompt>"                                                            \
  "<qti-simple-choice identifier='a'>First</qti-simple-choice>"                                    \
  "<qti-simple-choice identifier='b'>Second</qti-simple-choice>"                                   \
  "<qti-simple-choice identifier='c' fixed='true'>Third</qti-simple-choice>"

static void
test_single (void)
{
  QuestionFixture fixture;
  g_autofree char *line = NULL;

  question_fixture_show_xml (
      &fixture, QUESTION_SINGLE,
      "<qti-choice-interaction response-identifier='RESPONSE' shuffle='false' "
      "max-choices='1'>" CHOICES "</qti-choice-interaction>");
  g_assert_false (way_question_view_has_answer (fixture.view));
  gtk_test_accessible_assert_property (fixture.view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Which one?");
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_1));
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_KP_2));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_4));
  line = question_fixture_dup_line (&fixture);
  g_assert_cmpstr (line, ==, "RESPONSE=b");

  g_assert_cmpuint (fixture.n_answers, ==, 0);
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_Return));
  g_assert_cmpuint (fixture.n_answers, ==, 1);

  way_question_view_set_digits (fixture.view, FALSE);
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  question_fixture_finish (&fixture);
}

static void
test_multiple (void)
{
  QuestionFixture fixture;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
      "base-type='identifier'><qti-correct-response><qti-value>a</qti-value>"
      "<qti-value>c</qti-value></qti-correct-response></qti-response-declaration>",
      "<qti-choice-interaction response-identifier='RESPONSE' shuffle='false' "
      "max-choices='2'>" CHOICES "</qti-choice-interaction>");
  way_question_view_press_key (fixture.view, GDK_KEY_1);
  way_question_view_press_key (fixture.view, GDK_KEY_3);
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  /* No more than two. */
  way_question_view_press_key (fixture.view, GDK_KEY_2);
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  way_question_view_press_key (fixture.view, GDK_KEY_1);
  way_question_view_press_key (fixture.view, GDK_KEY_3);
  g_assert_false (way_question_view_has_answer (fixture.view));
  question_fixture_finish (&fixture);
}

/* How many may be chosen is said once: by the prompt, or below it. */
static void
test_said_once (void)
{
  static const struct
  {
    const char *prompt;
    guint n_hints;
  } prompts[] = {
    { "Which apply?", 1 },
    { "Which are right? Choose all that apply.", 0 },
    { "Which are right? Choose 2.", 0 },
    { "Which 2 are right?", 0 },
    { "Which of 4 apply?", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      QuestionFixture fixture;
      g_autoptr (GPtrArray) labels = NULL;
      guint n_hints = 0;
      g_autofree char *body = g_strconcat (
          "<qti-choice-interaction response-identifier='RESPONSE' shuffle='false' "
          "max-choices='0'><qti-prompt>",
          prompts[i].prompt,
          "</qti-prompt><qti-simple-choice identifier='a'>First</qti-simple-choice>"
          "<qti-simple-choice identifier='b'>Second</qti-simple-choice></qti-choice-interaction>",
          NULL);

      question_fixture_show_xml (
          &fixture,
          "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
          "base-type='identifier'><qti-correct-response><qti-value>a</qti-value>"
          "</qti-correct-response></qti-response-declaration>",
          body);
      labels = question_fixture_list (&fixture, GTK_TYPE_LABEL);
      for (guint k = 0; k < labels->len; k++)
        if (gtk_widget_has_css_class (labels->pdata[k], "way-hint"))
          {
            n_hints++;
            g_assert_cmpstr (gtk_label_get_text (labels->pdata[k]), ==, "Choose all that apply.");
          }
      g_assert_cmpuint (n_hints, ==, prompts[i].n_hints);
      question_fixture_finish (&fixture);
    }
}

static void
test_shuffle (void)
{
  QuestionFixture fixture;
  gboolean has_moved = FALSE;

  question_fixture_show_xml (
      &fixture, QUESTION_SINGLE,
      "<qti-choice-interaction response-identifier='RESPONSE' shuffle='true' "
      "max-choices='1'>" CHOICES "</qti-choice-interaction>");
  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autofree char *once = NULL;
      g_autofree char *again = NULL;
      g_autofree char *third = NULL;

      for (guint i = 0; i < 2; i++)
        {
          way_question_view_set_item (fixture.view, fixture.item, question_fixture_get_pack (),
                                      seed);
          way_question_view_press_key (fixture.view, GDK_KEY_1);
          *(i == 0 ? &once : &again) = question_fixture_dup_line (&fixture);
        }
      g_assert_cmpstr (once, ==, again);
      has_moved = has_moved || g_str_equal (once, "RESPONSE=b");
      way_question_view_press_key (fixture.view, GDK_KEY_3);
      third = question_fixture_dup_line (&fixture);
      g_assert_cmpstr (third, ==, "RESPONSE=c");
    }
  g_assert_true (has_moved);
  question_fixture_finish (&fixture);
}

static void
test_order (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *line = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='ordered' "
      "base-type='identifier'><qti-correct-response><qti-value>b</qti-value>"
      "<qti-value>a</qti-value><qti-value>c</qti-value></qti-correct-response>"
      "</qti-response-declaration>",
      "<qti-order-interaction response-identifier='RESPONSE' shuffle='false'>" CHOICES
      "</qti-order-interaction>");
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  buttons = question_fixture_list (&fixture, GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 6);
  g_assert_false (gtk_widget_get_sensitive (g_ptr_array_index (buttons, 0)));
  gtk_test_accessible_assert_property (g_ptr_array_index (buttons, 2),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Move up: Second");
  /* The second goes up, then the first, now second, comes back by its own button. */
  g_signal_emit_by_name (g_ptr_array_index (buttons, 2), "clicked");
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  line = question_fixture_dup_line (&fixture);
  g_signal_emit_by_name (g_ptr_array_index (buttons, 1), "clicked");
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  {
    g_autoptr (GHashTable) responses = way_responses_new_from_line (fixture.item, line);

    way_question_view_set_responses (fixture.view, responses);
  }
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  question_fixture_finish (&fixture);
}

static void
test_match (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
      "base-type='directedPair'><qti-correct-response><qti-value>s1 t2</qti-value>"
      "<qti-value>s2 t1</qti-value></qti-correct-response></qti-response-declaration>",
      "<qti-match-interaction response-identifier='RESPONSE' shuffle='false' max-associations='0'>"
      "<qti-simple-match-set>"
      "<qti-simple-associable-choice identifier='s1' match-max='1'>A</qti-simple-associable-choice>"
      "<qti-simple-associable-choice identifier='s2' match-max='1'>B</qti-simple-associable-choice>"
      "</qti-simple-match-set><qti-simple-match-set>"
      "<qti-simple-associable-choice identifier='t1' match-max='1'>X</qti-simple-associable-choice>"
      "<qti-simple-associable-choice identifier='t2' match-max='0'>Y</qti-simple-associable-choice>"
      "</qti-simple-match-set></qti-match-interaction>");
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 2);
  question_fixture_put (g_ptr_array_index (slots, 0), "t2");
  g_assert_false (way_question_view_has_answer (fixture.view));
  question_fixture_put (g_ptr_array_index (slots, 1), "t1");
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);

  /* There is room for one in X, for all in Y. */
  question_fixture_put (g_ptr_array_index (slots, 0), "t1");
  g_assert_null (way_slot_get_value (g_ptr_array_index (slots, 1)));
  question_fixture_put (g_ptr_array_index (slots, 0), "t2");
  question_fixture_put (g_ptr_array_index (slots, 1), "t2");
  g_assert_true (way_question_view_has_answer (fixture.view));
  question_fixture_put (g_ptr_array_index (slots, 1), "");
  g_assert_false (way_question_view_has_answer (fixture.view));
  question_fixture_finish (&fixture);
}

static void
test_gap (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
      "base-type='directedPair'><qti-correct-response><qti-value>p2 g1</qti-value>"
      "<qti-value>p1 g2</qti-value></qti-correct-response></qti-response-declaration>",
      "<qti-gap-match-interaction response-identifier='RESPONSE' shuffle='false'>"
      "<qti-gap-text identifier='p1' match-max='1'>one</qti-gap-text>"
      "<qti-gap-text identifier='p2' match-max='1'>two</qti-gap-text>"
      "<qti-gap-text identifier='p3' match-max='1'>three</qti-gap-text>"
      "<p>First <qti-gap identifier='g1'/>, then <qti-gap identifier='g2'/>.</p>"
      "</qti-gap-match-interaction>");
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 2);
  /* A piece that is pressed takes the first empty gap. */
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_2));
  g_assert_cmpstr (way_slot_get_value (g_ptr_array_index (slots, 0)), ==, "p2");
  /* One that is used up cannot be pressed again. */
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_2));
  g_assert_false (way_question_view_has_answer (fixture.view));
  question_fixture_put (g_ptr_array_index (slots, 1), "p1");
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  /* From the menu it goes from one gap to the other. */
  question_fixture_put (g_ptr_array_index (slots, 1), "p2");
  g_assert_null (way_slot_get_value (g_ptr_array_index (slots, 0)));
  question_fixture_finish (&fixture);
}

static void
test_inline (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  question_fixture_show_xml (
      &fixture, QUESTION_SINGLE,
      "<p>It was <qti-inline-choice-interaction response-identifier='RESPONSE' "
      "shuffle='false'><qti-inline-choice identifier='a'>put_off</qti-inline-choice>"
      "<qti-inline-choice identifier='b'>moved</qti-inline-choice>"
      "</qti-inline-choice-interaction>.</p>");
  gtk_test_accessible_assert_property (fixture.view, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "It was blank.");
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 1);
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (
                                           way_slot_get_button (g_ptr_array_index (slots, 0))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Choose: It was blank. Now: empty");
  question_fixture_put (g_ptr_array_index (slots, 0), "b");
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  question_fixture_finish (&fixture);
}

/* The gap is as wide as what is written below it: the sentence goes on right beside it. */
static void
test_inline_marked (void)
{
  QuestionFixture fixture;
  g_autoptr (GHashTable) responses = NULL;
  g_autoptr (WayScore) result = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  GtkWidget *slot, *label, *view;
  int width, height;

  question_fixture_show_xml (
      &fixture, QUESTION_SINGLE,
      "<p>It was <qti-inline-choice-interaction response-identifier='RESPONSE' "
      "shuffle='false'><qti-inline-choice identifier='a'>no</qti-inline-choice>"
      "<qti-inline-choice identifier='b'>moved to the next working day</qti-inline-choice>"
      "</qti-inline-choice-interaction>, and nobody was told.</p>");
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  slot = g_ptr_array_index (slots, 0);
  responses = way_question_view_dup_responses (fixture.view);
  result = way_scoring_run (fixture.item, responses, NULL);
  way_question_view_show_feedback (fixture.view, result);
  question_fixture_iterate ();
  label = gtk_widget_get_next_sibling (slot);
  g_assert_nonnull (label);
  view = gtk_widget_get_parent (slot);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (view, width, height, -1, NULL);
  g_assert_cmpint (gtk_widget_get_width (label), >, 0);
  g_assert_cmpint (gtk_widget_get_width (slot), ==, width);
  question_fixture_finish (&fixture);
}

/* Each gap of a line has its place in its name, so that they are told apart. */
static void
test_several_inline (void)
{
  static const char *const names[] = { "Gap 1 of 3: It was blank on blank at blank. Now: empty",
                                       "Gap 2 of 3: It was blank on blank at blank. Now: empty" };
  QuestionFixture fixture;
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  question_fixture_show_xml (
      &fixture,
      QUESTION_SINGLE "<qti-response-declaration identifier='DAY' cardinality='single' "
                      "base-type='identifier'/><qti-response-declaration identifier='HOUR' "
                      "cardinality='single' base-type='string'/>",
      "<p>It was <qti-inline-choice-interaction response-identifier='RESPONSE' "
      "shuffle='false'><qti-inline-choice identifier='a'>put off</qti-inline-choice>"
      "<qti-inline-choice identifier='b'>moved</qti-inline-choice>"
      "</qti-inline-choice-interaction> on <qti-inline-choice-interaction "
      "response-identifier='DAY' shuffle='false'><qti-inline-choice "
      "identifier='a'>Monday</qti-inline-choice><qti-inline-choice "
      "identifier='b'>Tuesday</qti-inline-choice></qti-inline-choice-interaction> at "
      "<qti-text-entry-interaction response-identifier='HOUR'/>.</p>");
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < slots->len; i++)
    gtk_test_accessible_assert_property (gtk_widget_get_first_child (
                                             way_slot_get_button (g_ptr_array_index (slots, i))),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL, names[i]);
  entries = question_fixture_list (&fixture, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 1);
  gtk_test_accessible_assert_property (g_ptr_array_index (entries, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Gap 3 of 3: It was blank on blank at blank.");
  question_fixture_finish (&fixture);
}

static void
test_number (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) entries = NULL;
  static const struct
  {
    const char *typed;
    gboolean has_answer;
    double score;
  } cases[] = {
    { "1200", TRUE, 1 },    { " 1,200 ", TRUE, 1 }, { "12", TRUE, 0 },
    { "twelve", FALSE, 0 }, { "", FALSE, 0 },       { "12.5.1", FALSE, 0 },
  };

  question_fixture_show_xml (&fixture,
                             "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
                             "base-type='integer'><qti-correct-response><qti-value>1200</qti-value>"
                             "</qti-correct-response></qti-response-declaration>",
                             "<p>It is <qti-text-entry-interaction response-identifier='RESPONSE' "
                             "expected-length='4'/> ml.</p>");
  entries = question_fixture_list (&fixture, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (g_ptr_array_index (entries, 0), cases[i].typed);
      g_assert_cmpint (way_question_view_has_answer (fixture.view), ==, cases[i].has_answer);
      g_assert_cmpfloat (question_fixture_score (&fixture), ==, cases[i].score);
    }
  g_signal_emit_by_name (g_ptr_array_index (entries, 0), "activate");
  g_assert_cmpuint (fixture.n_answers, ==, 1);
  question_fixture_finish (&fixture);
}

/* Words, areas, pairs, a slider and a button, each pressed as a person would. */
static void
test_hottext (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) words = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
      "base-type='identifier'><qti-correct-response><qti-value>w2</qti-value>"
      "</qti-correct-response></qti-response-declaration>",
      "<qti-hottext-interaction response-identifier='RESPONSE' max-choices='1'><p>Take "
      "<qti-hottext identifier='w1'>one</qti-hottext> or <qti-hottext identifier='w2'>two"
      "</qti-hottext>.</p></qti-hottext-interaction>");
  g_assert_false (way_question_view_has_answer (fixture.view));
  words = question_fixture_list (&fixture, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_cmpuint (words->len, ==, 2);
  gtk_test_accessible_assert_property (g_ptr_array_index (words, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "two");
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_1));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  /* Of one alone, the last that was pressed stands. */
  gtk_toggle_button_set_active (g_ptr_array_index (words, 1), TRUE);
  g_assert_false (gtk_toggle_button_get_active (g_ptr_array_index (words, 0)));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  question_fixture_finish (&fixture);
}

static void
test_graphic_order (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) areas = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='ordered' "
      "base-type='identifier'><qti-correct-response><qti-value>b</qti-value>"
      "<qti-value>a</qti-value></qti-correct-response></qti-response-declaration>",
      "<qti-graphic-order-interaction response-identifier='RESPONSE'>"
      "<img src='media/sender.svg' alt='A message' width='100' height='50'/>"
      "<qti-hotspot-choice identifier='a' shape='circle' coords='10,10,5' "
      "hotspot-label='Left'/><qti-hotspot-choice identifier='b' shape='rect' "
      "coords='50,0,100,50' hotspot-label='Right'/></qti-graphic-order-interaction>");
  areas = question_fixture_list (&fixture, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_cmpuint (areas->len, ==, 2);
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 0), TRUE);
  g_assert_false (way_question_view_has_answer (fixture.view));
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 1), TRUE);
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  gtk_test_accessible_assert_property (g_ptr_array_index (areas, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Right, number 2");
  /* Taken out and put in again, the first is second. */
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 0), FALSE);
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 0), TRUE);
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  question_fixture_finish (&fixture);
}

static void
test_associate (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
      "base-type='pair'><qti-correct-response><qti-value>a b</qti-value>"
      "</qti-correct-response></qti-response-declaration>",
      "<qti-associate-interaction response-identifier='RESPONSE' max-associations='2'>"
      "<qti-simple-associable-choice identifier='a' match-max='1'>A"
      "</qti-simple-associable-choice><qti-simple-associable-choice identifier='b' "
      "match-max='1'>B</qti-simple-associable-choice><qti-simple-associable-choice "
      "identifier='c' match-max='1'>C</qti-simple-associable-choice>"
      "</qti-associate-interaction>");
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 4);
  question_fixture_put (g_ptr_array_index (slots, 0), "b");
  g_assert_false (way_question_view_has_answer (fixture.view));
  question_fixture_put (g_ptr_array_index (slots, 1), "a");
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  /* What is used up leaves the pair where it was. */
  question_fixture_put (g_ptr_array_index (slots, 2), "a");
  g_assert_null (way_slot_get_value (g_ptr_array_index (slots, 1)));
  g_assert_false (way_question_view_has_answer (fixture.view));
  question_fixture_finish (&fixture);
}

static void
test_slider (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) scales = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
      "base-type='integer'><qti-correct-response><qti-value>16</qti-value>"
      "</qti-correct-response></qti-response-declaration>",
      "<qti-slider-interaction response-identifier='RESPONSE' lower-bound='0' "
      "upper-bound='20' step='4'/>");
  g_assert_false (way_question_view_has_answer (fixture.view));
  scales = question_fixture_list (&fixture, GTK_TYPE_SCALE);
  g_assert_cmpuint (scales->len, ==, 1);
  gtk_range_set_value (g_ptr_array_index (scales, 0), 15);
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 1);
  gtk_range_set_value (g_ptr_array_index (scales, 0), 1);
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  question_fixture_finish (&fixture);
}

static void
test_end_attempt (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *line = NULL;

  question_fixture_show_xml (
      &fixture,
      "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
      "base-type='boolean'><qti-correct-response><qti-value>false</qti-value>"
      "</qti-correct-response></qti-response-declaration>",
      "<p>Stuck? <qti-end-attempt-interaction response-identifier='RESPONSE' "
      "title='Show a hint'/></p>");
  buttons = question_fixture_list (&fixture, GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 1);
  g_assert_cmpint (fixture.n_answers, ==, 0);
  g_signal_emit_by_name (g_ptr_array_index (buttons, 0), "clicked");
  g_assert_cmpint (fixture.n_answers, ==, 1);
  line = question_fixture_dup_line (&fixture);
  g_assert_cmpstr (line, ==, "RESPONSE=true");
  question_fixture_finish (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!question_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/question-kinds/single", test_single);
  g_test_add_func ("/question-kinds/multiple", test_multiple);
  g_test_add_func ("/question-kinds/said-once", test_said_once);
  g_test_add_func ("/question-kinds/shuffle", test_shuffle);
  g_test_add_func ("/question-kinds/order", test_order);
  g_test_add_func ("/question-kinds/match", test_match);
  g_test_add_func ("/question-kinds/gap", test_gap);
  g_test_add_func ("/question-kinds/inline", test_inline);
  g_test_add_func ("/question-kinds/inline-marked", test_inline_marked);
  g_test_add_func ("/question-kinds/several-inline", test_several_inline);
  g_test_add_func ("/question-kinds/number", test_number);
  g_test_add_func ("/question-kinds/hottext", test_hottext);
  g_test_add_func ("/question-kinds/graphic-order", test_graphic_order);
  g_test_add_func ("/question-kinds/associate", test_associate);
  g_test_add_func ("/question-kinds/slider", test_slider);
  g_test_add_func ("/question-kinds/end-attempt", test_end_attempt);

  return question_fixture_run ();
}
