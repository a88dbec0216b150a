/* test-question-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "../assessment/adaptive-fixture.h"
#include "widgets/way-choice-row.h"
#include "widgets/way-question-view.h"
#include "widgets/way-slot.h"

static WayPack *pack;

/* A question in a window, as it is answered. */
typedef struct
{
  GtkWidget *window;
  WayQuestionView *view;
  WayItem *item;
  guint n_answers;
} Fixture;

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
answer_cb (GtkWidget *view, Fixture *fixture)
{
  fixture->n_answers++;
}

static void
show (Fixture *fixture, WayItem *item)
{
  fixture->item = item;
  fixture->n_answers = 0;
  fixture->window = gtk_window_new ();
  fixture->view = WAY_QUESTION_VIEW (way_question_view_new ());
  g_signal_connect (fixture->view, "activate-answer", G_CALLBACK (answer_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  way_question_view_set_item (fixture->view, item, pack, 5);
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate ();
}

static void
show_id (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  WayItem *item = way_pack_load_item (pack, id, &error);

  g_assert_no_error (error);
  show (fixture, item);
}

static void
show_xml (Fixture *fixture, const char *declaration, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = g_strdup_printf (
      "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='T1' "
      "title='Test' adaptive='false' time-dependent='false' xml:lang='en-GB'>%s"
      "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'>"
      "<qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>"
      "<qti-item-body>%s</qti-item-body><qti-response-processing template='"
      "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml'/>"
      "</qti-assessment-item>",
      declaration, body);
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  WayItem *item = way_item_new_from_bytes (bytes, "test.xml", &error);

  g_assert_no_error (error);
  show (fixture, item);
}

static void
finish (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  iterate ();
  way_item_unref (fixture->item);
}

static double
score (Fixture *fixture)
{
  g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture->view);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) result = way_scoring_run (fixture->item, responses, &error);

  g_assert_no_error (error);

  return result->score;
}

static char *
dup_line (Fixture *fixture)
{
  g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture->view);

  return way_responses_to_line (fixture->item, responses);
}

static void
find_all (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_all (child, type, found);
}

static GPtrArray *
list (Fixture *fixture, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  find_all (GTK_WIDGET (fixture->view), type, found);

  return found;
}

#define SINGLE                                                                                     \
  "<qti-response-declaration identifier='RESPONSE' cardinality='single' base-type='identifier'>"   \
  "<qti-correct-response><qti-value>b</qti-value></qti-correct-response>"                          \
  "</qti-response-declaration>"
#define CHOICES                                                                                    \
  "<qti-prompt>Which one?</qti-prompt>"                                                            \
  "<qti-simple-choice identifier='a'>First</qti-simple-choice>"                                    \
  "<qti-simple-choice identifier='b'>Second</qti-simple-choice>"                                   \
  "<qti-simple-choice identifier='c' fixed='true'>Third</qti-simple-choice>"

static void
test_single (void)
{
  Fixture fixture;
  g_autofree char *line = NULL;

  show_xml (&fixture, SINGLE,
            "<qti-choice-interaction response-identifier='RESPONSE' shuffle='false' "
            "max-choices='1'>" CHOICES "</qti-choice-interaction>");
  g_assert_false (way_question_view_has_answer (fixture.view));
  gtk_test_accessible_assert_property (fixture.view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Which one?");
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_1));
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (score (&fixture), ==, 0);
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_KP_2));
  g_assert_cmpfloat (score (&fixture), ==, 1);
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_4));
  line = dup_line (&fixture);
  g_assert_cmpstr (line, ==, "RESPONSE=b");

  g_assert_cmpuint (fixture.n_answers, ==, 0);
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_Return));
  g_assert_cmpuint (fixture.n_answers, ==, 1);

  way_question_view_set_digits (fixture.view, FALSE);
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  finish (&fixture);
}

