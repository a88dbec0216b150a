/* way-published-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-session.h"

G_BEGIN_DECLS

GtkWidget *way_published_card_new (WaySession *session, WayRow *row);

G_END_DECLS
