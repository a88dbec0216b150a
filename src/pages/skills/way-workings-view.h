/* way-workings-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_WORKINGS_VIEW (way_workings_view_get_type ())
G_DECLARE_FINAL_TYPE (WayWorkingsView, way_workings_view, WAY, WORKINGS_VIEW, AdwBin)

void way_workings_view_set_skills (WayWorkingsView *self, WayPack *pack, const WaySkills *skills);

G_END_DECLS
