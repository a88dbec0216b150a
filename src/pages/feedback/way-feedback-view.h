/* way-feedback-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "pages/feedback/way-feedback-sorter.h"
#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_FEEDBACK_VIEW (way_feedback_view_get_type ())
G_DECLARE_FINAL_TYPE (WayFeedbackView, way_feedback_view, WAY, FEEDBACK_VIEW, AdwBin)

GtkWidget *way_feedback_view_new (WaySession *session, WayFeedbackSorter *sorter);
void way_feedback_view_decide (WayFeedbackView *self);
void way_feedback_view_reply (WayFeedbackView *self);
void way_feedback_view_set_row (WayFeedbackView *self, WayRow *row);

G_END_DECLS
