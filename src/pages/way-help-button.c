/* way-help-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-help-button.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The one Help button of focus mode: always in the same place, always the same menu. */
struct _WayHelpButton
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (WayHelpButton, way_help_button, ADW_TYPE_BIN)

static void
way_help_button_class_init (WayHelpButtonClass *klass)
{
}

static void
way_help_button_init (WayHelpButton *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) reading = g_menu_new ();
  g_autoptr (GMenu) people = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (reading, _ ("_Explain a Word"), "win.glossary");
  g_menu_append (reading, _ ("_Bigger Text"), "win.bigger-text");
  g_menu_append (reading, _ ("S_maller Text"), "win.smaller-text");
  g_menu_append (reading, _ ("_Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (reading, _ ("Write a _Note"), "win.note");
  g_menu_append (people, _ ("_Ask My Champion"), "win.ask-help");
  g_menu_append (people, _ ("_Tell the Trust"), "win.tell");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (people));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Help"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  way_compat_name (button, _ ("Help"));
  adw_bin_set_child (ADW_BIN (self), button);
}
