/* way-explain-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-explain-window.h"

#include "pages/way-glossary.h"

#include <glib/gi18n.h>

static gboolean
close_cb (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/**
 * way_explain_window_present:
 * @word: the word to look up; empty for all of them
 *
 * Shows what a word means, with the whole glossary one key away.
 */
void
way_explain_window_present (GtkWindow *parent, WayPack *pack, const char *word)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *glossary = way_glossary_new (pack);
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_set_margin_top (glossary, 12);
  gtk_widget_set_margin_bottom (glossary, 24);
  gtk_widget_set_margin_start (glossary, 12);
  gtk_widget_set_margin_end (glossary, 12);
  adw_clamp_set_child (ADW_CLAMP (clamp), glossary);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (window), box);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Explain a Word"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 520);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, shortcuts);
  way_glossary_look_up (WAY_GLOSSARY (glossary), word);
  gtk_window_present (GTK_WINDOW (window));
}
