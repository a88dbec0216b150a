/* way-text-box.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_TEXT_BOX (way_text_box_get_type ())
G_DECLARE_FINAL_TYPE (WayTextBox, way_text_box, WAY, TEXT_BOX, AdwBin)

GtkWidget *way_text_box_new (const char *name, int height);
GtkWidget *way_text_box_get_view (WayTextBox *self);
void way_text_box_set_text (WayTextBox *self, const char *text);
char *way_text_box_dup_text (WayTextBox *self);
gboolean way_text_box_may_keep (WayTextBox *self);

G_END_DECLS
