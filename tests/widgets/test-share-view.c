/* test-share-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The apps "share" and "files" of the practice desk. */

#include <adwaita.h>
#include <string.h>

#include "practice/way-practice-files.h"
#include "practice/way-practice-share.h"
#include "widgets/way-desk-view.h"
#include "widgets/way-desk-words.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"
#define RULES                                                                                      \
  "<rules><rule id='r' points='1'><when><did action='undo'/></when><held><p>Yes.</p></held>"       \
  "<missed><p>No.</p></missed></rule></rules></desk>"

static const char shares[] =
    "<desk xmlns='" NS "' id='s' app='share' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<share id='a' title='A letter' lines='to cc bcc'><content><p>Words.</p></content>"
    "<subject id='clear'>Dose</subject><subject id='vague'>Hello</subject>"
    "<detail id='dose'>Dose of today</detail><detail id='home'>Home address</detail>"
    "<route id='mail'>Secure email</route><start who='mail' as='chosen'/></share>"
    "<share id='b' title='A folder' lines='view edit'><start who='all' as='edit'/></share>"
    "<person id='sam' name='Sam Patel' address='sam@yourtrust.nhs.uk' team='Pharmacy'/>"
    "<person id='sam2' name='Sam Patel' address='sam2@yourtrust.nhs.uk' team='Estates'/>"
    "<person id='all' name='Everybody' size='40'/></records>" RULES;

static const char files[] =
    "<desk xmlns='" NS "' id='s' app='files' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<job id='j' title='The plan of May'/><job id='k' title='The list'/>"
    "<folder id='home' name='Home'/><folder id='old' in='home' name='Old'/>"
    "<file id='plan' in='home' name='plan.txt' changed='2 May'>"
    "<version id='v2' changed='2 May'><content><p>Two.</p></content></version>"
    "<version id='v1' changed='1 May'><content><p>One.</p></content></version></file>"
    "<file id='list' in='old' name='list.txt'><content><p>Beds and lamps.</p></content></file>"
    "</records>" RULES;

typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  WayPractice *practice;
} Fixture;

static void
iterate (void)
{
  for (guint i = 0; i < 10; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
}

static void
set_up_at (Fixture *fixture, const char *xml, int width)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = way_desk_new_from_bytes (bytes, "desks/s.xml", &error);

  g_assert_no_error (error);
  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);
  fixture->practice = way_practice_new (desk, 3);
  fixture->view = way_desk_view_new ();
  way_desk_view_set_practice (WAY_DESK_VIEW (fixture->view), fixture->practice);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 900);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate ();
}

static void
set_up (Fixture *fixture, gconstpointer xml)
{
  set_up_at (fixture, xml, 1024);
}

static void
set_up_narrow (Fixture *fixture, gconstpointer xml)
{
  set_up_at (fixture, xml, 360);
}

static void
tear_down (Fixture *fixture, gconstpointer xml)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  iterate ();
  g_assert_finalize_object (fixture->practice);
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;

  return FALSE;
}

/* The nth of its kind that shows, with these words in it. */
static GtkWidget *
find_nth (GtkWidget *widget, GType type, const char *text, guint *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget)
      && (text == NULL || has_text (widget, text)) && (*n)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, text, n);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text, guint n)
{
  return find_nth (fixture->view, type, text, &n);
}

static void
press (Fixture *fixture, const char *text, guint n)
{
  GtkWidget *button = find (fixture, GTK_TYPE_BUTTON, text, n);

  if (button == NULL)
    g_error ("There is no button “%s” of number %u", text, n);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  iterate ();
}

/* One of the buttons beside a person. */
static void
press_for (Fixture *fixture, const char *person, const char *text)
{
  const WayDeskRecord *record = way_practice_find_record (fixture->practice, person);
  GtkWidget *button;

  for (guint i = 0; (button = find (fixture, GTK_TYPE_TOGGLE_BUTTON, text, i)) != NULL; i++)
    if (g_object_get_data (G_OBJECT (button), "desk-person") == record)
      break;
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  iterate ();
}

static void
tick (Fixture *fixture, const char *text)
{
  GtkWidget *check = find (fixture, GTK_TYPE_CHECK_BUTTON, text, 0);

  g_assert_nonnull (check);
  gtk_widget_activate (check);
  iterate ();
}

static void
assert_line (Fixture *fixture, const char *share, const char *person, const char *line)
{
  g_assert_cmpstr (way_practice_get_line (fixture->practice,
                                          way_practice_find_record (fixture->practice, share),
                                          person),
                   ==, line);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return find (fixture, GTK_TYPE_LABEL, text, 0) != NULL;
}

