/* way-nominate-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_NOMINATE_WINDOW (way_nominate_window_get_type ())
G_DECLARE_FINAL_TYPE (WayNominateWindow, way_nominate_window, WAY, NOMINATE_WINDOW, AdwWindow)

GtkWidget *way_nominate_window_new (GtkWindow *parent, WaySession *session);

G_END_DECLS
