/* test-migration.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "db/way-trial-server.h"
#include "store/way-derived.h"
#include "way-shim.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* What an older Waymark has made becomes what this one reads, or stays as it was: databases
 * of the first schema, made by the release that had it, on both engines. */

static char *program; /* this one: run again with --open it opens what it is given */

static void
unpack (const char *name, const char *to)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "schema-001", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GConverter)
      unzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) packed = g_file_read (file, NULL, &error);
  g_autoptr (GInputStream) bytes = NULL;
  g_autoptr (GFileOutputStream) out = NULL;

  g_assert_no_error (error);
  bytes = g_converter_input_stream_new (G_INPUT_STREAM (packed), unzip);
  out = g_file_replace (target, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (G_OUTPUT_STREAM (out), bytes,
                          G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL, &error);
  g_assert_no_error (error);
}

static void
remove_file (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *whole = g_strconcat (path, endings[i], NULL);

      g_unlink (whole);
    }
}

static gint64
read_number (const char *uri, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  gint64 value = -1;

  g_assert_no_error (error);
  way_db_get_int (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* An old one is read as it is where nothing may be written, and brought here where it may. */
static void
test_trust_file (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "trust.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) old = NULL;
  g_autoptr (WayStore) now = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 n_events;

  unpack ("trust.db.gz", path);
  g_assert_cmpint (read_number (uri, "PRAGMA user_version"), ==, 1);
  n_events = read_number (uri, "SELECT count(*) FROM event");
  old = way_store_open_trust (uri, TRUE, &error);
  g_assert_no_error (error);
  before = fixture_dump (old);
  g_clear_object (&old);
  g_assert_cmpint (read_number (uri, "PRAGMA user_version"), ==, 1);
  now = way_store_open_trust (uri, FALSE, &error);
  g_assert_no_error (error);
  after = fixture_dump (now);
  g_assert_cmpstr (before, ==, after);
  fixture_assert_sound (now);
  g_assert_cmpint (read_number (uri, "SELECT count(*) FROM event"), ==, n_events);
  g_assert_cmpint (read_number (uri, "PRAGMA user_version"), >=, 2);
  g_assert_cmpint (read_number (uri, "SELECT count(*) FROM erased"), ==, 0);
  g_free (fixture_append (now, NULL, fixture_draft ("setting", "{'key':'k','value':'v'}")));
  fixture_remove_folder (folder);
}

static void
test_device (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "device.store", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) old = NULL;
  g_autoptr (WayStore) now = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 n_events;

  unpack ("device.store.gz", path);
  n_events = read_number (uri, "SELECT count(*) FROM event");
  g_assert_cmpint (n_events, >, 12);
  old = way_store_open_device_read_only (path, &error);
  g_assert_no_error (error);
  before = fixture_dump (old);
  g_clear_object (&old);
  g_assert_cmpint (read_number (uri, "PRAGMA user_version"), ==, 1);
  now = way_store_open_device (path, NULL, &error);
  g_assert_no_error (error);
  after = fixture_dump (now);
  g_assert_cmpstr (before, ==, after);
  fixture_assert_sound (now);
  g_assert_cmpint (read_number (uri, "SELECT count(*) FROM event"), ==, n_events);
  g_assert_cmpint (read_number (uri, "PRAGMA user_version"), >=, 2);
  fixture_remove_folder (folder);
}

/* A newer one is refused in words, and not touched. */
static void
test_newer (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "trust.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *store = g_build_filename (folder, "device.store", NULL);
  g_autofree char *store_uri = g_strconcat ("sqlite:", store, NULL);
  g_autoptr (WayDb) db = NULL;
  g_autoptr (GError) error = NULL;

  unpack ("trust.db.gz", path);
  unpack ("device.store.gz", store);
  db = way_db_open (uri, WAY_DB_READ_WRITE, NULL);
  g_assert_true (way_db_exec (db, "PRAGMA user_version = 99", NULL));
  g_clear_pointer (&db, way_db_free);
  for (int is_read_only = 0; is_read_only < 2; is_read_only++)
    {
      g_assert_null (way_store_open_trust (uri, is_read_only, &error));
      g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER);
      g_assert_nonnull (strstr (error->message, "update Waymark"));
      g_clear_error (&error);
    }
  g_assert_cmpint (read_number (uri, "PRAGMA user_version"), ==, 99);
  db = way_db_open (store_uri, WAY_DB_READ_WRITE, NULL);
  g_assert_true (way_db_exec (db, "PRAGMA user_version = 99", NULL));
  g_clear_pointer (&db, way_db_free);
  g_assert_null (way_store_open_device (store, NULL, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER);
  fixture_remove_folder (folder);
}

static gboolean
open_in_process (const char *shim, const char *what, const char *path)
{
  g_autoptr (GSubprocessLauncher)
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  way_shim_preload (launcher, shim);
  process = g_subprocess_launcher_spawn (launcher, &error, program, what, path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_successful (process);
}

/* Killed at each thing that it does to the disk: afterwards it is the old or the new, whole. */
static void
kill_at_each (const char *packed, const char *what, gint64 n_samples)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "it", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *shim_path = g_build_filename (folder, "shim", NULL);
  g_autoptr (WayFaultShim) shim = way_shim_new (shim_path, path);
  WayShimOps ops = WAY_SHIM_WRITE | WAY_SHIM_SYNC;
  gint64 n_old = 0, n_new = 0, n_ops, n_events;

  unpack (packed, path);
  n_events = read_number (uri, "SELECT count(*) FROM event");
  way_shim_set (shim, ops, WAY_SHIM_NOTHING, 0, 0, 0);
  g_assert_true (open_in_process (shim_path, what, path));
  n_ops = shim->n_ops;
  g_assert_cmpint (n_ops, >, 3);
  for (gint64 at = 1; at <= n_ops;
       at += g_test_slow () || n_ops <= n_samples
                 ? 1
                 : g_test_rand_int_range (1, (gint32) (2 * n_ops / n_samples)))
    {
      gint64 version;

      remove_file (path);
      unpack (packed, path);
      way_shim_set (shim, ops, WAY_SHIM_KILL, at, 1, 0);
      open_in_process (shim_path, what, path);
      version = read_number (uri, "PRAGMA user_version");
      n_old += version == 1;
      n_new += version > 1;
      g_assert_cmpint (read_number (uri, "SELECT count(*) FROM event"), ==, n_events);
      way_shim_set (shim, ops, WAY_SHIM_NOTHING, 0, 0, 0);
      g_assert_true (open_in_process (shim_path, what, path));
      g_assert_cmpint (read_number (uri, "PRAGMA user_version"), >, 1);
      g_assert_cmpint (read_number (uri, "SELECT count(*) FROM event"), ==, n_events);
    }
  g_test_message ("%" G_GINT64_FORMAT " operations; old %" G_GINT64_FORMAT
                  " times, new %" G_GINT64_FORMAT " times",
                  n_ops, n_old, n_new);
  g_assert_cmpint (n_old, >, 0);
  g_assert_cmpint (n_new, >, 0);
  fixture_remove_folder (folder);
}

static void
test_killed_trust (void)
{
  kill_at_each ("trust.db.gz", "--open-trust", 12);
}

static void
test_killed_device (void)
{
  kill_at_each ("device.store.gz", "--open-device", 12);
}

static void
run_sql (WayTrialServer *server, const char *database, const char *sql)
{
  g_autofree char *uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server),
                                                   database);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* A statement ends at a semicolon at the end of a line, but for the bodies of DO. */
