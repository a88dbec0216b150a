/* way-session-write.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* How what a person does reaches the device store: drafts on the main thread, written on
 * the store thread, which alone says that they are saved. */

/* After the disk failed nothing that the connection remembers can be trusted: what is on
 * disk is read again. */
static gboolean
reopen_store (WaySession *self, GError **error)
{
  g_autofree char *person = g_strdup (way_store_get_person (self->store));
  g_autoptr (WayStore) again = NULL;

  way_store_close (self->store);
  again = way_store_open_device (self->store_path, person, error);
  if (again == NULL)
    return FALSE;
  g_set_object (&self->store, again);
  return TRUE;
}

/*
 * Opens the store again after a failed disk; while a sync works on it, once that has ended.
 * Where it cannot be opened the next who needs it tries again.
 */
void
way_session_reopen (WaySession *self)
{
  g_autoptr (GError) error = NULL;

  self->must_reopen = self->is_meeting;
  if (!self->is_meeting && !reopen_store (self, &error))
    g_warning ("The store cannot be opened again: %s", error->message);
}

/*
 * The device store's connection, on the store thread. NULL with @error when nobody is signed
 * in, or when the disk failed and the store cannot be opened again.
 *
 * Returns: (transfer none) (nullable) */
WayDb *
way_session_get_db (WaySession *self, GError **error)
{
  g_assert (way_worker_is_current (self->store_worker));

  if (self->store == NULL)
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_SIGNED_OUT,
                           _ ("Nobody is signed in."));
      return NULL;
    }
  if (way_store_get_db (self->store) == NULL && !reopen_store (self, error))
    return NULL;
  return way_store_get_db (self->store);
}

/*
 * Appends drafts to the device store, on the store thread. Only when it returns TRUE may
 * anything be said to be saved.
 */
gboolean
way_session_append (WaySession *self, GPtrArray *drafts, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 seq = 0;

  g_assert (way_worker_is_current (self->store_worker));

  if (way_session_get_db (self, &local) != NULL)
    seq = way_store_get_last_seq (self->store);
  if (local != NULL || !way_store_append (self->store, drafts, &local))
    {
      if (g_error_matches (local, WAY_SESSION_ERROR, WAY_SESSION_ERROR_SIGNED_OUT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (g_error_matches (local, WAY_DB_ERROR, WAY_DB_ERROR_IO))
        way_session_reopen (self);
      if (g_error_matches (local, WAY_DB_ERROR, WAY_DB_ERROR_FULL))
        g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                             _ ("The disk is full. This is not saved yet. Make some room, then "
                                "try again."));
      else
        g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                     /* Translators: %s is a technical reason. */
                     _ ("This is not saved yet: %s"), local->message);
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  self->saved_at = g_get_real_time ();
  g_mutex_unlock (&self->lock);
  way_session_mirror (self, seq);
  way_session_count_unsent (self);
  way_session_touch (self);
  for (guint i = 0; i < drafts->len; i++)
    if (g_str_equal (((WayEvent *) drafts->pdata[i])->kind, "attempt_end"))
      {
        way_session_sync_soon (self);
        break;
      }
  return TRUE;
}

/* A draft for the log: @body is the struct of @kind. Our own bodies are well-formed: without
 * @error that is taken for granted. What somebody typed may be too long.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayEvent *
way_session_draft (const char *kind, gconstpointer body, GError **error)
{
  const WayKind *known = way_kind_find (kind);
  g_autoptr (GError) local = NULL;
  g_autofree char *json = NULL;

  g_assert (known != NULL);
  json = way_kind_write (known, body, &local);
  if (json != NULL)
    return way_event_new (kind, way_kind_get_version (known), json);
  if (error == NULL)
    g_error ("A %s could not be written: %s", kind, local->message);
  if (g_error_matches (local, WAY_RECORD_ERROR, WAY_RECORD_ERROR_SIZE))
    g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                         _ ("This is not saved yet: the text is too long. Make it shorter, then "
                            "try again."));
  else
    g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                 /* Translators: %s is a technical reason. */
                 _ ("This is not saved yet: %s"), local->message);
  return NULL;
}

/* What questions and data are drawn with. */
guint64
way_session_new_seed (void)
{
  return ((guint64) g_random_int () << 32) | g_random_int ();
}

/* A draft of an attempt at something of @module, of @pack: a "check", a "refresher" or a
 * "practice".
 * @draw: (nullable): ids of the questions; @attempt_number: the how many-th, 0 where that is not
 * counted; @purpose: (nullable): "test-out" where the check comes before the lesson.
 *
 * Returns: (transfer full) */
