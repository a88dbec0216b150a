/* way-publish.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"
#include "store/way-store.h"

G_BEGIN_DECLS

gboolean way_publish_pack (WayStore *trust, WayPack *pack, const char *path, GError **error);
gboolean way_publish_catalogue (WayStore *trust, WayPack *pack, gint64 at, GError **error);

G_END_DECLS
