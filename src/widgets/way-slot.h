/* way-slot.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "widgets/way-choice-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_SLOT (way_slot_get_type ())
G_DECLARE_FINAL_TYPE (WaySlot, way_slot, WAY, SLOT, GtkWidget)

GtkWidget *way_slot_new (const char *placeholder, const char *name);
void way_slot_add_option (WaySlot *self, const char *id, const char *text);
void way_slot_set_accepts_drops (WaySlot *self, gboolean accepts_drops);
const char *way_slot_get_value (WaySlot *self);
void way_slot_set_value (WaySlot *self, const char *id);
const char *way_slot_find_text (WaySlot *self, const char *id);
void way_slot_set_marking (WaySlot *self, WayMarking marking);
GtkWidget *way_slot_get_button (WaySlot *self);

G_END_DECLS
