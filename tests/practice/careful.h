/* careful.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

void sort_inbox (WayPractice *practice, gboolean is_backwards);
void ask_and_check (WayPractice *practice, const WayDeskRecord *request, const char *patient);
void find_patients (WayPractice *practice);
void sign_in_carefully (WayPractice *practice);
void let_happen (WayPractice *practice);
void begin_well (WayPractice *practice);
void answer_well (WayPractice *practice);
const char *find_option (const WayDeskRecord *event, gboolean is_away);
const char *get_computer (WayPractice *practice);
void set_needed (WayPractice *practice, const WayDeskRecord *goal);
void do_steps (WayPractice *practice, const char *action);
void leave_shift (WayPractice *practice);
void answer_all (WayPractice *practice, const WayDeskRecord *table);
void say_all (WayPractice *practice, const char *talk, const char *replies);
void do_to (WayPractice *practice, const char *is, const char *action, guint n);
void say_why (WayPractice *practice);
void do_errands (WayPractice *practice, const char *errand, const char *wrong);

/* How desks are worked: all of those, and what they score. */
void work_carefully (WayPractice *practice);
int get_full_score (const char *desk);
