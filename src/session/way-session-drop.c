/* way-session-drop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#include "sync/way-drop.h"
#include "sync/way-pack-chunks.h"

/* What a person says without their name, and the packs that come beside the log. */

/* Not right after a meeting, which has the person's login. */
#define LEAST_SECONDS 20
#define MOST_SECONDS 170
/* In one meeting; the next goes on. */
#define MOST_PIECES 40

typedef struct
{
  char *type;
  char *text;
  char *page;
  char *unit; /* (nullable) */
} Words;

static void
words_free (gpointer data)
{
  Words *self = data;

  g_free (self->type);
  g_free (self->text);
  g_free (self->page);
  g_free (self->unit);
  g_free (self);
}

/* The login that is nobody's, or the file of a trust that has no logins. */
static const char *
get_uri (WaySession *self)
{
  if (self->trust_uri != NULL && g_str_has_prefix (self->trust_uri, "sqlite:"))
    return self->trust_uri;
  return self->drop_uri;
}

/**
 * way_session_set_drop_uri:
 * @uri: (nullable): of the trust, with the login for what has no name
 *
 * Says by which way messages without a name go. A trust in a file needs none.
 */
void
way_session_set_drop_uri (WaySession *self, const char *uri)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  g_free (self->drop_uri);
  self->drop_uri = uri != NULL && *uri != '\0' ? g_strdup (uri) : NULL;
}

/**
 * way_session_can_say_anonymously:
 *
 * Returns: whether there is a way for messages without a name
 */
gboolean
way_session_can_say_anonymously (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  return self->person != NULL && get_uri (self) != NULL;
}

static void
put_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  const Words *words = task_data;
  g_autoptr (GError) error = NULL;
  char *hash = NULL;

  if (way_session_get_db (self, &error) != NULL)
    hash = way_drop_put (self->store, words->type, words->text, words->page, words->unit, &error);
  if (hash == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, hash, g_free);
}

/**
 * way_session_say_anonymously_async:
 * @type: problem, idea, praise or worry
 * @text: in the person's words
 * @page: where they were
 *
 * Without a name. It waits in the person's store and goes within a day or so. Finish with
 * way_session_write_finish(), whose id way_session_retract_async() takes while it waits.
 */
void
way_session_say_anonymously_async (WaySession *self,
                                   const char *type,
                                   const char *text,
                                   const char *page,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Words *words;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (type != NULL && text != NULL && page != NULL);

  words = g_new0 (Words, 1);
  words->type = g_strdup (type);
  words->text = g_strdup (text);
  words->page = g_strdup (page);
  words->unit = g_strdup (self->home_unit);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_session_say_anonymously_async);
  g_task_set_task_data (task, words, words_free);
  way_worker_run (self->store_worker, task, put_thread);
}

static void
take_back_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  g_autoptr (GError) error = NULL;
  gboolean is_taken = FALSE;

  if (way_session_get_db (self, &error) == NULL
      || !way_drop_take_back (self->store, task_data, &is_taken, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!is_taken)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                             _ ("It has gone already, and nobody can tell which it is."));
  else
    g_task_return_pointer (task, g_strdup (task_data), g_free);
}

/* Takes back what waits without a name. */
void
way_session_take_back_drop (WaySession *self,
                            const char *hash,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, way_session_take_back_drop);
  g_task_set_task_data (task, g_strdup (hash), g_free);
  way_worker_run (self->store_worker, task, take_back_thread);
}

/* One message on its way through the net thread. */
typedef struct
{
  const char *uri;
  const WayDrop *drop;
  GError *error;
} Sending;

static void
send_cb (gpointer data, gpointer user_data)
{
  Sending *sending = data;

  way_drop_send (sending->uri, sending->drop, &sending->error);
}

static void
send_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  g_autoptr (WayStore) store = self->store != NULL ? g_object_ref (self->store) : NULL;
  g_autoptr (WayDrop) drop = NULL;
  g_autoptr (GError) error = NULL;
  Sending sending = { .uri = task_data };

  g_task_return_boolean (task, TRUE);
  if (store == NULL || way_session_get_db (self, NULL) == NULL)
    return;
  drop = way_drop_find_due (store, g_get_real_time (), NULL, &error);
  if (drop != NULL)
    {
      sending.drop = drop;
      way_worker_ask (self->store_worker, self->net_worker, send_cb, &sending, NULL);
      if (sending.error != NULL)
        error = g_steal_pointer (&sending.error);
      else
        way_drop_mark_sent (store, drop->hash, &error);
    }
  /* Nothing that is written down says that there was one. */
  if (error != NULL)
    g_debug ("What waits for the trust waits on: %s", error->message);
}

static gboolean
drop_due_cb (gpointer data)
{
  WaySession *self = data;
  g_autoptr (GTask) task = NULL;

  self->drop_source = 0;
  if (self->person == NULL || self->is_offline || get_uri (self) == NULL)
    return G_SOURCE_REMOVE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, drop_due_cb);
  g_task_set_task_data (task, g_strdup (get_uri (self)), g_free);
  way_worker_run (self->store_worker, task, send_thread);
  return G_SOURCE_REMOVE;
}

/*
 * Looks a while later whether a message without a name is due: one at a time, each through a
 * connection of its own. Main thread.
 */
void
way_session_schedule_drop (WaySession *self)
{
  if (self->drop_source == 0 && self->person != NULL && get_uri (self) != NULL)
    self->drop_source = g_timeout_add_seconds ((guint) g_random_int_range (LEAST_SECONDS,
                                                                           MOST_SECONDS),
                                               drop_due_cb, self);
}

/*
 * Goes on fetching the pack that the trust teaches, where this computer lacks it; it is opened
 * at the next start. A trust that is older than packs in pieces has none. Store thread.
 */
void
way_session_fetch_pack (WaySession *self, GCancellable *cancellable)
{
  g_autoptr (WayStore) store = self->store != NULL ? g_object_ref (self->store) : NULL;
  g_autofree char *folder = way_pack_chunks_dup_folder ();
  const char *known[] = { way_pack_get_digest (self->pack), NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  WayPackChunksOutcome outcome;

  g_assert (way_worker_is_current (self->store_worker));

  if (store == NULL || self->peer == NULL)
    return;
  if (!way_pack_chunks_fetch (self->peer, store, folder, known, MOST_PIECES, cancellable, &outcome,
                              &reason, &error))
    g_debug ("The pack of the trust waits: %s", error->message);
  else if (reason != NULL)
    g_message ("The pack of the trust cannot be used: %s", reason);
}
