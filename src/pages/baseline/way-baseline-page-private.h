/* way-baseline-page-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/baseline/way-barrier-view.h"
#include "pages/baseline/way-baseline-page.h"
#include "pages/baseline/way-intro-view.h"
#include "pages/baseline/way-rating-view.h"
#include "pages/baseline/way-stopwatch.h"
#include "session/way-baseline.h"
#include "widgets/way-question-view.h"
#include "widgets/way-state-page.h"
#include "widgets/way-wrap-box.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_BASELINE_INTRO,
  WAY_BASELINE_RATING,
  WAY_BASELINE_QUESTION,
  WAY_BASELINE_PAUSE,
  WAY_BASELINE_HELD, /* saved, and the trust that should have it first cannot be reached */
  WAY_BASELINE_DONE,
  WAY_BASELINE_BARRIER, /* after a whole baseline, once, and may be skipped */
} WayBaselineStep;

/* The baseline in focus mode: what it is for, the own rating, the questions with a pause
 * after each part, and the way to the result. Owned by the window while it is shown.
 * Answers are the session's: this page holds nothing that a power cut could lose but the
 * ratings before the last of them. */
struct _WayBaselinePage
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  WayBaseline *baseline;     /* (owned) (nullable) */
  char *recheck;             /* (owned) (nullable) the one capability that is looked at again */
  int level;                 /* of a yes or no about that one; else 0 */

  WayBaselineStep step;
  guint rated; /* index of the capability that is being rated */
  guint n_capabilities;
  int now[WAY_MAX_CAPABILITIES];
  int need[WAY_MAX_CAPABILITIES];

  gboolean is_busy;       /* something is being saved */
  guint patience;         /* source: says that saving takes a while */
  gboolean is_dont_know;  /* what is being saved, for trying again */
  WayStopwatch stopwatch; /* of this step */
  double furthest;        /* the bar never goes back */
  guint minutes;          /* left, as it was last said aloud; 0 before */
  GtkWindow *window;      /* (weak) whose focus says whether the person is here */

  GtkButton *primary;
  GtkButton *secondary;

  /* template */
  WayBarrierView *barrier;
  GtkLabel *eyebrow;
  GtkWidget *finish_here;
  WayWrapBox *foot;
  WayIntroView *intro;
  GtkWidget *message;
  GtkImage *message_icon;
  GtkLabel *message_text;
  GtkLabel *message_title;
  GtkButton *pause;
  GtkProgressBar *progress;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  WayQuestionView *question;
  WayRatingView *rating;
  AdwClamp *column;
  GtkScrolledWindow *scrolled;
  WayStatePage *states;
  GtkWidget *trouble;
  GtkLabel *trouble_text;
};

/* way-baseline-steps.c: what each step shows */
gboolean way_baseline_page_is_here (WayBaselinePage *self);
void way_baseline_page_update_buttons (WayBaselinePage *self);
void way_baseline_page_show_intro (WayBaselinePage *self);
void way_baseline_page_show_rating (WayBaselinePage *self, guint capability);
void way_baseline_page_show_current (WayBaselinePage *self);
void way_baseline_page_show_pause (WayBaselinePage *self);
void way_baseline_page_show_held (WayBaselinePage *self);
void way_baseline_page_show_barrier (WayBaselinePage *self);
void way_baseline_page_show_trouble (WayBaselinePage *self, const GError *error);

G_END_DECLS
