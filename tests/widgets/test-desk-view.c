/* test-desk-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>
#include <string.h>

#include "practice/way-practice-computer.h"
#include "practice/way-practice-table.h"
#include "practice/way-practice-talk.h"
#include "widgets/way-desk-view.h"

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  WayPractice *practice;
  GString *log;
  guint finished;
  guint again;
} Fixture;

static WayDesk *
load_desk (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "desks", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;
  gsize length;

  /* A file of the pack, or a desk as it stands. */
  if (*name == '<')
    {
      text = g_strdup (name);
      length = strlen (name);
    }
  else
    g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  desk = way_desk_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);

  return desk;
}

static void
action_cb (
    GtkWidget *view, const char *action, const char *target, const char *value, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "%s ", action);
}

static void
finished_cb (GtkWidget *view, Fixture *fixture)
{
  fixture->finished++;
}

static void
again_cb (GtkWidget *view, Fixture *fixture)
{
  fixture->again++;
}

static void
iterate (void)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
}

static void
set_up (Fixture *fixture, gconstpointer name)
{
  g_autoptr (WayDesk) desk = load_desk (name);
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (WayPack) pack = way_pack_open (path, NULL, NULL);

  fixture->log = g_string_new (NULL);
  fixture->practice = way_practice_new (desk, 3);
  fixture->view = way_desk_view_new ();
  g_signal_connect (fixture->view, "action", G_CALLBACK (action_cb), fixture);
  g_signal_connect (fixture->view, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->view, "again", G_CALLBACK (again_cb), fixture);
  way_desk_view_set_pack (WAY_DESK_VIEW (fixture->view), pack);
  way_desk_view_set_practice (WAY_DESK_VIEW (fixture->view), fixture->practice);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate ();
}

static void
tear_down (Fixture *fixture, gconstpointer name)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  iterate ();
  g_assert_finalize_object (fixture->practice);
  g_string_free (fixture->log, TRUE);
}

static const char *
get_text (GtkWidget *widget)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : widget;

  return GTK_IS_LABEL (child) ? gtk_label_get_text (GTK_LABEL (child)) : NULL;
}

static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget)
      && (text == NULL || g_strcmp0 (get_text (widget), text) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press (Fixture *fixture, const char *text)
{
  GtkWidget *button = find (fixture->view, GTK_TYPE_BUTTON, text);

  if (button == NULL)
    g_error ("There is no button “%s”", text);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  iterate ();
}

static GtkListBoxRow *
find_row (Fixture *fixture, const char *subject)
{
  GtkWidget *list = find (fixture->view, GTK_TYPE_LIST_BOX, NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (find (row, GTK_TYPE_LABEL, subject) != NULL)
      return GTK_LIST_BOX_ROW (row);

  return NULL;
}

/* Each frame of a desk says what it is, whatever shows. */
static void
assert_banner (Fixture *fixture)
{
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Practice, not a real record"));
}

static void
test_inbox (Fixture *fixture, gconstpointer name)
{
  GPtrArray *records = way_practice_get_records (fixture->practice);
  const WayDeskRecord *first = g_ptr_array_index (records, 0);
  const char *subject = g_hash_table_lookup (first->fields, "subject");
  GtkListBoxRow *row = find_row (fixture, subject);

  assert_banner (fixture);
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Report"));
  gtk_widget_activate (GTK_WIDGET (row));
  iterate ();
  press (fixture, "Show the full address");
  g_assert_nonnull (
      find (fixture->view, GTK_TYPE_LABEL, g_hash_table_lookup (first->fields, "address")));
  press (fixture, "Report");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, first->id), ==, "reported");
  g_assert_false (gtk_widget_is_sensitive (find (fixture->view, GTK_TYPE_BUTTON, "Report")));
  press (fixture, "Undo");
  g_assert_null (way_practice_get_state (fixture->practice, first->id));
  press (fixture, "Keep");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "1 of 10 decided"));
  g_assert_cmpstr (fixture->log->str, ==, "open look-sender report undo leave ");
}

