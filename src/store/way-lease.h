/* way-lease.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* What a trust lends a champion about other people lies on a device only so long without word
 * from the trust. */
#define WAY_LEASE_DAYS 14

/* A moment by every clock that the machine has. */
typedef struct
{
  gint64 wall;  /* µs UTC, as anybody may have set it */
  char *boot;   /* which start of the machine */
  gint64 since; /* µs since then, asleep or not */
} WayMoment;

gboolean way_lease_is_lent (const char *scope);
char *way_lease_advance (const char *kept, const WayMoment *now, gint64 *age);
/* The trust was met: the time runs anew. */
gboolean way_lease_renew (WayStore *device, GError **error);
/* Drops what is lent once its time is over; a device store does so when it is opened. */
gboolean way_lease_enforce (WayStore *device, GError **error);
/* A computer that people share lends nothing to the file: what lies there goes, and way_sync_run()
 * leaves it out, until that is taken back. */
gboolean way_lease_refuse (WayStore *device, gboolean is_refused, GError **error);
gboolean way_lease_is_refused (WayStore *device, gboolean *is_refused, GError **error);
/* Whether something was dropped since the trust was met; *days after how many. */
gboolean way_lease_is_over (WayStore *device, guint *days, GError **error);

G_END_DECLS
