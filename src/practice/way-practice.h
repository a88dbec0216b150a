/* way-practice.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-desk.h"

G_BEGIN_DECLS

/* One run of a practice desk: what was drawn, what was done, which rules hold. Pure:
 * the same desk, seed and actions give the same outcome. Actions are semantic ("report"
 * on "m4"), so pointer, keyboard and screen reader earn the same. */
#define WAY_TYPE_PRACTICE (way_practice_get_type ())
G_DECLARE_FINAL_TYPE (WayPractice, way_practice, WAY, PRACTICE, GObject)

typedef struct
{
  const WayDeskRule *rule;     /* owned by the desk */
  const WayDeskRecord *record; /* (nullable) which drawn record it is about */
  gboolean is_held;
} WayRuleOutcome;

WayPractice *way_practice_new (WayDesk *desk, guint64 seed);
WayDesk *way_practice_get_desk (WayPractice *self);
guint64 way_practice_get_seed (WayPractice *self);
GPtrArray *
way_practice_get_records (WayPractice *self); /* drawn, in showing order, of WayDeskRecord */
const WayDeskRecord *way_practice_find_record (WayPractice *self, const char *id);
/* Emits "done" (action, target, value). FALSE when the action makes no sense now: nothing is
 * recorded. */
gboolean
way_practice_do (WayPractice *self, const char *action, const char *target, const char *value);
guint way_practice_get_n_actions (WayPractice *self);
void way_practice_get_action (
    WayPractice *self, guint i, const char **action, const char **target, const char **value);
/* The last disposition of a record ("reported", "deleted", …) or NULL. */
const char *way_practice_get_state (WayPractice *self, const char *record);
gboolean way_practice_is_finished (WayPractice *self);
/* The run as one line, for a log; and back. */
char *way_practice_dup_trace (WayPractice *self);
WayPractice *way_practice_new_from_trace (WayDesk *desk, const char *text, GError **error);
GArray *way_practice_judge (WayPractice *self); /* of WayRuleOutcome */
void way_practice_get_score (WayPractice *self, int *points, int *out_of);

/* What the apps of a desk ask while they are used. */
gboolean
way_practice_can (WayPractice *self, const char *action, const char *target, const char *value);
gboolean way_practice_was_done (WayPractice *self,
                                const char *action,
                                const char *target,
                                const char *value);
const char *way_practice_get_state_value (WayPractice *self, const char *record);
const WayDeskRecord *way_practice_get_current (WayPractice *self);
const WayDeskRecord *way_practice_get_current_in (WayPractice *self, const char *app);
GPtrArray *way_practice_dup_records (WayPractice *self, const char *app);
const char *way_practice_get_app (const WayDeskRecord *record);
const WayDeskRecord *
way_practice_find_part (const WayDeskRecord *record, const char *type, const char *id);
gboolean way_practice_is_task (const WayDeskRecord *record);
gboolean way_practice_is_of_app (WayPractice *self, const char *target, const char *app);

/* What comes later. Emits "arrived" (pointer to WayDeskRecord). */
#define WAY_PRACTICE_MAX_SECONDS 86400
gboolean way_practice_has_arrived (WayPractice *self, const WayDeskRecord *record);
guint way_practice_get_clock (WayPractice *self);
guint way_practice_get_next_arrival (WayPractice *self);
guint way_practice_get_n_help (WayPractice *self);

char **way_practice_dup_words (WayPractice *self, const char *record);
char *way_practice_dup_code (WayPractice *self, const char *record);

typedef enum
{
  WAY_PRACTICE_ERROR_APP,    /* no such app: the desk needs a newer Waymark */
  WAY_PRACTICE_ERROR_DRAW,   /* a draw names no group, or more than the group holds */
  WAY_PRACTICE_ERROR_RULE,   /* a rule that nobody could ever meet, or that holds by itself */
  WAY_PRACTICE_ERROR_RECORD, /* a record that none of the apps could show or use */
  WAY_PRACTICE_ERROR_TRACE,  /* what was done does not fit the desk */
} WayPracticeError;

#define WAY_PRACTICE_ERROR (way_practice_error_quark ())
GQuark way_practice_error_quark (void);

gboolean way_practice_check_desk (WayDesk *desk, GError **error);

G_END_DECLS
