/* way-report-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-report-table.h"

#include "pages/reports/way-report-columns.h"
#include "pages/way-aside.h"
#include "pages/way-press.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>

#define REST_MS 200 /* on a row before it counts as picked: arrows only pass by */

/* The rows of the competency report: sorted, filtered, any row of them opened. Cells are
 * cheap, since there may be many thousand rows: one label each, columns of fixed width. */
struct _WayReportTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkFilterListModel *filtered;  /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  GtkCustomFilter *filter;       /* (owned) */
  GPtrArray *columns;            /* (owned) of GtkColumnViewColumn */
  char *search;                  /* (owned) (nullable) casefolded */
  char *capability;              /* (owned) (nullable) */
  int requirement;               /* −1: any */
  gboolean opens_by_press;
  gboolean is_quiet; /* the selection is moved by us */
  guint rest;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayReportTable, way_report_table, ADW_TYPE_BIN)

static gboolean
contains (WayRow *row, guint n_columns, const guint *places, const char *search)
{
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *folded = g_utf8_casefold (way_row_get_nth (row, places[i]), -1);

      if (strstr (folded, search) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* username, name, staff group, unit code, unit: what one looks for a person by. */
static const guint SEARCHED[] = { 0, 1, 2, 4, 5 };

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayReportTable *self = user_data;
  WayRow *row = item;

  if (self->capability != NULL
      && !g_str_equal (way_row_get_text (row, "capability"), self->capability))
    return FALSE;
  if (self->requirement >= 0
      && self->requirement != (int) way_requirement_read (way_row_get_text (row, "requirement")))
    return FALSE;
  return self->search == NULL || *self->search == '\0'
         || contains (row, G_N_ELEMENTS (SEARCHED), SEARCHED, self->search);
}

static gboolean
rest_cb (gpointer user_data)
{
  WayReportTable *self = user_data;
  WayRow *row = gtk_single_selection_get_selected_item (self->selection);

  self->rest = 0;
  if (row != NULL)
    g_signal_emit (self, signals[PICKED], 0, row);
  return G_SOURCE_REMOVE;
}

static void
selected_cb (WayReportTable *self)
{
  if (self->is_quiet || self->opens_by_press)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, rest_cb, self);
}

static void
open_position (WayReportTable *self, guint position)
{
  g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row == NULL)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_quiet = FALSE;
  g_signal_emit (self, signals[PICKED], 0, row);
}

static void
activated_cb (GtkColumnView *view, guint position, WayReportTable *self)
{
  open_position (self, position);
}

static gboolean
open_selected_cb (gpointer user_data)
{
  WayReportTable *self = user_data;
  guint position = gtk_single_selection_get_selected (self->selection);

  self->rest = 0;
  if (position != GTK_INVALID_LIST_POSITION)
    open_position (self, position);
  return G_SOURCE_REMOVE;
}

/* Rows claim their clicks, so that a gesture of the table would never hear of them. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, WayReportTable *self)
{
  if (self->opens_by_press && gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      self->rest = g_idle_add (open_selected_cb, self);
    }
  return GDK_EVENT_PROPAGATE;
}

static char *
get_sort_text (WayRow *row, gpointer user_data)
{
  const WayScreenColumn *column = user_data;

  return g_utf8_casefold (way_row_get_nth (row, column->place), -1);
}

static double
get_sort_number (WayRow *row, gpointer user_data)
{
  const WayScreenColumn *column = user_data;
  const char *text = way_row_get_nth (row, column->place);

  /* Rows without a value stand below every value. */
  return *text != '\0' ? g_ascii_strtod (text, NULL) : -1.0;
}

static char *
get_sort_requirement (WayRow *row, gpointer user_data)
{
  const WayScreenColumn *column = user_data;

  return g_strdup_printf ("%d", (int) way_requirement_read (way_row_get_nth (row, column->place)));
}

static GtkSorter *
create_sorter (const WayScreenColumn *column)
{
  gpointer data = (gpointer) column;

  if (column->look == WAY_COLUMN_NUMBER)
    return GTK_SORTER (gtk_numeric_sorter_new (
        gtk_cclosure_expression_new (G_TYPE_DOUBLE, NULL, 0, NULL, G_CALLBACK (get_sort_number),
                                     data, NULL)));
  return GTK_SORTER (
      gtk_string_sorter_new (gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                          column->look == WAY_COLUMN_REQUIREMENT
                                                              ? G_CALLBACK (get_sort_requirement)
                                                              : G_CALLBACK (get_sort_text),
                                                          data, NULL)));
}

