/* way-sqlite.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-sqlite-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Steps of its virtual machine between two looks at whether somebody gave up. */
#define PROGRESS 10000
/* Long enough for a big batch of somebody else's, short enough to be told about. */
#define BUSY_TIMEOUT_MS 10000

#define MEMORY ":memory:"
#define BEGIN "BEGIN IMMEDIATE"

typedef struct
{
  WayDbTextFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Function;

static const char *vfs_for_tests;

static void
connection_free (WaySqlite *self)
{
  sqlite3_close (self->db);
  g_free (self->log);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaySqlite, connection_free)

static const char *
get_location (const char *uri)
{
  return strchr (uri, ':') + 1;
}

static char *
dup_path (const char *uri)
{
  const char *location = get_location (uri);

  if (*location == '\0' || g_str_equal (location, MEMORY))
    return NULL;
  return g_canonicalize_filename (location, NULL);
}

/* Whether the system said that there is no room, which SQLite reports as a failed disk
 * where it is a quota, or met outside a plain write. errno is cleared before each call
 * that may write; sqlite3_system_errno() does not know what failed in a COMMIT. A sync
 * that failed is a failed disk whatever the reason: the pages may be gone. */
static gboolean
is_full (int code)
{
  if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
    return FALSE;
  return errno == ENOSPC || errno == EDQUOT;
}

static WayDbError
map_code (WaySqlite *self, int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return WAY_DB_ERROR_BUSY;
    case SQLITE_FULL:
      return WAY_DB_ERROR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return is_full (code) ? WAY_DB_ERROR_FULL : WAY_DB_ERROR_IO;
    case SQLITE_READONLY:
      return self->is_read_only ? WAY_DB_ERROR_SQL : WAY_DB_ERROR_IO;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return WAY_DB_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return WAY_DB_ERROR_CONSTRAINT;
    default:
      return WAY_DB_ERROR_SQL;
    }
}

/**
 * way_sqlite_fail:
 * @code: what SQLite returned
 *
 * Puts that into @error, which is WAY_DB_ERROR, or G_IO_ERROR_CANCELLED where somebody gave up.
 *
 * Returns: FALSE */
gboolean
way_sqlite_fail (WaySqlite *self, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Interrupted");
  else
    {
      WayDbError mapped = map_code (self, code);

      g_set_error_literal (error, WAY_DB_ERROR, mapped,
                           mapped == WAY_DB_ERROR_FULL ? "The disk is full, or your share of it"
                                                       : sqlite3_errmsg (self->db));
    }
  return FALSE;
}

/**
 * way_sqlite_fail_at:
 * @sql: all that was to be done
 * @statement: the part of it at which the engine stopped
 *
 * The same, and says in which line of a longer text it was.
 *
 * Returns: FALSE */
gboolean
way_sqlite_fail_at (
    WaySqlite *self, int code, const char *sql, const char *statement, GError **error)
{
  int offset = sqlite3_error_offset (self->db);
  const char *place = statement;
  guint line = 1;

  way_sqlite_fail (self, code, error);
  if (strchr (sql, '\n') == NULL)
    return FALSE;
  if (offset >= 0)
    place += offset;
  else
    place += strspn (place, " \t\r\n");
  for (const char *at = sql; at < place && *at != '\0'; at++)
    line += *at == '\n';
  g_prefix_error (error, "line %u: ", line);
  return FALSE;
}

static char *
ask_text (WaySqlite *self, const char *sql, int *code)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  char *text = NULL;

  errno = 0;
  *code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  if (*code != SQLITE_OK)
    return NULL;
  *code = sqlite3_step (statement);
  if (*code == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  if (*code == SQLITE_ROW || *code == SQLITE_DONE)
    *code = SQLITE_OK;
  return text;
}

/* Somebody who tidies up may take the file, or its log, from under us: SQLite goes on writing
 * into what has no name any more, and nobody would find it again. What the log holds is put
 * into the file, wherever that is now. */
static gboolean
is_in_place (WaySqlite *self)
{
  g_autofree char *mode = NULL;
  struct stat status;
  int has_moved = 0;
  int code;

  if (self->log == NULL)
    return TRUE;
  if (sqlite3_file_control (self->db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved) == SQLITE_OK
      && has_moved)
    return FALSE;
  if (stat (self->log, &status) == 0)
    {
      if (self->log_inode == 0)
        {
          self->log_device = status.st_dev;
          self->log_inode = status.st_ino;
        }
      if (status.st_dev == self->log_device && status.st_ino == self->log_inode)
        return TRUE;
    }
  if (self->log_inode == 0)
    return TRUE;
  mode = ask_text (self, "PRAGMA journal_mode", &code);
  return g_strcmp0 (mode, "wal") != 0;
}

