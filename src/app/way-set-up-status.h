/* way-set-up-status.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-connection.h"

G_BEGIN_DECLS

#define WAY_TYPE_SET_UP_STATUS (way_set_up_status_get_type ())
G_DECLARE_FINAL_TYPE (WaySetUpStatus, way_set_up_status, WAY, SET_UP_STATUS, AdwBin)

void way_set_up_status_clear (WaySetUpStatus *self);
void way_set_up_status_show_step (WaySetUpStatus *self, const char *text);
void way_set_up_status_show_good (WaySetUpStatus *self, const char *title, const char *text);
void way_set_up_status_show_error (WaySetUpStatus *self, const GError *error);

G_END_DECLS
