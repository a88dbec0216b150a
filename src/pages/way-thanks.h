/* way-thanks.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *way_thanks_create_button (WaySession *session,
                                     const char *person,
                                     const char *name,
                                     const char *about);

G_END_DECLS
