/* way-talk-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_TALK_VIEW (way_talk_view_get_type ())
G_DECLARE_FINAL_TYPE (WayTalkView, way_talk_view, WAY, TALK_VIEW, GtkWidget)

GtkWidget *way_talk_view_new (WayPractice *practice);
char *way_talk_view_dup_progress (WayPractice *practice);
char *way_talk_view_describe (WayPractice *practice,
                              const char *action,
                              const WayDeskRecord *target,
                              const char *value);

G_END_DECLS
