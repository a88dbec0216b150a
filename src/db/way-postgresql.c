/* way-postgresql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* How long an answer may take, and the line be silent meanwhile, before we give up and hang
 * up. The server ends a statement sooner by itself; this is for a server that is gone or
 * means harm. So it is not asked to cancel then: that would be one more call into the
 * same silence, which libpq cannot give a limit. */
#define DEADLINE (15 * 60 * G_USEC_PER_SEC)
/* How long it may take to notice that it is to stop. */
#define ASK_AGAIN (G_USEC_PER_SEC / 2)

static void
ignore_notice (void *data, const PGresult *result)
{
}

/**
 * way_postgresql_fail_lost:
 * @why: (nullable): NULL for what the library says
 *
 * Puts into @error that the connection was lost: WAY_DB_ERROR_UNREACHED.
 *
 * Returns: FALSE
 */
gboolean
way_postgresql_fail_lost (WayPostgresql *self, const char *why, GError **error)
{
  g_autofree char *text = way_postgresql_tidy (why != NULL ? why : PQerrorMessage (self->conn));

  g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED, "The connection was lost: %s", text);
  return FALSE;
}

/* Detail and hint stay out: they may hold what somebody else's row holds. */
gboolean
way_postgresql_fail (WayPostgresql *self, const PGresult *result, GError **error)
{
  const char *state = result != NULL ? PQresultErrorField (result, PG_DIAG_SQLSTATE) : NULL;
  g_autofree char *text = NULL;

  if (state == NULL)
    return way_postgresql_fail_lost (self, result != NULL ? PQresultErrorMessage (result) : NULL,
                                     error);
  if (g_str_equal (state, "57014") && self->is_interrupted)
    {
      self->is_interrupted = FALSE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
      return FALSE;
    }
  text = way_postgresql_tidy (PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
  g_set_error (error, WAY_DB_ERROR, way_postgresql_map_state (state), "%s (%s)", text, state);
  return FALSE;
}

static void
connection_free (WayPostgresql *self)
{
  if (self->cancel != NULL)
    PQfreeCancel (self->cancel);
  if (self->conn != NULL)
    PQfinish (self->conn);
  g_free (self);
}

/* Asks the server to stop, where whoever waits gave up. It may not have begun, and then does
 * not hear it: so it is asked again. Returns µs until then; 0 while nobody gave up. */
static gint64
ask_to_stop (WayPostgresql *self, gint64 *asked)
{
  char buffer[256];

  if (self->cancel == NULL || !g_cancellable_is_cancelled (self->cancellable))
    return 0;
  if (*asked == 0 || g_get_monotonic_time () - *asked >= ASK_AGAIN)
    {
      self->is_interrupted = TRUE;
      PQcancel (self->cancel, buffer, sizeof buffer);
      *asked = g_get_monotonic_time ();
    }
  return ASK_AGAIN;
}

/* The next result; NULL at the end of an answer, or with @error. */
PGresult *
way_postgresql_await (WayPostgresql *self, gboolean *is_lost, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;
  gint64 silent_until = g_get_monotonic_time () + self->patience;
  gint64 asked = 0;

  *is_lost = FALSE;
  for (;;)
    {
      struct pollfd descriptors[] = { { .fd = PQsocket (self->conn), .events = POLLIN },
                                      { .fd = self->cancel_fd, .events = POLLIN } };
      int unsent = PQflush (self->conn);
      gint64 stopping, left;
      int n;

      if (unsent >= 0 && !PQisBusy (self->conn))
        break;
      /* While we send, it may have to be heard before it takes more. */
      if (unsent > 0)
        descriptors[0].events |= POLLOUT;
      stopping = ask_to_stop (self, &asked);
      if (stopping > 0)
        descriptors[1].fd = -1;
      left = (MIN (deadline, silent_until) - g_get_monotonic_time ()) / 1000;
      n = left > 0 ? poll (descriptors, G_N_ELEMENTS (descriptors),
                           (int) MIN (left, stopping > 0 ? stopping / 1000 : 60000))
                   : 0;
      if (unsent >= 0 && n < 0 && errno == EINTR)
        continue;
      if (unsent >= 0 && n >= 0 && left > 0 && descriptors[0].revents == 0)
        continue;
      if (unsent < 0 || n <= 0 || !PQconsumeInput (self->conn))
        {
          *is_lost = TRUE;
          way_postgresql_fail_lost (self, unsent >= 0 && n <= 0 ? "no answer in time" : NULL,
                                    error);
          return NULL;
        }
      silent_until = g_get_monotonic_time () + self->patience;
    }
  return PQgetResult (self->conn);
}

/**
 * way_postgresql_note_changes:
 *
 * Keeps how many rows a statement changed, where it says so.
 */
void
way_postgresql_note_changes (WayPostgresql *self, PGresult *result)
{
  const char *count = PQcmdTuples (result);

  if (*count != '\0')
    self->n_changed = g_ascii_strtoll (count, NULL, 10);
}

/* Reads an answer to its end; the first failure is kept. */
gboolean
way_postgresql_finish_answer (WayPostgresql *self, GError **error)
{
  gboolean is_well = TRUE;
  gboolean is_lost;

  for (;;)
    {
      GError **place = is_well ? error : NULL;
      PGresult *result = way_postgresql_await (self, &is_lost, place);

      if (result == NULL)
        return is_well && !is_lost;
      switch (PQresultStatus (result))
        {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
          way_postgresql_note_changes (self, result);
          break;
        case PGRES_SINGLE_TUPLE:
        case PGRES_EMPTY_QUERY:
          break;
        case PGRES_COPY_IN:
        case PGRES_COPY_OUT:
        case PGRES_COPY_BOTH:
          PQclear (result);
          return way_postgresql_fail_lost (self, "it began to copy", place);
        case PGRES_BAD_RESPONSE:
        case PGRES_NONFATAL_ERROR:
        case PGRES_FATAL_ERROR:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
        default:
          way_postgresql_fail (self, result, place);
          is_well = FALSE;
          break;
        }
      PQclear (result);
    }
}

/* Takes in what is still on its way to a statement, so that another may use the connection. */
gboolean
way_postgresql_make_room (WayPostgresql *self, GError **error)
{
  WayPostgresqlStatement *active = g_steal_pointer (&self->active);
  gboolean is_lost;

  if (self->is_sent && !way_postgresql_drain_queue (self, NULL, error))
    return FALSE;
  if (active == NULL)
    return TRUE;
  for (;;)
    {
      PGresult *result = way_postgresql_await (self, &is_lost, error);

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
  WayPostgresql *self;

  if (conn == NULL)
    return NULL;
  self = g_new0 (WayPostgresql, 1);
  self->conn = conn;
  PQsetNoticeReceiver (self->conn, ignore_notice, NULL);
  self->cancel = PQgetCancel (self->conn);
  self->cancel_fd = -1;
  self->most_patience = way_postgresql_get_patience (uri, DEADLINE);
  self->patience = self->most_patience;
  return self;
}

/* The address may say less, for a network whose lines die without a word. */
static void
set_patience (gpointer connection, gint64 patience)
{
  WayPostgresql *self = connection;

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
  WayPostgresql *self = connection;

  self->n_changed = 0;
  if (!way_postgresql_make_room (self, error))
    return FALSE;
  if (!PQsendQuery (self->conn, sql))
    return way_postgresql_fail_lost (self, NULL, error);
  return way_postgresql_finish_answer (self, error);
}

static gboolean
is_in_transaction (gpointer connection)
{
  PGTransactionStatusType status = PQtransactionStatus (((WayPostgresql *) connection)->conn);

  return status == PQTRANS_ACTIVE || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static gboolean
checkpoint (gpointer connection, GError **error)
{
  /* The server does that by itself. */
  return TRUE;
}

static void
set_cancellable (gpointer connection, GCancellable *cancellable)
{
  WayPostgresql *self = connection;

  if (self->cancel_fd >= 0)
    g_cancellable_release_fd (self->cancellable);
  self->cancellable = cancellable;
  self->cancel_fd = cancellable != NULL ? g_cancellable_get_fd (cancellable) : -1;
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
  return ((WayPostgresql *) connection)->n_changed;
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
  WayPostgresql *self = connection;
  char *made = NULL;
  char *copy;

  if (way_postgresql_make_room (self, error))
    made = PQencryptPasswordConn (self->conn, password, user, "scram-sha-256");
  if (made == NULL)
    {
      if (error != NULL && *error == NULL)
        way_postgresql_fail_lost (self, NULL, error);
      return NULL;
    }
  copy = g_strdup (made);
  PQfreemem (made);
  return copy;
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
  .set_cancellable = set_cancellable,
  .backup = backup,
  .integrity = integrity,
  .get_changes = get_changes,
  .add_function = add_function,
  .encrypt_password = encrypt_password,
  .set_patience = set_patience,
  .prepare = way_postgresql_prepare,
  .finalize = way_postgresql_finalize,
  .reset = way_postgresql_reset,
  .bind_text = way_postgresql_bind_text,
  .bind_int = way_postgresql_bind_int,
  .bind_double = way_postgresql_bind_double,
  .bind_texts = way_postgresql_bind_texts,
  .bind_ints = way_postgresql_bind_ints,
  .queue = way_postgresql_queue,
  .send_queue = way_postgresql_send_queue,
  .step = way_postgresql_step,
  .get_n_columns = way_postgresql_get_n_columns,
  .get_name = way_postgresql_get_name,
  .is_null = way_postgresql_is_null,
  .is_number = way_postgresql_is_number,
  .get_text = way_postgresql_get_text,
  .get_int = way_postgresql_get_int,
  .get_double = way_postgresql_get_double,
};
