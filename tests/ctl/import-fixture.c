/* import-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "import-fixture.h"

static const char *program; /* from the command line */

void
import_use (const char *waymarkctl)
{
  program = waymarkctl;
}

/* Runs the program with what follows, up to NULL, and holds it to an exit code: what it said. */
char *
run (Fixture *self, int expected, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list words;
  char *out = NULL;

  g_ptr_array_add (arguments, (gpointer) program);
  va_start (words, expected);
  for (char *word = va_arg (words, char *); word != NULL; word = va_arg (words, char *))
    g_ptr_array_add (arguments, word);
  va_end (words);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != expected)
    g_error ("exit %d instead of %d: %s", g_subprocess_get_exit_status (process), expected, out);
  return out;
}

char *
ask (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (self->uri, TRUE, &error);
  char *text;

  g_assert_no_error (error);
  text = way_db_dup_text (way_store_get_db (trust), sql, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return text;
}

void
write_file (Fixture *self, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->file, text, length, &error);
  g_assert_no_error (error);
}

/* Writes events into the trust, in its own name. */
void
append (Fixture *self, const char *kind, const char *const *bodies, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (self->uri, FALSE, &error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (drafts, way_event_new (kind, 1, bodies[i]));
  way_store_append_as (trust, NULL, drafts, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

/* A small trust: one division with wards A and B, and nobody. */
void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const places[] = {
    "{\"place\":\"d\",\"code\":\"D\",\"name\":\"Division\",\"type\":\"division\"}",
    "{\"place\":\"a\",\"code\":\"A\",\"name\":\"Ward A\",\"type\":\"ward\",\"parent\":\"d\"}",
    "{\"place\":\"b\",\"code\":\"B\",\"name\":\"Ward B\",\"type\":\"ward\",\"parent\":\"d\"}",
  };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-import-XXXXXX", &error);
  g_assert_no_error (error);
  if (self->uri == NULL)
    self->uri = g_strdup_printf ("sqlite:%s/trust.db", self->folder);
  self->file = g_build_filename (self->folder, "staff.csv", NULL);
  out = run (self, 0, "trust", "create", self->uri, "--organisation", "X", "--ods", "XYZ", NULL);
  append (self, "place", places, G_N_ELEMENTS (places));
}

void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (self->folder);
  g_free (self->uri);
  g_free (self->file);
}

/* Imports people, who are the rows below the head. */
void
import (Fixture *self, const char *rows)
{
  g_autofree char *text = g_strconcat (HEAD "\n", rows, NULL);
  g_autofree char *out = NULL;

  write_file (self, text, -1);
  out = run (self, 0, "trust", "import-people", self->uri, self->file, NULL);
}
