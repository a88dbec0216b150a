/* way-sitting-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sitting.h"

G_BEGIN_DECLS

#define WAY_SITTING_OPENING 6 /* items that start from the person's own rating */
#define WAY_SITTING_PART 6    /* items between two natural pauses */
#define WAY_SITTING_ENOUGH 2  /* answers without which nothing is decided */

typedef enum
{
  WAY_MARK_ASKED = 1 << 0,
  WAY_MARK_ENEMY = 1 << 1, /* of an item that was asked */
  WAY_MARK_RECENT = 1 << 2,
  WAY_MARK_EXPOSED = 1 << 3,
} WayMark;

struct _WaySitting
{
  WayBank *bank;       /* (owned) */
  WaySittingPlan plan; /* (owned) */
  gboolean is_calibrated;

  /* One for each item of the bank. */
  WayParameters *effective; /* (owned) as they are scored: slopes attenuated */
  guint8 *marks;            /* (owned) of WayMark */

  /* The answers that count, in their order; rapid ones are only among the asked. */
  WayAnswer *answers; /* (owned) */
  guint *answered;    /* (owned) indices into the bank */
  guint n_answers;
  guint n_asked;
  guint counted[WAY_MAX_CAPABILITIES];
  guint asked[WAY_MAX_CAPABILITIES];

  WayPrior prior;
  WayPosterior posterior;
};

gboolean way_sitting_may_ask (const WaySitting *self, guint index);
gboolean way_sitting_is_decided (WaySitting *self, guint capability);

G_END_DECLS
