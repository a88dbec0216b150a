/* way-preview.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/way-window.h"

G_BEGIN_DECLS

#define WAY_TYPE_PREVIEW (way_preview_get_type ())
G_DECLARE_FINAL_TYPE (WayPreview, way_preview, WAY, PREVIEW, GObject)

WayPreview *way_preview_new (const char *pack, const char *module);
void way_preview_show (WayPreview *self, WayWindow *window);

G_END_DECLS
