/* way-intro-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_INTRO_VIEW (way_intro_view_get_type ())
G_DECLARE_FINAL_TYPE (WayIntroView, way_intro_view, WAY, INTRO_VIEW, AdwBin)

void way_intro_view_set_session (WayIntroView *self, WaySession *session);
void way_intro_view_set_minutes (WayIntroView *self, guint minutes);
WayDepth way_intro_view_get_depth (WayIntroView *self);
void way_intro_view_focus (WayIntroView *self);

G_END_DECLS
