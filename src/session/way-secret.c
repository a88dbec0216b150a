/* way-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-secret.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/* The service may ask the person to unlock the keyring, and somebody may have walked away
 * from that question. */
#define PATIENCE_SECONDS 60

static const SecretSchema schema = {
  WAY_APPLICATION_ID ".Password",
  SECRET_SCHEMA_NONE,
  {
      { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "port", SECRET_SCHEMA_ATTRIBUTE_INTEGER },
      { "database", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* One question to the service, and when to stop waiting for its answer. */
typedef struct
{
  GCancellable *own;    /* (owned) */
  GCancellable *outer;  /* (owned) (nullable) */
  gulong outer_handler; /* of outer */
  guint source;         /* when patience ends */
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_clear_object (&self->outer);
  g_clear_object (&self->own);
  g_free (self);
}

static gboolean
impatient_cb (gpointer data)
{
  Wait *self = data;

  self->source = 0;
  g_cancellable_cancel (self->own);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static GTask *
begin (gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Wait *wait = g_new0 (Wait, 1);

  g_task_set_source_tag (task, tag);
  wait->own = g_cancellable_new ();
  wait->source = g_timeout_add_seconds (PATIENCE_SECONDS, impatient_cb, wait);
  if (cancellable != NULL)
    {
      wait->outer = g_object_ref (cancellable);
      wait->outer_handler = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                   g_object_ref (wait->own), g_object_unref);
    }
  g_task_set_task_data (task, wait, wait_free);
  return task;
}

static GCancellable *
get_cancellable (GTask *task)
{
  return ((Wait *) g_task_get_task_data (task))->own;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *password = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
}

/**
 * way_secret_look_up_async:
 *
 * Asks the Secret Service for the password of a sign-in name.
 */
void
way_secret_look_up_async (const WayConnection *connection,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = begin (way_secret_look_up_async, cancellable, callback, user_data);

  secret_password_lookup (&schema, get_cancellable (task), looked_up_cb, task, "login",
                          connection->login, "host", connection->host, "port",
                          (int) connection->port, "database", connection->database, NULL);
}

/**
 * way_secret_look_up_finish:
 *
 * Returns: (transfer full) (nullable): the password, for way_secret_free(); NULL without
 *   @error when none is kept
 */
char *
way_secret_look_up_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_secret_free:
 * @password: (nullable): wiped before it is let go
 */
void
way_secret_free (char *password)
{
  secret_password_free (password);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * way_secret_store_async:
 *
 * Gives the Secret Service the password of a sign-in name to keep.
 */
void
way_secret_store_async (const WayConnection *connection,
                        const char *password,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = begin (way_secret_store_async, cancellable, callback, user_data);

  /* Translators: what a password is called in the keyring. */
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, _ ("Waymark"), password,
                         get_cancellable (task), stored_cb, task, "login", connection->login,
                         "host", connection->host, "port", (int) connection->port, "database",
                         connection->database, NULL);
}

/**
 * way_secret_store_finish:
 *
 * Returns: FALSE where there is nowhere to keep it
 */
gboolean
way_secret_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * way_secret_clear_async:
 *
 * Has the Secret Service forget the password of a sign-in name.
 */
void
way_secret_clear_async (const WayConnection *connection,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = begin (way_secret_clear_async, cancellable, callback, user_data);

  secret_password_clear (&schema, get_cancellable (task), cleared_cb, task, "login",
                         connection->login, "host", connection->host, "port",
                         (int) connection->port, "database", connection->database, NULL);
}

/**
 * way_secret_clear_finish:
 *
 * Returns: FALSE where it could not be forgotten
 */
gboolean
way_secret_clear_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * way_secret_keep:
 *
 * Keeps a password in memory for the connections of whoever signs in now.
 */
void
way_secret_keep (const WayConnection *connection, const char *password)
{
  g_autofree char *uri = way_connection_dup_uri (connection, FALSE);

  way_db_keep_password (uri, password, NULL);
}

/**
 * way_secret_forget:
 *
 * Wipes what way_secret_keep() kept.
 */
void
way_secret_forget (const WayConnection *connection)
{
  way_secret_keep (connection, NULL);
}
