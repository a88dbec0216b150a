/* way-came-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A champion notes who came to a drop-in session. */
#define WAY_TYPE_CAME_WINDOW (way_came_window_get_type ())
G_DECLARE_FINAL_TYPE (WayCameWindow, way_came_window, WAY, CAME_WINDOW, AdwWindow)

GtkWidget *way_came_window_new (WaySession *session, WayRow *drop_in);

G_END_DECLS
