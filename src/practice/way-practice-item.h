/* way-practice-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-scoring.h"
#include "content/way-pack.h"
#include "practice/way-practice.h"

G_BEGIN_DECLS

/* A practice desk that is asked as a question. The answer is the run as one line
 * (way_practice_dup_trace()); what it is worth, the rules of the desk say. */
WayScore *
way_practice_score_item (const WayItem *item, WayPack *pack, GHashTable *responses, GError **error);
WayScore *
way_practice_score_desk (const WayItem *item, WayDesk *desk, GHashTable *responses, GError **error);
gboolean way_practice_check_item (const WayItem *item, WayDesk *desk, GError **error);
char *way_practice_shorten_answer (const WayItem *item, char *line);

G_END_DECLS
