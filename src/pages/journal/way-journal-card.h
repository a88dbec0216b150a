/* way-journal-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

GtkWidget *way_journal_card_new (WayPack *pack, const char *kind, WayRow *row);
gboolean way_journal_card_matches (WayPack *pack, WayRow *row, const char *text);

G_END_DECLS
