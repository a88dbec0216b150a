/* way-barrier-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_BARRIER_VIEW (way_barrier_view_get_type ())
G_DECLARE_FINAL_TYPE (WayBarrierView, way_barrier_view, WAY, BARRIER_VIEW, AdwBin)

GStrv way_barrier_view_dup_chosen (WayBarrierView *self);
gboolean way_barrier_view_has_answer (WayBarrierView *self);
void way_barrier_view_focus (WayBarrierView *self);

G_END_DECLS
