/* way-sign-in-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_SIGN_IN_PAGE (way_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (WaySignInPage, way_sign_in_page, WAY, SIGN_IN_PAGE, AdwBin)

void way_sign_in_page_set_session (WaySignInPage *self, WaySession *session, GSettings *settings);
void way_sign_in_page_open (WaySignInPage *self, const char *trust_uri, const char *username);
gboolean way_sign_in_page_has_trust (WaySignInPage *self);
void way_sign_in_page_reload (WaySignInPage *self);

G_END_DECLS
