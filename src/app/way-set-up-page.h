/* way-set-up-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_SET_UP_PAGE (way_set_up_page_get_type ())
G_DECLARE_FINAL_TYPE (WaySetUpPage, way_set_up_page, WAY, SET_UP_PAGE, AdwBin)

void way_set_up_page_open (WaySetUpPage *self,
                           WaySession *session,
                           GSettings *settings,
                           gboolean may_leave);

G_END_DECLS
