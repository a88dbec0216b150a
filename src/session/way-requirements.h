/* way-requirements.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"
#include "session/way-row.h"
#include "session/way-session.h"
#include "store/way-store.h"

G_BEGIN_DECLS

/* What the work of a staff group or job role asks for, where a trust wants it otherwise than the
 * pack has it. */

/* The newest of each, as WayRow: role, capability, level, id, stream, author, name, at. */
GListStore *way_requirements_read (WayDb *db, GError **error);
/* What says it: drafts of events for the stream @stream. @level 0: as the pack has it. */
GPtrArray *way_requirement_draft (WayDb *db,
                                  WayPack *pack,
                                  const char *stream,
                                  const char *role,
                                  const char *capability,
                                  int level,
                                  GError **error);
int way_requirement_get_default (WayPack *pack, const char *role, const char *capability);

void way_session_load_requirements_async (WaySession *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
void way_session_load_requirement_authors_async (WaySession *self,
                                                 GCancellable *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer user_data);
void way_session_set_requirement_async (WaySession *self,
                                        const char *role,
                                        const char *capability,
                                        int level,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean way_session_set_requirement_finish (WaySession *self,
                                             GAsyncResult *result,
                                             char **id,
                                             GError **error);

G_END_DECLS
