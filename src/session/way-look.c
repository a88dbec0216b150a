/* way-look.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-look.h"

#include "session/way-pack-judge.h"
#include "store/way-store.h"

typedef struct
{
  char *path;
  char *trust;    /* (nullable) a URI to make a trust at */
  char *username; /* of its one person */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_free (self->path);
  g_free (self->trust);
  g_free (self->username);
  g_free (self);
}

/* A trust of one person, of the first role that the pack has. */
static gboolean
make_trust (const char *uri, const char *username, WayPack *pack, GError **error)
{
  GPtrArray *roles = way_pack_get_roles (pack);
  g_autofree char *person = g_strdup_printf (
      "{\"person\":\"%s\",\"username\":\"%s\",\"name\":\"Author\","
      "\"staff_group\":\"%s\",\"ended\":0}",
      username, username, roles->len > 0 ? ((const WayRole *) roles->pdata[0])->id : "nursing");
  g_autofree char *membership = g_strdup_printf (
      "{\"person\":\"%s\",\"place\":\"w1\",\"is_primary\":1,\"ended\":0}", username);
  const char *const events[][2] = {
    { "place", "{\"place\":\"w1\",\"code\":\"w1\",\"name\":\"Ward\",\"type\":\"ward\"}" },
    { "person", person },
    { "membership", membership },
  };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayStore) trust = way_store_create_trust (uri, "Preview", "ZZ9", TRUE, error);
  gboolean is_made;

  if (trust == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    g_ptr_array_add (drafts, way_event_new (events[i][0], 1, events[i][1]));
  is_made = way_store_append_as (trust, NULL, drafts, error);
  way_store_close (trust);

  return is_made;
}

static void
look_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Asked *asked = task_data;
  g_autoptr (WayLook) self = g_new0 (WayLook, 1);
  g_autoptr (GError) error = NULL;

  self->problems = g_ptr_array_new_with_free_func (g_free);
  if (way_pack_check (asked->path, self->problems, &error) && self->problems->len == 0)
    self->pack = way_pack_open (asked->path, NULL, &error);
  if (self->pack != NULL)
    way_pack_judge (asked->path, WAY_PACK_JUDGE_ANSWERS | WAY_PACK_JUDGE_STYLE, self->problems,
                    NULL, &error);
  if (self->pack != NULL && error == NULL && asked->trust != NULL)
    make_trust (asked->trust, asked->username, self->pack, &error);
  /* Changed once more while it was read: there will be another look. */
  if (error != NULL)
    {
      g_ptr_array_add (self->problems, g_strdup (error->message));
      g_clear_object (&self->pack);
    }
  g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify) way_look_free);
}

/**
 * way_look_async:
 * @path: folder of a pack
 * @trust_uri: (nullable): where to make a trust of one made-up person, once the pack can be shown
 * @username: what that person signs in as; an identifier
 *
 * Reads a pack that somebody is writing, and all that is wrong with it, on a thread of its own:
 * no worker of a session waits for it.
 */
void
way_look_async (const char *path,
                const char *trust_uri,
                const char *username,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Asked *asked;

  g_return_if_fail (path != NULL && username != NULL);

  asked = g_new0 (Asked, 1);
  asked->path = g_strdup (path);
  asked->trust = g_strdup (trust_uri);
  asked->username = g_strdup (username);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_look_async);
  g_task_set_task_data (task, asked, asked_free);
  g_task_run_in_thread (task, look_thread);
}

/**
 * way_look_finish:
 *
 * Returns: (transfer full) (nullable): what was found; NULL where it was cancelled
 */
WayLook *
way_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_look_free:
 * @self: (transfer full) (nullable): a look
 */
void
way_look_free (WayLook *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_object (&self->pack);
  g_free (self);
}
