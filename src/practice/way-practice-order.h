/* way-practice-order.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* The app "order": cards that are put, in order, into the slots of a board: one slot for
 * a plain order, several for the parts of a shift or for who does what. A card that was
 * put nowhere lies in the tray. */
const WayDeskRecord *way_practice_get_board (WayPractice *self);
char **way_practice_dup_placed (WayPractice *self, const char *slot);
char **way_practice_dup_tray (WayPractice *self);
const char *way_practice_get_slot (WayPractice *self, const char *card, guint *position);

G_END_DECLS
