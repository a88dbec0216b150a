/* test-desk-apps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-fixture.h"

#include <string.h>

#include "practice/way-practice-computer.h"
#include "practice/way-practice-table.h"
#include "practice/way-practice-talk.h"

/* Apps that can stand on a desk, each with a desk of the pack. */

/* A talk: by button and by key, back, to the end, and on to the next. */
static void
test_talk (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *talk = way_practice_get_current_in (fixture->practice, "talk");
  const WayDeskRecord *turn = way_practice_get_turn (fixture->practice, talk);
  const WayDeskRecord *reply = g_ptr_array_index (turn->parts, 0);
  const char *text = g_hash_table_lookup (reply->fields, "text");
  GtkWidget *label = desk_fixture_find (fixture->view, GTK_TYPE_LABEL, text);
  GtkWidget *button;

  desk_fixture_assert_banner (fixture);
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "What you know"));
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                       g_hash_table_lookup (talk->fields, "person")));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Take back what I said"));
  button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_role (button, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  desk_fixture_iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "say", talk->id, reply->id));
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "You"));
  desk_fixture_press (fixture, "Take back what I said");
  g_assert_true (way_practice_get_turn (fixture->practice, talk) == turn);
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "You"));

  while (way_practice_get_state (fixture->practice, talk->id) == NULL)
    {
      turn = way_practice_get_turn (fixture->practice, talk);
      for (guint i = 0; i < turn->parts->len; i++)
        if (way_practice_do (fixture->practice, "say", talk->id,
                             ((WayDeskRecord *) turn->parts->pdata[i])->id))
          break;
      desk_fixture_iterate ();
    }
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "1 of 2 talks ended"));
  desk_fixture_press (fixture, strcmp (g_hash_table_lookup (talk->fields, "channel"), "phone") == 0
                                   ? "End the call"
                                   : "End the talk");
  g_assert_true (way_practice_get_current_in (fixture->practice, "talk") != talk);
  desk_fixture_press (fixture, "End the talk");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "You broke this talk off."));
  desk_fixture_press (fixture, "Take it up again");
  desk_fixture_press (fixture, "I have finished");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "How it went"));
}

static const WayDeskRecord *
find_wrong (WayPractice *practice)
{
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i);

      if (g_strcmp0 (g_hash_table_lookup (place->fields, "is"), "wrong") == 0)
        return place;
    }

  g_assert_not_reached ();
}

/* A picture: the list and the picture open and mark the same. */
static void
test_inspect (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *place = find_wrong (fixture->practice);
  const char *label = g_hash_table_lookup (place->fields, "label");
  GtkWidget *scene = desk_fixture_find (fixture->view, g_type_from_name ("WaySceneView"), NULL);
  GtkListBoxRow *row = desk_fixture_find_row (fixture, label);

  g_assert_nonnull (desk_fixture_find (scene, GTK_TYPE_PICTURE, NULL));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Mark as wrong"));
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_activate (GTK_WIDGET (row));
  desk_fixture_iterate ();
  desk_fixture_press (fixture, "Mark as wrong");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, place->id), ==, "marked");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "1 marked"));
  desk_fixture_press (fixture, "Others can read it");
  g_assert_cmpstr (way_practice_get_state_value (fixture->practice, place->id), ==, "see");
  desk_fixture_press (fixture, "Take the mark away");
  g_assert_null (way_practice_get_state (fixture->practice, place->id));

  /* In the picture: open already, so that one press marks. */
  for (GtkWidget *area = desk_fixture_find (scene, GTK_TYPE_TOGGLE_BUTTON, NULL); area != NULL;
       area = gtk_widget_get_next_sibling (area))
    if (g_strcmp0 (gtk_widget_get_tooltip_text (area), label) == 0)
      {
        g_signal_emit_by_name (area, "clicked");
        g_assert_false (gtk_widget_get_focusable (area));
      }
  desk_fixture_iterate ();
  g_assert_cmpstr (way_practice_get_state (fixture->practice, place->id), ==, "marked");
  gtk_widget_activate_action (GTK_WIDGET (row), "row.mark", NULL);
  desk_fixture_iterate ();
  g_assert_null (way_practice_get_state (fixture->practice, place->id));
  g_assert_cmpstr (fixture->log->str, ==, "look mark say-why unmark mark unmark ");
}

