/* way-feedback-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_FEEDBACK_ROW (way_feedback_row_get_type ())
G_DECLARE_FINAL_TYPE (WayFeedbackRow, way_feedback_row, WAY, FEEDBACK_ROW, GtkWidget)

GtkWidget *way_feedback_row_new (void);
void
way_feedback_row_set_row (WayFeedbackRow *self, WayRow *row, guint n_joined, gboolean is_marked);
char *way_feedback_row_describe (WayRow *row, guint n_joined, gboolean is_marked);

G_END_DECLS
