/* way-connection-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-connection.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "db/way-reach.h"
#include "session/way-kerberos.h"

/* Step by step towards a trust, on the net thread, until something is in the way. */

typedef struct
{
  WayConnection *connection; /* (owned) */
  gboolean with_ticket;
  gboolean has_password; /* one is kept for this check */
  WayConnectionFunc progress;
  gpointer progress_data;
  char *who; /* (owned) (nullable) what was found */
} Check;

typedef struct
{
  GTask *task; /* (owned) */
  WayConnectionStep step;
} Notice;

static const char *const STEPS[] = {
  N_ ("Looking for the server…"), N_ ("Calling the server…"),
  N_ ("Checking who answers…"),   N_ ("Signing in…"),
  N_ ("Reading the trust…"),
};

static void
check_free (gpointer data)
{
  Check *self = data;

  way_connection_free (self->connection);
  g_free (self->who);
  g_free (self);
}

/**
 * way_connection_describe_step:
 *
 * Returns: what is being done, in words
 */
const char *
way_connection_describe_step (WayConnectionStep step)
{
  g_return_val_if_fail ((guint) step < G_N_ELEMENTS (STEPS), NULL);

  return _ (STEPS[step]);
}

static void
notice_free (gpointer data)
{
  Notice *notice = data;

  g_object_unref (notice->task);
  g_free (notice);
}

static gboolean
notice_cb (gpointer data)
{
  Notice *notice = data;
  Check *check = g_task_get_task_data (notice->task);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (notice->task)))
    check->progress (notice->step, check->progress_data);
  return G_SOURCE_REMOVE;
}

static void
tell (GTask *task, WayConnectionStep step)
{
  Check *check = g_task_get_task_data (task);
  Notice *notice;

  if (check->progress == NULL)
    return;
  notice = g_new0 (Notice, 1);
  notice->task = g_object_ref (task);
  notice->step = step;
  g_idle_add_full (G_PRIORITY_DEFAULT, notice_cb, notice, notice_free);
}

static void
reach_cb (WayReachStep step, gpointer user_data)
{
  tell (user_data, (WayConnectionStep) step);
}

static gboolean
fail (GError **error, WayConnectionError code, const char *text)
{
  g_set_error_literal (error, WAY_CONNECTION_ERROR, (int) code, text);
  return FALSE;
}

static gboolean
fail_reach (GError *below, GError **error)
{
  static const WayConnectionError CODES[] = {
    [WAY_REACH_ERROR_CA_FILE] = WAY_CONNECTION_ERROR_CA_FILE,
    [WAY_REACH_ERROR_NAME] = WAY_CONNECTION_ERROR_NAME,
    [WAY_REACH_ERROR_NETWORK] = WAY_CONNECTION_ERROR_NETWORK,
    [WAY_REACH_ERROR_REFUSED] = WAY_CONNECTION_ERROR_REFUSED,
    [WAY_REACH_ERROR_TIMED_OUT] = WAY_CONNECTION_ERROR_TIMED_OUT,
    [WAY_REACH_ERROR_NOT_POSTGRESQL] = WAY_CONNECTION_ERROR_NOT_POSTGRESQL,
    [WAY_REACH_ERROR_NO_TLS] = WAY_CONNECTION_ERROR_NO_TLS,
    [WAY_REACH_ERROR_UNTRUSTED] = WAY_CONNECTION_ERROR_UNTRUSTED,
    [WAY_REACH_ERROR_OTHER_NAME] = WAY_CONNECTION_ERROR_OTHER_NAME,
    [WAY_REACH_ERROR_EXPIRED] = WAY_CONNECTION_ERROR_EXPIRED,
  };
  g_autoptr (GError) owned = below;

  if (below->domain == WAY_REACH_ERROR && (guint) below->code < G_N_ELEMENTS (CODES))
    return fail (error, CODES[below->code], below->message);
  g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

/* By the server's SQLSTATE, which is the same in every language. */
static gboolean
fail_open (Check *check, GError *below, GError **error)
{
  static const struct
  {
    const char *state;
    WayConnectionError code;
  } CODES[] = {
    { "28P01", WAY_CONNECTION_ERROR_PASSWORD }, { "28", WAY_CONNECTION_ERROR_LOGIN },
    { "3D000", WAY_CONNECTION_ERROR_DATABASE }, { "42501", WAY_CONNECTION_ERROR_LOGIN },
    { "53300", WAY_CONNECTION_ERROR_CROWDED },  { "57P", WAY_CONNECTION_ERROR_STARTING },
    { "55000", WAY_CONNECTION_ERROR_STARTING }, { "25006", WAY_CONNECTION_ERROR_READ_ONLY },
  };
  g_autoptr (GError) owned = below;
  g_autofree char *state = way_db_error_dup_state (below);

  /* The name of the file is the same in every language too. */
  if (g_strcmp0 (state, "28000") == 0 && strstr (below->message, "pg_hba.conf") != NULL)
    return fail (error, WAY_CONNECTION_ERROR_NOT_HERE, below->message);
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (CODES); i++)
    if (g_str_has_prefix (state, CODES[i].state))
      return fail (error, CODES[i].code, below->message);
  if (state == NULL && g_error_matches (below, WAY_DB_ERROR, WAY_DB_ERROR_URI))
    return fail (error, WAY_CONNECTION_ERROR_ADDRESS, below->message);
  /* The server was there a moment ago: what failed is showing who we are. */
  if (state == NULL && check->with_ticket)
    return fail (error, WAY_CONNECTION_ERROR_TICKET_REFUSED, below->message);
  if (state == NULL && !check->has_password)
    return fail (error, WAY_CONNECTION_ERROR_PASSWORD, below->message);
  return fail (error, WAY_CONNECTION_ERROR_LOST, below->message);
}

