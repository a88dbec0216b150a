/* way-initiatives-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_INITIATIVES_PAGE (way_initiatives_page_get_type ())
G_DECLARE_FINAL_TYPE (WayInitiativesPage, way_initiatives_page, WAY, INITIATIVES_PAGE, WayPage)

GtkWidget *way_initiatives_page_new (WaySession *session);

G_END_DECLS
