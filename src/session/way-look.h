/* way-look.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* What one look at a pack that is being written came to. */
typedef struct
{
  GPtrArray *problems; /* (owned) of char*: each as file:line: reason */
  WayPack *pack;       /* (owned) (nullable) where it can be shown */
} WayLook;

void way_look_async (const char *path,
                     const char *trust_uri,
                     const char *username,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
WayLook *way_look_finish (GAsyncResult *result, GError **error);
void way_look_free (WayLook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayLook, way_look_free)

G_END_DECLS
