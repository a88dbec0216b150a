/* way-session-enrol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-session-private.h"

#include "sync/way-enrolment.h"

/* The first sign-in on a computer with a file from the trust, and no network. */

typedef struct
{
  char *folder;
  char *login;
  char *path;
} Enrol;

static void
enrol_free (Enrol *self)
{
  g_free (self->folder);
  g_free (self->login);
  g_free (self->path);
  g_free (self);
}

static void
enrol_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Enrol *enrol = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayEnrolment) enrolment = way_enrolment_read (enrol->path, &error);
  g_autoptr (WayStore) store = NULL;

  if (enrolment != NULL)
    {
      g_autofree char *file_name = g_strdup_printf ("%s.db", enrolment->person);
      g_autofree char *path = g_build_filename (enrol->folder, file_name, NULL);

      store = way_enrolment_open_store (enrolment, path, &error);
    }
  /* On a server the name to sign in with is not that by which the trust knows somebody. What
   * they are called comes with the first meeting, and from the file until then. */
  if (store == NULL
      || !way_store_set_meta (store, WAY_SESSION_ENROLLED_NAME, enrolment->name, &error)
      || !way_session_remember_person (enrol->folder, enrolment->username, enrolment->person,
                                       &error)
      || (enrol->login != NULL
          && !way_session_remember_person (enrol->folder, enrol->login, enrolment->person, &error)))
    {
      if (store != NULL)
        way_store_close (store);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  way_store_close (store);
  g_task_return_pointer (task, g_strdup (enrolment->username), g_free);
}

/**
 * way_session_enrol_async:
 * @trust_uri: the trust that issued the file, which need not be in reach; of a server with the
 *   name that whoever the file is for will sign in with
 * @path: the file
 *
 * Makes a store here for whoever the file is for. Signing in as them then works without the
 * network; the first meeting with the trust uses the file up.
 */
void
way_session_enrol_async (WaySession *self,
                         const char *trust_uri,
                         const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Enrol *enrol;

  g_return_if_fail (WAY_IS_SESSION (self) && trust_uri != NULL && path != NULL);

  enrol = g_new0 (Enrol, 1);
  enrol->folder = way_session_dup_folder (self, trust_uri);
  enrol->login = way_session_dup_login (trust_uri);
  enrol->path = g_strdup (path);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_session_enrol_async);
  g_task_set_task_data (task, enrol, (GDestroyNotify) enrol_free);
  way_worker_run_exclusive (self->store_worker, task, enrol_thread);
}

/**
 * way_session_enrol_finish:
 *
 * Returns: (transfer full) (nullable): the username to sign in as; NULL with WAY_SYNC_ERROR_PERSON
 *   when the file is too old, damaged or none
 */
char *
way_session_enrol_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
