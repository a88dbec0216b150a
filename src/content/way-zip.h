/* way-zip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A zip that is being written: the same files in the same order always give the same bytes.
 * What is there is replaced when the new one is complete. */
typedef struct _WayZip WayZip;

WayZip *way_zip_new (const char *path, GError **error);
gboolean way_zip_add (WayZip *self, const char *path, GBytes *bytes, GError **error);
gboolean way_zip_close (WayZip *self, GError **error);
void way_zip_free (WayZip *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayZip, way_zip_free)

G_END_DECLS