/* Buttons, keys and the actions that a screen reader offers do the same. */
static void
test_inbox_routes (Fixture *fixture, gconstpointer name)
{
  GPtrArray *records = way_practice_get_records (fixture->practice);
  GtkWidget *list = find (fixture->view, GTK_TYPE_LIST_BOX, NULL);
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
          iterate ();
          press (fixture, "Report");
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
test_finish (Fixture *fixture, gconstpointer name)
{
  g_autoptr (WayPractice) other = NULL;

  press (fixture, "I have finished");
  g_assert_cmpuint (fixture->finished, ==, 1);
  g_assert_true (way_practice_is_finished (fixture->practice));
  assert_banner (fixture);
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "How it went"));
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Missed"));
  g_assert_null (find (fixture->view, GTK_TYPE_LABEL, "Held"));
  g_assert_null (find (fixture->view, GTK_TYPE_LIST_BOX, NULL));
  press (fixture, "Try again with other messages");
  g_assert_cmpuint (fixture->again, ==, 1);

  other = way_practice_new (way_practice_get_desk (fixture->practice), 4);
  way_desk_view_set_practice (WAY_DESK_VIEW (fixture->view), other);
  iterate ();
  g_assert_true (way_desk_view_get_practice (WAY_DESK_VIEW (fixture->view)) == other);
  g_assert_null (find (fixture->view, GTK_TYPE_LABEL, "How it went"));
  press (fixture, "I have finished");
  g_assert_cmpuint (fixture->finished, ==, 2);
}

static void
test_finder (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *request = way_practice_get_current (fixture->practice);
  const WayDeskRecord *patient = way_practice_find_record (fixture->practice,
                                                           g_hash_table_lookup (request->fields,
                                                                                "patient"));
  GtkWidget *search = find (fixture->view, GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_nonnull (patient);
  gtk_editable_set_text (GTK_EDITABLE (search), g_hash_table_lookup (patient->fields, "nhs"));
  g_usleep (300000);
  iterate ();
  gtk_widget_activate (
      GTK_WIDGET (find_row (fixture, g_hash_table_lookup (patient->fields, "name"))));
  iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "open", patient->id, NULL));
  press (fixture, "Date of birth");
  press (fixture, "Compare");
  press (fixture, "Compare");
  press (fixture, "This is the right record");
  g_assert_cmpstr (way_practice_get_state_value (fixture->practice, request->id), ==, patient->id);
  g_assert_true (way_practice_get_current (fixture->practice) != request);
  press (fixture, "Stop and ask somebody");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "2 of 4 decided"));
  press (fixture, "1 · Record chosen");
  press (fixture, "Take it up again");
  g_assert_true (way_practice_get_current (fixture->practice) == request);
}

static void
test_signin (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *step = way_practice_get_current (fixture->practice);
  guint n = 0;

  g_assert_false (
      gtk_widget_is_sensitive (find (fixture->view, GTK_TYPE_BUTTON, "Save the passphrase")));
  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *word = g_ptr_array_index (step->parts, i);

      if (g_hash_table_contains (word->fields, "weak") || n++ >= 4)
        continue;
      press (fixture, g_hash_table_lookup (word->fields, "text"));
      gtk_test_accessible_assert_role (find (fixture->view, GTK_TYPE_BUTTON,
                                             g_hash_table_lookup (word->fields, "text")),
                                       GTK_ACCESSIBLE_ROLE_CHECKBOX);
      if (n == 4)
        press (fixture, g_hash_table_lookup (word->fields, "text"));
    }
  press (fixture, "Save the passphrase");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, step->id), ==, "strong");
  press (fixture, "Go on");
  g_assert_true (way_practice_get_current (fixture->practice) != step);
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Save the passphrase"));
  g_assert_false (gtk_widget_is_sensitive (find (fixture->view, GTK_TYPE_BUTTON, "Go on")));
  g_assert_cmpstr (fixture->log->str, ==,
                   "add-word add-word add-word add-word remove-word save next ");
}

/* A code that is wrong is told, one that is right goes on. */
static void
test_signin_code (Fixture *fixture, gconstpointer name)
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
  iterate ();

  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (step->parts, i);
      const char *label = g_hash_table_lookup (option->fields, "label");

      press (fixture, label);
      g_assert_true ((find (fixture->view, GTK_TYPE_ENTRY, NULL) != NULL)
                     == g_hash_table_contains (option->fields, "code"));
    }
  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (step->parts, i);

      if (g_hash_table_contains (option->fields, "code"))
        press (fixture, g_hash_table_lookup (option->fields, "label"));
    }

  entry = find (fixture->view, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "12");
  press (fixture, "Enter the code");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "That is not the code that shows."));
  code = way_practice_dup_code (fixture->practice, step->id);
  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  press (fixture, "Enter the code");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, step->id), ==, "enrolled");
  g_assert_null (find (fixture->view, GTK_TYPE_ENTRY, NULL));
}

