/* way-scoring.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-item.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_SCORING_ERROR_UNSUPPORTED, /* an expression that this version does not know: named */
  WAY_SCORING_ERROR_INVALID,     /* rules that contradict themselves */
} WayScoringError;

#define WAY_SCORING_ERROR (way_scoring_error_quark ())
GQuark way_scoring_error_quark (void);

/* What response processing made of an answer: outcome identifier → WayValue. */
typedef struct
{
  GHashTable *outcomes; /* (owned) char* → WayValue */
  double score;         /* SCORE, or 0 */
  gboolean is_correct;  /* score ≥ 1 */
  guint n_attempts;     /* this one included */
  gboolean is_complete; /* FALSE while an adaptive item waits for another attempt */
} WayScore;

/* responses: response identifier → WayValue; a missing one is NULL. duration and numAttempts
 * may stand among them. */
WayScore *way_scoring_run (const WayItem *item, GHashTable *responses, GError **error);
WayScore *way_scoring_run_again (const WayItem *item,
                                 GHashTable *responses,
                                 const WayScore *before,
                                 GError **error);
WayScore *way_score_copy (const WayScore *self);
void way_score_free (WayScore *self);
/* The feedbacks of the item that these outcomes show, in document order (transfer container). */
GPtrArray *way_score_list_feedbacks (const WayScore *self, const WayItem *item);
/* The responses that are right, for a debrief; (nullable) where the item has none. */
GHashTable *way_scoring_dup_correct (const WayItem *item);

/* One line for the log and back: "RESPONSE=a\x1fb\x1eRESPONSE2=…", fixed order. */
char *way_responses_to_line (const WayItem *item, GHashTable *responses);
GHashTable *way_responses_new_from_line (const WayItem *item, const char *line);
GHashTable *way_responses_new (void);
/* duration, numAttempts: what every item has without declaring it. */
const WayDeclaration *way_responses_find_builtin (const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayScore, way_score_free)

G_END_DECLS
