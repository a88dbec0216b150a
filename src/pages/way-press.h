/* way-press.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void way_press_add (GtkWidget *row);

G_END_DECLS
