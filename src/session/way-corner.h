/* way-corner.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* Champions' corner: what the champions of a trust ask each other, and what they answer. Leads
 * read it too. An answer that worked for another champion is a tip, which everybody has. */

gboolean way_corner_may_ask (WaySession *session);
gboolean way_corner_may_take_down (WaySession *session);

void way_corner_load_async (WaySession *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* way_session_list_finish(), of WayRow: question, topic, text (NULL: taken down), because, name,
 * at, answers, is_mine (0/1), and for each answer a row with answer (NULL: none), answer_text
 * (NULL: taken down), answer_because, answer_name, answered, answer_is_mine (0/1), people (for how
 * many it worked), worked (id of what this champion said of it, or NULL) */
void way_corner_load_tips_async (WaySession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* way_session_list_finish(), of WayRow: answer, topic, text, people; by topic, the best first */

/* All of these finish with way_session_write_finish(). */
void way_corner_ask_async (WaySession *session,
                           const char *topic,
                           const char *text,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void way_corner_answer_async (WaySession *session,
                              const char *question,
                              const char *text,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void way_corner_say_worked_async (WaySession *session,
                                  WayRow *row,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void way_corner_withdraw_async (WaySession *session,
                                const char *id,
                                const char *const *answers,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void way_corner_take_down_async (WaySession *session,
                                 const char *question,
                                 const char *answer,
                                 const char *const *answers,
                                 const char *because,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

G_END_DECLS
