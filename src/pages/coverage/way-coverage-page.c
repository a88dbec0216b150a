/* way-coverage-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/coverage/way-coverage-page.h"

#include "pages/coverage/way-coverage-row.h"
#include "pages/coverage/way-coverage-view.h"
#include "pages/way-aside.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-picker.h"
#include "pages/way-report-file.h"
#include "pages/way-source-bar.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* Ward by ward and shift by shift: where champions are, and where nobody is. */
struct _WayCoveragePage
{
  WayPage parent_instance;

  GListStore *units;          /* (owned) of WayRow */
  GtkFilterListModel *shown;  /* (owned) */
  GtkCustomFilter *condition; /* (owned) */
  WayAside *aside;
  WayChips *week;
  WayChips *filter;
  WayPicker *picker;
  WayCoverageView *view;
  WaySourceBar *source;
  GtkWidget *nobody;
  GtkWidget *search;
};

G_DEFINE_FINAL_TYPE (WayCoveragePage, way_coverage_page, WAY_TYPE_PAGE)

typedef enum
{
  SHOW_ALL,
  SHOW_GAPS,
  SHOW_THIN,
  SHOW_ENDING,
  N_SHOWN
} Shown;

static const char *const FILTERS[N_SHOWN] = {
  [SHOW_ALL] = N_ ("All"),
  [SHOW_GAPS] = N_ ("With gaps"),
  [SHOW_THIN] = N_ ("Many people for each"),
  [SHOW_ENDING] = N_ ("A term ends soon"),
};

static gboolean
is_in_filter (WayRow *row, int filter)
{
  switch (filter)
    {
    case SHOW_GAPS:
      return way_row_get_int (row, "gaps") > 0;
    case SHOW_THIN:
      return way_row_get_int (row, "is_thin") != 0;
    case SHOW_ENDING:
      return way_row_get_int (row, "ending") > 0;
    case SHOW_ALL:
    default:
      return TRUE;
    }
}

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayCoveragePage *self = user_data;
  g_autofree char *text = NULL;

  if (!is_in_filter (item, way_chips_get_selected (self->filter)))
    return FALSE;
  text = g_strjoin (" ", way_row_get_text (item, "name"), way_row_get_text (item, "above"),
                    way_row_get_text (item, "who"), NULL);
  return way_detail_finds (self->search, text);
}

static void
show_list (WayCoveragePage *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0;

  gtk_widget_set_visible (self->nobody, is_empty);
  gtk_widget_set_visible (GTK_WIDGET (self->picker), !is_empty);
}

static void
filter_changed_cb (WayCoveragePage *self)
{
  if (self->condition == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
}

static void
count (WayCoveragePage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->units));

  for (int filter = 0; filter < N_SHOWN; filter++)
    {
      g_autofree char *label = NULL;
      guint found = 0;

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->units), i);

          found += is_in_filter (row, filter);
        }
      label = g_strdup_printf ("%s %u", _ (FILTERS[filter]), found);
      way_chips_set_label (self->filter, filter, label, NULL);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCoveragePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (WayRow) picked = NULL;

  if (self->units == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!way_source_bar_take (self->source, WAY_PAGE (self), rows, error,
                            _ ("The coverage cannot be shown")))
    return;
  way_picker_update_store (self->units, rows);
  count (self);
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
  way_page_show_content (WAY_PAGE (self));
  if (way_picker_get_picked (self->picker) == NULL || !way_aside_is_shown (self->aside))
    return;
  picked = way_picker_find (self->picker, way_picker_get_picked (self->picker));
  if (picked != NULL)
    way_coverage_view_show (self->view, picked);
}

static void
way_coverage_page_load (WayPage *page, GCancellable *cancellable)
{
  way_term_load_coverage_async (way_page_get_session (page),
                                way_chips_get_selected (WAY_COVERAGE_PAGE (page)->week) == 1,
                                cancellable, loaded_cb, g_object_ref (page));
}

static void
picked_cb (WayCoveragePage *self, WayRow *row)
{
  way_coverage_view_show (self->view, row);
  way_aside_show (self->aside, _ ("Unit"));
}

static void
aside_closed_cb (WayCoveragePage *self)
{
  way_picker_unpick (self->picker);
}

static void
folded_cb (WayCoveragePage *self)
{
  way_picker_set_opens_by_press (self->picker, way_aside_is_folded (self->aside));
}

static void
retry_cb (WayCoveragePage *self)
{
  way_page_load (WAY_PAGE (self));
}

