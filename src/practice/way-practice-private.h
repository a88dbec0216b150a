/* way-practice-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

typedef struct
{
  char *action;
  char *target; /* (nullable) */
  char *value;  /* (nullable) */
} WayAction;

/* One thing that can be done in an app: when, and what it leaves behind. */
typedef struct
{
  const char *name;
  gboolean (*can) (WayPractice *self, const WayDeskRecord *target, const char *value);
  const char *state; /* (nullable) what the target becomes */
  void (*apply) (WayPractice *self, const WayDeskRecord *target, const char *value);
} WayVerb;

/* The three apps: verbs end with a NULL name. */
extern const WayVerb way_practice_inbox_verbs[];
extern const WayVerb way_practice_finder_verbs[];
extern const WayVerb way_practice_signin_verbs[];

const WayVerb *way_practice_find_verbs (const char *app);

GPtrArray *way_practice_get_trace (WayPractice *self);
void way_practice_set_current (WayPractice *self, const WayDeskRecord *record);
void way_practice_push_state (WayPractice *self,
                              const char *record,
                              const char *state,
                              const char *value);
void way_practice_pop_state (WayPractice *self, const char *record);
guint
way_practice_count (WayPractice *self, const char *action, const char *target, const char *value);

const char *way_practice_field (const WayDeskRecord *record, const char *name);
const WayDeskRecord *
way_practice_find_part (const WayDeskRecord *record, const char *type, const char *id);
gboolean way_practice_is_of (const WayDeskRecord *record, const char *groups);

gboolean
way_practice_evaluate (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound);

guint64 way_practice_random (guint64 *state);

G_END_DECLS
