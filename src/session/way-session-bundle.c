/* way-session-bundle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#include "sync/way-bundle.h"

/* Sending by file where no network reaches the trust: a bundle out, a receipt back. */

typedef struct
{
  char *path;
  gboolean is_whole;
  guint n_events;
} Job;

static void
job_free (Job *self)
{
  g_free (self->path);
  g_free (self);
}

/* In the words of the person whose computer it is. */
static void
translate (GError **error, const char *path)
{
  static const struct
  {
    WayBundleError code;
    const char *words;
  } sentences[] = {
    { WAY_BUNDLE_ERROR_OTHER, N_ ("This file is not a receipt of the trust.") },
    { WAY_BUNDLE_ERROR_NEWER,
      N_ ("A newer Waymark has written this file. This one must be updated to read it.") },
    { WAY_BUNDLE_ERROR_SIZE, N_ ("This file is not a receipt of the trust: it is too large.") },
    { WAY_BUNDLE_ERROR_CUT,
      N_ ("This file is cut short. Nothing was changed. Ask for the receipt again.") },
    { WAY_BUNDLE_ERROR_DAMAGED,
      N_ ("This file is damaged. Nothing was changed. Ask for the receipt again.") },
    { WAY_BUNDLE_ERROR_FORGED,
      N_ ("This receipt is not signed by your trust for you. Nothing was changed.") },
    { WAY_BUNDLE_ERROR_KEY, N_ ("This computer has not reached the trust yet. It must do so once "
                                "before it can send by file.") },
    { WAY_BUNDLE_ERROR_NOTHING, N_ ("Nothing waits to be sent. The trust has everything.") },
    { WAY_BUNDLE_ERROR_STREAM,
      N_ ("This receipt belongs to another computer or person. Nothing was changed.") },
  };
  g_autoptr (GError) below = NULL;

  if (*error == NULL)
    return;
  below = g_steal_pointer (error);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_error_matches (below, WAY_BUNDLE_ERROR, (int) sentences[i].code))
      {
        g_set_error_literal (error, WAY_BUNDLE_ERROR, (int) sentences[i].code,
                             g_dgettext (GETTEXT_PACKAGE, sentences[i].words));
        return;
      }
  if (below->domain == G_FILE_ERROR || below->domain == G_IO_ERROR)
    g_set_error (error, below->domain, below->code,
                 /* Translators: %1$s is a file name, %2$s a technical reason. */
                 _ ("The file “%1$s” cannot be used: %2$s"), path, below->message);
  else
    g_propagate_error (error, g_steal_pointer (&below));
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Job *job = task_data;
  g_autoptr (GError) error = NULL;

  if (way_session_get_db (self, &error) != NULL
      && way_bundle_write (self->store, job->path, job->is_whole, &job->n_events, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  translate (&error, job->path);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Job *job = task_data;
  g_autoptr (GError) error = NULL;

  if (way_session_get_db (self, &error) != NULL
      && way_bundle_read_receipt (self->store, job->path, &job->n_events, &error))
    {
      g_mutex_lock (&self->lock);
      self->received_at = g_get_real_time ();
      g_mutex_unlock (&self->lock);
      way_session_count_unsent (self);
      way_session_touch (self);
      way_session_emit_changed (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  translate (&error, job->path);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
run (WaySession *self,
     gpointer tag,
     GFile *file,
     gboolean is_whole,
     GTaskThreadFunc func,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  g_autofree char *path = g_file_get_path (file);
  Job *job;

  if (path == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                               _ ("The file must lie on this computer or on a drive of it."));
      return;
    }
  job = g_new0 (Job, 1);
  job->path = g_steal_pointer (&path);
  job->is_whole = is_whole;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  way_worker_run_exclusive (self->store_worker, task, func);
}

static gboolean
finish (GAsyncResult *result, guint *n_events, GError **error)
{
  Job *job;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  job = g_task_get_task_data (G_TASK (result));
  if (n_events != NULL)
    *n_events = job->n_events;
  return TRUE;
}

/**
 * way_session_write_bundle_async:
 * @file: where; on this computer
 * @is_whole: everything of this store, not only what waits
 *
 * Writes a signed file for `waymarkctl trust import-bundle`. What is in it still waits, and
 * counts as received when way_session_read_receipt_async() has the trust's answer, or the next
 * time that the trust is reached. What a file does not hold (8 MiB) waits for another.
 */
void
way_session_write_bundle_async (WaySession *self,
                                GFile *file,
                                gboolean is_whole,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self) && G_IS_FILE (file));

  run (self, way_session_write_bundle_async, file, is_whole, write_thread, cancellable, callback,
       user_data);
}

/**
 * way_session_write_bundle_finish:
 * @n_events: (out) (optional): how many things are in the file
 *
 * Returns: TRUE when the file is on the disk; else @error is a sentence
 */
gboolean
way_session_write_bundle_finish (WaySession *self,
                                 GAsyncResult *result,
                                 guint *n_events,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return finish (result, n_events, error);
}

/**
 * way_session_read_receipt_async:
 * @file: what `import-bundle --receipt` has written
 *
 * Takes the trust's acknowledgement of a bundle.
 */
void
way_session_read_receipt_async (WaySession *self,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self) && G_IS_FILE (file));

  run (self, way_session_read_receipt_async, file, FALSE, read_thread, cancellable, callback,
       user_data);
}

/**
 * way_session_read_receipt_finish:
 * @n_received: (out) (optional): how many things the trust says that it has
 *
 * Returns: TRUE when it is kept; else @error is a sentence
 */
gboolean
way_session_read_receipt_finish (WaySession *self,
                                 GAsyncResult *result,
                                 guint *n_received,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return finish (result, n_received, error);
}
