/* way-postgresql.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <string.h>

/* How long an answer may stay away before we give up and hang up. The server ends a
 * statement sooner by itself; this is for a server that is gone or means harm. */
#define DEADLINE (15 * 60 * G_USEC_PER_SEC)
#define MAX_PARAMETERS 64

/* One connection. Rows come one by one; when another statement wants the connection, the
 * rest of the rows being read are taken in first. Belongs to way-db.c. */
typedef struct
{
  PGconn *conn;
  PGcancel *cancel; /* (nullable) may be used from any thread */
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

static const char *const allowed_parameters[] = { "sslrootcert", "passfile", "krbsrvname",
                                                  "sslcert",     "sslkey",   NULL };

static void
ignore_notice (void *data, const PGresult *result)
{
}

/* What a server says reaches screens and logs: one line, no control characters. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *tidied = g_string_new (NULL);

  for (const char *at = valid; *at != '\0' && tidied->len < 400; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n' && at[1] == '\0')
        break;
      g_string_append_unichar (tidied, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_strchomp (g_string_free (tidied, FALSE));
}

/* way_postgresql_map_state:
 * @state: (nullable): an SQLSTATE; NULL when the connection is gone
 *
 * What a failure means to whoever asked. */
WayDbError
way_postgresql_map_state (const char *state)
{
  static const struct
  {
    const char *prefix;
    WayDbError code;
  } codes[] = { { "08", WAY_DB_ERROR_UNREACHED },    { "57P", WAY_DB_ERROR_UNREACHED },
                { "53300", WAY_DB_ERROR_BUSY },      { "53100", WAY_DB_ERROR_FULL },
                { "53", WAY_DB_ERROR_BUSY },         { "40", WAY_DB_ERROR_BUSY },
                { "55P03", WAY_DB_ERROR_BUSY },      { "55006", WAY_DB_ERROR_BUSY },
                { "57014", WAY_DB_ERROR_BUSY },      { "25P03", WAY_DB_ERROR_UNREACHED },
                { "58", WAY_DB_ERROR_IO },           { "XX001", WAY_DB_ERROR_CORRUPT },
                { "XX002", WAY_DB_ERROR_CORRUPT },   { "22", WAY_DB_ERROR_CONSTRAINT },
                { "23", WAY_DB_ERROR_CONSTRAINT },   { "42501", WAY_DB_ERROR_DENIED },
                { "28", WAY_DB_ERROR_DENIED },       { "25006", WAY_DB_ERROR_DENIED },
                { "54001", WAY_DB_ERROR_CONSTRAINT } };

  if (state == NULL)
    return WAY_DB_ERROR_UNREACHED;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (state, codes[i].prefix))
      return codes[i].code;
  return WAY_DB_ERROR_SQL;
}

static gboolean
fail_lost (Connection *self, const char *why, GError **error)
{
  g_autofree char *text = tidy (why != NULL ? why : PQerrorMessage (self->conn));

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
  text = tidy (PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, connection_free)

/* The next result; NULL at the end of an answer, or with @error. */
static PGresult *
await (Connection *self, gboolean *is_lost, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE;

  *is_lost = FALSE;
  while (PQisBusy (self->conn))
    {
      struct pollfd descriptor = { .fd = PQsocket (self->conn), .events = POLLIN };
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      int n = left > 0 ? poll (&descriptor, 1, (int) MIN (left, 60000)) : 0;

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0 && left > 0)
        continue;
      if (n <= 0 || !PQconsumeInput (self->conn))
        {
          char buffer[256];

          if (n <= 0 && self->cancel != NULL)
            PQcancel (self->cancel, buffer, sizeof buffer);
          *is_lost = TRUE;
          fail_lost (self, n <= 0 ? "no answer in time" : NULL, error);
          return NULL;
        }
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

static char *
dup_option (GHashTable *options, const char *key)
{
  return g_strdup (g_hash_table_lookup (options, key));
}

/* What the URI says, checked: it may name who, where and with what, never how safely. */
static GHashTable *
read_uri (const char *uri, GError **error)
{
  g_autoptr (GHashTable) options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char *message = NULL;
  PQconninfoOption *list = PQconninfoParse (uri, &message);

  if (list == NULL)
    {
      /* libpq's own words quote the URI, which may hold a password. */
      PQfreemem (message);
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                           "A trust's address is written postgresql://USER@HOST:PORT/DATABASE");
      return NULL;
    }
  for (PQconninfoOption *option = list; option->keyword != NULL; option++)
    if (option->val != NULL)
      g_hash_table_insert (options, g_strdup (option->keyword), g_strdup (option->val));
  PQconninfoFree (list);

  if (g_hash_table_contains (options, "password"))
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                           "A password does not belong into an address, which others can see: "
                           "set PGPASSWORD, or name a passfile");
      return NULL;
    }
  if (!g_hash_table_contains (options, "host") || !g_hash_table_contains (options, "user")
      || !g_hash_table_contains (options, "dbname"))
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                           "A trust's address names user, host and database: "
                           "postgresql://USER@HOST:PORT/DATABASE");
      return NULL;
    }
  for (PQconninfoOption *option = list = PQconndefaults (); option->keyword != NULL; option++)
    {
      const char *key = option->keyword;

      if (g_hash_table_contains (options, key) && !g_str_equal (key, "host")
          && !g_str_equal (key, "port") && !g_str_equal (key, "user")
          && !g_str_equal (key, "dbname") && !g_strv_contains (allowed_parameters, key))
        {
          g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                       "“%s” is not for the address of a trust to say", key);
          PQconninfoFree (list);
          return NULL;
        }
    }
  PQconninfoFree (list);
  return g_steal_pointer (&options);
}

