/* way-requirements-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

/* For training leads: the level that each staff group and job role asks for. */
#define WAY_TYPE_REQUIREMENTS_PAGE (way_requirements_page_get_type ())
G_DECLARE_FINAL_TYPE (WayRequirementsPage, way_requirements_page, WAY, REQUIREMENTS_PAGE, WayPage)

GtkWidget *way_requirements_page_new (WaySession *session);

G_END_DECLS
