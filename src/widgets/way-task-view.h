/* way-task-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_TASK_VIEW (way_task_view_get_type ())
G_DECLARE_FINAL_TYPE (WayTaskView, way_task_view, WAY, TASK_VIEW, WayInteractionView)

gboolean way_task_view_tells (WayTaskView *self, const char *text);

G_END_DECLS
