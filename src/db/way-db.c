/* way-db.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-db-private.h"
#include "db/way-postgresql-private.h"

/* A connection: the engine's own, and the statements prepared on it so far, by text.
 * References may be held by any thread (so that it can interrupt); everything else
 * belongs to the thread that works with it. */
struct _WayDb
{
  gatomicrefcount refs;
  const WayDbEngine *engine;
  gpointer connection;
  char *uri;
  GHashTable *statements; /* char* → WayStatement */
  gboolean is_broken;     /* the disk or the connection failed: open it again */
};

struct _WayStatement
{
  WayDb *db; /* (unowned) */
  gpointer handle;
  gboolean is_reading; /* has given a row, not yet the end */
  gboolean is_done;    /* has come to its end since the last reset or binding */
  gboolean is_cut;     /* ended by us in the middle */
  gboolean is_unbound; /* a value could not be bound */
};

static const WayDbEngine *const engines[] = { &way_sqlite_engine, &way_postgresql_engine };

/* Written by hand: clang-format 14 would put spaces into the name. */
GQuark
way_db_error_quark (void)
{
  return g_quark_from_static_string ("way-db-error-quark");
}

static const WayDbEngine *
find_engine (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);

  for (gsize i = 0; scheme != NULL && i < G_N_ELEMENTS (engines); i++)
    if (g_strv_contains (engines[i]->schemes, scheme))
      return engines[i];
  return NULL;
}

static char *
list_engines (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (engines); i++)
    g_string_append_printf (text, "%s%s:", i > 0 ? ", " : "", engines[i]->schemes[0]);
  return g_string_free (text, FALSE);
}

static void
statement_free (gpointer data)
{
  WayStatement *self = data;

  self->db->engine->finalize (self->handle);
  g_free (self);
}

/* A disk that failed once may have kept or lost anything since: nothing more is written
 * until the file has been opened again and its log recovered. A lost connection is the
 * same: nobody knows whether the last thing said was heard. */
static gboolean
note_failure (WayDb *self, GError **error)
{
  if (error != NULL
      && (g_error_matches (*error, WAY_DB_ERROR, WAY_DB_ERROR_IO)
          || g_error_matches (*error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED)))
    self->is_broken = TRUE;
  return FALSE;
}

static gboolean
check_disk (WayDb *self, GError **error)
{
  if (!self->is_broken)
    return TRUE;
  if (way_db_is_postgresql (self))
    g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED,
                         "The connection was lost: open the trust again");
  else
    g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_IO,
                         "The disk failed earlier: close the database and open it again");
  return FALSE;
}

/* A statement left in the middle of its rows holds an old snapshot, from which no
 * transaction can begin once somebody else has written. */
static void
end_reads (WayDb *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WayStatement *statement = value;

      if (!statement->is_reading)
        continue;
      self->engine->reset (statement->handle, FALSE);
      statement->is_reading = FALSE;
      statement->is_cut = TRUE;
    }
}

static void
rewind_statement (WayStatement *self, gboolean clear_bindings)
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
    rewind_statement (self, FALSE);
}

/* way_db_open:
 * @uri: `sqlite:PATH`, `sqlite::memory:`, or `postgresql://USER@HOST:PORT/DATABASE` with
 *   sslrootcert, passfile, krbsrvname, sslcert and sslkey; HOST may be a socket's folder
 * @flags: how
 *
 * Opens a database. Fails with WAY_DB_ERROR_URI where no engine of this program serves
 * the URI, WAY_DB_ERROR_NETWORK_FS where the file would not be safe, WAY_DB_ERROR_CORRUPT
 * where it is no database, WAY_DB_ERROR_UNREACHED or WAY_DB_ERROR_DENIED where a server
 * is not there or refuses, WAY_DB_ERROR_OPEN otherwise. */
WayDb *
way_db_open (const char *uri, WayDbFlags flags, GError **error)
{
  const WayDbEngine *engine;
  gpointer connection;
  WayDb *self;

  g_return_val_if_fail (uri != NULL, NULL);

  engine = find_engine (uri);
  if (engine == NULL)
    {
      /* Only the scheme is named: the rest may hold a password. */
      g_autofree char *scheme = g_uri_parse_scheme (uri);
      g_autofree char *known = list_engines ();

      if (scheme == NULL)
        g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                     "A database is named by a URI that begins with one of: %s", known);
      else
        g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                     "This program has no engine for “%s:” databases; it has: %s", scheme, known);
      return NULL;
    }
  connection = engine->open (uri, flags, error);
  if (connection == NULL)
    return NULL;

  self = g_new0 (WayDb, 1);
  g_atomic_ref_count_init (&self->refs);
  self->engine = engine;
  self->connection = connection;
  self->uri = g_strdup (uri);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  return self;
}

/* way_db_ref:
 *
 * Takes a reference, from any thread. */
