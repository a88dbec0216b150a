/* way-drop-in.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* Drop-in sessions: a champion is at a place at a time, and whoever has a question comes. */

/* What is planned, or changed. */
typedef struct
{
  const char *title;
  const char *place;
  const char *text;    /* (nullable) what it is about */
  gint64 starts;       /* µs UTC */
  int minutes;         /* 5 to 480 */
  gboolean is_for_all; /* everybody in the trust; else one's own unit */
  const char *drop_in; /* (nullable) id of the one that this changes */
} WayDropInPlan;

#define WAY_DROP_IN_LEAST_MINUTES 5
#define WAY_DROP_IN_MOST_MINUTES 480

gboolean way_drop_in_may_plan (WaySession *session);
void way_drop_in_load_async (WaySession *session,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* way_session_list_finish(), of WayRow: drop_in, title, place, text, starts, minutes, by, changed,
 * unit_name (NULL: everybody), is_mine (0/1), answer (coming|not-coming or NULL), n_coming,
 * n_came (both of one's own only), is_over (0/1) */
void way_drop_in_load_people_async (WaySession *session,
                                    const char *drop_in,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* way_session_list_finish(), of WayRow: person, name, unit_name, answer (as above), came (0/1) */

/* All of these finish with way_session_write_finish(). */
void way_drop_in_plan_async (WaySession *session,
                             const WayDropInPlan *plan,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void way_drop_in_cancel_async (WaySession *session,
                               const char *drop_in,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void way_drop_in_answer_async (WaySession *session,
                               const char *drop_in,
                               gboolean is_coming,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void way_drop_in_set_came_async (WaySession *session,
                                 const char *drop_in,
                                 const char *person,
                                 gboolean came,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

char *way_drop_in_describe (WayRow *row);
GBytes *way_drop_in_make_calendar_file (WayRow *drop_in);

G_END_DECLS