static gboolean
exec (gpointer connection, const char *sql, GError **error)
{
  WaySqlite *self = connection;
  const char *rest = sql;

  if (g_str_equal (sql, BEGIN) && !is_in_place (self))
    {
      sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_IO,
                           "The file was moved or removed while it was in use");
      return FALSE;
    }

  while (*rest != '\0')
    {
      g_autoptr (sqlite3_stmt) statement = NULL;
      const char *begin = rest;
      int code = sqlite3_prepare_v2 (self->db, begin, -1, &statement, &rest);

      if (code != SQLITE_OK)
        return way_sqlite_fail_at (self, code, sql, begin, error);
      if (statement == NULL) /* blanks or a comment */
        continue;
      errno = 0;
      do
        code = sqlite3_step (statement);
      while (code == SQLITE_ROW);
      if (code != SQLITE_DONE)
        return way_sqlite_fail_at (self, code, sql, begin, error);
    }
  return TRUE;
}

static gboolean
is_in_transaction (gpointer connection)
{
  return !sqlite3_get_autocommit (((WaySqlite *) connection)->db);
}

/* The file's mode is given before SQLite makes it: its log and shared memory copy it. */
static gboolean
create_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int number = errno;

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (number == EEXIST)
    return TRUE;
  g_set_error (error, WAY_DB_ERROR,
               number == ENOSPC || number == EDQUOT ? WAY_DB_ERROR_FULL : WAY_DB_ERROR_OPEN,
               "%s cannot be made: %s", path, g_strerror (number));
  return FALSE;
}

static gboolean
check_file (const char *path, GError **error)
{
  GStatBuf buffer;

  if (g_stat (path, &buffer) != 0)
    {
      int number = errno;

      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "%s cannot be opened: %s", path,
                   g_strerror (number));
      return FALSE;
    }
  if (!S_ISREG (buffer.st_mode))
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "%s is not a file", path);
      return FALSE;
    }
  return TRUE;
}

static WaySqlite *
connect_to (const char *path, gboolean is_read_only, GError **error)
{
  g_autoptr (WaySqlite) self = g_new0 (WaySqlite, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code;

  self->is_read_only = is_read_only;
  flags |= is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  code = sqlite3_open_v2 (path, &self->db, flags, vfs_for_tests);
  if (code != SQLITE_OK)
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "%s cannot be opened: %s", path,
                   sqlite3_errstr (code));
      return NULL;
    }
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  /* A file that somebody else has made may hold triggers and views to be run by us. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  /* "x" is a column and nothing else, as in PostgreSQL. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
  if (is_read_only)
    sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return g_steal_pointer (&self);
}

static gboolean
lacks_shared_memory (int code)
{
  return code == SQLITE_IOERR_SHMOPEN || code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_SHMMAP
         || code == SQLITE_IOERR_SHMLOCK || (code & 0xff) == SQLITE_CANTOPEN;
}

/* The write-ahead log needs shared memory, which some file systems lack, and some only
 * say so at the first use. There the rollback journal serves: slower, as safe. */
static gboolean
set_journal (WaySqlite *self, const char *path, GError **error)
{
  int code;
  g_autofree char *mode = ask_text (self, "PRAGMA journal_mode = WAL", &code);

  if (code == SQLITE_OK && g_strcmp0 (mode, "wal") == 0)
    g_free (ask_text (self, "SELECT count(*) FROM sqlite_schema", &code));
  if (code == SQLITE_OK && (g_strcmp0 (mode, "wal") == 0 || g_strcmp0 (mode, "memory") == 0))
    return TRUE;
  if (code != SQLITE_OK && (!lacks_shared_memory (code) || is_full (code)))
    return way_sqlite_fail (self, code, error);
  g_debug ("%s: no write-ahead log here, using the rollback journal", path);
  return exec (self,
               "PRAGMA locking_mode = EXCLUSIVE;"
               "PRAGMA journal_mode = DELETE;"
               "PRAGMA locking_mode = NORMAL;"
               "SELECT count(*) FROM sqlite_schema;",
               error);
}

/* Reading what a killed program left needs its journal played back first, which a
 * read-only connection may not do. */
static gboolean
recover (const char *path)
{
  g_autoptr (WaySqlite) self = connect_to (path, FALSE, NULL);
  int code;

  if (self == NULL)
    return FALSE;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_free (ask_text (self, "SELECT count(*) FROM sqlite_schema", &code));
  return code == SQLITE_OK;
}

