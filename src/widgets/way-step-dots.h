/* way-step-dots.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_STEP_DOTS (way_step_dots_get_type ())
G_DECLARE_FINAL_TYPE (WayStepDots, way_step_dots, WAY, STEP_DOTS, GtkWidget)

GtkWidget *way_step_dots_new (void);
void way_step_dots_set_names (WayStepDots *self, const char *const *names);
void way_step_dots_set_done (WayStepDots *self, guint step, gboolean is_done);
void way_step_dots_set_current (WayStepDots *self, guint step);

G_END_DECLS
