/* way-picture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"

G_BEGIN_DECLS

GtkWidget *way_picture_new (WayPack *pack, const char *source, const char *alternative);

G_END_DECLS
