/* way-paper.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-scoring.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* A few questions of a module's check, asked one by one in one attempt: a try of the check, or a
 * round about one skill. Each answer is on the disk before the next question comes. */
#define WAY_TYPE_PAPER (way_paper_get_type ())
G_DECLARE_FINAL_TYPE (WayPaper, way_paper, WAY, PAPER, GObject)

WayModule *way_paper_get_module (WayPaper *self);
gboolean way_paper_is_test_out (WayPaper *self); /* a check before the lesson */
guint way_paper_get_n_questions (WayPaper *self);
guint way_paper_get_question_index (WayPaper *self); /* = n when all are answered */
WayItem *way_paper_get_question (WayPaper *self);    /* (nullable) */
guint64 way_paper_get_shuffle_seed (WayPaper *self);
void way_paper_answer_async (WayPaper *self,
                             GHashTable *responses,
                             gint64 ms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
WayScore *way_paper_answer_finish (WayPaper *self, GAsyncResult *result, GError **error);
void way_paper_next_question (WayPaper *self);
gboolean way_paper_is_finished (WayPaper *self);
guint way_paper_get_n_right (WayPaper *self);
gboolean way_paper_is_passed (WayPaper *self);
gint64 way_paper_get_next_due (WayPaper *self); /* µs; 0 */

G_END_DECLS
