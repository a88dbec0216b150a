/* way-state-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_STATE_PAGE (way_state_page_get_type ())
G_DECLARE_FINAL_TYPE (WayStatePage, way_state_page, WAY, STATE_PAGE, GtkWidget)

GtkWidget *way_state_page_new (void);
void way_state_page_set_child (WayStatePage *self, GtkWidget *child);
void way_state_page_show_child (WayStatePage *self);
void way_state_page_show_loading (WayStatePage *self);
void way_state_page_show_message (WayStatePage *self,
                                  const char *icon_name,
                                  const char *title,
                                  const char *text,
                                  const char *button,
                                  const char *detailed_action);
void way_state_page_show_error (WayStatePage *self, const char *title, const GError *error);

G_END_DECLS