/* Inscriptions, not labels: a new text in one does not make the table lay itself out
 * again. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const WayScreenColumn *column)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), column->look == WAY_COLUMN_NUMBER ? 1 : 0);
  gtk_widget_set_hexpand (text, TRUE);
  if (column->look == WAY_COLUMN_NUMBER || column->look == WAY_COLUMN_DATE)
    gtk_widget_add_css_class (text, "numeric");
  if (column->look == WAY_COLUMN_REQUIREMENT)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
      gtk_box_append (GTK_BOX (box), text);
      text = box;
    }
  gtk_list_item_set_child (item, text);
}

/* A row is named by who and what; its cells say their column. */
static void
name_row (GtkWidget *child, WayRow *row)
{
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *name = NULL;

  if (line == NULL)
    return;
  name = g_strdup_printf ("%s, %s, %s: %s", way_row_get_text (row, "name"),
                          way_row_get_text (row, "unit"), way_row_get_text (row, "capability_name"),
                          way_requirement_get_name (
                              way_requirement_read (way_row_get_text (row, "requirement"))));
  way_compat_name (line, name);
  if (g_object_get_data (G_OBJECT (line), "way-press") == NULL)
    {
      way_press_add (line);
      g_object_set_data (G_OBJECT (line), "way-press", line);
    }
}

static void
show_icon (GtkImage *image, const char *icon_name)
{
  if (g_strcmp0 (gtk_image_get_icon_name (image), icon_name) != 0)
    gtk_image_set_from_icon_name (image, icon_name);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const WayScreenColumn *column)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (child);
  GtkWidget *shown = child;
  WayRow *row = gtk_list_item_get_item (item);
  g_autofree char *text = way_screen_column_dup_text (column, row);
  g_autofree char *name = NULL;

  if (column->look == WAY_COLUMN_REQUIREMENT)
    {
      shown = gtk_widget_get_last_child (child);
      show_icon (GTK_IMAGE (gtk_widget_get_first_child (child)),
                 way_requirement_get_icon (
                     way_requirement_read (way_row_get_nth (row, column->place))));
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (shown), text);
  if (cell == NULL)
    return;
  /* Translators: the heading of a column and what its cell says. */
  name = g_strdup_printf (_ ("%s: %s"), way_screen_column_get_title (column),
                          *text != '\0' ? text : _ ("none"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  name_row (child, row);
}

static void
add_columns (WayReportTable *self)
{
  guint n;
  const WayScreenColumn *columns = way_screen_columns_list (&n);
  double scale = way_aside_get_text_scale (GTK_WIDGET (self));

  for (guint i = 0; i < n; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkSorter) sorter = create_sorter (&columns[i]);
      GtkColumnViewColumn *column;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (way_screen_column_get_title (&columns[i]), factory);
      gtk_column_view_column_set_fixed_width (column, (int) (columns[i].width * scale));
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_visible (column, columns[i].is_shown);
      gtk_column_view_append_column (self->view, column);
      g_ptr_array_add (self->columns, column);
    }
}

/* GTK 4.8 gives headings neither a name, a tooltip nor an alignment, so they are looked up:
 * one widget a column, in their order. */
static void
dress_headings (WayReportTable *self)
{
  guint n;
  const WayScreenColumn *columns = way_screen_columns_list (&n);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *list = header != NULL ? gtk_widget_get_next_sibling (header) : NULL;

  if (header != NULL)
    way_compat_name (header, _ ("Headings"));
  if (list != NULL)
    way_compat_name (list, _ ("Rows"));
  for (guint i = 0; i < n && title != NULL; i++, title = gtk_widget_get_next_sibling (title))
    {
      GtkWidget *box = gtk_widget_get_first_child (title);
      GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      way_compat_name (title, way_screen_column_get_title (&columns[i]));
      gtk_widget_set_tooltip_text (title, way_screen_column_get_definition (&columns[i]));
      if (GTK_IS_LABEL (label))
        gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      if (columns[i].look == WAY_COLUMN_NUMBER && GTK_IS_LABEL (label))
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 1);
        }
    }
}

