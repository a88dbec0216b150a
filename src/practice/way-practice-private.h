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

/* One thing that can be done in an app: when, and what it leaves behind. The target is a
 * record of the app that has come. */
typedef struct
{
  const char *name;
  gboolean (*can) (WayPractice *self, const WayDeskRecord *target, const char *value);
  const char *state; /* (nullable) what the target becomes */
  void (*apply) (WayPractice *self, const WayDeskRecord *target, const char *value);
} WayVerb;

/* What an app brings to a desk. Its kinds of record belong to no other app. */
typedef struct
{
  const char *name;
  const char *tasks;      /* kinds of record to decide about, with spaces between */
  const char *lookups;    /* (nullable) kinds that things are only looked up in */
  const WayVerb *verbs;   /* the last one has no name */
  GCompareFunc compare;   /* (nullable) showing order, of WayDeskRecord ** */
  gboolean is_one_by_one; /* without being taken, the first that is not decided is in hand */
  /* (nullable) What is wrong with a record as it is written; called for each of the app's. */
  gboolean (*check) (const WayDesk *desk, const WayDeskRecord *record, GError **error);
} WayPracticeApp;

extern const WayPracticeApp way_practice_files_app;
extern const WayPracticeApp way_practice_computer_app;
extern const WayPracticeApp way_practice_finder_app;
extern const WayPracticeApp way_practice_form_app;
extern const WayPracticeApp way_practice_inbox_app;
extern const WayPracticeApp way_practice_inspect_app;
extern const WayPracticeApp way_practice_keys_app;
extern const WayPracticeApp way_practice_order_app;
extern const WayPracticeApp way_practice_record_app;
extern const WayPracticeApp way_practice_share_app;
extern const WayPracticeApp way_practice_settings_app;
extern const WayPracticeApp way_practice_signin_app;
extern const WayPracticeApp way_practice_table_app;
extern const WayPracticeApp way_practice_talk_app;

const WayPracticeApp *way_practice_find_app (const char *name);
gboolean way_practice_fail (const WayDesk *desk, int line, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

GPtrArray *way_practice_draw (WayDesk *desk, guint64 seed);
GPtrArray *way_practice_arrivals_new (GPtrArray *records);
void way_practice_arrivals_start (GPtrArray *arrivals, const WayAction *done, guint clock);
GPtrArray *way_practice_arrivals_take (GPtrArray *arrivals, guint clock);
gboolean way_practice_arrivals_has (GPtrArray *arrivals, const WayDeskRecord *record);
guint way_practice_arrivals_next (GPtrArray *arrivals);
GPtrArray *way_practice_get_trace (WayPractice *self);
void way_practice_hold (WayPractice *self, const WayDeskRecord *record);
void way_practice_let_go (WayPractice *self, const WayDeskRecord *record);
void way_practice_push_state (WayPractice *self,
                              const char *record,
                              const char *state,
                              const char *value);
void way_practice_pop_state (WayPractice *self, const char *record);
guint
way_practice_count (WayPractice *self, const char *action, const char *target, const char *value);

gboolean way_practice_is_of (const WayDeskRecord *record, const char *groups);

gboolean
way_practice_evaluate (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound);

char **way_practice_expand (const WayDeskTest *test, const char *name, const WayDeskRecord *bound);
gboolean way_practice_evaluate_field (WayPractice *self,
                                      const WayDeskTest *test,
                                      const WayDeskRecord *bound);
gboolean way_practice_evaluate_placed (WayPractice *self,
                                       const WayDeskTest *test,
                                       const WayDeskRecord *bound);
gboolean way_practice_check_test (WayDesk *desk, const WayDeskTest *test, GError **error);
gboolean way_practice_evaluate_given (WayPractice *self,
                                      const WayDeskTest *test,
                                      const WayDeskRecord *bound);
gboolean way_practice_evaluate_filed (WayPractice *self,
                                      const WayDeskTest *test,
                                      const WayDeskRecord *bound);
gboolean way_practice_check_given (const WayDesk *desk, const WayDeskTest *test, GError **error);
gboolean way_practice_check_filed (const WayDesk *desk, const WayDeskTest *test, GError **error);

guint64 way_practice_random (guint64 *state);
guint64 way_practice_random_below (guint64 *state, guint64 n);

G_END_DECLS
