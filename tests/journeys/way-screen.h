/* way-screen.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WayScreen WayScreen;

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} WayArea;

WayScreen *way_screen_new (void);
void way_screen_free (WayScreen *self);

gboolean way_screen_has_window_manager (WayScreen *self);
void way_screen_set_text_scale (WayScreen *self, double scale);
gulong way_screen_find_window (WayScreen *self, GPid pid);
gboolean way_screen_get_area (WayScreen *self, gulong window, WayArea *area);
void way_screen_get_origin (WayScreen *self, gulong window, int *x, int *y);
gboolean way_screen_get_popup (WayScreen *self, WayArea *area);
void way_screen_resize (WayScreen *self, gulong window, int width, int height);
gboolean way_screen_activate (WayScreen *self, gulong window);

gboolean way_screen_press_keys (WayScreen *self, const char *keys);
void way_screen_park_pointer (WayScreen *self);
void way_screen_click (WayScreen *self, int x, int y, guint button);
void way_screen_drag (WayScreen *self, int x, int y, int to_x, int to_y);
GBytes *way_screen_read (WayScreen *self, const WayArea *area, int *width, int *height);
gboolean way_screen_write_png (GBytes *pixels, int width, int height, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayScreen, way_screen_free)

G_END_DECLS
