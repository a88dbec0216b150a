/* way-node.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <atspi/atspi.h>
#include <glib.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiEditableText, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiText, g_object_unref)

AtspiAccessible *way_node_find_application (GPid pid);
GPtrArray *way_node_search (AtspiAccessible *application,
                            const char *role,
                            const char *name,
                            gboolean is_first_only);
GPtrArray *way_node_list_names (AtspiAccessible *application);
GPtrArray *way_node_audit (AtspiAccessible *application);
char *way_node_dump (AtspiAccessible *application);

char *way_node_dup_name (AtspiAccessible *node);
char *way_node_dup_description (AtspiAccessible *node);
char *way_node_read_text (AtspiAccessible *node);
gboolean way_node_has_state (AtspiAccessible *node, AtspiStateType state);
gboolean way_node_press (AtspiAccessible *node);

G_END_DECLS
