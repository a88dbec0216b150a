/* way-work-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-work.h"

G_BEGIN_DECLS

/* How far a work is, with Cancel, in front of the window that asked for it: only where it takes
 * longer than a blink. Whoever started the work frees it when the work has ended. */
typedef struct _WayWorkWindow WayWorkWindow;

WayWorkWindow *way_work_window_new (GtkWidget *from, WayWork *work, const char *title);
void way_work_window_free (WayWorkWindow *self);

G_END_DECLS