/* A page: its words are the places, and a variant's words are its own. */
static void
test_inspect_page (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *place = find_wrong (fixture->practice);
  GtkWidget *words = desk_fixture_find (fixture->view, GTK_TYPE_BUTTON,
                                        g_hash_table_lookup (place->fields, "shows"));
  GPtrArray *records = way_practice_get_records (fixture->practice);
  guint n_right = 0;

  g_assert_nonnull (words);
  g_signal_emit_by_name (words, "clicked");
  desk_fixture_iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "look", place->id, NULL));
  desk_fixture_press (fixture, "Mark as wrong");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, place->id), ==, "marked");
  desk_fixture_press (fixture, "I have finished");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "How it went"));
  /* What is right and was not touched is not gone through. */
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *other = g_ptr_array_index (records, i);
      const char *is = g_hash_table_lookup (other->fields, "is");

      if (is == NULL)
        continue;
      n_right += strcmp (is, "right") == 0;
      g_assert_true ((desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                         g_hash_table_lookup (other->fields, "label"))
                      != NULL)
                     == (strcmp (is, "wrong") == 0));
    }
  g_assert_cmpuint (n_right, >, 0);
}

/* A table with its chart: picked in either, sorted, judged and typed. */
static void
test_table (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *table = way_practice_get_current_in (fixture->practice, "table");
  GtkWidget *chart = desk_fixture_find (fixture->view, g_type_from_name ("WayChart"), NULL);
  GtkWidget *row;

  desk_fixture_assert_banner (fixture);
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "0 of 4 answered"));
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  g_signal_emit_by_name (chart, "picked", 2u);
  desk_fixture_iterate ();
  g_assert_true (way_practice_is_picked (fixture->practice, table, "unsure", "c"));
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Picked: Information"));
  desk_fixture_press (fixture, "Show as a table");
  g_assert_null (desk_fixture_find (fixture->view, g_type_from_name ("WayChart"), NULL));
  row = gtk_widget_get_ancestor (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Learning"),
                                 GTK_TYPE_TOGGLE_BUTTON);
  g_signal_emit_by_name (row, "clicked");
  desk_fixture_iterate ();
  g_assert_cmpstr (way_practice_get_reply (fixture->practice, table, "unsure"), ==, "b");
  desk_fixture_press (fixture, "Take back");
  g_assert_cmpstr (way_practice_get_reply (fixture->practice, table, "unsure"), ==, "c");
  g_signal_emit_by_name (gtk_widget_get_ancestor (desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                                                     "Best guess\n(level)"),
                                                  GTK_TYPE_BUTTON),
                         "clicked");
  desk_fixture_iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "sort", table->id, "level"));
  desk_fixture_press (fixture, "Next question");
  desk_fixture_press (fixture, "Next question");
  gtk_editable_set_text (GTK_EDITABLE (desk_fixture_find (fixture->view, GTK_TYPE_ENTRY, NULL)),
                         "many");
  desk_fixture_press (fixture, "Give this number");
  g_assert_nonnull (
      desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Type a number, such as 4 or 2.5."));
  gtk_editable_set_text (GTK_EDITABLE (desk_fixture_find (fixture->view, GTK_TYPE_ENTRY, NULL)),
                         "3");
  desk_fixture_press (fixture, "Give this number");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "2 of 4 answered"));
  desk_fixture_press (fixture, "I have finished");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "How it went"));
}

static void
test_table_judge (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *table = way_practice_get_current_in (fixture->practice, "table");
  GtkWidget *label = desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                        "Everyday: alone and safely");
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON);

  g_signal_emit_by_name (button, "clicked");
  desk_fixture_iterate ();
  g_assert_cmpstr (way_practice_get_reply (fixture->practice, table, "now-together"), ==,
                   "everyday");
  /* Pressed again it stays. */
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  desk_fixture_press (fixture, "Take back");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

