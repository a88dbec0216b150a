/* way-work-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-work-window.h"

#include "widgets/way-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TICK_MS 100
#define BLINK 4 /* ticks before it shows */

struct _WayWorkWindow
{
  GtkWidget *from;   /* (owned) */
  WayWork *work;     /* (owned by who started it) */
  char *title;       /* (owned) */
  GtkWindow *window; /* (owned by GTK) (nullable) once it shows */
  GtkProgressBar *bar;
  guint source;
  guint n_ticks;
};

static gboolean
close_request_cb (GtkWindow *window, WayWorkWindow *self)
{
  /* It goes when the work has ended. */
  way_work_cancel (self->work);
  gtk_progress_bar_set_text (self->bar, _ ("Stopping…"));
  return TRUE;
}

static GtkWidget *
create_content (WayWorkWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (self->title);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 24);
  gtk_widget_set_margin_end (box, 24);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  way_compat_name (GTK_WIDGET (self->bar), self->title);
  gtk_widget_add_css_class (cancel, "pill");
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self->window);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_window_set_focus (self->window, cancel);
  return box;
}

static void
show (WayWorkWindow *self, GtkWindow *parent)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->window = GTK_WINDOW (g_object_new (ADW_TYPE_WINDOW, "transient-for", parent, "modal", TRUE,
                                           "destroy-with-parent", TRUE, "resizable", FALSE, "title",
                                           self->title, "default-width", 320, NULL));
  g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
  adw_window_set_content (ADW_WINDOW (self->window), create_content (self));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape,
                                                                                  0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
  g_signal_connect (self->window, "close-request", G_CALLBACK (close_request_cb), self);
  gtk_window_present (self->window);
}

static gboolean
tick_cb (gpointer user_data)
{
  WayWorkWindow *self = user_data;
  GtkRoot *root = gtk_widget_get_root (self->from);

  self->n_ticks++;
  if (self->window == NULL && self->n_ticks == BLINK && GTK_IS_WINDOW (root))
    show (self, GTK_WINDOW (root));
  if (self->window != NULL && way_work_get_fraction (self->work) > 0)
    gtk_progress_bar_set_fraction (self->bar, way_work_get_fraction (self->work));
  else if (self->window != NULL)
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

/**
 * way_work_window_new:
 * @from: a widget of the window that asked
 * @work: what goes on; outlives this
 * @title: what it is, as “Making the pages…”
 *
 * Returns: (transfer full): what shows how far it is, after a moment
 */
WayWorkWindow *
way_work_window_new (GtkWidget *from, WayWork *work, const char *title)
{
  WayWorkWindow *self = g_new0 (WayWorkWindow, 1);

  self->from = g_object_ref (from);
  self->work = work;
  self->title = g_strdup (title);
  self->source = g_timeout_add (TICK_MS, tick_cb, self);
  return self;
}

/**
 * way_work_window_free:
 *
 * The work has ended: nothing is shown of it any more.
 */
void
way_work_window_free (WayWorkWindow *self)
{
  g_source_remove (self->source);
  if (self->window != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->window, self);
      g_object_remove_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      gtk_window_destroy (self->window);
    }
  g_object_unref (self->from);
  g_free (self->title);
  g_free (self);
}
