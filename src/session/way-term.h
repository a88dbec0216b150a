/* way-term.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-bodies.h"
#include "session/way-session.h"

G_BEGIN_DECLS

/* Terms as a champion: one's own, as they lie on this device, and those of the trust, which a
 * lead asks for. */

/* One's own, the last first. list_finish, of WayRow: term, unit, unit_name, state, since, begun,
 * accepted, appointed, trained (µs or NULL), shifts, systems, minutes, until, text (what was said
 * when it began), own_pause (1: who paused it is oneself), modules_done, modules_all (of the
 * champions' pathway) */
void way_term_load_own_async (WaySession *session,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* What the champion has given. list_finish, of one WayRow: week, month (minutes, of the last 7 and
 * 28 days), people (helped in the last 28 days), followed (people who were named 30 days ago or
 * longer), passed (of them: passed a check within 30 days), thanks */
void way_term_load_given_async (WaySession *session,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* list_finish, of WayRow: text, at */
/* Finishes with way_session_write_finish(). */
void way_term_thank_async (WaySession *session,
                           const char *person,
                           const char *text,
                           const char *about,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
void way_term_load_thanks_async (WaySession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* @person: (nullable): oneself; @unit: (nullable): as it was, or one's own. write_finish. */
void way_term_say_async (WaySession *session,
                         const char *person,
                         const char *unit,
                         const WayChampionTermBody *body,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* Lead. list_finish, of WayRow: the columns of a term as above without the last two, and person,
 * name, works_in, works_in_name (where they belong now), last_helped, given (minutes in four
 * weeks), open (requests), modules_done, modules_all, health (WayHealth; 0 where the term is not
 * active); state may be `granted`: made a champion by the trust, without a term. */
void way_term_load_all_async (WaySession *session,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Lead. @next_week: of the week after this one. list_finish, of WayRow: unit, name, above (the
 * name of what it belongs to), staff, champions, unknown, ending, gaps, each (NULL: no champion),
 * is_thin, there ("1 0 2 …", 21 figures), who (lines: SHIFTS UNTIL NAME, shifts −1 where they are
 * not known), monday, least (champions that a shift should have) */
void way_term_load_coverage_async (WaySession *session,
                                   gboolean next_week,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Lead. People by a part of their name, twenty at most: of WayRow: person, name, username, unit,
 * unit_name */
void way_term_find_people_async (WaySession *session,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* How soon who asks for help is answered, as the report “help” has it of the whole trust: of
 * WayRow, one: asked, accepted, to_accept, answered, to_answer (minutes, "" of fewer than 8). */
void way_term_load_answering_async (WaySession *session,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* Lead and design office. As the report “help-themes” has it: month, theme, asked, logged, people,
 * minutes; without a month: of the year. Lead: as “effort” has it, the first row of the whole. */
void way_term_load_themes_async (WaySession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void way_term_load_effort_async (WaySession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

G_END_DECLS
