/* way-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-row.h"

#include <math.h>

/* One row of a query, for a GListModel: named columns, read only. The rows of one list
 * share the names. */
struct _WayRow
{
  GObject parent_instance;

  GPtrArray *columns; /* (owned) of char*: shared by the list */
  GPtrArray *values;  /* (owned) of char* (nullable) */
};

G_DEFINE_FINAL_TYPE (WayRow, way_row, G_TYPE_OBJECT)

static const char *
find (WayRow *self, const char *column)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->columns, i), column))
        return g_ptr_array_index (self->values, i);
    }
  return NULL;
}

static void
way_row_finalize (GObject *object)
{
  WayRow *self = WAY_ROW (object);

  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  G_OBJECT_CLASS (way_row_parent_class)->finalize (object);
}

static void
way_row_class_init (WayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_row_finalize;
}

static void
way_row_init (WayRow *self)
{
}

/**
 * way_row_new:
 * @columns: (transfer none) (element-type utf8): the names; a reference is kept
 * @values: (transfer full) (element-type utf8): as many, NULL where there is no value
 *
 * Returns: (transfer full): a row
 */
WayRow *
way_row_new (GPtrArray *columns, GPtrArray *values)
{
  WayRow *self;

  g_return_val_if_fail (columns->len == values->len, NULL);

  self = g_object_new (WAY_TYPE_ROW, NULL);
  self->columns = g_ptr_array_ref (columns);
  self->values = values;
  return self;
}

/**
 * way_row_new_with:
 * @columns: NULL-terminated: names that the row does not have
 * @values: as many, NULL where there is no value
 *
 * Returns: (transfer full): a row with what @row has, and that
 */
WayRow *
way_row_new_with (WayRow *row, const char *const *columns, const char *const *values)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (WAY_IS_ROW (row) && columns != NULL && values != NULL, NULL);

  for (guint i = 0; i < row->columns->len; i++)
    {
      g_ptr_array_add (names, g_strdup (row->columns->pdata[i]));
      g_ptr_array_add (all, g_strdup (row->values->pdata[i]));
    }
  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_ptr_array_add (names, g_strdup (columns[i]));
      g_ptr_array_add (all, g_strdup (values[i]));
    }
  return way_row_new (names, all);
}

/**
 * way_row_get_text:
 *
 * Returns: (transfer none): the value, "" where there is none or no such column
 */
const char *
way_row_get_text (WayRow *self, const char *column)
{
  const char *text;

  g_return_val_if_fail (WAY_IS_ROW (self), "");

  text = find (self, column);
  return text != NULL ? text : "";
}

/**
 * way_row_get_int:
 *
 * Returns: the value as a whole number, 0 where there is none
 */
gint64
way_row_get_int (WayRow *self, const char *column)
{
  return g_ascii_strtoll (way_row_get_text (self, column), NULL, 10);
}

/**
 * way_row_get_number:
 *
 * Returns: the value as a number, NAN where there is none
 */
double
way_row_get_number (WayRow *self, const char *column)
{
  const char *text;

  g_return_val_if_fail (WAY_IS_ROW (self), NAN);

  text = find (self, column);
  return text != NULL && *text != '\0' ? g_ascii_strtod (text, NULL) : NAN;
}

/**
 * way_row_has:
 *
 * Returns: whether there is a value in @column
 */
gboolean
way_row_has (WayRow *self, const char *column)
{
  g_return_val_if_fail (WAY_IS_ROW (self), FALSE);

  return find (self, column) != NULL;
}

/**
 * way_row_get_n_columns:
 *
 * Returns: how many columns the row has
 */
guint
way_row_get_n_columns (WayRow *self)
{
  g_return_val_if_fail (WAY_IS_ROW (self), 0);

  return self->columns->len;
}

/**
 * way_row_get_nth:
 *
 * Returns: (transfer none): the value of the @n-th column, "" where there is none
 */
const char *
way_row_get_nth (WayRow *self, guint n)
{
  const char *text;

  g_return_val_if_fail (WAY_IS_ROW (self), "");
  g_return_val_if_fail (n < self->values->len, "");

  text = g_ptr_array_index (self->values, n);
  return text != NULL ? text : "";
}

/**
 * way_row_query:
 * @db: the connection, on its own thread
 * @values: (nullable): what $1, $2 … stand for, as text, NULL-terminated
 *
 * Returns: (transfer full) (nullable): the rows of @sql as WayRow, NULL with @error set
 */
GListStore *
way_row_query (WayDb *db, const char *sql, const char *const *values, GError **error)
{
  g_autoptr (GListStore) rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  for (int i = 0; values != NULL && values[i] != NULL; i++)
    way_statement_bind_text (statement, i + 1, values[i]);

  for (int i = 0; i < way_statement_get_n_columns (statement); i++)
    g_ptr_array_add (columns, g_strdup (way_statement_get_name (statement, i)));

  while (TRUE)
    {
      GPtrArray *cells;

      if (!way_statement_step (statement, &has_row, error))
        {
          way_statement_reset (statement);
          return NULL;
        }
      if (!has_row)
        break;
      cells = g_ptr_array_new_full (columns->len, g_free);
      for (guint i = 0; i < columns->len; i++)
        g_ptr_array_add (cells, g_strdup (way_statement_is_null (statement, i)
                                              ? NULL
                                              : way_statement_get_text (statement, i)));
      g_ptr_array_add (found, way_row_new (columns, cells));
    }
  way_statement_reset (statement);
  g_list_store_splice (rows, 0, 0, found->pdata, found->len);
  return g_steal_pointer (&rows);
}
