/* way-kerberos.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* The Kerberos ticket that signing in to the computer brought. */
char *way_kerberos_dup_principal (GError **error);
void way_kerberos_find_async (WaySession *session,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *way_kerberos_find_finish (WaySession *session, GAsyncResult *result, GError **error);

G_END_DECLS
