/* way-files-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_FILES_VIEW (way_files_view_get_type ())
G_DECLARE_FINAL_TYPE (WayFilesView, way_files_view, WAY, FILES_VIEW, GtkWidget)

GtkWidget *way_files_view_new (WayPractice *practice);
char *way_files_view_dup_progress (WayPractice *practice);
char *way_files_view_describe (WayPractice *practice,
                               const char *action,
                               const WayDeskRecord *target,
                               const char *value);

G_END_DECLS
