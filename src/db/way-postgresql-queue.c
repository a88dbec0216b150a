/* way-postgresql-queue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"

/* More than this in one answer is not what was asked for. */
#define MAX_ANSWER (64 * 1024 * 1024)

/* Statements that are sent together and answered in order, so that all of them cost one
 * journey. Each is followed by a synchronisation: so each is a transaction of its own, and
 * one that fails spoils no other. They are not prepared, which would be for once. */

/* way_postgresql_queue:
 *
 * A statement at the end of the queue. It is sent with the rest. */
gpointer
way_postgresql_queue (gpointer connection, const char *sql, GError **error)
{
  WayPostgresql *self = connection;
  WayPostgresqlStatement *statement;
  int n_parameters = way_postgresql_count_parameters (sql);

  if (n_parameters > WAY_POSTGRESQL_MAX_PARAMETERS)
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL, "More than %d parameters",
                   WAY_POSTGRESQL_MAX_PARAMETERS);
      return NULL;
    }
  /* What was sent before is read past. */
  if (self->is_sent && !way_postgresql_drain_queue (self, NULL, error))
    return NULL;
  statement = g_new0 (WayPostgresqlStatement, 1);
  statement->connection = self;
  statement->sql = g_strdup (sql);
  statement->n_parameters = n_parameters;
  g_queue_push_tail (&self->queue, statement);
  return statement;
}

static void
clear_values (WayPostgresqlStatement *self)
{
  for (int i = 0; i < self->n_parameters; i++)
    g_clear_pointer (&self->values[i], g_free);
}

/* way_postgresql_send_queue:
 *
 * Sends all of the queue. What does not fit into the network's buffers goes out while the
 * answers are awaited. */
gboolean
way_postgresql_send_queue (gpointer connection, GError **error)
{
  WayPostgresql *self = connection;

  if (g_queue_is_empty (&self->queue) || self->is_sent)
    return TRUE;
  if (!way_postgresql_make_room (self, error))
    return FALSE;
  self->is_interrupted = FALSE;
  if (PQsetnonblocking (self->conn, 1) != 0 || !PQenterPipelineMode (self->conn))
    return way_postgresql_fail_lost (self, NULL, error);
  self->is_sent = TRUE;
  for (GList *link = self->queue.head; link != NULL; link = link->next)
    {
      WayPostgresqlStatement *statement = link->data;

      if (!PQsendQueryParams (self->conn, statement->sql, statement->n_parameters, statement->types,
                              (const char *const *) statement->values, statement->lengths,
                              statement->formats, 0)
          || !PQpipelineSync (self->conn))
        return way_postgresql_fail_lost (self, NULL, error);
      clear_values (statement);
    }
  return TRUE;
}

static void
end_queue (WayPostgresql *self)
{
  self->is_sent = FALSE;
  PQexitPipelineMode (self->conn);
  PQsetnonblocking (self->conn, 0);
}

/* The line is gone, and all answers with it. */
static gboolean
give_up (WayPostgresql *self)
{
  g_queue_clear (&self->queue);
  self->is_sent = FALSE;
  return FALSE;
}

static gboolean
is_too_long (WayPostgresqlStatement *self, const PGresult *row)
{
  for (int i = 0; i < PQnfields (row); i++)
    self->n_bytes += (gsize) PQgetlength (row, 0, i);
  return self->n_bytes > MAX_ANSWER;
}

/* One result of the first in the queue. *@is_over: its synchronisation was met. */
static PGresult *
next_result (WayPostgresqlStatement *self, gboolean *is_over, gboolean *is_lost, GError **error)
{
  WayPostgresql *connection = self->connection;

  *is_over = FALSE;
  if (!self->has_begun)
    {
      self->has_begun = TRUE;
      PQsetSingleRowMode (connection->conn);
    }
  for (;;)
    {
      PGresult *result = way_postgresql_await (connection, is_lost, error);

      if (*is_lost)
        {
          give_up (connection);
          return NULL;
        }
      if (result == NULL) /* between an answer and its synchronisation */
        {
          if (PQstatus (connection->conn) != CONNECTION_OK)
            {
              *is_lost = TRUE;
              way_postgresql_fail_lost (connection, NULL, error);
              give_up (connection);
              return NULL;
            }
          continue;
        }
      if (PQresultStatus (result) != PGRES_PIPELINE_SYNC)
        return result;
      PQclear (result);
      *is_over = TRUE;
      g_queue_remove (&connection->queue, self);
      if (g_queue_is_empty (&connection->queue))
        end_queue (connection);
      return NULL;
    }
}

/* way_postgresql_drain_queue:
 * @until: (nullable): reads past this one and those before it; NULL for all
 *
 * Reads past answers that nobody wants. */
gboolean
way_postgresql_drain_queue (WayPostgresql *self, WayPostgresqlStatement *until, GError **error)
{
  gboolean is_last = FALSE;

  while (!is_last && self->is_sent && !g_queue_is_empty (&self->queue))
    {
      WayPostgresqlStatement *statement = g_queue_peek_head (&self->queue);
      gboolean is_over = FALSE;

      is_last = statement == until;
      while (!is_over)
        {
          gboolean is_lost;
          PGresult *result = next_result (statement, &is_over, &is_lost, error);

          PQclear (result);
          if (is_lost)
            return FALSE;
        }
    }
  return TRUE;
}

/* way_postgresql_step_queued:
 *
 * The next row of a queued statement. What was queued before it is read past. */
gboolean
way_postgresql_step_queued (WayPostgresqlStatement *self, gboolean *has_row, GError **error)
{
  WayPostgresql *connection = self->connection;

  *has_row = FALSE;
  if (g_queue_find (&connection->queue, self) == NULL) /* read to its end */
    return TRUE;
  if (!connection->is_sent && !way_postgresql_send_queue (connection, error))
    return FALSE;
  while (g_queue_peek_head (&connection->queue) != self)
    if (!way_postgresql_drain_queue (connection, g_queue_peek_head (&connection->queue), error))
      return FALSE;
  for (;;)
    {
      gboolean is_over, is_lost;
      PGresult *result = next_result (self, &is_over, &is_lost, error);

      if (is_lost)
        return FALSE;
      if (is_over)
        return TRUE;
      switch (PQresultStatus (result))
        {
        case PGRES_SINGLE_TUPLE:
          if (is_too_long (self, result))
            {
              PQclear (result);
              give_up (connection);
              return way_postgresql_fail_lost (connection, "it says far too much", error);
            }
          self->row = result;
          *has_row = TRUE;
          return TRUE;
        case PGRES_TUPLES_OK:
        case PGRES_COMMAND_OK:
          way_postgresql_note_changes (connection, result);
          break;
        case PGRES_EMPTY_QUERY:
        case PGRES_COPY_OUT:
        case PGRES_COPY_IN:
        case PGRES_COPY_BOTH:
        case PGRES_BAD_RESPONSE:
        case PGRES_NONFATAL_ERROR:
        case PGRES_FATAL_ERROR:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
        default:
          way_postgresql_fail (connection, result, error);
          PQclear (result);
          return FALSE;
        }
      PQclear (result);
    }
}
