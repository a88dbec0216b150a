/* way-about-me.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_ABOUT_ME (way_about_me_get_type ())
G_DECLARE_FINAL_TYPE (WayAboutMe, way_about_me, WAY, ABOUT_ME, AdwPreferencesGroup)

void way_about_me_set_session (WayAboutMe *self, WaySession *session);

G_END_DECLS
