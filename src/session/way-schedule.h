/* way-schedule.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* When each skill of a person is to be asked again, from what they answered in checks and
 * rounds. Store thread. */
typedef struct
{
  const WayModule *module;   /* of the pack */
  const WayOutcome *outcome; /* of the module */
  gint64 last;               /* µs */
  gint64 due;                /* µs */
  double held;               /* how many people would still have it, by the schedule */
} WayScheduled;

/* (element-type WayScheduled), the longest due first. */
GArray *way_schedule_load (WaySession *session, const char *person, gint64 now, GError **error);
/* The questions of a round about a skill (element-type char*, of the pack): those that were
 * not asked for longest first. */
GPtrArray *way_schedule_draw (WaySession *session,
                              const char *person,
                              const WayModule *module,
                              const char *skill,
                              guint64 seed,
                              GError **error);

G_END_DECLS
