/* way-pace.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-pace.h"

/* After an outage thousands of desktops find the trust at once. What keeps them from coming
 * back at once is chance over the whole of the wait (“full jitter”): a wait of which only a
 * part is chance keeps them in step. */

#define RETRY_LEAST 2.0
#define RETRY_MOST 900.0
#define FIRST_MOST 120.0
#define REGULAR_LEAST 150.0
#define REGULAR_MOST 210.0
#define NETWORK_MOST 10.0

/* way_pace_retry:
 * @n_failures: in a row
 *
 * How long to wait after a meeting that failed: chance of min (900, 2 · 2ⁿ). */
double
way_pace_retry (guint n_failures, double chance)
{
  double most = RETRY_LEAST * (double) (G_GUINT64_CONSTANT (1) << MIN (n_failures, 20));

  return chance * MIN (RETRY_MOST, most);
}

/* way_pace_first:
 * @is_waiting: whether something waits to be sent
 *
 * How long to wait after somebody has signed in: in the morning all do. */
double
way_pace_first (gboolean is_waiting, double chance)
{
  return is_waiting ? 0 : chance * FIRST_MOST;
}

/* way_pace_regular:
 *
 * How long to wait after a meeting that went well, when nothing happens. */
double
way_pace_regular (double chance)
{
  return REGULAR_LEAST + chance * (REGULAR_MOST - REGULAR_LEAST);
}

/* way_pace_network_up:
 * @left: of the wait
 *
 * How long to wait still, once a network is there: never longer than before. */
double
way_pace_network_up (double left, double chance)
{
  return MIN (left, chance * NETWORK_MOST);
}
