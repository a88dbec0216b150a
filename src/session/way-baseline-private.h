/* way-baseline-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-baseline.h"
#include "session/way-session-private.h"
#include "session/way-sitting-log.h"

G_BEGIN_DECLS

/* The sitting that is going on. The page that shows it owns it; while a call is under way
 * nothing else may be asked of it. What it holds is also in the log, so that a replay from
 * there gives the same questions. */
struct _WayBaseline
{
  GObject parent_instance;

  WaySession *session; /* (owned) */
  WayBank *bank;       /* (owned) (nullable) of this sitting's item parameters */
  WaySitting *sitting; /* (owned) */
  WaySittingPlan plan;
  char *person;     /* (owned) */
  char *attempt;    /* (owned) (nullable) id of the attempt event */
  WayItem *item;    /* (owned) (nullable) NULL when finished */
  guint capability; /* of the item */
  guint ordinal;    /* of the item: 1 = first */
  GArray *answers;  /* (owned) of WaySittingAnswer: what stands in the log */
  gboolean is_finished;

  /* Of a question at a practice desk, on the store thread but for @kept. */
  char *kept;     /* (owned) (nullable) the run as it was left, when the question was opened */
  guint n_kept;   /* actions of the run that stand in the log */
  guint n_logged; /* actions in the log */
};

/* way-baseline-log.c, on the store thread */
void way_baseline_rebuild (WayBaseline *self);
gboolean way_baseline_draft_next (WayBaseline *self, GPtrArray *drafts, char **next);
void way_baseline_draft_result (WayBaseline *self, GPtrArray *drafts);
void way_baseline_draft_end (WayBaseline *self, GPtrArray *drafts, const char *how);
gboolean way_baseline_take_item (WayBaseline *self, const char *id, GError **error);
gboolean way_baseline_reload (WayBaseline *self, gboolean *is_shown, GError **error);
gboolean way_baseline_resume (WayBaseline *self, gboolean *found, GError **error);
gboolean way_baseline_begin (WayBaseline *self, GError **error);

/* way-baseline-desk.c, on the store thread */
gboolean way_baseline_load_kept (WayBaseline *self, GError **error);
void way_baseline_forget_kept (WayBaseline *self);

gboolean way_session_read_time_policy (
    WaySession *self, const char *person, double *rapid_share, guint *minutes, GError **error);

G_END_DECLS
