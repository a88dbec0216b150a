/* way-answer-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-session.h"

G_BEGIN_DECLS

GtkWidget *way_answer_card_new (WaySession *session, WayRow *row, gboolean has_button);

G_END_DECLS
