/* way-champion-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_CHAMPION_VIEW (way_champion_view_get_type ())
G_DECLARE_FINAL_TYPE (WayChampionView, way_champion_view, WAY, CHAMPION_VIEW, AdwBin)

GtkWidget *way_champion_view_new (WaySession *session);
void way_champion_view_show (WayChampionView *self, WayRow *row);

G_END_DECLS
