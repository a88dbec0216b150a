/* way-handout-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_handout_window_present (GtkWindow *parent, WaySession *session, const char *module);

G_END_DECLS
