/* way-check-next.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-lesson.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_CHECK_NEXT (way_check_next_get_type ())
G_DECLARE_FINAL_TYPE (WayCheckNext, way_check_next, WAY, CHECK_NEXT, AdwBin)

void way_check_next_show (WayCheckNext *self, WayLesson *lesson, gboolean has_cards);

G_END_DECLS
