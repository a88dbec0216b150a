/* question-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "question-fixture.h"

static WayPack *pack;

/* Opens the pack and the display; without a display there is nothing to run. */
gboolean
question_fixture_init (int *argc, char ***argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  adw_init ();
  path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  pack = way_pack_open (path, "en", &error);
  g_assert_no_error (error);

  return TRUE;
}

/* Runs the tests; whatever of the pack they kept is found here. */
int
question_fixture_run (void)
{
  int status = g_test_run ();

  g_assert_finalize_object (pack);

  return status;
}

WayPack *
question_fixture_get_pack (void)
{
  return pack;
}

void
question_fixture_iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
answer_cb (GtkWidget *view, QuestionFixture *fixture)
{
  fixture->n_answers++;
}

void
question_fixture_show (QuestionFixture *fixture, WayItem *item)
{
  fixture->item = item;
  fixture->n_answers = 0;
  fixture->window = gtk_window_new ();
  fixture->view = WAY_QUESTION_VIEW (way_question_view_new ());
  g_signal_connect (fixture->view, "activate-answer", G_CALLBACK (answer_cb), fixture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  way_question_view_set_item (fixture->view, item, pack, 5);
  gtk_window_present (GTK_WINDOW (fixture->window));
  question_fixture_iterate ();
}

void
question_fixture_show_id (QuestionFixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  WayItem *item = way_pack_load_item (pack, id, &error);

  g_assert_no_error (error);
  question_fixture_show (fixture, item);
}

void
question_fixture_show_xml (QuestionFixture *fixture, const char *declaration, const char *body)
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
  question_fixture_show (fixture, item);
}

void
question_fixture_finish (QuestionFixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  question_fixture_iterate ();
  way_item_unref (fixture->item);
}

double
question_fixture_score (QuestionFixture *fixture)
{
  g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture->view);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) result = way_scoring_run (fixture->item, responses, &error);

  g_assert_no_error (error);

  return result->score;
}

char *
question_fixture_dup_line (QuestionFixture *fixture)
{
  g_autoptr (GHashTable) responses = way_question_view_dup_responses (fixture->view);

  return way_responses_to_line (fixture->item, responses);
}

void
question_fixture_find_all (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    question_fixture_find_all (child, type, found);
}

GPtrArray *
question_fixture_list (QuestionFixture *fixture, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  question_fixture_find_all (GTK_WIDGET (fixture->view), type, found);

  return found;
}

void
question_fixture_put (WaySlot *slot, const char *id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (slot), "slot.put", "s", id));
}
