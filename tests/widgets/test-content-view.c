/* test-content-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-content-view.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-flow-table.h"
#include "widgets/way-picture.h"

static WayPack *pack;
static char *explained;

static const WayCard *
get_card (const char *module, guint n)
{
  return g_ptr_array_index (way_pack_find_module (pack, module)->cards, n);
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

static void
explain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_free (explained);
  explained = g_variant_dup_string (parameter, NULL);
}

static GtkWidget *
make_window (GtkWidget *child)
{
  static const GActionEntry entries[] = { { "explain", explain_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *window = gtk_window_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, 1, NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return window;
}

/* Every card of every module can be shown, and none is wider than a narrow window. */
static void
test_every_card (void)
{
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n_cards = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->cards->len; j++, n_cards++)
        {
          const WayCard *card = g_ptr_array_index (module->cards, j);
          GtkWidget *view = g_object_ref_sink (way_content_view_new ());
          int minimum, natural;

          way_content_view_set_content (WAY_CONTENT_VIEW (view), card->content, pack);
          gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
          g_assert_cmpint (minimum, <=, 320);
          g_assert_cmpint (natural, >, 320);
          g_assert_finalize_object (view);
        }
    }
  g_assert_cmpuint (n_cards, >, 0);
}

static void
test_terms (void)
{
  GtkWidget *view = way_content_view_new ();
  GtkWidget *window;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GtkLabel *with_term = NULL;
  gboolean handled = FALSE;

  way_content_view_set_content (WAY_CONTENT_VIEW (view), get_card ("F1", 0)->content, pack);
  window = make_window (view);
  find_all (view, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len && with_term == NULL; i++)
    if (strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), "explain:phishing") != NULL)
      with_term = g_ptr_array_index (labels, i);
  g_assert_nonnull (with_term);
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (with_term)));
  gtk_test_accessible_assert_property (with_term, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Enter explains: phishing, email address");

  g_signal_emit_by_name (with_term, "activate-link", "explain:email%20address", &handled);
  g_assert_true (handled);
  g_assert_cmpstr (explained, ==, "email address");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (with_term), "term.explain-1", NULL));
  g_assert_cmpstr (explained, ==, "phishing");

  /* Nothing else of a pack opens anything. */
  g_clear_pointer (&explained, g_free);
  g_signal_emit_by_name (with_term, "activate-link", "https://example.org", &handled);
  g_assert_true (handled);
  g_assert_null (explained);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkEventController *
find_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        return controller; /* the widget's */
    }
  return NULL;
}

/* Enter at a text explains its first word; other keys, and Enter with Ctrl, are not its. */
static void
test_enter (void)
{
  static const struct
  {
    guint key;
    GdkModifierType state;
    const char *explained;
  } cases[] = {
    { GDK_KEY_Return, 0, "phishing" },
    { GDK_KEY_KP_Enter, 0, "phishing" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, NULL },
    { GDK_KEY_space, 0, NULL },
  };
  GtkWidget *view = way_content_view_new ();
  GtkWidget *window;
  GtkEventController *keys = NULL;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  way_content_view_set_content (WAY_CONTENT_VIEW (view), get_card ("F1", 0)->content, pack);
  window = make_window (view);
  find_all (view, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len && keys == NULL; i++)
    if (strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), "explain:phishing") != NULL)
      {
        gtk_widget_grab_focus (g_ptr_array_index (labels, i));
        keys = find_keys (g_ptr_array_index (labels, i));
      }
  g_assert_nonnull (keys);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean handled = FALSE;

      g_clear_pointer (&explained, g_free);
      g_signal_emit_by_name (keys, "key-pressed", cases[i].key, 0, cases[i].state, &handled);
      g_assert_cmpint (handled, ==, cases[i].explained != NULL);
      g_assert_cmpstr (explained, ==, cases[i].explained);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_markup_is_escaped (void)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new ();
  WayNode text = { .type = WAY_NODE_TEXT, .text = (char *) "a < b & <b>c</b>" };
  WayNode strong = { .type = WAY_NODE_STRONG, .children = children };
  g_autofree char *markup = NULL;

  g_ptr_array_add (children, &text);
  markup = way_flow_dup_markup (&strong);
  g_assert_cmpstr (markup, ==, "<b>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</b>");
}

static void
test_box_says_what_it_is (void)
{
  GtkWidget *view = g_object_ref_sink (way_content_view_new ());
  g_autoptr (GPtrArray) boxes = g_ptr_array_new ();
  gboolean has_note = FALSE;

  way_content_view_set_content (WAY_CONTENT_VIEW (view), get_card ("F1", 0)->content, pack);
  find_all (view, GTK_TYPE_BOX, boxes);
  for (guint i = 0; i < boxes->len; i++)
    if (gtk_widget_has_css_class (g_ptr_array_index (boxes, i), "note"))
      {
        has_note = TRUE;
        gtk_test_accessible_assert_property (g_ptr_array_index (boxes, i),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL, "Good to know");
      }
  g_assert_true (has_note);
  g_assert_finalize_object (view);
}