static gboolean
ask (WayDb *db, const char *sql, gint64 *answer, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (way_db_get_int (db, sql, answer, &local))
    return TRUE;
  return fail (error, WAY_CONNECTION_ERROR_LOST, local->message);
}

static gboolean
read_trust (Check *check, WayDb *db, GError **error)
{
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *uri = g_strdup (way_db_get_uri (db));
  gint64 n_schemas, n_calls, is_copy;

  if (!ask (db, "SELECT count(*) FROM pg_namespace WHERE nspname IN ('main', 'api')", &n_schemas,
            error))
    return FALSE;
  if (n_schemas != 2)
    return fail (error, WAY_CONNECTION_ERROR_NO_TRUST, "There is no schema “api” or “main”");
  if (!ask (db,
            "SELECT count(DISTINCT p.proname) FROM pg_proc AS p"
            " JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = 'api'"
            " AND p.proname IN ('who', 'hello_v1', 'push_v1', 'pull_v1')",
            &n_calls, error)
      || !ask (db,
               "SELECT CASE WHEN pg_is_in_recovery ()"
               " OR current_setting ('transaction_read_only') = 'on' THEN 1 ELSE 0 END",
               &is_copy, error))
    return FALSE;
  if (is_copy != 0)
    return fail (error, WAY_CONNECTION_ERROR_READ_ONLY, "transaction_read_only is on");
  trust = way_store_open_trust (uri, TRUE, &local);
  if (trust == NULL)
    {
      gboolean is_newer = g_error_matches (local, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER);

      return fail (error, is_newer ? WAY_CONNECTION_ERROR_NEWER : WAY_CONNECTION_ERROR_LOST,
                   local->message);
    }
  way_store_close (trust);
  if (n_calls != 4)
    return fail (error, WAY_CONNECTION_ERROR_OLDER, "The functions of this version are not there");
  check->who = way_db_dup_text (db, "SELECT name FROM api.who ()", NULL);
  if (check->who == NULL)
    return fail (error, WAY_CONNECTION_ERROR_NOBODY, "api.who () gives no row");
  return TRUE;
}

static gboolean
check_file (Check *check, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (check->connection->file, TRUE, &local);

  if (trust == NULL)
    return fail (error,
                 g_error_matches (local, WAY_STORE_ERROR, WAY_STORE_ERROR_NEWER)
                     ? WAY_CONNECTION_ERROR_NEWER
                     : WAY_CONNECTION_ERROR_NO_FILE,
                 local->message);
  check->who = way_db_dup_text (way_store_get_db (trust), "SELECT name FROM organisation", NULL);
  way_store_close (trust);
  return TRUE;
}

