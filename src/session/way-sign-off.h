/* way-sign-off.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* A manager signs off, as a whole, what a person of theirs has done. Managers see progress and
 * evidence, never levels: they ask the trust, and nothing of it stays on their device but what they
 * have said themselves. */

/* Manager. list_finish, of WayRow: person, name, staff_group, job, unit, unit_name, modules
 * (passed), begun, evidence (how many pieces), last (µs of the newest, or NULL) */
void way_sign_off_load_team_async (WaySession *session,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Manager. That a person was opened is written down, and they can see it. list_finish, of WayRow:
 * source (the newest evidence first), type, module, outcome, at */
void way_sign_off_open_async (WaySession *session,
                              const char *person,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* @person: as the team is listed; @result: (nullable): the newest evidence that was seen. What the
 * person's work asks for goes with it. write_finish gives the id that way_session_retract_async()
 * withdraws. */
void way_sign_off_say_async (WaySession *session,
                             WayRow *person,
                             const char *result,
                             const char *text,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* @is_given: those that one has given, else those that one was given. list_finish, the last first,
 * of WayRow: id, person, by, text, asked, result, at, withdrawn (µs or NULL), measured (µs: when
 * the sitting ended that was the last one then; NULL where this device has none) */
void way_sign_off_load_async (WaySession *session,
                              gboolean is_given,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

G_END_DECLS
