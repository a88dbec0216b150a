/* way-settings-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_SETTINGS_VIEW (way_settings_view_get_type ())
G_DECLARE_FINAL_TYPE (WaySettingsView, way_settings_view, WAY, SETTINGS_VIEW, GtkWidget)

GtkWidget *way_settings_view_new (WayPractice *practice);
char *way_settings_view_describe (WayPractice *practice,
                                  const char *action,
                                  const WayDeskRecord *target,
                                  const char *value);

G_END_DECLS
