/* way-postgresql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <string.h>

/* How long an answer may take, and the line be silent meanwhile, before we give up and hang
 * up. The server ends a statement sooner by itself; this is for a server that is gone or
 * means harm. So it is not asked to cancel either: that would be one more call into the
 * same silence, which libpq cannot give a limit. */
#define DEADLINE (15 * 60 * G_USEC_PER_SEC)
#define MAX_PARAMETERS 64

/* One connection. Rows come one by one; when another statement wants the connection, the
 * rest of the rows being read are taken in first. Belongs to way-db.c. */
typedef struct
{
  PGconn *conn;
  PGcancel *cancel; /* (nullable) may be used from any thread */
  gint64 patience;  /* µs of silence */
  gint64 most_patience;
  int is_interrupted;
  guint n_prepared;
  gint64 n_changed;
  struct _Statement *active; /* (nullable) (unowned) whose rows are on their way */
} Connection;

typedef struct _Statement
{
  Connection *connection; /* (unowned) */
  char *name;
  char *values[MAX_PARAMETERS];
  int n_parameters;
  PGresult *shape; /* (nullable) the columns, before there is a row */
  PGresult *row;   /* (nullable) */
  GQueue waiting;  /* of PGresult: rows taken in before they were asked for */
  gboolean has_begun;
} Statement;

static void
ignore_notice (void *data, const PGresult *result)
{
}

static gboolean
fail_lost (Connection *self, const char *why, GError **error)
{
  g_autofree char *text = way_postgresql_tidy (why != NULL ? why : PQerrorMessage (self->conn));

  g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED, "The connection was lost: %s", text);
  return FALSE;
}

/* Detail and hint stay out: they may hold what somebody else's row holds. */
static gboolean
fail (Connection *self, const PGresult *result, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  g_autofree char *text = NULL;

  if (state == NULL)
    return fail_lost (self, result != NULL ? PQresultErrorMessage (result) : NULL, error);
  if (g_str_equal (state, "57014")
      && g_atomic_int_compare_and_exchange (&self->is_interrupted, 1, 0))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
      return FALSE;
    }
  text = way_postgresql_tidy (PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
  g_set_error (error, WAY_DB_ERROR, way_postgresql_map_state (state), "%s (%s)", text, state);
  return FALSE;
}

static void
connection_free (Connection *self)
{
  if (self->cancel != NULL)
    PQfreeCancel (self->cancel);
  if (self->conn != NULL)
    PQfinish (self->conn);
  g_free (self);
}

/* The next result; NULL at the end of an answer, or with @error. */
static PGresult *
await (Connection *self, gboolean *is_lost, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;
  gint64 silent_until = g_get_monotonic_time () + self->patience;

  *is_lost = FALSE;
  while (PQisBusy (self->conn))
    {
      struct pollfd descriptor = { .fd = PQsocket (self->conn), .events = POLLIN };
      gint64 left = (MIN (deadline, silent_until) - g_get_monotonic_time ()) / 1000;
      int n = left > 0 ? poll (&descriptor, 1, (int) MIN (left, 60000)) : 0;

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0 && left > 0)
        continue;
      if (n <= 0 || !PQconsumeInput (self->conn))
        {
          *is_lost = TRUE;
          fail_lost (self, n <= 0 ? "no answer in time" : NULL, error);
          return NULL;
        }
      silent_until = g_get_monotonic_time () + self->patience;
    }
  return PQgetResult (self->conn);
}

static void
note_changes (Connection *self, PGresult *result)
{
  const char *count = PQcmdTuples (result);

  if (*count != '\0')
    self->n_changed = g_ascii_strtoll (count, NULL, 10);
}

/* Reads an answer to its end; the first failure is kept. */
static gboolean
finish_answer (Connection *self, GError **error)
{
  gboolean is_well = TRUE;
  gboolean is_lost;

  for (;;)
    {
      GError **place = is_well ? error : NULL;
      PGresult *result = await (self, &is_lost, place);

      if (result == NULL)
        return is_well && !is_lost;
      switch (PQresultStatus (result))
        {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
          note_changes (self, result);
          break;
        case PGRES_SINGLE_TUPLE:
        case PGRES_EMPTY_QUERY:
          break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
          PQclear (result);
          return fail_lost (self, "it began to copy", place);
        case PGRES_BAD_RESPONSE:
        case PGRES_NONFATAL_ERROR:
        case PGRES_FATAL_ERROR:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
        default:
          fail (self, result, place);
          is_well = FALSE;
          break;
        }
      PQclear (result);
    }
}

/* Takes in what is still on its way to a statement, so that another may use the connection. */
static gboolean
make_room (Connection *self, GError **error)
{
  Statement *active = g_steal_pointer (&self->active);
  gboolean is_lost;

  if (active == NULL)
    return TRUE;
  for (;;)
    {
      PGresult *result = await (self, &is_lost, error);

      if (is_lost)
        return FALSE;
      if (result == NULL)
        return TRUE;
      g_queue_push_tail (&active->waiting, result);
    }
}

