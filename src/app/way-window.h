/* way-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/way-application.h"
#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_WINDOW (way_window_get_type ())
G_DECLARE_FINAL_TYPE (WayWindow, way_window, WAY, WINDOW, AdwApplicationWindow)

WayWindow *way_window_new (WayApplication *application, GSettings *settings);
void way_window_set_session (WayWindow *self, WaySession *session);
void
way_window_open (WayWindow *self, const char *trust_uri, const char *username, const char *page);
void way_window_warn (WayWindow *self, const char *text);
void way_window_add_bar (WayWindow *self, GtkWidget *bar);
void way_window_show_problem (WayWindow *self, const char *title, const char *text);
void way_window_show_bad_pack (WayWindow *self, const char *reason);

G_END_DECLS
