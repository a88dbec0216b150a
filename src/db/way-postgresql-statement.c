/* way-postgresql-statement.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"

#include <math.h>
#include <string.h>

/* Of the server's catalogue. */
#define BYTEA 17
#define BYTEA_ARRAY 1001
#define INT8 20
#define INT8_ARRAY 1016
/* More in one value is a mistake. */
#define MAX_ARRAY (256 * 1024 * 1024)

/* The highest `$n` of a statement, outside texts, names and comments. */
int
way_postgresql_count_parameters (const char *sql)
{
  int most = 0;

  for (const char *at = sql; *at != '\0'; at++)
    {
      if (*at == '\'' || *at == '"')
        {
          const char *end = strchr (at + 1, *at);

          if (end == NULL)
            return most;
          at = end;
        }
      else if (at[0] == '-' && at[1] == '-')
        {
          at += strcspn (at, "\n");
          if (*at == '\0')
            return most;
        }
      else if (*at == '$' && g_ascii_isdigit (at[1]))
        {
          most = MAX (most, atoi (at + 1));
        }
    }
  return most;
}

gpointer
way_postgresql_prepare (gpointer connection, const char *sql, GError **error)
{
  WayPostgresql *self = connection;
  WayPostgresqlStatement *statement;
  int n_parameters = way_postgresql_count_parameters (sql);
  g_autofree char *name = NULL;

  if (n_parameters > WAY_POSTGRESQL_MAX_PARAMETERS)
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL, "More than %d parameters",
                   WAY_POSTGRESQL_MAX_PARAMETERS);
      return NULL;
    }
  if (!way_postgresql_make_room (self, error))
    return NULL;
  name = g_strdup_printf ("w%u", self->n_prepared++);
  if (!PQsendPrepare (self->conn, name, sql, 0, NULL))
    {
      way_postgresql_fail_lost (self, NULL, error);
      return NULL;
    }
  if (!way_postgresql_finish_answer (self, error))
    {
      g_prefix_error (error, "%.80s: ", sql);
      return NULL;
    }
  statement = g_new0 (WayPostgresqlStatement, 1);
  statement->connection = self;
  statement->name = g_steal_pointer (&name);
  statement->n_parameters = n_parameters;
  return statement;
}

static void
result_free (gpointer data)
{
  PQclear (data);
}

/* Ends what is under way: the rest of its rows is read past. */
static void
stop (WayPostgresqlStatement *self)
{
  WayPostgresql *connection = self->connection;

  if (connection->active == self)
    {
      connection->active = NULL;
      way_postgresql_finish_answer (connection, NULL);
    }
  g_queue_clear_full (&self->waiting, result_free);
  g_clear_pointer (&self->row, PQclear);
  self->has_begun = FALSE;
}

static void
clear_values (WayPostgresqlStatement *self)
{
  for (int i = 0; i < WAY_POSTGRESQL_MAX_PARAMETERS; i++)
    g_clear_pointer (&self->values[i], g_free);
}

void
way_postgresql_finalize (gpointer data)
{
  WayPostgresqlStatement *self = data;

  if (self->sql != NULL && g_queue_find (&self->connection->queue, self) != NULL)
    {
      if (self->connection->is_sent)
        way_postgresql_drain_queue (self->connection, self, NULL);
      g_queue_remove (&self->connection->queue, self);
    }
  stop (self);
  clear_values (self);
  g_clear_pointer (&self->shape, PQclear);
  g_free (self->name);
  g_free (self->sql);
  g_free (self);
}

void
way_postgresql_reset (gpointer data, gboolean clear_bindings)
{
  stop (data);
  if (clear_bindings)
    clear_values (data);
}

static void
take_value (WayPostgresqlStatement *self, int n, char *value, int length, Oid type)
{
  if (n < 1 || n > self->n_parameters)
    {
      g_free (value);
      return;
    }
  g_free (self->values[n - 1]);
  self->values[n - 1] = value;
  self->lengths[n - 1] = length;
  self->types[n - 1] = type;
  self->formats[n - 1] = type != 0;
}

