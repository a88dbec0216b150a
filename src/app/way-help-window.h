/* way-help-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_help_window_present (GtkWindow *parent, WaySession *session);

G_END_DECLS
