/* way-form-frame.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands around a form that has a window of its own. */
GtkScrolledWindow *
way_form_frame_set_up (AdwWindow *window, GtkBox *form, GtkWidget *primary, GCallback done);

G_END_DECLS