gboolean
way_postgresql_bind_text (gpointer statement, int n, const char *text)
{
  take_value (statement, n, g_strdup (text), 0, 0);
  return TRUE;
}

gboolean
way_postgresql_bind_int (gpointer statement, int n, gint64 value)
{
  take_value (statement, n, g_strdup_printf ("%" G_GINT64_FORMAT, value), 0, 0);
  return TRUE;
}

gboolean
way_postgresql_bind_double (gpointer statement, int n, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  take_value (statement, n,
              isnan (value) ? NULL : g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value)), 0,
              0);
  return TRUE;
}

/* An array as the server keeps it: one dimension counted from 1, each element after its
 * length. All numbers have their highest byte first. */
static void
put_number (GByteArray *bytes, guint32 number)
{
  guint32 wire = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &wire, sizeof wire);
}

static GByteArray *
begin_array (Oid element, guint n, gsize expected)
{
  GByteArray *bytes = g_byte_array_sized_new (expected);

  put_number (bytes, n > 0 ? 1 : 0);
  put_number (bytes, 0);
  put_number (bytes, element);
  if (n > 0)
    {
      put_number (bytes, n);
      put_number (bytes, 1);
    }
  return bytes;
}

static gboolean
take_array (WayPostgresqlStatement *self, int n, GByteArray *bytes, Oid type)
{
  int length = (int) bytes->len;

  take_value (self, n, (char *) g_byte_array_free (bytes, FALSE), length, type);
  return TRUE;
}

/* way_postgresql_bind_texts:
 *
 * Binds a bytea[] of the texts' bytes; FALSE where they are more than one call may carry. */
gboolean
way_postgresql_bind_texts (gpointer statement, int n, const char *const *texts, guint n_texts)
{
  GByteArray *bytes;
  gsize size = 20;

  for (guint i = 0; i < n_texts; i++)
    {
      size += 4 + (texts[i] != NULL ? strlen (texts[i]) : 0);
      if (size > MAX_ARRAY)
        return FALSE;
    }
  bytes = begin_array (BYTEA, n_texts, size);
  for (guint i = 0; i < n_texts; i++)
    {
      guint32 length = texts[i] != NULL ? strlen (texts[i]) : G_MAXUINT32; /* -1: NULL */

      if (texts[i] == NULL)
        bytes->data[7] = 1;
      put_number (bytes, length);
      if (texts[i] != NULL)
        g_byte_array_append (bytes, (const guint8 *) texts[i], length);
    }
  return take_array (statement, n, bytes, BYTEA_ARRAY);
}

/* way_postgresql_bind_ints:
 *
 * Binds a bigint[]; FALSE where they are more than one call may carry. */
gboolean
way_postgresql_bind_ints (gpointer statement, int n, const gint64 *ints, guint n_ints)
{
  GByteArray *bytes;

  if (n_ints > MAX_ARRAY / 12)
    return FALSE;
  bytes = begin_array (INT8, n_ints, 20 + (gsize) n_ints * 12);
  for (guint i = 0; i < n_ints; i++)
    {
      gint64 wire = GINT64_TO_BE (ints[i]);

      put_number (bytes, sizeof wire);
      g_byte_array_append (bytes, (const guint8 *) &wire, sizeof wire);
    }
  return take_array (statement, n, bytes, INT8_ARRAY);
}

static gboolean
send (WayPostgresqlStatement *self, GError **error)
{
  WayPostgresql *connection = self->connection;

  connection->n_changed = 0;
  if (!way_postgresql_make_room (connection, error))
    return FALSE;
  connection->is_interrupted = FALSE;
  if (!PQsendQueryPrepared (connection->conn, self->name, self->n_parameters,
                            (const char *const *) self->values, self->lengths, self->formats, 0)
      || !PQsetSingleRowMode (connection->conn))
    return way_postgresql_fail_lost (connection, NULL, error);
  connection->active = self;
  self->has_begun = TRUE;
  return TRUE;
}