/* Folded, one thing shows at a time and there is a way back. */
static void
test_narrow (Fixture *fixture, gconstpointer name)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 720);
  for (guint i = 0; i < 20 && gtk_widget_get_width (fixture->window) > 400; i++)
    iterate ();
  iterate ();
  g_assert_cmpint (gtk_widget_get_width (fixture->view), <=, 400);

  gtk_widget_activate (gtk_widget_get_first_child (find (fixture->view, GTK_TYPE_LIST_BOX, NULL)));
  iterate ();
  g_assert_null (find (fixture->view, GTK_TYPE_LIST_BOX, NULL));
  press (fixture, "Back to the list");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LIST_BOX, NULL));
  press (fixture, "Hide");
  press (fixture, "Show");
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
test_several (Fixture *fixture, gconstpointer name)
{
  GtkWidget *mail = find (fixture->view, GTK_TYPE_TOGGLE_BUTTON, "Mail");
  GtkWidget *account = find (fixture->view, GTK_TYPE_TOGGLE_BUTTON, "Your account");

  assert_banner (fixture);
  g_assert_nonnull (mail);
  g_assert_nonnull (account);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (mail)));
  g_assert_nonnull (find_row (fixture, "First"));
  g_assert_null (find_row (fixture, "Second"));
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Refuse"));

  /* What comes where one does not look is counted in words. */
  g_assert_true (way_practice_do (fixture->practice, "report", "m1", NULL));
  iterate ();
  g_assert_cmpstr (get_text (account), ==, "Your account · 1 new");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (account), TRUE);
  iterate ();
  g_assert_cmpstr (get_text (account), ==, "Your account");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Step 1 of 2"));
  g_assert_null (find (fixture->view, GTK_TYPE_LIST_BOX, NULL));

  gtk_widget_activate_action (account, "desk.turn", "b", FALSE);
  iterate ();
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (mail)));
  g_assert_nonnull (find_row (fixture, "First"));
  gtk_widget_activate_action (mail, "desk.help", NULL);
  g_assert_cmpuint (way_practice_get_n_help (fixture->practice), ==, 1);
}

/* The desk counts the seconds, but not while another window of ours is open. */
static void
test_clock (Fixture *fixture, gconstpointer name)
{
  GtkWidget *other = gtk_window_new ();
  gint64 until;

  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "0 of 2 decided. More may come."));
  gtk_window_present (GTK_WINDOW (other));
  until = g_get_monotonic_time () + 5 * G_TIME_SPAN_SECOND / 2;
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (way_practice_get_clock (fixture->practice), ==, 0);
  gtk_window_destroy (GTK_WINDOW (other));

  while (way_practice_get_next_arrival (fixture->practice) > 0)
    g_main_context_iteration (NULL, TRUE);
  iterate ();
  g_assert_nonnull (find_row (fixture, "Second"));
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "0 of 3 decided"));
  g_assert_cmpstr (fixture->log->str, ==, "clock ");
}

