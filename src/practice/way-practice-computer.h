/* way-practice-computer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* A shared computer: whose name stands in its corner, and whether its screen can be read.
 * What there is to do and what happens ("work", "event") comes one after the other, at the
 * computer that it names or else at that of the work. */
typedef enum
{
  WAY_SCREEN_OUT,   /* nobody is signed in */
  WAY_SCREEN_OPEN,  /* whoever comes by can read and write */
  WAY_SCREEN_LOCKED /* covered, and still somebody's */
} WayScreen;

const WayDeskRecord *way_practice_get_computer (WayPractice *self);
WayScreen
way_practice_read_screen (WayPractice *self, const WayDeskRecord *computer, const char **user);
gboolean way_practice_is_away (WayPractice *self);

G_END_DECLS
