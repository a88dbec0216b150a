/* way-sittings-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_SITTINGS_VIEW (way_sittings_view_get_type ())
G_DECLARE_FINAL_TYPE (WaySittingsView, way_sittings_view, WAY, SITTINGS_VIEW, AdwBin)

void way_sittings_view_show (WaySittingsView *self,
                             WayPack *pack,
                             GListModel *offers,
                             GListModel *results,
                             GListModel *history);

G_END_DECLS
