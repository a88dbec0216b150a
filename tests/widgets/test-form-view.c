/* test-form-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The apps "form" and "order" of the practice desk. */

#include <adwaita.h>
#include <string.h>

#include "practice/way-practice-form.h"
#include "practice/way-practice-order.h"
#include "widgets/way-board-card.h"
#include "widgets/way-desk-view.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-form-entry.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"
#define RULES                                                                                      \
  "<rules><rule id='r' points='1'><when><did action='submit'/></when><held><p>Yes.</p></held>"     \
  "<missed><p>No.</p></missed></rule></rules></desk>"

static const char forms[] =
    "<desk xmlns='" NS "' id='s' app='form' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<form id='a' today='2026-11-22' title='Change of details' submit='_Save'>"
    "<content><p>Fill it in.</p></content>"
    "<source id='call' title='A call' from='Reception' open='1'><content><p>Spoken.</p></content>"
    "</source><source id='again' title='Ask again'><content><p>Slowly.</p></content></source>"
    "<nhs id='nhs' label='NHS number' check='1' required='1' hint='10 figures'/>"
    "<date id='born' label='Born' past='1' check='1'/>"
    "<number id='temp' label='Temperature'><unit id='c' label='°C'/><unit id='f' label='°F'/>"
    "</number>"
    "<choice id='where' label='Where'><option id='ward' label='On the ward'/>"
    "<option id='home' label='At home'/></choice>"
    "<choice id='how' look='list' label='How'><option id='post' label='By post'/>"
    "<option id='mail' label='By email'/></choice>"
    "<code id='lang' label='Language'><entry id='pol' label='Polish' also='Polski'/>"
    "<entry id='por' label='Portuguese'/></code>"
    "<text id='what' label='What happened' lines='3'/></form>"
    "<form id='b' title='Second' final='1'><text id='what' label='What'/></form>"
    "</records>" RULES;

static const char board[] =
    "<desk xmlns='" NS "' id='s' app='order' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<board id='board' title='Plan'><slot id='now' title='Now' room='3'/>"
    "<slot id='soon' title='Soon'/></board>"
    "<card id='a' title='Alder'/><card id='b' title='Birch'/><card id='c' title='Cedar'/>"
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
set_up (Fixture *fixture, gconstpointer xml)
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
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 900);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  iterate ();
}

static void
tear_down (Fixture *fixture, gconstpointer xml)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  iterate ();
  g_assert_finalize_object (fixture->practice);
}

static const char *
get_text (GtkWidget *widget)
{
  GtkWidget *child = widget;

  if (GTK_IS_BUTTON (widget))
    child = gtk_button_get_child (GTK_BUTTON (widget));
  else if (GTK_IS_CHECK_BUTTON (widget))
    child = gtk_check_button_get_child (GTK_CHECK_BUTTON (widget));

  return GTK_IS_LABEL (child) ? gtk_label_get_text (GTK_LABEL (child)) : NULL;
}

/* The nth of its kind that shows, whose words are these. */
static GtkWidget *
find_nth (GtkWidget *widget, GType type, const char *text, guint *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget)
      && (text == NULL || g_strcmp0 (get_text (widget), text) == 0) && (*n)-- == 0)
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
find (GtkWidget *widget, GType type, const char *text)
{
  guint n = 0;

  return find_nth (widget, type, text, &n);
}

static GtkWidget *
find_entry (Fixture *fixture, guint n)
{
  return find_nth (fixture->view, WAY_TYPE_FORM_ENTRY, NULL, &n);
}

static void
press (GtkWidget *within, const char *text)
{
  GtkWidget *button = find (within, GTK_TYPE_BUTTON, text);

  if (button == NULL)
    g_error ("There is no button “%s”", text);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  iterate ();
}

/* Types and goes on, as the Tab key does. */
static void
type (Fixture *fixture, guint n, const char *text)
{
  GtkWidget *entry = find (find_entry (fixture, n), GTK_TYPE_EDITABLE, NULL);

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  iterate ();
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  iterate ();
}

static void
assert_held (Fixture *fixture, const char *entry, const char *value)
{
  g_assert_cmpstr (way_practice_get_entry (fixture->practice, "a", entry), ==, value);
}

