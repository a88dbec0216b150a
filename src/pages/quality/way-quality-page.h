/* way-quality-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_QUALITY_PAGE (way_quality_page_get_type ())
G_DECLARE_FINAL_TYPE (WayQualityPage, way_quality_page, WAY, QUALITY_PAGE, WayPage)

GtkWidget *way_quality_page_new (WaySession *session);

G_END_DECLS