/* A talk: by button and by key, back, to the end, and on to the next. */
static void
test_talk (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *talk = way_practice_get_current_in (fixture->practice, "talk");
  const WayDeskRecord *turn = way_practice_get_turn (fixture->practice, talk);
  const WayDeskRecord *reply = g_ptr_array_index (turn->parts, 0);
  const char *text = g_hash_table_lookup (reply->fields, "text");
  GtkWidget *label = find (fixture->view, GTK_TYPE_LABEL, text);
  GtkWidget *button;

  assert_banner (fixture);
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "What you know"));
  g_assert_nonnull (
      find (fixture->view, GTK_TYPE_LABEL, g_hash_table_lookup (talk->fields, "person")));
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Take back what I said"));
  button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_role (button, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "say", talk->id, reply->id));
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "You"));
  press (fixture, "Take back what I said");
  g_assert_true (way_practice_get_turn (fixture->practice, talk) == turn);
  g_assert_null (find (fixture->view, GTK_TYPE_LABEL, "You"));

  while (way_practice_get_state (fixture->practice, talk->id) == NULL)
    {
      turn = way_practice_get_turn (fixture->practice, talk);
      for (guint i = 0; i < turn->parts->len; i++)
        if (way_practice_do (fixture->practice, "say", talk->id,
                             ((WayDeskRecord *) turn->parts->pdata[i])->id))
          break;
      iterate ();
    }
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "1 of 2 talks ended"));
  press (fixture, strcmp (g_hash_table_lookup (talk->fields, "channel"), "phone") == 0
                      ? "End the call"
                      : "End the talk");
  g_assert_true (way_practice_get_current_in (fixture->practice, "talk") != talk);
  press (fixture, "End the talk");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "You broke this talk off."));
  press (fixture, "Take it up again");
  press (fixture, "I have finished");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "How it went"));
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
test_inspect (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *place = find_wrong (fixture->practice);
  const char *label = g_hash_table_lookup (place->fields, "label");
  GtkWidget *scene = find (fixture->view, g_type_from_name ("WaySceneView"), NULL);
  GtkListBoxRow *row = find_row (fixture, label);

  g_assert_nonnull (find (scene, GTK_TYPE_PICTURE, NULL));
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Mark as wrong"));
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_activate (GTK_WIDGET (row));
  iterate ();
  press (fixture, "Mark as wrong");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, place->id), ==, "marked");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "1 marked"));
  press (fixture, "Others can read it");
  g_assert_cmpstr (way_practice_get_state_value (fixture->practice, place->id), ==, "see");
  press (fixture, "Take the mark away");
  g_assert_null (way_practice_get_state (fixture->practice, place->id));

  /* In the picture: open already, so that one press marks. */
  for (GtkWidget *area = find (scene, GTK_TYPE_TOGGLE_BUTTON, NULL); area != NULL;
       area = gtk_widget_get_next_sibling (area))
    if (g_strcmp0 (gtk_widget_get_tooltip_text (area), label) == 0)
      {
        g_signal_emit_by_name (area, "clicked");
        g_assert_false (gtk_widget_get_focusable (area));
      }
  iterate ();
  g_assert_cmpstr (way_practice_get_state (fixture->practice, place->id), ==, "marked");
  gtk_widget_activate_action (GTK_WIDGET (row), "row.mark", NULL);
  iterate ();
  g_assert_null (way_practice_get_state (fixture->practice, place->id));
  g_assert_cmpstr (fixture->log->str, ==, "look mark say-why unmark mark unmark ");
}

/* A page: its words are the places, and a variant's words are its own. */
static void
test_inspect_page (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *place = find_wrong (fixture->practice);
  GtkWidget *words = find (fixture->view, GTK_TYPE_BUTTON,
                           g_hash_table_lookup (place->fields, "shows"));
  GPtrArray *records = way_practice_get_records (fixture->practice);

  g_assert_nonnull (words);
  g_signal_emit_by_name (words, "clicked");
  iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "look", place->id, NULL));
  press (fixture, "Mark as wrong");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, place->id), ==, "marked");
  press (fixture, "I have finished");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "How it went"));
  /* What is right and was not touched is not gone through. */
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *other = g_ptr_array_index (records, i);
      const char *is = g_hash_table_lookup (other->fields, "is");

      if (is != NULL)
        g_assert_true (
            (find (fixture->view, GTK_TYPE_LABEL, g_hash_table_lookup (other->fields, "label"))
             != NULL)
            == (strcmp (is, "wrong") == 0));
    }
}

/* A table with its chart: picked in either, sorted, judged and typed. */
static void
test_table (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *table = way_practice_get_current_in (fixture->practice, "table");
  GtkWidget *chart = find (fixture->view, g_type_from_name ("WayChart"), NULL);
  GtkWidget *row;

  assert_banner (fixture);
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "0 of 4 answered"));
  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  g_signal_emit_by_name (chart, "picked", 2u);
  iterate ();
  g_assert_true (way_practice_is_picked (fixture->practice, table, "unsure", "c"));
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Picked: Information"));
  press (fixture, "Show as a table");
  g_assert_null (find (fixture->view, g_type_from_name ("WayChart"), NULL));
  row = gtk_widget_get_ancestor (find (fixture->view, GTK_TYPE_LABEL, "Learning"),
                                 GTK_TYPE_TOGGLE_BUTTON);
  g_signal_emit_by_name (row, "clicked");
  iterate ();
  g_assert_cmpstr (way_practice_get_reply (fixture->practice, table, "unsure"), ==, "b");
  press (fixture, "Take back");
  g_assert_cmpstr (way_practice_get_reply (fixture->practice, table, "unsure"), ==, "c");
  g_signal_emit_by_name (gtk_widget_get_ancestor (find (fixture->view, GTK_TYPE_LABEL,
                                                        "Best guess\n(level)"),
                                                  GTK_TYPE_BUTTON),
                         "clicked");
  iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "sort", table->id, "level"));
  press (fixture, "Next question");
  press (fixture, "Next question");
  gtk_editable_set_text (GTK_EDITABLE (find (fixture->view, GTK_TYPE_ENTRY, NULL)), "many");
  press (fixture, "Give this number");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Type a number, such as 4 or 2.5."));
  gtk_editable_set_text (GTK_EDITABLE (find (fixture->view, GTK_TYPE_ENTRY, NULL)), "3");
  press (fixture, "Give this number");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "2 of 4 answered"));
  press (fixture, "I have finished");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "How it went"));
}