static gboolean
check_server (GTask *task, Check *check, GCancellable *cancellable, GError **error)
{
  const WayConnection *connection = check->connection;
  g_autofree char *uri = NULL;
  g_autofree char *principal = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autoptr (GError) local = NULL;

  if (!way_reach_server (connection->host, connection->port, connection->ca_file, reach_cb, task,
                         cancellable, &local))
    return fail_reach (g_steal_pointer (&local), error);
  if (check->with_ticket)
    {
      principal = way_kerberos_dup_principal (error);
      if (principal == NULL)
        return FALSE;
    }
  if (connection->login == NULL)
    return TRUE;
  tell (task, WAY_CONNECTION_STEP_SIGNING_IN);
  uri = way_connection_dup_uri (connection, check->with_ticket);
  db = way_db_open (uri, WAY_DB_READ_WRITE, &local);
  if (db == NULL)
    return fail_open (check, g_steal_pointer (&local), error);
  tell (task, WAY_CONNECTION_STEP_READING);
  return read_trust (check, db, error);
}

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Check *check = task_data;
  g_autoptr (GError) error = NULL;
  gboolean is_well = check->connection->file != NULL
                         ? check_file (check, &error)
                         : check_server (task, check, cancellable, &error);

  if (check->has_password)
    {
      g_autofree char *uri = way_connection_dup_uri (check->connection, FALSE);

      way_db_keep_password (uri, NULL, NULL);
    }
  if (is_well)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * way_connection_check_async:
 * @with_ticket: whether to come with the ticket of the computer
 * @password: (nullable): forgotten when the check is done
 * @progress: (nullable): told of each step, on the main thread
 *
 * Tries a connection. Without a sign-in name it goes as far as who the server is; with one
 * also whether the trust takes that person. Nothing is written anywhere.
 */
void
way_connection_check_async (WaySession *session,
                            const WayConnection *connection,
                            gboolean with_ticket,
                            const char *password,
                            WayConnectionFunc progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Check *check;

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (connection != NULL);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_connection_check_async);
  check = g_new0 (Check, 1);
  check->connection = way_connection_copy (connection);
  check->with_ticket = with_ticket;
  check->progress = progress;
  check->progress_data = progress_data;
  g_task_set_task_data (task, check, check_free);
  if (connection->file == NULL && connection->host == NULL)
    {
      g_task_return_new_error (task, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_ADDRESS, "%s",
                               _ ("This is not an address of a trust."));
      return;
    }
  if (password != NULL && connection->login != NULL)
    {
      g_autofree char *uri = way_connection_dup_uri (connection, FALSE);

      check->has_password = way_db_keep_password (uri, password, NULL);
    }
  way_worker_run (session->net_worker, task, check_thread);
}

/**
 * way_connection_check_own_async:
 *
 * Tries the connection of whoever is signed in. Finish with way_connection_check_finish().
 */
void
way_connection_check_own_async (WaySession *session,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayConnection) connection = NULL;

  g_return_if_fail (WAY_IS_SESSION (session));

  connection = way_connection_new_from_text (session->trust_uri != NULL ? session->trust_uri : "",
                                             &error);
  if (connection == NULL)
    {
      g_task_report_error (session, callback, user_data, way_connection_check_own_async,
                           g_steal_pointer (&error));
      return;
    }
  way_connection_check_async (session, connection,
                              connection->authentication == WAY_AUTHENTICATION_KERBEROS, NULL, NULL,
                              NULL, cancellable, callback, user_data);
}

/**
 * way_connection_check_finish:
 * @who: (out) (optional) (nullable) (transfer full): who the sign-in name belongs to, or whose
 *   trust a file is
 * @error: WAY_CONNECTION_ERROR, with words for whoever looks after the server
 *
 * Returns: TRUE when nothing is in the way
 */
gboolean
way_connection_check_finish (WaySession *session, GAsyncResult *result, char **who, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (who != NULL)
    *who = g_strdup (((Check *) g_task_get_task_data (G_TASK (result)))->who);
  return TRUE;
}
