/* way-voices.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-bodies.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* What leads make of what people said, and what everybody reads and supports of it. Main thread;
 * lists end in way_session_list_finish(), writes in way_session_write_finish(). */

#define WAY_SETTING_INCIDENT_ROUTE "incident_route"

/* Of WayRow: id, type, said, state, decision, because, did, theme, measure, before, after, people,
 * at, last, module, mine (1: this person supports it), aim, by, until, result (of its trial) */
void way_session_load_published_async (WaySession *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void way_session_support_async (WaySession *self,
                                const char *published,
                                gboolean is_supported,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* One row: value, or none where the trust has not set it. */
void way_session_load_setting_async (WaySession *self,
                                     const char *key,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void way_session_save_setting_async (WaySession *self,
                                     const char *key,
                                     const char *value,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* For leads. */
void way_session_sort_feedback_async (WaySession *self,
                                      GPtrArray *rows,
                                      const WayFeedbackActionBody *body,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void way_session_retract_all_async (WaySession *self,
                                    const char *ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void way_session_publish_voice_async (WaySession *self,
                                      const WayPublishedBody *body,
                                      GPtrArray *rows,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void way_session_try_async (WaySession *self,
                            const WayTrialBody *body,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* Of WayRow: id, name: who answers for the trust's feedback. Asked of the trust. */
void way_session_load_owners_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

G_END_DECLS
