/* way-statement.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-statement-private.h"

/* Ends it, whatever of its answer is still to come. */
void
way_statement_end (gpointer data)
{
  WayStatement *self = data;

  self->db->engine->finalize (self->handle);
  g_free (self);
}

/* Back to the beginning. */
void
way_statement_rewind (WayStatement *self, gboolean clear_bindings)
{
  self->db->engine->reset (self->handle, clear_bindings);
  self->is_reading = FALSE;
  self->is_done = FALSE;
  self->is_cut = FALSE;
  if (clear_bindings)
    self->is_unbound = FALSE;
}

/* A value may only be bound to a statement that stands at its beginning. */
static void
prepare_to_bind (WayStatement *self)
{
  if (self->is_reading || self->is_done || self->is_cut)
    way_statement_rewind (self, FALSE);
}

/* way_statement_bind_text:
 * @n: the parameter `$n`
 * @text: (nullable): copied
 *
 * Binds a text, or NULL. A parameter that the statement does not have is ignored. */
void
way_statement_bind_text (WayStatement *self, int n, const char *text)
{
  g_return_if_fail (self != NULL);

  prepare_to_bind (self);
  if (!self->db->engine->bind_text (self->handle, n, text))
    self->is_unbound = TRUE;
}

/* way_statement_bind_int:
 *
 * Binds an integer to `$n`. */
void
way_statement_bind_int (WayStatement *self, int n, gint64 value)
{
  g_return_if_fail (self != NULL);

  prepare_to_bind (self);
  if (!self->db->engine->bind_int (self->handle, n, value))
    self->is_unbound = TRUE;
}

/* way_statement_bind_double:
 *
 * Binds a number to `$n`; NaN binds NULL. */
void
way_statement_bind_double (WayStatement *self, int n, double value)
{
  g_return_if_fail (self != NULL);

  prepare_to_bind (self);
  if (!self->db->engine->bind_double (self->handle, n, value))
    self->is_unbound = TRUE;
}

/* way_statement_bind_texts:
 * @texts: each may be NULL
 *
 * Binds an array of the texts' bytes, so that none of them can keep the call from being made. */
void
way_statement_bind_texts (WayStatement *self, int n, const char *const *texts, guint n_texts)
{
  g_return_if_fail (self != NULL && self->db->engine->bind_texts != NULL);

  prepare_to_bind (self);
  if (!self->db->engine->bind_texts (self->handle, n, texts, n_texts))
    self->is_unbound = TRUE;
}

/* way_statement_bind_ints:
 *
 * Binds an array of numbers. */
void
way_statement_bind_ints (WayStatement *self, int n, const gint64 *ints, guint n_ints)
{
  g_return_if_fail (self != NULL && self->db->engine->bind_ints != NULL);

  prepare_to_bind (self);
  if (!self->db->engine->bind_ints (self->handle, n, ints, n_ints))
    self->is_unbound = TRUE;
}

/* way_statement_step:
 * @has_row: (out): whether there is a row to read
 *
 * Goes to the next row. At the end the statement lets go of its snapshot and stays at
 * the end until it is reset or bound again. */
gboolean
way_statement_step (WayStatement *self, gboolean *has_row, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && has_row != NULL, FALSE);

  *has_row = FALSE;
  if (self->is_done)
    return TRUE;
  if (self->is_cut || self->is_unbound)
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL,
                   self->is_cut ? "A transaction began while these rows were being read"
                                : "A value is too large to be bound");
      way_statement_rewind (self, TRUE);
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (self->db->cancellable, error))
    {
      way_statement_rewind (self, FALSE);
      return FALSE;
    }
  if (!self->db->engine->step (self->db->connection, self->handle, has_row, &local))
    {
      way_statement_rewind (self, FALSE);
      way_db_note_failure (self->db, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->is_reading = *has_row;
  if (!*has_row)
    {
      self->db->engine->reset (self->handle, FALSE);
      self->is_done = TRUE;
    }
  return TRUE;
}

/* way_statement_run:
 *
 * Runs to the end, whatever rows there are, and resets. What was bound stays. */
gboolean
way_statement_run (WayStatement *self, GError **error)
{
  gboolean has_row = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_done || self->is_reading)
    way_statement_rewind (self, FALSE);
  while (has_row)
    if (!way_statement_step (self, &has_row, error))
      return FALSE;
  way_statement_rewind (self, FALSE);
  return TRUE;
}

/* way_statement_reset:
 *
 * Back to the beginning; what was bound stays. For whoever stops before the last row. */
void
way_statement_reset (WayStatement *self)
{
  g_return_if_fail (self != NULL);

  way_statement_rewind (self, FALSE);
}

/* way_statement_get_n_columns:
 *
 * How many columns its rows have. */
int
way_statement_get_n_columns (WayStatement *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->db->engine->get_n_columns (self->handle);
}

/* way_statement_get_name:
 *
 * The name of a column. */
const char *
way_statement_get_name (WayStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->db->engine->get_name (self->handle, column);
}

/* way_statement_is_null:
 *
 * Whether the column of this row is NULL. */
gboolean
way_statement_is_null (WayStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->db->engine->is_null (self->handle, column);
}

/* way_statement_is_number:
 *
 * Whether the column of this row is an integer or a decimal. */
gboolean
way_statement_is_number (WayStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->db->engine->is_number (self->handle, column);
}

/* way_statement_get_text:
 *
 * The column of this row as text, until the next step; NULL for NULL. */
const char *
way_statement_get_text (WayStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->db->engine->get_text (self->handle, column);
}

/* way_statement_get_int:
 *
 * The column of this row as an integer; 0 for NULL. */
gint64
way_statement_get_int (WayStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->db->engine->get_int (self->handle, column);
}

/* way_statement_get_double:
 *
 * The column of this row as a number; 0 for NULL. */
double
way_statement_get_double (WayStatement *self, int column)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->db->engine->get_double (self->handle, column);
}

/* way_statement_free:
 *
 * Frees a queued statement. What of its answer is still to come is read past. */
void
way_statement_free (WayStatement *self)
{
  way_statement_end (self);
}
