/* way-practice-talk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* A talk with one person. Its parts are turns: what the person says, and the replies that
 * can be given to it; a turn without replies is the last one. A reply leads to the first
 * of the turns in its "to" whose condition holds, and may set flags for later. */
gboolean way_talk_is (const WayDeskRecord *record);
const WayDeskRecord *way_talk_find_turn (const WayDeskRecord *talk, const char *id);
const WayDeskRecord *way_talk_find_reply (const WayDeskRecord *talk, const char *id);
gboolean way_talk_is_last (const WayDeskRecord *turn);
gboolean way_talk_is_open (const WayDeskRecord *part, const char *flags);
const WayDeskRecord *
way_talk_follow (const WayDeskRecord *talk, const WayDeskRecord *reply, const char *flags);
char *way_talk_add_flags (const char *flags, const WayDeskRecord *reply);

/* Where a run stands in it. */
const WayDeskRecord *way_practice_get_turn (WayPractice *self, const WayDeskRecord *talk);
const char *way_practice_get_flags (WayPractice *self, const WayDeskRecord *talk);
char **way_practice_dup_said (WayPractice *self, const WayDeskRecord *talk);

gboolean way_practice_has_flag (const WayDesk *desk, const char *flag);
gboolean way_practice_check_talk (const WayDesk *desk, const WayDeskRecord *talk, GError **error);

G_END_DECLS
