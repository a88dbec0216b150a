/* way-desk-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_DESK_VIEW (way_desk_view_get_type ())
G_DECLARE_FINAL_TYPE (WayDeskView, way_desk_view, WAY, DESK_VIEW, GtkWidget)

GtkWidget *way_desk_view_new (void);
void way_desk_view_set_pack (WayDeskView *self, WayPack *pack);
void way_desk_view_set_is_question (WayDeskView *self, gboolean is_question);
void way_desk_view_set_practice (WayDeskView *self, WayPractice *practice);

G_END_DECLS
