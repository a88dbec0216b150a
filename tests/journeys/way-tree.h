/* way-tree.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* One node as it stood when its window was read. */
typedef struct _WayVisit WayVisit;
struct _WayVisit
{
  WayVisit *parent;  /* (nullable) NULL for a window */
  WayVisit *surface; /* what its coordinates count from */
  char *path;
  char *name;
  char *description;
  AtspiRole role;
  guint64 states;
  guint depth;
};

typedef struct _WayTree WayTree;

GDBusConnection *way_tree_get_bus (void);
WayTree *way_tree_read (AtspiAccessible *application, gboolean is_modal_only);
void way_tree_free (WayTree *self);

GPtrArray *way_tree_get_visits (WayTree *self);
gboolean way_tree_is_on_screen (WayTree *self, WayVisit *visit);
AtspiAccessible *way_tree_dup_node (WayTree *self, const WayVisit *visit);
gboolean way_visit_has_state (const WayVisit *visit, AtspiStateType state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayTree, way_tree_free)

G_END_DECLS
