/* way-practice-keys.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* An invented page with controls, and steps: which of them to use next. A control that is
 * used by keyboard is "key", one that is used by pointer "press"; both work. */
gboolean way_practice_is_on (WayPractice *self, const WayDeskRecord *control);

G_END_DECLS
