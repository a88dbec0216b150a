/* way-erasure-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-erasure.h"

G_BEGIN_DECLS

/* way-erasure-file.c: erasing in a trust that is a file; the caller has begun nothing. */
char *way_erasure_file_ask (WayStore *trust,
                            const char *by,
                            const WayErasureTarget *target,
                            const char *reason,
                            GError **error);
WayErasure *way_erasure_file_confirm (WayStore *trust,
                                      const char *by,
                                      const WayErasureTarget *target,
                                      const char *ledger,
                                      GError **error);
/* by, request: (nullable). Doing it again empties what has come since. */
WayErasure *way_erasure_file_run (WayStore *trust,
                                  const char *target,
                                  const char *what,
                                  const char *by,
                                  const char *request,
                                  const char *reason,
                                  const char *ledger,
                                  GError **error);
gboolean way_erasure_file_sweep (WayStore *trust, GError **error);
/* Person and username of each who is due, by turns. */
GPtrArray *way_erasure_file_list_due (WayStore *trust, GError **error);

/* way-erasure.c: a refusal in words. */
gboolean way_erasure_refuse (const char *refusal, const WayErasureTarget *target, GError **error);
/* way-erasure-ledger.c */
gboolean way_ledger_append (const char *path, const WayErasure *erasure, GError **error);
GPtrArray *way_ledger_read (const char *path, GError **error);

G_END_DECLS