WayDb *
way_db_ref (WayDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/* way_db_unref:
 *
 * Lets go of a reference. The last one closes the connection and ends its statements;
 * an open transaction is rolled back. */
void
way_db_unref (WayDb *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->statements);
  self->engine->close (self->connection);
  g_free (self->uri);
  g_free (self);
}

/* way_db_get_uri:
 *
 * What it was opened by. */
const char *
way_db_get_uri (WayDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->uri;
}

/* way_db_get_engine:
 *
 * The name of its engine, "sqlite" or "postgresql". */
const char *
way_db_get_engine (WayDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->engine->name;
}

/* way_db_is_postgresql:
 *
 * Whether a server keeps it: where the two engines must be told apart. */
gboolean
way_db_is_postgresql (WayDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->engine == &way_postgresql_engine;
}

/* way_db_get_temp_schema:
 *
 * What goes before the name of a temporary table so that no other is meant. */
const char *
way_db_get_temp_schema (WayDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return way_db_is_postgresql (self) ? "pg_temp" : "temp";
}

/* way_db_dup_path:
 *
 * The absolute path of the file behind a URI; NULL where there is none. */
char *
way_db_dup_path (const char *uri)
{
  const WayDbEngine *engine;

  g_return_val_if_fail (uri != NULL, NULL);

  engine = find_engine (uri);
  return engine != NULL ? engine->dup_path (uri) : NULL;
}

/* way_db_exec:
 * @sql: statements separated by ';', without parameters
 *
 * Runs them in order. Stops at the first that fails; the error names its line. */
gboolean
way_db_exec (WayDb *self, const char *sql, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  if (self->engine->exec (self->connection, sql, &local))
    return TRUE;
  note_failure (self, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* way_db_begin:
 *
 * Begins a transaction that may write, waiting for whoever writes now. Statements that
 * were in the middle of their rows are ended: their next step fails. */
gboolean
way_db_begin (WayDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_disk (self, error))
    return FALSE;
  if (way_db_is_in_transaction (self))
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL,
                           "A transaction has begun already");
      return FALSE;
    }
  end_reads (self);
  return way_db_exec (self, self->engine->begin, error);
}

/* way_db_commit:
 *
 * Makes the transaction last: it is on the disk when this returns TRUE. Otherwise the
 * transaction is over and, but for WAY_DB_ERROR_IO, nothing of it is in the database;
 * after WAY_DB_ERROR_IO only opening it again shows what is. */
gboolean
way_db_commit (WayDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (check_disk (self, error) && way_db_exec (self, "COMMIT", error))
    return TRUE;
  way_db_rollback (self);
  return FALSE;
}

/* way_db_rollback:
 *
 * Undoes the transaction, if there is one: a failed write may have ended it already. */
void
way_db_rollback (WayDb *self)
{
  g_return_if_fail (self != NULL);

  if (way_db_is_in_transaction (self))
    way_db_exec (self, "ROLLBACK", NULL);
}

/* way_db_is_in_transaction:
 *
 * Whether a transaction has begun and not ended. */
gboolean
way_db_is_in_transaction (WayDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->engine->is_in_transaction (self->connection);
}

/* way_db_checkpoint:
 *
 * Moves what was committed from the write-ahead log into the database file and empties
 * the log, for when the connection is idle. It never waits: WAY_DB_ERROR_BUSY says that
 * a reader kept some of the log, which is harmless. Ends statements like way_db_begin(). */
