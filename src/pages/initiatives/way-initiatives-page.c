/* way-initiatives-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/initiatives/way-initiatives-page.h"

#include "pages/initiatives/way-initiative-view.h"
#include "pages/initiatives/way-initiative-words.h"
#include "pages/way-aside.h"
#include "pages/way-detail.h"
#include "pages/way-picker.h"
#include "session/way-initiatives.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Logical pixels. */
#define MOST_AFTER 220

/* What is being introduced, by its day; one of them at the side. The device has it all, so it is
 * there without a network, and each step is saved at once. */
struct _WayInitiativesPage
{
  WayPage parent_instance;

  GListStore *rows; /* (owned) of WayRow */
  WayAside *aside;
  WayPicker *picker;
  WayInitiativeView *view;
  GtkWidget *nothing;
  GtkWidget *after;
  GtkBox *pathway; /* what people say 6 weeks after theirs */
  char *wanted;    /* (owned) (nullable) a new one, to be shown when it is listed */
};

G_DEFINE_FINAL_TYPE (WayInitiativesPage, way_initiatives_page, WAY_TYPE_PAGE)

static char *
describe (WayRow *row, gpointer user_data)
{
  g_autofree char *day = way_initiative_dup_day (way_row_get_text (row, "go_live"));
  const char *state = way_initiative_state_get_name (way_row_get_text (row, "state"));

  if (*day == '\0')
    return g_strdup_printf ("%s. %s", way_row_get_text (row, "title"), state);
  /* Translators: a title, a state, and the day on which it goes live. */
  return g_strdup_printf (_ ("%s. %s, goes live on %s"), way_row_get_text (row, "title"), state,
                          day);
}

static GtkWidget *
create_row (gpointer user_data)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  g_autofree char *day = way_initiative_dup_day (way_row_get_text (row, "go_live"));
  const char *state = way_initiative_state_get_name (way_row_get_text (row, "state"));
  g_autofree char *line = *day != '\0' ? g_strdup_printf ("%s · %s", state, day) : g_strdup (state);

  way_detail_clear (GTK_BOX (child));
  way_detail_add_label (GTK_BOX (child), way_row_get_text (row, "title"), "heading");
  way_detail_add_label (GTK_BOX (child), line, "way-quiet");
}

static const WayPickerRows ROWS = { create_row, bind_row, describe };

static void
picked_cb (WayInitiativesPage *self, WayRow *row)
{
  way_initiative_view_set_row (self->view, row);
  way_aside_show (self->aside, way_row_get_text (row, "title"));
}

static void
aside_closed_cb (WayInitiativesPage *self)
{
  way_picker_unpick (self->picker);
}

static void
folded_cb (WayInitiativesPage *self)
{
  way_picker_set_opens_by_press (self->picker, way_aside_is_folded (self->aside));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayInitiativesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (WayRow) shown = NULL;
  const char *picked;

  if (self->picker == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("The initiatives cannot be shown"), error);
      return;
    }
  way_picker_update_store (self->rows, rows);
  gtk_widget_set_visible (self->nothing, g_list_model_get_n_items (rows) == 0);
  way_page_show_content (WAY_PAGE (self));
  if (self->wanted != NULL)
    {
      g_autofree char *wanted = g_steal_pointer (&self->wanted);

      way_picker_open (self->picker, wanted);
      return;
    }
  picked = way_picker_get_picked (self->picker);
  if (picked == NULL || !way_aside_is_shown (self->aside)
      || way_page_keep_rows (WAY_PAGE (self), "initiatives", rows))
    return;
  shown = way_picker_find (self->picker, picked);
  if (shown != NULL)
    way_initiative_view_set_row (self->view, shown);
}

static void
results_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayInitiativesPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->picker == NULL)
    return;
  way_detail_clear (self->pathway);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *text = NULL;

      if (!g_str_equal (way_row_get_text (row, "pulse"), WAY_PULSE_PATHWAY))
        continue;
      text = way_initiative_dup_result (row);
      way_detail_add_pair (self->pathway, way_row_get_text (row, "question"), text);
    }
  gtk_widget_set_visible (self->after,
                          gtk_widget_get_first_child (GTK_WIDGET (self->pathway)) != NULL);
}

