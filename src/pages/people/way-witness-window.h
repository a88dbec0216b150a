/* way-witness-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What somebody was seen to do at work. Signals: saved. */
#define WAY_TYPE_WITNESS_WINDOW (way_witness_window_get_type ())
G_DECLARE_FINAL_TYPE (WayWitnessWindow, way_witness_window, WAY, WITNESS_WINDOW, AdwWindow)

GtkWidget *way_witness_window_new (WaySession *session, WayRow *person, const char *module);

G_END_DECLS
