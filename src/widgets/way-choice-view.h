/* way-choice-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "widgets/way-interaction-view.h"

G_BEGIN_DECLS

#define WAY_TYPE_CHOICE_VIEW (way_choice_view_get_type ())
G_DECLARE_FINAL_TYPE (WayChoiceView, way_choice_view, WAY, CHOICE_VIEW, WayInteractionView)

G_END_DECLS
