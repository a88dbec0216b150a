/* way-flow-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

gboolean way_flow_is_inline (const WayNode *node);
const WayNode *way_flow_get_child (const WayNode *node, guint i);
gboolean way_flow_has_controls (const WayNode *node);
char *way_flow_dup_markup (const WayNode *node);
char *way_flow_dup_speech (const WayNode *node);
GtkWidget *way_flow_label_new (const WayNode *node, const char *markup);

G_END_DECLS
