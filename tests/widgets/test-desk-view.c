/* test-desk-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-fixture.h"

#include <string.h>

static void
test_inbox (DeskFixture *fixture, gconstpointer name)
{
  GPtrArray *records = way_practice_get_records (fixture->practice);
  const WayDeskRecord *first = g_ptr_array_index (records, 0);
  const char *subject = g_hash_table_lookup (first->fields, "subject");
  GtkListBoxRow *row = desk_fixture_find_row (fixture, subject);

  desk_fixture_assert_banner (fixture);
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Report"));
  gtk_widget_activate (GTK_WIDGET (row));
  desk_fixture_iterate ();
  desk_fixture_press (fixture, "Show the full address");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL,
                                       g_hash_table_lookup (first->fields, "address")));
  desk_fixture_press (fixture, "Report");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, first->id), ==, "reported");
  g_assert_false (
      gtk_widget_is_sensitive (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Report")));
  desk_fixture_press (fixture, "Undo");
  g_assert_null (way_practice_get_state (fixture->practice, first->id));
  desk_fixture_press (fixture, "Keep");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "1 of 10 decided"));
  g_assert_cmpstr (fixture->log->str, ==, "open look-sender report undo leave ");
}

/* Buttons, keys and the actions that a screen reader offers do the same. */
static void
test_inbox_routes (DeskFixture *fixture, gconstpointer name)
{
  GPtrArray *records = way_practice_get_records (fixture->practice);
  GtkWidget *list = desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL);
  GtkWidget *inbox = gtk_widget_get_ancestor (list, g_type_from_name ("WayInboxView"));
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row), n++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, n);

      gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      switch (n % 3)
        {
        case 0:
          gtk_widget_activate (row);
          desk_fixture_iterate ();
          desk_fixture_press (fixture, "Report");
          break;
        case 1:
          gtk_widget_grab_focus (row);
          gtk_widget_activate_action (inbox, "inbox.do", "s", "report");
          break;
        default:
          gtk_widget_activate_action (row, "row.report", NULL);
          break;
        }
      g_assert_cmpstr (way_practice_get_state (fixture->practice, record->id), ==, "reported");
    }
  g_assert_cmpuint (n, ==, 10);
}

static void
test_finish (DeskFixture *fixture, gconstpointer name)
{
  g_autoptr (WayPractice) other = NULL;

  desk_fixture_press (fixture, "I have finished");
  g_assert_cmpuint (fixture->finished, ==, 1);
  g_assert_true (way_practice_is_finished (fixture->practice));
  desk_fixture_assert_banner (fixture);
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "How it went"));
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Missed"));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Held"));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL));
  desk_fixture_press (fixture, "Try again with other messages");
  g_assert_cmpuint (fixture->again, ==, 1);

  other = way_practice_new (way_practice_get_desk (fixture->practice), 4);
  way_desk_view_set_practice (WAY_DESK_VIEW (fixture->view), other);
  desk_fixture_iterate ();
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "How it went"));
  g_assert_false (way_practice_is_finished (other));
  desk_fixture_press (fixture, "I have finished");
  g_assert_true (way_practice_is_finished (other));
  g_assert_cmpuint (fixture->finished, ==, 2);
}

static void
test_finder (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *request = way_practice_get_current (fixture->practice);
  const WayDeskRecord *patient = way_practice_find_record (fixture->practice,
                                                           g_hash_table_lookup (request->fields,
                                                                                "patient"));
  GtkWidget *search = desk_fixture_find (fixture->view, GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_nonnull (patient);
  gtk_editable_set_text (GTK_EDITABLE (search), g_hash_table_lookup (patient->fields, "nhs"));
  g_usleep (300000);
  desk_fixture_iterate ();
  gtk_widget_activate (
      GTK_WIDGET (desk_fixture_find_row (fixture, g_hash_table_lookup (patient->fields, "name"))));
  desk_fixture_iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "open", patient->id, NULL));
  desk_fixture_press (fixture, "Date of birth");
  desk_fixture_press (fixture, "Compare");
  desk_fixture_press (fixture, "Compare");
  desk_fixture_press (fixture, "This is the right record");
  g_assert_cmpstr (way_practice_get_state_value (fixture->practice, request->id), ==, patient->id);
  g_assert_true (way_practice_get_current (fixture->practice) != request);
  desk_fixture_press (fixture, "Stop and ask somebody");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "2 of 4 decided"));
  desk_fixture_press (fixture, "1 · Record chosen");
  desk_fixture_press (fixture, "Take it up again");
  g_assert_true (way_practice_get_current (fixture->practice) == request);
}

