/* way-toast.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *way_toast_new (const char *text, GtkWidget *within);

G_END_DECLS
