/* way-sign-in-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_SIGN_IN_SERVER (way_sign_in_server_get_type ())
G_DECLARE_FINAL_TYPE (WaySignInServer, way_sign_in_server, WAY, SIGN_IN_SERVER, AdwBin)

void way_sign_in_server_open (WaySignInServer *self, WaySession *session, GSettings *settings);

G_END_DECLS