static void
test_multiple (void)
{
  Fixture fixture;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
            "base-type='identifier'><qti-correct-response><qti-value>a</qti-value>"
            "<qti-value>c</qti-value></qti-correct-response></qti-response-declaration>",
            "<qti-choice-interaction response-identifier='RESPONSE' shuffle='false' "
            "max-choices='2'>" CHOICES "</qti-choice-interaction>");
  way_question_view_press_key (fixture.view, GDK_KEY_1);
  way_question_view_press_key (fixture.view, GDK_KEY_3);
  g_assert_cmpfloat (score (&fixture), ==, 1);
  /* No more than two. */
  way_question_view_press_key (fixture.view, GDK_KEY_2);
  g_assert_cmpfloat (score (&fixture), ==, 1);
  way_question_view_press_key (fixture.view, GDK_KEY_1);
  way_question_view_press_key (fixture.view, GDK_KEY_3);
  g_assert_false (way_question_view_has_answer (fixture.view));
  finish (&fixture);
}

static void
test_shuffle (void)
{
  Fixture fixture;
  gboolean has_moved = FALSE;

  show_xml (&fixture, SINGLE,
            "<qti-choice-interaction response-identifier='RESPONSE' shuffle='true' "
            "max-choices='1'>" CHOICES "</qti-choice-interaction>");
  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autofree char *once = NULL;
      g_autofree char *again = NULL;
      g_autofree char *third = NULL;

      for (guint i = 0; i < 2; i++)
        {
          way_question_view_set_item (fixture.view, fixture.item, pack, seed);
          way_question_view_press_key (fixture.view, GDK_KEY_1);
          *(i == 0 ? &once : &again) = dup_line (&fixture);
        }
      g_assert_cmpstr (once, ==, again);
      has_moved = has_moved || g_str_equal (once, "RESPONSE=b");
      way_question_view_press_key (fixture.view, GDK_KEY_3);
      third = dup_line (&fixture);
      g_assert_cmpstr (third, ==, "RESPONSE=c");
    }
  g_assert_true (has_moved);
  finish (&fixture);
}

static void
test_order (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *line = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='ordered' "
            "base-type='identifier'><qti-correct-response><qti-value>b</qti-value>"
            "<qti-value>a</qti-value><qti-value>c</qti-value></qti-correct-response>"
            "</qti-response-declaration>",
            "<qti-order-interaction response-identifier='RESPONSE' shuffle='false'>" CHOICES
            "</qti-order-interaction>");
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (score (&fixture), ==, 0);
  buttons = list (&fixture, GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 6);
  g_assert_false (gtk_widget_get_sensitive (g_ptr_array_index (buttons, 0)));
  gtk_test_accessible_assert_property (g_ptr_array_index (buttons, 2),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Move up: Second");
  /* The second goes up, then the first, now second, comes back by its own button. */
  g_signal_emit_by_name (g_ptr_array_index (buttons, 2), "clicked");
  g_assert_cmpfloat (score (&fixture), ==, 1);
  line = dup_line (&fixture);
  g_signal_emit_by_name (g_ptr_array_index (buttons, 1), "clicked");
  g_assert_cmpfloat (score (&fixture), ==, 0);
  {
    g_autoptr (GHashTable) responses = way_responses_new_from_line (fixture.item, line);

    way_question_view_set_responses (fixture.view, responses);
  }
  g_assert_cmpfloat (score (&fixture), ==, 1);
  finish (&fixture);
}

static void
put (WaySlot *slot, const char *id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (slot), "slot.put", "s", id));
}

static void
test_match (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  show_xml (
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
  slots = list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 2);
  put (g_ptr_array_index (slots, 0), "t2");
  g_assert_false (way_question_view_has_answer (fixture.view));
  put (g_ptr_array_index (slots, 1), "t1");
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (score (&fixture), ==, 1);

  /* There is room for one in X, for all in Y. */
  put (g_ptr_array_index (slots, 0), "t1");
  g_assert_null (way_slot_get_value (g_ptr_array_index (slots, 1)));
  put (g_ptr_array_index (slots, 0), "t2");
  put (g_ptr_array_index (slots, 1), "t2");
  g_assert_true (way_question_view_has_answer (fixture.view));
  put (g_ptr_array_index (slots, 1), "");
  g_assert_false (way_question_view_has_answer (fixture.view));
  finish (&fixture);
}

