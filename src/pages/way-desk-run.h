/* way-desk-run.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-lesson.h"

G_BEGIN_DECLS

#define WAY_TYPE_DESK_RUN (way_desk_run_get_type ())
G_DECLARE_FINAL_TYPE (WayDeskRun, way_desk_run, WAY, DESK_RUN, AdwBin)

GtkWidget *way_desk_run_new (WayLesson *lesson, const char *desk);
void way_desk_run_start (WayDeskRun *self);
void way_desk_run_start_again (WayDeskRun *self);

G_END_DECLS