static void
test_share (Fixture *fixture, gconstpointer xml)
{
  const WayDeskRecord *share = way_practice_find_record (fixture->practice, "a");
  GtkWidget *send = find (fixture, GTK_TYPE_BUTTON, "Send", 0);
  GtkWidget *search = find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL, 0);

  g_assert_true (shows (fixture, "Nobody is chosen yet."));
  g_assert_false (gtk_widget_is_sensitive (send));
  g_assert_false (shows (fixture, "Team: Estates"));
  press_for (fixture, "sam2", "Card");
  g_assert_true (shows (fixture, "Team: Estates"));
  g_assert_true (way_practice_was_done (fixture->practice, "look", "a", "sam2"));
  press_for (fixture, "sam2", "To");
  assert_line (fixture, "a", "sam2", "to");
  assert_line (fixture, "a", "sam", NULL);
  press_for (fixture, "sam2", "Cc");
  assert_line (fixture, "a", "sam2", "cc");
  press_for (fixture, "sam2", "Cc"); /* again takes it out */
  assert_line (fixture, "a", "sam2", NULL);
  press (fixture, "Undo", 0);
  assert_line (fixture, "a", "sam2", "cc");
  g_assert_true (shows (fixture, "No subject is chosen yet."));
  tick (fixture, "Dose");
  g_assert_cmpstr (way_practice_get_pick (fixture->practice, share, "subject"), ==, "clear");
  tick (fixture, "Home address");
  g_assert_true (way_practice_is_included (fixture->practice, share, "home"));
  tick (fixture, "Home address");
  g_assert_false (way_practice_is_included (fixture->practice, share, "home"));
  press (fixture, "Sam Patel", 0); /* the chip */
  assert_line (fixture, "a", "sam2", NULL);
  g_assert_false (gtk_widget_is_sensitive (send));

  gtk_editable_set_text (GTK_EDITABLE (search), "pharm");
  iterate ();
  while (!shows (fixture, "1 name found"))
    g_main_context_iteration (NULL, TRUE);
  press_for (fixture, "sam", "To");
  assert_line (fixture, "a", "sam", "to");
  g_assert_true (gtk_widget_is_sensitive (send));
  g_signal_emit_by_name (send, "clicked");
  iterate ();
  g_assert_cmpstr (way_practice_get_state (fixture->practice, "a"), ==, "sent");

  /* The next one: a right that is too wide. */
  g_assert_true (shows (fixture, "Can change"));
  g_assert_true (shows (fixture, "40 people get this."));
  press_for (fixture, "all", "Can read");
  assert_line (fixture, "b", "all", "view");
  press (fixture, "Save who can open it", 0);
  g_assert_cmpstr (way_practice_get_state (fixture->practice, "b"), ==, "sent");
}

static void
test_share_narrow (Fixture *fixture, gconstpointer xml)
{
  g_assert_null (find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL, 0));
  press (fixture, "Choose people", 0);
  g_assert_nonnull (find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL, 0));
  press_for (fixture, "all", "Bcc");
  assert_line (fixture, "a", "all", "bcc");
  press (fixture, "Back to the message", 0);
  g_assert_true (shows (fixture, "Everybody (40 people)"));
}

static GtkWidget *
find_row (Fixture *fixture, const char *text)
{
  return find (fixture, GTK_TYPE_LIST_BOX_ROW, text, 0);
}

static void
activate_row (Fixture *fixture, const char *text)
{
  GtkWidget *row = find_row (fixture, text);

  if (row == NULL)
    g_error ("There is no row “%s”", text);
  gtk_widget_activate (row);
  iterate ();
}

