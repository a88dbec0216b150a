/* way-tell-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/tell/way-tell-page.h"

#include "pages/tell/way-published-card.h"
#include "pages/way-answer-card.h"
#include "pages/way-detail.h"
#include "session/way-voices.h"

#include <glib/gi18n.h>

/* What this person said to the trust, and what came of each thing. */
struct _WayTellPage
{
  WayPage parent_instance;

  /* template */
  GtkBox *list;
  GtkWidget *nothing;
  GtkBox *published;
  GtkWidget *unpublished;
};

G_DEFINE_FINAL_TYPE (WayTellPage, way_tell_page, WAY_TYPE_PAGE)

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTellPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) said = way_session_list_finish (WAY_SESSION (source), result, &error);
  GtkWidget *child;

  if (said == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("What you said cannot be shown"), error);
      return;
    }
  if (way_page_keep_rows (WAY_PAGE (self), "said", said))
    {
      way_page_show_content (WAY_PAGE (self));
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  for (guint i = 0; i < g_list_model_get_n_items (said); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (said, i);

      gtk_box_append (self->list, way_answer_card_new (WAY_SESSION (source), row, FALSE));
    }
  gtk_widget_set_visible (self->nothing, g_list_model_get_n_items (said) == 0);
  way_page_show_content (WAY_PAGE (self));
}

static void
published_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTellPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (GString) words = g_string_new (NULL);

  if (rows == NULL || self->published == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      /* Not whether this person supports it: the button says so, and keeps the focus. */
      g_string_append_printf (words, "%s\t%s\t%s\t%s\n", way_row_get_text (row, "id"),
                              way_row_get_text (row, "last"), way_row_get_text (row, "aim"),
                              way_row_get_text (row, "result"));
    }
  if (way_page_keep (WAY_PAGE (self), "published", words->str))
    return;
  way_detail_clear (self->published);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      gtk_box_append (self->published, way_published_card_new (WAY_SESSION (source), row));
    }
  gtk_widget_set_visible (self->unpublished, g_list_model_get_n_items (rows) == 0);
}

static void
way_tell_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_published_async (way_page_get_session (page), cancellable, published_loaded_cb,
                                    g_object_ref (page));
  way_session_load_my_feedback_async (way_page_get_session (page), cancellable, loaded_cb,
                                      g_object_ref (page));
}

static void
way_tell_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_TELL_PAGE);

  G_OBJECT_CLASS (way_tell_page_parent_class)->dispose (object);
}

static void
way_tell_page_class_init (WayTellPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_tell_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_tell_page_load;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-tell-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayTellPage, list);
  gtk_widget_class_bind_template_child (widget_class, WayTellPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, WayTellPage, published);
  gtk_widget_class_bind_template_child (widget_class, WayTellPage, unpublished);
}

static void
way_tell_page_init (WayTellPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_tell_page_new:
 *
 * Returns: (transfer floating): what was said to the trust
 */
GtkWidget *
way_tell_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_TELL_PAGE, "session", session, NULL);
}