static GtkWidget *
create_row (gpointer user_data)
{
  return way_coverage_row_new ();
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  way_coverage_row_set_row (WAY_COVERAGE_ROW (child), row);
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  return way_coverage_describe (row);
}

static const WayPickerRows ROWS = { create_row, bind_row, describe_row };

/* The report of the same figures. */
static void
export_cb (WayCoveragePage *self)
{
  way_report_file_save (WAY_PAGE (self), "coverage", _ ("this week and the next"));
}

static GtkWidget *
create_tools (WayCoveragePage *self)
{
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export…"));
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = way_wrap_box_new (12, 6);

  gtk_widget_add_css_class (tools, "way-list-tools");
  self->week = WAY_CHIPS (way_chips_new (_ ("Week")));
  way_chips_add (self->week, _ ("This week"), NULL);
  way_chips_add (self->week, _ ("Next week"), NULL);
  way_chips_set_selected (self->week, 0);
  g_signal_connect_object (self->week, "notify::selected", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), GTK_WIDGET (self->week));
  self->search = way_detail_create_search (_ ("Find a unit"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), self->search);
  g_signal_connect_object (export, "clicked", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), export);
  gtk_box_append (GTK_BOX (tools), line);
  self->filter = WAY_CHIPS (way_chips_new (_ ("Show")));
  for (int i = 0; i < N_SHOWN; i++)
    way_chips_add (self->filter, _ (FILTERS[i]), NULL);
  way_chips_set_selected (self->filter, SHOW_ALL);
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->filter));
  return tools;
}

static GtkWidget *
create_list (WayCoveragePage *self)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (list), create_tools (self));
  self->picker = WAY_PICKER (way_picker_new (_ ("Units"), "unit"));
  gtk_widget_set_vexpand (GTK_WIDGET (self->picker), TRUE);
  way_picker_set_rows (self->picker, &ROWS, self);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (list), GTK_WIDGET (self->picker));
  self->nobody = adw_status_page_new ();
  gtk_widget_add_css_class (self->nobody, "compact");
  gtk_widget_set_visible (self->nobody, FALSE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nobody), "way-coverage-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nobody), _ ("No unit here"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->nobody),
                                   _ ("No unit is like this in that week. Choose another group "
                                      "above."));
  gtk_box_append (GTK_BOX (list), self->nobody);
  return list;
}

static void
way_coverage_page_constructed (GObject *object)
{
  WayCoveragePage *self = WAY_COVERAGE_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list;

  G_OBJECT_CLASS (way_coverage_page_parent_class)->constructed (object);

  self->source = g_object_new (WAY_TYPE_SOURCE_BAR, NULL);
  g_signal_connect_object (self->source, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->source));
  list = create_list (self);
  self->view = WAY_COVERAGE_VIEW (way_coverage_view_new ());
  self->aside = g_object_new (WAY_TYPE_ASIDE, "vexpand", TRUE, "child-width", 320, "aside-width",
                              340, "child", list, "detail", self->view, NULL);
  g_signal_connect_object (self->aside, "closed", G_CALLBACK (aside_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->aside, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->aside));
  g_object_set (self, "content", box, NULL);

  self->units = g_list_store_new (WAY_TYPE_ROW);
  self->condition = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->units)),
                                           GTK_FILTER (g_object_ref (self->condition)));
  way_picker_set_model (self->picker, G_LIST_MODEL (self->shown));
}

static void
way_coverage_page_search (WayPage *page)
{
  gtk_widget_grab_focus (WAY_COVERAGE_PAGE (page)->search);
}

static void
way_coverage_page_dispose (GObject *object)
{
  WayCoveragePage *self = WAY_COVERAGE_PAGE (object);

  if (self->picker != NULL && self->units != NULL)
    way_picker_set_model (self->picker, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->condition);
  g_clear_object (&self->units);
  self->picker = NULL;

  G_OBJECT_CLASS (way_coverage_page_parent_class)->dispose (object);
}

static void
way_coverage_page_class_init (WayCoveragePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_coverage_page_constructed;
  object_class->dispose = way_coverage_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_coverage_page_load;
  WAY_PAGE_CLASS (klass)->search = way_coverage_page_search;
}

static void
way_coverage_page_init (WayCoveragePage *self)
{
}

/**
 * way_coverage_page_new:
 *
 * Returns: (transfer floating): the page of where champions are
 */
GtkWidget *
way_coverage_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_COVERAGE_PAGE, "session", session, NULL);
}
