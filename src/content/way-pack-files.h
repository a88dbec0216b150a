/* way-pack-files.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to this room: the files of a pack, from a folder or a zip, bounded and with the
 * SHA-256 of each. XML stays in memory, so that a pack in use does not change under the
 * people using it; anything else is read again and compared. */
typedef struct _WayPackFiles WayPackFiles;

WayPackFiles *way_pack_files_open (const char *path, GError **error);
WayPackFiles *way_pack_files_open_foreign (const char *path, GPtrArray *notes, GError **error);
GPtrArray *way_pack_files_list (WayPackFiles *self);
void way_pack_files_free (WayPackFiles *self);
const char *way_pack_files_get_digest (WayPackFiles *self);
gboolean way_pack_files_has (WayPackFiles *self, const char *path);
GBytes *way_pack_files_load (WayPackFiles *self, const char *path, GError **error);
char *way_pack_files_dup_translated (WayPackFiles *self, const char *path, const char *language);
GPtrArray *way_pack_files_list_translations (WayPackFiles *self, const char *path);
gboolean way_pack_files_write_zip (WayPackFiles *self, const char *zip, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPackFiles, way_pack_files_free)

G_END_DECLS
