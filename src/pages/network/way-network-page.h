/* way-network-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_NETWORK_PAGE (way_network_page_get_type ())
G_DECLARE_FINAL_TYPE (WayNetworkPage, way_network_page, WAY, NETWORK_PAGE, WayPage)

GtkWidget *way_network_page_new (WaySession *session);

G_END_DECLS
