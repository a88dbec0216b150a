/* way-quality-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_QUALITY_YES -2

/* A column of numbers or words of a WayRow. */
typedef struct
{
  const char *key;
  const char *title; /* to be translated */
  int decimals;      /* below 0: text; WAY_QUALITY_YES: whether */
} WayQualityColumn;

typedef void (*WayQualityPicked) (WayRow *row, gpointer user_data);

GtkWidget *
way_quality_table_new (const char *name, const WayQualityColumn *columns, guint n_columns);
void way_quality_table_set_rows (GtkWidget *table, GListModel *rows);
void way_quality_table_on_picked (GtkWidget *table, WayQualityPicked picked, gpointer user_data);
void way_quality_table_set_opens_by_press (GtkWidget *table, gboolean opens_by_press);
void way_quality_table_unpick (GtkWidget *table);
char *way_quality_dup_cell (const WayQualityColumn *column, WayRow *row);

G_END_DECLS
