/* way-choice-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  WAY_CHOICE_ONE,
  WAY_CHOICE_SEVERAL,
} WayChoiceKind;

typedef enum
{
  WAY_MARKING_NONE,
  WAY_MARKING_RIGHT,  /* chosen, and right */
  WAY_MARKING_WRONG,  /* chosen, and not right */
  WAY_MARKING_MISSED, /* right, and not chosen */
  WAY_MARKING_OTHER,  /* not right, and not chosen */
} WayMarking;

#define WAY_TYPE_CHOICE_ROW (way_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (WayChoiceRow, way_choice_row, WAY, CHOICE_ROW, GtkWidget)

GtkWidget *way_choice_row_new (WayChoiceKind kind, guint key, const char *label);
void way_choice_row_set_child (WayChoiceRow *self, GtkWidget *child);
gboolean way_choice_row_is_checked (WayChoiceRow *self);
void way_choice_row_set_checked (WayChoiceRow *self, gboolean is_checked);
void way_choice_row_set_marking (WayChoiceRow *self, WayMarking marking);
void way_choice_row_press (WayChoiceRow *self);
void way_choice_row_group (GtkWidget *const *rows, guint n_rows);

G_END_DECLS
