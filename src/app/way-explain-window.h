/* way-explain-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_explain_window_present (GtkWindow *parent, WayPack *pack, const char *word);

G_END_DECLS