static void
test_form (Fixture *fixture, gconstpointer xml)
{
  GtkWidget *found;
  GtkWidget *text;

  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Practice, not a real record"));
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Spoken."));
  g_assert_null (find (fixture->view, GTK_TYPE_LABEL, "Slowly."));
  press (fixture->view, "Ask again");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Slowly."));
  g_assert_true (way_practice_was_done (fixture->practice, "open", "a", "again"));

  type (fixture, 0, "999 158 8132");
  assert_held (fixture, "nhs", "9991588132");
  type (fixture, 1, "4 March 1961");
  assert_held (fixture, "born", "1961-03-04");
  g_assert_cmpstr (gtk_editable_get_text (
                       GTK_EDITABLE (find (find_entry (fixture, 1), GTK_TYPE_EDITABLE, NULL))),
                   ==, "04/03/1961");
  type (fixture, 2, "38,2");
  assert_held (fixture, "temp", "38.2");
  gtk_widget_activate (find (find_entry (fixture, 2), GTK_TYPE_CHECK_BUTTON, "°C"));
  iterate ();
  assert_held (fixture, "temp", "38.2 c");
  gtk_test_accessible_assert_role (find (fixture->view, GTK_TYPE_CHECK_BUTTON, "At home"),
                                   GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_widget_activate (find (fixture->view, GTK_TYPE_CHECK_BUTTON, "At home"));
  iterate ();
  assert_held (fixture, "where", "home");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (fixture->view, GTK_TYPE_DROP_DOWN, NULL)), 2);
  iterate ();
  assert_held (fixture, "how", "mail");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (fixture->view, GTK_TYPE_DROP_DOWN, NULL)), 0);
  iterate ();
  assert_held (fixture, "how", NULL);

  found = find (fixture->view, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (found), "polsk");
  g_signal_emit_by_name (found, "search-changed");
  iterate ();
  gtk_widget_activate (find (fixture->view, GTK_TYPE_LIST_BOX_ROW, NULL));
  iterate ();
  assert_held (fixture, "lang", "pol");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Polish"));
  press (find_entry (fixture, 5), "Change");
  assert_held (fixture, "lang", NULL);

  /* What is typed in several lines counts when the form is sent, if not before. */
  text = find (fixture->view, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), " A call came. ", -1);
  press (fixture->view, "Save");
  assert_held (fixture, "what", "A call came.");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, "a"), ==, "submitted");
}

/* A form that checks says beside the entry what is wrong, and is sent once it is right. */
static void
test_form_checks (Fixture *fixture, gconstpointer xml)
{
  static const char *const wrong = "No NHS number has these figures in this order. One may be "
                                   "wrong, or 2 may have changed places.";
  WayFormEntry *entry = WAY_FORM_ENTRY (find_entry (fixture, 0));

  g_assert_false (way_form_entry_is_amiss (entry));
  press (fixture->view, "Save");
  g_assert_true (way_form_entry_is_amiss (entry));
  g_assert_nonnull (
      find (GTK_WIDGET (entry), GTK_TYPE_LABEL, "This is needed before the form can be sent."));
  g_assert_true (
      gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_WIDGET (entry)));
  type (fixture, 0, "999 158 8123");
  g_assert_nonnull (find (GTK_WIDGET (entry), GTK_TYPE_LABEL, wrong));
  type (fixture, 1, "23/11/2026");
  g_assert_nonnull (find (find_entry (fixture, 1), GTK_TYPE_LABEL, "That date is in the future."));
  type (fixture, 0, "999 158 8132");
  g_assert_false (way_form_entry_is_amiss (entry));
  type (fixture, 1, "");
  press (fixture->view, "Save");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, "a"), ==, "submitted");
}

