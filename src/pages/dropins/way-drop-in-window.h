/* way-drop-in-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A champion plans a drop-in session, or changes one. */
#define WAY_TYPE_DROP_IN_WINDOW (way_drop_in_window_get_type ())
G_DECLARE_FINAL_TYPE (WayDropInWindow, way_drop_in_window, WAY, DROP_IN_WINDOW, AdwWindow)

GtkWidget *way_drop_in_window_new (WaySession *session, WayRow *drop_in);

G_END_DECLS
