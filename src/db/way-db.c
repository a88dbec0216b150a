/* way-db.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"
#include "db/way-statement-private.h"

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

/* A disk that failed once may have kept or lost anything since: nothing more is written
 * until the file has been opened again and its log recovered. A lost connection is the
 * same: nobody knows whether the last thing said was heard. */
gboolean
way_db_note_failure (WayDb *self, GError **error)
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
  self->engine = engine;
  self->connection = connection;
  self->uri = g_strdup (uri);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, way_statement_end);
  return self;
}

/* way_db_free:
 *
 * Closes the connection and ends its statements; an open transaction is rolled back. */
void
way_db_free (WayDb *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->statements);
  self->engine->set_cancellable (self->connection, NULL);
  self->engine->close (self->connection);
  g_clear_object (&self->cancellable);
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
  way_db_note_failure (self, &local);
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

  if (!way_db_is_in_transaction (self))
    return;
  /* Also of what was stopped: it is not to be stopped itself. */
  self->engine->set_cancellable (self->connection, NULL);
  way_db_exec (self, "ROLLBACK", NULL);
  self->engine->set_cancellable (self->connection, self->cancellable);
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
  way_db_note_failure (self, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* way_db_rewrite:
 *
 * Writes every page anew, with nothing in it but the rows that there are: what was deleted
 * stays legible in the gaps of pages that were rearranged since, also where freed space is
 * overwritten. As much room on the disk as the file has is needed; when there is not so
 * much, nothing has changed. The old pages go with the next way_db_checkpoint() that
 * succeeds. A server does nothing here. Ends statements like way_db_begin(). */
gboolean
way_db_rewrite (WayDb *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!way_db_is_in_transaction (self), FALSE);

  if (!check_disk (self, error))
    return FALSE;
  if (self->engine->rewrite == NULL)
    return TRUE;
  end_reads (self);
  if (self->engine->rewrite (self->connection, &local))
    return TRUE;
  way_db_note_failure (self, &local);
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

/* way_db_set_cancellable:
 * @cancellable: (nullable): NULL for none any more
 *
 * From now on whatever the connection is doing stops when @cancellable is cancelled, from any
 * thread, and fails with G_IO_ERROR_CANCELLED. Whoever sets it takes it back when done. */
void
way_db_set_cancellable (WayDb *self, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  self->engine->set_cancellable (self->connection, cancellable);
  g_set_object (&self->cancellable, cancellable);
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
      way_statement_rewind (statement, TRUE);
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

static gboolean
is_at_rest (gpointer sql, gpointer statement, gpointer user_data)
{
  return !((WayStatement *) statement)->is_reading;
}

/* way_db_rest:
 *
 * Nothing will be asked for a while: lets go of the statements that were prepared, unless
 * their rows are being read, and of what the engine keeps of the file. Called between two
 * pieces of work: a statement does not outlive this. Nothing happens in a transaction. */
void
way_db_rest (WayDb *self)
{
  g_return_if_fail (self != NULL);

  if (self->engine->rest == NULL || way_db_is_in_transaction (self))
    return;
  g_hash_table_foreach_remove (self->statements, is_at_rest, NULL);
  self->engine->rest (self->connection);
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
  way_db_note_failure (self, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
