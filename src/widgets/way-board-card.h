/* way-board-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_BOARD_CARD (way_board_card_get_type ())
G_DECLARE_FINAL_TYPE (WayBoardCard, way_board_card, WAY, BOARD_CARD, GtkWidget)

GtkWidget *way_board_card_new (WayPractice *practice, const WayDeskRecord *card);
const WayDeskRecord *way_board_card_get_record (WayBoardCard *self);
void way_board_card_update (WayBoardCard *self);

#define WAY_TYPE_BOARD_LIST (way_board_list_get_type ())
G_DECLARE_FINAL_TYPE (WayBoardList, way_board_list, WAY, BOARD_LIST, GtkWidget)

GtkWidget *way_board_list_new (WayPractice *practice, const char *slot, const char *name);
void way_board_list_set_cards (WayBoardList *self, char **cards, GHashTable *widgets);

G_END_DECLS
