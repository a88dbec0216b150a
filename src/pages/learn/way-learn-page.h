/* way-learn-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

#define WAY_TYPE_LEARN_PAGE (way_learn_page_get_type ())
G_DECLARE_FINAL_TYPE (WayLearnPage, way_learn_page, WAY, LEARN_PAGE, WayPage)

GtkWidget *way_learn_page_new (WaySession *session);

G_END_DECLS
