/* way-came-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/dropins/way-came-window.h"

#include "pages/way-press.h"
#include "session/way-drop-in.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#include <string.h>

/* Those who said that they come first, then everybody else of one's units. A tick is saved as it
 * is made; taking it away is saved too. */
struct _WayCameWindow
{
  AdwWindow parent_instance;

  WaySession *session;       /* (owned) */
  char *drop_in;             /* (owned) */
  GCancellable *cancellable; /* (owned) */

  GtkEditable *search;
  GtkListBox *list;
  GtkLabel *status;
  guint n_came;
};

G_DEFINE_FINAL_TYPE (WayCameWindow, way_came_window, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_count (WayCameWindow *self)
{
  g_autofree char *text = self->n_came == 0
                              ? g_strdup (_ ("Tick who came."))
                              : g_strdup_printf (ngettext ("%u person came.", "%u people came.",
                                                           self->n_came),
                                                 self->n_came);

  gtk_label_set_label (self->status, text);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCameWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      show_count (self);
      g_signal_emit (self, signals[SAVED], 0);
      return;
    }
  gtk_label_set_label (self->status, error->message);
  way_compat_announce (GTK_WIDGET (self->status), error->message);
}

static void
toggled_cb (GtkCheckButton *check, WayCameWindow *self)
{
  gboolean came = gtk_check_button_get_active (check);

  self->n_came = came ? self->n_came + 1 : MAX (self->n_came, 1) - 1;
  way_drop_in_set_came_async (self->session, self->drop_in,
                              g_object_get_data (G_OBJECT (check), "person"), came, NULL, saved_cb,
                              g_object_ref (self));
}

static GtkWidget *
create_row (WayCameWindow *self, WayRow *person)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *name = way_row_get_text (person, "name");
  const char *unit = way_row_get_text (person, "unit_name");
  gboolean is_coming = g_str_equal (way_row_get_text (person, "answer"), "coming");
  g_autofree char *subtitle = is_coming && *unit != '\0'
                                  /* Translators: %s is a unit. */
                                  ? g_strdup_printf (_ ("%s · said that they come"), unit)
                                  : g_strdup (is_coming ? _ ("Said that they come") : unit);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), way_row_get_int (person, "came") != 0);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  way_compat_describe (check, subtitle);
  g_object_set_data_full (G_OBJECT (check), "person",
                          g_strdup (way_row_get_text (person, "person")), g_free);
  g_object_set_data_full (G_OBJECT (row), "sought", g_utf8_casefold (name, -1), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  way_press_add (check);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  WayCameWindow *self = user_data;
  g_autofree char *sought = g_strstrip (g_utf8_casefold (gtk_editable_get_text (self->search), -1));

  return strstr (g_object_get_data (G_OBJECT (row), "sought"), sought) != NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCameWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (people == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_label_set_label (self->status, error->message);
      return;
    }
  if (g_list_model_get_n_items (people) == 0)
    {
      gtk_label_set_label (self->status, _ ("Nobody of your units is on this computer yet. They "
                                            "come from the trust when it is reached."));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (WayRow) person = g_list_model_get_item (people, i);

      self->n_came += way_row_get_int (person, "came") != 0;
      gtk_list_box_append (self->list, create_row (self, person));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  show_count (self);
}

static void
build (WayCameWindow *self)
{
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->search = GTK_EDITABLE (gtk_search_entry_new ());
  way_compat_name (GTK_WIDGET (self->search), _ ("Find a person"));
  g_object_set (self->search, "placeholder-text", _ ("Find a person"), NULL);
  self->status = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "way-quiet");
  self->list = GTK_LIST_BOX (g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE,
                                           "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  way_compat_name (GTK_WIDGET (self->list), _ ("Who came"));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->search, "search-changed",
                            G_CALLBACK (gtk_list_box_invalidate_filter), self->list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  g_object_set (box, "margin-top", 18, "margin-bottom", 24, "margin-start", 18, "margin-end", 18,
                NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 480);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (view), header);
  gtk_box_append (GTK_BOX (view), scrolled);
  adw_window_set_content (ADW_WINDOW (self), view);
}

static void
way_came_window_dispose (GObject *object)
{
  WayCameWindow *self = WAY_CAME_WINDOW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (way_came_window_parent_class)->dispose (object);
}

static void
way_came_window_finalize (GObject *object)
{
  WayCameWindow *self = WAY_CAME_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_free (self->drop_in);

  G_OBJECT_CLASS (way_came_window_parent_class)->finalize (object);
}

static void
way_came_window_class_init (WayCameWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = way_came_window_dispose;
  object_class->finalize = way_came_window_finalize;

  /* A tick was saved on the disk of this computer. */
  signals[SAVED] = g_signal_new ("saved", WAY_TYPE_CAME_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
way_came_window_init (WayCameWindow *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * way_came_window_new:
 * @drop_in: a row of way_drop_in_load_async() that is this person's own
 *
 * Returns: (transfer floating): the window; it says “saved” at each tick
 */
GtkWidget *
way_came_window_new (WaySession *session, WayRow *drop_in)
{
  WayCameWindow *self = g_object_new (WAY_TYPE_CAME_WINDOW, "modal", TRUE, "default-width", 480,
                                      "default-height", 600, "title", _ ("Who Came"), NULL);

  self->session = g_object_ref (session);
  self->drop_in = g_strdup (way_row_get_text (drop_in, "drop_in"));
  build (self);
  way_drop_in_load_people_async (session, self->drop_in, self->cancellable, loaded_cb,
                                 g_object_ref (self));
  return GTK_WIDGET (self);
}
