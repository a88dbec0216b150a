/* way-worker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WayWorker WayWorker;

WayWorker *way_worker_new (const char *name);
void way_worker_set_rest (WayWorker *self, GFunc rest, gpointer data);
void way_worker_run (WayWorker *self, GTask *task, GTaskThreadFunc func);
void way_worker_run_exclusive (WayWorker *self, GTask *task, GTaskThreadFunc func);
gboolean way_worker_ask (
    WayWorker *self, WayWorker *other, GFunc call, gpointer data, GDestroyNotify release);
void way_worker_set_deadline (WayWorker *self, gint64 deadline);
gboolean way_worker_is_current (WayWorker *self);
void way_worker_free (WayWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayWorker, way_worker_free)

G_END_DECLS
