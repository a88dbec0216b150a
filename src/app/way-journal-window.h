/* way-journal-window.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_journal_window_present (GtkWindow *parent,
                                 WaySession *session,
                                 const char *kind,
                                 const char *id,
                                 const char *module,
                                 const char *place);

G_END_DECLS
