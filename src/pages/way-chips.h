/* way-chips.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_CHIPS (way_chips_get_type ())
G_DECLARE_FINAL_TYPE (WayChips, way_chips, WAY, CHIPS, GtkWidget)

/* Whether a row is among those that a choice shows. */
typedef gboolean (*WayChipsFunc) (WayRow *row, int n);

GtkWidget *way_chips_new (const char *name);
void way_chips_add (WayChips *self, const char *label, const char *name);
void way_chips_set_label (WayChips *self, guint n, const char *label, const char *name);
void way_chips_count (WayChips *self, GListModel *rows, WayChipsFunc is_in);
int way_chips_get_selected (WayChips *self);
void way_chips_set_selected (WayChips *self, int n);

G_END_DECLS