static void
test_gap (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
            "base-type='directedPair'><qti-correct-response><qti-value>p2 g1</qti-value>"
            "<qti-value>p1 g2</qti-value></qti-correct-response></qti-response-declaration>",
            "<qti-gap-match-interaction response-identifier='RESPONSE' shuffle='false'>"
            "<qti-gap-text identifier='p1' match-max='1'>one</qti-gap-text>"
            "<qti-gap-text identifier='p2' match-max='1'>two</qti-gap-text>"
            "<qti-gap-text identifier='p3' match-max='1'>three</qti-gap-text>"
            "<p>First <qti-gap identifier='g1'/>, then <qti-gap identifier='g2'/>.</p>"
            "</qti-gap-match-interaction>");
  slots = list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 2);
  /* A piece that is pressed takes the first empty gap. */
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_2));
  g_assert_cmpstr (way_slot_get_value (g_ptr_array_index (slots, 0)), ==, "p2");
  /* One that is used up cannot be pressed again. */
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_2));
  g_assert_false (way_question_view_has_answer (fixture.view));
  put (g_ptr_array_index (slots, 1), "p1");
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (score (&fixture), ==, 1);
  /* From the menu it goes from one gap to the other. */
  put (g_ptr_array_index (slots, 1), "p2");
  g_assert_null (way_slot_get_value (g_ptr_array_index (slots, 0)));
  finish (&fixture);
}

static void
test_inline (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  show_xml (&fixture, SINGLE,
            "<p>It was <qti-inline-choice-interaction response-identifier='RESPONSE' "
            "shuffle='false'><qti-inline-choice identifier='a'>put_off</qti-inline-choice>"
            "<qti-inline-choice identifier='b'>moved</qti-inline-choice>"
            "</qti-inline-choice-interaction>.</p>");
  gtk_test_accessible_assert_property (fixture.view, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "It was blank.");
  slots = list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 1);
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (
                                           way_slot_get_button (g_ptr_array_index (slots, 0))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Choose: It was blank. Now: empty");
  put (g_ptr_array_index (slots, 0), "b");
  g_assert_cmpfloat (score (&fixture), ==, 1);
  finish (&fixture);
}

/* Each gap of a line has its place in its name, so that they are told apart. */
static void
test_several_inline (void)
{
  static const char *const names[] = { "Gap 1 of 3: It was blank on blank at blank. Now: empty",
                                       "Gap 2 of 3: It was blank on blank at blank. Now: empty" };
  Fixture fixture;
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  show_xml (&fixture,
            SINGLE "<qti-response-declaration identifier='DAY' cardinality='single' "
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
  slots = list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < slots->len; i++)
    gtk_test_accessible_assert_property (gtk_widget_get_first_child (
                                             way_slot_get_button (g_ptr_array_index (slots, i))),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL, names[i]);
  entries = list (&fixture, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 1);
  gtk_test_accessible_assert_property (g_ptr_array_index (entries, 0),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Gap 3 of 3: It was blank on blank at blank.");
  finish (&fixture);
}

/* Where the first line of its words stands, from the top of the question. */
static double
get_base_line (Fixture *fixture, GtkWidget *widget)
{
  double x, y;
  int baseline;

  if (GTK_IS_LABEL (widget))
    {
      gtk_label_get_layout_offsets (GTK_LABEL (widget), NULL, &baseline);
      baseline += PANGO_PIXELS (
          pango_layout_get_baseline (gtk_label_get_layout (GTK_LABEL (widget))));
    }
  else
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (widget), NULL, NULL,
                        NULL, &baseline);
  g_assert_cmpint (baseline, >, 0);
  g_assert_true (
      gtk_widget_translate_coordinates (widget, GTK_WIDGET (fixture->view), 0, 0, &x, &y));

  return y + baseline;
}

static GtkWidget *
find_first (GtkWidget *widget, GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  find_all (widget, type, found);
  g_assert_cmpuint (found->len, >, 0);

  return g_ptr_array_index (found, 0);
}

/* What is in a gap stands on the line of the words around it, with what would have been right
 * below it. */
