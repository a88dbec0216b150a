/* way-window-news.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-window-private.h"

#include "widgets/way-compat.h"
#include "widgets/way-toast.h"

#include <glib/gi18n.h>

/* Something has come while somebody looks at the window: its page is marked in the sidebar until
 * it is opened, and a line says so in passing, with the way there. Neither has a word of what
 * came: others may see the screen. */

static GtkListBoxRow *
find_row (WayWindow *self, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar_list, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "destination"), page) == 0)
      return row;
  return NULL;
}

/* The mark of a row is made when it is first needed. */
static gboolean
mark (GtkListBoxRow *row, const char *title)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (row), "news");
  g_autofree char *name = NULL;

  if (label != NULL && gtk_widget_get_visible (label))
    return FALSE;
  if (label == NULL)
    {
      label = gtk_label_new (_ ("New"));
      gtk_widget_add_css_class (label, "way-new");
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (row)), label);
      g_object_set_data (G_OBJECT (row), "news", label);
    }
  gtk_widget_set_visible (label, TRUE);
  /* Translators: a page of the window in which something has come. */
  name = g_strdup_printf (_ ("%s, something new"), title);
  way_compat_name (GTK_WIDGET (row), name);
  return TRUE;
}

/**
 * way_window_tell_news:
 * @page: the destination where it stands
 * @text: that it has come, and nobody's word of it
 *
 * Says that something has come to a page. Whoever is at work in focus mode finds the mark
 * afterwards.
 */
void
way_window_tell_news (WayWindow *self, const char *page, const char *text)
{
  const WayDestination *destination = way_window_find_destination (self, page);
  GtkListBoxRow *row = find_row (self, page);
  gboolean is_main = g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "main") == 0;
  AdwToast *toast;

  if (destination == NULL || row == NULL)
    return;
  if (is_main && gtk_widget_get_mapped (GTK_WIDGET (self->pages))
      && g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) == 0)
    {
      way_window_announce (self, text);
      return;
    }
  if (!mark (row, _ (destination->title)) || !is_main)
    return;
  toast = way_toast_new (text, GTK_WIDGET (self->toasts));
  adw_toast_set_button_label (toast, _ ("Show"));
  adw_toast_set_action_name (toast, "win.go");
  adw_toast_set_action_target_value (toast, g_variant_new_string (page));
  adw_toast_set_timeout (toast, 10);
  g_set_weak_pointer (&self->news, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
  way_window_announce (self, text);
}

/**
 * way_window_clear_news:
 * @page: the destination that is looked at now
 *
 * Takes its mark away.
 */
void
way_window_clear_news (WayWindow *self, const char *page)
{
  GtkListBoxRow *row = find_row (self, page);
  GtkWidget *label = row != NULL ? g_object_get_data (G_OBJECT (row), "news") : NULL;
  const WayDestination *destination = way_window_find_destination (self, page);

  if (label == NULL || destination == NULL)
    return;
  gtk_widget_set_visible (label, FALSE);
  way_compat_name (GTK_WIDGET (row), _ (destination->title));
}

/**
 * way_window_forget_news:
 *
 * Nobody is signed in: what was said to somebody goes from the screen.
 */
void
way_window_forget_news (WayWindow *self)
{
  if (self->news != NULL)
    adw_toast_dismiss (self->news);
  g_clear_weak_pointer (&self->news);
}
