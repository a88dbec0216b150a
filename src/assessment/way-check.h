/* way-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-module.h"

G_BEGIN_DECLS

/* Of a check and of a practice: the part of what can be had. */
#define WAY_PASS_MARK 0.8

/* A module's check: which questions to draw, and whether it is passed. Pure. */
GPtrArray *way_check_draw (const WayModule *module, guint64 seed, const char *const *previous);
GPtrArray *
way_check_draw_from (GPtrArray *items, int n_wanted, guint64 seed, const char *const *previous);
gboolean way_check_is_passed (guint n_right, guint n_asked, double pass_mark);

G_END_DECLS
