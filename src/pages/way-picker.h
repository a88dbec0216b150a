/* way-picker.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_PICKER (way_picker_get_type ())
G_DECLARE_FINAL_TYPE (WayPicker, way_picker, WAY, PICKER, AdwBin)

/* How the rows of a picker look and what is said of them. */
typedef struct
{
  GtkWidget *(*create) (gpointer user_data);
  void (*bind) (GtkWidget *child, WayRow *row, gpointer user_data);
  char *(*describe) (WayRow *row, gpointer user_data); /* (transfer full): the row in a sentence */
} WayPickerRows;

GtkWidget *way_picker_new (const char *name, const char *key);
void way_picker_set_rows (WayPicker *self, const WayPickerRows *rows, gpointer user_data);
void way_picker_set_model (WayPicker *self, GListModel *model);
void way_picker_set_opens_by_press (WayPicker *self, gboolean opens_by_press);
void way_picker_unpick (WayPicker *self);
void way_picker_begin (WayPicker *self);
void way_picker_grab_first (WayPicker *self);
const char *way_picker_get_picked (WayPicker *self);
void way_picker_open (WayPicker *self, const char *id);
void way_picker_step (WayPicker *self, int by);
WayRow *way_picker_find (WayPicker *self, const char *id);
void way_picker_update_store (GListStore *store, GListModel *fresh);

G_END_DECLS
