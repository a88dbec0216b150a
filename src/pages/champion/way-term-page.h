/* way-term-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_TERM_PAGE (way_term_page_get_type ())
G_DECLARE_FINAL_TYPE (WayTermPage, way_term_page, WAY, TERM_PAGE, WayPage)

GtkWidget *way_term_page_new (WaySession *session);

G_END_DECLS