static void
way_report_table_dispose (GObject *object)
{
  WayReportTable *self = WAY_REPORT_TABLE (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (way_report_table_parent_class)->dispose (object);
}

static void
way_report_table_finalize (GObject *object)
{
  WayReportTable *self = WAY_REPORT_TABLE (object);

  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->capability, g_free);

  G_OBJECT_CLASS (way_report_table_parent_class)->finalize (object);
}

static void
way_report_table_class_init (WayReportTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_report_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_report_table_finalize;

  /* A row was picked: its WayRow. */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, WAY_TYPE_ROW);
}

static void
way_report_table_init (WayReportTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkSortListModel *sorted;

  self->requirement = -1;
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  self->filter = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filtered)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_sort_list_model_set_incremental (sorted, TRUE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "way-report");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Competency report"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (activated_cb), self);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), events);
  add_columns (self);
  dress_headings (self);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), way_tab_stop_new (scrolled));
}

/**
 * way_report_table_new:
 *
 * Returns: (transfer floating): a table without rows. It emits “picked” with a WayRow
 */
GtkWidget *
way_report_table_new (void)
{
  return g_object_new (WAY_TYPE_REPORT_TABLE, NULL);
}

/**
 * way_report_table_set_rows:
 * @rows: of WayRow, as the report gives them
 */
void
way_report_table_set_rows (WayReportTable *self, GListModel *rows)
{
  g_return_if_fail (WAY_IS_REPORT_TABLE (self));

  gtk_filter_list_model_set_model (self->filtered, rows);
}

/**
 * way_report_table_filter:
 * @search: (nullable): what a name, a unit or a staff group has in it
 * @requirement: a WayRequirement, −1 for any
 * @capability: (nullable): the id of a capability
 *
 * Narrows what is on screen.
 */
void
way_report_table_filter (WayReportTable *self,
                         const char *search,
                         int requirement,
                         const char *capability)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (WAY_IS_REPORT_TABLE (self));

  folded = search != NULL ? g_strstrip (g_utf8_casefold (search, -1)) : NULL;
  if (g_strcmp0 (folded, self->search) == 0 && requirement == self->requirement
      && g_strcmp0 (capability, self->capability) == 0)
    return;
  g_free (self->search);
  self->search = g_steal_pointer (&folded);
  self->requirement = requirement;
  g_free (self->capability);
  self->capability = g_strdup (capability);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * way_report_table_get_n_shown:
 *
 * Returns: how many rows are on screen
 */
guint
way_report_table_get_n_shown (WayReportTable *self)
{
  g_return_val_if_fail (WAY_IS_REPORT_TABLE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

/**
 * way_report_table_unpick:
 *
 * No row is picked any more; the focus goes to the one that was.
 */
void
way_report_table_unpick (WayReportTable *self)
{
  g_return_if_fail (WAY_IS_REPORT_TABLE (self));

  g_clear_handle_id (&self->rest, g_source_remove);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->is_quiet = FALSE;
}

/**
 * way_report_table_set_opens_by_press:
 * @opens_by_press: whether going to a row only marks it
 */
void
way_report_table_set_opens_by_press (WayReportTable *self, gboolean opens_by_press)
{
  g_return_if_fail (WAY_IS_REPORT_TABLE (self));

  self->opens_by_press = opens_by_press;
}

/**
 * way_report_table_is_column_shown:
 * @n: which of way_screen_columns_list()
 *
 * Returns: whether it shows
 */
gboolean
way_report_table_is_column_shown (WayReportTable *self, guint n)
{
  g_return_val_if_fail (WAY_IS_REPORT_TABLE (self), FALSE);

  return gtk_column_view_column_get_visible (g_ptr_array_index (self->columns, n));
}

/**
 * way_report_table_show_column:
 * @n: which of way_screen_columns_list()
 */
void
way_report_table_show_column (WayReportTable *self, guint n, gboolean is_shown)
{
  g_return_if_fail (WAY_IS_REPORT_TABLE (self));

  gtk_column_view_column_set_visible (g_ptr_array_index (self->columns, n), is_shown);
}

/**
 * way_report_table_sort:
 * @n: by which of way_screen_columns_list(), −1 for the order of the file
 */
void
way_report_table_sort (WayReportTable *self, int n, gboolean is_descending)
{
  g_return_if_fail (WAY_IS_REPORT_TABLE (self));

  gtk_column_view_sort_by_column (self->view,
                                  n >= 0 ? g_ptr_array_index (self->columns, (guint) n) : NULL,
                                  is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}
