/* test-question-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a question says of its answer, and every question of the pack. */

#include "../assessment/adaptive-fixture.h"
#include "question-fixture.h"
#include "widgets/way-choice-row.h"

/* Where the first line of its words stands, from the top of the question. */
static double
get_base_line (QuestionFixture *fixture, GtkWidget *widget)
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

  question_fixture_find_all (widget, type, found);
  g_assert_cmpuint (found->len, >, 0);

  return g_ptr_array_index (found, 0);
}

/* What is in a gap stands on the line of the words around it, with what would have been right
 * below it. */
static void
test_on_the_line (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GHashTable) responses = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) result = NULL;
  guint n_labels;
  double line;

  question_fixture_show_xml (
      &fixture,
      QUESTION_SINGLE "<qti-response-declaration identifier='HOUR' cardinality='single' "
                      "base-type='string'><qti-correct-response><qti-value>ten</qti-value>"
                      "</qti-correct-response></qti-response-declaration>",
      "<p>Was <qti-inline-choice-interaction response-identifier='RESPONSE' "
      "shuffle='false'><qti-inline-choice identifier='a'>put off</qti-inline-choice>"
      "<qti-inline-choice identifier='b'>moved</qti-inline-choice>"
      "</qti-inline-choice-interaction> at "
      "<qti-text-entry-interaction response-identifier='HOUR'/>.</p>");
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 640, 480);
  slots = question_fixture_list (&fixture, WAY_TYPE_SLOT);
  entries = question_fixture_list (&fixture, GTK_TYPE_ENTRY);
  question_fixture_put (g_ptr_array_index (slots, 0), "a");
  gtk_editable_set_text (g_ptr_array_index (entries, 0), "nine");
  labels = question_fixture_list (&fixture, GTK_TYPE_LABEL);
  n_labels = labels->len;
  responses = way_question_view_dup_responses (fixture.view);
  result = way_scoring_run (fixture.item, responses, &error);
  g_assert_no_error (error);
  way_question_view_show_feedback (fixture.view, result);
  g_clear_pointer (&labels, g_ptr_array_unref);
  labels = question_fixture_list (&fixture, GTK_TYPE_LABEL);
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
  question_fixture_finish (&fixture);
}

static void
test_feedback (void)
{
  QuestionFixture fixture;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayScore) result = NULL;
  guint n_right = 0, n_wrong = 0;

  question_fixture_show_id (&fixture, "F1-q01");
  rows = question_fixture_list (&fixture, WAY_TYPE_CHOICE_ROW);
  for (guint i = 0; i < rows->len && question_fixture_score (&fixture) == 0; i++)
    way_choice_row_press (g_ptr_array_index (rows, i));
  /* The one after it, or the first: any that is not right. */
  for (guint i = 0; i < rows->len && question_fixture_score (&fixture) > 0; i++)
    way_choice_row_press (g_ptr_array_index (rows, i));
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  {
    g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture.view);

    result = way_scoring_run (fixture.item, responses, NULL);
  }
  way_question_view_show_feedback (fixture.view, result);
  question_fixture_iterate ();
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
  g_assert_cmpfloat (question_fixture_score (&fixture), ==, 0);
  question_fixture_finish (&fixture);
}

static GtkWidget *
find_text (QuestionFixture *fixture, const char *text)
{
  g_autoptr (GPtrArray) labels = question_fixture_list (fixture, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_text (g_ptr_array_index (labels, i)), text))
      return g_ptr_array_index (labels, i);

  return NULL;
}

static gboolean
is_seen (QuestionFixture *fixture, const char *text)
{
  GtkWidget *label = find_text (fixture, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
attempt (QuestionFixture *fixture, WayScore **before)
{
  g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture->view);
  g_autoptr (GError) error = NULL;
  WayScore *now = way_scoring_run_again (fixture->item, responses, *before, &error);

  g_assert_no_error (error);
  g_clear_pointer (before, way_score_free);
  *before = now;
  way_question_view_show_feedback (fixture->view, now);
  question_fixture_iterate ();
}

/* An adaptive question is answered until it is complete; what it says stands in its place in the
 * text, and goes with the next attempt. */
static void
test_adaptive (void)
{
  QuestionFixture fixture;
  g_autoptr (GBytes) bytes = g_bytes_new_static (ADAPTIVE, strlen (ADAPTIVE));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayScore) score = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  WayItem *item = way_item_new_from_bytes (bytes, "test.xml", &error);
  GtkWidget *hint;

  g_assert_no_error (error);
  question_fixture_show (&fixture, item);
  rows = question_fixture_list (&fixture, WAY_TYPE_CHOICE_ROW);
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
  line = question_fixture_dup_line (&fixture);
  g_assert_cmpstr (line, ==, "RESPONSE=a\x1eHINT=false");

  way_choice_row_press (g_ptr_array_index (rows, 1));
  attempt (&fixture, &score);
  g_assert_true (score->is_complete);
  g_assert_false (is_seen (&fixture, "It is not A."));
  g_assert_false (gtk_widget_get_sensitive (hint));
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  question_fixture_finish (&fixture);
}

/* Every question of the pack can be shown, fits a narrow window, takes back the right
 * answer as it was, and earns full marks for it. */
static void
check_item (const char *id)
{
  QuestionFixture fixture;
  g_autoptr (GHashTable) correct = NULL;
  int minimum;

  question_fixture_show_id (&fixture, id);
  gtk_widget_measure (GTK_WIDGET (fixture.view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum > 324)
    g_error ("%s is %d pixels wide", id, minimum);
  correct = way_scoring_dup_correct (fixture.item);
  if (correct != NULL)
    {
      way_question_view_set_responses (fixture.view, correct);
      if (!way_question_view_has_answer (fixture.view) || question_fixture_score (&fixture) < 1)
        g_error ("%s does not take its right answer", id);
    }
  question_fixture_finish (&fixture);
}

static void
test_every_item (void)
{
  GPtrArray *baseline = way_pack_get_baseline (question_fixture_get_pack ());
  GPtrArray *modules = way_pack_get_modules (question_fixture_get_pack ());

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
  QuestionFixture fixture;
  WayItem *item = way_item_new_from_bytes (bytes, "test.xml", &error);

  g_assert_no_error (error);
  question_fixture_show (&fixture, item);
  g_assert_false (way_question_view_has_answer (fixture.view));
  g_assert_false (way_question_view_press_key (fixture.view, GDK_KEY_1));
  lists = question_fixture_list (&fixture, GTK_TYPE_LIST_BOX);
  g_assert_cmpuint (lists->len, >, 0);
  gtk_widget_activate (gtk_widget_get_first_child (lists->pdata[0]));
  question_fixture_iterate ();
  g_assert_true (way_question_view_has_answer (fixture.view));
  line = question_fixture_dup_line (&fixture);
  g_assert_true (g_pattern_match_simple ("RESPONSE=desk/1 * 5 open:* finish", line));
  question_fixture_finish (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!question_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/question-view/on-the-line", test_on_the_line);
  g_test_add_func ("/question-view/feedback", test_feedback);
  g_test_add_func ("/question-view/adaptive", test_adaptive);
  g_test_add_func ("/question-view/every-item", test_every_item);
  g_test_add_func ("/question-view/desk", test_desk);

  return question_fixture_run ();
}
