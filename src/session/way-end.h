/* way-end.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A machine that shuts down, or whoever else ends us, does not wait for a network. */
void way_end_within (guint seconds, int status);
GCancellable *way_end_watch (guint seconds, int status);

G_END_DECLS
