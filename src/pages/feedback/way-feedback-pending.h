/* way-feedback-pending.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "session/way-row.h"

G_BEGIN_DECLS

/* What a lead did and the trust has not said back yet, laid over what it said last. */
typedef struct _WayFeedbackPending WayFeedbackPending;

WayFeedbackPending *way_feedback_pending_new (void);
void way_feedback_pending_free (WayFeedbackPending *self);
void way_feedback_pending_add (WayFeedbackPending *self,
                               const char *feedback,
                               const char *action,
                               const char *decision,
                               const char *because,
                               const char *text);
void way_feedback_pending_set (WayFeedbackPending *self,
                               const char *feedback,
                               const char *column,
                               const char *value);
void way_feedback_pending_forget (WayFeedbackPending *self, const char *feedback);
void way_feedback_pending_mark_sent (WayFeedbackPending *self);
GListStore *way_feedback_pending_apply (WayFeedbackPending *self, GListModel *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayFeedbackPending, way_feedback_pending_free)

G_END_DECLS