static void
test_form_several (Fixture *fixture, gconstpointer xml)
{
  g_autofree char *deed = NULL;

  type (fixture, 0, "999 158 8132");
  press (fixture->view, "2");
  g_assert_cmpstr (way_practice_get_current (fixture->practice)->id, ==, "b");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Second"));
  type (fixture, 0, "A word");
  press (fixture->view, "Send");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Change of details"));
  press (fixture->view, "2 · Sent");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Sent. It cannot be called back."));
  g_assert_null (find (fixture->view, GTK_TYPE_BUTTON, "Change it"));
  press (fixture->view, "1");
  press (fixture->view, "Save");
  press (fixture->view, "1 · Sent");
  press (fixture->view, "Change it");
  g_assert_null (way_practice_get_state (fixture->practice, "a"));
  deed = way_desk_describe_action (fixture->practice, "set", "a", "nhs=9991588132");
  g_assert_cmpstr (deed, ==, "NHS number: “999 158 8132”.");
  g_clear_pointer (&deed, g_free);
  deed = way_desk_describe_action (fixture->practice, "open", "a", "again");
  g_assert_cmpstr (deed, ==, "You opened “Ask again”.");
}

/* Narrow, what one has and the form show one at a time. */
static void
test_form_narrow (Fixture *fixture, gconstpointer xml)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 720);
  for (guint i = 0; i < 20 && gtk_widget_get_width (fixture->window) > 400; i++)
    iterate ();
  g_assert_cmpint (gtk_widget_get_width (fixture->view), <=, 400);
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Spoken."));
  press (fixture->view, "Go to the form");
  g_assert_null (find (fixture->view, GTK_TYPE_LABEL, "Spoken."));
  type (fixture, 0, "999 158 8132");
  assert_held (fixture, "nhs", "9991588132");
  press (fixture->view, "Back to what you have");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "Spoken."));
}

static GtkWidget *
find_card (Fixture *fixture, const char *title)
{
  return gtk_widget_get_ancestor (find (fixture->view, GTK_TYPE_LABEL, title), WAY_TYPE_BOARD_CARD);
}

static void
put (Fixture *fixture, const char *card, const char *slot)
{
  GtkWidget *button = find (find_card (fixture, card), GTK_TYPE_MENU_BUTTON, NULL);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  iterate ();
  press (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), slot);
}

static void
assert_placed (Fixture *fixture, const char *slot, const char *wanted)
{
  g_auto (GStrv) cards = way_practice_dup_placed (fixture->practice, slot);
  g_autofree char *text = g_strjoinv (" ", cards);

  g_assert_cmpstr (text, ==, wanted);
}

/* The button with the arrow, whose label is an icon. */
static void
press_icon (Fixture *fixture, const char *card, const char *icon)
{
  GtkWidget *button = NULL;

  for (guint n = 0; button == NULL; n++)
    {
      guint at = n;
      GtkWidget *other = find_nth (find_card (fixture, card), GTK_TYPE_BUTTON, NULL, &at);

      g_assert_nonnull (other);
      if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (other)), icon) == 0)
        button = other;
    }
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  iterate ();
}