static void
way_initiatives_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_pulse_results_async (way_page_get_session (page), cancellable, results_cb,
                                        g_object_ref (page));
  way_session_load_initiatives_async (way_page_get_session (page), cancellable, loaded_cb,
                                      g_object_ref (page));
}

static void
changed_cb (WayInitiativesPage *self, const char *id)
{
  g_free (self->wanted);
  self->wanted = g_strdup (id);
  way_page_load (WAY_PAGE (self));
}

static void
new_cb (WayInitiativesPage *self)
{
  way_initiative_view_edit (self->view, GTK_WIDGET (self), NULL, NULL);
}

/* Below the list, of which it never takes more than a part. */
static void
create_after (WayInitiativesPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->pathway = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_AFTER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->pathway));
  self->after = gtk_expander_new (_ ("6 weeks after a pathway"));
  way_compat_name (self->after, _ ("6 weeks after a pathway"));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_expander_get_label_widget (GTK_EXPANDER (self->after))),
                           PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->after, "way-list-tools");
  gtk_expander_set_child (GTK_EXPANDER (self->after), scrolled);
  gtk_widget_set_visible (self->after, FALSE);
}

static GtkWidget *
create_list (WayInitiativesPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_ ("New Initiative…"));

  gtk_widget_add_css_class (tools, "way-list-tools");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (new_cb), self);
  gtk_box_append (GTK_BOX (tools), button);
  self->nothing = way_detail_add_label (GTK_BOX (tools),
                                        _ ("Nothing is being introduced yet. Propose the next "
                                           "system that is to come: what it is, why, whom it "
                                           "touches and what it is to bring. Each step then has a "
                                           "name and a reason."),
                                        "dim-label");
  gtk_box_append (GTK_BOX (box), tools);
  gtk_widget_set_vexpand (GTK_WIDGET (self->picker), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picker));
  create_after (self);
  gtk_box_append (GTK_BOX (box), self->after);
  return box;
}

static void
way_initiatives_page_constructed (GObject *object)
{
  WayInitiativesPage *self = WAY_INITIATIVES_PAGE (object);

  G_OBJECT_CLASS (way_initiatives_page_parent_class)->constructed (object);

  self->picker = WAY_PICKER (way_picker_new (_ ("Initiatives"), "initiative"));
  way_picker_set_rows (self->picker, &ROWS, self);
  way_picker_set_model (self->picker, G_LIST_MODEL (self->rows));
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  self->view = WAY_INITIATIVE_VIEW (
      way_initiative_view_new (way_page_get_session (WAY_PAGE (self))));
  g_signal_connect_object (self->view, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->aside = g_object_new (WAY_TYPE_ASIDE, "vexpand", TRUE, "child-width", 320, "aside-width",
                              360, "child", create_list (self), "detail", self->view, NULL);
  g_signal_connect_object (self->aside, "closed", G_CALLBACK (aside_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->aside, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_set (self, "content", self->aside, NULL);
}

static void
way_initiatives_page_dispose (GObject *object)
{
  WayInitiativesPage *self = WAY_INITIATIVES_PAGE (object);

  self->picker = NULL;
  g_clear_object (&self->rows);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (way_initiatives_page_parent_class)->dispose (object);
}

static void
way_initiatives_page_class_init (WayInitiativesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_initiatives_page_constructed;
  object_class->dispose = way_initiatives_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_initiatives_page_load;
}

static void
way_initiatives_page_init (WayInitiativesPage *self)
{
  self->rows = g_list_store_new (WAY_TYPE_ROW);
}

/**
 * way_initiatives_page_new:
 *
 * Returns: (transfer floating): the page of what is being introduced
 */
GtkWidget *
way_initiatives_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_INITIATIVES_PAGE, "session", session, NULL);
}
