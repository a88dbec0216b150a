/* way-hand.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "way-journey.h"
#include "way-reach.h"

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* Works a practice desk that shows in the window: each action of the desk by the keys that a
 * person presses for it, or by pointer. Beside it the same run is followed from what the
 * window writes down. */
typedef struct
{
  WayJourney *journey;
  WayPractice *practice; /* (owned) the run as the store tells it */
  char *username;        /* (owned) */
  char *attempt;         /* (owned) */
  gboolean is_pointer;
  const char *app;              /* the app that shows */
  const WayDeskRecord *message; /* (nullable) that is open */
} WayHand;

WayHand *way_hand_new (WayJourney *journey, const char *username, WayDesk *desk);
void way_hand_free (WayHand *self);

void way_hand_do (WayHand *self, const char *action, const char *target, const char *value);
void way_hand_expect (WayHand *self, const char *action, const char *target, const char *value);
void way_hand_work (WayHand *self);

/* For the apps. */
void way_hand_press_thing (WayHand *self, WayThing thing);
void way_hand_press (WayHand *self, const char *role, const char *name);
void way_hand_press_in (WayHand *self, const char *role, const char *name, const char *within);
void way_hand_key (WayHand *self, const char *role, const char *name, const char *keys);
void way_hand_type (WayHand *self, const char *name, const char *text);
void way_hand_type_in (WayHand *self, const char *name, const char *within, const char *text);
const char *way_hand_get_title (const WayDeskRecord *record);
const char *way_hand_get_text (const WayDeskRecord *part);
const WayDeskRecord *way_hand_find_part (const WayDeskRecord *record, const char *id);
char *way_hand_dup_plain (const char *label);

typedef void (*WayActFunc) (WayHand *self,
                            const WayDeskRecord *record,
                            const char *action,
                            const char *value);

WayActFunc way_hand_find_app (const char *app);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayHand, way_hand_free)

G_END_DECLS
