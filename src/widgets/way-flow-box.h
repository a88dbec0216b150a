/* way-flow-box.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "widgets/way-flow-text.h"

G_BEGIN_DECLS

/* Makes the widget of an interaction or a gap. sentence is the paragraph around it in
 * words, with “blank” in the place of each control; (nullable) for a block. */
typedef GtkWidget *(*WayFlowEmbed) (const WayNode *node, const char *sentence, gpointer user_data);

GtkWidget *
way_flow_box_new (const WayNode *flow, WayPack *pack, WayFlowEmbed embed, gpointer user_data);

G_END_DECLS
