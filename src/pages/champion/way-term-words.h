/* way-term-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-coverage.h"
#include "session/way-row.h"

G_BEGIN_DECLS

const char *way_term_describe_own (WayRow *row, char **text);
char *way_term_describe_training (WayRow *row);
const char *way_term_describe_state (const char *state);
char *way_term_describe_health (WayRow *row);
char *way_term_describe_answering (WayRow *row);
char *way_term_describe_shifts (const char *shifts);

G_END_DECLS
