/* way-desk-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

const char *way_desk_get_title (const WayDeskRecord *record);
const char *way_desk_get_identifier_name (const char *identifier);
const char *way_desk_get_state_name (const char *state);
const char *way_desk_get_state_icon (const char *state);
char *way_desk_describe_action (WayPractice *practice,
                                const char *action,
                                const char *target,
                                const char *value);
guint way_desk_count_decided (WayPractice *practice, guint *out_of);

G_END_DECLS
