/* way-step-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_STEP_VIEW (way_step_view_get_type ())
G_DECLARE_FINAL_TYPE (WayStepView, way_step_view, WAY, STEP_VIEW, AdwBin)

GtkWidget *way_step_view_new (const char *eyebrow, const char *title);
void way_step_view_set_eyebrow (WayStepView *self, const char *eyebrow);
void way_step_view_add_text (WayStepView *self, const char *text);
void way_step_view_add_content (WayStepView *self, WayPack *pack, const WayNode *content);
GtkBox *way_step_view_add_quiet (WayStepView *self, const char *title, const char *text);
void way_step_view_add (WayStepView *self, GtkWidget *widget);
void way_step_view_set_picture (WayStepView *self,
                                WayPack *pack,
                                const char *source,
                                const char *alternative);
void way_step_view_focus (WayStepView *self);

G_END_DECLS
