/* way-quality.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

G_BEGIN_DECLS

/* Policy: answers that an item needs, and items, before a first calibration. */
#define WAY_QUALITY_ANSWERS 30
/* Answers of an item without which its slope stays as it is. */
#define WAY_QUALITY_SLOPE 400
#define WAY_QUALITY_ITEMS 30
/* Answers of a person without which it is not asked whether they hang together, and people
 * without whom nothing is said about it. */
#define WAY_QUALITY_FIT_ANSWERS 6
#define WAY_QUALITY_FIT_PEOPLE 100

/* How many people's answers do not follow the usual pattern; nobody learns whose. */
typedef struct
{
  guint n_people; /* that answered enough */
  guint n_odd;
} WayQualityFit;

/* For an analyst: how the questions do, from the extract without names, and from nothing
 * else. Each call but publishing reads it anew, and that is written down. Lists come by
 * way_session_list_finish() or, with what else was found, their own. */

/* WayRow: item, capability, level, n, share (right), seconds, exposure, author_b, author_sd, b, sd
 * (in force), measured (1: b is from answers), now_b, now_sd (of those: what all answers say by
 * now), drift (1: for review: that differs from what is in force), infit, outfit, dif (A | B | C;
 * absent: too few answers), dif_group (of the worst, "question: answer"), dif_n (answers of the
 * smaller of the two groups), partial (1: it is not calibrated, since it counts part of an
 * answer), new (1: rides along, not scored) */
void way_session_load_quality_async (WaySession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GListModel *way_session_load_quality_finish (WaySession *self,
                                             GAsyncResult *result,
                                             WayQualityFit *fit,
                                             GError **error);

typedef void (*WayQualityProgress) (guint round, double change, gpointer user_data);

/* Measures the items that have answers enough; nothing is published. WayRow: item, version, n,
 * old_b, old_sd, a, b, c, d, sd, steps, seconds, exposure, infit, outfit, drift (1: for review),
 * kept (1: too few answers, stays as it was), new (1: has not been scored so far, and is placed by
 * the others) */
void way_session_calibrate_async (WaySession *self,
                                  WayQualityProgress progress,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Publishes the rows of a calibration; way_session_write_finish(). */
void way_session_publish_async (WaySession *self,
                                GListModel *rows,
                                const char *note,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

G_END_DECLS
