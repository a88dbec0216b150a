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

/**
 * way_quality_table_set_rows:
 * @table: of way_quality_table_new()
 * @rows: of WayRow
 */
void
way_quality_table_set_rows (GtkWidget *table, GListModel *rows)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (table);
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (GtkSingleSelection) selection = NULL;

  selection = gtk_single_selection_new (
      G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (rows), g_object_ref (sorter))));
  gtk_column_view_set_model (view, GTK_SELECTION_MODEL (selection));
}
