/* way-work.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something that takes longer than a blink, on a thread of its own: how far it is, and whether it
 * is still wanted. */
typedef struct _WayWork WayWork;

/* On that thread: what came of it, or NULL with an error. */
typedef gpointer (*WayWorkFunc) (WayWork *work, gpointer data, GError **error);

WayWork *way_work_start (WayWorkFunc func,
                         gpointer data,
                         GDestroyNotify free_data,
                         GDestroyNotify free_result,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gpointer way_work_finish (GAsyncResult *result, GError **error);

gboolean way_work_go_on (WayWork *self, double fraction, GError **error); /* that thread */
double way_work_get_fraction (WayWork *self);
void way_work_cancel (WayWork *self);
void way_work_unref (WayWork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayWork, way_work_unref)

G_END_DECLS