/* A key as the widget's own class answers it. */
static void
press (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint n_heard = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger)
              && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                               gtk_shortcut_get_arguments (shortcut)))
            n_heard++;
        }
    }
  g_assert_cmpuint (n_heard, ==, 1);
}

static GtkWidget *
find_one (GtkWidget *widget, GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  find_all (widget, type, found);
  g_assert_cmpuint (found->len, ==, 1);

  return g_ptr_array_index (found, 0);
}

/* An identifier in a table is not cut in two: where there is no room for it the table scrolls,
 * also by its keys, and only then the Tab key stops there. */
static void
test_table (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) item = way_pack_load_item (pack, "C1-q03", &error);
  GtkWidget *view, *window, *table, *scroll;
  GtkAdjustment *across;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  guint n_figures = 0;
  int minimum, height, taller;

  g_assert_no_error (error);
  view = way_flow_box_new (item->body, pack, NULL, NULL);
  table = find_one (view, WAY_TYPE_FLOW_TABLE);
  scroll = find_one (table, GTK_TYPE_SCROLLED_WINDOW);
  across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroll));
  gtk_test_accessible_assert_role (table, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (table, GTK_ACCESSIBLE_PROPERTY_LABEL, "Table");

  /* The bar stands below the table, not over it. */
  gtk_widget_measure (table, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 200);
  gtk_widget_measure (table, GTK_ORIENTATION_VERTICAL, 1000, &height, NULL, NULL, NULL);
  gtk_widget_measure (table, GTK_ORIENTATION_VERTICAL, 240, &taller, NULL, NULL, NULL);
  g_assert_cmpint (taller, >, height);

  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 240, 400);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_adjustment_get_page_size (across) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_get_focusable (table));
  g_assert_true (gtk_widget_grab_focus (table));
  g_assert_false (gtk_widget_child_focus (table, GTK_DIR_TAB_FORWARD));
  gtk_test_accessible_assert_property (table, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "It goes on to the side. The arrow keys scroll it.");
  find_all (table, GTK_TYPE_LABEL, labels);
  for (guint i = 0; i < labels->len; i++)
    {
      GtkLabel *label = g_ptr_array_index (labels, i);

      if (!g_str_has_prefix (gtk_label_get_text (label), "999 "))
        continue;
      n_figures++;
      g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (label)), ==, 1);
    }
  g_assert_cmpuint (n_figures, ==, 3);

  g_assert_cmpfloat (gtk_adjustment_get_value (across), ==, 0);
  press (table, GDK_KEY_Right);
  g_assert_cmpfloat (gtk_adjustment_get_value (across), >, 0);
  press (table, GDK_KEY_End);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (across),
                                  gtk_adjustment_get_upper (across)
                                      - gtk_adjustment_get_page_size (across),
                                  1);
  press (table, GDK_KEY_Home);
  g_assert_cmpfloat (gtk_adjustment_get_value (across), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));

  /* With room for all of it there is nothing to scroll. */
  view = way_flow_box_new (item->body, pack, NULL, NULL);
  table = find_one (view, WAY_TYPE_FLOW_TABLE);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (table) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_focusable (table));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_picture (void)
{
  const WayCard *card = get_card ("F1", 0);
  GtkWidget *picture = g_object_ref_sink (way_picture_new (pack, card->picture, card->alternative));
  GtkWidget *missing = g_object_ref_sink (
      way_picture_new (pack, "media/none.svg", "A locked door"));

  g_assert_true (GTK_IS_PICTURE (picture));
  gtk_test_accessible_assert_property (picture, GTK_ACCESSIBLE_PROPERTY_LABEL, card->alternative);
  g_assert_true (GTK_IS_LABEL (missing));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (missing)), ==, "A locked door");
  g_assert_finalize_object (picture);
  g_assert_finalize_object (missing);
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

  g_test_add_func ("/content-view/every-card", test_every_card);
  g_test_add_func ("/content-view/terms", test_terms);
  g_test_add_func ("/content-view/enter", test_enter);
  g_test_add_func ("/content-view/escaped", test_markup_is_escaped);
  g_test_add_func ("/content-view/box", test_box_says_what_it_is);
  g_test_add_func ("/content-view/table", test_table);
  g_test_add_func ("/content-view/picture", test_picture);

  status = g_test_run ();
  g_free (explained);
  g_assert_finalize_object (pack);

  return status;
}
