/* way-tab-stop.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_TAB_STOP (way_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (WayTabStop, way_tab_stop, WAY, TAB_STOP, AdwBin)

GtkWidget *way_tab_stop_new (GtkWidget *child);

G_END_DECLS
