/* way-connection.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* How people show the server who they are. */
typedef enum
{
  WAY_AUTHENTICATION_ASK,      /* with a ticket where there is one, else with a password */
  WAY_AUTHENTICATION_PASSWORD, /* with a sign-in name and a password */
  WAY_AUTHENTICATION_KERBEROS, /* with the ticket of the computer alone */
} WayAuthentication;

/* Where a trust is, and how to come to it. Holds no password. */
typedef struct
{
  char *file; /* (nullable) the URI of a trust in one file; then nothing else counts */
  char *host; /* (nullable) */
  guint port;
  char *database;
  char *ca_file;  /* (nullable) the authorities of the machine */
  char *passfile; /* (nullable) of a trial */
  WayAuthentication authentication;
  char *service; /* of Kerberos */
  char *login;   /* (nullable) */
} WayConnection;

/* What keeps somebody from a trust: the cause, found out, not guessed from words. */
typedef enum
{
  WAY_CONNECTION_ERROR_ADDRESS,
  WAY_CONNECTION_ERROR_CA_FILE,
  WAY_CONNECTION_ERROR_NAME,
  WAY_CONNECTION_ERROR_NETWORK,
  WAY_CONNECTION_ERROR_REFUSED,
  WAY_CONNECTION_ERROR_TIMED_OUT,
  WAY_CONNECTION_ERROR_NOT_POSTGRESQL,
  WAY_CONNECTION_ERROR_NO_TLS,
  WAY_CONNECTION_ERROR_UNTRUSTED,
  WAY_CONNECTION_ERROR_OTHER_NAME,
  WAY_CONNECTION_ERROR_EXPIRED,
  WAY_CONNECTION_ERROR_NO_TICKET,
  WAY_CONNECTION_ERROR_TICKET_EXPIRED,
  WAY_CONNECTION_ERROR_TICKET_REFUSED,
  WAY_CONNECTION_ERROR_PASSWORD,  /* or nobody has this sign-in name: servers do not say which */
  WAY_CONNECTION_ERROR_LOGIN,     /* the server knows the sign-in name, and does not let it in */
  WAY_CONNECTION_ERROR_NOT_HERE,  /* not from this computer, or not in this way */
  WAY_CONNECTION_ERROR_DATABASE,  /* there is no such database */
  WAY_CONNECTION_ERROR_NO_TRUST,  /* a database, and no trust in it */
  WAY_CONNECTION_ERROR_NO_FILE,   /* no file, or no trust in it */
  WAY_CONNECTION_ERROR_OLDER,     /* the trust is of an older Waymark */
  WAY_CONNECTION_ERROR_NEWER,     /* the trust is of a newer Waymark */
  WAY_CONNECTION_ERROR_CROWDED,   /* too many are connected */
  WAY_CONNECTION_ERROR_STARTING,  /* the server starts or stops */
  WAY_CONNECTION_ERROR_READ_ONLY, /* a copy for reading */
  WAY_CONNECTION_ERROR_NOBODY,    /* the sign-in name belongs to nobody in the trust */
  WAY_CONNECTION_ERROR_LOST,      /* anything else */
} WayConnectionError;

#define WAY_CONNECTION_ERROR (way_connection_error_quark ())
GQuark way_connection_error_quark (void);

WayConnection *way_connection_new (void);
WayConnection *way_connection_new_from_settings (GSettings *settings);
WayConnection *way_connection_new_from_text (const char *text, GError **error);
WayConnection *way_connection_copy (const WayConnection *self);
void way_connection_free (WayConnection *self);
gboolean way_connection_is_server (const WayConnection *self);
void way_connection_save (const WayConnection *self, GSettings *settings);
char *way_connection_dup_address (const WayConnection *self);
char *way_connection_dup_uri (const WayConnection *self, gboolean with_ticket);
char *way_connection_to_keyfile (GSettings *settings);
const char *way_connection_get_title (WayConnectionError code);
const char *way_connection_get_advice (WayConnectionError code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayConnection, way_connection_free)

/* The check, on the net thread. */
typedef enum
{
  WAY_CONNECTION_STEP_FINDING,
  WAY_CONNECTION_STEP_CALLING,
  WAY_CONNECTION_STEP_CHECKING,
  WAY_CONNECTION_STEP_SIGNING_IN,
  WAY_CONNECTION_STEP_READING,
} WayConnectionStep;

typedef void (*WayConnectionFunc) (WayConnectionStep step, gpointer user_data);

const char *way_connection_describe_step (WayConnectionStep step);
void way_connection_check_async (WaySession *session,
                                 const WayConnection *connection,
                                 gboolean with_ticket,
                                 const char *password,
                                 WayConnectionFunc progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void way_connection_check_own_async (WaySession *session,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
way_connection_check_finish (WaySession *session, GAsyncResult *result, char **who, GError **error);

G_END_DECLS
