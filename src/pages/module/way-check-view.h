/* way-check-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-lesson.h"

G_BEGIN_DECLS

#define WAY_TYPE_CHECK_VIEW (way_check_view_get_type ())
G_DECLARE_FINAL_TYPE (WayCheckView, way_check_view, WAY, CHECK_VIEW, AdwBin)

GtkWidget *way_check_view_new (WaySession *session, WayLesson *lesson);
const char *way_check_view_get_primary (WayCheckView *self);
const char *way_check_view_get_secondary (WayCheckView *self);
gboolean way_check_view_can_press (WayCheckView *self);
gboolean way_check_view_press (WayCheckView *self);
void way_check_view_press_secondary (WayCheckView *self);
gboolean way_check_view_is_going (WayCheckView *self);
gboolean way_check_view_press_key (WayCheckView *self, guint keyval);
char *way_check_view_dup_item (WayCheckView *self);
void way_check_view_test_out (WayCheckView *self);
gboolean way_check_view_is_to_begin (WayCheckView *self);
void way_check_view_renew (WayCheckView *self);
void way_check_view_focus (WayCheckView *self);

G_END_DECLS
