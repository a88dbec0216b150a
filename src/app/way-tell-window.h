/* way-tell-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_tell_window_present (
    GtkWindow *parent, WaySession *session, const char *page, const char *module, char **draft);

G_END_DECLS
