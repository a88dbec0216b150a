/* way-quality-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-calibration.h"
#include "session/way-quality.h"
#include "session/way-session-private.h"
#include "sync/way-extract.h"

G_BEGIN_DECLS

/* What an analyst asks for, on the read thread. */
typedef struct
{
  char *uri;
  char *person;
  WayQualityProgress progress; /* (nullable) */
  gpointer user_data;
  GTask *task; /* (borrowed) */
  WayQualityFit fit;
} WayQualityAsk;

typedef struct
{
  guint n;
  double right;   /* sum of the shares of the most */
  double seconds; /* sum */
  gboolean is_partial;
} WayQualityTally;

/* The extract beside the bank that new sittings use. */
typedef struct
{
  WayStore *trust;
  WayExtract *extract;
  WayBank *bank;
  WayBank *authored;        /* the same items as their authors judged them */
  GHashTable *people;       /* pseudonym to number + 1 */
  WayQualityTally *tallies; /* of each item of the bank */
} WayQualityWork;

/* Which items of a capability. */
typedef enum
{
  WAY_QUALITY_ALL,
  WAY_QUALITY_OLD, /* that are scored */
  WAY_QUALITY_NEW, /* that ride along, and are not */
} WayQualityWhich;

/* way-session-quality.c */
void way_quality_work_clear (WayQualityWork *self);
gboolean way_quality_work_load (WayQualityWork *self,
                                WaySession *session,
                                const WayQualityAsk *ask,
                                GCancellable *cancellable,
                                GError **error);
void way_quality_work_list (const WayQualityWork *self,
                            guint capability,
                            guint least,
                            WayQualityWhich which,
                            GArray *numbers);
WaySheet *way_quality_work_make_sheet (const WayQualityWork *self, GArray *numbers);
void way_quality_begin (WaySession *self,
                        gpointer tag,
                        WayQualityProgress progress,
                        GTaskThreadFunc func,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/* way-session-calibrate.c */
WayCalibration *way_quality_calibrate (const WayQualityWork *work,
                                       guint capability,
                                       GArray *numbers,
                                       WayCalibrationProgress progress,
                                       gpointer user_data,
                                       GCancellable *cancellable,
                                       GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WayQualityWork, way_quality_work_clear)

G_END_DECLS
