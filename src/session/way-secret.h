/* way-secret.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-connection.h"

G_BEGIN_DECLS

/* Passwords in the Secret Service of the desktop, where a person asked for that. */
void way_secret_look_up_async (const WayConnection *connection,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
char *way_secret_look_up_finish (GAsyncResult *result, GError **error);
void way_secret_free (char *password);
void way_secret_store_async (const WayConnection *connection,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean way_secret_store_finish (GAsyncResult *result, GError **error);
void way_secret_clear_async (const WayConnection *connection,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean way_secret_clear_finish (GAsyncResult *result, GError **error);

/* In memory, for the connections of whoever is signed in. */
void way_secret_keep (const WayConnection *connection, const char *password);
void way_secret_forget (const WayConnection *connection);

G_END_DECLS
