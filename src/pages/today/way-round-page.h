/* way-round-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_ROUND_PAGE (way_round_page_get_type ())
G_DECLARE_FINAL_TYPE (WayRoundPage, way_round_page, WAY, ROUND_PAGE, AdwBin)

GtkWidget *way_round_page_new (WaySession *session, const char *module, const char *skill);

G_END_DECLS
