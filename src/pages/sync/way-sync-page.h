/* way-sync-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_SYNC_PAGE (way_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (WaySyncPage, way_sync_page, WAY, SYNC_PAGE, WayPage)

GtkWidget *way_sync_page_new (WaySession *session);

G_END_DECLS
