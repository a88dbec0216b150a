/* way-passport-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_PASSPORT_PAGE (way_passport_page_get_type ())
G_DECLARE_FINAL_TYPE (WayPassportPage, way_passport_page, WAY, PASSPORT_PAGE, WayPage)

GtkWidget *way_passport_page_new (WaySession *session);

G_END_DECLS
