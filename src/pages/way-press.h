/* way-press.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void way_press_add (GtkWidget *row);
void way_press_set_action (GtkActionable *actionable, const char *detailed_action);

G_END_DECLS
