/* way-ear.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WayEar WayEar;

WayEar *way_ear_new (GDBusConnection *bus);
void way_ear_free (WayEar *self);
gboolean way_ear_has_heard (WayEar *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayEar, way_ear_free)

G_END_DECLS