static GPtrArray *
split (const char *sql)
{
  g_auto (GStrv) lines = g_strsplit (sql, "\n", -1);
  GPtrArray *statements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_quoted = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      for (const char *at = strchr (lines[i], '$'); at != NULL; at = strchr (at + 1, '$'))
        if (strchr (at + 1, '$') != NULL)
          {
            is_quoted = !is_quoted;
            at = strchr (at + 1, '$');
          }
      g_string_append_printf (text, "%s\n", lines[i]);
      if (!is_quoted && g_str_has_suffix (lines[i], ";"))
        {
          g_ptr_array_add (statements, g_strdup (text->str));
          g_string_truncate (text, 0);
        }
    }
  return statements;
}

#define SCHEMA "SELECT CAST(value AS bigint) FROM main.meta WHERE key = 'schema'"
#define N_OBJECTS                                                                                  \
  "SELECT count(*) FROM pg_class AS c WHERE c.relnamespace = CAST('main' AS regnamespace)"

/* The whole upgrade on the server, and cut off after each statement of the first file. */
static void
test_postgresql (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "trust.sql", NULL);
  g_autofree char *dump = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *new_uri = NULL;
  g_autoptr (GPtrArray) statements = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayTrialServer) server = NULL;
  g_autoptr (WayStore) trust = NULL;
  const char *admin;
  gint64 n_objects, n_events;

  server = way_trial_server_start (WAY_TRIAL_SERVER_DURABLE, &error);
  g_assert_no_error (error);
  admin = way_trial_server_get_admin (server);
  run_sql (server, "postgres", "CREATE DATABASE fresh TEMPLATE template0");
  run_sql (server, "postgres", "CREATE DATABASE old TEMPLATE template0");
  new_uri = way_trial_server_dup_uri (server, admin, "fresh");
  uri = way_trial_server_dup_uri (server, admin, "old");
  /* It makes the roles, which the dump names. */
  trust = way_store_create_trust (new_uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  g_clear_object (&trust);
  unpack ("trust.sql.gz", path);
  g_assert_true (g_file_get_contents (path, &dump, NULL, NULL));
  run_sql (server, "old", dump);
  g_assert_cmpint (read_number (uri, SCHEMA), ==, 1);
  n_objects = read_number (uri, N_OBJECTS);
  n_events = read_number (uri, "SELECT count(*) FROM main.event");
  g_assert_cmpint (n_events, >, 100);

  sql = way_store_load_sql ("postgresql/002-trust.sql");
  statements = split (sql);
  g_assert_cmpuint (statements->len, >, 4);
  for (guint n = 0; n <= statements->len; n++)
    {
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

      g_assert_no_error (error);
      g_assert_true (way_db_begin (db, &error));
      for (guint i = 0; i < n; i++)
        {
          way_db_exec (db, statements->pdata[i], &error);
          g_assert_no_error (error);
        }
      if (n == statements->len / 2)
        {
          way_trial_server_crash (server);
          g_assert_true (way_trial_server_restart (server, &error));
        }
      g_clear_pointer (&db, way_db_free);
      g_assert_cmpint (read_number (uri, SCHEMA), ==, 1);
      g_assert_cmpint (read_number (uri, N_OBJECTS), ==, n_objects);
    }

  /* As it is where nothing may be written. */
  trust = way_store_open_trust (uri, TRUE, &error);
  g_assert_no_error (error);
  g_clear_object (&trust);
  g_assert_cmpint (read_number (uri, SCHEMA), ==, 1);
  trust = way_store_open_trust (uri, FALSE, &error);
  g_assert_no_error (error);
  fixture_assert_sound (trust);
  g_assert_cmpint (read_number (uri, SCHEMA), >=, 2);
  g_assert_cmpint (read_number (uri, "SELECT count(*) FROM main.event"), ==, n_events);
  g_assert_cmpint (read_number (uri, SCHEMA), ==, read_number (new_uri, SCHEMA));
  g_assert_cmpint (read_number (uri, N_OBJECTS), ==, read_number (new_uri, N_OBJECTS));
  g_clear_object (&trust);
  run_sql (server, "old", "UPDATE main.meta SET value = '99' WHERE key = 'schema'");
  g_assert_null (way_store_open_trust (uri, FALSE, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER);
  fixture_remove_folder (folder);
}

static int
open_what (gboolean is_device, const char *path)
{
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = is_device ? way_store_open_device (path, NULL, &error)
                                         : way_store_open_trust (uri, FALSE, &error);

  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  way_store_close (store);
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_has_prefix (argv[1], "--open-"))
    return open_what (g_str_equal (argv[1], "--open-device"), argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/migration/trust-file", test_trust_file);
  g_test_add_func ("/store/migration/device", test_device);
  g_test_add_func ("/store/migration/newer", test_newer);
  g_test_add_func ("/store/migration/41-killed-trust", test_killed_trust);
  g_test_add_func ("/store/migration/41-killed-device", test_killed_device);
  g_test_add_func ("/store/migration/41-postgresql", test_postgresql);
  return g_test_run ();
}