static gpointer
open_uri (const char *uri, WayDbFlags flags, GError **error)
{
  PGconn *conn = way_postgresql_connect (uri, error);
  Connection *self;

  if (conn == NULL)
    return NULL;
  self = g_new0 (Connection, 1);
  self->conn = conn;
  PQsetNoticeReceiver (self->conn, ignore_notice, NULL);
  self->cancel = PQgetCancel (self->conn);
  self->most_patience = way_postgresql_get_patience (uri, DEADLINE);
  self->patience = self->most_patience;
  return self;
}

/* The address may say less, for a network whose lines die without a word. */
static void
set_patience (gpointer connection, gint64 patience)
{
  Connection *self = connection;

  self->patience = MIN (self->most_patience, patience);
}

static void
close_connection (gpointer connection)
{
  connection_free (connection);
}

static char *
dup_path (const char *uri)
{
  return NULL;
}

static gboolean
exec (gpointer connection, const char *sql, GError **error)
{
  Connection *self = connection;

  self->n_changed = 0;
  if (!make_room (self, error))
    return FALSE;
  if (!PQsendQuery (self->conn, sql))
    return fail_lost (self, NULL, error);
  return finish_answer (self, error);
}

static gboolean
is_in_transaction (gpointer connection)
{
  PGTransactionStatusType status = PQtransactionStatus (((Connection *) connection)->conn);

  return status == PQTRANS_ACTIVE || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static gboolean
checkpoint (gpointer connection, GError **error)
{
  /* The server does that by itself. */
  return TRUE;
}

static void
interrupt (gpointer connection)
{
  Connection *self = connection;
  char buffer[256];

  if (self->cancel == NULL)
    return;
  g_atomic_int_set (&self->is_interrupted, 1);
  PQcancel (self->cancel, buffer, sizeof buffer);
}

static gboolean
backup (gpointer connection, const char *path, GError **error)
{
  g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN,
                       "A PostgreSQL trust is backed up by pg_basebackup or pg_dump");
  return FALSE;
}

static gboolean
integrity (gpointer connection, GPtrArray *problems, GError **error)
{
  /* Pages have checksums where the cluster was made with them; reading is what checks. */
  return TRUE;
}

static gint64
get_changes (gpointer connection)
{
  return ((Connection *) connection)->n_changed;
}

static gboolean
add_function (gpointer connection,
              const char *name,
              WayDbTextFunc func,
              gpointer user_data,
              GDestroyNotify destroy,
              GError **error)
{
  if (destroy != NULL)
    destroy (user_data);
  g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL, "PostgreSQL cannot call “%s” in this program",
               name);
  return FALSE;
}

static char *
encrypt_password (gpointer connection, const char *user, const char *password, GError **error)
{
  Connection *self = connection;
  char *made = NULL;
  char *copy;

  if (make_room (self, error))
    made = PQencryptPasswordConn (self->conn, password, user, "scram-sha-256");
  if (made == NULL)
    {
      if (error != NULL && *error == NULL)
        fail_lost (self, NULL, error);
      return NULL;
    }
  copy = g_strdup (made);
  PQfreemem (made);
  return copy;
}

/* The highest `$n` of a statement, outside texts, names and comments. */
static int
count_parameters (const char *sql)
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

static gpointer
prepare (gpointer connection, const char *sql, GError **error)
{
  Connection *self = connection;
  Statement *statement;
  int n_parameters = count_parameters (sql);
  g_autofree char *name = NULL;

  if (n_parameters > MAX_PARAMETERS)
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL, "More than %d parameters",
                   MAX_PARAMETERS);
      return NULL;
    }
  if (!make_room (self, error))
    return NULL;
  name = g_strdup_printf ("w%u", self->n_prepared++);
  if (!PQsendPrepare (self->conn, name, sql, 0, NULL))
    {
      fail_lost (self, NULL, error);
      return NULL;
    }
  if (!finish_answer (self, error))
    {
      g_prefix_error (error, "%.80s: ", sql);
      return NULL;
    }
  statement = g_new0 (Statement, 1);
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
stop (Statement *self)
{
  Connection *connection = self->connection;

  if (connection->active == self)
    {
      connection->active = NULL;
      finish_answer (connection, NULL);
    }
  g_queue_clear_full (&self->waiting, result_free);
  g_clear_pointer (&self->row, PQclear);
  self->has_begun = FALSE;
}

static void
clear_values (Statement *self)
{
  for (int i = 0; i < MAX_PARAMETERS; i++)
    g_clear_pointer (&self->values[i], g_free);
}

static void
finalize (gpointer data)
{
  Statement *self = data;

  stop (self);
  clear_values (self);
  g_clear_pointer (&self->shape, PQclear);
  g_free (self->name);
  g_free (self);
}

static void
reset (gpointer data, gboolean clear_bindings)
{
  stop (data);
  if (clear_bindings)
    clear_values (data);
}

static void
take_value (Statement *self, int n, char *value)
{
  if (n < 1 || n > self->n_parameters)
    {
      g_free (value);
      return;
    }
  g_free (self->values[n - 1]);
  self->values[n - 1] = value;
}

