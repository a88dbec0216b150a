/* sampler.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A small window with one of each kind of control, for the test of the driver. */

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

static GtkWidget *result;

static void
say (const char *text)
{
  gtk_label_set_text (GTK_LABEL (result), text);
}

static void
button_clicked_cb (GtkButton *button, gpointer user_data)
{
  say ("Pressed");
}

static void
entry_activate_cb (GtkEntry *entry, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("Hello, %s",
                                           gtk_editable_get_text (GTK_EDITABLE (entry)));

  say (text);
}

static void
next_clicked_cb (GtkButton *button, GtkStack *stack)
{
  gtk_stack_set_visible_child_name (stack, "two");
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  say (g_str_equal (response, "keep") ? "Kept" : "Dropped");
}

static void
ask_clicked_cb (GtkButton *button, GtkWindow *window)
{
  GtkWidget *dialog = adw_message_dialog_new (window, "Keep the answer", NULL);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "drop", "Drop", "keep", "Keep",
                                    NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
crash_clicked_cb (GtkButton *button, gpointer user_data)
{
  abort ();
}

static void
menu_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  say ("Chosen from the menu");
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", callback, data);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
activate_cb (GtkApplication *application, gpointer user_data)
{
  const GActionEntry entries[] = { { .name = "choose", .activate = menu_chosen_cb },
                                   { .name = "quit", .activate = quit_cb } };
  const char *quit_keys[] = { "<Control>q", NULL };
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *menu_button = gtk_menu_button_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *one = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *two = gtk_label_new ("The second page");
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *check = gtk_check_button_new_with_label ("I agree");
  g_autoptr (GMenu) menu = g_menu_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  gtk_application_set_accels_for_action (application, "app.quit", quit_keys);
  g_menu_append (menu, "Choose Me", "app.choose");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), G_MENU_MODEL (menu));
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Main menu", -1);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), menu_button);
  gtk_box_append (GTK_BOX (box), bar);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Your name", -1);
  g_signal_connect (entry, "activate", G_CALLBACK (entry_activate_cb), NULL);
  gtk_box_append (GTK_BOX (one), entry);
  gtk_box_append (GTK_BOX (one), check);
  add_button (one, "Press Me", G_CALLBACK (button_clicked_cb), NULL);
  add_button (one, "Ask", G_CALLBACK (ask_clicked_cb), window);
  add_button (one, "Go On", G_CALLBACK (next_clicked_cb), stack);
  add_button (one, "Crash", G_CALLBACK (crash_clicked_cb), NULL);
  gtk_widget_set_sensitive (add_button (one, "Asleep", G_CALLBACK (button_clicked_cb), NULL),
                            FALSE);
  if (g_getenv ("SAMPLER_NAMELESS") != NULL)
    gtk_box_append (GTK_BOX (one), gtk_button_new_from_icon_name ("list-add-symbolic"));
  gtk_stack_add_named (GTK_STACK (stack), one, "one");
  gtk_stack_add_named (GTK_STACK (stack), two, "two");
  gtk_box_append (GTK_BOX (box), stack);
  result = gtk_label_new ("Nothing yet");
  gtk_box_append (GTK_BOX (box), result);

  gtk_window_set_title (GTK_WINDOW (window), "Sampler");
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 400);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application = adw_application_new ("io.github.waymark_skills.Sampler",
                                                                G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
