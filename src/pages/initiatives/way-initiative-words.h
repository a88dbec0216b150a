/* way-initiative-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-row.h"

G_BEGIN_DECLS

const char *way_initiative_state_get_name (const char *state);
const char *way_initiative_state_get_next (const char *state);
const char *way_initiative_state_get_step (const char *state);
char *way_initiative_describe_measure (const char *measure,
                                       const char *before,
                                       const char *expected,
                                       const char *after);
char *way_initiative_dup_result (WayRow *row);
char *way_initiative_dup_day (const char *day);

G_END_DECLS
