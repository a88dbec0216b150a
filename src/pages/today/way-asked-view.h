/* way-asked-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_ASKED_VIEW (way_asked_view_get_type ())
G_DECLARE_FINAL_TYPE (WayAskedView, way_asked_view, WAY, ASKED_VIEW, AdwBin)

void way_asked_view_load (WayAskedView *self, WaySession *session, GCancellable *cancellable);

G_END_DECLS
