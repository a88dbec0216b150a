/* way-text-guard.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_TEXT_GUARD (way_text_guard_get_type ())
G_DECLARE_FINAL_TYPE (WayTextGuard, way_text_guard, WAY, TEXT_GUARD, AdwBin)

gboolean way_text_guard_check (WayTextGuard *self, const char *text);

G_END_DECLS
