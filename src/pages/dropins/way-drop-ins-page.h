/* way-drop-ins-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_DROP_INS_PAGE (way_drop_ins_page_get_type ())
G_DECLARE_FINAL_TYPE (WayDropInsPage, way_drop_ins_page, WAY, DROP_INS_PAGE, WayPage)

GtkWidget *way_drop_ins_page_new (WaySession *session);

G_END_DECLS