static void
test_table_judge (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *table = way_practice_get_current_in (fixture->practice, "table");
  GtkWidget *label = find (fixture->view, GTK_TYPE_LABEL, "Everyday: alone and safely");
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON);

  g_signal_emit_by_name (button, "clicked");
  iterate ();
  g_assert_cmpstr (way_practice_get_reply (fixture->practice, table, "now-together"), ==,
                   "everyday");
  /* Pressed again it stays. */
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  press (fixture, "Take back");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

/* A record: from the list to its banner, a screen, a result, and out again. */
static void
test_record (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *errand = way_practice_get_current_in (fixture->practice, "record");
  const char *chart = g_hash_table_lookup (errand->fields, "chart");
  const WayDeskRecord *patient = way_practice_find_record (fixture->practice, chart);
  g_autofree char *row = g_strdup_printf ("%s\nBorn %s",
                                          (char *) g_hash_table_lookup (patient->fields, "name"),
                                          (char *) g_hash_table_lookup (patient->fields, "dob"));

  assert_banner (fixture);
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "1 of 2 to do"));
  press (fixture, row);
  g_assert_true (way_practice_was_done (fixture->practice, "open", chart, NULL));
  press (fixture, "Compare");
  g_assert_true (way_practice_was_done (fixture->practice, "check", chart, "name"));
  press (fixture, "Tasks (1)");
  g_assert_null (find (fixture->view, GTK_TYPE_LABEL, "Acknowledge"));
  press (fixture, "Results (2)");
  press (fixture, "Open");
  press (fixture, "Acknowledge");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Acknowledged by you"));
  press (fixture, "Close this record");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Patients"));
  press (fixture, "This is done");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "1 of 2 decided"));
  press (fixture, "Tell the doctor and the nurse in charge now");
  press (fixture, "Take back");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "1 of 2 decided"));
  press (fixture, "I have finished");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "How it went"));
}

/* --- A shared computer, settings, and a page by keyboard ----------------------------- */

static void
test_computer (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *computer = way_practice_get_computer (fixture->practice);
  const WayDeskRecord *event;

  assert_banner (fixture);
  g_assert_nonnull (
      find (fixture->view, GTK_TYPE_LABEL, g_hash_table_lookup (computer->fields, "user")));
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Unlock the screen"));
  press (fixture, "Look at what is open");
  press (fixture, "Sign out");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Nobody is signed in."));
  g_assert_false (
      gtk_widget_is_sensitive (find (fixture->view, GTK_TYPE_BUTTON, "Write the note")));
  press (fixture, "Sign in as J. Lin");
  press (fixture, "Write the note");
  g_assert_true (way_practice_do (fixture->practice, "clock", NULL, "2"));
  iterate ();
  event = way_practice_get_current (fixture->practice);
  g_assert_nonnull (
      find (fixture->view, GTK_TYPE_LABEL, g_hash_table_lookup (event->fields, "title")));
  press (fixture,
         g_hash_table_lookup (((WayDeskRecord *) event->parts->pdata[0])->fields, "label"));
  g_assert_nonnull (way_practice_get_state (fixture->practice, event->id));
  press (fixture, way_practice_is_away (fixture->practice) ? "Come back to the computer" : "Go on");
  g_assert_true (way_practice_get_current (fixture->practice) != event);
  g_assert_true (g_str_has_prefix (fixture->log->str, "read sign-out sign-in write clock choose "));
}

static double
get_scale (Fixture *fixture)
{
  GtkWidget *label = find (fixture->view, GTK_TYPE_LABEL, "Sample: a program at work");
  PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (label));
  g_autoptr (PangoAttrIterator) iter = pango_attr_list_get_iterator (attributes);

  return ((PangoAttrFloat *) pango_attr_iterator_get (iter, PANGO_ATTR_SCALE))->value;
}

