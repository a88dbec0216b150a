/* way-coverage-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_COVERAGE_PAGE (way_coverage_page_get_type ())
G_DECLARE_FINAL_TYPE (WayCoveragePage, way_coverage_page, WAY, COVERAGE_PAGE, WayPage)

GtkWidget *way_coverage_page_new (WaySession *session);

G_END_DECLS
