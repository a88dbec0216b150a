/* way-feedback-sorter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "pages/feedback/way-feedback-pending.h"
#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_FEEDBACK_SORTER (way_feedback_sorter_get_type ())
G_DECLARE_FINAL_TYPE (WayFeedbackSorter, way_feedback_sorter, WAY, FEEDBACK_SORTER, GObject)

WayFeedbackSorter *
way_feedback_sorter_new (WaySession *session, WayFeedbackPending *pending, GListModel *rows);
void way_feedback_sorter_load (WayFeedbackSorter *self, GCancellable *cancellable);
GPtrArray *way_feedback_sorter_list_themes (WayFeedbackSorter *self);
GPtrArray *way_feedback_sorter_list_joined (WayFeedbackSorter *self, const char *id);
void way_feedback_sorter_sort (WayFeedbackSorter *self, GtkWidget *over, GPtrArray *rows);
void way_feedback_sorter_hear (WayFeedbackSorter *self, GtkWidget *over, GPtrArray *rows);
void way_feedback_sorter_join (WayFeedbackSorter *self, GtkWidget *over, GPtrArray *rows);
void way_feedback_sorter_part (WayFeedbackSorter *self, GtkWidget *over, WayRow *row);
void way_feedback_sorter_publish (WayFeedbackSorter *self, GtkWidget *over, WayRow *row);
void way_feedback_sorter_try (WayFeedbackSorter *self, GtkWidget *over, WayRow *row);
void way_feedback_sorter_set_route (WayFeedbackSorter *self, GtkWidget *over);
void way_feedback_sorter_undo (WayFeedbackSorter *self, GtkWidget *over);

G_END_DECLS
