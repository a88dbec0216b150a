/* way-nominate-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-nominate-window.h"

#include "pages/way-detail.h"
#include "pages/way-press.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

#include <glib/gi18n.h>

/* Naming somebody as a champion: who, and why. They are asked, and nothing happens unless they
 * accept. */
struct _WayNominateWindow
{
  AdwWindow parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) of the search that is going on */
  GListModel *people;        /* (owned) (nullable) */

  GtkWidget *search;
  GtkListBox *list;
  GtkWidget *nobody;
  GtkEditable *why;
  WayTextGuard *guard;
  GtkWidget *nominate;
};

G_DEFINE_FINAL_TYPE (WayNominateWindow, way_nominate_window, ADW_TYPE_WINDOW)

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNominateWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_set_sensitive (self->nominate, TRUE);
      gtk_label_set_label (GTK_LABEL (self->nobody), error->message);
      gtk_widget_set_visible (self->nobody, TRUE);
      return;
    }
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s",
                                _ ("Saved here. They are asked when the trust has received it."));
  way_session_sync_async (self->session, NULL, NULL, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
nominate_cb (WayNominateWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (self->why)));
  WayChampionTermBody body = { .state = (char *) "nominated",
                               .minutes = WAY_NO_INTEGER,
                               .until = WAY_NO_INTEGER,
                               .text = *why != '\0' ? why : NULL };
  g_autoptr (WayRow) person = NULL;

  if (row == NULL || !way_text_guard_check (self->guard, why))
    return;
  person = g_list_model_get_item (self->people, (guint) gtk_list_box_row_get_index (row));
  gtk_widget_set_sensitive (self->nominate, FALSE);
  way_term_say_async (self->session, way_row_get_text (person, "person"),
                      way_row_has (person, "unit") ? way_row_get_text (person, "unit") : NULL,
                      &body, NULL, said_cb, g_object_ref (self));
}

static void
selected_cb (WayNominateWindow *self)
{
  gtk_widget_set_sensitive (self->nominate, gtk_list_box_get_selected_row (self->list) != NULL);
}

static GtkWidget *
create_row (WayRow *person)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), way_row_get_text (person, "name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), way_row_get_text (person, "unit_name"));
  way_compat_name (row, way_row_get_text (person, "name"));
  way_compat_describe (row, way_row_get_text (person, "unit_name"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_press_add (row);
  return row;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNominateWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = way_session_list_finish (WAY_SESSION (source), result, &error);
  GtkWidget *child;
  guint n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_set_object (&self->people, people);
  n = people != NULL ? g_list_model_get_n_items (people) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) person = g_list_model_get_item (people, i);

      gtk_list_box_append (self->list, create_row (person));
    }
  gtk_label_set_label (GTK_LABEL (self->nobody),
                       error != NULL ? error->message : _ ("Nobody of that name works here."));
  gtk_widget_set_visible (self->nobody, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  selected_cb (self);
}

static void
search_cb (WayNominateWindow *self)
{
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (g_utf8_strlen (text, -1) < 2)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
      gtk_widget_set_visible (self->nobody, FALSE);
      return;
    }
  way_term_find_people_async (self->session, text, self->cancellable, found_cb,
                              g_object_ref (self));
}

static void
way_nominate_window_dispose (GObject *object)
{
  WayNominateWindow *self = WAY_NOMINATE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->people);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_nominate_window_parent_class)->dispose (object);
}

static void
way_nominate_window_class_init (WayNominateWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_nominate_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
create_content (WayNominateWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *why = gtk_entry_new ();

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  way_detail_add_label (GTK_BOX (box),
                        _ ("They see that they have been named, and why. Nothing happens unless "
                           "they accept."),
                        NULL);
  self->search = way_detail_create_search (_ ("Find a person"));
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_widget_set_halign (self->search, GTK_ALIGN_FILL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_cb), self);
  gtk_box_append (GTK_BOX (box), self->search);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  way_compat_name (GTK_WIDGET (self->list), _ ("People found"));
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  self->nobody = way_detail_add_label (GTK_BOX (box), "", "dim-label");
  gtk_widget_set_visible (self->nobody, FALSE);
  way_detail_add_section (GTK_BOX (box), _ ("Why this person"));
  gtk_entry_set_max_length (GTK_ENTRY (why), 500);
  way_compat_name (why, _ ("Why this person"));
  self->why = GTK_EDITABLE (why);
  gtk_box_append (GTK_BOX (box), why);
  self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->guard));
  self->nominate = gtk_button_new_with_mnemonic (_ ("_Nominate"));
  gtk_widget_add_css_class (self->nominate, "suggested-action");
  gtk_widget_set_halign (self->nominate, GTK_ALIGN_END);
  gtk_widget_set_sensitive (self->nominate, FALSE);
  g_signal_connect_swapped (self->nominate, "clicked", G_CALLBACK (nominate_cb), self);
  gtk_box_append (GTK_BOX (box), self->nominate);
  return box;
}

static void
way_nominate_window_init (WayNominateWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), create_content (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (outer), scroller);
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Nominate a champion"));
  gtk_window_set_default_size (GTK_WINDOW (self), 360, 480);
}

/**
 * way_nominate_window_new:
 *
 * Returns: (transfer none): a window over @parent
 */
GtkWidget *
way_nominate_window_new (GtkWindow *parent, WaySession *session)
{
  WayNominateWindow *self = g_object_new (WAY_TYPE_NOMINATE_WINDOW, "transient-for", parent,
                                          "modal", TRUE, "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
