/* way-module-page-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/module/way-module-page.h"
#include "session/way-lesson.h"
#include "widgets/way-state-page.h"
#include "widgets/way-step-dots.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_MODULE_STEP_BEFORE,
  WAY_MODULE_STEP_READ, /* why and the cards */
  WAY_MODULE_STEP_PRACTICE,
  WAY_MODULE_STEP_CHECK,
  WAY_MODULE_STEP_SHIFT,
  WAY_MODULE_STEP_AFTER,
  WAY_MODULE_STEP_END,
} WayModuleStepType;

typedef struct
{
  WayModuleStepType type;
  const char *saved; /* (nullable) the lesson's name for it */
  char *name;        /* what the dots call it */
  guint place;       /* of a desk; of a card, counted from 1: why the module matters is 0 */
  AdwBin *bin;       /* in the stack */
  GtkWidget *view;   /* (nullable) in the bin, once it was shown */
} WayModuleStep;

struct _WayModulePage
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *module;              /* (owned) */
  WayLesson *opened;         /* (owned) (nullable) before its steps are made */
  WayLesson *lesson;         /* (owned) (nullable) */
  GPtrArray *steps;          /* (owned) of WayModuleStep */
  guint fill_source;
  guint current;
  gint64 shown;
  gboolean is_busy;
  gboolean is_to_test_out; /* the check comes first */
  char *first;             /* (owned) (nullable) the step to begin at */
  GtkWidget *after;        /* the scale of WAY_MODULE_STEP_AFTER */
  GtkWidget *done;         /* the button of WAY_MODULE_STEP_SHIFT */
  GtkWidget *before;       /* the scale of WAY_MODULE_STEP_BEFORE */
  char *next_action;       /* (owned) (nullable) what comes after this module */

  /* template */
  GtkWidget *back;
  GtkWidget *bar;
  WayStepDots *dots;
  GtkButton *pause;
  GtkButton *primary;
  GtkButton *secondary;
  GtkStack *stack;
  WayStatePage *states;
  GtkLabel *title;
  GtkLabel *trouble;
};

/* way-module-page.c */
WayModuleStep *way_module_page_get_step (WayModulePage *self);
void way_module_page_update_bar (WayModulePage *self);
void way_module_page_press_primary (WayModulePage *self);
void way_module_page_check_changed (WayModulePage *self);
void way_module_page_desk_finished (WayModulePage *self);
void way_module_page_save_shift (WayModulePage *self);
void way_module_page_test_out (WayModulePage *self);

/* way-module-steps.c */
void way_module_page_build_steps (WayModulePage *self);
void way_module_page_need_view (WayModulePage *self, WayModuleStep *step);
void way_module_page_build_end (WayModulePage *self);
void way_module_page_mark_card (WayModulePage *self, guint index);
gboolean way_module_page_find_missed (WayModulePage *self, guint *index);
void way_module_step_free (WayModuleStep *step);

G_END_DECLS
