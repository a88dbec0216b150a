/* way-round.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-paper.h"

G_BEGIN_DECLS

/* Two minutes to stay sharp: a few questions of a module's check about one skill. What is
 * answered moves when it is asked again, and nothing else: no level, no progress. */
void way_session_open_round_async (WaySession *session,
                                   const char *module,
                                   const char *skill,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
WayPaper *way_session_open_round_finish (WaySession *session, GAsyncResult *result, GError **error);

G_END_DECLS
