/* way-edit-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_EDIT_WINDOW (way_edit_window_get_type ())
G_DECLARE_FINAL_TYPE (WayEditWindow, way_edit_window, WAY, EDIT_WINDOW, AdwWindow)

WayEditWindow *way_edit_window_new (GtkWidget *over, const char *title, const char *primary);
void way_edit_window_add_facts (WayEditWindow *self, const char *name, const char *text);
void way_edit_window_add_note (WayEditWindow *self, const char *text);
void way_edit_window_add_line (
    WayEditWindow *self, const char *key, const char *name, const char *value, const char *hint);
void way_edit_window_add_text (
    WayEditWindow *self, const char *key, const char *name, const char *value, int height);
void
way_edit_window_add_day (WayEditWindow *self, const char *key, const char *name, const char *value);
void way_edit_window_add_number (WayEditWindow *self,
                                 const char *key,
                                 const char *name,
                                 const char *value);
void way_edit_window_add_choice (WayEditWindow *self,
                                 const char *key,
                                 const char *name,
                                 GPtrArray *ids,
                                 GPtrArray *names,
                                 const char *value);
void way_edit_window_require (WayEditWindow *self, const char *key, const char *why);
gboolean way_edit_window_has (WayEditWindow *self, const char *key);
const char *way_edit_window_get (WayEditWindow *self, const char *key);
double way_edit_window_get_number (WayEditWindow *self, const char *key);
void way_edit_window_finish (WayEditWindow *self, const GError *error);

G_END_DECLS
