/* way-question-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assessment/way-scoring.h"
#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_QUESTION_VIEW (way_question_view_get_type ())
G_DECLARE_FINAL_TYPE (WayQuestionView, way_question_view, WAY, QUESTION_VIEW, GtkWidget)

GtkWidget *way_question_view_new (void);
void way_question_view_set_item (WayQuestionView *self,
                                 WayItem *item,
                                 WayPack *pack,
                                 guint64 shuffle_seed);
WayItem *way_question_view_get_item (WayQuestionView *self);
gboolean way_question_view_has_answer (WayQuestionView *self);
GHashTable *way_question_view_dup_responses (WayQuestionView *self);
void way_question_view_set_responses (WayQuestionView *self, GHashTable *responses);
void way_question_view_show_feedback (WayQuestionView *self, WayScore *score);
void way_question_view_focus (WayQuestionView *self);
gboolean way_question_view_press_key (WayQuestionView *self, guint keyval);
void way_question_view_set_digits (WayQuestionView *self, gboolean has_digits);

G_END_DECLS
