/* way-sitting-log.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sitting.h"
#include "record/way-bodies.h"
#include "store/way-store.h"

G_BEGIN_DECLS

/* Policy, in the trust's settings. */
#define WAY_SETTING_RHO "rho"                 /* how the capabilities go together; .50 */
#define WAY_SETTING_CUTS "cuts"               /* where levels begin, "-1 0 1"; the pack's */
#define WAY_SETTING_RAPID "rapid_share"       /* of an item's time; .10; 0: no answer is rapid */
#define WAY_SETTING_MINUTES "sitting_minutes" /* time limit; 0: none */
#define WAY_SETTING_RAPID_MOST .5
#define WAY_SETTING_MINUTES_MOST 600

/* The types of an attempt that measure. */
#define WAY_SITTING_TYPES "'baseline', 'closer', 'recheck', 'yes-no'"

/* The sitting $1 with those that it went on with, and which of their questions it took
 * over: what was asked before its own first one. */
#define WAY_LINE_OF_SITTING                                                                        \
  "WITH RECURSIVE line (attempt, until, depth) AS (SELECT CAST($1 AS text), 100000, 1 "            \
  "UNION ALL SELECT e.body->>'continues', coalesce ((SELECT min (CAST(s.body->>'ordinal' AS "      \
  "integer)) FROM live s WHERE s.kind = 'selection' AND s.person = e.person "                      \
  "AND s.body->>'attempt' = l.attempt), l.until), l.depth + 1 FROM line l "                        \
  "JOIN live e ON e.id = l.attempt WHERE e.body->>'continues' IS NOT NULL AND l.depth < 100) "

/* What a sitting leaves in the log, and a sitting from what is there: for who goes on with
 * one and for who looks whether it comes out again. */
typedef struct
{
  char *item;
  char *answer; /* (nullable) as it was given */
  double score;
  gint64 ms;
  gboolean is_counted;
} WaySittingAnswer;

void way_sitting_answer_clear (WaySittingAnswer *self);
WayBank *way_sitting_log_load_bank (WayStore *store,
                                    WayPack *pack,
                                    const WayAttemptBody *attempt,
                                    GError **error);
gboolean way_sitting_log_read_plan (const WayAttemptBody *attempt,
                                    WayPack *pack,
                                    WaySittingPlan *plan,
                                    GError **error);
void way_sitting_plan_clear (WaySittingPlan *plan);
WayAttemptBody *way_sitting_log_make_attempt (const WaySittingPlan *plan,
                                              const WayBank *bank,
                                              WayPack *pack,
                                              const char *continues);
GArray *way_sitting_log_read_answers (WayStore *store, const char *attempt, GError **error);
gboolean way_sitting_log_read_setting (
    WayStore *store, const char *key, double least, double most, double *value, GError **error);

G_END_DECLS
