/* way-reports-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_REPORTS_PAGE (way_reports_page_get_type ())
G_DECLARE_FINAL_TYPE (WayReportsPage, way_reports_page, WAY, REPORTS_PAGE, WayPage)

GtkWidget *way_reports_page_new (WaySession *session);

G_END_DECLS
