/* way-today-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_TODAY_PAGE (way_today_page_get_type ())
G_DECLARE_FINAL_TYPE (WayTodayPage, way_today_page, WAY, TODAY_PAGE, WayPage)

GtkWidget *way_today_page_new (WaySession *session);

G_END_DECLS
