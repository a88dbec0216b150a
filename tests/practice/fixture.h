/* fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

typedef void (*HandFunc) (WayPractice *practice,
                          const char *action,
                          const char *target,
                          const char *value,
                          gpointer user_data);

void set_hand (HandFunc func, gpointer user_data);
WayDesk *load_desk (const char *name);
const WayDeskRecord *find_part (const WayDeskRecord *record, const char *type);
void assert_done (WayPractice *practice, const char *action, const char *target, const char *value);
void assert_score (WayPractice *practice, int points, int out_of);
char *describe_draw (WayPractice *practice);
guint act_at_random (WayPractice *practice, const char *verbs, guint n, guint32 seed);
