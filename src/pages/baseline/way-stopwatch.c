/* way-stopwatch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-stopwatch.h"

/**
 * way_stopwatch_start:
 * @self: a stopwatch
 * @is_here: whether the person looks at the window
 *
 * Begins at zero.
 */
void
way_stopwatch_start (WayStopwatch *self, gboolean is_here)
{
  g_return_if_fail (self != NULL);

  self->started = g_get_monotonic_time ();
  self->counted = 0;
  self->from = is_here ? self->started : 0;
}

/**
 * way_stopwatch_count:
 * @self: a stopwatch
 * @is_here: whether the person looks at the window from now on
 *
 * Adds up to now, and counts on or not.
 */
void
way_stopwatch_count (WayStopwatch *self, gboolean is_here)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (self != NULL);

  if (self->from != 0)
    self->counted += now - self->from;
  self->from = is_here ? now : 0;
}

/**
 * way_stopwatch_get_age:
 * @self: a stopwatch
 *
 * Returns: microseconds since the start, away or not
 */
gint64
way_stopwatch_get_age (const WayStopwatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_get_monotonic_time () - self->started;
}

/**
 * way_stopwatch_get_milliseconds:
 * @self: a stopwatch
 * @is_here: whether the person looks at the window
 *
 * A desktop that never says which window is looked at leaves nothing to leave out: there
 * all time counts.
 *
 * Returns: the time that counts, in milliseconds
 */
gint64
way_stopwatch_get_milliseconds (WayStopwatch *self, gboolean is_here)
{
  g_return_val_if_fail (self != NULL, 0);

  way_stopwatch_count (self, is_here);

  return (self->counted > 0 ? self->counted : way_stopwatch_get_age (self)) / 1000;
}
