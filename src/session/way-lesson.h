/* way-lesson.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"
#include "session/way-paper.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* One module as one person goes through it: why, cards, practice, check, shift. */
#define WAY_TYPE_LESSON (way_lesson_get_type ())
G_DECLARE_FINAL_TYPE (WayLesson, way_lesson, WAY, LESSON, GObject)

void way_session_open_lesson_async (WaySession *session,
                                    const char *module,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
WayLesson *
way_session_open_lesson_finish (WaySession *session, GAsyncResult *result, GError **error);

WayModule *way_lesson_get_module (WayLesson *self);
WayPack *way_lesson_get_pack (WayLesson *self);
/* Steps: "why", each card's id, "practice", "check", "shift": names, and whether done. */
gboolean way_lesson_is_step_done (WayLesson *self, const char *step);
const char *
way_lesson_get_current_step (WayLesson *self);          /* the first that is not done, or "shift" */
int way_lesson_get_confidence_before (WayLesson *self); /* −1 = not said */
int way_lesson_get_confidence_after (WayLesson *self);
gboolean way_lesson_is_shift_done (WayLesson *self);
const char *way_lesson_get_local_note (WayLesson *self); /* (nullable) what the trust says */
void way_lesson_save_step_async (WayLesson *self,
                                 const char *step,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void way_lesson_save_confidence_async (WayLesson *self,
                                       const char *moment,
                                       int value,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void way_lesson_save_shift_done_async (WayLesson *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Practice: a run of a desk. The actions are saved as they are done. */
gboolean way_lesson_is_desk_done (WayLesson *self, const char *desk);
const char *
way_lesson_get_current_desk (WayLesson *self); /* (nullable) the first that is not done */
void way_lesson_start_practice_async (WayLesson *self,
                                      const char *desk,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
WayPractice *
way_lesson_start_practice_finish (WayLesson *self, GAsyncResult *result, GError **error);
void way_lesson_log_action (
    WayLesson *self, const char *desk, const char *action, const char *target, const char *value);
void way_lesson_finish_practice_async (WayLesson *self,
                                       const char *desk,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/* Check: a try. */
void way_lesson_start_check_async (WayLesson *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
WayPaper *way_lesson_start_check_finish (WayLesson *self, GAsyncResult *result, GError **error);
gboolean way_lesson_is_check_passed (WayLesson *self); /* the last finished try */
guint way_lesson_get_n_tries (WayLesson *self);
gboolean way_lesson_is_missed (WayLesson *self, const WayCard *card);

/* The check before the lesson, for somebody who may know it already. */
gboolean way_lesson_can_test_out (WayLesson *self);
void way_lesson_test_out (WayLesson *self);
gboolean way_lesson_is_testing_out (WayLesson *self);
gboolean way_lesson_has_tested_out (WayLesson *self);

/* After three tries: who may want help, and who says that they do not. */
gboolean way_lesson_may_want_help (WayLesson *self);
const char *way_lesson_get_declined (WayLesson *self); /* (nullable) */
void way_lesson_decline_help_async (WayLesson *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void way_lesson_take_back_async (WayLesson *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean way_lesson_decline_finish (WayLesson *self, GAsyncResult *result, GError **error);
gboolean way_lesson_write_finish (WayLesson *self, GAsyncResult *result, GError **error);

G_END_DECLS
