/* way-session-enrol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-session-private.h"

#include "session/way-net-peer.h"
#include "sync/way-enrolment.h"

/* The first sign-in on a computer with a file from the trust, and no network. */

typedef struct
{
  char *trust_uri;
  char *folder;
  char *login;
  char *path;
} Enrol;

static void
enrol_free (Enrol *self)
{
  g_free (self->trust_uri);
  g_free (self->folder);
  g_free (self->login);
  g_free (self->path);
  g_free (self);
}

/* Shows the code to the trust at once, where that takes no password: one in a file. A trust that
 * is not there is no reason against the file; one that does not want it is. */
static gboolean
ask_trust (WaySession *self,
           const Enrol *enrol,
           const WayEnrolment *enrolment,
           WayStore *store,
           GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WayPeer) peer = NULL;
  g_autofree char *person = NULL;

  if (g_str_has_prefix (enrol->trust_uri, "postgres"))
    return TRUE;
  peer = way_net_peer_open (self->store_worker, self->net_worker, enrol->trust_uri, &local);
  if (peer != NULL)
    person = way_peer_sign_in (peer, enrolment->username, g_get_host_name (), &local);
  if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON)
      || (person != NULL && !g_str_equal (person, enrolment->person)))
    {
      g_clear_error (&local);
      way_enrolment_refuse ("unknown", &local);
    }
  else if (person != NULL)
    way_enrolment_use (store, peer, &local);
  if (peer != NULL)
    way_net_peer_close (WAY_NET_PEER (peer));
  if (!g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What was begun for a file that does not hold goes again; what was there before stays. */
static void
give_up (WayStore *store, gboolean is_new)
{
  g_autoptr (GError) error = NULL;

  if (is_new && !way_store_destroy (store, &error))
    g_warning ("%s", error->message);
  else if (!is_new && !way_enrolment_drop (store, &error))
    g_warning ("%s", error->message);
  if (!is_new)
    way_store_close (store);
}

static void
enrol_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Enrol *enrol = task_data;
  gboolean is_new = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayEnrolment) enrolment = way_enrolment_read (enrol->path, &error);
  g_autoptr (WayStore) store = NULL;

  if (enrolment != NULL)
    {
      g_autofree char *file_name = g_strdup_printf ("%s.db", enrolment->person);
      g_autofree char *path = g_build_filename (enrol->folder, file_name, NULL);

      is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
      store = way_enrolment_open_store (enrolment, path, &error);
      if (store != NULL && !ask_trust (self, enrol, enrolment, store, &error))
        {
          give_up (store, is_new);
          g_clear_object (&store);
        }
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
 * network; the first meeting with the trust uses the file up. A trust that can be asked without
 * a password is met at once.
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
  enrol->trust_uri = g_strdup (trust_uri);
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
 *   when the file is too old, damaged or none, was used already, or is of another trust
 */
char *
way_session_enrol_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
