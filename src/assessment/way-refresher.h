/* way-refresher.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WAY_REFRESHER_MOST_DAYS 365

/* What is believed of one person's hold on one skill. */
typedef struct
{
  gboolean is_known; /* FALSE before the first answer */
  double stability;  /* days until nine in ten would still know */
  double difficulty; /* 1 to 10 */
} WayRefresher;

void way_refresher_answer (WayRefresher *self, double days, gboolean is_right);
double way_refresher_get_retrievability (const WayRefresher *self, double days);
guint way_refresher_get_interval (const WayRefresher *self);

G_END_DECLS