/* A record: from the list to its banner, a screen, a result, and out again. */
static void
test_record (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *errand = way_practice_get_current_in (fixture->practice, "record");
  const char *chart = g_hash_table_lookup (errand->fields, "chart");
  const WayDeskRecord *patient = way_practice_find_record (fixture->practice, chart);
  g_autofree char *row = g_strdup_printf ("%s\nBorn %s",
                                          (char *) g_hash_table_lookup (patient->fields, "name"),
                                          (char *) g_hash_table_lookup (patient->fields, "dob"));

  desk_fixture_assert_banner (fixture);
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "1 of 2 to do"));
  desk_fixture_press (fixture, row);
  g_assert_true (way_practice_was_done (fixture->practice, "open", chart, NULL));
  desk_fixture_press (fixture, "Compare");
  g_assert_true (way_practice_was_done (fixture->practice, "check", chart, "name"));
  desk_fixture_press (fixture, "Tasks (1)");
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Acknowledge"));
  desk_fixture_press (fixture, "Results (2)");
  desk_fixture_press (fixture, "Open");
  desk_fixture_press (fixture, "Acknowledge");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Acknowledged by you"));
  desk_fixture_press (fixture, "Close this record");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Patients"));
  desk_fixture_press (fixture, "This is done");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "1 of 2 decided"));
  desk_fixture_press (fixture, "Tell the doctor and the nurse in charge now");
  desk_fixture_press (fixture, "Take back");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "1 of 2 decided"));
  desk_fixture_press (fixture, "I have finished");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "How it went"));
}

static void
test_computer (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *computer = way_practice_get_computer (fixture->practice);
  const WayDeskRecord *event;

  desk_fixture_assert_banner (fixture);
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                       g_hash_table_lookup (computer->fields, "user")));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Unlock the screen"));
  desk_fixture_press (fixture, "Look at what is open");
  desk_fixture_press (fixture, "Sign out");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Nobody is signed in."));
  g_assert_false (gtk_widget_is_sensitive (
      desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Write the note")));
  desk_fixture_press (fixture, "Sign in as J. Lin");
  desk_fixture_press (fixture, "Write the note");
  g_assert_true (way_practice_do (fixture->practice, "clock", NULL, "2"));
  desk_fixture_iterate ();
  event = way_practice_get_current (fixture->practice);
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                       g_hash_table_lookup (event->fields, "title")));
  desk_fixture_press (fixture,
                      g_hash_table_lookup (((WayDeskRecord *) event->parts->pdata[0])->fields,
                                           "label"));
  g_assert_nonnull (way_practice_get_state (fixture->practice, event->id));
  desk_fixture_press (fixture, way_practice_is_away (fixture->practice)
                                   ? "Come back to the computer"
                                   : "Go on");
  g_assert_true (way_practice_get_current (fixture->practice) != event);
  g_assert_true (g_str_has_prefix (fixture->log->str, "read sign-out sign-in write clock choose "));
}

static double
get_scale (DeskFixture *fixture)
{
  GtkWidget *label = desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Sample: a program at work");
  PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (label));
  g_autoptr (PangoAttrIterator) iter = pango_attr_list_get_iterator (attributes);

  return ((PangoAttrFloat *) pango_attr_iterator_get (iter, PANGO_ATTR_SCALE))->value;
}

