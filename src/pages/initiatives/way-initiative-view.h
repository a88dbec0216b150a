/* way-initiative-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_INITIATIVE_VIEW (way_initiative_view_get_type ())
G_DECLARE_FINAL_TYPE (WayInitiativeView, way_initiative_view, WAY, INITIATIVE_VIEW, AdwBin)

GtkWidget *way_initiative_view_new (WaySession *session);
void way_initiative_view_set_row (WayInitiativeView *self, WayRow *row);
void way_initiative_view_edit (WayInitiativeView *self, GtkWidget *over, WayRow *row, WayRow *from);

G_END_DECLS
