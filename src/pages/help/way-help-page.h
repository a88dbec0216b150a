/* way-help-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_HELP_PAGE (way_help_page_get_type ())
G_DECLARE_FINAL_TYPE (WayHelpPage, way_help_page, WAY, HELP_PAGE, WayPage)

GtkWidget *way_help_page_new (WaySession *session);

G_END_DECLS