WayEvent *
way_session_draft_attempt (WaySession *self,
                           WayPack *pack,
                           const char *type,
                           guint64 seed,
                           const WayModule *module,
                           const char *desk,
                           const char *draw,
                           guint attempt_number,
                           const char *purpose)
{
  const WayKind *kind = way_kind_find ("attempt");
  WayAttemptBody *body = way_kind_new (kind);
  WayEvent *draft;

  body->type = g_strdup (type);
  body->pack = g_strdup (way_pack_get_id (pack));
  body->pack_version = way_pack_get_version (pack);
  body->parameters = g_strdup ("");
  body->language = g_strdup (way_pack_get_language (pack));
  body->seed = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  body->module = g_strdup (module->id);
  body->desk = g_strdup (desk);
  body->draw = g_strdup (draw);
  if (attempt_number > 0)
    body->try = attempt_number;
  body->purpose = g_strdup (purpose);
  draft = way_session_draft ("attempt", body, NULL);
  way_kind_free (kind, body);
  return draft;
}

static void
append_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = g_object_get_data (G_OBJECT (task), "session");
  GPtrArray *drafts = task_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_append (self, drafts, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (((WayEvent *) drafts->pdata[0])->id), g_free);
}

/* way_session_begin:
 *
 * A task of @source (the session, or an object that holds it) for one of the workers.
 *
 * Returns: (transfer full) */
GTask *
way_session_begin (WaySession *self,
                   gpointer source,
                   gpointer tag,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_object_set_data_full (G_OBJECT (task), "session", g_object_ref (self), g_object_unref);
  return task;
}

/* way_session_refuse_signed_out:
 *
 * Returns: whether nobody is signed in; @task has then ended with that error */
gboolean
way_session_refuse_signed_out (WaySession *self, GTask *task)
{
  if (self->person != NULL)
    return FALSE;
  g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_SIGNED_OUT, "%s",
                           _ ("Nobody is signed in."));
  return TRUE;
}

static const char *
describe_roles (WayRoles roles)
{
  if ((roles & WAY_ROLE_DESIGN) != 0)
    return _ ("Only training leads and the design office see this.");
  if ((roles & WAY_ROLE_ANALYST) != 0)
    return _ ("Only an analyst sees this.");
  if (roles == WAY_ROLE_MANAGER)
    return _ ("Only a manager sees this.");
  if ((roles & WAY_ROLE_MANAGER) != 0)
    return _ ("Only training leads and managers nominate.");
  return _ ("Only a training lead sees this.");
}

/* way_session_refuse_others:
 * @roles: who may ask the trust for it, any of these
 *
 * Returns: whether whoever is signed in is none of them, or has no trust; @task has then ended
 * with that error */
gboolean
way_session_refuse_others (WaySession *self, GTask *task, WayRoles roles)
{
  if (self->trust_uri != NULL && (self->roles & roles) != 0)
    return FALSE;
  g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                           describe_roles (roles));
  return TRUE;
}

/* Writes drafts (transfer full); way_session_write_finish gives the first one's id. */
void
way_session_write (WaySession *self,
                   gpointer source,
                   gpointer tag,
                   GPtrArray *drafts,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, source, tag, cancellable, callback, user_data);

  g_task_set_task_data (task, drafts, (GDestroyNotify) g_ptr_array_unref);
  way_worker_run (self->store_worker, task, append_thread);
  way_session_schedule_sync (self, 3);
}

/* Writes one event about @subject (NULL: oneself), addressed to @unit (nullable). */
void
way_session_write_one (WaySession *self,
                       gpointer source,
                       gpointer tag,
                       const char *kind,
                       gconstpointer body,
                       const char *subject,
                       const char *unit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WayEvent *draft = way_session_draft (kind, body, &error);

  if (draft == NULL)
    {
      g_autoptr (GTask)
          task = way_session_begin (self, source, tag, cancellable, callback, user_data);

      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  draft->subject = g_strdup (subject);
  draft->unit = g_strdup (unit);
  g_ptr_array_add (drafts, draft);
  way_session_write (self, source, tag, g_steal_pointer (&drafts), cancellable, callback,
                     user_data);
}

/**
 * way_session_write_finish:
 * @id: (out) (optional) (transfer full): the new event's
 *
 * Returns: TRUE once it is on disk
 */
gboolean
way_session_write_finish (WaySession *self, GAsyncResult *result, char **id, GError **error)
{
  g_autofree char *new_id = NULL;

  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  new_id = g_task_propagate_pointer (G_TASK (result), error);
  if (new_id == NULL)
    return FALSE;
  if (id != NULL)
    *id = g_steal_pointer (&new_id);
  return TRUE;
}

/**
 * way_session_list_finish:
 *
 * Returns: (transfer full) (nullable): the rows that a load call asked for
 */
GListModel *
way_session_list_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
