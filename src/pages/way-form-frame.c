/* way-form-frame.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-form-frame.h"

#include <glib/gi18n.h>

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                GtkWidget *primary)
{
  if ((modifiers & GDK_CONTROL_MASK) == 0
      || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (primary, "clicked");
  return GDK_EVENT_STOP;
}

static GtkWidget *
create_head (GtkWidget *primary)
{
  GtkWidget *head = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (head), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (head), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (head), cancel);
  gtk_widget_add_css_class (primary, "suggested-action");
  gtk_widget_set_tooltip_text (primary, _ ("Ctrl+Enter"));
  adw_header_bar_pack_end (ADW_HEADER_BAR (head), primary);
  return head;
}

/**
 * way_form_frame_set_up:
 * @form: what scrolls below the head
 * @primary: the button that ends it
 * @done: called with @window when @primary or Ctrl+Enter is pressed, also while @primary is
 *   insensitive
 *
 * Makes a modal window of it, with a button that cancels.
 *
 * Returns: (transfer none): what the form scrolls in
 */
GtkScrolledWindow *
way_form_frame_set_up (AdwWindow *window, GtkBox *form, GtkWidget *primary, GCallback done)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (window), 340, 294);
  g_object_set (form, "margin-top", 18, "margin-bottom", 24, "margin-start", 18, "margin-end", 18,
                NULL);
  g_signal_connect_swapped (primary, "clicked", done, window);
  gtk_box_append (GTK_BOX (column), create_head (primary));
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (form));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (column), scroller);
  adw_window_set_content (window, column);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), primary);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  return GTK_SCROLLED_WINDOW (scroller);
}
