/* way-session-erased.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-session-private.h"

/* Somebody whom the trust has erased: their store has gone with the sync that was told, and
 * whoever sits here is signed out. */

/*
 * Lets go of the store that is gone, and of the name that led to it. Store thread.
 */
void
way_session_forget_store (WaySession *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) names = NULL;

  g_assert (way_worker_is_current (self->store_worker));

  if (self->store == NULL || self->store_path == NULL)
    return;
  folder = g_path_get_dirname (self->store_path);
  path = g_build_filename (folder, "people.ini", NULL);
  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    {
      names = g_key_file_get_keys (file, "people", NULL, NULL);
      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        {
          g_autofree char *person = g_key_file_get_string (file, "people", names[i], NULL);

          if (g_strcmp0 (person, way_store_get_person (self->store)) == 0)
            g_key_file_remove_key (file, "people", names[i], NULL);
        }
      g_key_file_save_to_file (file, path, NULL);
    }
  g_clear_object (&self->store);
  g_clear_pointer (&self->store_path, g_free);
}

/* Who is signed in is forgotten by the finish. */
static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  way_session_sign_out_finish (WAY_SESSION (source), result, NULL);
}

/*
 * Says that it is gone, and signs out. Main thread.
 */
void
way_session_leave_erased (WaySession *self, const char *message)
{
  way_session_emit_not_saved (self, message);
  way_session_sign_out_async (self, NULL, left_cb, NULL);
}
