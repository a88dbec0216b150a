/* way-kerberos.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-kerberos.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_krb5.h>

#include "session/way-connection.h"
#include "session/way-session-private.h"

static char *
dup_message (OM_uint32 major, OM_uint32 minor)
{
  OM_uint32 ignored, context = 0;
  gss_buffer_desc words = GSS_C_EMPTY_BUFFER;
  char *text = NULL;
  gboolean is_minor = minor != 0;

  if (gss_display_status (&ignored, is_minor ? minor : major,
                          is_minor ? GSS_C_MECH_CODE : GSS_C_GSS_CODE, GSS_C_NO_OID, &context,
                          &words)
      == GSS_S_COMPLETE)
    {
      text = g_strndup (words.value, words.length);
      gss_release_buffer (&ignored, &words);
    }
  return text != NULL ? text : g_strdup ("?");
}

static char *
fail (OM_uint32 major, OM_uint32 minor, GError **error)
{
  g_autofree char *text = dup_message (major, minor);
  gboolean is_expired = GSS_ROUTINE_ERROR (major) == GSS_S_CREDENTIALS_EXPIRED;

  g_set_error_literal (error, WAY_CONNECTION_ERROR,
                       is_expired ? WAY_CONNECTION_ERROR_TICKET_EXPIRED
                                  : WAY_CONNECTION_ERROR_NO_TICKET,
                       text);
  return NULL;
}

static char *
dup_name (gss_name_t name)
{
  OM_uint32 minor;
  gss_buffer_desc words = GSS_C_EMPTY_BUFFER;
  char *text;

  if (gss_display_name (&minor, name, &words, NULL) != GSS_S_COMPLETE)
    return NULL;
  text = g_strndup (words.value, words.length);
  gss_release_buffer (&minor, &words);
  return text;
}

/**
 * way_kerberos_dup_principal:
 * @error: WAY_CONNECTION_ERROR_NO_TICKET or _TICKET_EXPIRED
 *
 * Looks for a ticket. May wait for the service that keeps them: not for the main thread.
 *
 * Returns: (transfer full) (nullable): whose it is, as “name@REALM”
 */
char *
way_kerberos_dup_principal (GError **error)
{
  gss_OID_set_desc mechanisms = { .count = 1, .elements = (gss_OID) gss_mech_krb5 };
  gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 major, minor, ignored;
  OM_uint32 seconds = 0;
  char *principal = NULL;

  major = gss_acquire_cred (&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechanisms, GSS_C_INITIATE,
                            &credential, NULL, NULL);
  if (GSS_ERROR (major))
    return fail (major, minor, error);
  /* Asked for both at once of a ticket that has run out, the library loses the name. */
  major = gss_inquire_cred (&minor, credential, NULL, &seconds, NULL, NULL);
  if (!GSS_ERROR (major) && seconds > 0)
    major = gss_inquire_cred (&minor, credential, &name, NULL, NULL, NULL);
  if (!GSS_ERROR (major) && name != GSS_C_NO_NAME)
    principal = dup_name (name);
  if (principal == NULL)
    fail (GSS_ERROR (major) ? major : GSS_S_CREDENTIALS_EXPIRED, minor, error);
  if (name != GSS_C_NO_NAME)
    gss_release_name (&ignored, &name);
  gss_release_cred (&ignored, &credential);
  return principal;
}

static void
find_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *principal = way_kerberos_dup_principal (&error);

  if (principal != NULL)
    g_task_return_pointer (task, principal, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * way_kerberos_find_async:
 *
 * Looks for a ticket on the net thread.
 */
void
way_kerberos_find_async (WaySession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (session));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_kerberos_find_async);
  way_worker_run (session->net_worker, task, find_thread);
}

/**
 * way_kerberos_find_finish:
 *
 * Returns: (transfer full) (nullable): whose ticket it is; NULL with @error when there is none
 */
char *
way_kerberos_find_finish (WaySession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