static void
test_on_the_line (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GHashTable) responses = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) result = NULL;
  guint n_labels;
  double line;

  show_xml (&fixture,
            SINGLE "<qti-response-declaration identifier='HOUR' cardinality='single' "
                   "base-type='string'><qti-correct-response><qti-value>ten</qti-value>"
                   "</qti-correct-response></qti-response-declaration>",
            "<p>Was <qti-inline-choice-interaction response-identifier='RESPONSE' "
            "shuffle='false'><qti-inline-choice identifier='a'>put off</qti-inline-choice>"
            "<qti-inline-choice identifier='b'>moved</qti-inline-choice>"
            "</qti-inline-choice-interaction> at "
            "<qti-text-entry-interaction response-identifier='HOUR'/>.</p>");
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 640, 480);
  slots = list (&fixture, WAY_TYPE_SLOT);
  entries = list (&fixture, GTK_TYPE_ENTRY);
  put (g_ptr_array_index (slots, 0), "a");
  gtk_editable_set_text (g_ptr_array_index (entries, 0), "nine");
  labels = list (&fixture, GTK_TYPE_LABEL);
  n_labels = labels->len;
  responses = way_question_view_dup_responses (fixture.view);
  result = way_scoring_run (fixture.item, responses, &error);
  g_assert_no_error (error);
  way_question_view_show_feedback (fixture.view, result);
  g_clear_pointer (&labels, g_ptr_array_unref);
  labels = list (&fixture, GTK_TYPE_LABEL);
  g_assert_cmpuint (labels->len, >=, n_labels + 2);

  while (gtk_widget_get_height (gtk_widget_get_parent (g_ptr_array_index (slots, 0)))
         <= gtk_widget_get_height (g_ptr_array_index (slots, 0)))
    g_main_context_iteration (NULL, TRUE);
  line = get_base_line (&fixture, find_first (GTK_WIDGET (fixture.view), GTK_TYPE_LABEL));
  g_assert_cmpfloat_with_epsilon (get_base_line (&fixture, find_first (g_ptr_array_index (slots, 0),
                                                                       GTK_TYPE_LABEL)),
                                  line, 1);
  g_assert_cmpfloat_with_epsilon (get_base_line (&fixture, g_ptr_array_index (entries, 0)), line,
                                  1);
  finish (&fixture);
}

static void
test_number (void)
{
  Fixture fixture;
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

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
            "base-type='integer'><qti-correct-response><qti-value>1200</qti-value>"
            "</qti-correct-response></qti-response-declaration>",
            "<p>It is <qti-text-entry-interaction response-identifier='RESPONSE' "
            "expected-length='4'/> ml.</p>");
  entries = list (&fixture, GTK_TYPE_ENTRY);
  g_assert_cmpuint (entries->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (g_ptr_array_index (entries, 0), cases[i].typed);
      g_assert_cmpint (way_question_view_has_answer (fixture.view), ==, cases[i].has_answer);
      g_assert_cmpfloat (score (&fixture), ==, cases[i].score);
    }
  g_signal_emit_by_name (g_ptr_array_index (entries, 0), "activate");
  g_assert_cmpuint (fixture.n_answers, ==, 1);
  finish (&fixture);
}

/* Words, areas, pairs, a slider and a button, each pressed as a person would. */
static void
test_hottext (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) words = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
            "base-type='identifier'><qti-correct-response><qti-value>w2</qti-value>"
            "</qti-correct-response></qti-response-declaration>",
            "<qti-hottext-interaction response-identifier='RESPONSE' max-choices='1'><p>Take "
            "<qti-hottext identifier='w1'>one</qti-hottext> or <qti-hottext identifier='w2'>two"
            "</qti-hottext>.</p></qti-hottext-interaction>");
  g_assert_false (way_question_view_has_answer (fixture.view));
  words = list (&fixture, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_cmpuint (words->len, ==, 2);
  gtk_test_accessible_assert_property (g_ptr_array_index (words, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "two");
  g_assert_true (way_question_view_press_key (fixture.view, GDK_KEY_1));
  g_assert_cmpfloat (score (&fixture), ==, 0);
  /* Of one alone, the last that was pressed stands. */
  gtk_toggle_button_set_active (g_ptr_array_index (words, 1), TRUE);
  g_assert_false (gtk_toggle_button_get_active (g_ptr_array_index (words, 0)));
  g_assert_cmpfloat (score (&fixture), ==, 1);
  finish (&fixture);
}

static void
test_graphic_order (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) areas = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='ordered' "
            "base-type='identifier'><qti-correct-response><qti-value>b</qti-value>"
            "<qti-value>a</qti-value></qti-correct-response></qti-response-declaration>",
            "<qti-graphic-order-interaction response-identifier='RESPONSE'>"
            "<img src='media/sender.svg' alt='A message' width='100' height='50'/>"
            "<qti-hotspot-choice identifier='a' shape='circle' coords='10,10,5' "
            "hotspot-label='Left'/><qti-hotspot-choice identifier='b' shape='rect' "
            "coords='50,0,100,50' hotspot-label='Right'/></qti-graphic-order-interaction>");
  areas = list (&fixture, GTK_TYPE_TOGGLE_BUTTON);
  g_assert_cmpuint (areas->len, ==, 2);
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 0), TRUE);
  g_assert_false (way_question_view_has_answer (fixture.view));
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 1), TRUE);
  g_assert_true (way_question_view_has_answer (fixture.view));
  g_assert_cmpfloat (score (&fixture), ==, 0);
  gtk_test_accessible_assert_property (g_ptr_array_index (areas, 1), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Right, number 2");
  /* Taken out and put in again, the first is second. */
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 0), FALSE);
  gtk_toggle_button_set_active (g_ptr_array_index (areas, 0), TRUE);
  g_assert_cmpfloat (score (&fixture), ==, 1);
  finish (&fixture);
}

