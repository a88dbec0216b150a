/* way-writing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-session.h"

G_BEGIN_DECLS

void way_writing_set_up (GtkWindow *window, GtkTextView *view, GtkButton *send);
char *way_writing_dup_text (GtkTextView *view);
gboolean way_writing_finish (
    WaySession *session, GAsyncResult *result, GtkButton *send, GtkLabel *error, char **id);
void way_writing_close (GtkWindow *window, const char *said, const char *id);
char *way_writing_describe_place (WaySession *session, const char *page, const char *module);

G_END_DECLS
