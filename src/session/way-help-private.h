/* way-help-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-route.h"
#include "session/way-help.h"

G_BEGIN_DECLS

/* Store thread. Adds to each open request of a list whom it is sent to now: route (asked, maybe,
 * passed, nobody, desk), route_person, route_name, route_until (µs), route_next (a name),
 * route_next_at (µs), route_more (how many could be asked instead). */
GListStore *way_session_add_routes (
    WaySession *self, GListStore *rows, const char *request_column, gint64 now, GError **error);
/* Main thread: tells everybody when the champion who is signed in can be asked. */
void way_session_tell_on_call (WaySession *self);

G_END_DECLS
