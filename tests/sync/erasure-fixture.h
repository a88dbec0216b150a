/* erasure-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync-fixture.h"

#include "store/way-erasure.h"

G_BEGIN_DECLS

/* Lea and mia are governance from then on. */
void erasure_grant (SyncFixture *fixture);
void erasure_append (WayStore *store, const char *subject, WayEvent *draft);
char *erasure_dup_ledger (SyncFixture *fixture);
/* Lea asks, mia confirms. */
WayErasure *erasure_erase (SyncFixture *fixture, const WayErasureTarget *target);
/* What somebody was seen to do, with a file in two pieces; its id. */
char *erasure_attach (WayStore *store, const char *person);

/* The pieces that are not emptied. */
#define ERASURE_PIECES "FROM event WHERE kind = 'evidence_file' AND salt <> ''"

G_END_DECLS
