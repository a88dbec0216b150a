/* way-champions-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_CHAMPIONS_PAGE (way_champions_page_get_type ())
G_DECLARE_FINAL_TYPE (WayChampionsPage, way_champions_page, WAY, CHAMPIONS_PAGE, WayPage)

GtkWidget *way_champions_page_new (WaySession *session);

G_END_DECLS
