/* way-certificate-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-certificate-window.h"

#include "widgets/way-compat.h"
#include "widgets/way-document-out.h"
#include "widgets/way-document-view.h"
#include "widgets/way-wrap-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DOCUMENT "way-document"
#define NAME "way-name"

static gboolean
close_cb (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/* What is asked for comes before the window that it is said in, which stays. */
static void
save_cb (GtkWidget *window)
{
  way_document_out_save (g_object_get_data (G_OBJECT (window), DOCUMENT), window,
                         _ ("Save the Certificate"), g_object_get_data (G_OBJECT (window), NAME),
                         G_FILE_CREATE_NONE);
}

static void
print_cb (GtkWidget *window)
{
  way_document_out_print (g_object_get_data (G_OBJECT (window), DOCUMENT), window);
}

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_content (GtkWidget *window, const WayCertificate *certificate, WayDocument *document)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *description = way_certificate_describe (certificate);
  GtkWidget *view = way_document_view_new (document, 0, description);
  GtkWidget *code = create_label (certificate->code, "title-3");

  gtk_label_set_selectable (GTK_LABEL (code), TRUE);
  gtk_widget_add_css_class (code, "monospace");
  way_compat_describe (code, _ ("The code of this certificate"));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_add_css_class (view, "card");
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), code);
  gtk_box_append (GTK_BOX (box),
                  create_label (certificate->is_received
                                    ? _ ("The trust has received it: the code can be verified.")
                                    : _ ("It is saved on this computer. It can be verified after "
                                         "the next sync."),
                                "way-quiet"));
  return box;
}

/**
 * way_certificate_window_present:
 * @certificate: not kept
 *
 * Shows a certificate as it will be on paper, to be saved or printed.
 *
 * Returns: (transfer none): the window
 */
GtkWidget *
way_certificate_window_present (GtkWindow *parent, const WayCertificate *certificate)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *save, *print;
  GtkWidget *buttons = way_document_out_create_buttons (&save, &print);
  WayDocument *document = way_certificate_make_document (certificate);
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  g_object_set_data_full (G_OBJECT (window), DOCUMENT, document,
                          (GDestroyNotify) way_document_unref);
  g_object_set_data_full (G_OBJECT (window), NAME, way_certificate_suggest_name (certificate),
                          g_free);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 460);
  adw_clamp_set_child (ADW_CLAMP (clamp), create_content (window, certificate, document));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_cb), window);
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (print_cb), window);
  gtk_window_set_default_widget (GTK_WINDOW (window), save);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), buttons);
  way_document_out_set_content (ADW_WINDOW (window), box);

  gtk_window_set_title (GTK_WINDOW (window), _ ("Certificate"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 600);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, shortcuts);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}
