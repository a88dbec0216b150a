/* way-session-push.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* Where this computer forgets what is on its disk an answer counts once the trust has it: it
 * goes there before the next question comes. Without a network the person decides whether to
 * wait or to go on; either way the answer is in the store, and is sent later. */

/* How long somebody sits before a question that does not come. */
#define PUSH_SECONDS 12

/**
 * way_session_set_push_before_next:
 * @is_first: whether each answer goes to the trust before the next question comes
 *
 * What the organisation has set for this computer. Where the store lies in memory, or could not
 * lie where it should, it is so anyway.
 */
void
way_session_set_push_before_next (WaySession *self, gboolean is_first)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  self->pushes_first = is_first;
}

/**
 * way_session_get_push_before_next:
 *
 * Returns: whether the answers of a sitting and of a check are sent one by one
 */
gboolean
way_session_get_push_before_next (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  return self->person != NULL && (self->pushes_first || self->is_fleeting);
}

/**
 * way_session_is_held:
 *
 * Returns: whether something is saved that the trust should have before the next question
 *   comes, and nobody has said yet that they go on without
 */
gboolean
way_session_is_held (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  return way_session_get_push_before_next (self) && !self->goes_on
         && way_session_get_n_unsent (self) > 0;
}

/**
 * way_session_go_on_unsent:
 *
 * The person goes on: until the trust is reached again nobody waits for it.
 */
void
way_session_go_on_unsent (WaySession *self)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  self->goes_on = TRUE;
}

/**
 * way_session_dup_held_text:
 *
 * Returns: (transfer full): what it means that the trust has not got the last answer
 */
char *
way_session_dup_held_text (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return g_strdup (
      _ ("The trust cannot be reached. Your answer is saved on this computer alone, which may not "
         "keep it after you sign out. Try again when there is a network, or go on: your answers "
         "wait on this computer, and are sent as soon as there is a network."));
}

/* Somebody who waits until the trust has what is saved. */
typedef struct
{
  guint source;
  gboolean is_over;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_clear_handle_id (&wait->source, g_source_remove);
  g_free (wait);
}

static void
end (GTask *task, GError *error)
{
  Wait *wait = g_task_get_task_data (task);

  if (wait->is_over)
    g_clear_error (&error);
  else
    {
      wait->is_over = TRUE;
      g_clear_handle_id (&wait->source, g_source_remove);
      if (error != NULL)
        g_task_return_error (task, error);
      else
        g_task_return_boolean (task, TRUE);
    }
  g_object_unref (task);
}

static GError *
say_unreached (void)
{
  return g_error_new_literal (WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED,
                              _ ("The trust did not answer in time."));
}

static gboolean
late_cb (gpointer data)
{
  GTask *task = data;
  Wait *wait = g_task_get_task_data (task);

  wait->source = 0;
  end (g_object_ref (task), say_unreached ());
  return G_SOURCE_REMOVE;
}

static void
pushed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WaySession *self = WAY_SESSION (object);
  GTask *task = user_data;
  GError *error = NULL;

  /* A trust that is only read now takes nothing, and says so without failing. */
  if (way_session_sync_finish (self, result, &error) && way_session_get_n_unsent (self) > 0)
    error = g_error_new_literal (WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY,
                                 _ ("The trust takes nothing now."));
  end (task, error);
}

static void
step (WaySession *self, GTask *task)
{
  Wait *wait = g_task_get_task_data (task);

  if (wait->is_over || way_session_get_n_unsent (self) == 0)
    end (task, NULL);
  else if (self->person == NULL || self->is_offline
           || g_get_monotonic_time () < self->sync_not_before)
    end (task, say_unreached ());
  else if (self->is_syncing)
    g_queue_push_tail (&self->pushes, task);
  else
    way_session_sync_async (self, NULL, pushed_cb, task);
}

/*
 * A meeting has ended: those who came while it was under way have theirs. Main thread.
 */
void
way_session_push_on (WaySession *self)
{
  GQueue waiting = self->pushes;
  GTask *task;

  if (way_session_get_n_unsent (self) == 0)
    self->goes_on = FALSE;
  g_queue_init (&self->pushes);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    step (self, task);
}

/**
 * way_session_push_async:
 *
 * Sends what is saved now, and says whether the trust has received it. Who waits is told so
 * after twelve seconds at most; what is not sent by then goes on being tried.
 */
void
way_session_push_async (WaySession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Wait *wait;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, way_session_push_async);
  wait = g_new0 (Wait, 1);
  g_task_set_task_data (task, wait, wait_free);
  wait->source = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, PUSH_SECONDS, late_cb,
                                             g_object_ref (task), g_object_unref);
  step (self, task);
}

/**
 * way_session_push_finish:
 *
 * Returns: TRUE when the trust has received everything that was saved
 */
gboolean
way_session_push_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
return_value (GTask *outer)
{
  GDestroyNotify release = g_task_get_task_data (outer);
  gpointer value = g_object_steal_data (G_OBJECT (outer), "value");

  if (value != NULL)
    g_task_return_pointer (outer, value, release);
  else
    g_task_return_boolean (outer, TRUE);
  g_object_unref (outer);
}

static void
held_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!way_session_push_finish (WAY_SESSION (object), result, &error))
    g_debug ("The answer waits: %s", error->message);
  /* It is saved. Whether it was received way_session_is_held() says. */
  return_value (user_data);
}

/*
 * Returns on @outer (transfer full), which has no task data, what came of an answer that is
 * saved: @value (transfer full), or TRUE for NULL. Where each is sent by itself that happens
 * when the trust has it or cannot be reached. Main thread.
 */
void
way_session_return_answered (WaySession *self, GTask *outer, gpointer value, GDestroyNotify release)
{
  g_object_set_data_full (G_OBJECT (outer), "value", value, release);
  g_task_set_task_data (outer, release, NULL);
  if (way_session_is_held (self))
    way_session_push_async (self, held_cb, outer);
  else
    return_value (outer);
}