static void
test_signin (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *step = way_practice_get_current (fixture->practice);
  guint n = 0;

  g_assert_false (gtk_widget_is_sensitive (
      desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Save the passphrase")));
  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *word = g_ptr_array_index (step->parts, i);

      if (g_hash_table_contains (word->fields, "weak") || n++ >= 4)
        continue;
      desk_fixture_press (fixture, g_hash_table_lookup (word->fields, "text"));
      gtk_test_accessible_assert_role (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON,
                                                          g_hash_table_lookup (word->fields,
                                                                               "text")),
                                       GTK_ACCESSIBLE_ROLE_CHECKBOX);
      if (n == 4)
        desk_fixture_press (fixture, g_hash_table_lookup (word->fields, "text"));
    }
  desk_fixture_press (fixture, "Save the passphrase");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, step->id), ==, "strong");
  desk_fixture_press (fixture, "Go on");
  g_assert_true (way_practice_get_current (fixture->practice) != step);
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Save the passphrase"));
  g_assert_false (
      gtk_widget_is_sensitive (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Go on")));
  g_assert_cmpstr (fixture->log->str, ==,
                   "add-word add-word add-word add-word remove-word save next ");
}

/* A code that is wrong is told, one that is right goes on. */
static void
test_signin_code (DeskFixture *fixture, gconstpointer name)
{
  const WayDeskRecord *step;
  g_autofree char *code = NULL;
  GtkWidget *entry;

  while (strcmp ((step = way_practice_get_current (fixture->practice))->type, "factor") != 0)
    {
      if (strcmp (step->type, "passphrase") == 0)
        {
          const WayDeskRecord *word = g_ptr_array_index (step->parts, 0);

          way_practice_do (fixture->practice, "add-word", NULL, word->id);
          way_practice_do (fixture->practice, "save", NULL, NULL);
        }
      else
        way_practice_do (fixture->practice, "choose", NULL,
                         ((WayDeskRecord *) step->parts->pdata[0])->id);
      g_assert_true (way_practice_do (fixture->practice, "next", NULL, NULL));
    }
  desk_fixture_iterate ();

  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (step->parts, i);
      const char *label = g_hash_table_lookup (option->fields, "label");

      desk_fixture_press (fixture, label);
      g_assert_true ((desk_fixture_find (fixture->view, GTK_TYPE_ENTRY, NULL) != NULL)
                     == g_hash_table_contains (option->fields, "code"));
    }
  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (step->parts, i);

      if (g_hash_table_contains (option->fields, "code"))
        desk_fixture_press (fixture, g_hash_table_lookup (option->fields, "label"));
    }

  entry = desk_fixture_find (fixture->view, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "12");
  desk_fixture_press (fixture, "Enter the code");
  g_assert_nonnull (
      desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "That is not the code that shows."));
  code = way_practice_dup_code (fixture->practice, step->id);
  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  desk_fixture_press (fixture, "Enter the code");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, step->id), ==, "enrolled");
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_ENTRY, NULL));
}

/* Folded, one thing shows at a time and there is a way back. */
static void
test_narrow (DeskFixture *fixture, gconstpointer name)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 720);
  for (guint i = 0; i < 20 && gtk_widget_get_width (fixture->window) > 400; i++)
    desk_fixture_iterate ();
  desk_fixture_iterate ();
  g_assert_cmpint (gtk_widget_get_width (fixture->view), <=, 400);

  gtk_widget_activate (
      gtk_widget_get_first_child (desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL)));
  desk_fixture_iterate ();
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL));
  desk_fixture_press (fixture, "Back to the list");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL));
  desk_fixture_press (fixture, "Hide");
  desk_fixture_press (fixture, "Show");
}

/* Mail and prompts; one prompt comes by an answer, one by the clock. */
#define TWO_APPS(seconds)                                                                          \
  "<desk xmlns='https://waymark-skills.github.io/ns/desk/1' id='two' app='inbox signin' "          \
  "version='1' minutes='1'><title>Two</title><task><p>Do it.</p></task><records>"                  \
  "<message id='m1' time='08:00' subject='First' from='Ann' address='a@x.example'/>"               \
  "<message id='m2' time='09:00' subject='Second' from='Bo' address='b@x.example' at='" seconds    \
  "'/><prompt id='p1' title='One prompt' app='Mail' place='Here' when='Now'/>"                     \
  "<prompt id='p2' title='Another' app='Mail' place='Here' when='Now' after='report:m1'/>"         \
  "</records><rules><rule id='r' points='1'><when><did action='deny'/></when>"                     \
  "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>"

