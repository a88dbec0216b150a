/* way-jump-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/way-window.h"

G_BEGIN_DECLS

void way_jump_window_present (WayWindow *window, WaySession *session);

G_END_DECLS
