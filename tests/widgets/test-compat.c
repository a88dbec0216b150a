/* test-compat.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-compat.h"
#include "widgets/way-step-dots.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-toast.h"
#include "widgets/way-wrap-box.h"

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_describe (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new_with_label ("Send"));

  way_compat_describe (button, "Goes to your champion.");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Goes to your champion.");
  way_compat_announce (button, "Sent");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Sent");
  /* What is new waits until the announcement is over. */
  way_compat_describe (button, "Is sent.");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Sent");
  g_assert_finalize_object (button);
}

/* What has the focus in an entry is a part of which no reader knows. */
static void
test_announce_in_entry (void)
{
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());

  way_compat_announce (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry))), "Sent");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Sent");
  g_assert_finalize_object (entry);
}

static void
test_announcement_ends (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new_with_label ("Send"));
  gint64 end = g_get_monotonic_time () + 6 * G_USEC_PER_SEC;
  char *amiss = NULL;

  way_compat_describe (button, "Goes to your champion.");
  way_compat_announce (button, "Sent");
  do
    {
      g_free (amiss);
      g_main_context_iteration (NULL, TRUE);
      amiss = gtk_test_accessible_check_property (GTK_ACCESSIBLE (button),
                                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                                  "Goes to your champion.");
    }
  while (amiss != NULL && g_get_monotonic_time () < end);
  g_assert_null (amiss);
  g_assert_finalize_object (button);
}

static void
test_name_inner_button (void)
{
  const char *names[] = { "Start", "Everyday", NULL };
  GtkWidget *drop_down = g_object_ref_sink (gtk_drop_down_new_from_strings (names));

  way_compat_name (drop_down, "Level: Start");
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (drop_down),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Level: Start");
  g_assert_finalize_object (drop_down);
}

static void
test_action (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new ());

  way_compat_set_action (button, "win.go::learn");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.go");
  g_assert_cmpstr (
      g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)), NULL),
      ==, "learn");
  way_compat_set_action (button, NULL);
  g_assert_null (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)));
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_finalize_object (button);
}

static GtkLabel *
find_label (GtkWidget *widget, const char *text)
{
  GtkLabel *label = NULL;

  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && label == NULL;
       child = gtk_widget_get_next_sibling (child))
    label = find_label (child, text);
  return label;
}

/* Attack 33: what a server says is read as it is, and makes no markup. */
static void
test_toast (void)
{
  static const char *const texts[] = { "a < b & <b>c</b>", "</span>", "Spot & Report", "&lt;" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *overlay = adw_toast_overlay_new ();

      gtk_window_set_child (GTK_WINDOW (window), overlay);
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), way_toast_new (texts[i], overlay));
      g_assert_nonnull (find_label (overlay, texts[i]));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Beside Undo, in the narrowest window, a sentence is read to its end. */
static void
test_toast_narrow (void)
{
  const char *const text = "Saved here. It goes to everybody with the next sync.";
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  AdwToast *toast;
  PangoRectangle extents;
  PangoLayout *layout;
  GtkLabel *label;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), gtk_label_new ("Page"));
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (overlay) == 0)
    g_main_context_iteration (NULL, TRUE);
  toast = way_toast_new (text, overlay);
  adw_toast_set_button_label (toast, "Undo");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  label = find_label (overlay, text);
  g_assert_nonnull (label);
  while (gtk_widget_get_width (GTK_WIDGET (label)) == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (gtk_widget_get_width (window), <=, 360);
  layout = gtk_label_get_layout (label);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  g_assert_cmpint (extents.width, <=, gtk_widget_get_width (GTK_WIDGET (label)));
  g_assert_cmpint (extents.height, <=, gtk_widget_get_height (GTK_WIDGET (label)));
  g_assert_false (pango_layout_is_ellipsized (layout));
  g_assert_cmpint (pango_layout_get_line_count (layout), >, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  iterate ();
}

static void
test_tab_stop (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *last = gtk_button_new_with_label ("After");

  for (guint i = 0; i < 4; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), gtk_button_new_with_label ("Row"));
  gtk_box_append (GTK_BOX (box), way_tab_stop_new (list));
  gtk_box_append (GTK_BOX (box), last);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  iterate ();

  gtk_widget_grab_focus (gtk_widget_get_first_child (list));
  gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == last);
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), list));
  gtk_window_destroy (GTK_WINDOW (window));
  iterate ();
}

static void
test_wrap (void)
{
  GtkWidget *box = g_object_ref_sink (way_wrap_box_new (10, 5));
  GtkWidget *children[4];
  int minimum, natural, height;

  for (guint i = 0; i < 4; i++)
    {
      children[i] = gtk_drawing_area_new ();
      gtk_widget_set_size_request (children[i], 50, 20);
      if (i == 2)
        way_wrap_box_append_glued (WAY_WRAP_BOX (box), children[i]);
      else
        way_wrap_box_append (WAY_WRAP_BOX (box), children[i]);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 220);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 220, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 20);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 219, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 45);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 100, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 70);
  g_assert_finalize_object (box);
}

static void
test_step_dots (void)
{
  const char *names[] = { "Why", "Card", "Check", NULL };
  GtkWidget *dots = g_object_ref_sink (way_step_dots_new ());

  way_step_dots_set_names (WAY_STEP_DOTS (dots), names);
  way_step_dots_set_done (WAY_STEP_DOTS (dots), 0, TRUE);
  way_step_dots_set_current (WAY_STEP_DOTS (dots), 1);
  gtk_test_accessible_assert_role (dots, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (dots, GTK_ACCESSIBLE_PROPERTY_LABEL, "Step 2 of 3: Card");
  g_assert_finalize_object (dots);
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

  g_test_add_func ("/compat/describe", test_describe);
  g_test_add_func ("/compat/announce-in-entry", test_announce_in_entry);
  g_test_add_func ("/compat/announcement-ends", test_announcement_ends);
  g_test_add_func ("/compat/name/inner-button", test_name_inner_button);
  g_test_add_func ("/compat/action", test_action);
  g_test_add_func ("/toast/33-as-it-is", test_toast);
  g_test_add_func ("/widgets/compat/toast-narrow", test_toast_narrow);
  g_test_add_func ("/tab-stop/one", test_tab_stop);
  g_test_add_func ("/wrap-box/lines", test_wrap);
  g_test_add_func ("/step-dots/label", test_step_dots);

  return g_test_run ();
}