static void
test_several (DeskFixture *fixture, gconstpointer name)
{
  GtkWidget *mail = desk_fixture_find (fixture->view, GTK_TYPE_TOGGLE_BUTTON, "Mail");
  GtkWidget *account = desk_fixture_find (fixture->view, GTK_TYPE_TOGGLE_BUTTON, "Your account");

  desk_fixture_assert_banner (fixture);
  g_assert_nonnull (mail);
  g_assert_nonnull (account);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (mail)));
  g_assert_nonnull (desk_fixture_find_row (fixture, "First"));
  g_assert_null (desk_fixture_find_row (fixture, "Second"));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, "Refuse"));

  /* What comes where one does not look is counted in words. */
  g_assert_true (way_practice_do (fixture->practice, "report", "m1", NULL));
  desk_fixture_iterate ();
  g_assert_cmpstr (desk_fixture_get_text (account), ==, "Your account · 1 new");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (account), TRUE);
  desk_fixture_iterate ();
  g_assert_cmpstr (desk_fixture_get_text (account), ==, "Your account");
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Step 1 of 2"));
  g_assert_null (desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL));

  gtk_widget_activate_action (account, "desk.turn", "b", FALSE);
  desk_fixture_iterate ();
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (mail)));
  g_assert_nonnull (desk_fixture_find_row (fixture, "First"));
  gtk_widget_activate_action (mail, "desk.help", NULL);
  g_assert_cmpuint (way_practice_get_n_help (fixture->practice), ==, 1);
}

/* The desk counts the seconds, but not while another window of ours is open. */
static void
test_clock (DeskFixture *fixture, gconstpointer name)
{
  GtkWidget *other = gtk_window_new ();
  gint64 until;

  g_assert_nonnull (
      desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "0 of 2 decided. More may come."));
  gtk_window_present (GTK_WINDOW (other));
  until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND / 2;
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (way_practice_get_clock (fixture->practice), ==, 0);
  gtk_window_destroy (GTK_WINDOW (other));

  while (way_practice_get_next_arrival (fixture->practice) > 0)
    g_main_context_iteration (NULL, TRUE);
  desk_fixture_iterate ();
  g_assert_nonnull (desk_fixture_find_row (fixture, "Second"));
  g_assert_nonnull (desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "0 of 3 decided"));
  g_assert_cmpstr (fixture->log->str, ==, "clock ");
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

  g_test_add ("/desk-view/inbox/buttons", DeskFixture, "f1-inbox.xml", desk_fixture_set_up,
              test_inbox, desk_fixture_tear_down);
  g_test_add ("/desk-view/inbox/routes", DeskFixture, "f1-inbox.xml", desk_fixture_set_up,
              test_inbox_routes, desk_fixture_tear_down);
  g_test_add ("/desk-view/inbox/narrow", DeskFixture, "f1-inbox.xml", desk_fixture_set_up,
              test_narrow, desk_fixture_tear_down);
  g_test_add ("/desk-view/finish", DeskFixture, "f1-inbox.xml", desk_fixture_set_up, test_finish,
              desk_fixture_tear_down);
  g_test_add ("/desk-view/finder", DeskFixture, "c1-finder.xml", desk_fixture_set_up, test_finder,
              desk_fixture_tear_down);
  g_test_add ("/desk-view/signin/passphrase", DeskFixture, "d3-signin.xml", desk_fixture_set_up,
              test_signin, desk_fixture_tear_down);
  g_test_add ("/desk-view/signin/code", DeskFixture, "d3-signin.xml", desk_fixture_set_up,
              test_signin_code, desk_fixture_tear_down);
  g_test_add ("/desk-view/several", DeskFixture, TWO_APPS ("3600"), desk_fixture_set_up,
              test_several, desk_fixture_tear_down);
  g_test_add ("/desk-view/clock", DeskFixture, TWO_APPS ("1"), desk_fixture_set_up, test_clock,
              desk_fixture_tear_down);

  return g_test_run ();
}