static WaySqlite *
open_read_only (const char *path, GError **error)
{
  g_autoptr (WaySqlite) self = connect_to (path, TRUE, error);
  int code;

  if (self == NULL)
    return NULL;
  g_free (ask_text (self, "SELECT count(*) FROM sqlite_schema", &code));
  if ((code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_CANTOPEN)
    {
      g_clear_pointer (&self, connection_free);
      if (recover (path))
        self = connect_to (path, TRUE, NULL);
      if (self == NULL)
        {
          g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN,
                       "%s has unfinished work in it and cannot be written to", path);
          return NULL;
        }
      g_free (ask_text (self, "SELECT count(*) FROM sqlite_schema", &code));
    }
  if (code != SQLITE_OK)
    {
      way_sqlite_fail (self, code, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gpointer
open_uri (const char *uri, WayDbFlags flags, GError **error)
{
  g_autoptr (WaySqlite) self = NULL;
  g_autofree char *path = dup_path (uri);
  g_autofree char *type = NULL;
  gboolean is_read_only = (flags & WAY_DB_READ_ONLY) != 0;

  if (path == NULL && *get_location (uri) == '\0')
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI, "“sqlite:” names no file");
      return NULL;
    }
  if (path != NULL)
    {
      if (way_file_system_is_network (path, &type))
        {
          g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_NETWORK_FS,
                       "%s is on a network file system (%s), where a database is not safe", path,
                       type);
          return NULL;
        }
      if ((flags & WAY_DB_CREATE) && !is_read_only && !create_file (path, error))
        return NULL;
      if (!check_file (path, error))
        return NULL;
    }

  if (is_read_only && path != NULL)
    self = open_read_only (path, error);
  else
    self = connect_to (path != NULL ? path : MEMORY, FALSE, error);
  if (self == NULL)
    return NULL;
  if (!is_read_only && !set_journal (self, path != NULL ? path : MEMORY, error))
    {
      g_prefix_error (error, "%s: ", path != NULL ? path : MEMORY);
      return NULL;
    }
  if (!is_read_only && path != NULL)
    {
      self->log = g_strconcat (path, "-wal", NULL);
      is_in_place (self);
    }
  /* temp_store: what is derived from other people's records must not reach /tmp. */
  if (!exec (self,
             "PRAGMA synchronous = FULL;"
             "PRAGMA cell_size_check = ON;"
             "PRAGMA mmap_size = 0;"
             "PRAGMA secure_delete = ON;"
             "PRAGMA temp_store = MEMORY;"
             "PRAGMA wal_autocheckpoint = 0;",
             error)
      /* Reports go over whole tables more than once: 64 MiB at most are kept for them. */
      || (is_read_only && !exec (self, "PRAGMA cache_size = -65536;", error)))
    {
      g_prefix_error (error, "%s: ", path != NULL ? path : MEMORY);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
close_connection (gpointer connection)
{
  connection_free (connection);
}

static gboolean
checkpoint (gpointer connection, GError **error)
{
  WaySqlite *self = connection;
  int n_log = 0;
  int n_done = 0;
  int code;

  errno = 0;
  sqlite3_busy_timeout (self->db, 0);
  code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &n_log, &n_done);
  if (code == SQLITE_OK && n_done < n_log)
    code = SQLITE_BUSY;
  else if (code == SQLITE_OK && n_log > 0)
    code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  if (code == SQLITE_OK)
    return TRUE;
  if (code == SQLITE_BUSY)
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_BUSY,
                           "Somebody is reading: some of the log stays until they have finished");
      return FALSE;
    }
  return way_sqlite_fail (self, code, error);
}

static gboolean
rewrite (gpointer connection, GError **error)
{
  return exec (connection, "VACUUM", error);
}

static int
progress_cb (void *data)
{
  return g_cancellable_is_cancelled (data);
}

static void
set_cancellable (gpointer connection, GCancellable *cancellable)
{
  sqlite3_progress_handler (((WaySqlite *) connection)->db, cancellable != NULL ? PROGRESS : 0,
                            cancellable != NULL ? progress_cb : NULL, cancellable);
}

static gboolean
sync_path (const char *path, int flags)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return is_synced;
}

static gboolean
copy_into (WaySqlite *self, const char *path, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, "VACUUM INTO $1", -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_bind_text (statement, 1, path, -1, SQLITE_TRANSIENT);
  errno = 0;
  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  return code == SQLITE_DONE || way_sqlite_fail (self, code, error);
}

