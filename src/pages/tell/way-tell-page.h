/* way-tell-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_TELL_PAGE (way_tell_page_get_type ())
G_DECLARE_FINAL_TYPE (WayTellPage, way_tell_page, WAY, TELL_PAGE, WayPage)

GtkWidget *way_tell_page_new (WaySession *session);

G_END_DECLS
