/* way-round.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-scoring.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* Two minutes to stay sharp: a few questions of a module's check about one skill. What is
 * answered moves when it is asked again, and nothing else: no level, no progress. */
#define WAY_TYPE_ROUND (way_round_get_type ())
G_DECLARE_FINAL_TYPE (WayRound, way_round, WAY, ROUND, GObject)

/* Goes on with an open round about the skill, else draws one. */
void way_session_open_round_async (WaySession *session,
                                   const char *module,
                                   const char *skill,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
WayRound *way_session_open_round_finish (WaySession *session, GAsyncResult *result, GError **error);

WayModule *way_round_get_module (WayRound *self);
const char *way_round_get_skill (WayRound *self);
guint way_round_get_n_questions (WayRound *self);
guint way_round_get_question_index (WayRound *self); /* = n when all are answered */
WayItem *way_round_get_question (WayRound *self);    /* (nullable) */
guint64 way_round_get_shuffle_seed (WayRound *self);
void way_round_answer_async (WayRound *self,
                             GHashTable *responses,
                             gint64 ms,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Saved; owned by the caller. The last answer ends the round. */
WayScore *way_round_answer_finish (WayRound *self, GAsyncResult *result, GError **error);
void way_round_next_question (WayRound *self);
gboolean way_round_is_finished (WayRound *self);
guint way_round_get_n_right (WayRound *self);
gint64 way_round_get_next_due (WayRound *self); /* µs, once it is finished; 0 */

G_END_DECLS
