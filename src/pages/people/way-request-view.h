/* way-request-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_REQUEST_VIEW (way_request_view_get_type ())
G_DECLARE_FINAL_TYPE (WayRequestView, way_request_view, WAY, REQUEST_VIEW, AdwBin)

GtkWidget *way_request_view_new (WaySession *session);
void way_request_view_show (WayRequestView *self, WayRow *person);
void way_request_view_update (WayRequestView *self, WayRow *person);

G_END_DECLS
