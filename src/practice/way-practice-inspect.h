/* way-practice-inspect.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* A scene is a picture or a page; places are records that stand in it, each right or
 * wrong. Several places can be variants of one spot: the one without a group stands there
 * unless another was drawn. */
gboolean way_place_is (const WayDeskRecord *record);
const char *way_place_get_spot (const WayDeskRecord *place);
WayShape *way_place_get_shape (const WayDeskRecord *scene, const WayDeskRecord *place);
gboolean way_scene_is (const WayDeskRecord *record);
gboolean way_scene_is_picture (const WayDeskRecord *scene);

const WayDeskRecord *way_practice_get_scene (WayPractice *self, const WayDeskRecord *place);
guint way_practice_count_marked (WayPractice *self);
void way_practice_settle_places (const WayDesk *desk, GPtrArray *records);
gboolean
way_practice_check_inspect (const WayDesk *desk, const WayDeskRecord *record, GError **error);

G_END_DECLS
