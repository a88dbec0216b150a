/* way-practice-share.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* Something to send or to open to others: people in its lines ("to", "cc", "bcc") or with
 * a right ("view", "comment", "edit"), the details that go along, one subject, one route. */

gboolean way_share_is (const WayDeskRecord *record);
const char *const *way_share_get_lines (void);
gboolean way_share_has_line (const WayDeskRecord *share, const char *line);
gboolean way_share_has_parts (const WayDeskRecord *share, const char *type);

const char *
way_practice_get_line (WayPractice *self, const WayDeskRecord *share, const char *person);
gboolean
way_practice_is_included (WayPractice *self, const WayDeskRecord *share, const char *detail);
const char *way_practice_get_pick (WayPractice *self, const WayDeskRecord *share, const char *type);
guint way_practice_count_people (WayPractice *self, const WayDeskRecord *share);

G_END_DECLS
