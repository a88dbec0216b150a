/* way-corner-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *way_corner_card_new (
    GListModel *rows, guint first, guint n, gboolean may_ask, gboolean may_take_down);

G_END_DECLS
