/* way-scene-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_SCENE_VIEW (way_scene_view_get_type ())
G_DECLARE_FINAL_TYPE (WaySceneView, way_scene_view, WAY, SCENE_VIEW, GtkWidget)

/* Emits "place" (char *id) when somebody presses a place. */
GtkWidget *way_scene_view_new (WayPractice *practice, const WayDeskRecord *scene, WayPack *pack);
void way_scene_view_show (WaySceneView *self, const char *open);

G_END_DECLS
