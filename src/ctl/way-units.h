/* way-units.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

#define WAY_UNITS_UNDO "last_units"

/* What a list of units changes in a trust, before anything is changed. The key is the code. */
typedef struct
{
  GPtrArray *drafts; /* of WayEvent */
  GPtrArray *added;  /* of char*, what the preview says of each */
  GPtrArray *renamed;
  GPtrArray *moved;    /* below another unit, or of another type */
  GPtrArray *left_out; /* units of the trust that the list has not got: they stay */
  guint n_same;
} WayUnitsPlan;

GPtrArray *way_units_read (const char *path, GPtrArray *problems, GError **error);
WayUnitsPlan *
way_units_plan (WayStore *trust, GPtrArray *rows, GPtrArray *problems, GError **error);
void way_units_plan_free (WayUnitsPlan *self);
gboolean way_units_take_back (WayStore *trust, guint *n_events, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayUnitsPlan, way_units_plan_free)

G_END_DECLS