/* The sample follows each setting, and goes back with it. */
static void
test_settings (Fixture *fixture, gconstpointer name)
{
  const WayDeskRecord *goal = way_practice_get_current (fixture->practice);
  GtkWidget *keep = find (fixture->view, GTK_TYPE_BUTTON, "Keep these settings");
  GtkWidget *larger = find (fixture->view, GTK_TYPE_TOGGLE_BUTTON, "Larger");
  GtkWidget *sample = gtk_widget_get_parent (
      find (fixture->view, GTK_TYPE_LABEL, "Sample: a program at work"));

  g_assert_nonnull (
      find (fixture->view, GTK_TYPE_LABEL, g_hash_table_lookup (goal->fields, "title")));
  g_assert_false (gtk_widget_is_sensitive (keep));
  gtk_test_accessible_assert_role (larger, GTK_ACCESSIBLE_ROLE_RADIO);
  g_assert_cmpfloat (get_scale (fixture), ==, 1);
  press (fixture, "Larger");
  g_assert_cmpfloat (get_scale (fixture), ==, 1.6);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (larger)));
  press (fixture, "Dark");
  g_assert_true (gtk_widget_has_css_class (sample, "desk-sample-dark"));
  press (fixture, "Undo");
  g_assert_cmpfloat (get_scale (fixture), ==, 1);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (larger)));
  press (fixture, "Keep these settings");
  g_assert_true (way_practice_get_current (fixture->practice) != goal);
  g_assert_false (gtk_widget_has_css_class (sample, "desk-sample-dark"));
  g_assert_cmpstr (fixture->log->str, ==, "set set undo keep ");
}

/* Nobody presses a pointer here, so all of it is by keyboard, or what does as a keyboard. */
static void
test_keys (Fixture *fixture, gconstpointer name)
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
        press (fixture, label);
      else if (strcmp (kind, "window") == 0)
        press (fixture, "Close");
      else
        {
          GtkWidget *text = find (fixture->view, GTK_TYPE_LABEL, label);

          gtk_widget_activate (gtk_widget_get_ancestor (text, GTK_TYPE_CHECK_BUTTON));
          iterate ();
        }
      g_assert_true (way_practice_get_current (fixture->practice) != step);
    }
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Close"));
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

  g_test_add ("/desk-view/inbox/buttons", Fixture, "f1-inbox.xml", set_up, test_inbox, tear_down);
  g_test_add ("/desk-view/inbox/routes", Fixture, "f1-inbox.xml", set_up, test_inbox_routes,
              tear_down);
  g_test_add ("/desk-view/inbox/narrow", Fixture, "f1-inbox.xml", set_up, test_narrow, tear_down);
  g_test_add ("/desk-view/finish", Fixture, "f1-inbox.xml", set_up, test_finish, tear_down);
  g_test_add ("/desk-view/finder", Fixture, "c1-finder.xml", set_up, test_finder, tear_down);
  g_test_add ("/desk-view/computer", Fixture, "d1-walk.xml", set_up, test_computer, tear_down);
  g_test_add ("/desk-view/settings", Fixture, "d2-settings.xml", set_up, test_settings, tear_down);
  g_test_add ("/desk-view/keys", Fixture, "d2-keys.xml", set_up, test_keys, tear_down);
  g_test_add ("/desk-view/signin/passphrase", Fixture, "d3-signin.xml", set_up, test_signin,
              tear_down);
  g_test_add ("/desk-view/signin/code", Fixture, "d3-signin.xml", set_up, test_signin_code,
              tear_down);
  g_test_add ("/desk-view/several", Fixture, TWO_APPS ("3600"), set_up, test_several, tear_down);
  g_test_add ("/desk-view/clock", Fixture, TWO_APPS ("1"), set_up, test_clock, tear_down);

  g_test_add ("/desk-view/record", Fixture, "d7-result.xml", set_up, test_record, tear_down);
  g_test_add ("/desk-view/table", Fixture, "b1-chart.xml", set_up, test_table, tear_down);
  g_test_add ("/desk-view/table/judge", Fixture, "b1-need.xml", set_up, test_table_judge,
              tear_down);
  g_test_add ("/desk-view/talk", Fixture, "f2-talk.xml", set_up, test_talk, tear_down);
  g_test_add ("/desk-view/inspect/picture", Fixture, "f2-ward.xml", set_up, test_inspect,
              tear_down);
  g_test_add ("/desk-view/inspect/page", Fixture, "c2-inspect.xml", set_up, test_inspect_page,
              tear_down);

  return g_test_run ();
}