typedef struct
{
  const char *keys[48];
  const char *values[48];
  guint n;
} Parameters;

static void
add (Parameters *parameters, const char *key, const char *value)
{
  g_assert (parameters->n + 1 < G_N_ELEMENTS (parameters->keys));
  parameters->keys[parameters->n] = key;
  parameters->values[parameters->n++] = value;
}

/* Every parameter that decides how safe the connection is has a value here, so that
 * neither the environment nor a service file has a say. */
static PGconn *
connect_safely (GHashTable *options)
{
  Parameters with = { .n = 0 };
  g_autofree char *host = dup_option (options, "host");
  const char *port = g_hash_table_lookup (options, "port");
  const char *root = g_hash_table_lookup (options, "sslrootcert");
  const char *passfile = g_hash_table_lookup (options, "passfile");
  gboolean is_socket = *host == '/';
  /* With a ticket or a certificate no password is sent, so none can be asked for. */
  gboolean is_ticket = g_hash_table_contains (options, "krbsrvname");
  gboolean is_certificate = g_hash_table_contains (options, "sslcert");
  gboolean has_password = !is_ticket && !is_certificate;

  add (&with, "host", host);
  add (&with, "port", port != NULL ? port : "5432");
  add (&with, "user", g_hash_table_lookup (options, "user"));
  add (&with, "dbname", g_hash_table_lookup (options, "dbname"));
  add (&with, "sslmode", is_socket ? "disable" : "verify-full");
  add (&with, "sslrootcert", root != NULL ? root : "/etc/ssl/certs/ca-certificates.crt");
  add (&with, "ssl_min_protocol_version", "TLSv1.3");
  add (&with, "ssl_max_protocol_version", "TLSv1.3");
  add (&with, "sslcompression", "0");
  add (&with, "sslsni", "1");
  add (&with, "gssencmode", "disable");
  add (&with, "channel_binding", is_socket || !has_password ? "disable" : "require");
  if (is_ticket)
    add (&with, "krbsrvname", g_hash_table_lookup (options, "krbsrvname"));
  if (is_certificate)
    {
      add (&with, "sslcert", g_hash_table_lookup (options, "sslcert"));
      add (&with, "sslkey", g_hash_table_lookup (options, "sslkey"));
    }
  if (!has_password)
    {
      add (&with, "password", "-");
      add (&with, "passfile", "/dev/null");
    }
  else if (passfile != NULL)
    {
      add (&with, "passfile", passfile);
    }
  add (&with, "connect_timeout", "10");
  add (&with, "tcp_user_timeout", "15000");
  add (&with, "keepalives", "1");
  add (&with, "keepalives_idle", "20");
  add (&with, "keepalives_interval", "5");
  add (&with, "keepalives_count", "3");
  add (&with, "target_session_attrs", "any");
  add (&with, "client_encoding", "UTF8");
  add (&with, "application_name", "waymark");
  add (&with, "options",
       "-c default_transaction_isolation=repeatable\\ read -c statement_timeout=600000"
       " -c idle_in_transaction_session_timeout=600000 -c client_min_messages=error"
       " -c datestyle=ISO -c extra_float_digits=1");
  return PQconnectdbParams (with.keys, with.values, 0);
}

static gpointer
open_uri (const char *uri, WayDbFlags flags, GError **error)
{
  g_autoptr (GHashTable) options = read_uri (uri, error);
  g_autoptr (Connection) self = NULL;

  if (options == NULL)
    return NULL;
  self = g_new0 (Connection, 1);
  self->conn = connect_safely (options);
  if (self->conn == NULL || PQstatus (self->conn) != CONNECTION_OK)
    {
      g_autofree char *text = tidy (self->conn != NULL ? PQerrorMessage (self->conn) : "no memory");
      gboolean is_refused = strstr (text, "FATAL:") != NULL;

      /* The server answered, so it can be reached; libpq gives no SQLSTATE here. */
      g_set_error (error, WAY_DB_ERROR,
                   !is_refused ? WAY_DB_ERROR_UNREACHED
                   : strstr (text, "too many connections") != NULL
                           || strstr (text, "remaining connection slots") != NULL
                       ? WAY_DB_ERROR_BUSY
                   : strstr (text, "starting up") != NULL || strstr (text, "shutting down") != NULL
                       ? WAY_DB_ERROR_UNREACHED
                       : WAY_DB_ERROR_DENIED,
                   "%s", text);
      return NULL;
    }
  PQsetNoticeReceiver (self->conn, ignore_notice, NULL);
  self->cancel = PQgetCancel (self->conn);
  return g_steal_pointer (&self);
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
