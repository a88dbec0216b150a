/* way-pick-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-pick-list.h"

#include "pages/way-aside.h"
#include "pages/way-detail.h"
#include "pages/way-source-bar.h"

#include <glib/gi18n.h>

/* A page's list of rows that came from the trust, with filters that count and a search, and the
 * row that is picked beside it. What is special to a page is its tools and its detail. */
struct _WayPickList
{
  AdwBin parent_instance;

  const WayPickListKind *kind; /* (not owned) for ever */
  GListStore *rows;            /* (owned) of WayRow */
  GtkFilterListModel *shown;   /* (owned) */
  GtkCustomFilter *condition;  /* (owned) */

  GtkBox *box;
  GtkBox *list;
  WayAside *aside;
  WayChips *filter;
  WayPicker *picker;
  WaySourceBar *source;
  GtkWidget *none;
  GtkWidget *search;
};

G_DEFINE_FINAL_TYPE (WayPickList, way_pick_list, ADW_TYPE_BIN)

enum
{
  SHOW,
  RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayPickList *self = user_data;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!self->kind->is_in_filter (item, way_chips_get_selected (self->filter)))
    return FALSE;
  for (guint i = 0; self->kind->searched[i] != NULL; i++)
    g_string_append_printf (text, "%s ", way_row_get_text (item, self->kind->searched[i]));
  return way_detail_finds (self->search, text->str);
}

static void
show_rows (WayPickList *self)
{
  gboolean is_empty;

  if (self->condition == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0;
  gtk_widget_set_visible (self->none, is_empty);
  gtk_widget_set_visible (GTK_WIDGET (self->picker), !is_empty);
}

static void
picked_cb (WayPickList *self, WayRow *row)
{
  g_signal_emit (self, signals[SHOW], 0, row);
  way_aside_show (self->aside, _ (self->kind->one));
}

static void
aside_closed_cb (WayPickList *self)
{
  way_picker_unpick (self->picker);
}

static void
folded_cb (WayPickList *self)
{
  way_picker_set_opens_by_press (self->picker, way_aside_is_folded (self->aside));
}

static void
retry_cb (WayPickList *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
way_pick_list_dispose (GObject *object)
{
  WayPickList *self = WAY_PICK_LIST (object);

  if (self->picker != NULL)
    way_picker_set_model (self->picker, NULL);
  self->picker = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->condition);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (way_pick_list_parent_class)->dispose (object);
}

static void
way_pick_list_class_init (WayPickListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_pick_list_dispose;

  /* The row is to be shown at the side: it was picked, or has been loaded again. */
  signals[SHOW] = g_signal_new ("show-row", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, WAY_TYPE_ROW);
  /* The rows are to be loaded again. */
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_pick_list_init (WayPickList *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->source = g_object_new (WAY_TYPE_SOURCE_BAR, NULL);
  g_signal_connect_object (self->source, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->source));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

static void
add_list (WayPickList *self)
{
  const WayPickListKind *kind = self->kind;

  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->picker = WAY_PICKER (way_picker_new (_ (kind->name), kind->key));
  gtk_widget_set_vexpand (GTK_WIDGET (self->picker), TRUE);
  way_picker_set_rows (self->picker, &kind->rows, self);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->list, GTK_WIDGET (self->picker));
  self->none = adw_status_page_new ();
  gtk_widget_add_css_class (self->none, "compact");
  gtk_widget_set_visible (self->none, FALSE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->none), kind->icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->none), _ (kind->none));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->none), _ (kind->advice));
  gtk_box_append (self->list, self->none);
}

/**
 * way_pick_list_new:
 * @kind: what the list is of; static
 * @detail: what shows the row that is picked
 *
 * Returns: (transfer floating): a list without rows or tools
 */
GtkWidget *
way_pick_list_new (const WayPickListKind *kind, GtkWidget *detail)
{
  WayPickList *self = g_object_new (WAY_TYPE_PICK_LIST, NULL);

  self->kind = kind;
  self->filter = WAY_CHIPS (way_chips_new (_ ("Show")));
  for (guint i = 0; kind->filters[i] != NULL; i++)
    way_chips_add (self->filter, _ (kind->filters[i]), NULL);
  way_chips_set_selected (self->filter, 0);
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (show_rows), self,
                           G_CONNECT_SWAPPED);
  self->search = way_detail_create_search (_ (kind->find));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (show_rows), self,
                           G_CONNECT_SWAPPED);
  add_list (self);
  self->aside = g_object_new (WAY_TYPE_ASIDE, "vexpand", TRUE, "child-width", 320, "aside-width",
                              340, "child", self->list, "detail", detail, NULL);
  g_signal_connect_object (self->aside, "closed", G_CALLBACK (aside_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->aside, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->aside));

  self->rows = g_list_store_new (WAY_TYPE_ROW);
  self->condition = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                           GTK_FILTER (g_object_ref (self->condition)));
  way_picker_set_model (self->picker, G_LIST_MODEL (self->shown));
  return GTK_WIDGET (self);
}

/**
 * way_pick_list_set_tools:
 * @tools: has the filter and the search in it, and what else the page offers
 *
 * Puts what finds a row, and what is done without one, over the list; once.
 */
void
way_pick_list_set_tools (WayPickList *self, GtkWidget *tools)
{
  g_return_if_fail (WAY_IS_PICK_LIST (self));

  gtk_widget_add_css_class (tools, "way-list-tools");
  gtk_box_prepend (self->list, tools);
}

/**
 * way_pick_list_get_filter:
 *
 * Returns: (transfer none): the filters, for the tools
 */
GtkWidget *
way_pick_list_get_filter (WayPickList *self)
{
  g_return_val_if_fail (WAY_IS_PICK_LIST (self), NULL);

  return GTK_WIDGET (self->filter);
}

/**
 * way_pick_list_get_search:
 *
 * Returns: (transfer none): the search, for the tools
 */
GtkWidget *
way_pick_list_get_search (WayPickList *self)
{
  g_return_val_if_fail (WAY_IS_PICK_LIST (self), NULL);

  return self->search;
}

/**
 * way_pick_list_take:
 * @page: where the list is
 * @rows: (nullable): of WayRow, as they are now; %NULL with @error
 *
 * Shows what was loaded, or that it was not.
 */
void
way_pick_list_take (WayPickList *self, WayPage *page, GListModel *rows, const GError *error)
{
  g_autoptr (WayRow) picked = NULL;

  g_return_if_fail (WAY_IS_PICK_LIST (self));

  if (self->rows == NULL
      || !way_source_bar_take (self->source, page, rows, error, _ (self->kind->failure)))
    return;
  way_picker_update_store (self->rows, rows);
  way_chips_count (self->filter, G_LIST_MODEL (self->rows), self->kind->is_in_filter);
  show_rows (self);
  way_page_show_content (page);
  if (way_picker_get_picked (self->picker) == NULL || !way_aside_is_shown (self->aside))
    return;
  picked = way_picker_find (self->picker, way_picker_get_picked (self->picker));
  if (picked != NULL)
    g_signal_emit (self, signals[SHOW], 0, picked);
}