/* The menu of a card is filled as it opens, and begins with the first place that has room. */
static void
test_board_menu (Fixture *fixture, gconstpointer xml)
{
  GtkWidget *button = find (find_card (fixture, "Alder"), GTK_TYPE_MENU_BUTTON, NULL);
  GtkWidget *menu = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  GtkWidget *focus;

  gtk_widget_grab_focus (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  iterate ();
  focus = gtk_root_get_focus (gtk_widget_get_root (menu));
  g_assert_nonnull (focus);
  g_assert_true (focus == find (menu, GTK_TYPE_BUTTON, "Now"));
  gtk_popover_popdown (GTK_POPOVER (menu));
}

static void
test_board (Fixture *fixture, gconstpointer xml)
{
  GtkWidget *alder = find_card (fixture, "Alder");
  g_autofree char *deed = NULL;

  gtk_test_accessible_assert_role (alder, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_assert_false (
      gtk_widget_is_sensitive (find (fixture->view, GTK_TYPE_BUTTON, "Use this order")));
  put (fixture, "Alder", "Now");
  put (fixture, "Birch", "Now");
  put (fixture, "Cedar", "Soon");
  g_assert_nonnull (find (fixture->view, GTK_TYPE_LABEL, "All cards are placed."));
  assert_placed (fixture, "now", "a b");
  g_assert_true (find_card (fixture, "Alder") == alder);
  press_icon (fixture, "Birch", "go-up-symbolic");
  assert_placed (fixture, "now", "b a");
  press_icon (fixture, "Alder", "list-remove-symbolic");
  assert_placed (fixture, "now", "b");
  press (fixture->view, "Undo");
  assert_placed (fixture, "now", "b a");
  g_assert_true (gtk_widget_get_prev_sibling (find_card (fixture, "Alder"))
                 == find_card (fixture, "Birch"));
  press (fixture->view, "Use this order");
  g_assert_cmpstr (way_practice_get_state (fixture->practice, "board"), ==, "submitted");
  g_assert_null (find (find_card (fixture, "Alder"), GTK_TYPE_MENU_BUTTON, NULL));
  press (fixture->view, "Undo");
  g_assert_nonnull (find (find_card (fixture, "Alder"), GTK_TYPE_MENU_BUTTON, NULL));
  deed = way_desk_describe_action (fixture->practice, "place", "a", "soon 1");
  g_assert_cmpstr (deed, ==, "You put it into “Soon”.");
}

/* The keys of a card do what its buttons do, and the focus stays with it. */
static void
test_board_keys (Fixture *fixture, gconstpointer xml)
{
  GtkWidget *card = find_card (fixture, "Birch");
  GListModel *controllers;
  GtkEventController *keys = NULL;
  gboolean is_handled = FALSE;

  put (fixture, "Alder", "Now");
  put (fixture, "Birch", "Now");
  gtk_widget_grab_focus (card);
  controllers = gtk_widget_observe_controllers (card);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        keys = controller;
    }
  g_object_unref (controllers);

  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Up, 0, GDK_ALT_MASK, &is_handled);
  iterate ();
  g_assert_true (is_handled);
  assert_placed (fixture, "now", "b a");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == card);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Down, 0, GDK_ALT_MASK, &is_handled);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Down, 0, GDK_ALT_MASK, &is_handled);
  iterate ();
  assert_placed (fixture, "soon", "b");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == card);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Delete, 0, 0, &is_handled);
  iterate ();
  assert_placed (fixture, "soon", "");
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Delete, GDK_KEY_a, GDK_CONTROL_MASK,
                         &is_handled);
  g_assert_false (is_handled);
}

/* What is dropped on a card takes its place, on a list it comes last. */
static void
test_board_drop (Fixture *fixture, gconstpointer xml)
{
  static const struct
  {
    const char *on;
    const char *dropped;
    const char *now;
  } steps[] = {
    { NULL, "a", "a" },
    { "Alder", "b", "b a" },
    { "Alder", "c", "b c a" },
  };
  GtkWidget *list = gtk_widget_get_parent (
      find (fixture->view, GTK_TYPE_LABEL, "Nothing here yet."));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *on = steps[i].on != NULL ? find_card (fixture, steps[i].on) : list;
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (on);
      g_auto (GValue) value = G_VALUE_INIT;
      gboolean is_taken = FALSE;

      g_value_init (&value, G_TYPE_STRING);
      g_value_set_string (&value, steps[i].dropped);
      for (guint j = 0; j < g_list_model_get_n_items (controllers); j++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, j);

          if (GTK_IS_DROP_TARGET (controller))
            g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &is_taken);
        }
      iterate ();
      g_assert_true (is_taken);
      assert_placed (fixture, "now", steps[i].now);
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

  g_test_add ("/form-view/kinds", Fixture, forms, set_up, test_form, tear_down);
  g_test_add ("/form-view/checks", Fixture, forms, set_up, test_form_checks, tear_down);
  g_test_add ("/form-view/several", Fixture, forms, set_up, test_form_several, tear_down);
  g_test_add ("/form-view/narrow", Fixture, forms, set_up, test_form_narrow, tear_down);
  g_test_add ("/board-view/buttons", Fixture, board, set_up, test_board, tear_down);
  g_test_add ("/board-view/menu", Fixture, board, set_up, test_board_menu, tear_down);
  g_test_add ("/board-view/keys", Fixture, board, set_up, test_board_keys, tear_down);
  g_test_add ("/board-view/drop", Fixture, board, set_up, test_board_drop, tear_down);

  return g_test_run ();
}
