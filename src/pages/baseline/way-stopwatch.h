/* way-stopwatch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The time a person spends on a question: time away does not count. */
typedef struct
{
  gint64 started; /* monotonic, µs */
  gint64 from;    /* monotonic: since when time counts, 0 while it does not */
  gint64 counted; /* µs so far */
} WayStopwatch;

void way_stopwatch_start (WayStopwatch *self, gboolean is_here);
void way_stopwatch_count (WayStopwatch *self, gboolean is_here);
gint64 way_stopwatch_get_age (const WayStopwatch *self);
gint64 way_stopwatch_get_milliseconds (WayStopwatch *self, gboolean is_here);

G_END_DECLS
