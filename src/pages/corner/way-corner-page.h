/* way-corner-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_CORNER_PAGE (way_corner_page_get_type ())
G_DECLARE_FINAL_TYPE (WayCornerPage, way_corner_page, WAY, CORNER_PAGE, WayPage)

GtkWidget *way_corner_page_new (WaySession *session);

G_END_DECLS
