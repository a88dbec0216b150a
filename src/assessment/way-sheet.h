/* way-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "assessment/way-scale.h"

G_BEGIN_DECLS

typedef struct
{
  guint person;
  guint item;
  double score;
} WaySheetEntry;

/* Everybody's answers to a set of items; nobody has to have answered all of them. Those of
 * person v are entries start[v] … start[v + 1] - 1. Immutable. Owned by who made it. */
typedef struct
{
  guint n_people;
  guint n_items;
  guint n_answers;
  guint *start;  /* (owned) n_people + 1 */
  guint *item;   /* (owned) */
  double *score; /* (owned) */
} WaySheet;

WaySheet *
way_sheet_new (guint n_people, guint n_items, const WaySheetEntry *entries, guint n_entries);
void way_sheet_free (WaySheet *self);
guint way_sheet_get_answers (const WaySheet *self,
                             guint person,
                             const WayCurve *curves,
                             WayScored *answers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WaySheet, way_sheet_free)

G_END_DECLS
