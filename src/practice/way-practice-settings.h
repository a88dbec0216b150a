/* way-practice-settings.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* Settings of an invented computer, each with values to choose from, and goals: somebody
 * for whom they are to be set. With each goal the settings begin anew. */
const char *way_practice_get_setting (WayPractice *self, const WayDeskRecord *setting);
const WayDeskRecord *way_practice_get_setting_value (WayPractice *self,
                                                     const WayDeskRecord *setting);

G_END_DECLS
