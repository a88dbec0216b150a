/* way-pace.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When a device meets the trust. Pure: chance is from 0 to below 1, times are seconds. */
double way_pace_retry (guint n_failures, double chance);
double way_pace_first (gboolean is_waiting, double chance);
double way_pace_regular (double chance);
double way_pace_network_up (double left, double chance);

G_END_DECLS
