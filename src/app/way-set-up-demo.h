/* way-set-up-demo.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *way_set_up_demo_dup_path (void);
void way_set_up_demo_make_async (GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
char *way_set_up_demo_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
