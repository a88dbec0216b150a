/* way-unit-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-unit-list.h"

#include "pages/way-detail.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The places of the trust to choose one from, each indented under what it lies in. */

#define MAX_DEPTH 16
#define INDENT 18

typedef struct
{
  GPtrArray *units;   /* of WayRow, sorted by name */
  GPtrArray *columns; /* of char* */
  GListStore *result;
} Arranging;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  WayRow *first = *(WayRow *const *) a;
  WayRow *second = *(WayRow *const *) b;
  int order = g_utf8_collate (way_row_get_text (first, "name"), way_row_get_text (second, "name"));

  return order != 0 ? order
                    : strcmp (way_row_get_text (first, "code"), way_row_get_text (second, "code"));
}

static void
append (Arranging *arranging, const char *code, const char *name, int depth)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayRow) row = NULL;

  g_ptr_array_add (values, g_strdup (code));
  g_ptr_array_add (values, g_strdup (name));
  g_ptr_array_add (values, g_strdup_printf ("%d", depth));
  row = way_row_new (arranging->columns, values);
  g_list_store_append (arranging->result, row);
}

static gboolean
is_known (Arranging *arranging, const char *unit)
{
  for (guint i = 0; i < arranging->units->len; i++)
    {
      if (g_str_equal (way_row_get_text (g_ptr_array_index (arranging->units, i), "unit"), unit))
        return TRUE;
    }
  return FALSE;
}

/* A unit whose parent nobody knows stands at the top. */
static void
append_children (Arranging *arranging, const char *parent, int depth)
{
  if (depth > MAX_DEPTH)
    return;
  for (guint i = 0; i < arranging->units->len; i++)
    {
      WayRow *unit = g_ptr_array_index (arranging->units, i);
      const char *lies_in = way_row_get_text (unit, "parent");
      gboolean is_trust = g_str_equal (way_row_get_text (unit, "type"), "trust");

      if (parent == NULL ? is_known (arranging, lies_in) : !g_str_equal (lies_in, parent))
        continue;
      /* The trust itself is the choice at the top. */
      if (!is_trust)
        append (arranging, way_row_get_text (unit, "code"), way_row_get_text (unit, "name"), depth);
      append_children (arranging, way_row_get_text (unit, "unit"), is_trust ? depth : depth + 1);
    }
}

/**
 * way_unit_list_arrange:
 * @units: of WayRow, as the session lists units
 * @whole: what the choice of the whole trust is called
 *
 * Returns: (transfer full): of WayRow: code (“” for the whole trust), name, depth
 */
GListModel *
way_unit_list_arrange (GListModel *units, const char *whole)
{
  Arranging arranging = { 0 };

  arranging.result = g_list_store_new (WAY_TYPE_ROW);
  arranging.columns = g_ptr_array_new_with_free_func (g_free);
  arranging.units = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (arranging.columns, g_strdup ("code"));
  g_ptr_array_add (arranging.columns, g_strdup ("name"));
  g_ptr_array_add (arranging.columns, g_strdup ("depth"));
  for (guint i = 0; units != NULL && i < g_list_model_get_n_items (units); i++)
    g_ptr_array_add (arranging.units, g_list_model_get_item (units, i));
  g_ptr_array_sort (arranging.units, compare_names);

  append (&arranging, "", whole, 0);
  append_children (&arranging, NULL, 1);
  g_ptr_array_unref (arranging.columns);
  g_ptr_array_unref (arranging.units);
  return G_LIST_MODEL (arranging.result);
}

static char *
get_name_cb (gpointer row, gpointer user_data)
{
  return g_strdup (way_row_get_text (row, "name"));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  WayRow *row = gtk_list_item_get_item (item);
  int depth = (int) way_row_get_int (row, "depth");

  gtk_label_set_label (GTK_LABEL (label), way_row_get_text (row, "name"));
  gtk_widget_set_margin_start (label, MAX (depth - 1, 0) * INDENT);
  if (gtk_widget_get_parent (label) != NULL)
    way_compat_name (gtk_widget_get_parent (label), way_row_get_text (row, "name"));
}

static void
name_cb (GtkDropDown *drop_down)
{
  WayRow *row = gtk_drop_down_get_selected_item (drop_down);

  if (row != NULL)
    way_detail_name_drop_down (drop_down, _ ("Unit"), way_row_get_text (row, "name"));
}

/**
 * way_unit_list_create_drop_down:
 *
 * Returns: (transfer floating): a drop-down for what way_unit_list_arrange() returns
 */
GtkWidget *
way_unit_list_create_drop_down (void)
{
  GtkExpression *expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                           G_CALLBACK (get_name_cb), NULL, NULL);
  GtkWidget *drop_down = gtk_drop_down_new (NULL, expression);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (drop_down), factory);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
  g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (name_cb), NULL);
  return drop_down;
}

/**
 * way_unit_list_get_code:
 *
 * Returns: (transfer none) (nullable): the code of the chosen unit, NULL for the whole
 *   trust
 */
const char *
way_unit_list_get_code (GtkDropDown *drop_down)
{
  WayRow *row = gtk_drop_down_get_selected_item (drop_down);
  const char *code = row != NULL ? way_row_get_text (row, "code") : "";

  return *code != '\0' ? code : NULL;
}

/**
 * way_unit_list_set_code:
 * @code: (nullable): of a unit, NULL for the whole trust
 *
 * Chooses a unit; one that is not there changes nothing.
 */
void
way_unit_list_set_code (GtkDropDown *drop_down, const char *code)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; model != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (model, i);

      if (g_str_equal (way_row_get_text (row, "code"), code != NULL ? code : ""))
        {
          gtk_drop_down_set_selected (drop_down, i);
          return;
        }
    }
}
