/* way-practise-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_PRACTISE_PAGE (way_practise_page_get_type ())
G_DECLARE_FINAL_TYPE (WayPractisePage, way_practise_page, WAY, PRACTISE_PAGE, WayPage)

GtkWidget *way_practise_page_new (WaySession *session);

G_END_DECLS
