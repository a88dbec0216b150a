/* way-set-up-demo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-set-up-demo.h"

#include "session/way-program.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* A practice trust of made-up people, made by waymarkctl, which came with this program. */

#define N_PEOPLE "120"

/**
 * way_set_up_demo_dup_path:
 *
 * Returns: (transfer full): where the demonstration of this person lies
 */
char *
way_set_up_demo_dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "waymark", "demo", "trust.db", NULL);
}

static void
remove_files (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_subprocess_force_exit (user_data);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_autofree char *path = way_set_up_demo_dup_path ();
  const char *new_path = g_task_get_task_data (task);
  gboolean is_made = g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL,
                                                           &said, &error)
                     && g_subprocess_get_successful (G_SUBPROCESS (source));

  if (is_made && g_rename (new_path, path) == 0)
    {
      g_task_return_pointer (task, g_strconcat ("sqlite:", path, NULL), g_free);
      return;
    }
  remove_files (new_path);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             /* Translators: %s is what the program said. */
                             _ ("The practice trust could not be made. %s"),
                             said != NULL ? g_strstrip (said) : "");
}

/**
 * way_set_up_demo_make_async:
 *
 * Makes the demonstration, which takes some seconds. Nothing is left of it when it is
 * cancelled.
 */
void
way_set_up_demo_make_async (GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *path = way_set_up_demo_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *program = way_program_find ("waymarkctl", "ctl");
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", new_path, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, way_set_up_demo_make_async);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_task_return_pointer (task, g_strconcat ("sqlite:", path, NULL), g_free);
      return;
    }
  if (program == NULL || g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                               _ ("The program “waymarkctl” is missing. Installing Waymark again "
                                  "brings it back."));
      return;
    }
  remove_files (new_path);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                              &error, program, "demo", "--trust", uri, "--people", N_PEOPLE, NULL);
  if (process == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, g_steal_pointer (&new_path), g_free);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), process, 0);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, ended_cb, g_steal_pointer (&task));
}

/**
 * way_set_up_demo_make_finish:
 *
 * Returns: (transfer full) (nullable): the URI of the demonstration
 */
char *
way_set_up_demo_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