/* The sample follows each setting, and goes back with it. */
static void
test_settings (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *goal = way_practice_get_current (fixture->practice);
  GtkWidget *keep = desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Keep these settings");
  GtkWidget *larger = desk_fixture_find (fixture->view, GTK_TYPE_TOGGLE_BUTTON, "Larger");
  GtkWidget *sample = gtk_widget_get_parent (
      desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Sample: a program at work"));

  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                       g_hash_table_lookup (goal->fields, "title")));
  g_assert_false (gtk_widget_is_sensitive (keep));
  gtk_test_accessible_assert_role (larger, GTK_ACCESSIBLE_ROLE_RADIO);
  g_assert_cmpfloat (get_scale (fixture), ==, 1);
  desk_fixture_press (fixture, "Larger");
  g_assert_cmpfloat (get_scale (fixture), ==, 1.6);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (larger)));
  desk_fixture_press (fixture, "Dark");
  g_assert_true (gtk_widget_has_css_class (sample, "desk-sample-dark"));
  desk_fixture_press (fixture, "Undo");
  g_assert_cmpfloat (get_scale (fixture), ==, 1);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (larger)));
  desk_fixture_press (fixture, "Keep these settings");
  g_assert_true (way_practice_get_current (fixture->practice) != goal);
  g_assert_false (gtk_widget_has_css_class (sample, "desk-sample-dark"));
  g_assert_cmpstr (fixture->log->str, ==, "set set undo keep ");
}

/* Nobody presses a pointer here, so all of it is by keyboard, or what does as a keyboard. */
static void
test_keys (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *step;
  int points;
  int out_of;

  while ((step = way_practice_get_current (fixture->practice)) != NULL)
    {
      const char *id = g_hash_table_lookup (step->fields, "control");
      const char *value = g_hash_table_lookup (step->fields, "value");
      const WayDeskRecord *control = way_practice_find_record (fixture->practice, id);
      const char *label = g_hash_table_lookup (control->fields, "title");
      const char *kind = g_hash_table_lookup (control->fields, "kind");

      for (guint i = 0; i < control->parts->len; i++)
        if (g_strcmp0 (((WayDeskRecord *) control->parts->pdata[i])->id, value) == 0)
          label = g_hash_table_lookup (((WayDeskRecord *) control->parts->pdata[i])->fields,
                                       "label");
      if (strcmp (kind, "button") == 0)
        desk_fixture_press (fixture, label);
      else if (strcmp (kind, "window") == 0)
        desk_fixture_press (fixture, "Close");
      else
        {
          GtkWidget *text = desk_fixture_find (fixture->view, GTK_TYPE_LABEL, label);

          gtk_widget_activate (gtk_widget_get_ancestor (text, GTK_TYPE_CHECK_BUTTON));
          desk_fixture_iterate ();
        }
      g_assert_true (way_practice_get_current (fixture->practice) != step);
    }
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Close"));
  g_assert_cmpstr (fixture->log->str, ==, "key key key key key key ");
  way_practice_get_score (fixture->practice, &points, &out_of);
  g_assert_cmpint (points, ==, out_of);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  g_test_add ("/desk-apps/computer", DeskFixture, "d1-walk.xml", desk_fixture_set_up, test_computer,
              desk_fixture_tear_down);
  g_test_add ("/desk-apps/settings", DeskFixture, "d2-settings.xml", desk_fixture_set_up,
              test_settings, desk_fixture_tear_down);
  g_test_add ("/desk-apps/keys", DeskFixture, "d2-keys.xml", desk_fixture_set_up, test_keys,
              desk_fixture_tear_down);
  g_test_add ("/desk-apps/record", DeskFixture, "d7-result.xml", desk_fixture_set_up, test_record,
              desk_fixture_tear_down);
  g_test_add ("/desk-apps/table", DeskFixture, "b1-chart.xml", desk_fixture_set_up, test_table,
              desk_fixture_tear_down);
  g_test_add ("/desk-apps/table/judge", DeskFixture, "b1-need.xml", desk_fixture_set_up,
              test_table_judge, desk_fixture_tear_down);
  g_test_add ("/desk-apps/talk", DeskFixture, "f2-talk.xml", desk_fixture_set_up, test_talk,
              desk_fixture_tear_down);
  g_test_add ("/desk-apps/inspect/picture", DeskFixture, "f2-ward.xml", desk_fixture_set_up,
              test_inspect, desk_fixture_tear_down);
  g_test_add ("/desk-apps/inspect/page", DeskFixture, "c2-inspect.xml", desk_fixture_set_up,
              test_inspect_page, desk_fixture_tear_down);

  return g_test_run ();
}
