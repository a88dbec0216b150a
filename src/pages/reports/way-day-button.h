/* way-day-button.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_DAY_BUTTON (way_day_button_get_type ())
G_DECLARE_FINAL_TYPE (WayDayButton, way_day_button, WAY, DAY_BUTTON, AdwBin)

GtkWidget *way_day_button_new (void);
const char *way_day_button_get_day (WayDayButton *self);
void way_day_button_set_day (WayDayButton *self, const char *day);

gboolean way_day_read (const char *text, GDateTime *now, char **day, const char **why_not);

G_END_DECLS