static void
test_associate (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) slots = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='multiple' "
            "base-type='pair'><qti-correct-response><qti-value>a b</qti-value>"
            "</qti-correct-response></qti-response-declaration>",
            "<qti-associate-interaction response-identifier='RESPONSE' max-associations='2'>"
            "<qti-simple-associable-choice identifier='a' match-max='1'>A"
            "</qti-simple-associable-choice><qti-simple-associable-choice identifier='b' "
            "match-max='1'>B</qti-simple-associable-choice><qti-simple-associable-choice "
            "identifier='c' match-max='1'>C</qti-simple-associable-choice>"
            "</qti-associate-interaction>");
  slots = list (&fixture, WAY_TYPE_SLOT);
  g_assert_cmpuint (slots->len, ==, 4);
  put (g_ptr_array_index (slots, 0), "b");
  g_assert_false (way_question_view_has_answer (fixture.view));
  put (g_ptr_array_index (slots, 1), "a");
  g_assert_cmpfloat (score (&fixture), ==, 1);
  /* What is used up leaves the pair where it was. */
  put (g_ptr_array_index (slots, 2), "a");
  g_assert_null (way_slot_get_value (g_ptr_array_index (slots, 1)));
  g_assert_false (way_question_view_has_answer (fixture.view));
  finish (&fixture);
}

static void
test_slider (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) scales = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
            "base-type='integer'><qti-correct-response><qti-value>16</qti-value>"
            "</qti-correct-response></qti-response-declaration>",
            "<qti-slider-interaction response-identifier='RESPONSE' lower-bound='0' "
            "upper-bound='20' step='4'/>");
  g_assert_false (way_question_view_has_answer (fixture.view));
  scales = list (&fixture, GTK_TYPE_SCALE);
  g_assert_cmpuint (scales->len, ==, 1);
  gtk_range_set_value (g_ptr_array_index (scales, 0), 15);
  g_assert_cmpfloat (score (&fixture), ==, 1);
  gtk_range_set_value (g_ptr_array_index (scales, 0), 1);
  g_assert_cmpfloat (score (&fixture), ==, 0);
  finish (&fixture);
}

static void
test_end_attempt (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) buttons = NULL;
  g_autofree char *line = NULL;

  show_xml (&fixture,
            "<qti-response-declaration identifier='RESPONSE' cardinality='single' "
            "base-type='boolean'><qti-correct-response><qti-value>false</qti-value>"
            "</qti-correct-response></qti-response-declaration>",
            "<p>Stuck? <qti-end-attempt-interaction response-identifier='RESPONSE' "
            "title='Show a hint'/></p>");
  buttons = list (&fixture, GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 1);
  g_assert_cmpint (fixture.n_answers, ==, 0);
  g_signal_emit_by_name (g_ptr_array_index (buttons, 0), "clicked");
  g_assert_cmpint (fixture.n_answers, ==, 1);
  line = dup_line (&fixture);
  g_assert_cmpstr (line, ==, "RESPONSE=true");
  finish (&fixture);
}

