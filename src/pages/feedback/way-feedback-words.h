/* way-feedback-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"
#include "session/way-row.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_FEEDBACK_NEW,
  WAY_FEEDBACK_HEARD,
  WAY_FEEDBACK_DECIDED,
  WAY_FEEDBACK_DONE,
  WAY_N_FEEDBACK_STATES,
} WayFeedbackState;

WayFeedbackState way_feedback_get_state (WayRow *row);
const char *way_feedback_state_get_name (WayFeedbackState state);
const char *way_feedback_state_get_icon (WayFeedbackState state);
char *way_feedback_dup_state (WayRow *row);
const char *way_feedback_get_type_name (WayRow *row);
const char *way_feedback_get_type_icon (WayRow *row);
char *way_feedback_dup_page (WayPack *pack, WayRow *row);
char *way_feedback_dup_because (WayRow *row);
gboolean way_feedback_is_overdue (WayRow *row);
char *way_feedback_dup_due (WayRow *row);
const char *way_feedback_get_name (WayRow *row);

G_END_DECLS
