/* way-measure.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* What a person's sittings, checks and words about themselves come to: for the pages that
 * show it. Lists come by way_session_list_finish(), what is written by
 * way_session_write_finish(). Times are µs, 0 or absent where there is none. */

/* Every sitting that ended, newest first. WayRow: attempt, type (baseline | closer | recheck |
 * yes-no), capability (id, of the last two), level (of yes-no), at, how (the rule that ended
 * it), asked, rapid (answers too fast to count), effort (0–1), reported (0: kept, but not
 * counted anywhere, since too few answers were thought about; another is offered), superseded
 * (1: it went on elsewhere too, and the other counts), parameters (version) */
void way_session_load_results_async (WaySession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Each capability that was measured, in the pack's order. WayRow: capability, name, attempt, at,
 * mean, sd, required, p_required, standing, provisional, self_now (absent: not rated), confidence
 * (consistent | over | under; absent: not rated) and, where it was measured before, before_at,
 * before_mean, before_sd, change, change_sd, low and high (where the change lies in 95 of 100
 * cases), z, reliable (1: more than chance makes in one of twenty cases) */
void way_session_load_findings_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* What each sitting found, newest first. WayRow: attempt, capability, at, items, mean, sd, p1 to
 * p4, required, p_required, standing, provisional */
void way_session_load_history_async (WaySession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* What may be sat now, the most urgent first. WayRow: what (baseline | recheck), capability and
 * name (of a recheck), why (effort: the last result is not reported; due: 24 months; modules: all
 * its modules are done; six-months), at (when it was measured), due (when it is), least and most
 * (questions) */
void way_session_load_offers_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Whether the answers of one sitting hang together: advice only, never said as a reproach. */
void way_session_check_fit_async (WaySession *self,
                                  const char *attempt,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* *p: how many of those who answer by the model answer as oddly; TRUE where that is under .01. */
gboolean way_session_check_fit_finish (
    WaySession *self, GAsyncResult *result, double *p, gboolean *is_flagged, GError **error);

/* 2 minutes to stay sharp: skills to be asked again, those longest due first; is_all: also those
 * that are not due yet. WayRow: skill (an outcome), title, module, module_title, capability, last,
 * due, days (since it was due, below 0 before), questions, minutes, held (the share of people who
 * would still have it, by the schedule). A round is opened with way_session_open_round_async() */
void way_session_load_refreshers_async (WaySession *self,
                                        gboolean is_all,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/* A question about oneself with its answers; labels are to be translated with _(). */
typedef struct
{
  const char *value;
  const char *label;
} WayAnswerChoice;

typedef struct
{
  const char *key;
  const char *label;
  WayAnswerChoice choices[8]; /* up to the first without a value */
} WayAboutQuestion;

/* What gets in the way: one optional screen, read by nobody, reported only as counts of eight or
 * more. */
const WayAnswerChoice *way_barrier_list (guint *n);
/* Of all those listed: which apply now. */
void way_session_save_barriers_async (WaySession *self,
                                      const char *const *barriers,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/* About me: optional groups for checks of fairness, read by nobody, in the analyst's extract only
 * as groups of 100 or more. Assistive technology and extra time also mean that no answer is too
 * fast and no time limit holds. */
const WayAboutQuestion *way_about_me_list (guint *n);
/* WayRow: key, value, at; those that were said and not taken back */
void way_session_load_about_me_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* value: one of the question's; "" takes it back. */
void way_session_save_about_me_async (WaySession *self,
                                      const char *key,
                                      const char *value,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

G_END_DECLS
