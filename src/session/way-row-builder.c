/* way-row-builder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-row-builder.h"

#include <math.h>

struct _WayRowBuilder
{
  GPtrArray *columns; /* (owned) of char* */
  GPtrArray *cells;   /* (owned) (nullable) of the row that is not full yet */
  GListStore *rows;   /* (owned) */
};

/**
 * way_row_builder_new:
 * @columns: (array zero-terminated=1): their names
 *
 * Returns: (transfer full): a list without rows
 */
WayRowBuilder *
way_row_builder_new (const char *const *columns)
{
  WayRowBuilder *self = g_new0 (WayRowBuilder, 1);

  self->columns = g_ptr_array_new_with_free_func (g_free);
  for (; *columns != NULL; columns++)
    g_ptr_array_add (self->columns, g_strdup (*columns));
  self->rows = g_list_store_new (WAY_TYPE_ROW);
  return self;
}

/**
 * way_row_builder_free:
 * @self: (transfer full)
 */
void
way_row_builder_free (WayRowBuilder *self)
{
  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_object (&self->rows);
  g_free (self);
}

static void
take (WayRowBuilder *self, char *text)
{
  if (self->cells == NULL)
    self->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->cells, text);
  if (self->cells->len == self->columns->len)
    {
      g_autoptr (WayRow) row = way_row_new (self->columns, g_steal_pointer (&self->cells));

      g_list_store_append (self->rows, row);
    }
}

/**
 * way_row_builder_add_text:
 * @text: (nullable): the next cell; %NULL where there is no value
 */
void
way_row_builder_add_text (WayRowBuilder *self, const char *text)
{
  take (self, g_strdup (text));
}

/**
 * way_row_builder_add_int:
 *
 * Adds the next cell of the row, a whole number.
 */
void
way_row_builder_add_int (WayRowBuilder *self, gint64 number)
{
  take (self, g_strdup_printf ("%" G_GINT64_FORMAT, number));
}

/**
 * way_row_builder_add_number:
 * @number: the next cell; NaN where there is no value
 */
void
way_row_builder_add_number (WayRowBuilder *self, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  take (self, isnan (number) ? NULL : g_strdup (g_ascii_dtostr (buffer, sizeof buffer, number)));
}

/**
 * way_row_builder_end:
 *
 * Returns: (transfer full): the rows
 */
GListStore *
way_row_builder_end (WayRowBuilder *self)
{
  g_return_val_if_fail (self->cells == NULL, NULL);

  return g_steal_pointer (&self->rows);
}
