/* way-random.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small generator (splitmix64) whose numbers are the same on every machine, so that
 * what was drawn can be replayed from the seed in the log. */
typedef struct
{
  guint64 state;
} WayRandom;

void way_random_init (WayRandom *self, guint64 seed, guint64 stream);
guint64 way_random_next (WayRandom *self);
guint way_random_range (WayRandom *self, guint n);
double way_random_uniform (WayRandom *self);
double way_random_normal (WayRandom *self);
void way_random_shuffle (WayRandom *self, GPtrArray *array);

G_END_DECLS
