/* way-ask-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_ask_window_present (GtkWindow *parent,
                             WaySession *session,
                             const char *page,
                             const char *module,
                             const char *item,
                             char **draft);

G_END_DECLS
