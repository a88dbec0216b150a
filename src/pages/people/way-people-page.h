/* way-people-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_PEOPLE_PAGE (way_people_page_get_type ())
G_DECLARE_FINAL_TYPE (WayPeoplePage, way_people_page, WAY, PEOPLE_PAGE, WayPage)

GtkWidget *way_people_page_new (WaySession *session);

G_END_DECLS
