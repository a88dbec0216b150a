/* way-pack-write.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-xml.h"

G_BEGIN_DECLS

/* Private to this room: making a pack that was not there. */

/* What a new pack says of itself. */
typedef struct
{
  const char *id;
  const char *title;
  const char *owner;
  const char *licence;
} WayPackHead;

WayXml *way_pack_copy_framework (const char *framework, const WayPackHead *head, GError **error);
GBytes *way_xml_dup_bytes (WayXml *xml);
gboolean way_pack_write_files (GHashTable *made, const char *folder, GError **error);
gboolean way_pack_write_out (GHashTable *made, const char *out, GError **error);

G_END_DECLS
