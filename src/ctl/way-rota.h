/* way-rota.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

#define WAY_ROTA_UNDO "last_rota"
#define WAY_TRAINING_UNDO "last_training"

/* What a file changes in a trust, before anything is changed. */
typedef struct
{
  GPtrArray *drafts; /* of WayEvent */
  guint n_new;       /* weeks of somebody that were not known, or things they have learnt */
  guint n_changed;
  guint n_gone; /* weeks that the file, of the same unit and week, does not have any more */
  guint n_same;
} WayRotaPlan;

WayRotaPlan *way_rota_plan (WayStore *trust, GPtrArray *rows, GPtrArray *problems, GError **error);
WayRotaPlan *way_training_plan (WayStore *trust,
                                GPtrArray *rows,
                                const char *module,
                                const char *source,
                                guint32 day,
                                GPtrArray *problems,
                                GError **error);
void way_rota_plan_free (WayRotaPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayRotaPlan, way_rota_plan_free)

G_END_DECLS
