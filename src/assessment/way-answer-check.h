/* way-answer-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-item.h"

G_BEGIN_DECLS

/* Whether a question can be answered right, and wrong. */
void way_answer_check (WayItem *item, GPtrArray *problems);

G_END_DECLS
