/* way-rating-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_RATING_VIEW (way_rating_view_get_type ())
G_DECLARE_FINAL_TYPE (WayRatingView, way_rating_view, WAY, RATING_VIEW, GtkWidget)

void way_rating_view_set_capability (
    WayRatingView *self, WayPack *pack, guint capability, int now, int need);
int way_rating_view_get_now (WayRatingView *self);
int way_rating_view_get_need (WayRatingView *self);
gboolean way_rating_view_press_key (WayRatingView *self, guint keyval);
void way_rating_view_set_digits (WayRatingView *self, gboolean has_digits);
void way_rating_view_focus (WayRatingView *self);

G_END_DECLS