static void
test_feedback (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayScore) result = NULL;
  guint n_right = 0, n_wrong = 0;

  show_id (&fixture, "F1-q01");
  rows = list (&fixture, WAY_TYPE_CHOICE_ROW);
  for (guint i = 0; i < rows->len && score (&fixture) == 0; i++)
    way_choice_row_press (g_ptr_array_index (rows, i));
  /* The one after it, or the first: any that is not right. */
  for (guint i = 0; i < rows->len && score (&fixture) > 0; i++)
    way_choice_row_press (g_ptr_array_index (rows, i));
  g_assert_cmpfloat (score (&fixture), ==, 0);
  {
    g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture.view);

    result = way_scoring_run (fixture.item, responses, NULL);
  }
  way_question_view_show_feedback (fixture.view, result);
  iterate ();
  for (guint i = 0; i < rows->len; i++)
    {
      n_right += gtk_widget_has_css_class (g_ptr_array_index (rows, i), "missed") ? 1 : 0;
      n_wrong += gtk_widget_has_css_class (g_ptr_array_index (rows, i), "wrong") ? 1 : 0;
    }
  g_assert_cmpuint (n_right, ==, 1);
  g_assert_cmpuint (n_wrong, ==, 1);
  /* The explanation has the focus, so that it is read out. */
  g_assert_true (gtk_widget_has_css_class (gtk_window_get_focus (GTK_WINDOW (fixture.window)),
                                           "way-feedback"));
  /* And the answer is held. */
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  g_assert_cmpfloat (score (&fixture), ==, 0);
  finish (&fixture);
}

static GtkWidget *
find_text (Fixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) labels = list (fixture, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_text (g_ptr_array_index (labels, i)), text))
      return g_ptr_array_index (labels, i);

  return NULL;
}

