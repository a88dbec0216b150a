/* way-baseline.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* The sitting that is going on: which question, and saving its answer. An answer is on
 * disk, with the choice of the next question, before the next question can be got. */
#define WAY_TYPE_BASELINE (way_baseline_get_type ())
G_DECLARE_FINAL_TYPE (WayBaseline, way_baseline, WAY, BASELINE, GObject)

/* Goes on with the open sitting where there is one, else begins one. */
void way_session_open_baseline_async (WaySession *session,
                                      WayDepth depth,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Looks again at one capability that was measured: 6 to 8 questions. */
void way_session_open_recheck_async (WaySession *session,
                                     const char *capability,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Whether somebody has at least @level, 2 to 4, of one capability. */
void way_session_open_yes_no_async (WaySession *session,
                                    const char *capability,
                                    int level,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Finishes all three. */
WayBaseline *
way_session_open_baseline_finish (WaySession *session, GAsyncResult *result, GError **error);

gboolean way_baseline_is_finished (WayBaseline *self);
WayItem *way_baseline_get_item (WayBaseline *self); /* (nullable) NULL when finished */
guint way_baseline_get_ordinal (WayBaseline *self); /* 1 = first */
guint way_baseline_get_n_left (WayBaseline *self);
gboolean way_baseline_is_pause (WayBaseline *self);
const char *way_baseline_get_capability_name (WayBaseline *self);
guint64 way_baseline_get_shuffle_seed (WayBaseline *self); /* for the order of choices */
/* Of a yes or no: whether somebody is at least at @level, which it asked about. */
WayStanding way_baseline_get_verdict (WayBaseline *self, int *level);
/* Where the answers so far decide: that what is required is met, and that it is not yet. */
void way_baseline_get_so_far (WayBaseline *self, guint *n_met, guint *n_not_yet);
gboolean way_baseline_is_reportable (WayBaseline *self);
WayStop way_baseline_get_stop (WayBaseline *self);    /* the rule that ended it */
gint64 way_baseline_get_limit_ms (WayBaseline *self); /* 0 = no time limit */
gint64 way_baseline_get_spent_ms (WayBaseline *self); /* on the questions answered so far */
/* responses NULL = "I don't know". ms = time on the question, without time away or locked. */
void way_baseline_answer_async (WayBaseline *self,
                                GHashTable *responses,
                                gint64 ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean way_baseline_answer_finish (WayBaseline *self, GAsyncResult *result, GError **error);
/* What is done at a practice desk is saved action by action, and is there again after a stop. */
void way_baseline_keep (WayBaseline *self, GHashTable *responses);
GHashTable *way_baseline_dup_kept (WayBaseline *self);
/* Ends it here: what was measured stands. */
void way_baseline_stop_async (WayBaseline *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean way_baseline_stop_finish (WayBaseline *self, GAsyncResult *result, GError **error);

G_END_DECLS
