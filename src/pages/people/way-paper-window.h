/* way-paper-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A champion marks a check that somebody did on paper. */
#define WAY_TYPE_PAPER_WINDOW (way_paper_window_get_type ())
G_DECLARE_FINAL_TYPE (WayPaperWindow, way_paper_window, WAY, PAPER_WINDOW, AdwWindow)

GtkWidget *way_paper_window_new (WaySession *session, WayRow *person);

G_END_DECLS