static gboolean
is_seen (Fixture *fixture, const char *text)
{
  GtkWidget *label = find_text (fixture, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
attempt (Fixture *fixture, WayScore **before)
{
  g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture->view);
  g_autoptr (GError) error = NULL;
  WayScore *now = way_scoring_run_again (fixture->item, responses, *before, &error);

  g_assert_no_error (error);
  g_clear_pointer (before, way_score_free);
  *before = now;
  way_question_view_show_feedback (fixture->view, now);
  iterate ();
}

/* An adaptive question is answered until it is complete; what it says stands in its place in the
 * text, and goes with the next attempt. */
static void
test_adaptive (void)
{
  Fixture fixture;
  g_autoptr (GBytes) bytes = g_bytes_new_static (ADAPTIVE, strlen (ADAPTIVE));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayScore) score = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  WayItem *item = way_item_new_from_bytes (bytes, "test.xml", &error);
  GtkWidget *hint;

  g_assert_no_error (error);
  show (&fixture, item);
  rows = list (&fixture, WAY_TYPE_CHOICE_ROW);
  g_assert_false (is_seen (&fixture, "It is not A."));
  g_assert_false (is_seen (&fixture, "Look once more."));

  way_choice_row_press (g_ptr_array_index (rows, 0));
  attempt (&fixture, &score);
  g_assert_true (is_seen (&fixture, "Look once more."));
  g_assert_false (is_seen (&fixture, "It is not A."));
  g_assert_false (gtk_widget_has_css_class (g_ptr_array_index (rows, 0), "wrong"));
  g_assert_true (gtk_widget_has_css_class (gtk_window_get_focus (GTK_WINDOW (fixture.window)),
                                           "way-feedback"));

  hint = gtk_widget_get_ancestor (find_text (&fixture, "Show a hint"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (hint, "clicked");
  g_assert_cmpint (fixture.n_answers, ==, 1);
  attempt (&fixture, &score);
  g_assert_false (is_seen (&fixture, "Look once more."));
  g_assert_true (is_seen (&fixture, "It is not A."));
  /* The button has not been pressed in the next attempt. */
  line = dup_line (&fixture);
  g_assert_cmpstr (line, ==, "RESPONSE=a\x1eHINT=false");

  way_choice_row_press (g_ptr_array_index (rows, 1));
  attempt (&fixture, &score);
  g_assert_true (score->is_complete);
  g_assert_false (is_seen (&fixture, "It is not A."));
  g_assert_false (gtk_widget_get_sensitive (hint));
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  finish (&fixture);
}

/* Every question of the pack can be shown, fits a narrow window, takes back the right
 * answer as it was, and earns full marks for it. */
static void
check_item (const char *id)
{
  Fixture fixture;
  g_autoptr (GHashTable) correct = NULL;
  int minimum;

  show_id (&fixture, id);
  gtk_widget_measure (GTK_WIDGET (fixture.view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum > 324)
    g_error ("%s is %d pixels wide", id, minimum);
  correct = way_scoring_dup_correct (fixture.item);
  if (correct != NULL)
    {
      way_question_view_set_responses (fixture.view, correct);
      if (!way_question_view_has_answer (fixture.view) || score (&fixture) < 1)
        g_error ("%s does not take its right answer", id);
    }
  finish (&fixture);
}

static void
test_every_item (void)
{
  GPtrArray *baseline = way_pack_get_baseline (pack);
  GPtrArray *modules = way_pack_get_modules (pack);

  g_assert_cmpuint (baseline->len, >, 0);
  g_assert_cmpuint (modules->len, >, 0);
  for (guint i = 0; i < baseline->len; i++)
    check_item (((WayBaselineItem *) g_ptr_array_index (baseline, i))->id);
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->check->len; j++)
        check_item (((WayCheckItem *) g_ptr_array_index (module->check, j))->id);
    }
}

/* A practice desk as a question: what is done is the answer, and Answer is what ends it. */
static void
test_desk (void)
{
  static const char xml[] =
      "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='T1' "
      "title='Test' adaptive='false' time-dependent='false'><qti-response-declaration "
      "identifier='RESPONSE' cardinality='single' base-type='string'/>"
      "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'/>"
      "<qti-outcome-declaration identifier='MAXSCORE' cardinality='single' base-type='float'/>"
      "<qti-item-body><p>Sort them.</p><qti-custom-interaction class='waymark-desk' "
      "response-identifier='RESPONSE' data-desk='desks/f1-inbox.xml'/></qti-item-body>"
      "</qti-assessment-item>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = NULL;
  g_autofree char *line = NULL;
  Fixture fixture;
  WayItem *item = way_item_new_from_bytes (bytes, "test.xml", &error);

  g_assert_no_error (error);
  show (&fixture, item);
  g_assert_false (way_question_view_has_answer (fixture.view));
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  lists = list (&fixture, GTK_TYPE_LIST_BOX);
  g_assert_cmpuint (lists->len, >, 0);
  gtk_widget_activate (gtk_widget_get_first_child (lists->pdata[0]));
  iterate ();
  g_assert_true (way_question_view_has_answer (fixture.view));
  line = dup_line (&fixture);
  g_assert_true (g_pattern_match_simple ("RESPONSE=desk/1 * 5 open:* finish", line));
  finish (&fixture);
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  pack = way_pack_open (path, "en", &error);
  g_assert_no_error (error);

  g_test_add_func ("/question-view/single", test_single);
  g_test_add_func ("/question-view/multiple", test_multiple);
  g_test_add_func ("/question-view/shuffle", test_shuffle);
  g_test_add_func ("/question-view/order", test_order);
  g_test_add_func ("/question-view/match", test_match);
  g_test_add_func ("/question-view/gap", test_gap);
  g_test_add_func ("/question-view/inline", test_inline);
  g_test_add_func ("/question-view/several-inline", test_several_inline);
  g_test_add_func ("/question-view/on-the-line", test_on_the_line);
  g_test_add_func ("/question-view/number", test_number);
  g_test_add_func ("/question-view/hottext", test_hottext);
  g_test_add_func ("/question-view/graphic-order", test_graphic_order);
  g_test_add_func ("/question-view/associate", test_associate);
  g_test_add_func ("/question-view/slider", test_slider);
  g_test_add_func ("/question-view/end-attempt", test_end_attempt);
  g_test_add_func ("/question-view/feedback", test_feedback);
  g_test_add_func ("/question-view/adaptive", test_adaptive);
  g_test_add_func ("/question-view/every-item", test_every_item);
  g_test_add_func ("/question-view/desk", test_desk);

  status = g_test_run ();
  g_assert_finalize_object (pack);

  return status;
}
