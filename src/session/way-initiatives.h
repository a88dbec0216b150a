/* way-initiatives.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-bodies.h"
#include "report/way-document.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* Technologies that are being introduced, what people are asked about them, and notices. Main
 * thread; lists end in way_session_list_finish(), writes in way_session_write_finish(). What
 * everybody may know is read from the device, so it needs no network. */

#define WAY_SETTING_PULSE_DAYS "pulse_days"
#define WAY_PULSE_PATHWAY "pathway" /* what stands for a pulse six weeks after a pathway */
#define WAY_PULSE_LEAST 8           /* of fewer answers nothing is said */

/* Of WayRow: initiative, title, state, text, why, units, roles, benefit, measure, measured_before,
 * expected, measured_after, superusers, modules, parts, risks, go_live, template, at, last */
void way_session_load_initiatives_async (WaySession *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Of WayRow: id, state, who, because, at */
void way_session_load_initiative_steps_async (WaySession *self,
                                              const char *initiative,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
void way_session_write_initiative_async (WaySession *self,
                                         const WayInitiativeBody *body,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Asked of the trust; of WayRow, the first of all parts together (module ""), then one a part:
 * module, title, passed, people (who work in that week), touched, unknown, away */
void way_session_load_readiness_async (WaySession *self,
                                       const char *units,
                                       const char *roles,
                                       const char *modules,
                                       const char *parts,
                                       const char *go_live,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
char *way_initiative_describe_base (GListModel *readiness);
WayDocument *
way_initiative_make_sheet (WaySession *self, WayRow *initiative, GListModel *readiness);

/* What this person is asked now: of WayRow, one or none: pulse, title, question, number, of,
 * closes */
void way_session_load_pulse_async (WaySession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void way_session_answer_pulse_async (WaySession *self,
                                     const char *pulse,
                                     int question,
                                     int value,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void way_session_write_pulses_async (WaySession *self,
                                     GPtrArray *bodies,
                                     const char *units,
                                     const char *roles,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Asked of the trust; of WayRow, one a question: pulse, initiative, moment, number, question,
 * opens, closes, asked, answered (0: fewer than eight), high (who said 4 or 5), low_share,
 * high_share, share (of a thousand) */
void way_session_load_pulse_results_async (WaySession *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

/* What came of what this person supports, and has not been put away: of WayRow, the newest first,
 * as what everybody reads (way-voices.h) with key, by which it is put away. */
void way_session_load_tests_async (WaySession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* A notice or a test, on every device of this person. */
void way_session_put_away_async (WaySession *self,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* Of WayRow: id, title, text, starts, until, unit_name, mine (1: own). Those that this person is to
 * see now and has not put away; or all that are there. */
void way_session_load_notices_async (WaySession *self,
                                     gboolean is_for_me,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void way_session_post_notice_async (WaySession *self,
                                    const WayNoticeBody *body,
                                    const char *unit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* The places that somebody may address: all for a lead, a champion's own. Of WayRow: unit, name. */
void way_session_load_audiences_async (WaySession *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

G_END_DECLS
