/* way-practice-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_PRACTICE_PAGE (way_practice_page_get_type ())
G_DECLARE_FINAL_TYPE (WayPracticePage, way_practice_page, WAY, PRACTICE_PAGE, AdwBin)

GtkWidget *way_practice_page_new (WaySession *session, const char *module, const char *desk);

G_END_DECLS
