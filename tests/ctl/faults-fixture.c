/* faults-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "faults-fixture.h"

#include <string.h>

#define N_PEOPLE "30"

WayTrialServer *faults_server;
char *faults_folder;
char *faults_uri;
char *faults_shim;

static char *program;
static char **logins; /* lines of username,login,password */
static guint n_desks;

static char *
run_words (GPtrArray *words)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  char *text = NULL;

  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *) words->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    {
      line = g_strjoinv (" ", (char **) words->pdata);
      g_error ("%s: %s", line, text);
    }
  return text;
}

char *
faults_run (const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  va_list list;

  g_ptr_array_add (words, program);
  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  return run_words (words);
}

char *
faults_spawn (const char *first, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  va_list list;

  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  return run_words (words);
}

static void
administer_in (const char *database, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = way_trial_server_dup_uri (faults_server,
                                                   way_trial_server_get_admin (faults_server),
                                                   database);
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  way_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

void
faults_administer (const char *sql)
{
  administer_in ("trust", sql);
}

gint64
faults_count (const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (faults_uri, WAY_DB_READ_WRITE, &error);
  gint64 n;

  g_assert_no_error (error);
  way_db_get_int (db, sql, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* faults_begin:
 *
 * Starts the server and makes the trust. */
void
faults_begin (const char *waymarkctl, WayTrialServerFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *passwords = NULL;
  g_autofree char *text = NULL;

  program = g_strdup (waymarkctl);
  faults_server = way_trial_server_start (flags, &error);
  g_assert_no_error (error);
  faults_folder = g_dir_make_tmp ("waymark-faults-XXXXXX", NULL);
  faults_uri = way_trial_server_dup_uri (faults_server, way_trial_server_get_admin (faults_server),
                                         "trust");
  faults_shim = g_build_filename (faults_folder, "shim", NULL);
  administer_in ("postgres", "CREATE DATABASE trust TEMPLATE template0");
  g_free (faults_run ("demo", "--trust", faults_uri, "--people", N_PEOPLE, NULL));
  passwords = g_build_filename (faults_folder, "passwords.csv", NULL);
  g_free (faults_run ("trust", "sync-logins", faults_uri, "--out", passwords, NULL));
  g_assert_true (g_file_get_contents (passwords, &text, NULL, NULL));
  logins = g_strsplit (text, "\r\n", -1);
}

void
faults_end (void)
{
  g_free (faults_spawn ("rm", "-rf", faults_folder, NULL));
  g_clear_pointer (&faults_server, way_trial_server_free);
  g_strfreev (logins);
  g_free (faults_folder);
  g_free (faults_uri);
  g_free (faults_shim);
  g_free (program);
}

char *
desk_dup_store (Desk *self, const char *name)
{
  g_autofree char *file = g_strconcat (self->username, "-", name, ".store", NULL);

  return g_build_filename (faults_folder, file, NULL);
}

/* desk_new:
 *
 * The next person, with nothing saved yet. */
Desk *
desk_new (void)
{
  Desk *self = g_new0 (Desk, 1);
  g_auto (GStrv) words = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;

  n_desks++;
  g_assert_cmpuint (g_strv_length (logins), >, n_desks);
  words = g_strsplit (logins[n_desks], ",", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
  self->username = g_strdup (words[0]);
  self->login = g_strdup (words[1]);
  g_assert_true (way_trial_server_add_password (faults_server, words[1], words[2], &error));
  self->uri = way_trial_server_dup_uri (faults_server, self->login, "trust");
  self->store = desk_dup_store (self, "first");
  sql = g_strdup_printf ("SELECT person FROM main.person WHERE username = '%s'", self->username);
  db = way_db_open (faults_uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  self->person = way_db_dup_text (db, sql, &error);
  g_assert_no_error (error);
  return self;
}

void
desk_free (Desk *self)
{
  g_free (self->username);
  g_free (self->person);
  g_free (self->login);
  g_free (self->uri);
  g_free (self->store);
  g_free (self);
}

/* desk_save:
 *
 * Answers, saved at a desk without anybody's help. */
void
desk_save (Desk *self, const char *store, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) desk = way_store_open_device (store, self->person, &error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"module\":\"fault%u\",\"version\":1,\"step\":\"s%u\"}",
                           (self->n_saved + i) % 60, self->n_saved + i);

      g_ptr_array_add (drafts, way_event_new ("step", 1, body));
    }
  way_store_append (desk, drafts, &error);
  g_assert_no_error (error);
  way_store_close (desk);
  self->n_saved += n;
}

char *
desk_sync (Desk *self, const char *store)
{
  return faults_run ("sync", "--store", store, "--trust", self->uri, NULL);
}

/* desk_begin_sync:
 *
 * A sync that need not go well, under the shim. */
GSubprocess *
desk_begin_sync (Desk *self, const char *store)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  if (g_file_test (faults_shim, G_FILE_TEST_EXISTS))
    way_shim_preload (launcher, faults_shim);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "sync", "--store", store,
                                         "--trust", self->uri, NULL);
  g_assert_no_error (error);
  return process;
}

gboolean
faults_wait (GSubprocess *process)
{
  gboolean is_well = g_subprocess_wait_check (process, NULL, NULL);

  g_object_unref (process);
  return is_well;
}

/* desk_assert_arrived:
 *
 * Everything that the person saved is in the trust, once, and nothing of it was put aside. */
void
desk_assert_arrived (Desk *self)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT count(*) FROM main.event WHERE author = '%s'"
                         " AND CAST(body AS text) LIKE '%%\"fault%%'",
                         self->person);
  g_assert_cmpint (faults_count (sql), ==, self->n_saved);
  g_free (sql);
  sql = g_strdup_printf ("SELECT count(DISTINCT id) FROM main.event WHERE author = '%s'"
                         " AND CAST(body AS text) LIKE '%%\"fault%%'",
                         self->person);
  g_assert_cmpint (faults_count (sql), ==, self->n_saved);
  g_free (sql);
  sql = g_strdup_printf ("SELECT count(*) FROM main.quarantine AS q JOIN main.stream AS s"
                         " ON s.stream = q.stream WHERE s.person = '%s'",
                         self->person);
  g_assert_cmpint (faults_count (sql), ==, self->n_apart);
}

void
faults_assert_sound (void)
{
  g_free (faults_run ("trust", "check", faults_uri, NULL));
}

/* faults_copy:
 *
 * Into the file that is there: what a restore of a backup does. */
void
faults_copy (const char *from, const char *to)
{
  g_free (faults_spawn ("sh", "-c", "cat \"$0\" > \"$1\"; rm -f \"$1\"-wal \"$1\"-shm", from, to,
                        NULL));
}
