/* way-team-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_TEAM_PAGE (way_team_page_get_type ())
G_DECLARE_FINAL_TYPE (WayTeamPage, way_team_page, WAY, TEAM_PAGE, WayPage)

GtkWidget *way_team_page_new (WaySession *session);

G_END_DECLS
