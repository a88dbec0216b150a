/* way-table-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

const char *way_table_get_row_name (const WayDeskRecord *table, const WayDeskRecord *row);
char *way_table_dup_picked (WayPractice *practice,
                            const WayDeskRecord *table,
                            const WayDeskRecord *question);
char *way_table_dup_progress (WayPractice *practice);
char *way_table_describe (WayPractice *practice,
                          const char *action,
                          const WayDeskRecord *target,
                          const char *value);

G_END_DECLS
