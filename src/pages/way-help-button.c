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

/* The menu is made when it is first opened: most pages come and go without it. */
static void
open_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = NULL;
  g_autoptr (GMenu) reading = NULL;
  g_autoptr (GMenu) people = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  menu = g_menu_new ();
  reading = g_menu_new ();
  people = g_menu_new ();
  g_menu_append (reading, _ ("_Explain a Word"), "win.glossary");
  g_menu_append (reading, _ ("_Bigger Text"), "win.bigger-text");
  g_menu_append (reading, _ ("S_maller Text"), "win.smaller-text");
  g_menu_append (reading, _ ("_Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (reading, _ ("Write a _Note"), "win.note");
  g_menu_append (people, _ ("_Ask My Champion"), "win.ask-help");
  g_menu_append (people, _ ("_Tell the Trust"), "win.tell");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (people));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
way_help_button_init (WayHelpButton *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Help"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), open_cb, NULL, NULL);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  way_compat_name (button, _ ("Help"));
  adw_bin_set_child (ADW_BIN (self), button);
}