static gboolean
bind_text (gpointer statement, int n, const char *text)
{
  take_value (statement, n, g_strdup (text));
  return TRUE;
}

static gboolean
bind_int (gpointer statement, int n, gint64 value)
{
  take_value (statement, n, g_strdup_printf ("%" G_GINT64_FORMAT, value));
  return TRUE;
}

static gboolean
bind_double (gpointer statement, int n, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  take_value (statement, n,
              isnan (value) ? NULL : g_strdup (g_ascii_dtostr (buffer, sizeof buffer, value)));
  return TRUE;
}

static gboolean
send (Statement *self, GError **error)
{
  Connection *connection = self->connection;

  connection->n_changed = 0;
  if (!make_room (connection, error))
    return FALSE;
  g_atomic_int_set (&connection->is_interrupted, 0);
  if (!PQsendQueryPrepared (connection->conn, self->name, self->n_parameters,
                            (const char *const *) self->values, NULL, NULL, 0)
      || !PQsetSingleRowMode (connection->conn))
    return fail_lost (connection, NULL, error);
  connection->active = self;
  self->has_begun = TRUE;
  return TRUE;
}

/* The next result of this statement, from the wire or from what was taken in. */
static PGresult *
next_result (Statement *self, gboolean *is_lost, GError **error)
{
  *is_lost = FALSE;
  if (!g_queue_is_empty (&self->waiting))
    return g_queue_pop_head (&self->waiting);
  if (self->connection->active != self)
    return NULL;
  return await (self->connection, is_lost, error);
}

static gboolean
step (gpointer connection, gpointer statement, gboolean *has_row, GError **error)
{
  Statement *self = statement;
  gboolean is_lost;

  *has_row = FALSE;
  g_clear_pointer (&self->row, PQclear);
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
          note_changes (self->connection, result);
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
          fail (self->connection, result, error);
          PQclear (result);
          return FALSE;
        }
      PQclear (result);
    }
}

/* The columns are known with the first row; before it the server is asked for them. */
static PGresult *
get_shape (Statement *self)
{
  if (self->row != NULL)
    return self->row;
  if (self->shape != NULL || !make_room (self->connection, NULL))
    return self->shape;
  self->shape = PQdescribePrepared (self->connection->conn, self->name);
  return self->shape;
}

static int
get_n_columns (gpointer statement)
{
  PGresult *shape = get_shape (statement);

  return shape != NULL ? PQnfields (shape) : 0;
}

static const char *
get_name (gpointer statement, int column)
{
  PGresult *shape = get_shape (statement);

  return shape != NULL ? PQfname (shape, column) : NULL;
}

static gboolean
is_null (gpointer statement, int column)
{
  Statement *self = statement;

  return self->row == NULL || column >= PQnfields (self->row) || PQgetisnull (self->row, 0, column);
}

static gboolean
is_number (gpointer statement, int column)
{
  static const Oid numbers[] = { 20, 21, 23, 700, 701, 1700 };
  Statement *self = statement;

  if (is_null (statement, column))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (PQftype (self->row, column) == numbers[i])
      return TRUE;
  return FALSE;
}

static const char *
get_text (gpointer statement, int column)
{
  Statement *self = statement;

  return is_null (statement, column) ? NULL : PQgetvalue (self->row, 0, column);
}

static gint64
get_int (gpointer statement, int column)
{
  const char *text = get_text (statement, column);

  if (text == NULL)
    return 0;
  if (g_str_equal (text, "t"))
    return 1;
  return strpbrk (text, ".eE") != NULL ? (gint64) g_ascii_strtod (text, NULL)
                                       : g_ascii_strtoll (text, NULL, 10);
}

static double
get_double (gpointer statement, int column)
{
  const char *text = get_text (statement, column);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

static const char *const schemes[] = { "postgresql", "postgres", NULL };

const WayDbEngine way_postgresql_engine = {
  .name = "postgresql",
  .schemes = schemes,
  /* Whatever else reads in a transaction sees one moment; who writes waits for whoever
   * wrote before and goes on from there. */
  .begin = "BEGIN ISOLATION LEVEL READ COMMITTED",
  .open = open_uri,
  .close = close_connection,
  .dup_path = dup_path,
  .exec = exec,
  .is_in_transaction = is_in_transaction,
  .checkpoint = checkpoint,
  .interrupt = interrupt,
  .backup = backup,
  .integrity = integrity,
  .get_changes = get_changes,
  .add_function = add_function,
  .encrypt_password = encrypt_password,
  .set_patience = set_patience,
  .prepare = prepare,
  .finalize = finalize,
  .reset = reset,
  .bind_text = bind_text,
  .bind_int = bind_int,
  .bind_double = bind_double,
  .step = step,
  .get_n_columns = get_n_columns,
  .get_name = get_name,
  .is_null = is_null,
  .is_number = is_number,
  .get_text = get_text,
  .get_int = get_int,
  .get_double = get_double,
};
