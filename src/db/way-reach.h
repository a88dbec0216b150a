/* way-reach.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What keeps a database server from being reached, found out step by step and without
 * signing in: what libpq says of it are words, in the language of the machine. */
typedef enum
{
  WAY_REACH_ERROR_CA_FILE,        /* it cannot be read, or holds no certificate */
  WAY_REACH_ERROR_NAME,           /* the network knows no server of this name */
  WAY_REACH_ERROR_NETWORK,        /* there is no way to it */
  WAY_REACH_ERROR_REFUSED,        /* the computer is there, and nothing listens */
  WAY_REACH_ERROR_TIMED_OUT,      /* nothing answers */
  WAY_REACH_ERROR_NOT_POSTGRESQL, /* something else answers */
  WAY_REACH_ERROR_NO_TLS,         /* it does not encrypt, or only in old ways */
  WAY_REACH_ERROR_UNTRUSTED,      /* the certificate is by an authority that we do not know */
  WAY_REACH_ERROR_OTHER_NAME,     /* the certificate is of another server */
  WAY_REACH_ERROR_EXPIRED,        /* the certificate is no longer, or not yet, good */
} WayReachError;

#define WAY_REACH_ERROR (way_reach_error_quark ())
GQuark way_reach_error_quark (void);

typedef enum
{
  WAY_REACH_FINDING,  /* the address of the name */
  WAY_REACH_CALLING,  /* the server */
  WAY_REACH_CHECKING, /* who it is */
} WayReachStep;

typedef void (*WayReachFunc) (WayReachStep step, gpointer user_data);

gboolean way_reach_server (const char *host,
                           guint port,
                           const char *ca_file,
                           WayReachFunc progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
