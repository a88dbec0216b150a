/* way-person-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_PERSON_VIEW (way_person_view_get_type ())
G_DECLARE_FINAL_TYPE (WayPersonView, way_person_view, WAY, PERSON_VIEW, AdwBin)

GtkWidget *way_person_view_new (WaySession *session);
void way_person_view_show (WayPersonView *self, WayRow *person);
void way_person_view_update (WayPersonView *self, WayRow *person);

G_END_DECLS
