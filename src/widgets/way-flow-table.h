/* way-flow-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_FLOW_TABLE (way_flow_table_get_type ())
G_DECLARE_FINAL_TYPE (WayFlowTable, way_flow_table, WAY, FLOW_TABLE, GtkWidget)

GtkWidget *way_flow_table_new (const WayNode *node);

G_END_DECLS
