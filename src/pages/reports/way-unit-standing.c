/* way-unit-standing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-heat-map.h"

/* One line of the heat map: a unit with the counts of each capability. */
struct _WayUnitStanding
{
  GObject parent_instance;

  GPtrArray *rows; /* (owned) of WayRow, one a capability */
};

G_DEFINE_FINAL_TYPE (WayUnitStanding, way_unit_standing, G_TYPE_OBJECT)

static void
way_unit_standing_finalize (GObject *object)
{
  g_clear_pointer (&WAY_UNIT_STANDING (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (way_unit_standing_parent_class)->finalize (object);
}

static void
way_unit_standing_class_init (WayUnitStandingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_unit_standing_finalize;
}

static void
way_unit_standing_init (WayUnitStanding *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * way_unit_standing_get_row:
 * @capability: its id
 *
 * Returns: (transfer none) (nullable): the counts of one capability
 */
WayRow *
way_unit_standing_get_row (WayUnitStanding *self, const char *capability)
{
  g_return_val_if_fail (WAY_IS_UNIT_STANDING (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      WayRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (way_row_get_text (row, "capability"), capability))
        return row;
    }
  return NULL;
}

/**
 * way_unit_standing_get_first:
 *
 * Returns: (transfer none): any row, for what is the same in all of them
 */
WayRow *
way_unit_standing_get_first (WayUnitStanding *self)
{
  g_return_val_if_fail (WAY_IS_UNIT_STANDING (self), NULL);

  return g_ptr_array_index (self->rows, 0);
}

/**
 * way_unit_standing_get_rows:
 *
 * Returns: (transfer none) (element-type WayRow): one a capability
 */
GPtrArray *
way_unit_standing_get_rows (WayUnitStanding *self)
{
  g_return_val_if_fail (WAY_IS_UNIT_STANDING (self), NULL);

  return self->rows;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  WayRow *first = way_unit_standing_get_first ((gpointer) a);
  WayRow *second = way_unit_standing_get_first ((gpointer) b);
  static const char *const COLUMNS[] = { "division", "unit", "unit_code" };

  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    {
      int order = g_utf8_collate (way_row_get_text (first, COLUMNS[i]),
                                  way_row_get_text (second, COLUMNS[i]));

      if (order != 0)
        return order;
    }
  return 0;
}

/**
 * way_unit_standing_group:
 * @rows: of WayRow, as the report gives them: those of one unit after each other
 *
 * Returns: (transfer full): of WayUnitStanding, by the names of divisions and units
 */
GListModel *
way_unit_standing_group (GListModel *rows)
{
  g_autoptr (GListStore) units = g_list_store_new (WAY_TYPE_UNIT_STANDING);
  WayUnitStanding *unit = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      WayRow *row = g_list_model_get_item (rows, i);

      if (unit == NULL
          || !g_str_equal (way_row_get_text (row, "unit_code"),
                           way_row_get_text (g_ptr_array_index (unit->rows, 0), "unit_code")))
        {
          g_autoptr (WayUnitStanding) next = g_object_new (WAY_TYPE_UNIT_STANDING, NULL);

          unit = next;
          g_list_store_append (units, next);
        }
      g_ptr_array_add (unit->rows, row);
    }
  g_list_store_sort (units, compare, NULL);
  return G_LIST_MODEL (g_steal_pointer (&units));
}
