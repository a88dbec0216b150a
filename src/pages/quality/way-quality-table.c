/* way-quality-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/quality/way-quality-table.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#include <math.h>

/* A table of items that is sorted by a press on the head of a column. */

/**
 * way_quality_dup_cell:
 *
 * Returns: (transfer full): what stands in a cell; a dash where nothing is known
 */
char *
way_quality_dup_cell (const WayQualityColumn *column, WayRow *row)
{
  double number;

  if (!way_row_has (row, column->key))
    return g_strdup ("–");
  if (column->decimals == WAY_QUALITY_YES)
    return g_strdup (way_row_get_int (row, column->key) != 0 ? _ ("yes") : "–");
  if (column->decimals < 0)
    return g_strdup (way_row_get_text (row, column->key));

  number = way_row_get_number (row, column->key);

  return isfinite (number) ? g_strdup_printf ("%.*f", column->decimals, number) : g_strdup ("–");
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WayQualityColumn *column = user_data;
  WayRow *left = (gpointer) a;
  WayRow *right = (gpointer) b;
  gboolean has_left = way_row_has (left, column->key);
  gboolean has_right = way_row_has (right, column->key);
  double x, y;

  if (!has_left || !has_right)
    return has_left - has_right;
  if (column->decimals < 0)
    return g_strcmp0 (way_row_get_text (left, column->key), way_row_get_text (right, column->key));

  x = way_row_get_number (left, column->key);
  y = way_row_get_number (right, column->key);

  return x < y ? -1 : x > y;
}

/* A row is named by its item: when it is bound, or comes to be in the table after that. */
static void
name_row (GtkWidget *label)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;

  if (line != NULL)
    way_compat_name (line, gtk_label_get_label (GTK_LABEL (label)));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const WayQualityColumn *column = user_data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->decimals < 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  if (g_str_equal (column->key, "item"))
    g_signal_connect (label, "map", G_CALLBACK (name_row), NULL);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const WayQualityColumn *column = user_data;
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = way_quality_dup_cell (column, gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (label), text);
  way_compat_describe (label, _ (column->title));
  if (g_str_equal (column->key, "item"))
    name_row (label);
}

/**
 * way_quality_table_new:
 * @name: what the table is about
 * @columns: (array length=n_columns): static
 *
 * Returns: (transfer floating): an empty table
 */
GtkWidget *
way_quality_table_new (const char *name, const WayQualityColumn *columns, guint n_columns)
{
  GtkWidget *view = gtk_column_view_new (NULL);

  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  way_compat_name (view, name);
  /* The line of headings is a row to readers, and has no name of its own. */
  way_compat_name (gtk_widget_get_first_child (view), _ ("Headings"));
  for (guint i = 0; i < n_columns; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autoptr (GtkSorter)
          sorter = GTK_SORTER (gtk_custom_sorter_new (compare, (gpointer) &columns[i], NULL));

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) &columns[i]);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) &columns[i]);
      column = gtk_column_view_column_new (_ (columns[i].title), factory);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }

  return view;
}

/* Who wants to know which row somebody went to. */
typedef struct
{
  WayQualityPicked picked;
  gpointer user_data;
} Listener;

static const Listener *
get_listener (GtkWidget *table)
{
  return g_object_get_data (G_OBJECT (table), "way-listener");
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, GtkWidget *table)
{
  WayRow *row = gtk_single_selection_get_selected_item (selection);
  const Listener *listener = get_listener (table);

  if (row != NULL && listener != NULL
      && !gtk_column_view_get_single_click_activate (GTK_COLUMN_VIEW (table)))
    listener->picked (row, listener->user_data);
}

static void
activated_cb (GtkColumnView *table, guint position)
{
  const Listener *listener = get_listener (GTK_WIDGET (table));
  GtkSelectionModel *selection = gtk_column_view_get_model (table);
  g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (selection), position);

  if (row == NULL || listener == NULL)
    return;
  gtk_selection_model_select_item (selection, position, TRUE);
  listener->picked (row, listener->user_data);
}

/**
 * way_quality_table_on_picked:
 * @picked: called with the row that somebody goes to
 */
void
way_quality_table_on_picked (GtkWidget *table, WayQualityPicked picked, gpointer user_data)
{
  Listener *listener = g_new (Listener, 1);

  *listener = (Listener){ picked, user_data };
  g_object_set_data_full (G_OBJECT (table), "way-listener", listener, g_free);
  g_signal_connect (table, "activate", G_CALLBACK (activated_cb), NULL);
}

/**
 * way_quality_table_set_opens_by_press:
 * @opens_by_press: whether going to a row only marks it, and a press opens it
 */
void
way_quality_table_set_opens_by_press (GtkWidget *table, gboolean opens_by_press)
{
  gtk_column_view_set_single_click_activate (GTK_COLUMN_VIEW (table), opens_by_press);
}

/**
 * way_quality_table_unpick:
 *
 * Marks no row. The focus goes to the table.
 */
void
way_quality_table_unpick (GtkWidget *table)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));

  if (selection != NULL)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (selection), GTK_INVALID_LIST_POSITION);
  gtk_widget_grab_focus (table);
}

/**
 * way_quality_table_set_rows:
 * @table: of way_quality_table_new()
 * @rows: of WayRow
 *
 * Shows the rows; none is marked.
 */
void
way_quality_table_set_rows (GtkWidget *table, GListModel *rows)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (table);
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (NULL);
  g_autoptr (GListModel)
      sorted = G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (rows), g_object_ref (sorter)));

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, sorted);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), table, 0);
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
}