static void
test_files (Fixture *fixture, gconstpointer xml)
{
  const WayDeskRecord *plan = way_practice_find_record (fixture->practice, "plan");
  GtkWidget *search = find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL, 0);
  GtkWidget *name;

  g_assert_true (shows (fixture, "The plan of May"));
  g_assert_true (shows (fixture, "Home: 1 file"));
  g_assert_null (find_row (fixture, "list.txt"));
  activate_row (fixture, "plan.txt");
  g_assert_true (way_practice_was_done (fixture->practice, "open", "plan", NULL));
  g_assert_true (shows (fixture, "Two."));
  press (fixture, "Look", 1);
  g_assert_true (shows (fixture, "One."));
  g_assert_cmpstr (way_practice_get_version (fixture->practice, plan)->id, ==, "v2");
  press (fixture, "Bring back", 1);
  g_assert_cmpstr (way_practice_get_version (fixture->practice, plan)->id, ==, "v1");
  press (fixture, "Mark as final", 0);
  g_assert_true (way_practice_is_final (fixture->practice, plan));
  press (fixture, "Old", 0);
  g_assert_cmpstr (way_practice_get_folder (fixture->practice, plan), ==, "old");
  g_assert_true (shows (fixture, "Home: 0 files"));
  press (fixture, "Undo", 0);
  g_assert_true (shows (fixture, "Home: 1 file"));

  name = find (fixture, GTK_TYPE_ENTRY, NULL, 0); /* of a new folder */
  gtk_editable_set_text (GTK_EDITABLE (name), "2026");
  press (fixture, "New folder here", 0);
  g_assert_nonnull (find_row (fixture, "2026"));
  name = find (fixture, GTK_TYPE_ENTRY, NULL, 1); /* of the file */
  g_assert_false (gtk_widget_is_sensitive (find (fixture, GTK_TYPE_BUTTON, "Rename", 0)));
  gtk_editable_set_text (GTK_EDITABLE (name), "May plan.txt");
  press (fixture, "Rename", 0);
  g_assert_nonnull (find_row (fixture, "May plan.txt"));

  /* By a word inside the file. */
  gtk_editable_set_text (GTK_EDITABLE (search), "lamps");
  g_signal_emit_by_name (search, "activate");
  iterate ();
  g_assert_true (way_practice_was_done (fixture->practice, "search", "home", "lamps"));
  activate_row (fixture, "list.txt");
  press (fixture, "This is the one", 0);
  g_assert_cmpstr (way_practice_get_state_value (fixture->practice, "j"), ==, "list");
  g_assert_true (shows (fixture, "The list"));
}

static void
test_files_narrow (Fixture *fixture, gconstpointer xml)
{
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "This is the one", 0));
  activate_row (fixture, "plan.txt");
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "This is the one", 0));
  press (fixture, "Back to the list", 0);
  activate_row (fixture, "Old");
  g_assert_nonnull (find_row (fixture, "list.txt"));
}

/* The debrief has a sentence for each thing that was done. */
static void
test_sentences (void)
{
  static const struct
  {
    const char *xml;
    const char *action;
    const char *target;
    const char *value;
    const char *text;
  } cases[] = {
    { shares, "put", "a", "bcc=all", "You put Everybody (40 people) into Bcc." },
    { shares, "take-out", "a", "sam", "You took Sam Patel out." },
    { shares, "look", "a", "sam", "You looked at the card of Sam Patel." },
    { shares, "include", "a", "home", "You added “Home address”." },
    { shares, "exclude", "a", "home", "You left out “Home address”." },
    { shares, "choose-subject", "a", "vague", "You chose the subject “Hello”." },
    { shares, "choose-route", "a", "mail", "You chose this way: Secure email" },
    { shares, "send", "a", NULL, "You sent it." },
    { shares, "send", "b", NULL, "You saved it." },
    { shares, "undo", "a", NULL, "You took that back." },
    { files, "open", "plan", NULL, "You opened “plan.txt”." },
    { files, "search", "home", "lamp", "You searched for “lamp”." },
    { files, "move", "plan", "bin", "You moved “plan.txt” to Bin." },
    { files, "rename", "plan", "May", "You called “plan.txt” “May”." },
    { files, "mark-final", "plan", NULL, "You marked “plan.txt” as final." },
    { files, "make-folder", "home", "2026", "You made the folder “2026”." },
    { files, "pick", "j", "list", "You handed over “list.txt”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].xml, strlen (cases[i].xml));
      g_autoptr (WayDesk) desk = way_desk_new_from_bytes (bytes, "desks/s.xml", NULL);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 3);
      g_autofree char *text = way_desk_describe_action (practice, cases[i].action, cases[i].target,
                                                        cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
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

  g_test_add ("/share-view/buttons", Fixture, shares, set_up, test_share, tear_down);
  g_test_add ("/share-view/narrow", Fixture, shares, set_up_narrow, test_share_narrow, tear_down);
  g_test_add ("/files-view/buttons", Fixture, files, set_up, test_files, tear_down);
  g_test_add ("/files-view/narrow", Fixture, files, set_up_narrow, test_files_narrow, tear_down);
  g_test_add_func ("/share-view/sentences", test_sentences);

  return g_test_run ();
}
