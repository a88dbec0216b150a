/* way-notices-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_NOTICES_PAGE (way_notices_page_get_type ())
G_DECLARE_FINAL_TYPE (WayNoticesPage, way_notices_page, WAY, NOTICES_PAGE, WayPage)

GtkWidget *way_notices_page_new (WaySession *session);

G_END_DECLS
