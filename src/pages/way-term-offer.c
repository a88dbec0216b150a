/* way-term-offer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-term-offer.h"

#include "pages/way-press.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Where somebody has named the person as a champion, a row that leads to the answer. Else there
 * is nothing. */
struct _WayTermOffer
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (WayTermOffer, way_term_offer, ADW_TYPE_BIN)

static GtkWidget *
create_list (WayRow *term)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  const char *title = _ ("Will you be a digital champion?");
  g_autofree char *subtitle = NULL;

  /* Translators: %s is a ward or a department. */
  subtitle = g_strdup_printf (_ ("You have been named for %s. Nothing happens unless you accept."),
                              way_row_has (term, "unit_name") ? way_row_get_text (term, "unit_name")
                                                              : _ ("your place of work"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, title);
  way_compat_describe (row, subtitle);
  way_compat_hide (arrow);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_press_set_action (GTK_ACTIONABLE (row), "win.go::term");
  way_press_add (row);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  way_compat_name (list, _ ("For you to answer"));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return list;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTermOffer) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) term = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  const char *state = term != NULL ? way_row_get_text (term, "state") : "";
  gboolean is_offered = g_str_equal (state, "nominated") || g_str_equal (state, "appointed");

  if (is_offered != (adw_bin_get_child (ADW_BIN (self)) != NULL))
    adw_bin_set_child (ADW_BIN (self), is_offered ? create_list (term) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), is_offered);
}

static void
load (WayTermOffer *self, WaySession *session)
{
  way_term_load_own_async (session, NULL, loaded_cb, g_object_ref (self));
}

static void
changed_cb (WaySession *session, WayTermOffer *self)
{
  load (self, session);
}

static void
way_term_offer_class_init (WayTermOfferClass *klass)
{
}

static void
way_term_offer_init (WayTermOffer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * way_term_offer_new:
 *
 * Returns: (transfer floating): shown only while there is something to answer
 */
GtkWidget *
way_term_offer_new (WaySession *session)
{
  WayTermOffer *self = g_object_new (WAY_TYPE_TERM_OFFER, NULL);

  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  load (self, session);
  return GTK_WIDGET (self);
}
