/* way-judgement.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-sitting.h"
#include "content/way-pack.h"

G_BEGIN_DECLS

/* What the plan and the next step are judged from: a summary of one person. */
typedef struct
{
  gboolean has_rated;        /* all six self-ratings are there */
  gboolean is_baseline_open; /* begun, not ended */
  guint baseline_left;       /* questions, when open */
  gboolean has_baseline;
  gint64 baseline_at;
  double p_required[WAY_MAX_CAPABILITIES]; /* NAN where not measured */
  WayStanding standing[WAY_MAX_CAPABILITIES];
  int required[WAY_MAX_CAPABILITIES];
  GHashTable *module_states;  /* char* id → char*: started, practised, checked, done */
  GPtrArray *answers_waiting; /* (nullable) unused by the plan */
  const char *role;           /* (nullable) id or name of a role: whose pathway; NULL = the first */
} WaySummary;

typedef enum
{
  WAY_STEP_RATE,     /* begin: the self-rating, then the baseline */
  WAY_STEP_BASELINE, /* go on with the baseline */
  WAY_STEP_MODULE,   /* begin or go on with a module */
  WAY_STEP_SHIFT,    /* the one thing to do on shift */
  WAY_STEP_RECHECK,  /* look again at a capability */
  WAY_STEP_NOTHING,
} WayStepType;

typedef struct
{
  WayStepType type;
  char *module;   /* (nullable) */
  int capability; /* −1 */
  int minutes;
  const char
      *why; /* a code: never-measured, baseline-open, in-progress, largest-gap, pathway, done */
} WayNextStep;

/* What the person's work asks for: a trust's own word before the pack's, a job's before its
 * group's. @changes: (nullable): "ROLE CAPABILITY" → level, of role_requirement. */
void way_requirement_judge (WayPack *pack,
                            const char *role,
                            const char *job,
                            GHashTable *changes,
                            int required[WAY_MAX_CAPABILITIES]);
/* Capabilities where something is missing and no module that is not done could help: of int. */
GArray *way_plan_list_unserved (WayPack *pack, const WaySummary *summary);
WayNextStep *way_next_step_judge (WayPack *pack, const WaySummary *summary, int minutes_available);
void way_next_step_free (WayNextStep *self);
/* Modules in the order this person should meet them; of WayModule, borrowed from the pack. */
GPtrArray *way_plan_judge (WayPack *pack, const WaySummary *summary, const char *role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayNextStep, way_next_step_free)

G_END_DECLS
