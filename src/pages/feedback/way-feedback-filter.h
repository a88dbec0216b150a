/* way-feedback-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_FEEDBACK_FILTER (way_feedback_filter_get_type ())
G_DECLARE_FINAL_TYPE (WayFeedbackFilter, way_feedback_filter, WAY, FEEDBACK_FILTER, AdwBin)

GtkWidget *way_feedback_filter_new (const char *person);
void way_feedback_filter_set_rows (WayFeedbackFilter *self, GListModel *rows);
gboolean way_feedback_filter_is_matched (WayFeedbackFilter *self, WayRow *row);
gboolean way_feedback_filter_is_set (WayFeedbackFilter *self);

G_END_DECLS