gboolean
way_db_checkpoint (WayDb *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_disk (self, error))
    return FALSE;
  if (!way_db_is_in_transaction (self))
    end_reads (self);
  if (self->engine->checkpoint (self->connection, &local))
    return TRUE;
  note_failure (self, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* way_db_get_int:
 * @value: (out): the first column of the first row; 0 where there is none, or NULL
 *
 * Asks for one number. */
gboolean
way_db_get_int (WayDb *self, const char *sql, gint64 *value, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  g_return_val_if_fail (self != NULL && sql != NULL && value != NULL, FALSE);

  *value = 0;
  statement = way_db_prepare (self, sql, error);
  if (statement == NULL || !way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *value = way_statement_get_int (statement, 0);
  way_statement_reset (statement);
  return TRUE;
}

/* way_db_dup_text:
 *
 * Asks for one text: the first column of the first row. NULL without @error where there
 * is no row or it holds NULL. */
char *
way_db_dup_text (WayDb *self, const char *sql, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  char *text = NULL;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  statement = way_db_prepare (self, sql, error);
  if (statement == NULL || !way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    text = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return text;
}

/* way_db_interrupt:
 *
 * Stops what the connection is doing, from any thread that holds a reference. The
 * statement fails with G_IO_ERROR_CANCELLED. */
void
way_db_interrupt (WayDb *self)
{
  g_return_if_fail (self != NULL);

  self->engine->interrupt (self->connection);
}

/* way_db_backup:
 * @path: where no file is yet
 *
 * Writes a whole and compact copy, 0600, on the disk when this returns. A copy that
 * could not be finished is removed. */
gboolean
way_db_backup (WayDb *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  return self->engine->backup (self->connection, path, error);
}

/* way_db_integrity:
 * @problems: (element-type utf8): gets a sentence for each thing that is wrong
 *
 * Reads the whole database for damage and broken references. TRUE says that it could
 * look, not that all is well. */
gboolean
way_db_integrity (WayDb *self, GPtrArray *problems, GError **error)
{
  g_return_val_if_fail (self != NULL && problems != NULL, FALSE);

  return self->engine->integrity (self->connection, problems, error);
}

/* way_db_get_changes:
 *
 * How many rows the last statement wrote. */
gint64
way_db_get_changes (WayDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->engine->get_changes (self->connection);
}

/* way_db_encrypt_password:
 *
 * What to tell the server of a login's password; it holds no quotes. */
char *
way_db_encrypt_password (WayDb *self, const char *user, const char *password, GError **error)
{
  g_return_val_if_fail (self != NULL && user != NULL && password != NULL, NULL);

  if (self->engine->encrypt_password != NULL)
    return self->engine->encrypt_password (self->connection, user, password, error);
  g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL, "A file has no logins");
  return NULL;
}

/* way_db_set_patience:
 * @milliseconds: how long a server may be silent while an answer is awaited
 *
 * After that the connection counts as lost. Without this it is a quarter of an hour: a report
 * over everything may take its time. */
void
way_db_set_patience (WayDb *self, guint milliseconds)
{
  g_return_if_fail (self != NULL);

  if (self->engine->set_patience != NULL)
    self->engine->set_patience (self->connection, (gint64) milliseconds * 1000);
}

/* way_db_add_function:
 * @name: what SQL calls it by
 * @func: one text in, one text out, either may be NULL; the same for the same
 *
 * Gives the connection an SQL function of ours. */
gboolean
way_db_add_function (WayDb *self,
                     const char *name,
                     WayDbTextFunc func,
                     gpointer user_data,
                     GDestroyNotify destroy,
                     GError **error)
{
  g_return_val_if_fail (self != NULL && name != NULL && func != NULL, FALSE);

  return self->engine->add_function (self->connection, name, func, user_data, destroy, error);
}

/* way_db_prepare:
 * @sql: one statement
 *
 * A statement at its beginning with nothing bound (unbound parameters are NULL). It is
 * prepared once and belongs to the connection: asking for the same text again gives the
 * same one, so do not ask for it while you read its rows. */
WayStatement *
way_db_prepare (WayDb *self, const char *sql, GError **error)
{
  WayStatement *statement;
  gpointer handle;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    {
      rewind_statement (statement, TRUE);
      return statement;
    }
  handle = self->engine->prepare (self->connection, sql, error);
  if (handle == NULL)
    return NULL;
  statement = g_new0 (WayStatement, 1);
  statement->db = self;
  statement->handle = handle;
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
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

/* way_statement_bind_null:
 *
 * Binds NULL to `$n`. */
void
way_statement_bind_null (WayStatement *self, int n)
{
  way_statement_bind_text (self, n, NULL);
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
      rewind_statement (self, TRUE);
      return FALSE;
    }
  if (!self->db->engine->step (self->db->connection, self->handle, has_row, &local))
    {
      rewind_statement (self, FALSE);
      note_failure (self->db, &local);
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
    rewind_statement (self, FALSE);
  while (has_row)
    if (!way_statement_step (self, &has_row, error))
      return FALSE;
  rewind_statement (self, FALSE);
  return TRUE;
}

/* way_statement_reset:
 *
 * Back to the beginning; what was bound stays. For whoever stops before the last row. */
void
way_statement_reset (WayStatement *self)
{
  g_return_if_fail (self != NULL);

  rewind_statement (self, FALSE);
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

/* way_db_queue:
 * @sql: one statement
 *
 * Puts a statement into the queue of those that are sent together. It is not prepared: what
 * is wrong with it shows at its first step. Every failure of the connection is one of all. */
WayStatement *
way_db_queue (WayDb *self, const char *sql, GError **error)
{
  WayStatement *statement;
  gpointer handle;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);
  g_return_val_if_fail (self->engine->queue != NULL, NULL);

  if (!check_disk (self, error))
    return NULL;
  handle = self->engine->queue (self->connection, sql, error);
  if (handle == NULL)
    return NULL;
  statement = g_new0 (WayStatement, 1);
  statement->db = self;
  statement->handle = handle;
  return statement;
}

/* way_db_send_queue:
 *
 * Sends what is in the queue. The answers are read by stepping, in the order of queueing. */
gboolean
way_db_send_queue (WayDb *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && self->engine->send_queue != NULL, FALSE);

  end_reads (self);
  if (check_disk (self, &local) && self->engine->send_queue (self->connection, &local))
    return TRUE;
  note_failure (self, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* way_statement_free:
 *
 * Frees a queued statement. What of its answer is still to come is read past. */
void
way_statement_free (WayStatement *self)
{
  statement_free (self);
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