/* The copy gets its name only when it is whole and on the disk. */
static gboolean
backup (gpointer connection, const char *path, GError **error)
{
  WaySqlite *self = connection;
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *part = g_strconcat (whole, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (whole);

  if (g_file_test (whole, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "There is already a file %s", whole);
      return FALSE;
    }
  g_unlink (part);
  if (!create_file (part, error))
    return FALSE;
  if (!copy_into (self, part, error))
    {
      g_unlink (part);
      return FALSE;
    }
  if (!sync_path (part, O_RDONLY) || g_rename (part, whole) != 0
      || !sync_path (folder, O_RDONLY | O_DIRECTORY))
    {
      int number = errno;

      g_unlink (part);
      g_set_error (error, WAY_DB_ERROR,
                   number == ENOSPC || number == EDQUOT ? WAY_DB_ERROR_FULL : WAY_DB_ERROR_IO,
                   "%s cannot be written: %s", whole, g_strerror (number));
      return FALSE;
    }
  return TRUE;
}

static gboolean
integrity (gpointer connection, GPtrArray *problems, GError **error)
{
  WaySqlite *self = connection;
  static const char *const questions[] = {
    "PRAGMA integrity_check",
    "SELECT 'A row of ' || \"table\" || ' names one that is not in ' || parent"
    " FROM pragma_foreign_key_check",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (sqlite3_stmt) statement = NULL;
      int code = sqlite3_prepare_v2 (self->db, questions[i], -1, &statement, NULL);

      while (code == SQLITE_OK || code == SQLITE_ROW)
        {
          const char *text;

          code = sqlite3_step (statement);
          if (code != SQLITE_ROW)
            break;
          text = (const char *) sqlite3_column_text (statement, 0);
          if (g_strcmp0 (text, "ok") != 0)
            g_ptr_array_add (problems, g_strdup (text));
        }
      if (code == SQLITE_DONE)
        continue;
      if (map_code (self, code) != WAY_DB_ERROR_CORRUPT)
        return way_sqlite_fail (self, code, error);
      g_ptr_array_add (problems, g_strdup (sqlite3_errmsg (self->db)));
    }
  return TRUE;
}

/* The pages that were read so far are read again when they are needed. */
static void
rest (gpointer connection)
{
  sqlite3_db_release_memory (((WaySqlite *) connection)->db);
}

static gint64
get_changes (gpointer connection)
{
  return sqlite3_changes64 (((WaySqlite *) connection)->db);
}

static void
function_free (gpointer data)
{
  Function *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

static void
call_function (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  Function *function = sqlite3_user_data (context);
  char *text = function->func ((const char *) sqlite3_value_text (values[0]), function->user_data);

  if (text == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context, text, -1, g_free);
}

static gboolean
add_function (gpointer connection,
              const char *name,
              WayDbTextFunc func,
              gpointer user_data,
              GDestroyNotify destroy,
              GError **error)
{
  WaySqlite *self = connection;
  Function *function = g_new0 (Function, 1);
  int code;

  function->func = func;
  function->user_data = user_data;
  function->destroy = destroy;
  /* Innocuous: it is for views too, and does nothing but turn a text into another. */
  code = sqlite3_create_function_v2 (self->db, name, 1,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                     function, call_function, NULL, NULL, function_free);
  return code == SQLITE_OK || way_sqlite_fail (self, code, error);
}

/* way_sqlite_set_vfs_for_tests:
 * @vfs: (nullable): SQLite's name of a file layer, such as "unix-none"
 *
 * Lets a test stand on a file system without shared memory. */
void
way_sqlite_set_vfs_for_tests (const char *vfs)
{
  vfs_for_tests = vfs;
}

static const char *const schemes[] = { "sqlite", NULL };

const WayDbEngine way_sqlite_engine = {
  .name = "sqlite",
  .schemes = schemes,
  .begin = BEGIN,
  .open = open_uri,
  .close = close_connection,
  .dup_path = dup_path,
  .exec = exec,
  .is_in_transaction = is_in_transaction,
  .checkpoint = checkpoint,
  .rewrite = rewrite,
  .set_cancellable = set_cancellable,
  .backup = backup,
  .integrity = integrity,
  .rest = rest,
  .get_changes = get_changes,
  .add_function = add_function,
  .prepare = way_sqlite_prepare,
  .finalize = way_sqlite_finalize,
  .reset = way_sqlite_reset,
  .bind_text = way_sqlite_bind_text,
  .bind_int = way_sqlite_bind_int,
  .bind_double = way_sqlite_bind_double,
  .step = way_sqlite_step,
  .get_n_columns = way_sqlite_get_n_columns,
  .get_name = way_sqlite_get_name,
  .is_null = way_sqlite_is_null,
  .is_number = way_sqlite_is_number,
  .get_text = way_sqlite_get_text,
  .get_int = way_sqlite_get_int,
  .get_double = way_sqlite_get_double,
};
