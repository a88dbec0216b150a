/* store-history.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* A year of everything at random: complete events in streams of their own, with times that
 * collide and withdrawals of whatever there is, also of what may not be withdrawn. */
extern const char *const history_people[4];
extern const char *const history_capabilities[3];

GPtrArray *history_make (GRand *rand);
/* In batches of any size. */
void history_insert (WayStore *store, GRand *rand, GPtrArray *order);

G_END_DECLS
