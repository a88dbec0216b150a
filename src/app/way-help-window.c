/* way-help-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-help-window.h"

#include "pages/help/way-help-page.h"

#include <glib/gi18n.h>

static gboolean
close_cb (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/**
 * way_help_window_present:
 *
 * Shows Get help in a window of its own, so that nobody has to leave what they are doing.
 */
void
way_help_window_present (GtkWindow *parent, WaySession *session)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = way_help_page_new (session);
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Get Help"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 640);
  /* Its buttons ask the same window as those of the page in the sidebar. */
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (window, shortcuts);
  gtk_window_present (GTK_WINDOW (window));
}