/* The next result of this statement, from the wire or from what was taken in. */
static PGresult *
next_result (WayPostgresqlStatement *self, gboolean *is_lost, GError **error)
{
  *is_lost = FALSE;
  if (!g_queue_is_empty (&self->waiting))
    return g_queue_pop_head (&self->waiting);
  if (self->connection->active != self)
    return NULL;
  return way_postgresql_await (self->connection, is_lost, error);
}

gboolean
way_postgresql_step (gpointer connection, gpointer statement, gboolean *has_row, GError **error)
{
  WayPostgresqlStatement *self = statement;
  gboolean is_lost;

  *has_row = FALSE;
  g_clear_pointer (&self->row, PQclear);
  if (self->sql != NULL)
    return way_postgresql_step_queued (self, has_row, error);
  if (!self->has_begun && !send (self, error))
    return FALSE;
  for (;;)
    {
      PGresult *result = next_result (self, &is_lost, error);

      if (result == NULL)
        {
          if (self->connection->active == self)
            self->connection->active = NULL;
          return !is_lost;
        }
      switch (PQresultStatus (result))
        {
        case PGRES_SINGLE_TUPLE:
          self->row = result;
          *has_row = TRUE;
          return TRUE;
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
          way_postgresql_note_changes (self->connection, result);
          break;
        case PGRES_EMPTY_QUERY:
        case PGRES_COPY_OUT:
        case PGRES_COPY_IN:
        case PGRES_BAD_RESPONSE:
        case PGRES_NONFATAL_ERROR:
        case PGRES_FATAL_ERROR:
        case PGRES_COPY_BOTH:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
        default:
          way_postgresql_fail (self->connection, result, error);
          PQclear (result);
          return FALSE;
        }
      PQclear (result);
    }
}

/* The columns are known with the first row; before it the server is asked for them. */
static PGresult *
get_shape (WayPostgresqlStatement *self)
{
  if (self->row != NULL)
    return self->row;
  if (self->shape != NULL || !way_postgresql_make_room (self->connection, NULL))
    return self->shape;
  self->shape = PQdescribePrepared (self->connection->conn, self->name);
  return self->shape;
}

int
way_postgresql_get_n_columns (gpointer statement)
{
  PGresult *shape = get_shape (statement);

  return shape != NULL ? PQnfields (shape) : 0;
}

const char *
way_postgresql_get_name (gpointer statement, int column)
{
  PGresult *shape = get_shape (statement);

  return shape != NULL ? PQfname (shape, column) : NULL;
}

gboolean
way_postgresql_is_null (gpointer statement, int column)
{
  WayPostgresqlStatement *self = statement;

  return self->row == NULL || column >= PQnfields (self->row) || PQgetisnull (self->row, 0, column);
}

gboolean
way_postgresql_is_number (gpointer statement, int column)
{
  static const Oid numbers[] = { 20, 21, 23, 700, 701, 1700 };
  WayPostgresqlStatement *self = statement;

  if (way_postgresql_is_null (statement, column))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (PQftype (self->row, column) == numbers[i])
      return TRUE;
  return FALSE;
}

const char *
way_postgresql_get_text (gpointer statement, int column)
{
  WayPostgresqlStatement *self = statement;

  return way_postgresql_is_null (statement, column) ? NULL : PQgetvalue (self->row, 0, column);
}

gint64
way_postgresql_get_int (gpointer statement, int column)
{
  const char *text = way_postgresql_get_text (statement, column);

  if (text == NULL)
    return 0;
  if (g_str_equal (text, "t"))
    return 1;
  return strpbrk (text, ".eE") != NULL ? (gint64) g_ascii_strtod (text, NULL)
                                       : g_ascii_strtoll (text, NULL, 10);
}

double
way_postgresql_get_double (gpointer statement, int column)
{
  const char *text = way_postgresql_get_text (statement, column);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}
