/* way-help.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* Where help comes from now, as far as this computer knows it. */
typedef struct
{
  char *desk_name;       /* (owned) (nullable) the service desk's */
  char *desk_number;     /* (owned) (nullable) */
  gboolean has_hours;    /* of the service desk */
  gboolean is_desk_open; /* now */
  gint64 desk_change;    /* when it closes, or opens; µs; 0 where never */
  guint n_on_shift;      /* champions who look after this place and whose shift it is */
  guint n_maybe;         /* of whom nobody knows when they work */
  gboolean is_elsewhere; /* a champion of another place is asked first */
  char *name;            /* (owned) (nullable) of who is asked, where there is only one */
  char *next_name;       /* (owned) (nullable) who comes next, where nobody is on shift */
  gint64 next_at;        /* µs */
  int minutes;           /* after how many it goes to the next */
} WayHelpReach;

void way_session_load_help_reach_async (WaySession *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
WayHelpReach *
way_session_load_help_reach_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_help_reach_free (WayHelpReach *self);

/* To whom a request may be passed on: list_finish, of WayRow: person, name, is_on_shift (0/1) */
void way_session_load_helpers_async (WaySession *self,
                                     const char *request,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/* What champions noted about the one who is signed in: list_finish, of WayRow: id, champion,
 * topic, minutes, by (a name or NULL), thanked (0/1), at (µs) */
void way_session_load_help_received_async (WaySession *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayHelpReach, way_help_reach_free)

/* The systems that the champions of the trust know, by their word: of WayRow: system, last (1: the
 * one of this person's last question). Ends in way_session_list_finish(). */
void way_help_load_systems_async (WaySession *session,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

G_END_DECLS
