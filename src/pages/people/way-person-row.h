/* way-person-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "content/way-pack.h"
#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_PERSON_ROW (way_person_row_get_type ())
G_DECLARE_FINAL_TYPE (WayPersonRow, way_person_row, WAY, PERSON_ROW, GtkWidget)

GtkWidget *way_person_row_new (WayPack *pack);
void way_person_row_set_row (WayPersonRow *self, WayRow *row);
char *way_person_row_describe (WayPack *pack, WayRow *row);

char *way_person_describe_stuck (WayPack *pack, WayRow *row);
char *way_person_describe_did (WayRow *row);
char *way_person_describe_next (WayPack *pack, WayRow *row);

G_END_DECLS
