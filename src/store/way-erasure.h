/* way-erasure.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* Erasing somebody from a trust, or emptying one event: one governance person asks, another
 * carries out. Bodies and salts go; streams, digests and chains stay. */

/* What is to go: somebody by username, or one event by its id. */
typedef struct
{
  const char *username; /* (nullable) */
  const char *event;    /* (nullable) */
} WayErasureTarget;

typedef struct
{
  char *target; /* a person's id, or an event's */
  char *what;   /* person, event */
  char *id;     /* of the event that did it */
  char *reason; /* asked, retention, ledger */
  gint64 at;
  gint64 n_events; /* how many were emptied just now */
} WayErasure;

/* by: who asks and who confirms; NULL where the login says it. */
char *way_erasure_ask (WayStore *trust,
                       const char *by,
                       const WayErasureTarget *target,
                       const char *reason,
                       GError **error);
/* ledger: (nullable) written before the erasure is. */
WayErasure *way_erasure_confirm (WayStore *trust,
                                 const char *by,
                                 const WayErasureTarget *target,
                                 const char *ledger,
                                 GError **error);
/* Whoever left longer ago than the trust keeps things; usernames in `people`. */
gboolean way_erasure_retain (
    WayStore *trust, gboolean is_dry_run, const char *ledger, GPtrArray *people, GError **error);
/* What others have sent since about somebody who was erased. */
gboolean way_erasure_sweep (WayStore *trust, GError **error);
/* Erases again what a backup has brought back; how many stand in the ledger. */
gboolean way_erasure_replay (WayStore *trust, const char *ledger, guint *n_erased, GError **error);
/* Adds to the ledger what it lacks. erasures: of WayErasure, as the trust lists them. */
gboolean way_erasure_update_ledger (GPtrArray *erasures, const char *ledger, GError **error);
GPtrArray *way_erasure_list (WayStore *trust, GError **error); /* of WayErasure */
void way_erasure_free (WayErasure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayErasure, way_erasure_free)

G_END_DECLS
