/* way-unit-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-row.h"

G_BEGIN_DECLS

GListModel *way_unit_list_arrange (GListModel *units, const char *whole);
GtkWidget *way_unit_list_create_drop_down (void);
const char *way_unit_list_get_code (GtkDropDown *drop_down);
void way_unit_list_set_code (GtkDropDown *drop_down, const char *code);

G_END_DECLS
