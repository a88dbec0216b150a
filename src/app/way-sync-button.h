/* way-sync-button.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_SYNC_BUTTON (way_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (WaySyncButton, way_sync_button, WAY, SYNC_BUTTON, AdwBin)

void way_sync_button_set_session (WaySyncButton *self, WaySession *session);
void way_sync_button_refresh (WaySyncButton *self);

G_END_DECLS
