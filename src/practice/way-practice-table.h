/* way-practice-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* The app "table": a record of the type table has columns, rows (whose fields are named
 * after the columns; one that is not there is a missing point), questions about them and,
 * with "chart", a chart drawn from them. A question asks to "pick" rows, to "judge" with one
 * of its options, or for a "number". */
gboolean way_table_is (const WayDeskRecord *record);
const WayDeskRecord *way_table_find_column (const WayDeskRecord *table, const char *id);
gboolean way_table_is_number (const WayDeskRecord *column);
gboolean way_table_get_number (const WayDeskRecord *row, const char *column, double *number);
const WayDeskRecord *way_table_find_question (const WayDeskRecord *table, const char *id);
guint way_table_get_n_picks (const WayDeskRecord *question);
char *way_table_dup_number (const char *text);

/* Where a run stands with it. */
GPtrArray *way_practice_dup_rows (WayPractice *self, const WayDeskRecord *table);
const char *
way_practice_get_sort (WayPractice *self, const WayDeskRecord *table, gboolean *is_down);
const char *
way_practice_get_reply (WayPractice *self, const WayDeskRecord *table, const char *question);
gboolean way_practice_is_picked (WayPractice *self,
                                 const WayDeskRecord *table,
                                 const char *question,
                                 const char *row);
gboolean way_practice_is_settled (WayPractice *self,
                                  const WayDeskRecord *table,
                                  const WayDeskRecord *question);
gboolean
way_practice_is_right (WayPractice *self, const WayDeskRecord *table, const char *question);

gboolean way_practice_check_table (const WayDesk *desk, const WayDeskRecord *table, GError **error);

G_END_DECLS
