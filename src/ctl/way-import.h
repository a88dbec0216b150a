/* way-import.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* What a list of staff changes in a trust, before anything is changed. The key is the
 * employee number, never the name. */
typedef struct
{
  GPtrArray *drafts;  /* of WayEvent */
  GPtrArray *joiners; /* of char*, what the preview says of each */
  GPtrArray *movers;
  GPtrArray *leavers;
  GPtrArray *renamed;
  GPtrArray *returners;
  GPtrArray *emptied; /* units that would have nobody left */
  guint n_active;     /* people before */
} WayImport;

WayImport *
way_import_plan (WayStore *trust, GPtrArray *people, GPtrArray *problems, GError **error);
void way_import_free (WayImport *self);
/* More than one in twenty, or a whole unit: somebody must have typed the number. */
gboolean way_import_is_large (const WayImport *self);
gboolean way_import_apply (WayImport *self, WayStore *trust, GError **error);
gboolean way_import_write (WayStore *trust, GPtrArray *drafts, const char *key, GError **error);
gboolean way_import_take_back (WayStore *trust, const char *key, guint *n_events, GError **error);
gboolean way_import_undo (WayStore *trust, guint *n_events, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayImport, way_import_free)

G_END_DECLS
