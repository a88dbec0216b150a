/* way-file-pane.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

/* One file of a practice desk, and what can be done with it. Emits "back" where it hides
 * the list. */
#define WAY_TYPE_FILE_PANE (way_file_pane_get_type ())
G_DECLARE_FINAL_TYPE (WayFilePane, way_file_pane, WAY, FILE_PANE, GtkWidget)

GtkWidget *way_file_pane_new (WayPractice *practice);
const WayDeskRecord *way_file_pane_get_file (WayFilePane *self);
void way_file_pane_set_file (WayFilePane *self, const WayDeskRecord *file);
void way_file_pane_set_folded (WayFilePane *self, gboolean is_folded);
void way_file_pane_update (WayFilePane *self);
void way_file_pane_focus (WayFilePane *self);

const char *way_folder_get_name (WayPractice *practice, const char *folder);

G_END_DECLS
