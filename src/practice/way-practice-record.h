/* way-practice-record.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* The app "record": a small record system to find the way in. An errand is what somebody
 * wants done in it; a chart is the record of one patient, whose parts (job, order, result,
 * letter) each stand on a screen of their own. The state of a part is kept under
 * "chart/part". */
gboolean way_errand_is (const WayDeskRecord *record);
gboolean way_chart_is (const WayDeskRecord *record);
const char *const *way_chart_get_screens (void);
const char *way_chart_get_screen (const WayDeskRecord *part);
const WayDeskRecord *way_chart_find_part (const WayDeskRecord *chart, const char *id);

/* Where a run stands. */
const WayDeskRecord *way_practice_get_open_chart (WayPractice *self);
const char *way_practice_get_screen (WayPractice *self);
const char *
way_practice_get_part_state (WayPractice *self, const WayDeskRecord *chart, const char *part);

gboolean
way_practice_check_errand (const WayDesk *desk, const WayDeskRecord *record, GError **error);

G_END_DECLS
